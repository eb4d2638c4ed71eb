/**
 * What a case that became part of another brings along on the scales (HC-57: joining starts no clock, and ends none). The
 * grade the other case has stands unless the joined one was graded higher; marks that may stand together add up.
 */
import type { Book } from './book.ts';
import { inOrder, listOf, type Fact } from './facts.ts';

export interface Joins {
  /** When a case became part of another, and by which entry. */
  readonly joined: ReadonlyMap<string, { readonly into: string; readonly fact: Fact }>;
}

/** The facts of a case, with the classifications of those that joined it as far as they count. */
export function withJoinedGrades(book: Book, { joined }: Joins, key: string, facts: readonly Fact[]): readonly Fact[] {
  if (joined.size === 0) return facts;
  const brought = facts.filter(f => f.type === 'classification.set' && isBrought(joined, key, f));
  if (brought.length === 0) return facts;
  const ids = new Set(brought.map(f => f.id));
  const own = facts.filter(f => f.type === 'classification.set' && !ids.has(f.id)).toSorted(inOrder);
  const kept = new Map(brought.flatMap(f => counted(book, graded(joined, own, f), f).map(k => [f.id, k] as const)));
  return facts.flatMap(f => (ids.has(f.id) ? [kept.get(f.id)].filter(k => k !== undefined) : [f]));
}

/** Entered in the joined case before it was joined; what is classified there afterwards is said of both. */
function isBrought(joined: Joins['joined'], key: string, fact: Fact): boolean {
  const from = fact.event.case;
  const join = from === undefined || from === key ? undefined : joined.get(from);
  return join !== undefined && fact.rec <= join.fact.rec;
}

/** What the case itself had on the scale by the time the other joined it. */
const graded = (joined: Joins['joined'], own: readonly Fact[], fact: Fact): readonly Fact[] => {
  const when = joined.get(fact.event.case ?? '')?.fact.rec ?? 0;
  return own.filter(f => f.data['scale'] === fact.data['scale'] && f.rec <= when);
};

function counted(book: Book, mine: readonly Fact[], fact: Fact): readonly Fact[] {
  const scale = String(fact.data['scale']);
  const last = mine.at(-1);
  if (last === undefined) return [fact];
  const rule = book.of('grades').find(g => g.name === scale);
  const [has, brings] = [listOf(last.data['value']), listOf(fact.data['value'])];
  if (rule?.many) {
    const then = listOf(mine.findLast(f => f.at <= fact.at)?.data['value'] ?? []);
    return [{ ...fact, data: { ...fact.data, value: [...new Set([...then, ...brings])] } }];
  }
  if (!rule || rule.unordered) return [];
  const rank = (values: readonly string[]): number => Math.max(...values.map(v => rule.values.indexOf(v)));
  return rank(brings) > rank(has) ? [fact] : [];
}

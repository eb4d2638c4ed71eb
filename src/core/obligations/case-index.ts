/**
 * Keeps the rows of many cases up to date as events come in: a case is evaluated again only when something was entered in
 * it or one of its due times passed. What it says is what the pure function says; a property test holds it to that.
 */
import type { Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Book } from './book.ts';
import { evaluateCase, type InstitutionContext } from './evaluate-case.ts';
import { toFact, type Fact, type Known } from './facts.ts';
import type { ObligationLine } from './lines.ts';
import { nextTurn } from './next-wake.ts';
import type { Owed } from './owed.ts';
import { institutionContext, replay } from './replay.ts';
import { obligationLine } from './write-line.ts';

export interface CaseIndex {
  /** Takes entries in the order in which they were made. */
  readonly append: (events: readonly HuiyinEvent[]) => void;
  /** The rows of one case at an instant that is not before the last entry. */
  readonly rowsOf: (key: string, now: Instant) => readonly Owed[];
  readonly linesOf: (key: string, now: Instant) => readonly ObligationLine[];
  readonly cases: () => readonly string[];
  /** The earliest instant after `now` at which a row of a case turns by itself. */
  readonly nextTurnOf: (key: string, now: Instant) => Instant | undefined;
}
interface Kept {
  readonly facts: Fact[];
  rows?: readonly Owed[] | undefined;
  /** From here on the rows must be made anew, whether or not something was entered. */
  until?: Instant | undefined;
}

/** Entries that reach beyond the case they stand in: after one of these everything is read again. */
const CROSSING: ReadonlySet<string> = new Set([
  'entry.corrected',
  'item.folded',
  'case.joined',
  'setting.decided',
  'rulebook.adopted',
]);

export function openCaseIndex(prepared: Book): CaseIndex {
  const events: HuiyinEvent[] = [];
  let cases = new Map<string, Kept>();
  let outside: Fact[] = [];
  let context: (InstitutionContext & { readonly own: readonly Fact[] }) | undefined;
  let crossed = false;
  // Slots belong to no case; where a duty starts when one is missed, the whole log is asked.
  const waitsForSlots = prepared
    .of('duty')
    .some(d => d.starts.some(p => (p.on === 'missed' || p.on === 'late') && prepared.named(p.duty).length === 0));

  const put = (fact: Fact): void => {
    if (fact.case === undefined) {
      outside.push(fact);
      context = undefined;
      for (const kept of cases.values()) kept.rows = undefined;
      return;
    }
    const kept = cases.get(fact.case);
    if (kept) {
      kept.facts.push(fact);
      kept.rows = undefined;
    } else cases.set(fact.case, { facts: [fact] });
  };
  const opensOutsiders = (event: HuiyinEvent): boolean =>
    event.type === 'case.opened' &&
    outside.length > 0 &&
    (event.data['from'] as readonly string[]).some(id => outside.some(f => f.id === id));

  const known = (): Known => ({
    facts: outside,
    byId: new Map(),
    corrections: [],
    folded: new Map(),
    joined: new Map(),
  });

  /** After an entry that crosses cases the pure function gives the rows of all of them. */
  const readAll = (now: Instant): void => {
    const result = replay(prepared, events, now);
    cases = new Map(
      result.cases.flatMap(c =>
        c.key === undefined
          ? []
          : [[c.key, { facts: [...c.all], rows: c.rows, until: nextTurn(c.rows, now) }] as const],
      ),
    );
  };

  const kept = (key: string, now: Instant): Kept | undefined => {
    if (crossed || waitsForSlots) {
      const own = cases.get(key);
      if (own?.rows === undefined || (own.until !== undefined && own.until <= now)) readAll(now);
      return cases.get(key);
    }
    const own = cases.get(key);
    if (own === undefined || (own.rows !== undefined && (own.until === undefined || now < own.until))) return own;
    context ??= institutionContext(prepared, known(), now, () => () => []);
    own.rows = evaluateCase({ ...context, now }, key, own.facts).rows;
    own.until = nextTurn(own.rows, now);
    return own;
  };

  return {
    append: added => {
      for (const event of added) {
        events.push(event);
        if (CROSSING.has(event.type) || opensOutsiders(event)) crossed = true;
        put(toFact(event, events.length - 1));
      }
      if (crossed) for (const own of cases.values()) own.rows = undefined;
    },
    rowsOf: (key, now) => kept(key, now)?.rows ?? [],
    linesOf: (key, now) => (kept(key, now)?.rows ?? []).map(row => obligationLine(context?.book ?? prepared, row, now)),
    cases: () => [...cases.keys()].toSorted(),
    nextTurnOf: (key, now) => kept(key, now)?.until,
  };
}

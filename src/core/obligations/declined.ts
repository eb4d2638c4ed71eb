/** What the text orders and we do not do: each clause once, and again with the case in which somebody asked for it. */
import type { DeclinedRule } from '#core/rulebook';
import type { Fact } from './facts.ts';
import type { DeclinedLine } from './lines.ts';
import type { Book } from './book.ts';

/** Acts that are declined wherever they are asked for, also where a rulebook has no block of its own for one of them. */
const DECLINED_ACTS: ReadonlySet<string> = new Set([
  'organise-comments',
  'comment-as',
  'build-commentators',
  'have-post-deleted',
  'have-post-blocked',
  'report-post',
  'identify-speaker',
  'refer-speaker',
  'control-discussion',
  'filter-posts',
]);

const lineOf = (rule: DeclinedRule, clause: string): DeclinedLine => ({
  line: 'declined',
  declined: clause,
  reason: rule.why,
  substitute: rule.instead,
});

/** Every declined clause of the rulebook. */
export const declinedClauses = (book: Book): readonly DeclinedLine[] =>
  book.of('declined').flatMap(rule => rule.clauses.map(clause => lineOf(rule, clause)));

/** The declined clauses an order of a case asked for: those that name the act, else the nearest, the first of the book. */
export function declinedInCase(book: Book, key: string | undefined, facts: readonly Fact[]): readonly DeclinedLine[] {
  const rules = book.of('declined');
  const lines = new Map<string, DeclinedLine>();
  const add = (clause: string, event: string, rule: DeclinedRule | undefined): void => {
    if (!rule) return;
    const id = `${clause} ${event}`;
    if (!lines.has(id)) lines.set(id, { ...lineOf(rule, clause), ...(key === undefined ? {} : { case: key }), event });
  };
  for (const fact of facts) {
    if (fact.type === 'instruction.received')
      for (const { act } of fact.data['asks'] as readonly { act: string }[]) {
        const own = rules.filter(r => r.askedActs.includes(act));
        const taken = own.length > 0 ? own : DECLINED_ACTS.has(act) ? rules.slice(0, 1) : [];
        for (const rule of taken) for (const clause of rule.clauses) add(clause, fact.id, rule);
      }
    if (fact.type === 'instruction.item-declined') {
      const clause = String(fact.data['clause']);
      const order = facts.find(
        f => f.type === 'instruction.received' && f.data['instruction'] === fact.data['instruction'],
      );
      add(
        clause,
        order?.id ?? fact.id,
        rules.find(r => r.clauses.includes(clause)),
      );
    }
  }
  return [...lines.values()];
}

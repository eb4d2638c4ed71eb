/**
 * Limits looser than the parent rulebook's: wherever meeting a duty of ours always meets a duty of the parent's, ours must
 * never be able to end later. Only figures are compared; a soft word of ours is held to the parent's figure by the parent.
 */
import type { Report } from './check.ts';
import type { DutyRule, Limit, Pattern, Rulebook, Test } from './types.ts';

export function checkParent(book: Rulebook, parent: Rulebook, report: Report): void {
  const above = dutiesWithFigures(parent);
  for (const own of dutiesWithFigures(book)) {
    const bound = above
      .filter(p => meets(own, p) && sameRank(book, own, parent, p))
      .toSorted((a, b) => longest(b.within) - longest(a.within))[0];
    if (bound && isLooser(own.within, bound.within))
      report(
        own,
        'HY-R32',
        `"${own.name}" allows ${figure(own.within)}, ${parent.title.en} (${bound.clauses[0] ?? bound.name}) allow ${figure(bound.within)}`,
        'see whether the figure is the text’s; the tighter one governs',
      );
  }
}

const dutiesWithFigures = (book: Rulebook): DutyRule[] =>
  book.rules.filter(
    (r): r is DutyRule => r.kind === 'duty' && (r.within.kind === 'span' || r.within.kind === 'same day'),
  );
const figure = (limit: Limit): string =>
  limit.kind === 'span' ? `${limit.n} ${limit.unit}` : limit.kind === 'same day' ? 'the same day' : '';

const HOURS: Readonly<Record<string, number>> = { minutes: 1 / 60, hours: 1 };
/** The longest a limit can last, in hours; working time has no bound, because rest days may come in between. */
function longest(limit: Limit): number {
  if (limit.kind === 'same day') return 24;
  if (limit.kind !== 'span') return Infinity;
  const hours = HOURS[limit.unit];
  if (hours !== undefined) return limit.n * hours;
  return limit.unit === 'days' ? (limit.n + 1) * 24 : Infinity;
}
function isLooser(own: Limit, parent: Limit): boolean {
  if (own.kind === 'span' && parent.kind === 'span' && own.unit === parent.unit) return own.n > parent.n;
  return longest(own) > longest(parent);
}

/** Every way to meet ours is a way to meet the parent's. */
function meets(own: DutyRule, parent: DutyRule): boolean {
  if (own.done.mode === 'all' || parent.done.mode === 'all') return false;
  return own.done.patterns.every(o => parent.done.patterns.some(p => implies(o, p)));
}
function implies(own: Pattern, parent: Pattern): boolean {
  if (own.on !== 'event' || parent.on !== 'event' || own.type !== parent.type) return false;
  return parent.tests.every(wanted => own.tests.some(has => holds(has, wanted)));
}
/** Whether one test makes another one true. */
function holds(has: Test, wanted: Test): boolean {
  if (has.field.join('.') !== wanted.field.join('.')) return false;
  if (wanted.op === 'is') return has.op === 'is' && has.values.every(v => wanted.values.includes(v));
  return has.op === 'is'
    ? has.values.every(v => !wanted.values.includes(v))
    : wanted.values.every(v => has.values.includes(v));
}

/** Scales have values of their own in every book; what they share is a top. A duty only of the top answers to the parent's top. */
function sameRank(book: Rulebook, own: DutyRule, parent: Rulebook, above: DutyRule): boolean {
  const top = isOnlyTop(book, own);
  const parentTop = isOnlyTop(parent, above);
  return top === parentTop || above.condition === undefined;
}
function isOnlyTop(book: Rulebook, duty: DutyRule): boolean {
  return book.rules.some(scale => {
    if (scale.kind !== 'grades' || scale.unordered) return false;
    const values = duty.condition?.[scale.name];
    return values !== undefined && values.length === 1 && values[0] === scale.values.at(-1);
  });
}

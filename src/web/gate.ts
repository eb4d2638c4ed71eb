/**
 * What the vocabulary calls a fact and people may still not enter about themselves: a duty is lifted only by another unit
 * than the one that owes it. Judged here for every page, form and action alike, before anything is stored.
 */
import type { Office } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { Proposal } from './acting.ts';
import { caseLinesOf, type Hall, standingLinesOf } from './state.ts';
import { owingUnit } from './view/pressing.ts';

/** Units that owe what an entry would lift. */
export function owersOf(hall: Hall, proposal: Pick<Proposal, 'case' | 'data'>): ReadonlySet<string> {
  const { clause, unit } = proposal.data;
  const lines = proposal.case === undefined ? standingLinesOf(hall) : caseLinesOf(hall, proposal.case).obligations;
  const owed = lines.filter(
    (l: ObligationLine) =>
      l.clause === clause &&
      !l.whole &&
      (l.state === 'open' || l.state === 'late') &&
      (unit === undefined || l.unit === undefined || l.unit === unit),
  );
  return new Set(owed.flatMap(l => owingUnit(hall, l) ?? []));
}
/** Why an office may not enter these, one sentence each; empty when it may. */
export function gateFaults(hall: Hall, by: Office, proposals: readonly Proposal[]): readonly string[] {
  return proposals.flatMap(p => {
    if (p.type !== 'obligation.lifted') return [];
    // What the institution as a whole owes, every unit would owe: there only the unit of that name is meant.
    const { org } = hall.book;
    const own = [...owersOf(hall, p)].some(
      unit => unit === by.unit || (unit !== org.institution && org.within(by.unit, unit)),
    );
    return own
      ? [
          `${String(p.data['clause'])}：自己单位欠着的职责，要由别的单位免除；没有存上。 / ${String(p.data['clause'])} is owed by the own unit: another unit must lift it; nothing was stored.`,
        ]
      : [];
  });
}

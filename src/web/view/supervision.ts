/** What every unit owes and how often it was reminded; how far each open case has come on its way to the end. */
import type { Whose } from '#core/obligations';
import { type Hall, keptOf } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import { type CaseHead, caseHeads } from './cases.ts';
import { type DutyRow, rowsOf } from './duties.ts';
import type { Debtor } from './whose.ts';
import { naming } from './naming.ts';
import { owingUnit } from './pressing.ts';

export interface Owing {
  readonly unit: string;
  readonly name: string;
  /** How much it owes altogether, and how much of it is late. */
  readonly n: number;
  readonly late: number;
  readonly rows: readonly DutyRow[];
}
/** Every unit that owes something, the one with the earliest moment first; `most` rows of each, from one of them on. */
export function owing(
  hall: Hall,
  w: Words,
  language: Language,
  { unit: only, most, from = 0 }: { readonly unit?: string; readonly most: number; readonly from?: number },
): readonly Owing[] {
  const { duties } = keptOf(hall);
  const names = naming(hall, language);
  const unitOf = (d: Debtor): string => owingUnit(hall, d) ?? hall.institution.setup.institution;
  const counts = new Map<string, { n: number; late: number }>();
  for (const d of duties.debtors()) {
    if (d.standing === 'missed') continue;
    const known = counts.get(unitOf(d)) ?? { n: 0, late: 0 };
    counts.set(unitOf(d), { n: known.n + d.n, late: known.late + (d.standing === 'late' ? d.n : 0) });
  }
  const due = (r: DutyRow | undefined): number => r?.moveBy ?? r?.dueAt ?? Infinity;
  return [...counts]
    .map(([unit, { n, late }]) => {
      const shown = only === undefined || unit === only;
      const whose: Whose = d => unitOf(d) === unit;
      const wanted = shown ? from + most : 1;
      const found = (['late', 'limited', 'soft'] as const).flatMap(s => duties.list(s, whose, wanted));
      const rows = rowsOf(hall, w, language, names, found.slice(shown ? from : 0, wanted));
      return { unit, name: names.unit(unit), n, late, rows };
    })
    .sort((a, b) => (b.late > 0 ? 1 : 0) - (a.late > 0 ? 1 : 0) || due(a.rows[0]) - due(b.rows[0]));
}

export const LOOP = ['opened', 'graded', 'assigned', 'handled', 'answered', 'evaluated', 'archived', 'closed'] as const;
export type LoopStep = (typeof LOOP)[number];
export type LoopMark = 'done' | 'open' | 'not-asked';
const FACTS: Readonly<Record<LoopStep, readonly string[]>> = {
  opened: ['case.opened'],
  graded: ['classification.set'],
  assigned: ['assignment.made', 'handover.made'],
  handled: ['handling.finished', 'track.finished', 'measure.taken'],
  answered: ['publication.made'],
  evaluated: ['evaluation.written'],
  archived: ['archive.bundled'],
  closed: ['case.closed'],
};
/** Steps that every case has, whatever its regulation says. */
const ALWAYS: ReadonlySet<LoopStep> = new Set(['opened', 'handled', 'answered', 'closed']);

export interface Loop {
  readonly head: CaseHead;
  readonly marks: readonly { readonly step: LoopStep; readonly mark: LoopMark }[];
}
/** A step that the rulebook never speaks of is not asked for. */
export function loops(
  hall: Hall,
  w: Words,
  most: number,
  from = 0,
): { readonly n: number; readonly shown: readonly Loop[] } {
  const spoken = JSON.stringify(hall.rulebook.rules);
  const asked = (step: LoopStep): boolean =>
    ALWAYS.has(step) || FACTS[step].some(type => spoken.includes(`"${type}"`)) || step === 'graded';
  const open = caseHeads(hall, w).filter(head => head.closedAt === undefined);
  return {
    n: open.length,
    shown: open.slice(from, from + most).map(head => ({
      head,
      marks: LOOP.map(step => ({
        step,
        mark: head.events.some(e => FACTS[step].includes(e.type)) ? 'done' : asked(step) ? 'open' : 'not-asked',
      })),
    })),
  };
}

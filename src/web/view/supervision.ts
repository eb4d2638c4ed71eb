/** What every unit owes and how often it was reminded; how far each open case has come on its way to the end. */
import type { ObligationLine } from '#core/obligations';
import type { Hall } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import { type CaseHead, caseHeads } from './cases.ts';
import { type DutyRow, dutyRow } from './duties.ts';
import { naming } from './naming.ts';
import { owingUnit } from './pressing.ts';

export interface Owing {
  readonly unit: string;
  readonly name: string;
  readonly late: number;
  readonly rows: readonly DutyRow[];
}
const isOwed = (l: Hall['lines'][number]): l is ObligationLine =>
  l.line === 'obligation' && !l.whole && (l.state === 'open' || l.state === 'late');

/** Every unit that owes something, the one with the earliest moment first. `only` = one unit. */
export function owing(hall: Hall, w: Words, language: Language, only?: string): readonly Owing[] {
  const names = naming(hall, language);
  const heads = new Map(caseHeads(hall, w).map(c => [c.key, c]));
  const byUnit = new Map<string, DutyRow[]>();
  for (const line of hall.lines.filter(isOwed)) {
    const unit = owingUnit(hall, line) ?? hall.institution.setup.institution;
    if (only !== undefined && unit !== only) continue;
    const row = dutyRow(hall, w, language, names, heads, line);
    const rows = byUnit.get(unit);
    if (rows) rows.push(row);
    else byUnit.set(unit, [row]);
  }
  const due = (r: DutyRow): number => r.dueAt ?? Infinity;
  return [...byUnit]
    .map(([unit, rows]) => ({
      unit,
      name: names.unit(unit),
      late: rows.filter(r => r.tone === 'late').length,
      rows: rows.sort((a, b) => due(a) - due(b) || b.elapsed - a.elapsed),
    }))
    .sort((a, b) => due(a.rows[0] as DutyRow) - due(b.rows[0] as DutyRow));
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
export function loops(hall: Hall, w: Words): readonly Loop[] {
  const spoken = JSON.stringify(hall.rulebook.rules);
  const asked = (step: LoopStep): boolean =>
    ALWAYS.has(step) || FACTS[step].some(type => spoken.includes(`"${type}"`)) || step === 'graded';
  return caseHeads(hall, w)
    .filter(head => head.closedAt === undefined)
    .map(head => ({
      head,
      marks: LOOP.map(step => ({
        step,
        mark: head.events.some(e => FACTS[step].includes(e.type)) ? 'done' : asked(step) ? 'open' : 'not-asked',
      })),
    }));
}

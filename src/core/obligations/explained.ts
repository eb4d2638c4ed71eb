/** The filed explanation of a late duty: what met the duty its `late` names, else the written explanation about its clause. */
import { isDone, isLate, type Owed } from './owed.ts';
import type { View } from './view.ts';

export function explained(view: View, rows: readonly Owed[]): readonly Owed[] {
  return rows.map(row => {
    if (!isLate(row)) return row;
    const late = view.book.duty(row.name)?.late;
    const asked = late !== undefined && view.book.duty(late) !== undefined;
    const answer = late === undefined ? undefined : rows.find(r => r.name === late && r.unit === row.unit && isDone(r));
    // Where the article asks for the explanation as a duty, only what meets that duty explains.
    const event = answer?.met?.facts.at(-1)?.id ?? (asked ? undefined : written(view, row));
    return event === undefined ? row : { ...row, explainedBy: event };
  });
}

const written = (view: View, row: Owed): string | undefined =>
  view.facts
    .of('explanation.written')
    .findLast(f => f.data['about'] === row.clause && (row.unit === undefined || f.data['unit'] === row.unit))?.id;

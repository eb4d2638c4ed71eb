/** What an open page is told when something changes: counts, the most urgent, and where each row of the desk stands now. */
import type { Office } from '#core/log';
import { type Hall, keptOf } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import { countsOf, firstDuty, rowsOf } from './duties.ts';
import { whoseOf } from './whose.ts';
import { naming } from './naming.ts';
import { dueText } from './times.ts';

export interface LiveState {
  readonly seq: number;
  readonly now: string;
  readonly owed: number;
  readonly inbox: number;
  readonly next?: { readonly id: string; readonly title: string; readonly due: string; readonly at?: string };
  /** Id of a row, when it began, when it is due (absent without a limit), whether it is late. */
  readonly rows: readonly (readonly [string, string, string | null, 0 | 1])[];
}
/** As many rows as a desk shows of one kind, and some more. */
const MOST = 120;

export function liveState(
  hall: Hall,
  w: Words,
  language: Language,
  office: Office | undefined,
  inbox: number,
): LiveState {
  const names = naming(hall, language);
  const { duties } = keptOf(hall);
  const whose = whoseOf(hall, office, 'unit');
  const counts = countsOf(hall, whose);
  const first = firstDuty(hall, whose);
  const [next] = first ? rowsOf(hall, w, language, names, [first]) : [];
  const shown = (['late', 'limited', 'soft'] as const).flatMap(s => duties.list(s, whose, MOST));
  return {
    seq: hall.seq,
    now: new Date(hall.now).toISOString(),
    owed: counts.limited + counts.soft + counts.late,
    inbox,
    ...(next
      ? {
          next: {
            id: next.id,
            title: next.title,
            due: next.dueAt === undefined ? '' : dueText(language, next.dueAt, next.line.dueOn, hall.now),
            ...(next.dueAt === undefined ? {} : { at: new Date(next.dueAt).toISOString() }),
          },
        }
      : {}),
    rows: rowsOf(hall, w, language, names, shown).map(r => [
      r.id,
      r.line.startedAt,
      r.line.dueAt,
      r.tone === 'late' ? 1 : 0,
    ]),
  };
}

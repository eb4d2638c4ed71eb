/** What an inspector keeps beside the log: whom he asked for a word before finding a fault, and which dismissals he looked at. */
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;

export interface Hearing {
  readonly duty: string;
  readonly unit: string;
  readonly clause: string;
  readonly case?: string;
  readonly by: { readonly unit: string; readonly role: string };
  readonly askedAt: number;
  readonly answerBy: number;
}
export interface DismissalLook {
  readonly event: string;
  readonly by: { readonly unit: string; readonly role: string };
  readonly at: number;
  readonly verdict: 'fine' | 'take-up';
  readonly note: string;
}
export interface InspectionStore {
  readonly hearings: () => Promise<readonly Hearing[]>;
  /** The first asking stands. */
  readonly ask: (hearing: Hearing) => Promise<void>;
  readonly looks: () => Promise<readonly DismissalLook[]>;
  /** The last look stands. */
  readonly look: (look: DismissalLook) => Promise<void>;
}
const iso = (at: number): string => new Date(at).toISOString();

export function openInspection(id: string, run: Run): InspectionStore {
  const rows = (sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    run(query => query<Row>(sql, [id, ...values]));
  return {
    hearings: async () =>
      (await rows('select * from inspection_hearing where institution_id = $1 order by asked_at desc')).map(r => ({
        duty: String(r['duty']),
        unit: String(r['unit']),
        clause: String(r['clause']),
        ...(typeof r['case_id'] === 'string' ? { case: r['case_id'] } : {}),
        by: { unit: String(r['asked_unit']), role: String(r['asked_role']) },
        askedAt: Number(r['asked_at']),
        answerBy: Number(r['answer_by']),
      })),
    ask: async h =>
      void (await rows(
        `insert into inspection_hearing (institution_id, duty, unit, clause, case_id, asked_unit, asked_role, asked_at, answer_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
        [h.duty, h.unit, h.clause, h.case ?? null, h.by.unit, h.by.role, iso(h.askedAt), iso(h.answerBy)],
      )),
    looks: async () =>
      (await rows('select * from dismissal_look where institution_id = $1 order by looked_at desc')).map(r => ({
        event: String(r['event_id']),
        by: { unit: String(r['unit']), role: String(r['role']) },
        at: Number(r['looked_at']),
        verdict: r['verdict'] as DismissalLook['verdict'],
        note: String(r['note']),
      })),
    look: async l =>
      void (await rows(
        `insert into dismissal_look (institution_id, event_id, unit, role, looked_at, verdict, note) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (institution_id, event_id) do update set unit = excluded.unit, role = excluded.role, looked_at = excluded.looked_at,
           verdict = excluded.verdict, note = excluded.note`,
        [l.event, l.by.unit, l.by.role, iso(l.at), l.verdict, l.note],
      )),
  };
}

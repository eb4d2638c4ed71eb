/**
 * Timers that fire once: everything due and not yet recorded as fired is found by a scan without locks, then fired one by
 * one in a transaction of its institution; the fired row and what follows from it stand or fall together.
 */
import { writeNotices } from '../store/notices.ts';
import type { NewNotice, StorePool, Timer } from '../store/index.ts';

/** What follows when a moment has come: whom to tell. Pure; handed in by who plugs the rooms together. */
export type OnDue = (institution: string, timer: Timer, now: number) => Promise<readonly NewNotice[]>;
export interface Fired {
  readonly institution: string;
  readonly timer: Timer;
  readonly lateMs: number;
}
interface Row extends Record<string, unknown> {
  readonly institution_id: string;
  readonly key: string;
  readonly case_id: string | null;
  readonly clause: string;
  readonly duty: string;
  readonly unit: string | null;
  readonly role: string | null;
  readonly what: string;
  readonly due_at: number;
}
const BATCH = 500;

const timerOf = (r: Row): Timer => ({
  key: r.key,
  clause: r.clause,
  duty: r.duty,
  what: r.what,
  dueAt: r.due_at,
  ...(r.case_id === null ? {} : { caseId: r.case_id }),
  ...(r.unit === null ? {} : { unit: r.unit }),
  ...(r.role === null ? {} : { role: r.role }),
});

/** Fires everything due; returns what was fired now, with how late it was noticed. */
export async function fireDue(pool: StorePool, onDue: OnDue, now: number): Promise<readonly Fired[]> {
  const due = await pool.scan<Row>(
    `select t.* from timer t where t.due_at <= $1
       and not exists (select 1 from timer_fired f where f.institution_id = t.institution_id and f.key = t.key) order by t.due_at limit $2`,
    [new Date(now).toISOString(), BATCH],
  );
  const fired: Fired[] = [];
  for (const row of due) {
    const timer = timerOf(row);
    const notices = await onDue(row.institution_id, timer, now);
    const first = await pool.inTenant(row.institution_id, async query => {
      const claimed = await query(
        'insert into timer_fired (institution_id, key, fired_at) values ($1, $2, $3) on conflict do nothing returning key',
        [row.institution_id, row.key, new Date(now).toISOString()],
      );
      if (claimed.length > 0) await writeNotices(row.institution_id, query, notices);
      return claimed.length > 0;
    });
    if (first) fired.push({ institution: row.institution_id, timer, lateMs: now - timer.dueAt });
  }
  return fired;
}

/** The next moment at which a timer is due, over all institutions. */
export async function nextDue(pool: StorePool): Promise<number | undefined> {
  const [row] = await pool.scan<{ next: number | null }>(
    'select min(t.due_at) as next from timer t where not exists (select 1 from timer_fired f where f.institution_id = t.institution_id and f.key = t.key)',
    [],
  );
  return row?.next ?? undefined;
}

/** The timer audit: moments that had come before `before` and were never fired, by institution. */
export async function overdueTimers(
  pool: StorePool,
  before: number,
): Promise<readonly { readonly institution: string; readonly count: number }[]> {
  const rows = await pool.scan<{ institution_id: string; count: number }>(
    `select t.institution_id, count(*) as count from timer t where t.due_at <= $1
       and not exists (select 1 from timer_fired f where f.institution_id = t.institution_id and f.key = t.key) group by t.institution_id`,
    [new Date(before).toISOString()],
  );
  return rows.map(r => ({ institution: r.institution_id, count: r.count }));
}

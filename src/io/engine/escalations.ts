/** A reminder of which nobody took note goes one step up the chain. The step and its notices stand or fall together. */
import { writeNotices } from '../store/notices.ts';
import type { NewNotice, Reminder, StorePool } from '../store/index.ts';
import { reminderOf } from '../store/notices.ts';

/** Whom to tell at the next step, and when the step after it is due; nobody where the chain ends. */
export type OnSilence = (
  institution: string,
  reminder: Reminder,
  now: number,
) => Promise<{ readonly notices: readonly NewNotice[]; readonly escalateAt?: number }>;
interface Row extends Record<string, unknown> {
  readonly institution_id: string;
  readonly key: string;
}
const BATCH = 200;

export async function escalateDue(pool: StorePool, onSilence: OnSilence, now: number): Promise<number> {
  const at = new Date(now).toISOString();
  const due = await pool.scan<Row>(
    'select r.* from reminder r where r.escalate_at <= $1 order by r.escalate_at limit $2',
    [at, BATCH],
  );
  let raised = 0;
  for (const row of due) {
    const reminder = reminderOf(row);
    const next = await onSilence(row.institution_id, reminder, now);
    raised += await pool.inTenant(row.institution_id, async query => {
      const taken = await query(
        `update reminder set level = level + 1, escalate_at = $4
         where institution_id = $1 and key = $2 and level = $3 and acknowledged_at is null and closed_at is null and escalate_at <= $5 returning key`,
        [
          row.institution_id,
          reminder.key,
          reminder.level,
          next.escalateAt === undefined ? null : new Date(next.escalateAt).toISOString(),
          at,
        ],
      );
      if (taken.length > 0) await writeNotices(row.institution_id, query, next.notices);
      return taken.length;
    });
  }
  return raised;
}

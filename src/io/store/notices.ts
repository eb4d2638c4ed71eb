/** Rows of the outbox and of the reminders behind it, inside one institution. */
import type { NewNotice, NewReminder, Notice, NoticeState, Query, Reminder } from './port.ts';

type Row = Record<string, unknown>;
const iso = (at: number): string => new Date(at).toISOString();
const when = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const given = <T extends object>(parts: Record<string, unknown>): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;

/** A notice with a known key is there already and is left as it is; so is its reminder. */
export async function writeNotices(institution: string, query: Query, notices: readonly NewNotice[]): Promise<void> {
  for (const n of notices) {
    if (n.reminder) await writeReminder(institution, query, n.reminder);
    await query(
      `insert into notice (institution_id, key, channel, destination, subject, text, not_before, state, reminder_key, group_key, urgency, held_from)
       values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10, $11) on conflict (institution_id, key) do nothing`,
      [
        institution,
        n.key,
        n.channel,
        n.destination,
        n.subject,
        n.text,
        iso(n.notBefore),
        n.reminder?.key ?? null,
        n.group ?? null,
        n.urgency ?? 0,
        n.heldFrom === undefined ? null : iso(n.heldFrom),
      ],
    );
  }
}

/** A later moment of the same duty takes the place of an earlier one: nobody is told "soon" of what is due. */
async function writeReminder(institution: string, query: Query, r: NewReminder): Promise<void> {
  const written = await query(
    `insert into reminder (institution_id, key, duty_key, case_id, clause, duty, unit, role, what, due_at, raised_at, escalate_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (institution_id, key) do nothing returning key`,
    [
      institution,
      r.key,
      r.dutyKey,
      r.caseId ?? null,
      r.clause,
      r.duty,
      r.unit ?? null,
      r.role ?? null,
      r.what,
      iso(r.dueAt),
      iso(r.raisedAt),
      r.escalateAt === undefined ? null : iso(r.escalateAt),
    ],
  );
  if (written.length === 0) return;
  const gone = await query<{ key: string }>(
    'update reminder set closed_at = $4, escalate_at = null where institution_id = $1 and duty_key = $2 and key <> $3 and closed_at is null returning key',
    [institution, r.dutyKey, r.key, iso(r.raisedAt)],
  );
  await withdraw(
    institution,
    query,
    gone.map(g => g.key),
    r.raisedAt,
  );
}

/** What a claim has taken stays with it: its message may be on the way. */
const withdraw = async (institution: string, query: Query, reminders: readonly string[], at: number): Promise<void> => {
  if (reminders.length === 0) return;
  await query(
    "update notice set state = 'withdrawn', ended_at = $3 where institution_id = $1 and state = 'waiting' and batch is null and reminder_key = any ($2::text[])",
    [institution, reminders, iso(at)],
  );
};

export async function listReminders(
  institution: string,
  query: Query,
  { open, limit }: { readonly open: boolean; readonly limit: number },
): Promise<readonly Reminder[]> {
  const rows = await query<Row>(
    'select * from reminder where institution_id = $1 and (closed_at is null or not $2) order by raised_at desc, key limit $3',
    [institution, open, limit],
  );
  return rows.map(reminderOf);
}

export async function acknowledge(
  institution: string,
  query: Query,
  key: string,
  by: string,
  at: number,
): Promise<boolean> {
  const rows = await query(
    `update reminder set acknowledged_at = $3, acknowledged_by = $4, escalate_at = null
     where institution_id = $1 and key = $2 and acknowledged_at is null and closed_at is null returning key`,
    [institution, key, iso(at), by],
  );
  return rows.length > 0;
}

/** What rests on no clause is no duty: whoever raised it says when it is over. */
export async function closeReminder(institution: string, query: Query, dutyKey: string, at: number): Promise<void> {
  const gone = await query<{ key: string }>(
    "update reminder set closed_at = $3, escalate_at = null where institution_id = $1 and duty_key = $2 and clause = '' and closed_at is null returning key",
    [institution, dutyKey, iso(at)],
  );
  await withdraw(
    institution,
    query,
    gone.map(g => g.key),
    at,
  );
}

export async function closeReminders(
  institution: string,
  query: Query,
  openDuties: readonly string[],
  at: number,
  cases?: readonly (string | null)[],
): Promise<void> {
  const gone = await query<{ key: string }>(
    `update reminder set closed_at = $3, escalate_at = null
     where institution_id = $1 and closed_at is null and clause <> '' and duty_key <> all ($2::text[])
       and ($4::text[] is null or coalesce(case_id, '') = any ($4::text[])) returning key`,
    [institution, openDuties, iso(at), cases?.map(c => c ?? '') ?? null],
  );
  await withdraw(
    institution,
    query,
    gone.map(g => g.key),
    at,
  );
}

export const noticeOf = (r: Row): Notice =>
  given({
    id: String(r['id']),
    key: String(r['key']),
    channel: String(r['channel']),
    destination: String(r['destination']),
    subject: String(r['subject']),
    text: String(r['text']),
    notBefore: Number(r['not_before']),
    state: r['state'] as NoticeState,
    attempts: Number(r['attempts']),
    urgency: Number(r['urgency']),
    group: r['group_key'],
    reminderKey: r['reminder_key'],
    batch: r['batch'] === null ? undefined : String(r['batch']),
    heldFrom: when(r['held_from']),
    endedAt: when(r['ended_at']),
    fault: r['fault'],
  });
export const reminderOf = (r: Row): Reminder =>
  given({
    key: String(r['key']),
    dutyKey: String(r['duty_key']),
    caseId: r['case_id'],
    clause: String(r['clause']),
    duty: String(r['duty']),
    unit: r['unit'],
    role: r['role'],
    what: String(r['what']),
    dueAt: Number(r['due_at']),
    raisedAt: Number(r['raised_at']),
    level: Number(r['level']),
    escalateAt: when(r['escalate_at']),
    acknowledgedAt: when(r['acknowledged_at']),
    acknowledgedBy: r['acknowledged_by'],
    closedAt: when(r['closed_at']),
  });

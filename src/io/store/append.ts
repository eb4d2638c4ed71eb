/**
 * Appending: events, leaves, the tree's head, the case's counter, timers, notices and findings in one transaction of one
 * institution. The head row is locked, so entries follow each other; everything else of the institution may go on reading.
 */
import { randomBytes } from 'node:crypto';
import {
  appendLeaf,
  bodyDigest,
  bodyOf,
  type HuiyinEvent,
  leafHash,
  readHash,
  rootOf,
  type TreeState,
} from '#core/log';
import { changeFinding } from './findings.ts';
import { writeNotices } from './notices.ts';
import { recountOf } from './stories.ts';
import { type Along, LogMoved, type Query, type StoredEvent, type Timer } from './port.ts';

const HASH = 32;
const ZERO = Buffer.alloc(HASH);

interface Head {
  readonly counter: number;
  readonly peaks: Buffer;
  readonly rulebook_digest: Buffer;
  readonly last_recorded_at: number | null;
}
const unpack = (packed: Buffer): Uint8Array[] =>
  Array.from({ length: packed.length / HASH }, (_, i) => new Uint8Array(packed.subarray(i * HASH, (i + 1) * HASH)));

/** Named places where a drill stops the process: between the last write and the commit, for one. */
export type PausePoint = (name: 'entries-written' | 'before-commit') => Promise<void>;

export async function appendEvents(
  institution: string,
  query: Query,
  events: readonly HuiyinEvent[],
  along: Along,
  pause: PausePoint,
): Promise<StoredEvent[]> {
  await query(
    'insert into log_head (institution_id, counter, peaks, root, rulebook_digest) values ($1, 0, $2, $3, $4) on conflict do nothing',
    [institution, Buffer.alloc(0), Buffer.from(rootOf({ size: 0, peaks: [] })), ZERO],
  );
  const [head] = await query<Head & Record<string, unknown>>(
    'select counter, peaks, rulebook_digest, last_recorded_at from log_head where institution_id = $1 for update',
    [institution],
  );
  if (!head) throw new Error(`the log of ${institution} has no head`);
  if (along.expected !== undefined && head.counter !== along.expected)
    throw new LogMoved(`the log of ${institution} has gone on to ${head.counter}`);
  const known = new Set(
    (
      await query<{ id: string }>('select id from log_entry where institution_id = $1 and id = any($2)', [
        institution,
        events.map(e => e.id),
      ])
    ).map(r => r.id),
  );
  const fresh = events.filter(e => !known.has(e.id));
  const stored = fresh.length > 0 ? await writeEntries(institution, query, fresh, head) : [];
  await eraseBodies(institution, query, stored);
  await pause('entries-written');
  for (const change of along.findings ?? []) await changeFinding(institution, query, change.id, change);
  if (along.findings?.length)
    await recountOf(
      institution,
      query,
      along.findings.map(f => f.id),
    );
  if (along.timers) await writeTimers(institution, query, along.timers);
  await writeNotices(institution, query, along.notices ?? []);
  await pause('before-commit');
  return stored;
}

/** A body goes in the transaction that says so; its digest stays in the leaf, and nobody can guess from that. */
async function eraseBodies(institution: string, query: Query, stored: readonly StoredEvent[]): Promise<void> {
  const entries = stored.flatMap(e => (e.type === 'body.erased' ? [String(e.data['entry'])] : []));
  if (entries.length === 0) return;
  await query(
    `delete from log_body where institution_id = $1 and n in
       (select e.n from log_entry e where e.institution_id = $1 and e.id = any($2) and e.type <> 'body.erased')`,
    [institution, entries],
  );
}

async function writeEntries(
  institution: string,
  query: Query,
  events: readonly HuiyinEvent[],
  head: Head,
): Promise<StoredEvent[]> {
  let tree: TreeState = { size: head.counter, peaks: unpack(head.peaks) };
  let rulebook = head.rulebook_digest;
  const cases = [...new Set(events.flatMap(e => (e.case === undefined ? [] : [e.case])))];
  const counters = new Map(
    (
      await query<{ case_id: string; events: number }>(
        'select case_id, events from case_state where institution_id = $1 and case_id = any($2)',
        [institution, cases],
      )
    ).map(r => [r.case_id, r.events]),
  );
  const rows = {
    n: [] as number[],
    id: [] as string[],
    caseId: [] as (string | null)[],
    caseN: [] as number[],
    type: [] as string[],
    at: [] as string[],
    recordedAt: [] as string[],
    rulebook: [] as Buffer[],
    body: [] as Buffer[],
    leaf: [] as Buffer[],
    previous: [] as Buffer[],
    salt: [] as Buffer[],
    text: [] as string[],
  };
  const stored: StoredEvent[] = [];
  let lastRecorded = head.last_recorded_at ?? 0;
  for (const event of events) {
    const n = tree.size + 1;
    const caseN = event.case === undefined ? 0 : (counters.get(event.case) ?? 0) + 1;
    if (event.case !== undefined) counters.set(event.case, caseN);
    if (event.type === 'rulebook.adopted') rulebook = Buffer.from(readHash(String(event.data['digest'])));
    const salt = randomBytes(HASH);
    const body = bodyDigest(event, salt);
    const leaf = leafHash({
      institution,
      counter: n,
      caseCounter: caseN,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
      rulebookDigest: rulebook,
      bodyDigest: body,
    });
    rows.n.push(n);
    rows.id.push(event.id);
    rows.caseId.push(event.case ?? null);
    rows.caseN.push(caseN);
    rows.type.push(event.type);
    rows.at.push(event.at);
    rows.recordedAt.push(event.recordedAt);
    rows.rulebook.push(rulebook);
    rows.body.push(Buffer.from(body));
    rows.leaf.push(Buffer.from(leaf));
    rows.previous.push(Buffer.from(rootOf(tree)));
    rows.salt.push(salt);
    rows.text.push(bodyOf(event));
    tree = appendLeaf(tree, leaf);
    lastRecorded = Math.max(lastRecorded, Date.parse(event.recordedAt));
    stored.push({ ...event, n });
  }
  await query(
    `insert into log_entry (institution_id, n, id, case_id, case_n, type, at, recorded_at, rulebook_digest, body_digest, leaf, previous)
     select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[])`,
    [
      institution,
      rows.n,
      rows.id,
      rows.caseId,
      rows.caseN,
      rows.type,
      rows.at,
      rows.recordedAt,
      rows.rulebook,
      rows.body,
      rows.leaf,
      rows.previous,
    ],
  );
  await query(
    'insert into log_body (institution_id, n, salt, body) select $1, * from unnest($2::bigint[], $3::bytea[], $4::text[])',
    [institution, rows.n, rows.salt, rows.text],
  );
  await query(
    'update log_head set counter = $2, peaks = $3, root = $4, rulebook_digest = $5, last_recorded_at = $6 where institution_id = $1',
    [
      institution,
      tree.size,
      Buffer.concat(tree.peaks),
      Buffer.from(rootOf(tree)),
      rulebook,
      new Date(lastRecorded).toISOString(),
    ],
  );
  const touched = cases.map(id => ({ id, events: counters.get(id) ?? 0 }));
  await query(
    `insert into case_state (institution_id, case_id, last_n, events) select $1, c, $3, e from unnest($2::text[], $4::bigint[]) as t (c, e)
     on conflict (institution_id, case_id) do update set last_n = excluded.last_n, events = excluded.events`,
    [institution, touched.map(t => t.id), tree.size, touched.map(t => t.events)],
  );
  return stored;
}

/** The timers of each named case as they are now; the institution's own stand under no case. */
export async function writeTimers(
  institution: string,
  query: Query,
  sets: readonly { readonly caseId: string | null; readonly timers: readonly Timer[] }[],
): Promise<void> {
  for (const { caseId, timers } of sets) {
    if (caseId === null) await query('delete from timer where institution_id = $1 and case_id is null', [institution]);
    else await query('delete from timer where institution_id = $1 and case_id = $2', [institution, caseId]);
    if (timers.length === 0) continue;
    await query(
      `insert into timer (institution_id, key, case_id, clause, duty, unit, role, what, due_at)
       select $1, k, $2, c, d, u, r, w, a::timestamptz from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) as t (k, c, d, u, r, w, a)
       on conflict (institution_id, key) do update set due_at = excluded.due_at, what = excluded.what`,
      [
        institution,
        caseId,
        timers.map(t => t.key),
        timers.map(t => t.clause),
        timers.map(t => t.duty),
        timers.map(t => t.unit ?? null),
        timers.map(t => t.role ?? null),
        timers.map(t => t.what),
        timers.map(t => new Date(t.dueAt).toISOString()),
      ],
    );
  }
}

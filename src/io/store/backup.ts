/**
 * The product's own export of the whole store: one NDJSON text a table, in an order in which they can be put back.
 * Restoring is one transaction into an empty store; identity columns go on after the highest restored one.
 */
import type pg from 'pg';
import { partitionOf } from './findings.ts';

/**
 * Parents before children. Sessions and counted tries are left out: everybody signs in again after a restore. Sealed bytes
 * of pages where the public speaks are left out too: their date must hold everywhere.
 */
export const TABLES = [
  'institution',
  'rulebook_text',
  'log_head',
  'log_entry',
  'log_body',
  'log_key',
  'log_checkpoint',
  'log_cosignature',
  'log_tile',
  'heartbeat',
  'witnessed_log',
  'case_state',
  'timer',
  'timer_fired',
  'reminder',
  'notice',
  'channel_pace',
  'finding',
  'finding_key',
  'hotline_contact',
  'intake_head',
  'story',
  'passed_item',
  'topic_count',
  'triage_act',
  'source',
  'match_rule',
  'rule_version',
  'miss',
  'recall_drill',
  'route_model',
  'staff',
  'recovery_code',
  'staff_link',
  'api_token',
  'form_draft',
  'setting',
  'attachment',
  'attachment_part',
  'attachment_use',
  'import_run',
  'import_mapping',
  'page_version',
  'source_span',
  'robots_file',
  'finding_date',
  'evidence_look',
  'evidence_due',
  'kept_draft',
  'answer_question',
  'audit',
  'rota_pattern',
  'shift_swap',
  'own_channel',
  'own_channel_holding',
  'own_channel_plan',
  'own_channel_item',
  'inspection_hearing',
  'dismissal_look',
] as const;
const WITH_IDENTITY = new Set<string>(['notice', 'audit']);

export async function dumpTables(client: pg.ClientBase): Promise<Map<string, string>> {
  const dump = new Map<string, string>();
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    for (const table of TABLES) {
      if (table === PARTS) {
        await dumpParts(client, dump);
        continue;
      }
      const { rows } = await client.query<{ line: string }>(
        `select to_jsonb(t)::text as line from ${table} t order by to_jsonb(t)::text`,
      );
      dump.set(table, rows.map(r => `${r.line}\n`).join(''));
    }
  } finally {
    await client.query('commit');
  }
  return dump;
}

/** The content of files is large: it is written as several texts, none longer than a text may be. */
const PARTS = 'attachment_part';
const PARTS_A_TEXT = 48;
async function dumpParts(client: pg.ClientBase, dump: Map<string, string>): Promise<void> {
  for (let i = 0; ; i++) {
    const { rows } = await client.query<{ line: string }>(
      `select to_jsonb(t)::text as line from attachment_part t order by institution_id, digest, n limit $1 offset $2`,
      [PARTS_A_TEXT, i * PARTS_A_TEXT],
    );
    if (rows.length > 0 || i === 0) dump.set(i === 0 ? PARTS : `${PARTS}-${i}`, rows.map(r => `${r.line}\n`).join(''));
    if (rows.length < PARTS_A_TEXT) return;
  }
}
async function restoreParts(client: pg.ClientBase, dump: ReadonlyMap<string, string>): Promise<void> {
  for (const [name, text] of dump) {
    if (name !== PARTS && !name.startsWith(`${PARTS}-`)) continue;
    for (const line of text.split('\n').filter(Boolean))
      await client.query(
        'insert into attachment_part select * from jsonb_populate_record(null::attachment_part, $1::jsonb)',
        [line],
      );
  }
}

export async function isEmptyStore(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query('select 1 from institution limit 1');
  return rows.length === 0;
}

export async function restoreTables(
  client: pg.ClientBase,
  dump: ReadonlyMap<string, string>,
  replace: boolean,
): Promise<void> {
  await client.query('begin');
  try {
    if (replace)
      for (const table of ['session', 'sign_in_try', 'evidence_sealed', ...TABLES.toReversed()])
        await client.query(`delete from ${table}`);
    for (const table of TABLES) {
      if (table === PARTS) {
        await restoreParts(client, dump);
        continue;
      }
      const lines = (dump.get(table) ?? '').split('\n').filter(Boolean);
      if (table === 'finding') {
        for (const sql of new Set(
          lines.map(l => partitionOf(Date.parse((JSON.parse(l) as { seen_at: string }).seen_at)).sql),
        ))
          await client.query(sql);
      }
      const overriding = WITH_IDENTITY.has(table) ? 'overriding system value' : '';
      // A backup of an earlier version lacks newer columns: those take their default, not null.
      const columns = Object.keys(JSON.parse(lines[0] ?? '{}') as object)
        .map(c => `"${c.replaceAll('"', '""')}"`)
        .join(', ');
      for (let i = 0; i < lines.length; i += 500) {
        const batch = `[${lines.slice(i, i + 500).join(',')}]`;
        await client.query(
          `insert into ${table} (${columns}) ${overriding} select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
          [batch],
        );
      }
      if (WITH_IDENTITY.has(table))
        await client.query(
          `select setval(pg_get_serial_sequence('${table}', 'id'), greatest(1, (select coalesce(max(id), 0) from ${table})))`,
        );
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * Every statement names the institution for every tenant table in it (decision 0002), but for a short list of scans; and the
 * schema is the one a reviewer has read. Statements are collected from a real run and read by PostgreSQL's own parser.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY_TYPE, keyOf, showKey } from '#core/log';
import { escalateDue, fireDue, makeSender, nextDue, overdueTimers, settleClaims } from '#io/engine';
import { openStore, type Store, type Tenant } from '#io/store';
import { useCollecting } from './use-collecting.ts';
import { useFiles } from './use-files.ts';
import { item, useTriage, write } from './use-triage.ts';
import { useArrangements } from './arrangements.ts';

const REFERENCE = new Set(['institution', 'rulebook_text', 'schema_migration']);
/** Scans over all institutions, without locks: who is due. Each is followed by a claim inside the institution. */
const SCANS = [
  /^select t\.\* from timer t where t\.due_at/,
  /^select min\(t\.due_at\)/,
  /^select t\.institution_id, count\(\*\) as count from timer t/,
  /^select institution_id, state, count\(\*\) as count from notice/,
  /^select institution_id, counter from log_head/,
  /^select institution_id, max\(at\) as at from heartbeat/,
  /^select institution_id, id, channel from notice/,
  /^select institution_id, channel from notice/,
  /^select r\.\* from reminder r where r\.escalate_at/,
  /^select max\(last_recorded_at\)/,
  /^select id, title_zh/,
  /^select institution_id, key, kind, settings from source where state = 'on'/,
  /^select institution_id, finding_id from evidence_due/,
];
const AT = Date.parse('2026-07-10T04:00:00Z');

const sent = new Set<string>();
let store: Store;
const data = mkdtempSync(join(tmpdir(), 'huiyin-statements-'));
const original = pg.Client.prototype.query;

beforeAll(async () => {
  store = await openStore({ data });
  // From here on every statement is noted on its way to the server; nothing else changes.
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    if (typeof args[0] === 'string') sent.add(args[0].replace(/\s+/g, ' ').trim());
    return (original as (...a: unknown[]) => unknown).apply(this, args);
  } as typeof pg.Client.prototype.query;
  await store.addInstitution({ id: 'petition', titleZh: 'a', titleEn: 'a', isExample: true }, AT);
  const tenant = await store.tenant('petition');
  if (!tenant) throw new Error('no tenant');
  const event = {
    id: 'e',
    case: 'C1',
    type: 'watch.done',
    at: '2026-07-10T12:00:00+08:00',
    recordedAt: '2026-07-10T12:00:00+08:00',
    by: { unit: 'u', role: 'r' },
    data: { found: 0 },
  };
  const timer = { key: 'k', caseId: 'C1', clause: 'G-1', duty: 'd', what: 'w', dueAt: AT };
  await write(tenant, AT, [item('f', AT)]);
  await tenant.append([event], {
    timers: [
      { caseId: 'C1', timers: [timer] },
      { caseId: null, timers: [] },
    ],
    findings: [{ id: 'f', state: 'in-case', caseId: 'C1' }],
    notices: [{ key: 'n', channel: 'mail', destination: 'x', subject: 's', text: 't', notBefore: AT }],
  });
  await write(tenant, AT, [item('h', AT, { origin: 'hotline', lane: 'hotline' })]);
  await useTriage(tenant, AT);
  const contact = { id: 'k', finding: 'h', purpose: 'call-back' as const, unit: 'u', enteredAt: AT, keepUntil: AT + 1 };
  await tenant.contacts.enter(contact, '0');
  await tenant.contacts.list(AT);
  await tenant.contacts.open('k', 'u', AT);
  await tenant.contacts.remove('k', 'u', 'used', AT);
  await useFiles(tenant, AT);
  await tenant.forgetOld(AT, 366, AT);
  await tenant.eraseFindings('C1', AT);
  await tenant.forgetTexts({ before: AT + 1, after: { at: 0, id: '' }, reach: 10, most: 10 }, AT);
  await tenant.events();
  await tenant.head();
  await tenant.findings({ limit: 5, text: '停水' });
  await tenant.finding('f');
  await tenant.setFinding('f', { state: 'dismissed' });
  await tenant.putStaff({
    code: 'H01',
    login: 'a',
    displayName: 'a',
    passwordHash: 'x',
    mustChange: true,
    administrator: true,
    failures: 0,
    disabled: false,
  });
  await tenant.staff();
  const digest = new Uint8Array(32);
  await tenant.putSession(digest, {
    staffCode: 'H01',
    csrf: 'c',
    language: 'zh',
    createdAt: AT,
    seenAt: AT,
    expiresAt: AT,
    stage: 'second',
    via: 'password',
  });
  await useAccess(tenant.access, digest);
  await useArrangements(tenant, AT);
  await tenant.session(digest);
  await tenant.endSession(digest);
  await tenant.putSource({
    key: 's',
    kind: 'rss',
    title: 't',
    ownerUnit: 'u',
    purpose: 'p',
    settings: {},
    state: 'on',
    validators: {},
    nextDueAt: AT,
    class: 'outlet',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'H01',
    switchedOnBy: 'H02',
  });
  await tenant.sources();
  await useCollecting(store, tenant, 's', 'f', AT);
  await tenant.putImportMapping({ signature: 's', origin: 'hotline', mapping: {}, usedAt: AT });
  await tenant.importMapping('s');
  await tenant.addPageVersion({ sourceKey: 's', seenAt: AT, digest: 'd', title: 't', text: 't' });
  await tenant.pageVersions('s', 2);
  await tenant.putRule({ id: 'r', version: '1', rule: {}, state: 'on' });
  await tenant.rules();
  await tenant.putSetting('a', 1);
  await tenant.setting('a');
  await tenant.putImportRun({
    digest: 'd',
    fileName: 'f',
    rows: 1,
    imported: 1,
    duplicates: 0,
    refused: 0,
    dropped: [],
    endedAt: AT,
    state: 'done',
    doneRows: 1,
    masked: {},
    refusals: [],
  });
  await tenant.importRun('d');
  await tenant.importRuns(5);
  await tenant.audit(AT, 'H01', 'a', 'b');
  await tenant.append([{ ...event, id: 'x', type: 'body.erased', data: { entry: 'e' } }]);
  await tenant.exportLog();
  const head = await tenant.proofs.signHead(AT);
  const key = showKey(keyOf(await tenant.proofs.witness(), KEY_TYPE.witness));
  const [logKey = ''] = await tenant.proofs.keys();
  await tenant.witnessing.trust(logKey);
  await tenant.witnessing.logs();
  const { body } = await tenant.witnessing.see(`old 0\n\n${head.note}`, AT);
  await tenant.proofs.addCosignature(head.size, key, body);
  await tenant.proofs.proofOf(1);
  await tenant.proofs.tile(0, 0, 1);
  await tenant.proofs.consistency(1, 2);
  await tenant.proofs.beat({ due: 0, fired: 0, late: 0 }, AT);
  await tenant.proofs.lastBeat();
  await tenant.proofs.heartbeats();
  await tenant.proofs.changeKey('log', AT);
  await fireDue(store.pool, async () => [], AT + 1);
  await nextDue(store.pool);
  await overdueTimers(store.pool, AT);
  await makeSender(store.pool, async () => ({
    name: 'mail',
    keyed: false,
    limits: [{ most: 9, perMs: 60_000 }],
    send: async () => ({ result: 'sent' }),
  }))(() => AT + 1);
  const reminder = { ...timer, key: 'k|due', dutyKey: 'k', raisedAt: AT, escalateAt: AT };
  const told = { channel: 'mail', destination: 'x', subject: 's', text: 't', notBefore: AT, reminder };
  await tenant.addNotices([{ ...told, key: 'r1' }]);
  await escalateDue(store.pool, async () => ({ notices: [{ ...told, key: 'r2' }] }), AT);
  await tenant.reminders({ open: true, limit: 5 });
  await tenant.acknowledge('k|due', 'H01', AT);
  await tenant.closeReminders([], AT);
  await tenant.closeReminder('source|s1', AT);
  const left = async () => ({ result: 'not-sent', fault: 'f', retryAfterMs: 1, restMs: 1 }) as const;
  await tenant.addNotices([{ ...told, key: 'r3' }]);
  await makeSender(store.pool, async () => ({ name: 'mail', keyed: false, limits: [], send: left }))(() => AT + 1);
  await makeSender(store.pool, async () => undefined)(() => AT + 9_999);
  await settleClaims(store.pool, async () => undefined, AT, true);
  await loadModule();
});
afterAll(async () => {
  pg.Client.prototype.query = original;
  await store.close();
  rmSync(data, { recursive: true, force: true });
});

async function useAccess(access: Tenant['access'], digest: Uint8Array): Promise<void> {
  await access.letIn(digest);
  await access.sessionsOf('H01');
  await access.endMarked('H01', 'none');
  await access.putSecondFactor('H01', new Uint8Array(20), [digest]);
  await access.secondFactor('H01');
  await access.useStep('H01', 5);
  await access.useRecovery('H01', digest, AT);
  await access.recoveryLeft('H01');
  await access.link({ provider: 'p', subject: 's', code: 'H01' }, AT);
  await access.links();
  await access.linked('p', 's');
  await access.unlink('p', 's');
  await access.addToken(
    { id: 't', title: 't', scopes: ['duties'], madeBy: 'H01', madeAt: AT, expiresAt: AT + 9 },
    digest,
  );
  await access.useToken(digest, AT);
  await access.tokens();
  await access.endToken('t', AT);
  await access.countTry('login:a', AT, 9);
  await access.clearTries('login:a');
  await access.putSecret('p', { a: 1 });
  await access.secret('p');
  await access.sealAnew();
  await access.auditRows(9, 9);
}
/** Names of the tables a parsed statement reads or writes. */
function tablesIn(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) for (const item of node) tablesIn(item, found);
  else if (typeof node === 'object' && node !== null) {
    const range = (node as { RangeVar?: { relname?: string } }).RangeVar;
    if (range?.relname) found.add(range.relname);
    const relation = (node as { relation?: { relname?: string } }).relation;
    if (relation?.relname) found.add(relation.relname);
    for (const value of Object.values(node)) tablesIn(value, found);
  }
  return found;
}

test('every statement on a tenant table names the institution', () => {
  expect(sent.size).toBeGreaterThan(40);
  const faults: string[] = [];
  for (const sql of sent) {
    if (/^(begin|commit|rollback|set local|create table if not exists finding_)/i.test(sql)) continue;
    const tree = parseSync(sql) as { stmts?: readonly unknown[] };
    if ((tree.stmts?.length ?? 0) !== 1) faults.push(`several statements in one message: ${sql}`);
    const tables = [...tablesIn(tree)].filter(t => !REFERENCE.has(t) && !/^(t|c|f|k|e|b)$/.test(t));
    if (tables.length === 0 || SCANS.some(scan => scan.test(sql))) continue;
    const named = sql.match(/institution_id/g)?.length ?? 0;
    if (named < tables.length) faults.push(`${tables.join(', ')} without institution_id: ${sql}`);
    if (/set_config|pg_notify/i.test(sql)) faults.push(`not allowed here: ${sql}`);
  }
  expect(faults).toEqual([]);
});

test('scans take no lock', () => {
  expect([...sent].filter(sql => SCANS.some(scan => scan.test(sql)) && /for update|for share/i.test(sql))).toEqual([]);
});

test('the schema is the one that was reviewed', async () => {
  const columns = await store.pool.scan<{ line: string }>(
    `select format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end) as line
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`,
    [],
  );
  const indexes = await store.pool.scan<{ line: string }>(
    "select indexdef as line from pg_indexes where schemaname = 'public' and tablename !~ '^finding_[0-9]' order by indexdef",
    [],
  );
  const policies = await store.pool.scan<{ line: string }>(
    "select format('%s %s', tablename, policyname) as line from pg_policies where schemaname = 'public' order by 1",
    [],
  );
  const dump = [...columns, ...indexes, ...policies].map(r => r.line).join('\n');
  await expect(`${dump}\n`).toMatchFileSnapshot('./schema.golden.txt');
  expect(readFileSync(new URL('./schema.golden.txt', import.meta.url), 'utf8')).toContain(
    'log_entry.institution_id text not null',
  );
});

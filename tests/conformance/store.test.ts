/** The store against a real PostgreSQL: what is acknowledged is there, once, verifiable, and of one institution only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HuiyinEvent, verifyExport } from '#core/log';
import { sleep } from '#io/clock';
import { openStore, serverProcess, type Store, type Tenant } from '#io/store';

const event = (id: string, more: Partial<HuiyinEvent> = {}): HuiyinEvent => ({
  id,
  type: 'watch.done',
  at: '2026-07-10T09:00:00+08:00',
  recordedAt: '2026-07-10T09:00:00+08:00',
  by: { unit: 'general-office', role: 'watch-officer' },
  data: { found: 0 },
  ...more,
});
const at = Date.parse('2026-07-10T01:00:00Z');

describe('the embedded server and the store in it', () => {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-store-'));
  let store: Store;
  let petition: Tenant;
  let court: Tenant;
  const tenant = async (id: string): Promise<Tenant> => {
    const found = await store.tenant(id);
    if (!found) throw new Error(`no tenant ${id}`);
    return found;
  };
  beforeAll(async () => {
    store = await openStore({ data });
    for (const id of ['petition', 'court'])
      await store.addInstitution({ id, titleZh: id, titleEn: id, isExample: true }, at);
    petition = await tenant('petition');
    court = await tenant('court');
  });
  afterAll(async () => {
    await store.close();
    rmSync(data, { recursive: true, force: true });
  });

  test('events come back as they went in, numbered, and once however often they are sent', async () => {
    const events = [event('a'), event('b', { case: 'C1' }), event('c', { case: 'C1', lateEntryReason: '补录' })];
    expect((await petition.append(events)).map(e => e.n)).toEqual([1, 2, 3]);
    expect(await petition.append([...events, event('d')])).toMatchObject([{ id: 'd', n: 4 }]);
    expect(await petition.events(1)).toEqual([
      { ...events[1], n: 2 },
      { ...events[2], n: 3 },
      { ...event('d'), n: 4 },
    ]);
  });

  test('the export verifies with code that shares nothing with the writer', async () => {
    const log = await petition.exportLog();
    expect(verifyExport({ ...log })).toMatchObject({ ok: true, entries: 4, head: log.head });
    expect((await petition.head()).root).toBe(log.head);
  });

  test('twenty writers at once leave one whole log', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, w) => court.append([event(`w${w}-1`, { case: `K${w % 3}` }), event(`w${w}-2`)])),
    );
    const log = await court.exportLog();
    expect(verifyExport({ ...log })).toMatchObject({ ok: true, entries: 40 });
  });

  test('one institution neither reads nor writes another, whatever the statement says', async () => {
    const read = await store.pool.inTenant('court', query =>
      query("select * from log_entry where institution_id = 'petition'"),
    );
    expect(read).toEqual([]);
    await expect(
      store.pool.inTenant('court', query =>
        query("insert into setting (institution_id, key, value) values ('petition', 'x', '1')"),
      ),
    ).rejects.toThrow('row-level security');
    await expect(
      store.pool.inTenant('court', query =>
        query('update log_entry set type = $1 where institution_id = $2', ['x', 'court']),
      ),
    ).rejects.toThrow('permission denied');
  });

  test('a finding that comes again is known', async () => {
    const finding = {
      lane: 'public' as const,
      of: null,
      kind: 'first' as const,
      likeness: 0,
      story: 'st-f1',
      topics: [],
      id: 'f1',
      key: 'https://example.cn/1',
      sourceKey: 'paper',
      origin: 'own-watch',
      title: '停水',
      text: '城东停水',
      matched: [],
      seenAt: at,
    };
    const take = (): Promise<boolean> =>
      petition.triage.intake(at, async turn => {
        if ((await turn.known([finding.key])).has(finding.key)) return false;
        await turn.write([finding]);
        return true;
      });
    expect(await take()).toBe(true);
    expect(await take()).toBe(false);
    await petition.setFinding('f1', { state: 'in-case', caseId: 'C1' });
    expect(await petition.findings({ state: 'in-case', limit: 10 })).toMatchObject([
      { id: 'f1', caseId: 'C1', title: '停水' },
    ]);
  });

  test('timers, notices and events stand or fall together', async () => {
    const timer = { key: 'C9/G-1', caseId: 'C9', clause: 'G-1', duty: 'd', what: '答复', dueAt: at };
    await expect(
      petition.append([event('e1', { case: 'C9' })], {
        timers: [{ caseId: 'C9', timers: [{ ...timer, dueAt: Number.NaN }] }],
      }),
    ).rejects.toThrow();
    expect((await petition.events()).some(e => e.id === 'e1')).toBe(false);
    await petition.append([event('e1', { case: 'C9' })], {
      timers: [{ caseId: 'C9', timers: [timer] }],
      notices: [
        { key: 'n1', channel: 'mail', destination: 'office@example.cn', subject: 's', text: 't', notBefore: at },
      ],
    });
    expect(await petition.notices(5)).toMatchObject([{ key: 'n1', state: 'waiting' }]);
  });

  test('a second starter on the same folder is refused in one line', async () => {
    await expect(openStore({ data })).rejects.toThrow(/is in use by huiyin process \d+/);
  });

  test('a killed server is started again by itself, and the store goes on', async () => {
    const before = (await petition.head()).counter;
    const killed = serverProcess(data) ?? 0;
    process.kill(killed, 'SIGKILL');
    const until = performance.now() + 20_000;
    // Sessions of the killed server may answer a moment longer; a new server stands only when they are gone.
    while ([killed, undefined].includes(serverProcess(data)) && performance.now() < until) await sleep(20);
    let counter = -1;
    while (counter < 0 && performance.now() < until)
      counter = await petition.head().then(
        h => h.counter,
        () => -1,
      );
    expect(counter).toBe(before);
  });

  test('after kill -9 of the server every acknowledged event is there', async () => {
    const before = (await petition.head()).counter;
    const pid = serverProcess(data);
    expect(pid).toBeGreaterThan(1);
    process.kill(pid ?? 0, 'SIGKILL');
    await store.close();
    store = await openStore({ data });
    petition = await tenant('petition');
    expect((await petition.head()).counter).toBe(before);
    expect(verifyExport({ ...(await petition.exportLog()) }).ok).toBe(true);
  });
});

test('the catalogue keeps the tenancy rules', async () => {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-catalogue-'));
  const store = await openStore({ data });
  try {
    const reference = new Set(['institution', 'rulebook_text', 'schema_migration']);
    const tables = await store.pool.scan<{ name: string; rls: boolean; forced: boolean }>(
      "select c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition",
      [],
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const t of tables.filter(x => !reference.has(x.name)))
      expect([t.name, t.rls, t.forced]).toEqual([t.name, true, true]);
    const keys = await store.pool.scan<{ name: string; first: string }>(
      "select c.relname as name, a.attname as first from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where n.nspname = 'public' and i.indisunique",
      [],
    );
    for (const k of keys.filter(x => !reference.has(x.name)))
      expect([k.name, k.first]).toEqual([k.name, 'institution_id']);
    const grants = await store.pool.scan(
      "select table_name from information_schema.role_table_grants where grantee = 'huiyin_app' and table_name ~ '^finding_[0-9]'",
      [],
    );
    expect(grants).toEqual([]);
  } finally {
    await store.close();
    rmSync(data, { recursive: true, force: true });
  }
});

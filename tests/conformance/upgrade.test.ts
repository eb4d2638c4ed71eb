/** Data of the first schema, made by the version that had no other: a backup of it restored, and its database upgraded in place. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { exportOf, folderOf, verifyExport } from '#core/log';
import { openStore, type Store } from '#io/store';
import { readBackup } from '../../src/cli/backup-file.ts';
import { startEmbedded } from '../../src/io/store/embedded/index.ts';
import { partitionOf } from '../../src/io/store/findings.ts';
import { readMigrations } from '../../src/io/store/migrate.ts';
import { signedLog } from '../../src/start/signed-log.ts';

const old = readBackup(readFileSync(new URL('../fixtures/backup-of-schema-1.zip', import.meta.url)));
if ('fault' in old) throw new Error(old.fault);
const { tables } = old;
const folder = mkdtempSync(join(tmpdir(), 'huiyin-upgrade-'));
chmodSync(folder, 0o755); // the database runs under an account of its own
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const AT = Date.parse('2027-01-01T00:00:00Z');

async function mustBeWhole(store: Store): Promise<void> {
  const [institution] = await store.institutions();
  const tenant = await store.tenant(institution?.id ?? '');
  if (!tenant) throw new Error('the institution is gone');
  const lines = (name: string): number => (tables.get(name) ?? '').split('\n').length - 1;
  expect(await tenant.events()).toHaveLength(43);
  expect(await tenant.findings({ limit: 1000 })).toHaveLength(lines('finding'));
  expect(await tenant.staff()).toHaveLength(lines('staff'));
  expect(await tenant.rules()).toHaveLength(lines('match_rule'));
  expect(await tenant.notices(10)).toEqual([]);
  const verdict = verifyExport(exportOf(await folderOf(await signedLog(store, tenant, AT))));
  expect(verdict).toMatchObject({ ok: true, entries: 43, signatures: [{ ok: true }] });
  await tenant.addNotices([{ key: 'n', channel: 'mail', destination: 'x', subject: 's', text: 't', notBefore: AT }]);
  expect(await tenant.notices(10)).toHaveLength(1);
}

test('its backup is put back into the newest schema', async () => {
  const store = await openStore({ data: join(folder, 'restored') });
  await store.restore(tables, { replace: false });
  await mustBeWhole(store);
  await store.close();
});

test('its database is upgraded in place, once, and nothing is lost', async () => {
  const data = join(folder, 'in-place');
  const server = await startEmbedded({ data });
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query(
    'create table schema_migration (number integer primary key, applied_at timestamptz not null default now())',
  );
  for (const statement of readMigrations()[0]?.statements ?? []) await client.query(statement);
  await client.query('insert into schema_migration (number) values (1)');
  for (const [table, text] of tables) {
    if (text === '') continue;
    const rows = `[${text.trim().split('\n').join(',')}]`;
    if (table === 'finding')
      for (const { seen_at: at } of JSON.parse(rows) as { seen_at: string }[])
        await client.query(partitionOf(Date.parse(at)).sql);
    await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
      rows,
    ]);
  }
  await client.end();
  await server.stop();
  for (let start = 0; start < 2; start++) {
    const store = await openStore({ data });
    if (start === 0) await mustBeWhole(store);
    else expect((await store.institutions()).length).toBe(1);
    await store.close();
  }
});

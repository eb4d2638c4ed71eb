/** When the only security officer is gone, the duty is taken back on the machine, and that stands in the audit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStore } from '#io/store';
import { openStoreCommands } from '../../src/start/store-commands.ts';

const AT = Date.parse('2026-07-10T01:00:00Z');
const data = mkdtempSync(join(tmpdir(), 'huiyin-release-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

test('the holder loses the duty and is signed out; nobody else does', async () => {
  const store = await openStore({ data });
  await store.addInstitution({ id: 'petition', titleZh: 'a', titleEn: 'a', isExample: true }, AT);
  const tenant = await store.tenant('petition');
  const person = { displayName: 'x', passwordHash: 'x', mustChange: false, failures: 0, disabled: false };
  await tenant?.putStaff({ ...person, code: 'H01', login: 'a', administrator: true });
  await tenant?.putStaff({ ...person, code: 'H02', login: 'b', administrator: false, duty: 'security' });
  await tenant?.putStaff({ ...person, code: 'H03', login: 'c', administrator: false, duty: 'audit' });
  const session = {
    csrf: 'c',
    language: 'zh',
    createdAt: AT,
    seenAt: AT,
    expiresAt: AT,
    stage: 'in',
    via: 'password',
  } as const;
  for (const [i, staffCode] of ['H02', 'H03'].entries())
    await tenant?.putSession(new Uint8Array(32).fill(i + 1), { ...session, staffCode });
  await store.close();
  const commands = await openStoreCommands({ HUIYIN_DATA: data });
  expect(await commands.releaseDuty('petition', 'security')).toEqual(['H02']);
  expect(await commands.releaseDuty('petition', 'security')).toEqual([]);
  await commands.close();
  const again = await openStore({ data });
  const after = await again.tenant('petition');
  expect((await after?.staff())?.map(s => [s.code, s.duty])).toEqual([
    ['H01', undefined],
    ['H02', undefined],
    ['H03', 'audit'],
  ]);
  expect(await after?.access.sessionsOf('H02')).toEqual([]);
  expect(await after?.access.sessionsOf('H03')).toHaveLength(1);
  expect((await after?.access.auditRows(99, 9))?.map(r => [r.what, r.detail])).toEqual([
    ['duty-released', 'security H02'],
  ]);
  await again.close();
});

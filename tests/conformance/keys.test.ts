/** Keys changed while the product runs: the log's signing key under a head that both have signed, and the key that seals. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportOf, folderOf, openNote, readKey, verifyExport } from '#core/log';
import { openStore, type Store, type Tenant } from '#io/store';
import { openSeal } from '../../src/io/seal/index.ts';
import { signedLog } from '../../src/start/signed-log.ts';

const AT = Date.parse('2026-07-10T01:00:00Z');
const data = mkdtempSync(join(tmpdir(), 'huiyin-keys-'));
const secrets = join(data, 'secrets.key');
let store: Store;
let tenant: Tenant;
beforeAll(async () => {
  store = await openStore({ data });
  await store.addInstitution({ id: 'petition', titleZh: 'a', titleEn: 'a', isExample: true }, AT);
  tenant = (await store.tenant('petition')) as Tenant;
});
afterAll(async () => {
  await store.close();
  rmSync(data, { recursive: true, force: true });
});
const grow = (id: string) =>
  tenant.append([
    {
      id,
      type: 'watch.done',
      at: '2026-07-10T09:00:00+08:00',
      recordedAt: '2026-07-10T09:00:00+08:00',
      by: { unit: 'u', role: 'r' },
      data: { found: 0 },
    },
  ]);
const whole = async (key?: string) =>
  verifyExport(exportOf(await folderOf(await signedLog(store, tenant, AT))), key === undefined ? {} : { key });

test('the head at the change is signed by both keys; later ones by the new; all of it verifies', async () => {
  await grow('e1');
  await tenant.proofs.signHead(AT);
  await tenant.proofs.beat({ due: 0, fired: 0, late: 0 }, AT);
  const old = (await tenant.proofs.keys()).find(k => k.startsWith('huiyin/petition+')) ?? '';
  const fresh = await tenant.proofs.changeKey('log', AT);
  await tenant.proofs.changeKey('heartbeat', AT);
  expect(fresh).not.toBe(old);
  const crossing = (await tenant.proofs.checkpoints(1)).at(-1)?.note ?? '';
  for (const key of [old, fresh]) {
    const read = readKey(key);
    expect(openNote(crossing, read ? [read] : [])?.signedBy.length).toBe(1);
  }
  expect((await whole(old)).ok).toBe(true);
  await grow('e2');
  await tenant.proofs.beat({ due: 0, fired: 0, late: 0 }, AT + 1000);
  expect(await whole(fresh)).toMatchObject({ ok: true, entries: 2, heartbeats: { beats: 2 } });
  expect(await whole()).toMatchObject({ ok: true });
  // Who brings the old key is not told that the new one is good: that is for the crossing head to show.
  expect((await whole(old)).ok).toBe(false);
  expect(await tenant.proofs.proofOf(1)).toContain('huiyin/petition');
  // One key at a time: the store holds no second current one.
  await expect(store.pool.scan("update log_key set retired_at = null where kind = 'log'", [])).rejects.toThrow(
    /log_key_now/,
  );
});

test('after a new sealing key everything is sealed with it, and the old one can be forgotten', async () => {
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
  await tenant.access.putSecondFactor('H01', new Uint8Array(20).fill(7), []);
  await tenant.access.putSecret('notices', { token: 'a secret of a robot' });
  const before = new Map(await store.dump());
  for (const table of ['setting', 'staff', 'log_key']) expect(before.get(table)).not.toContain('a secret of a robot');
  expect(store.sealing.rotate()).toBe('k2');
  // Log, its retired key, both of the heartbeat; the second factor; the channels.
  expect(await tenant.access.sealAnew()).toBe(6);
  expect(await tenant.access.sealAnew()).toBe(0);
  const dump = [...(await store.dump()).values()].join('');
  expect(dump).not.toContain('s1:k1:');
  expect(store.sealing.forgetOld()).toBe(1);
  expect(readFileSync(secrets, 'utf8')).toMatch(/^k2 \S+\n$/);
  expect(await tenant.access.secondFactor('H01')).toEqual(new Uint8Array(20).fill(7));
  expect(await tenant.access.secret('notices')).toEqual({ token: 'a secret of a robot' });
  await grow('e3');
  expect((await whole()).ok).toBe(true);
});

test('a process that was running before the change goes on with the new key', () => {
  const running = openSeal(secrets);
  const sealed = running.seal(Buffer.from('x'), 'p');
  const other = openSeal(secrets);
  other.rotate();
  expect(running.seal(Buffer.from('x'), 'p')).toMatch(/^s1:k3:/);
  expect(Buffer.from(running.open(sealed, 'p')).toString()).toBe('x');
});

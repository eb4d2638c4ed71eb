/** Proofs over a real store: signed heads, proofs from tiles, a witness that is another institution, erasure, heartbeats. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportOf, folderOf, type HuiyinEvent, KEY_TYPE, keyOf, showKey, verifyExport, verifyProof } from '#core/log';
import { openStore, type Store, type Tenant } from '#io/store';
import { signedLog } from '../../src/start/signed-log.ts';

const AT = Date.parse('2026-07-10T01:00:00Z');
const event = (id: string, more: Partial<HuiyinEvent> = {}): HuiyinEvent => ({
  id,
  case: `C${id.length}`,
  type: 'watch.done',
  at: '2026-07-10T09:00:00+08:00',
  recordedAt: '2026-07-10T09:00:00+08:00',
  by: { unit: 'general-office', role: 'watch-officer' },
  data: { found: 0, text: `words of ${id}` },
  ...more,
});
const data = mkdtempSync(join(tmpdir(), 'huiyin-proofs-'));
let store: Store;
let petition: Tenant;
let superior: Tenant;
const verdict = async (caseId?: string, key?: string) =>
  verifyExport(
    exportOf(await folderOf(await signedLog(store, petition, AT, caseId))),
    key === undefined ? {} : { key },
  );
const logKey = async (): Promise<string> => (await petition.proofs.keys()).find(k => !k.includes('/heartbeat+')) ?? '';

beforeAll(async () => {
  store = await openStore({ data, origin: 'answers.example' });
  for (const id of ['petition', 'superior'])
    await store.addInstitution({ id, titleZh: id, titleEn: id, isExample: true }, AT);
  [petition, superior] = (await Promise.all(['petition', 'superior'].map(store.tenant))) as [Tenant, Tenant];
});
afterAll(async () => {
  await store.close();
  rmSync(data, { recursive: true, force: true });
});

test('an empty log is signed and verifies', async () => {
  expect(await verdict()).toMatchObject({
    ok: true,
    entries: 0,
    signatures: [{ name: 'answers.example/petition', ok: true }],
  });
});

test('heads are signed as the log grows past full tiles, and every entry has its proof', async () => {
  for (const [from, to] of [
    [0, 3],
    [3, 260],
    [260, 700],
  ] as const) {
    await petition.append(Array.from({ length: to - from }, (_, i) => event(`e${from + i + 1}`)));
    expect((await petition.proofs.signHead(AT)).size).toBe(to);
  }
  expect((await petition.proofs.signHead(AT + 1)).size).toBe(700);
  expect((await petition.proofs.checkpoints(9)).map(c => c.size)).toEqual([0, 3, 260, 700]);
  expect(await verdict(undefined, await logKey())).toMatchObject({ ok: true, entries: 700 });
  const keys = await petition.proofs.keys();
  for (const n of [1, 2, 255, 256, 257, 512, 513, 699, 700])
    expect(verifyProof((await petition.proofs.proofOf(n)) ?? '', keys)).toMatchObject({
      ok: true,
      n,
      event: { id: `e${n}` },
    });
  expect(await petition.proofs.proofOf(701)).toBeUndefined();
  expect([(await petition.proofs.tile(0, 1, 256))?.length, (await petition.proofs.tile(1, 0, 2))?.length]).toEqual([
    8192, 64,
  ]);
  expect(await petition.proofs.tile(0, 2, 189)).toBeUndefined();
});

test('a superior body co-signs what goes on from what it has seen, and nothing else', async () => {
  const see = (text: string) => superior.witnessing.see(text, AT);
  const [, third, , last] = await petition.proofs.checkpoints(9);
  const request = async (old: number, head = last) => {
    const proof = await petition.proofs.consistency(old, head?.size ?? 0);
    return `old ${old}\n${proof.map(h => `${Buffer.from(h).toString('base64')}\n`).join('')}\n${head?.note}`;
  };
  expect(await see(await request(0))).toMatchObject({ status: 404 });
  await superior.witnessing.trust(await logKey());
  await expect(superior.witnessing.trust('no key')).rejects.toThrow('no key of a log');
  expect(await see('hello')).toMatchObject({ status: 400 });
  expect(await see((await request(0)).replace('\n700\n', '\n701\n'))).toMatchObject({ status: 403 });
  expect(await see(await request(0, third))).toMatchObject({ status: 200 });
  expect(await see(await request(0))).toMatchObject({ status: 409, body: '3\n' });
  expect(await see((await request(3)).replace(/\n[^\n]{44}\n/, '\n'))).toMatchObject({ status: 422 });
  const seen = await see(await request(3));
  expect(seen).toMatchObject({
    status: 200,
    body: expect.stringMatching(/^— answers\.example\/superior\/witness \S+\n$/),
  });
  expect(await superior.witnessing.logs()).toEqual([{ origin: 'answers.example/petition', size: 700 }]);

  const key = showKey(keyOf(await superior.proofs.witness(), KEY_TYPE.witness));
  expect(await petition.proofs.addCosignature(700, await logKey(), seen.body)).toBe(false);
  expect(await petition.proofs.addCosignature(700, key, seen.body)).toBe(true);
  expect(await verdict()).toMatchObject({
    ok: true,
    signatures: [{ ok: true }, { name: 'answers.example/superior/witness', ok: true }],
  });
  expect(verifyProof((await petition.proofs.proofOf(5)) ?? '', [await logKey()])).toMatchObject({ ok: true, n: 5 });
});

test('a body is erased under a leaf that stays', async () => {
  const said = event('e7');
  await petition.append([
    event('x1', { type: 'body.erased', data: { entry: 'e7', reason: 'retention', schedule: 's' } }),
  ]);
  const log = await petition.exportLog();
  expect(log.erasedBodies).toBe(1);
  expect(log.events.some(line => line.includes(`"${String(said.data['text'])}"`))).toBe(false);
  expect(await verdict()).toMatchObject({ ok: true, entries: 701, erasedBodies: 1 });
  const proof = verifyProof((await petition.proofs.proofOf(7)) ?? '', await petition.proofs.keys());
  expect(proof).toMatchObject({ ok: true, n: 7 });
  expect(proof).not.toHaveProperty('event');
});

test('an export of one case is whole for that case and gives nothing of others', async () => {
  const log = await signedLog(store, petition, AT, 'C2');
  expect(log.events).toHaveLength(9); // e1 to e9 without the erased one, and the erasure itself
  expect(await verdict('C2')).toMatchObject({ ok: true, entries: 701, erasedBodies: 1 });
  const files = await folderOf(log);
  expect([...files.keys()].filter(name => name.startsWith('proofs/'))).toHaveLength(9);
  const events = log.events.filter((_, i) => i !== 3);
  const salts = log.salts.filter((_, i) => i !== 3);
  const cut = verifyExport(exportOf(await folderOf({ ...log, events, salts })));
  expect(cut).toMatchObject({ ok: false, firstBreak: { why: 'missing' } });
});

test('heartbeats follow each other, and one that is taken out is missed', async () => {
  for (const [due, at] of [
    [1, AT],
    [0, AT + 3_600_000],
    [4, AT + 5 * 3_600_000],
    [0, AT], // the clock was set back
  ] as const)
    await petition.proofs.beat({ due, fired: due, late: 0 }, at);
  expect(await verdict()).toMatchObject({ ok: true, heartbeats: { beats: 4, longestSilenceSeconds: 4 * 3600 } });
  const log = await signedLog(store, petition, AT);
  const files = await folderOf({ ...log, heartbeats: log.heartbeats?.filter((_, i) => i !== 1) ?? [] });
  expect(verifyExport(exportOf(files))).toMatchObject({ ok: false, firstBreak: { file: 'heartbeats.ndjson' } });
});

test('a changed row is never signed', async () => {
  await store.pool.scan(
    "update log_entry set leaf = sha256('other') where institution_id = 'petition' and n = 690",
    [],
  );
  await petition.append([event('e800')]);
  await expect(petition.proofs.signHead(AT)).rejects.toThrow('do not make the root');
});

test('the seed that signs is nowhere in the store, and useless without the file of secrets', async () => {
  const dump = await store.dump();
  const sealed = [...(dump.get('log_key') ?? '').matchAll(/"sealed": "(s1:k1:[^"]+)"/g)].map(m => m[1]);
  expect(sealed).toHaveLength(3);
  await store.close();
  const secrets = join(data, 'other.key');
  writeFileSync(secrets, `k1 ${Buffer.alloc(32).toString('base64')}\n`);
  store = await openStore({ data, secrets });
  const tenant = await store.tenant('petition');
  await expect(tenant?.proofs.signHead(AT)).rejects.toThrow('does not open');
});

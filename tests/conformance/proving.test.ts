/** What runs every hour and what an operator sees of it: heartbeats, a witness over HTTP, the timer audit, figures. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportOf, folderOf, KEY_TYPE, keyOf, showKey, verifyExport } from '#core/log';
import { openPost } from '#io/fetch';
import { openStore, type Store, type Tenant } from '#io/store';
import { healthFaults, watchHealth } from '../../src/start/health.ts';
import { openLogbook } from '../../src/start/logbook.ts';
import { askWitness, makeAlarm, makeProver, WITNESSES } from '../../src/start/proving.ts';
import { signedLog } from '../../src/start/signed-log.ts';

const AT = Date.parse('2026-07-10T01:00:00Z');
const HOUR = 3_600_000;
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const data = mkdtempSync(join(tmpdir(), 'huiyin-proving-'));
let store: Store;
let petition: Tenant;
let superior: Tenant;
let peer: Server;
let url: string;

beforeAll(async () => {
  store = await openStore({ data });
  for (const id of ['petition', 'superior'])
    await store.addInstitution({ id, titleZh: id, titleEn: id, isExample: true }, AT);
  [petition, superior] = (await Promise.all(['petition', 'superior'].map(store.tenant))) as [Tenant, Tenant];
  peer = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part as Buffer));
    request.on('end', async () => {
      const { status, body } = await superior.witnessing.see(Buffer.concat(parts).toString('utf8'), AT);
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>(done => peer.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}/proofs/witness`;
});
afterAll(async () => {
  peer.close();
  await store.close();
  rmSync(data, { recursive: true, force: true });
});
const grow = (from: number, to: number) =>
  petition.append(
    Array.from({ length: to - from }, (_, i) => ({
      id: `e${from + i}`,
      type: 'watch.done',
      at: '2026-07-10T09:00:00+08:00',
      recordedAt: '2026-07-10T09:00:00+08:00',
      by: { unit: 'u', role: 'r' },
      data: { found: 0 },
    })),
  );

test('each hour a beat, a signed head and the witness asked; it answers from where it stood', async () => {
  const post = openPost({ allowHosts: ['127.0.0.1'] });
  const said: string[] = [];
  const prover = makeProver(store, post, what => said.push(what));
  const key = showKey(keyOf(await superior.proofs.witness(), KEY_TYPE.witness));
  await petition.putSetting(WITNESSES, [{ url, key }]);
  await grow(0, 5);
  await prover.round(AT);
  expect(said.splice(0)).toEqual([expect.stringContaining('it answered 404')]);
  const own = (await petition.proofs.keys()).find(k => !k.includes('heartbeat')) ?? '';
  await superior.witnessing.trust(own);
  for (const [i, size] of [300, 301, 700].entries()) {
    await grow((await petition.head()).counter, size);
    await prover.round(AT + (i + 1) * HOUR);
  }
  await prover.round(AT + 3 * HOUR + 1);
  expect(said).toEqual([]);
  const folder = await folderOf(await signedLog(store, petition, AT));
  expect(verifyExport(exportOf(folder))).toMatchObject({
    ok: true,
    entries: 700,
    signatures: [{ ok: true }, { name: 'huiyin/superior/witness', ok: true }],
    heartbeats: { beats: 4, longestSilenceSeconds: 3600 },
  });
  const refused = await askWitness(petition, { url: 'http://10.0.0.1/', key: PETER }, post);
  expect(refused).toMatch(/address|private|10\./);
});

test('a moment nobody noticed makes the product not ready, and says so once', async () => {
  const now = AT + 3 * HOUR;
  expect(await healthFaults(store, now)).toEqual([]);
  await petition.setTimers([
    { caseId: 'C1', timers: [{ key: 'k', caseId: 'C1', clause: 'G-1', duty: 'd', what: 'w', dueAt: now - 600_000 }] },
  ]);
  expect(await healthFaults(store, now)).toEqual([expect.stringMatching(/^timers: 1 moments of petition/)]);
  const said: string[] = [];
  const alarm = makeAlarm(store, what => said.push(what));
  for (const minutes of [0, 1, 11]) await alarm(now + minutes * 60_000);
  expect(said).toHaveLength(2);
  await petition.setTimers([{ caseId: 'C1', timers: [] }]);
  await alarm(now + 12 * 60_000);
  expect(said.at(-1)).toBe('timer audit: all is well again');
  expect(await healthFaults(store, now + 3 * HOUR)).toEqual([expect.stringMatching(/^heartbeat: none of petition/)]);
});

test('figures are for who shows the token, and name no one', async () => {
  const watching = watchHealth(store, () => AT + 3 * HOUR, 'a token');
  watching.answered({ method: 'GET', route: '/cases/:case', status: 200, ms: 42 });
  watching.fired([
    {
      institution: 'petition',
      timer: { key: 'secret-key', clause: 'G', duty: 'd', what: 'w', dueAt: AT },
      lateMs: 90_000,
    },
  ]);
  expect([await watching.read(undefined), await watching.read('Bearer other')]).toEqual([undefined, undefined]);
  const text = (await watching.read('Bearer a token')) ?? '';
  for (const line of [
    'huiyin_http_requests_total{route="/cases/:case",method="GET",status="200"} 1',
    'huiyin_http_seconds_bucket{route="/cases/:case",le="0.05"} 1',
    'huiyin_timers_late_total{institution="petition"} 1',
    'huiyin_timers_overdue 0',
    'huiyin_log_entries{institution="petition"} 700',
    'huiyin_ready 1',
  ])
    expect(text).toContain(`${line}\n`);
  expect(text).not.toContain('secret-key');
  expect(await watchHealth(store, () => AT, undefined).read('Bearer ')).toBeUndefined();
});

test('the logbook speaks to a person or to a machine', () => {
  const lines: string[] = [];
  const person = openLogbook(
    false,
    () => AT,
    line => lines.push(line),
  );
  const machine = openLogbook(
    true,
    () => AT,
    line => lines.push(line),
  );
  person.fault('abcd', 'broken');
  person.request({ route: '/desk' });
  machine.request({ route: '/desk', status: 200 });
  machine.say('error', 'timer audit: x');
  expect(lines).toEqual([
    'fault abcd: broken\n',
    '{"time":"2026-07-10T01:00:00.000Z","level":"info","what":"request","route":"/desk","status":200}\n',
    '{"time":"2026-07-10T01:00:00.000Z","level":"error","what":"timer audit: x"}\n',
  ]);
});

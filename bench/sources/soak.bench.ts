/**
 * The collector for 20 minutes with the fetch clock run 20 times faster, among sites that die, hang, drip, break, lie, tear
 * their answers and never end them; halfway the collector itself is killed and another takes over. At the end: which item
 * that a later poll could still see is missing, which is there twice, and how memory went.
 *
 *   node --expose-gc bench/sources/soak.bench.ts [minutes] [minutes between items]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDoor } from '#io/fetch';
import { openStore } from '#io/store';
import { makeCollector } from '../../src/start/collect/collector.ts';
import type { ItemRecord, SitesOrder } from './sites-process.ts';

const MINUTES = Number(process.argv[2] ?? 20);
const SPEED = 20;
const MINUTE = 60_000;
const startedAt = Date.parse('2026-11-02T08:00:00+08:00');
const order: SitesOrder = {
  ports: 40,
  feedsPerPort: 5,
  speed: SPEED,
  startedAt,
  itemEveryMs: Number(process.argv[3] ?? 30) * MINUTE,
  window: 20,
  faults: true,
  changing: 1,
};

const sites = fork(fileURLToPath(new URL('./sites-process.ts', import.meta.url)));
const said = <T>(): Promise<T> => new Promise(done => sites.once('message', m => done(m as T)));
const ready = said<readonly number[]>();
sites.send(order);
const ports = await ready;
const wallStart = Date.now();
const clock = { now: () => startedAt + (Date.now() - wallStart) * SPEED };

const data = mkdtempSync(join(tmpdir(), 'huiyin-soak-'));
const store = await openStore({ data });
await store.addInstitution({ id: 'soak', titleZh: 'a', titleEn: 'a', isExample: false }, startedAt);
const found = await store.tenant('soak');
if (!found) throw new Error('no tenant');
const tenant = found;
await tenant.putRule({ id: 'water', version: '1', rule: { id: 'water', version: '1', all: [['停水']] }, state: 'on' });
for (const port of ports)
  for (let f = 0; f < order.feedsPerPort; f++)
    await tenant.putSource({
      key: `s${port}-${f}`,
      kind: 'rss',
      title: `${port}/${f}`,
      ownerUnit: 'u',
      purpose: 'p',
      settings: { url: `http://127.0.0.1:${port}/f${f}` },
      state: 'on',
      validators: {},
      nextDueAt: startedAt,
      class: 'outlet',
      reach: 'domestic',
      pace: 'five-minutes',
      proposedBy: 'a',
      switchedOnBy: 'b',
      switchedOnAt: startedAt,
    });
let faults = 0;
const allowHosts = ports.map(p => `127.0.0.1:${p}`);
const open = () =>
  makeCollector({
    store,
    clock,
    // The door's own clock is the wall's: its limits are about real sockets.
    door: openDoor({ contact: 'https://huiyin.example.cn/', allowHosts, pacePerHostMs: 20 }),
    pacePerHostMs: 20 * SPEED,
    onFault: error => {
      faults++;
      if (faults < 10) console.error(error);
    },
  });
let collector = open();
collector.run();
const memory: { readonly minute: number; readonly mb: number }[] = [];
/** What is really held, where Node was started with --expose-gc. */
const live: { readonly minute: number; readonly mb: number }[] = [];
const cpu = process.cpuUsage();
let changed = false;
await new Promise<void>(done => {
  const timer = setInterval(() => {
    const minute = (Date.now() - wallStart) / MINUTE;
    memory.push({ minute, mb: process.memoryUsage().rss / 1024 / 1024 });
    if (memory.length % 15 === 0 && global.gc) {
      global.gc();
      live.push({ minute, mb: process.memoryUsage().heapUsed / 1024 / 1024 });
    }
    if (minute >= MINUTES / 2 && !changed) {
      changed = true;
      // Killed where it stands: its claims run out by themselves.
      const dead = collector;
      collector = open();
      collector.run();
      void dead.stop();
    }
    if (minute >= MINUTES) {
      clearInterval(timer);
      done();
    }
  }, 2_000);
});
const used = process.cpuUsage(cpu);
await collector.stop();
const endedAt = clock.now();
const ledger = said<readonly ItemRecord[]>();
sites.send('ledger');
const items = await ledger;
const rows = await store.pool.inTenant('soak', query =>
  query<{ url: string; n: number }>('select url, count(*) as n from finding where institution_id = $1 group by url', [
    'soak',
  ]),
);
const stored = new Map(rows.map(r => [r.url, Number(r.n)]));
const spans = await tenant.collecting.spans({ from: startedAt, to: endedAt + 1 });
const count = (state: string): number => spans.filter(s => s.state === state).reduce((n, s) => n + s.readings, 0);
/** Back-off after the longest illness (30 minutes) is over well within this. */
const SEEN_MS = 75 * MINUTE;
const couldBeSeen = items.filter(i => i.wellMs >= SEEN_MS && endedAt - i.bornAt >= SEEN_MS);
const lost = couldBeSeen.filter(i => !stored.has(i.url));
const servedLost = items.filter(i => i.served && !stored.has(i.url));
const doubled = [...stored].filter(([, n]) => n > 1);
const slope = slopeOf(memory.filter(m => m.minute >= MINUTES * 0.25));
console.log(
  `${MINUTES} minutes at ${SPEED} times: ${((endedAt - startedAt) / 3_600_000).toFixed(1)} hours of ${order.ports} sites, ${order.ports * order.feedsPerPort} feeds`,
);
console.log(`readings: ${count('read')} read, ${count('failed')} failed; faults of our own: ${faults}`);
console.log(
  `items: ${items.length} published, ${stored.size} stored; that a later poll could see: ${couldBeSeen.length}, lost ${lost.length}; sent whole and not stored: ${servedLost.length}; doubled ${doubled.length}`,
);
console.log(
  `memory: ${Math.round(memory[0]?.mb ?? 0)} MB to ${Math.round(memory.at(-1)?.mb ?? 0)} MB, most ${Math.round(Math.max(...memory.map(m => m.mb)))} MB, slope ${slope.toFixed(2)} MB/min over the last three quarters`,
);
if (live.length > 2)
  console.log(
    `held after collection of garbage: ${live.map(l => Math.round(l.mb)).join(' ')} MB, slope ${slopeOf(live.filter(m => m.minute >= MINUTES * 0.25)).toFixed(2)} MB/min`,
  );
console.log(`processor: ${(((used.user + used.system) / 1e6 / (MINUTES * 60)) * 100).toFixed(1)} % of one core`);
for (const i of lost.slice(0, 5)) console.log(`  lost ${JSON.stringify(i)}`);
await store.close();
rmSync(data, { recursive: true, force: true });

/** Least squares. */
function slopeOf(points: readonly { readonly minute: number; readonly mb: number }[]): number {
  const n = points.length;
  const mx = points.reduce((s, p) => s + p.minute, 0) / n;
  const my = points.reduce((s, p) => s + p.mb, 0) / n;
  const top = points.reduce((s, p) => s + (p.minute - mx) * (p.mb - my), 0);
  return top / points.reduce((s, p) => s + (p.minute - mx) ** 2, 0);
}

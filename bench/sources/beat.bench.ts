/**
 * 10,000 feeds on a 10-minute beat by one process: all of them stand in the store, due evenly over ten minutes, and are
 * read for some of these minutes. Then how long an item takes from being pushed, and from being polled, to its row.
 *
 *   node bench/sources/beat.bench.ts [minutes] [feeds]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDoor } from '#io/fetch';
import { openStore } from '#io/store';
import { makeCollector } from '../../src/start/collect/collector.ts';
import { takeIn } from '../../src/start/intake/index.ts';
import { openSites, feedOf, type FeedEntry } from '../../tests/peers/sites.ts';
import type { SitesOrder } from './sites-process.ts';

const MINUTES = Number(process.argv[2] ?? 4);
const FEEDS = Number(process.argv[3] ?? 10_000);
const BEAT_MS = 10 * 60_000;
const PORTS = 250;
const WARM_MS = 30_000;
const order: SitesOrder = {
  ports: PORTS,
  feedsPerPort: Math.ceil(FEEDS / PORTS),
  speed: 1,
  startedAt: Date.now(),
  // Ten items a day and feed, as outlets have them: a hundred thousand a day over all.
  itemEveryMs: 144 * 60_000,
  initial: 1,
  window: 20,
  faults: false,
  changing: 1,
};
const sites = fork(fileURLToPath(new URL('./sites-process.ts', import.meta.url)));
const ready = new Promise<readonly number[]>(done => sites.once('message', m => done(m as readonly number[])));
sites.send(order);
const ports = await ready;
const data = mkdtempSync(join(tmpdir(), 'huiyin-beat-'));
const store = await openStore({ data });
await store.addInstitution({ id: 'beat', titleZh: 'a', titleEn: 'a', isExample: false }, Date.now());
const found = await store.tenant('beat');
if (!found) throw new Error('no tenant');
const tenant = found;
// Fifty words of concern; one item in some hundred hits one.
for (let i = 0; i < 50; i++)
  await tenant.putRule({
    id: `r${i}`,
    version: '1',
    rule: { id: `r${i}`, version: '1', all: [[`${String.fromCharCode(0x4e00 + i * 37)}停水`]] },
    state: 'on',
  });
const start = Date.now() + 2_000;
const rows = ports.flatMap(port =>
  Array.from({ length: order.feedsPerPort }, (_, f) => ({
    key: `s${port}-${f}`,
    url: `http://127.0.0.1:${port}/f${f}`,
  })),
);
await store.pool.scan(
  `insert into source (institution_id, key, kind, title, owner_unit, purpose, settings, state, next_due_at, class, pace, proposed_by, switched_on_by)
     select 'beat', x.key, 'rss', x.key, 'u', 'p', jsonb_build_object('url', x.url), 'on', to_timestamp(($2::float8 + x.n * $3::float8) / 1000.0), 'outlet', 'hour', 'a', 'b'
     from unnest($1::text[], $4::text[], $5::int[]) as x(key, url, n)`,
  [
    rows.map(r => r.key),
    start,
    BEAT_MS / rows.length,
    rows.map(r => r.url),
    rows.map((_, i) => (i * 7919) % rows.length),
  ],
);
const collector = makeCollector({
  store,
  clock: { now: () => Date.now() },
  door: openDoor({
    contact: 'https://huiyin.example.cn/',
    allowHosts: ports.map(p => `127.0.0.1:${p}`),
    pacePerHostMs: 50,
  }),
  pacePerHostMs: 50,
  onFault: error => console.error(error),
});
const count = async (): Promise<number> =>
  Number(
    (await store.pool.scan<{ n: number }>('select count(*) as n from source where last_success_at is not null', []))[0]
      ?.n ?? 0,
  );
collector.run();
await new Promise(next => setTimeout(next, start - Date.now() + WARM_MS));
const [before, cpu, began] = [await count(), process.cpuUsage(), Date.now()];
let most = 0;
const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 1_000);
await new Promise(next => setTimeout(next, MINUTES * 60_000 - WARM_MS));
const used = process.cpuUsage(cpu);
const seconds = (Date.now() - began) / 1000;
const read = (await count()) - before;
const [late] = await store.pool.scan<{ n: number; late: number }>(
  "select count(*) as n, coalesce(extract(epoch from max(now() - next_due_at)), 0)::float8 as late from source where state = 'on' and next_due_at < now()",
  [],
);
clearInterval(watch);
const share = ((used.user + used.system) / 1e6 / seconds) * 100;
console.log(
  `${rows.length} feeds on a 10-minute beat, ${seconds.toFixed(0)} s of it: ${read} read (${(read / seconds).toFixed(1)} a second; the beat asks for ${(rows.length / 600).toFixed(1)}), ${late?.n} due and waiting, the longest for ${Number(late?.late ?? 0).toFixed(1)} s`,
);
console.log(
  `this process: ${share.toFixed(1)} % of one core (${(share / 2).toFixed(1)} % of two), memory at most ${Math.round(most / 1024 / 1024)} MB`,
);
await collector.stop();
sites.kill();

// From the moment an item is pushed to its row, one after the other, among what stands in the store already.
const pushed: number[] = [];
for (let i = 0; i < 300; i++) {
  const at = performance.now();
  const item = {
    title: `一停水第${i}次推送的消息`,
    text: `第${i * 7919}条内容${'供水'.repeat(i % 9)}${i}`,
    url: `https://vendor.example.cn/${i}`,
  };
  const [taken] = await takeIn(
    tenant,
    [{ ...item, source: 'vendor', origin: 'vendor', keeps: 'everything' }],
    Date.now(),
  );
  if (!taken) throw new Error('not taken');
  pushed.push(performance.now() - at);
}
const at99 = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.99)] ?? 0;
console.log(
  `pushed item to its row: median ${at99(pushed.slice(0, pushed.length >> 1)).toFixed(0)} ms in the first half, 99th percentile ${at99(pushed).toFixed(0)} ms of ${pushed.length}`,
);

// From the moment a source is due to the row of its new item.
const peer = await openSites();
const polled: number[] = [];
const entries: FeedEntry[] = [];
peer.on('/feed', (_q, r) => void r.end(feedOf(entries)));
const second = makeCollector({
  store,
  clock: { now: () => Date.now() },
  door: openDoor({ contact: 'https://huiyin.example.cn/', allowHosts: [peer.host], pacePerHostMs: 50 }),
  pacePerHostMs: 50,
  onFault: error => console.error(error),
});
await store.pool.scan("update source set state = 'off' where institution_id = 'beat'", []);
await tenant.putSource({
  key: 'polled',
  kind: 'rss',
  title: 'polled',
  ownerUnit: 'u',
  purpose: 'p',
  settings: { url: peer.url('/feed') },
  state: 'on',
  validators: {},
  nextDueAt: Date.now() + 1e9,
  class: 'outlet',
  reach: 'domestic',
  pace: 'five-minutes',
  proposedBy: 'a',
  switchedOnBy: 'b',
});
second.run();
for (let i = 0; i < 30; i++) {
  const url = peer.url(`/p/${i}`);
  entries.unshift({ title: `一停水被读到的第${i}则`, link: url, text: `${'内容'.repeat(i)}${i * 31}` });
  // What is still being read would be planned anew when it is settled.
  while (
    (await store.pool.scan("select 1 from source where key = 'polled' and claimed_until is not null", [])).length > 0
  )
    await new Promise(next => setTimeout(next, 20));
  const due = Date.now();
  await tenant.collecting.makeDue('polled', due);
  for (;;) {
    const [row] = await store.pool.scan<{ n: number }>('select count(*) as n from finding_key where key = $1', [url]);
    if (Number(row?.n) > 0) break;
    await new Promise(next => setTimeout(next, 20));
  }
  polled.push(Date.now() - due);
}
console.log(`source due to the row of its new item: 99th percentile ${at99(polled).toFixed(0)} ms of ${polled.length}`);
await second.stop();
await peer.close();
await store.close();
rmSync(data, { recursive: true, force: true });

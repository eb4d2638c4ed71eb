/**
 * Taking in as the collector does it: many small deliveries, ten new items each, with one rule on and 10,000 kept but off.
 *
 *   node bench/text/take-in.bench.ts [deliveries, default 300] [rules off, default 10000] [threads]
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#io/store';
import { workersHere } from '../../src/start/intake/hands.ts';
import { employ, type Incoming, openHands, takeIn } from '../../src/start/intake/index.ts';

const deliveries = Number(process.argv[2] ?? 300);
const off = Number(process.argv[3] ?? 10_000);
const workers = Number(process.argv[4] ?? workersHere());
const ITEMS = 10;
const NOW = Date.parse('2026-05-13T12:00:00+08:00');
let seed = 11;
const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
const words = (n: number): string =>
  Array.from({ length: n }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 3000))).join('');
const delivery = (d: number): Incoming[] =>
  Array.from({ length: ITEMS }, (_, i) => ({
    source: `s${d % 50}`,
    origin: 'own-watch',
    keeps: 'matched',
    title: `停水${words(14)}`,
    text: words(300),
    url: `https://forum.example.cn/t/${d}-${i}`,
    publishedAt: NOW - (deliveries - d) * 60_000,
    outlet: '清江论坛',
  }));

const folder = mkdtempSync(join(tmpdir(), 'huiyin-take-'));
chmodSync(folder, 0o755);
const store = await openStore({ data: join(folder, 'data') });
const hands = openHands({ workers });
try {
  await store.addInstitution({ id: 'bench', titleZh: '甲', titleEn: 'A', isExample: false }, NOW);
  const tenant = await store.tenant('bench');
  if (!tenant) throw new Error('no tenant');
  const rule = (id: string, word: string) => ({ id, version: '1', all: [[word]] });
  await tenant.putRule({ id: 'water', version: '1', rule: rule('water', '停水'), state: 'on' });
  for (let i = 0; i < off; i++)
    await tenant.putRule({ id: `r${i}`, version: '1', rule: rule(`r${i}`, words(4)), state: 'off' });
  employ(store.pool, hands);
  await takeIn(tenant, delivery(-1), NOW);
  const times: number[] = [];
  const [began, used] = [performance.now(), process.cpuUsage()];
  for (let d = 0; d < deliveries; d++) {
    const started = performance.now();
    await takeIn(tenant, delivery(d), NOW);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const cpu = process.cpuUsage(used);
  const texts = deliveries * ITEMS;
  const processor = (cpu.user + cpu.system) / 1e6;
  console.log(
    `${deliveries} deliveries of ${ITEMS}, ${off} rules off, ${workers} threads: a delivery takes ${times[times.length >> 1]?.toFixed(1)} ms in the median, ${times[Math.floor(times.length * 0.95)]?.toFixed(1)} at the 95th of a hundred; ${Math.round(texts / processor)} texts for a second of processor, ${Math.round((texts / (performance.now() - began)) * 1000)} a second wall; ${((processor / deliveries) * 1000).toFixed(1)} ms of processor a delivery`,
  );
} finally {
  await hands.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

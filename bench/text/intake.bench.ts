/**
 * End to end: feed XML in, durable rows out: node bench/text/intake.bench.ts [texts, default 20000] [rules, default 10000].
 * Parsed, masked, matched, folded, gathered into stories, stored with the outbox in the embedded PostgreSQL; beside it the same
 * texts through the same steps without the store. Real messages and replies, three of ten reposted under a header. Wall and
 * processor time of this process; the server's own is not in the latter. Rows are counted after the last commit.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileRules, makeMatcher } from '#core/text';
import { openStore } from '#io/store';
import { makeStream } from '#triage';
import { maskItem } from '#watch';
import { takeIn } from '../../src/start/intake.ts';
import { settingsOf } from '../../src/start/triage.ts';
import { realisticRules, say } from './data.ts';
import { feedsOf, incoming, NOW } from './feed-data.ts';

const wanted = Number(process.argv[2] ?? 20_000);
const rules = realisticRules(Number(process.argv[3] ?? 10_000));
async function timed(work: () => Promise<void> | void): Promise<{ wall: number; processor: number }> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  await work();
  const cpu = process.cpuUsage(used);
  return { wall: (performance.now() - started) / 1000, processor: (cpu.user + cpu.system) / 1e6 };
}
const rate = (t: { wall: number; processor: number }): string =>
  `${Math.round(wanted / t.wall)} texts/s wall, ${Math.round(wanted / t.processor)} per second of processor`;

const all = feedsOf(wanted);
const bytes = all.reduce((n, f) => n + Buffer.byteLength(f), 0);
say(
  'texts',
  `${wanted} in ${all.length} feeds, ${Math.round(bytes / wanted)} bytes of XML a text; ${rules.length} rules`,
);
const folder = mkdtempSync(join(tmpdir(), 'huiyin-intake-'));
chmodSync(folder, 0o755);
const store = await openStore({ data: join(folder, 'data') });
try {
  await store.addInstitution({ id: 'bench', titleZh: '甲', titleEn: 'A', isExample: false }, NOW);
  const tenant = await store.tenant('bench');
  if (!tenant) throw new Error('no tenant');
  for (let i = 0; i < rules.length; i += 200)
    await Promise.all(
      rules.slice(i, i + 200).map(rule => tenant.putRule({ id: rule.id, version: '1', state: 'on', rule })),
    );
  const settings = await settingsOf(tenant);
  let placed = 0;
  const without = await timed(() => {
    const matcher = makeMatcher(compileRules(rules));
    const stream = makeStream(settings);
    for (const xml of all)
      for (const [i, item] of incoming(xml).entries()) {
        const kept = { ...item, ...maskItem(item), id: `${placed}-${i}` };
        const { publishedAt, ...rest } = kept;
        const dated = {
          ...rest,
          ...(publishedAt === undefined ? {} : { publishedAt: new Date(publishedAt).toISOString() }),
        };
        stream.place({ ...dated, side: 'public', wanted: matcher.match(dated).matched.length >= 0 });
        if (i === 0) placed++;
      }
  });
  say('without the store', rate(without));
  let copies = 0;
  let added = 0;
  let known = 0;
  const within = await timed(async () => {
    for (let i = 0; i < all.length; i += 4) {
      const taken = await takeIn(tenant, all.slice(i, i + 4).flatMap(incoming), NOW);
      for (const t of taken) {
        if (t.result === 'added') added++;
        else if (t.result === 'copy') copies++;
        else known++;
      }
    }
  });
  say(
    'into the embedded PostgreSQL',
    `${rate(within)}; ${added} findings, ${copies} sightings, ${known} known; ${(without.wall / within.wall).toFixed(2)} of the run without the store`,
  );
  say('a million texts cost', `${Math.round((within.processor / wanted) * 1e6)} s of this process's processor`);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

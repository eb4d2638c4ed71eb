/**
 * End to end: feed XML in, durable rows out: node bench/text/intake.bench.ts [texts, default 40000] [rules, default 10000] [threads].
 * As the product does it: feeds are read, their items masked and matched by the threads that the product employs on this
 * machine, folded, gathered into stories and stored with keys, stories, log and outbox in the embedded PostgreSQL, fsync on.
 * Beside it the same texts through the same threads and steps without the store. Real messages and replies, three of ten
 * reposted under a header. One text in four hundred becomes a case with a log entry and a notice; its reposts are told to the
 * log as they come. Wall time, processor time of this process, and of the database. Rows are counted after the last commit.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openStore, serverProcess, type Tenant } from '#io/store';
import { makeStream, readTriageSettings, sideOf } from '#triage';
import { openReadingPool } from '../../src/start/collect/reading-pool.ts';
import { employ, openHands, takeIn } from '../../src/start/intake/index.ts';
import { matchOf } from '../../src/start/intake/rules.ts';
import { workersHere } from '../../src/start/intake/hands.ts';
import { realisticRules, say, secondsOf, secondsOfMachine } from './data.ts';
import { asIncoming, feedsOf, NOW } from './feed-data.ts';
import type { Incoming } from '../../src/start/intake/index.ts';

const wanted = Number(process.argv[2] ?? 40_000);
const rules = realisticRules(Number(process.argv[3] ?? 10_000));
const workers = Number(process.argv[4] ?? workersHere());
/** Sources that the collector asks at once. */
const AT_ONCE = 8;
const CASE_EVERY = 400;
interface Used {
  readonly wall: number;
  readonly here: number;
  readonly database: number;
  /** Of the owner's thread: how much of the time it was at work. */
  readonly owner: number;
  /** Seconds of processor that everything else on the machine took meanwhile. */
  readonly others: number;
}
async function timed(work: () => Promise<void>, database: () => number): Promise<Used> {
  const [started, used, theirs] = [performance.now(), process.cpuUsage(), database()];
  const [loop, machine] = [performance.eventLoopUtilization(), secondsOfMachine()];
  await work();
  const cpu = process.cpuUsage(used);
  const [here, server] = [(cpu.user + cpu.system) / 1e6, database() - theirs];
  return {
    wall: (performance.now() - started) / 1000,
    here,
    database: server,
    owner: performance.eventLoopUtilization(loop).utilization,
    others: secondsOfMachine() - machine - here - server,
  };
}
const rate = (t: Used, n = wanted): string =>
  `${Math.round(n / t.wall)} texts/s wall, ${Math.round(n / t.here)} for a second of this process's processor (${Math.round((t.here / n) * 1e6)} µs a text), database ${Math.round((t.database / n) * 1e6)} µs a text; the owner's thread at work ${Math.round(t.owner * 100)} % of the time; everything else on the machine took ${Math.round((t.others / t.wall) * 100)} % of a processor`;

const all = feedsOf(wanted).map(f => Buffer.from(f));
const bytes = all.reduce((n, f) => n + f.length, 0);
say(
  'texts',
  `${wanted} in ${all.length} feeds, ${Math.round(bytes / wanted)} bytes of XML a text; ${rules.length} rules; ${workers} threads beside the owner`,
);
const pool = openReadingPool({ workers: 1 });
/** Feeds several at a time, as sources answer; each read by the thread that reads large feeds. */
async function feed(
  feeds: readonly Uint8Array[],
  take: (items: readonly Incoming[], at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const reader = async (): Promise<void> => {
    for (let at = next++; at < feeds.length; at = next++) {
      const response = { url: 'https://forum.example.cn/feed', body: feeds[at] ?? new Uint8Array(), at: NOW };
      const read = await pool.read({ what: 'source', kind: 'rss', response, settings: {}, state: {} });
      if (read.what !== 'source' || !read.reading.ok) throw new Error('not read');
      await take(asIncoming(read.reading.items), at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
}
const folder = mkdtempSync(join(tmpdir(), 'huiyin-intake-'));
chmodSync(folder, 0o755);
const data = join(folder, 'data');
const store = await openStore({ data });
const hands = openHands({ workers });
employ(store.pool, hands);
try {
  await store.addInstitution({ id: 'bench', titleZh: '甲', titleEn: 'A', isExample: false }, NOW);
  const tenant = await store.tenant('bench');
  if (!tenant) throw new Error('no tenant');
  for (let i = 0; i < rules.length; i += 200)
    await Promise.all(
      rules.slice(i, i + 200).map(rule => tenant.putRule({ id: rule.id, version: '1', state: 'on', rule })),
    );
  const database = (): number => secondsOf(serverProcess(data));
  const own = matchOf(rules);
  const known = { turn: 0, mark: 'bench', sources: rules, match: () => own };
  const withoutStore = async (): Promise<void> => {
    const stream = makeStream(readTriageSettings(undefined));
    await feed(all, async items => {
      const [prepared] = await hands.prepare('bench', known, [{ items, now: NOW }]);
      if (!prepared || !('items' in prepared)) throw new Error('not prepared');
      for (const [i, item] of prepared.items.entries()) {
        const { publishedAt, ...rest } = item;
        const matters = item.matched.map(m => m.rule);
        stream.place({
          ...rest,
          ...(publishedAt === undefined ? {} : { publishedAt: new Date(publishedAt).toISOString() }),
          side: sideOf(item.origin),
          matters,
        });
        if (i % 40 === 39) await new Promise(done => setImmediate(done));
      }
    });
  };
  await feed(all.slice(0, 4), async items => void (await hands.prepare('bench', known, [{ items, now: NOW }])));
  const without = await timed(withoutStore, database);
  say('without the store', rate(without));
  const counts = { added: 0, copy: 0, known: 0, unmatched: 0 };
  let cases = 0;
  const within = await timed(
    () =>
      feed(all, async (items, at) => {
        const taken = await takeIn(tenant, items, NOW);
        for (const t of taken) counts[t.result]++;
        const fresh = taken.filter(t => t.result === 'added');
        for (let i = 0; i < taken.length / CASE_EVERY && fresh[i]; i++)
          await openCase(tenant, `${at}-${i}`, fresh[i]?.id ?? '').then(() => cases++);
      }),
    database,
  );
  const share = without.wall / within.wall;
  say('into the embedded PostgreSQL', `${rate(within)}; ${share.toFixed(2)} of the run without the store`);
  const rows = await Promise.all(
    ['finding', 'finding_key', 'log_entry', 'notice'].map(
      async table => `${table} ${String((await store.pool.scan(`select count(*) as n from ${table}`, []))[0]?.['n'])}`,
    ),
  );
  say('rows', `${rows.join(', ')}; ${counts.added} firsts, ${counts.copy} sightings, ${cases} cases`);
  const [size] = await store.pool.scan(
    "select pg_database_size('huiyin') as whole, sum(pg_total_relation_size(oid)) as found, sum(pg_indexes_size(oid)) as indexes from pg_class where relname like 'finding_2%' and relkind = 'r'",
    [],
  );
  say(
    'a million texts cost',
    `${Math.round((within.here / wanted) * 1e6)} s of this process's processor and ${Math.round((within.database / wanted) * 1e6)} s of the database's; ${((Number(size?.['whole']) / wanted) * 1e-3).toFixed(2)} GB of database (the empty one included; findings ${((Number(size?.['found']) / wanted) * 1e-3).toFixed(2)}, of which indexes ${((Number(size?.['indexes']) / wanted) * 1e-3).toFixed(2)}); ${Math.round(process.memoryUsage().rss / 1e6)} MB of memory here at the end`,
  );
} finally {
  await pool.close();
  await hands.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What an office does with a finding: an entry in the log, the finding in its case, a notice for somebody. */
async function openCase(tenant: Tenant, name: string, finding: string): Promise<void> {
  const at = '2026-05-13T12:00:00+08:00';
  await tenant.append(
    [
      {
        id: `case-${name}`,
        case: `C-${name}`,
        type: 'item.matched',
        at,
        recordedAt: at,
        by: { unit: 'office', role: 'duty' },
        data: { item: finding, rule: 'r', ruleVersion: '1', spans: [] },
      },
    ],
    {
      findings: [{ id: finding, state: 'in-case', caseId: `C-${name}`, eventId: `case-${name}` }],
      notices: [{ key: `n-${name}`, channel: 'mail', destination: 'x', subject: '立案', text: '立案', notBefore: NOW }],
    },
  );
}

/**
 * Taking in and reading at 10^5, 10^6 … findings. A store is filled to a size by the statements of the product, then the next
 * 20,000 texts go the whole way and the pages' questions are asked; filling takes long, so each is a run of its own:
 *
 *   node bench/text/growth.bench.ts fill <folder> <findings>
 *   node bench/text/growth.bench.ts measure <folder> [texts, default 20000] [rules, default 10000]
 *
 * Two years of findings in monthly tables, three of ten copies, what is older than a fortnight decided (one in twenty stories
 * in a case), the newest entered for searching. What is filled is placed by drawing and not by comparing: the texts are real, the stories are not.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSought } from '#core/text';
import { openStore, type PlacedItem, serverProcess, type Store, type Tenant } from '#io/store';
import { employ, openHands, takeIn } from '../../src/start/intake/index.ts';
import { generator, messages, realisticRules, rows, say, secondsOf } from './data.ts';
import { feedsOf, incoming, NOW } from './feed-data.ts';

const [what, folder = '', count] = process.argv.slice(2);
const DAY = 86_400_000;
const BEGIN = NOW - 730 * DAY;
const BATCH = 1000;
/** The newest are entered for searching. */
const ENTERED = 20_000;
if ((what !== 'fill' && what !== 'measure') || folder === '') {
  process.stderr.write('say fill or measure, and a folder\n');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
chmodSync(folder, 0o755);
const data = join(folder, 'data');
const store = await openStore({ data });
try {
  if ((await store.institutions()).length === 0)
    await store.addInstitution({ id: 'bench', titleZh: '甲', titleEn: 'A', isExample: false }, BEGIN);
  const tenant = await store.tenant('bench');
  if (!tenant) throw new Error('no tenant');
  if (what === 'fill') await fill(tenant, Number(count));
  else await measure(store, tenant, Number(count ?? 20_000), Number(process.argv[5] ?? 10_000));
} finally {
  await store.close();
}

async function fill(tenant: Tenant, wanted: number): Promise<void> {
  const texts = [
    ...messages().map(m => m.text),
    ...rows<{ reply?: string }>('taidi2020c/annex4_replies.jsonl').map(r => r.reply ?? ''),
  ].filter(t => t.length > 60);
  let n = await tenant.triage.head();
  const began = performance.now();
  while (n < wanted) {
    const random = generator(n + 17);
    // Older stores grow by older findings: at every size they reach to a fortnight before now.
    const at = BEGIN + ((NOW - 14 * DAY - BEGIN) * (n % wanted)) / wanted;
    const items = Array.from({ length: Math.min(BATCH, wanted - n) }, (_, i): PlacedItem => {
      const own = n + i;
      const story = random() < 0.3 && i > 0 ? Math.floor(random() * i) : i;
      const isCopy = story !== i && random() < 0.8;
      // Halves of two texts: as many texts as wanted, of the words of real ones.
      const [one, other] = [0, 0].map(() => texts[Math.floor(random() * texts.length)] ?? '');
      const text = `${(one ?? '').slice(0, 300)}${(other ?? '').slice(-200)}`;
      return {
        id: `f-${own}`,
        key: `https://news.example.cn/${own}`,
        url: `https://news.example.cn/${own}`,
        sourceKey: `s${own % 300}`,
        origin: 'own-watch',
        outlet: `媒体${own % 300}`,
        outletKind: 'paper',
        title: text.slice(0, 20),
        text,
        publishedAt: at + i * 1000,
        seenAt: at + i * 1000,
        matched: [
          { rule: `r${own % 50}`, version: '1', spans: [{ field: 'text', term: text.slice(2, 4), from: 2, to: 4 }] },
        ],
        lane: 'public',
        of: isCopy ? `f-${n + story}` : null,
        kind: isCopy ? 'near' : 'first',
        likeness: isCopy ? 0.8 : 0,
        story: `st-f-${n + story}`,
        topics: [],
      };
    });
    await tenant.triage.intake(at, turn => turn.write(items));
    if (new Date(at).getUTCMonth() !== new Date(at + BATCH * 1000).getUTCMonth())
      await tenant.triage.intake(at + BATCH * 1000, async () => undefined);
    await decided(n, n + items.length, [...new Set(items.map(i => i.story))]);
    n += items.length;
    if (n % 50_000 === 0) say(`${n} findings`, `${Math.round((performance.now() - began) / 1000)} s`);
  }
}

/** People have decided on these: one in twenty is in a case. In bulk, for the product decides story by story. */
async function decided(after: number, to: number, stories: readonly string[]): Promise<void> {
  await store.pool.scan(
    `update finding set state = case when n % 20 = 0 then 'in-case' else 'dismissed' end, case_id = case when n % 20 = 0 then 'C-' || $1::bigint end, event_id = case when n % 20 = 0 then 'e-' || id end
     where institution_id = 'bench' and n > $1 and n <= $2 and same_of is null`,
    [after, to],
  );
  await store.pool.scan("update story set fresh = 0 where institution_id = 'bench' and id = any($1)", [stories]);
}

async function measure(house: Store, tenant: Tenant, texts: number, ruleCount: number): Promise<void> {
  const before = await tenant.triage.head();
  // Searching at a million entries has a bench of its own (bench/web/search.bench.ts).
  await house.pool.scan(
    "insert into search_head (institution_id, n) values ('bench', $1) on conflict (institution_id) do update set n = greatest(search_head.n, excluded.n)",
    [Math.max(0, before - ENTERED)],
  );
  while ((await tenant.search.enter(BATCH)) === BATCH);
  const rules = realisticRules(ruleCount);
  const known = new Set((await tenant.rules()).map(r => r.id));
  for (const rule of rules)
    if (!known.has(rule.id)) await tenant.putRule({ id: rule.id, version: '1', state: 'on', rule });
  const [size] = await house.pool.scan(
    "select pg_database_size('huiyin') as whole, sum(pg_relation_size(oid)) filter (where relname like 'finding_2%' and relkind = 'r') as found, sum(pg_indexes_size(oid)) filter (where relname like 'finding_2%' and relkind = 'r') as indexes, sum(pg_total_relation_size(oid)) filter (where relname = 'search_entry') as search from pg_class",
    [],
  );
  const mb = (name: string): string => `${Math.round(Number(size?.[name]) / 1e6)} MB`;
  say(
    'findings',
    `${before}; database ${mb('whole')}: findings ${mb('found')} and their indexes ${mb('indexes')}, search ${mb('search')}`,
  );
  // What the server does by itself behind such a filling is done before anything is measured, table by table.
  for (const { name } of await house.pool.scan(
    "select relname as name from pg_class where relkind = 'r' and (relname like 'finding%' or relname in ('story', 'search_entry'))",
    [],
  ))
    await house.pool.scan(`vacuum (analyze) ${String(name)}`, []);
  const hands = openHands();
  employ(house.pool, hands);
  const feeds = feedsOf(texts).map(f =>
    f.replaceAll('https://forum.example.cn/t/', `https://forum.example.cn/g${before}/`),
  );
  // The window is read from the store, the threads learn the rules.
  await takeIn(tenant, incoming(feeds[0] ?? ''), NOW);
  const database = (): number => secondsOf(serverProcess(data));
  const [wall, used, theirs] = [performance.now(), process.cpuUsage(), database()];
  let next = 1;
  await Promise.all(
    [0, 1, 2, 3].map(async () => {
      for (let at = next++; at < feeds.length; at = next++) await takeIn(tenant, incoming(feeds[at] ?? ''), NOW);
    }),
  );
  const cpu = process.cpuUsage(used);
  const took = texts - 500;
  say(
    `the next ${took} texts`,
    `${Math.round((took / (performance.now() - wall)) * 1000)} texts/s wall, ${Math.round((cpu.user + cpu.system) / took)} µs a text here, ${Math.round(((database() - theirs) / took) * 1e6)} µs in the database`,
  );
  await hands.close();
  const [entering, entered] = [performance.now(), await tenant.search.enter(2000)];
  say('entered for searching', `${Math.round(((performance.now() - entering) * 1000) / entered)} µs a finding, wall`);
  while ((await tenant.search.enter(2000)) === 2000);
  const from = NOW - 14 * DAY;
  const list = await tenant.triage.stories({ tab: 'new', from, limit: 60 });
  const ids = list.map(s => s.id);
  const find = (words: string) => () =>
    tenant.search.findings({ asked: readSought(words), from: NOW - 90 * DAY, to: NOW + DAY, limit: 50 });
  const questions: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['stories of the inbox', () => tenant.triage.stories({ tab: 'new', from, limit: 60 })],
    ['stories dismissed', () => tenant.triage.stories({ tab: 'dismissed', from: NOW - 365 * DAY, limit: 60 })],
    ['how many wait', () => tenant.triage.countStories()],
    ['sightings of 60 stories', () => tenant.triage.sightings(ids, from)],
    ['origins of 60 stories', () => tenant.triage.byOrigin(ids)],
    ['topics of 60 stories', () => tenant.triage.topicsOf(ids)],
    ['items of a story', () => tenant.triage.findingsOf(ids[0] ?? '', 200)],
    ['one finding', () => tenant.finding('f-77')],
    ['findings in cases', () => tenant.findings({ state: 'in-case', limit: 100 })],
    ['copies untold, all', () => tenant.triage.untoldFolds(1)],
    ['sources of two cases', () => tenant.collecting.sourcesOfCases(['C-0', 'C-5000'])],
    ['a common word, 90 days', find('小区')],
    ['a rare word, 90 days', find('天然气改造')],
    ['a word that is nowhere', find('霄壤鹪鹩')],
    ['deciding on one finding', () => tenant.triage.settle(['f-99'], { state: 'dismissed' })],
  ];
  for (const [name, ask] of questions) {
    const times: number[] = [];
    for (let i = 0; i < 9; i++) {
      const started = performance.now();
      await ask();
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    say(name, `${(times[4] ?? 0).toFixed(1)} ms (most ${(times[8] ?? 0).toFixed(1)})`);
  }
}

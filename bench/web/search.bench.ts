/**
 * Search over many findings of the last ninety days: node bench/web/search.bench.ts [findings] [searches]
 * Texts are made of words whose frequencies fall as they do in language; the rows go into the table as the intake leaves them
 * and are entered by the product's own worker (the first part, timed) or in bulk by the same functions (the rest).
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairsOf, readSought } from '#core/text';
import { openStore } from '#io/store';
import pg from 'pg';
import { startEmbedded } from '../../src/io/store/embedded/index.ts';
import { partitionOf } from '../../src/io/store/findings.ts';

const TOTAL = Number(process.argv[2] ?? 1_000_000);
const SEARCHES = Number(process.argv[3] ?? 400);
const BY_WORKER = Math.min(20_000, TOTAL);
const DAYS = 90;
const DAY = 86_400_000;
const now = Math.floor(Date.now() / DAY) * DAY;

let seed = 8420;
const random = (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};
const CHARS = Array.from({ length: 2500 }, (_, i) => String.fromCharCode(0x4e00 + i * 5));
/** Characters too are of very different frequency. */
const charOf = (): string => CHARS[Math.floor(CHARS.length * random() ** 2.2)] ?? '水';
const WORDS = Array.from({ length: 30_000 }, () =>
  Array.from({ length: 2 + Math.floor(random() * 1.6) }, charOf).join(''),
);
/** Zipf: the rank falls off as one over itself. */
const wordOf = (): string => WORDS[Math.floor(Math.exp(random() * Math.log(WORDS.length)) - 1)] ?? '供水';
const sentence = (words: number): string =>
  Array.from({ length: words }, (_, i) => wordOf() + (i % 9 === 8 ? '，' : '')).join('');

const folder = mkdtempSync(join(tmpdir(), 'huiyin-search-'));
chmodSync(folder, 0o755);
const server = await startEmbedded({ data: join(folder, 'data') });
const { host, port, user, database } = server.connection as Readonly<Record<string, string | number>>;
const store = await openStore({
  data: join(folder, 'data'),
  databaseUrl: `postgres://${user}@localhost:${port ?? 5432}/${database}?host=${encodeURIComponent(String(host))}`,
});
/** Making an index takes longer than the product lets any statement take. */
const owner = new pg.Client({ ...server.connection, statement_timeout: 0 });
await owner.connect();
try {
  await store.addInstitution({ id: 'petition', titleZh: 'x', titleEn: 'x', isExample: false }, now);
  const tenant = await store.tenant('petition');
  if (!tenant) throw new Error('no tenant');
  for (let d = 0; d <= DAYS; d++) await store.pool.scan(partitionOf(now - d * DAY).sql, []);
  const say = (what: string, figure: string): void => void process.stdout.write(`| ${what} | ${figure} |\n`);
  const started = performance.now();
  let length = 0;
  const put = async (from: number, n: number): Promise<void> => {
    const rows = Array.from({ length: n }, (_, i) => {
      const k = from + i;
      const text = sentence(40 + Math.floor(random() * 40));
      length += text.length;
      return {
        n: k + 1,
        id: `f-${k}`,
        title: sentence(7),
        text,
        at: new Date(now - DAYS * DAY + (k / TOTAL) * DAYS * DAY).toISOString(),
      };
    });
    await store.pool.inTenant('petition', query =>
      query(
        `insert into finding (institution_id, seen_at, id, source_key, origin, title, text, matched, state, n)
         select $1, s::timestamptz, i, 'desk', 'own-watch', t, x, '[]', 'new', n from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) as r (s, i, t, x, n)`,
        [
          'petition',
          rows.map(r => r.at),
          rows.map(r => r.id),
          rows.map(r => r.title),
          rows.map(r => r.text),
          rows.map(r => r.n),
        ],
      ),
    );
  };
  for (let k = 0; k < TOTAL; k += 2000) await put(k, Math.min(2000, TOTAL - k));
  say(
    `${TOTAL} findings written, ${Math.round(length / TOTAL)} characters in the mean`,
    `${((performance.now() - started) / 1000).toFixed(0)} s`,
  );

  const worker = performance.now();
  let entered = 0;
  while (entered < BY_WORKER) entered += await tenant.search.enter(200);
  const seconds = (performance.now() - worker) / 1000;
  say('entered for searching by the worker, 200 at a time', `${Math.round(entered / seconds)} findings/s, wall`);
  // The rest in bulk: the index is made once at the end, of the same rows.
  await owner.query('drop index search_entry_grams');
  const bulk = performance.now();
  while ((await tenant.search.enter(5000)) > 0);
  await owner.query("set maintenance_work_mem = '1GB'");
  await owner.query('create index search_entry_grams on search_entry using gin (grams)');
  await owner.query('vacuum analyze');
  const [size] = await store.pool.scan<{ t: string; i: string }>(
    "select pg_size_pretty(pg_table_size('search_entry')) as t, pg_size_pretty(pg_relation_size('search_entry_grams')) as i",
    [],
  );
  say('the rest in bulk', `${((performance.now() - bulk) / 1000).toFixed(0)} s; table ${size?.t}, index ${size?.i}`);

  const span = { from: now - DAYS * DAY, to: now + DAY };
  const run = async (typed: string): Promise<{ ms: number; n: number }> => {
    const from = performance.now();
    const found = await tenant.search.findings({ asked: readSought(typed), ...span, limit: 50 });
    return { ms: performance.now() - from, n: found.hits.length };
  };
  const kinds: Readonly<Record<string, () => string>> = {
    'common words (of the 30 most frequent)': () => WORDS[Math.floor(random() * 30)] ?? '',
    'words as people write them (by their frequency)': wordOf,
    'rare words (beyond rank 10,000)': () => WORDS[10_000 + Math.floor(random() * 20_000)] ?? '',
    'two words together': () => `${wordOf()} ${wordOf()}`,
    'a common and a rare one': () =>
      `${WORDS[Math.floor(random() * 30)]} ${WORDS[10_000 + Math.floor(random() * 20_000)]}`,
    'five characters in a row': () => sentence(3).slice(0, 5),
  };
  const all: number[] = [];
  for (const [kind, make] of Object.entries(kinds)) {
    const took: number[] = [];
    let hits = 0;
    for (let i = 0; i < SEARCHES / Object.keys(kinds).length; i++) {
      const typed = make();
      if (pairsOf(typed).length === 0) continue;
      const { ms, n } = await run(typed);
      took.push(ms);
      all.push(ms);
      hits += n;
    }
    took.sort((a, b) => a - b);
    say(
      kind,
      `median ${at(took, 0.5)} ms, 95th ${at(took, 0.95)} ms, worst ${at(took, 1)} ms; ${(hits / took.length).toFixed(0)} hits shown in the mean`,
    );
  }
  all.sort((a, b) => a - b);
  say(
    'all of them, wall time, one at a time',
    `median ${at(all, 0.5)} ms, 95th ${at(all, 0.95)} ms, worst ${at(all, 1)} ms`,
  );
} finally {
  await owner.end();
  await store.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
}

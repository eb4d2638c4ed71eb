/**
 * Search over many findings of the last ninety days: node bench/web/search.bench.ts [findings] [searches]
 * Texts are made of words whose frequencies fall as they do in language. Most rows are written in bulk, made by the product's own
 * functions; the newest are entered by its worker, timed.
 */
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairsOf, readSought } from '#core/text';
import { openStore } from '#io/store';
import pg from 'pg';
import { startEmbedded } from '../../src/io/store/embedded/index.ts';
import { partitionOf } from '../../src/io/store/findings.ts';
import { entryOf } from '../../src/io/store/search.ts';

const TOTAL = Number(process.argv[2] ?? 1_000_000);
const SEARCHES = Number(process.argv[3] ?? 400);
const BY_WORKER = Math.min(5_000, TOTAL);
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
  const first = now - DAYS * DAY;
  const atOf = (k: number): string => new Date(first + (k / TOTAL) * DAYS * DAY).toISOString();
  /** The tables as intake and worker leave them, written by the database itself from files. */
  const files = { finding: join(folder, 'finding'), entry: join(folder, 'entry') };
  for (let k = 0; k < TOTAL;) {
    const [findings, entries]: [string[], string[]] = [[], []];
    for (const end = Math.min(TOTAL, k + 20_000); k < end; k++) {
      const [title, text] = [sentence(7), sentence(40 + Math.floor(random() * 40))];
      length += text.length;
      findings.push(`petition\t${atOf(k)}\tf-${k}\tdesk\town-watch\t${title}\t${text}\t[]\tnew\t${k + 1}\n`);
      if (k < TOTAL - BY_WORKER)
        entries.push(`petition\t${atOf(k)}\tf-${k}\t${entryOf('petition', `${title}\n${text}`)}\n`);
    }
    appendFileSync(files.finding, findings.join(''), { mode: 0o644 });
    appendFileSync(files.entry, entries.join(''), { mode: 0o644 });
  }
  say(
    `${TOTAL} findings of ${Math.round(length / TOTAL)} characters in the mean made`,
    `${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  const bulk = performance.now();
  await owner.query(
    `copy finding (institution_id, seen_at, id, source_key, origin, title, text, matched, state, n) from '${files.finding}'`,
  );
  await owner.query('drop index search_entry_grams');
  await owner.query(`copy search_entry (institution_id, seen_at, finding_id, grams) from '${files.entry}'`);
  await owner.query(`insert into search_head (institution_id, n) values ('petition', ${TOTAL - BY_WORKER})`);
  await owner.query("set maintenance_work_mem = '2GB'");
  await owner.query('create index search_entry_grams on search_entry using gin (grams)');
  say('tables and index written in bulk', `${((performance.now() - bulk) / 1000).toFixed(0)} s`);
  for (const file of Object.values(files)) rmSync(file);
  // The newest come in as they do in the product.
  const worker = performance.now();
  let entered = 0;
  while (entered < BY_WORKER) entered += await tenant.search.enter(200);
  const seconds = (performance.now() - worker) / 1000;
  say('entered for searching by the worker, 200 at a time', `${Math.round(entered / seconds)} findings/s, wall`);
  await owner.query('vacuum analyze');
  const [size] = await store.pool.scan<{ t: string; i: string }>(
    "select pg_size_pretty(pg_table_size('search_entry')) as t, pg_size_pretty(pg_relation_size('search_entry_grams')) as i",
    [],
  );
  say('sizes', `table ${size?.t}, index ${size?.i}`);

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

/**
 * Articles out of web pages: 4-gram F1 as the published benchmark reckons it (precision and recall of each page, averaged,
 * then F1), words for English, characters for Chinese; and pages a second with the pool of workers the product uses.
 *
 *   node bench/sources/extraction.bench.ts [--misses]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { decode, extractPage } from '#watch';
import { openReadingPool } from '../../src/start/collect/reading-pool.ts';
import { sharedPath } from '../../tests/shared-files.ts';

const folder = sharedPath('data/extraction');
if (!folder) throw new Error('the shared data is not here: set HUIYIN_SHARED');
const showMisses = process.argv.includes('--misses');

interface Case {
  readonly id: string;
  readonly url: string;
  readonly html: string;
  readonly gold: string;
}
const english = (): Case[] => {
  const truth = JSON.parse(readFileSync(`${folder}/zyte/ground-truth.json`, 'utf8')) as Record<
    string,
    { readonly articleBody: string; readonly url?: string }
  >;
  return readdirSync(`${folder}/zyte/html`).map(file => {
    const id = file.replace('.html.gz', '');
    return {
      id,
      url: truth[id]?.url ?? 'https://news.example.com/a',
      html: decode(gunzipSync(readFileSync(`${folder}/zyte/html/${file}`))).text,
      gold: truth[id]?.articleBody ?? '',
    };
  });
};
const chinese = (): Case[] =>
  gunzipSync(readFileSync(`${folder}/cn_gold/cn_gold.jsonl.gz`))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const row = JSON.parse(line) as { id: string; html: string; cleaned: string };
      return { id: row.id, url: 'https://news.example.com/a', html: row.html, gold: row.cleaned };
    });

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
const characters = (text: string): string[] => [...text.replace(/[^\p{L}\p{N}]+/gu, '')];
function grams(tokens: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < Math.max(1, tokens.length - 3); i++) {
    const gram = tokens.slice(i, i + 4).join(' ');
    if (gram !== '') found.set(gram, (found.get(gram) ?? 0) + 1);
  }
  return found;
}
function judge(
  gold: readonly string[],
  got: readonly string[],
): { readonly precision: number; readonly recall: number } {
  const [a, b] = [grams(gold), grams(got)];
  let both = 0;
  for (const [gram, n] of a) both += Math.min(n, b.get(gram) ?? 0);
  const total = (m: Map<string, number>): number => [...m.values()].reduce((s, n) => s + n, 0);
  if (total(b) === 0) return { precision: total(a) === 0 ? 1 : 0, recall: total(a) === 0 ? 1 : 0 };
  return { precision: both / total(b), recall: total(a) === 0 ? 1 : both / total(a) };
}
const mean = (numbers: readonly number[]): number => numbers.reduce((s, n) => s + n, 0) / numbers.length;

function measure(name: string, cases: readonly Case[], tokens: (text: string) => string[]): void {
  const rows = cases
    .map(c => ({ ...c, got: extractPage(c.html, c.url).text }))
    .map(c => ({ ...c, ...judge(tokens(c.gold), tokens(c.got)) }));
  const [p, r] = [mean(rows.map(x => x.precision)), mean(rows.map(x => x.recall))];
  console.log(
    `${name}: F1 ${((2 * p * r) / (p + r)).toFixed(4)} (precision ${p.toFixed(4)}, recall ${r.toFixed(4)}), ${rows.length} pages`,
  );
  if (!showMisses) return;
  for (const x of rows
    .filter(x => Math.min(x.precision, x.recall) < 0.97)
    .sort((a, b) => a.precision + a.recall - b.precision - b.recall))
    console.log(
      `  ${x.precision.toFixed(3)} ${x.recall.toFixed(3)} ${x.id.slice(0, 12)} gold ${x.gold.length} got ${x.got.length} ${x.url}`,
    );
}
const [en, zh] = [english(), chinese()];
measure('English', en, words);
measure('Chinese', zh, characters);

// The product's own pool of two workers, each page handed over as bytes; once to warm up, once that counts.
const pool = openReadingPool({ workers: 2, timeoutMs: 60_000 });
const pages = [...en, ...zh].map(p => ({ url: p.url, body: new TextEncoder().encode(p.html) }));
const readAll = (): Promise<unknown> =>
  Promise.all(
    pages.map(p =>
      pool.read({ what: 'page', url: p.url, body: p.body, contentType: 'text/html; charset=utf-8', at: 0 }),
    ),
  );
await readAll();
const [cpu, began] = [process.cpuUsage(), performance.now()];
await readAll();
const used = process.cpuUsage(cpu);
const seconds = (used.user + used.system) / 1e6;
const wall = (performance.now() - began) / 1000;
console.log(
  `speed: ${pages.length} pages of ${Math.round(pages.reduce((n, p) => n + p.body.length, 0) / pages.length / 1024)} KB in the mean; ${(pages.length / seconds).toFixed(1)} for a second of processor, so ${((pages.length / seconds) * 2).toFixed(0)} a second on two cores of their own (wall on this machine: ${(pages.length / wall).toFixed(1)})`,
);
await pool.close();

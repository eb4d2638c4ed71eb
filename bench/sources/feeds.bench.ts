/**
 * Feeds of others' test suites, judged on the fields we keep: feed title, home, charset; item id, title, link, dates,
 * summary and content. Markup that is expected is compared as the text a person would read.
 *
 *   node bench/sources/feeds.bench.ts [--misses]
 */
import { globSync, readFileSync } from 'node:fs';
import { decode, type Feed, FeedRefused, plainText, readFeed } from '#watch';
import { sharedPath } from '../../tests/shared-files.ts';

type Check = readonly [readonly (string | number)[], 'eq' | 'falsy' | 'truthy', unknown?];
interface Case {
  readonly file: string;
  readonly xml?: string;
  readonly b64?: string;
  readonly headers?: readonly string[];
  readonly checks?: readonly Check[];
}
const folder = sharedPath('data/feeds');
if (!folder) throw new Error('the shared data is not here: set HUIYIN_SHARED');
const showMisses = process.argv.includes('--misses');
const cases = (name: string): Case[] =>
  readFileSync(`${folder}/${name}`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Case);
const bytesOf = (c: Case): Uint8Array =>
  c.xml === undefined ? new Uint8Array(Buffer.from(c.b64 ?? '', 'base64')) : new TextEncoder().encode(c.xml);
const headerOf = (c: Case, name: string): string | undefined =>
  c.headers
    ?.find(l => l.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();

/** Their server is on this address; a Content-Location that is a web address moves it. */
const addressOf = (c: Case): string => {
  const moved = headerOf(c, 'content-location');
  return moved?.startsWith('http') ? moved : 'http://127.0.0.1:8097/';
};

type Read = (feed: Feed, charset: string) => string | number | null | undefined;
/** Their name for a field → ours. What is not here is not kept (authors, rights, categories, places, languages). */
const FIELDS: Readonly<Record<string, Read>> = {
  encoding: (_, charset) => charset,
  'feed/title': f => f.title,
  'feed/title_detail/value': f => f.title,
  'feed/link': f => f.home,
  'entries/0/title': f => f.items[0]?.title,
  'entries/0/title_detail/value': f => f.items[0]?.title,
  'entries/0/description': f => f.items[0]?.summary,
  'entries/0/summary': f => f.items[0]?.summary,
  'entries/0/content/0/value': f => f.items[0]?.text ?? f.items[0]?.summary,
  'entries/0/id': f => f.items[0]?.id,
  'entries/0/guid': f => f.items[0]?.id,
  'entries/0/link': f => f.items[0]?.url,
  'entries/0/published_parsed': f => f.items[0]?.publishedAt,
  'entries/0/created_parsed': f => f.items[0]?.publishedAt,
  'entries/0/updated_parsed': f => f.items[0]?.publishedAt,
};
const asText = (value: unknown): string => plainText(String(value ?? '')).replace(/\s+/g, ' ');
const CHARSET_NAMES: Readonly<Record<string, string>> = {
  'us-ascii': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  gb2312: 'gb18030',
  gbk: 'gb18030',
};
/** The same charset under the name of its superset, which is what the Encoding Standard reads it with. */
const charsetName = (name: unknown): string => {
  const low = String(name ?? '').toLowerCase();
  return CHARSET_NAMES[low] ?? low;
};
function agrees(path: string, expected: unknown, found: string | number | null | undefined): boolean {
  if (path === 'encoding') return charsetName(expected) === charsetName(found);
  if (Array.isArray(expected)) {
    const [y = 0, m = 1, d = 1, h = 0, min = 0, s = 0] = expected as number[];
    return found === Date.UTC(y, m - 1, d, h, min, s);
  }
  // What the feed calls plain text may hold angle brackets: then it is expected as it stands.
  const kept = String(found ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return asText(expected) === kept || String(expected ?? '').trim() === kept;
}

let right = 0;
let all = 0;
const misses: string[] = [];
for (const c of cases('feedparser_cases.jsonl')) {
  for (const [path, op, expected] of c.checks ?? []) {
    const name = path.join('/');
    const read = FIELDS[name];
    if (!read || op !== 'eq') continue;
    all++;
    let found: string | number | null | undefined;
    try {
      const { text, charset } = decode(bytesOf(c), headerOf(c, 'content-type'));
      found = read(readFeed(text, addressOf(c)), charset);
    } catch (error) {
      if (!(error instanceof FeedRefused)) throw error;
      found = `refused: ${error.message}`;
    }
    if (agrees(name, expected, found)) right++;
    else misses.push(`${c.file}  ${name}\n    wanted ${JSON.stringify(expected)}\n    found  ${JSON.stringify(found)}`);
  }
}
let read = 0;
let refused = 0;
const judge = (bytes: Uint8Array): void => {
  try {
    readFeed(decode(bytes).text, 'https://feeds.example.cn/feed');
    read++;
  } catch (error) {
    if (!(error instanceof FeedRefused)) throw error;
    refused++;
  }
};
for (const c of cases('feedvalidator_cases.jsonl')) judge(bytesOf(c));
for (const file of globSync('feedsmith/feeds/**/*.xml', { cwd: folder })) judge(readFileSync(`${folder}/${file}`));
if (showMisses) console.log(misses.join('\n'));
console.log(`feedparser checks on the fields we keep: ${right} of ${all} (${(right / all).toFixed(3)})`);
console.log(`feedvalidator and feedsmith: ${read} read, ${refused} refused with a reason, 0 crashes`);

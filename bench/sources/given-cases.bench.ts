/**
 * Charsets, robots.txt and ways to reach inside, judged by others' case lists.
 *
 *   node bench/sources/given-cases.bench.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import { judgeUrl } from '#core/address';
import { decode, mayFetch } from '#watch';
import { sharedPath } from '../../tests/shared-files.ts';

const data = sharedPath('data');
if (!data) throw new Error('the shared data is not here: set HUIYIN_SHARED');
const lines = <T>(file: string): T[] =>
  readFileSync(`${data}/${file}`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as T);
const say = (what: string, right: number, all: number, wrong: readonly string[]): void =>
  console.log(`${what}: ${right} of ${all}${wrong.length > 0 ? `\n  ${wrong.join('\n  ')}` : ''}`);

/** Names of the list → what we read such a file as. EUC-TW has no decoder in Node or in browsers. */
const CHARSETS: Readonly<Record<string, readonly string[]>> = {
  Big5: ['big5'],
  GB2312: ['gb18030'],
  'utf-8': ['utf-8'],
  'utf-8-sig': ['utf-8'],
  ascii: ['utf-8', 'windows-1252'],
  'UTF-16': ['utf-16le', 'utf-16be'],
  'UTF-16BE': ['utf-16be'],
  'UTF-16LE': ['utf-16le'],
  'UTF-32': ['utf-32le', 'utf-32be'],
  'UTF-32BE': ['utf-32be'],
  'UTF-32LE': ['utf-32le'],
};
const sniffed = (
  JSON.parse(readFileSync(`${data}/encoding/charset_sniff_index.json`, 'utf8')) as { file: string; encoding: string }[]
)
  .filter(c => c.encoding in CHARSETS && existsSync(`${data}/encoding/charset_sniff/${c.file}`))
  .map(c => ({ ...c, found: decode(readFileSync(`${data}/encoding/charset_sniff/${c.file}`)) }));
const wrongSniff = sniffed.filter(
  c => !CHARSETS[c.encoding]?.includes(c.found.charset) || c.found.text.includes('\ufffd'),
);
say(
  'charset of a file by its bytes',
  sniffed.length - wrongSniff.length,
  sniffed.length,
  wrongSniff.map(c => `${c.file}: ${c.found.charset}`),
);
const table = (name: string): string => readFileSync(`${data}/encoding/${name}.txt`, 'utf8');
const gb = (name: string): string =>
  decode(readFileSync(`${data}/encoding/${name}.txt`), 'text/plain; charset=GBK').text;
const tables = [gb('gb18030_in') === table('gb18030_in_ref'), gb('gb18030_out_ref') === table('gb18030_out')];
say('GB18030 tables, every character', tables.filter(Boolean).length, tables.length, []);

const robots = lines<{ test: string; robots: string; agent: string; url: string; allowed: boolean }>(
  'robots/google_robotstxt_cases.jsonl',
).filter(c => !c.test.startsWith('GoogleOnly_'));
const wrongRobots = robots.filter(c => mayFetch(c.robots, c.agent, c.url) !== c.allowed);
say(
  'robots.txt cases that RFC 9309 requires',
  robots.length - wrongRobots.length,
  robots.length,
  wrongRobots.map(c => c.test),
);

// Two rows lead to a public site in the end; what a name or a redirect leads to is refused when it is connected.
const inside = lines<{ url: string; expect: string }>('security/ssrf/ssrf_bypass.jsonl').filter(c =>
  /^(block|reject_scheme)$/.test(c.expect),
);
const open = inside.filter(c => judgeUrl(c.url).allowed);
say(
  'published ways to reach inside',
  inside.length - open.length,
  inside.length,
  open.map(c => c.url),
);

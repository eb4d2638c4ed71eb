/** Shared data and generated rules for the text benchmarks. Needs HUIYIN_SHARED; nothing of it is kept in the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Item, RuleSource } from '#core/text';

const shared = process.env['HUIYIN_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
export const text = (file: string): string => readFileSync(join(shared, 'data', file), 'utf8');
export const rows = <T>(file: string): T[] =>
  text(file)
    .split('\n')
    .filter(Boolean)
    .map(l => JSON.parse(l) as T);
export const say = (what: string, figure: string): void => void process.stdout.write(`| ${what} | ${figure} |\n`);

/** Seconds of CPU, the median of five runs after one that does not count. */
export function cpu(work: () => void, runs = 5): number {
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const started = process.cpuUsage();
    work();
    const used = process.cpuUsage(started);
    if (i > 0) times.push((used.user + used.system) / 1e6);
  }
  return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
}
/** Park and Miller's minimal standard generator: every run sees the same rules and texts. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
export const messages = (): Item[] =>
  rows<{ id: number; title: string; text: string }>('taidi2020c/annex3_messages.jsonl').map(r => ({
    id: String(r.id),
    title: r.title,
    text: r.text,
  }));

/**
 * Texts of 642 characters in the mean: six of seven stitched from sentences of citizens' messages and official replies, one
 * of seven English. Stitched, because real messages are shorter than what the web carries.
 */
export const stitched = (count: number): Item[] => [...stitching(count)];
function* stitching(count: number): Generator<Item> {
  const random = generator(5);
  const sentences = [
    ...messages().map(m => m.text),
    ...rows<Record<string, unknown>>('taidi2020c/annex4_replies.jsonl').flatMap(r =>
      Object.values(r).filter((v): v is string => typeof v === 'string' && v.length > 60),
    ),
  ].flatMap(t => t.split(/(?<=[。！？!?；;\n])/).filter(s => s.trim().length > 5));
  const english =
    'the city council said on that road works near station will continue until water supply is restored residents complained about noise school bus company wages have not been paid since report office replied within two hours'.split(
      ' ',
    );
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let n = 0; n < count; n++) {
    const wanted = 215 + Math.floor(random() * 780);
    let out = '';
    while (out.length < wanted) out += n % 7 === 6 ? `${pick(english)} ` : pick(sentences).trim();
    yield { id: `t${n}`, text: out };
  }
}

/** What an office watches: places (divisions, streets), words of matters from real messages, and pairs of words. */
function vocabulary(): { readonly places: string[]; readonly words: string[]; readonly common: string[] } {
  const places = ['geo/areas.csv', 'geo/streets.csv'].flatMap(file =>
    text(file)
      .split('\n')
      .slice(1)
      .map(l => (l.split(',')[1] ?? '').replaceAll('"', ''))
      .filter(name => name.length >= 2),
  );
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
  const count = new Map<string, number>();
  for (const { text: t } of messages()) {
    let before = '';
    for (const { segment, isWordLike } of segmenter.segment(t)) {
      const word = isWordLike === true && /^\p{Script=Han}{2,}$/u.test(segment) ? segment : '';
      if (word) count.set(word, (count.get(word) ?? 0) + 1);
      if (word && before) count.set(before + word, (count.get(before + word) ?? 0) + 1);
      before = word;
    }
  }
  const byCount = [...count].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([w]) => w);
  // The two hundred commonest words (我们, 没有) are what nobody would search for alone.
  return { places: [...new Set(places)], words: byCount.slice(200), common: byCount.slice(200, 500) };
}

/**
 * Rules as offices write them: two to four groups of synonyms (places, then words of matters), four of ten with exclusions,
 * two of ten with NEAR, every seventh with a common first group; 9.4 terms a rule in the mean.
 */
export function realisticRules(count: number): RuleSource[] {
  const random = generator(7);
  const { places, words, common } = vocabulary();
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '停水';
  const word = (): string => pick(words);
  const some = (most: number, term: () => string): string[] =>
    Array.from({ length: 1 + Math.floor(random() * most) }, term);
  return Array.from({ length: count }, (_, i) => ({
    id: `r${i}`,
    version: '1',
    all: [
      some(4, () => (i % 7 === 0 ? pick(common) : pick(places))),
      some(5, word),
      ...(random() < 0.3 ? [some(4, word)] : []),
    ],
    ...(random() < 0.4 ? { none: some(5, word) } : {}),
    ...(random() < 0.2 ? { near: [{ a: word(), b: word(), within: 20 }] } : {}),
  }));
}
/**
 * Rules as the design's measurements had them: conjunctions of groups, 9.4 terms a rule, four of ten with exclusions, two of
 * ten with NEAR, every seventh with a common first group; of the terms three tenths are a place with a matter (清江区停水),
 * the rest come from 28,000 words and places, so that 10,000 rules hold about 53,500 distinct terms.
 */
export function designRules(count: number): RuleSource[] {
  const random = generator(17);
  const { places, words, common } = vocabulary();
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '停水';
  const pool = [...words.slice(0, 20_000), ...places.filter((_, i) => i % 5 === 0)].slice(0, 28_000);
  const term = (): string => (random() < 0.3 ? pick(places) + pick(pool) : pick(pool));
  const some = (least: number, most: number, one = term): string[] =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, one);
  return Array.from({ length: count }, (_, i) => ({
    id: `r${i}`,
    version: '1',
    all: [
      i % 7 === 0 ? some(1, 4, () => pick(common)) : some(1, 5),
      some(2, 5),
      ...(random() < 0.35 ? [some(1, 5)] : []),
    ],
    ...(random() < 0.4 ? { none: some(1, 5) } : {}),
    ...(random() < 0.2 ? { near: [{ a: term(), b: term(), within: 20 }] } : {}),
  }));
}
/** Rules whose terms are fragments of the texts themselves: every text hits hundreds of them. Nobody writes such a list. */
export function hardRules(count: number, items: readonly Item[]): RuleSource[] {
  const random = generator(7);
  const term = (): string => {
    const from = items[Math.floor(random() * items.length)]?.text.replaceAll(/[\s\p{P}]/gu, '') ?? '';
    const at = Math.floor(random() * Math.max(1, from.length - 4));
    return from.slice(at, at + 2 + Math.floor(random() * 3)) || '停水';
  };
  const some = (least: number, most: number): string[] =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, term);
  return Array.from({ length: count }, (_, i) => ({
    id: `r${i}`,
    version: '1',
    all: Array.from({ length: 2 + Math.floor(random() * 2) }, () => some(1, 5)),
    ...(random() < 0.4 ? { none: some(2, 2) } : {}),
    ...(random() < 0.2 ? { near: [{ a: term(), b: term(), within: 30 }] } : {}),
  }));
}
export const literalsOf = (rules: readonly RuleSource[]): number =>
  rules.reduce((n, r) => n + (r.all ?? []).flat().length + (r.none ?? []).length + 2 * (r.near ?? []).length, 0);

/** Seconds of processor of a database server and all its children, from /proc; 0 where there is none. */
export function secondsOf(postmaster: number | undefined): number {
  if (postmaster === undefined || !existsSync('/proc/self/stat')) return 0;
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter(p => /^\d+$/.test(p))) {
    try {
      const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      // Own user and system time, and that of children that ended; the parent is the second field.
      if (Number(pid) === postmaster) for (const i of [11, 12, 13, 14]) ticks += Number(after[i]);
      else if (Number(after[1]) === postmaster) for (const i of [11, 12]) ticks += Number(after[i]);
    } catch {
      // It ended while we looked.
    }
  }
  return ticks / 100;
}
/** Seconds of processor that all processes of the machine took since it started; 0 where nobody says. */
export function secondsOfMachine(): number {
  if (!existsSync('/proc/stat')) return 0;
  const [user = 0, nice = 0, system = 0] = (/^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '')
    .split(' ')
    .map(Number);
  return (user + nice + system) / 100;
}

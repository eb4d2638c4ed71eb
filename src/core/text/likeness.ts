/**
 * Readable likenesses of two short texts, for `similar`: how much they share of one to four characters, weighed by rarity
 * (Spärck Jones, 1972; Robertson's BM25, 1994); the rarest things shared; names in title marks and quotes; numbers, dates,
 * Latin words; the longest stretch in common; what third texts say of both (witnesses.ts); and nearness in a space of meaning (lsa.ts), direction by direction: what counts
 * as the same topic differs between kinds of text (two reports of football matches, two dances), and the directions say the kind.
 * Lexical: none of them knows a synonym.
 */
import { comparable } from './comparable.ts';
import { gramsOf } from './grams.ts';
import { type Space, SPACE_DEFAULTS, unit } from './lsa.ts';
import { type Shape, shapeOf, SHAPES, shapesOf } from './shape.ts';
import { STRETCHES, stretchLikenesses } from './stretches.ts';
import { type Circle, WITNESSED, type Witnesses } from './witnesses.ts';

export interface Prepared {
  readonly text: string;
  readonly grams: readonly ReadonlyMap<string, number>[];
  readonly head: ReadonlyMap<string, number>;
  readonly numbers: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly latin: ReadonlySet<string>;
  readonly shape: Shape;
  readonly place: Float64Array | undefined;
  readonly circle: Circle | undefined;
}
/** Bigrams and others → in how many training texts they stand. */
export interface Rarity {
  readonly texts: number;
  readonly meanLength: number;
  readonly of: (gram: string) => number;
}
const MOST = 3000;
const NOWHERE = new Float64Array(0);
const SIZES = [1, 2, 3, 4] as const;
export const LIKENESSES: readonly string[] = [
  'cosine1',
  'cosine2',
  'cosine3',
  'cosine4',
  'contained2',
  'contained3',
  'shared-rarity2',
  'shared-rarity3',
  'rarest2',
  'rarest3',
  'second3',
  'rare-share',
  'bm25',
  'bm25-back',
  'head',
  'opening',
  'numbers',
  'numbers-shared',
  'names',
  'names-shared',
  'latin',
  'longest',
  'longest-rarity',
  'second-longest',
  'length-ratio',
  'shorter',
  'longer',
  'meaning',
  'learned',
  ...SHAPES,
  ...STRETCHES,
  ...WITNESSED,
  ...each('both'),
  ...each('sum'),
];
/** One likeness a direction of the space: the product of the two places along it, and their sum. */
function each(what: string): string[] {
  return Array.from({ length: SPACE_DEFAULTS.dimensions }, (_, d) => `${what}${d + 1}`);
}

const NAMES = /《([^《》]{2,20})》|“([^“”]{2,12})”|「([^「」]{2,12})」|【([^【】]{2,12})】|#([^#]{2,20})#/g;
export function prepare(text: string, space?: Space, witnesses?: Witnesses): Prepared {
  const folded = comparable(undefined, text).slice(0, MOST).toLowerCase();
  const names = new Set(
    [...text.slice(0, MOST).matchAll(NAMES)].map(m => comparable(undefined, m.slice(1).find(x => x) ?? '')),
  );
  const grams = SIZES.map(n => gramsOf(folded, n));
  return {
    text: folded,
    grams,
    head: gramsOf(folded.slice(0, 20), 2),
    numbers: new Set(text.match(/\d+(?:\.\d+)?/g) ?? []),
    names,
    latin: new Set(folded.match(/[a-z]{2,}/g) ?? []),
    shape: shapeOf(text),
    place: space && unit(space.placeOf(grams[1] ?? new Map())),
    circle: witnesses?.circleOf(folded),
  };
}

/** The likenesses in the order of LIKENESSES; `learned` is filled in by whoever learnt it. */
export function likenesses(a: Prepared, b: Prepared, rarity: Rarity, witnesses?: Witnesses): number[] {
  const r = rarity.of;
  const by = SIZES.map((_, n) => weigh(a.grams[n] ?? new Map(), b.grams[n] ?? new Map(), r));
  const [one, two, three, four] = by;
  const rare = (p: Prepared): ReadonlySet<string> =>
    new Set([...(p.grams[1]?.keys() ?? [])].sort((x, y) => r(y) - r(x) || (x < y ? -1 : 1)).slice(0, 15));
  const share = (x: ReadonlySet<string>, y: ReadonlySet<string>): number =>
    common(x, y) / (Math.min(x.size, y.size) || 1);
  const long = longestCommon(a.text.slice(0, 300), b.text.slice(0, 300), r);
  const [shorter, longer] = [Math.min(a.text.length, b.text.length), Math.max(a.text.length, b.text.length)];
  const [place, other] = [a.place ?? NOWHERE, b.place ?? NOWHERE];
  const directions = Array.from({ length: SPACE_DEFAULTS.dimensions }, (_, d) => d);
  const both = directions.map(d => (place[d] ?? 0) * (other[d] ?? 0));
  let opening = 0;
  while (opening < 20 && opening < shorter && a.text[opening] === b.text[opening]) opening++;
  return [
    one?.cosine,
    two?.cosine,
    three?.cosine,
    four?.cosine,
    two?.contained,
    three?.contained,
    two?.shared,
    three?.shared,
    two?.most,
    three?.most,
    three?.second,
    share(rare(a), rare(b)),
    bm25(a.grams[1], b.grams[1], rarity, b.text.length),
    bm25(b.grams[1], a.grams[1], rarity, a.text.length),
    weigh(a.head, b.head, r).cosine,
    opening,
    share(a.numbers, b.numbers),
    common(a.numbers, b.numbers),
    share(a.names, b.names),
    named(a, b) + named(b, a),
    common(a.latin, b.latin),
    long.length,
    long.rarity,
    long.second,
    shorter / (longer || 1),
    shorter,
    longer,
    both.reduce((sum, x) => sum + x, 0),
    0,
    ...shapesOf(a.shape, b.shape),
    ...stretchLikenesses(a.text, b.text, r),
    ...(witnesses && a.circle && b.circle ? witnesses.likenesses(a.circle, b.circle) : WITNESSED.map(() => 0)),
    ...both,
    ...directions.map(d => (place[d] ?? 0) + (other[d] ?? 0)),
  ].map(x => x ?? 0);
}
const common = (x: ReadonlySet<string>, y: ReadonlySet<string>): number => [...x].filter(g => y.has(g)).length;
/** Names of one text that stand anywhere in the other. */
const named = (a: Prepared, b: Prepared): number =>
  [...a.names].filter(n => n.length >= 2 && b.text.includes(n)).length;

function weigh(x: ReadonlyMap<string, number>, y: ReadonlyMap<string, number>, rarity: (g: string) => number) {
  let [dot, shared, nx, ny, sx, sy, most, second] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const [g, c] of x) {
    const w = rarity(g);
    const v = (1 + Math.log(c)) * w;
    nx += v * v;
    sx += w;
    const d = y.get(g);
    if (d === undefined) continue;
    dot += v * (1 + Math.log(d)) * w;
    shared += w;
    if (w > most) [most, second] = [w, most];
    else if (w > second) second = w;
  }
  for (const [g, c] of y) {
    const w = rarity(g);
    ny += ((1 + Math.log(c)) * w) ** 2;
    sy += w;
  }
  return { cosine: dot / (Math.sqrt(nx * ny) || 1), contained: shared / (Math.min(sx, sy) || 1), shared, most, second };
}
/** How well a text answers another as a question; k = 1.2, b = 0.75 as usual. */
function bm25(
  question: ReadonlyMap<string, number> | undefined,
  text: ReadonlyMap<string, number> | undefined,
  rarity: Rarity,
  length: number,
): number {
  let sum = 0;
  for (const g of question?.keys() ?? []) {
    const c = text?.get(g);
    if (c !== undefined) sum += (rarity.of(g) * c * 2.2) / (c + 1.2 * (0.25 + (0.75 * length) / rarity.meanLength));
  }
  return sum / ((question?.size ?? 0) || 1);
}
/** The longest stretch both share, how rare its bigrams are together, and the longest one beside it. */
function longestCommon(a: string, b: string, rarity: (g: string) => number) {
  let row = new Uint16Array(b.length + 1);
  let [length, end, second] = [0, 0, 0];
  for (let i = 1; i <= a.length; i++) {
    const next = new Uint16Array(b.length + 1);
    for (let j = 1; j <= b.length; j++) {
      if (a.charCodeAt(i - 1) !== b.charCodeAt(j - 1)) continue;
      const n = (row[j - 1] ?? 0) + 1;
      next[j] = n;
      if (n > length) {
        if (end < i - n + 1) second = length;
        [length, end] = [n, i];
      } else if (n > second && i - n >= end) second = n;
    }
    row = next;
  }
  let sum = 0;
  for (let i = end - length; i + 2 <= end; i++) sum += rarity(a.slice(i, i + 2));
  return { length, rarity: sum, second };
}

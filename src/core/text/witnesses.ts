/**
 * What third texts say of two: each of the two is likened to every text of the training pairs, and they are alike as far as the
 * same third texts resemble both (explicit semantic analysis: Gabrilovich and Markovitch, 2007), or as far as what stands in the
 * neighbours of one stands in the other or in its neighbours (query expansion: Rocchio, 1971). A match report names one side's
 * players, the next the other's; a third names both. Two- and three-character grams weighed by rarity, cosine.
 *
 * A text is never its own witness, nor one of the pair the other's: in training each stands among the texts.
 */
import { gramsOf } from './grams.ts';

export interface Witnesses {
  readonly circleOf: (text: string) => Circle;
  /** In the order of WITNESSED. */
  readonly likenesses: (a: Circle, b: Circle) => number[];
}
/** A text as it stands to the others: its own grams, and the texts most like it, nearest first. */
export interface Circle {
  readonly text: string;
  readonly grams: Int32Array;
  readonly weights: Float64Array;
  readonly texts: Int32Array;
  readonly nearness: Float64Array;
}
export const WITNESSED: readonly string[] = [
  'neighbours-alike',
  'neighbours-other',
  'witnesses20',
  'witnesses40',
  'expanded',
  'nearest-neighbours',
  'crowd',
  'crowd-apart',
];
const SIZES = [2, 3] as const;
const FEW = 10;
const SOME = 20;
const MANY = 40;
/** Two more than are asked for: the texts of the pair itself are passed over. */
const KEPT = MANY + 2;
/** A gram in more than one of a hundred texts finds no neighbours. */
const MOST_SHARE = 0.01;
/** Nearer than this it is the same text again. */
const SAME = 0.95;

export function makeWitnesses(texts: readonly string[]): Witnesses {
  const counted = texts.map(countGrams);
  const spread = new Map<string, number>();
  for (const counts of counted) for (const g of counts.keys()) spread.set(g, (spread.get(g) ?? 0) + 1);
  const kept = [...spread].filter(([, n]) => n >= 2 && n <= Math.max(2, texts.length * MOST_SHARE));
  const numberOf = new Map(kept.map(([g], i) => [g, i]));
  const rarity = Float64Array.from(kept, ([, n]) => Math.log((texts.length + 1) / (n + 0.5)));
  const vectors = counted.map(counts => toVector(counts, numberOf, rarity));
  /** Gram → the texts it stands in, and its weight there. */
  const postings = kept.map(([, n]) => ({ texts: new Int32Array(n), weights: new Float64Array(n), used: 0 }));
  vectors.forEach(({ grams, weights }, t) => {
    for (let k = 0; k < grams.length; k++) {
      const list = postings[grams[k] as number];
      if (!list) continue;
      list.texts[list.used] = t;
      list.weights[list.used++] = weights[k] as number;
    }
  });
  const scores = new Float64Array(texts.length);
  const [left, right] = [makeScratch(kept.length), makeScratch(kept.length)];
  const [these, those] = [makeScratch(texts.length), makeScratch(texts.length)];

  function circleOf(text: string): Circle {
    const own = toVector(countGrams(text), numberOf, rarity);
    const touched: number[] = [];
    for (let k = 0; k < own.grams.length; k++) {
      const list = postings[own.grams[k] as number];
      const weight = own.weights[k] as number;
      if (!list) continue;
      for (let i = 0; i < list.used; i++) {
        const t = list.texts[i] as number;
        if (scores[t] === 0) touched.push(t);
        scores[t] = (scores[t] as number) + weight * (list.weights[i] as number);
      }
    }
    const near = touched
      .map(t => ({ t, s: scores[t] as number }))
      .filter(({ s }) => s <= SAME)
      .sort((x, y) => y.s - x.s || x.t - y.t)
      .slice(0, KEPT);
    for (const t of touched) scores[t] = 0;
    return { text, ...own, texts: Int32Array.from(near, n => n.t), nearness: Float64Array.from(near, n => n.s) };
  }
  /** The neighbours of one of two texts, without the two. */
  function around({ texts: near, nearness }: Circle, other: Circle): readonly (readonly [number, number])[] {
    const out: (readonly [number, number])[] = [];
    near.forEach((t, i) => {
      if (out.length < MANY && texts[t] !== other.text) out.push([t, nearness[i] as number]);
    });
    return out;
  }
  /** Everything that stands in the neighbours, as far as they are near, and in the text itself where it is given. */
  function gather(into: Scratch, neighbours: readonly (readonly [number, number])[], own?: Circle): Scratch {
    into.clear();
    for (const [t, nearness] of neighbours) {
      const vector = vectors[t];
      if (vector)
        for (let k = 0; k < vector.grams.length; k++)
          into.add(vector.grams[k] as number, nearness * (vector.weights[k] as number));
    }
    into.toUnit();
    if (own) for (let k = 0; k < own.grams.length; k++) into.add(own.grams[k] as number, own.weights[k] as number);
    if (own) into.toUnit();
    return into;
  }
  const shared = (a: readonly (readonly [number, number])[], b: readonly (readonly [number, number])[]): number => {
    these.clear();
    those.clear();
    for (const [t, nearness] of a) these.add(t, nearness);
    for (const [t, nearness] of b) those.add(t, nearness);
    return these.toUnit().dot(those.toUnit());
  };
  return {
    circleOf,
    likenesses(a, b) {
      const [x, y] = [around(a, b), around(b, a)];
      const crowd = (list: readonly (readonly [number, number])[]): number => list.reduce((sum, [, s]) => sum + s, 0);
      gather(left, x.slice(0, SOME));
      gather(right, y.slice(0, SOME));
      const alike = left.dot(right);
      const other = right.along(a) + left.along(b);
      const expanded = gather(left, x.slice(0, FEW), a).dot(gather(right, y.slice(0, FEW), b));
      return [
        alike,
        other,
        shared(x.slice(0, SOME), y.slice(0, SOME)),
        shared(x, y),
        expanded,
        (x[0]?.[1] ?? 0) + (y[0]?.[1] ?? 0),
        crowd(x) + crowd(y),
        Math.abs(crowd(x) - crowd(y)),
      ];
    },
  };
}
function countGrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const n of SIZES) for (const [g, c] of gramsOf(text, n)) counts.set(g, c);
  return counts;
}
/** Weighed by rarity, of length one. */
function toVector(counts: ReadonlyMap<string, number>, numberOf: ReadonlyMap<string, number>, rarity: Float64Array) {
  const found = [...counts].flatMap(([g, c]) => {
    const n = numberOf.get(g);
    return n === undefined ? [] : [{ n, w: (1 + Math.log(c)) * (rarity[n] as number) }];
  });
  const size = Math.sqrt(found.reduce((sum, { w }) => sum + w * w, 0)) || 1;
  return { grams: Int32Array.from(found, f => f.n), weights: Float64Array.from(found, f => f.w / size) };
}

type Scratch = ReturnType<typeof makeScratch>;
/** A sparse vector in a full array that remembers what it touched: made once, emptied for every pair. */
function makeScratch(width: number) {
  const values = new Float64Array(width);
  let touched: number[] = [];
  const scratch = {
    clear(): void {
      for (const i of touched) values[i] = 0;
      touched = [];
    },
    add(i: number, value: number): void {
      if (values[i] === 0) touched.push(i);
      values[i] = (values[i] as number) + value;
    },
    toUnit() {
      let square = 0;
      for (const i of touched) square += (values[i] as number) ** 2;
      const size = Math.sqrt(square) || 1;
      for (const i of touched) values[i] = (values[i] as number) / size;
      return scratch;
    },
    at: (i: number): number => values[i] as number,
    dot(other: { readonly at: (i: number) => number }): number {
      let sum = 0;
      for (const i of touched) sum += (values[i] as number) * other.at(i);
      return sum;
    },
    along({ grams, weights }: Circle): number {
      let sum = 0;
      for (let k = 0; k < grams.length; k++) sum += (values[grams[k] as number] as number) * (weights[k] as number);
      return sum;
    },
  };
  return scratch;
}

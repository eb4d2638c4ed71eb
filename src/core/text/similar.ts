/**
 * Do two texts speak of the same event or topic? A logistic model (fitted by Newton-like gradient steps from zero, so the
 * same pairs give the same weights) over readable likenesses: shared bigrams weighed by rarity, shared numbers, places of
 * agreement. Lexical: it knows no synonyms.
 */
import { comparable } from './comparable.ts';

export type SimilarTask = 'event' | 'topic';
export interface SimilarModel {
  readonly format: 'huiyin-similar-1';
  readonly task: SimilarTask;
  readonly pairs: number;
  readonly threshold: number;
  readonly bias: number;
  /** Likeness → weight. */
  readonly weights: Readonly<Record<string, number>>;
  readonly means: Readonly<Record<string, number>>;
  readonly spreads: Readonly<Record<string, number>>;
  /** Bigram → in how many training texts it stands, for those in more than one. */
  readonly frequency: Readonly<Record<string, number>>;
  readonly texts: number;
}
export interface Pair {
  readonly a: string;
  readonly b: string;
}
const NAMES = ['cosine', 'containment', 'rare', 'trigrams', 'head', 'numbers', 'longest', 'length'] as const;
const MOST = 3000;
const ROUNDS = 300;

function grams(text: string, n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= text.length; i++) {
    const g = text.slice(i, i + n);
    counts.set(g, (counts.get(g) ?? 0) + 1);
  }
  return counts;
}
interface Prepared {
  readonly text: string;
  readonly two: Map<string, number>;
  readonly three: Map<string, number>;
  readonly head: Map<string, number>;
  readonly numbers: ReadonlySet<string>;
}
function prepare(text: string): Prepared {
  const folded = comparable(undefined, text).slice(0, MOST);
  return {
    text: folded,
    two: grams(folded, 2),
    three: grams(folded, 3),
    head: grams(folded.slice(0, 60), 2),
    numbers: new Set(text.match(/\d+(?:\.\d+)?/g) ?? []),
  };
}
type Rarity = (gram: string) => number;

/** The likenesses of a pair, each 0..1. */
function likenesses(a: Prepared, b: Prepared, rarity: Rarity): number[] {
  const weigh = (x: Map<string, number>, y: Map<string, number>) => {
    let dot = 0;
    let common = 0;
    let nx = 0;
    let ny = 0;
    let sx = 0;
    let sy = 0;
    for (const [g, c] of x) {
      const r = rarity(g);
      const v = (1 + Math.log(c)) * r;
      nx += v * v;
      sx += r;
      const d = y.get(g);
      if (d !== undefined) {
        dot += v * (1 + Math.log(d)) * r;
        common += r;
      }
    }
    for (const [g, c] of y) {
      const r = rarity(g);
      ny += ((1 + Math.log(c)) * r) ** 2;
      sy += r;
    }
    return { cosine: dot / (Math.sqrt(nx * ny) || 1), contained: common / (Math.min(sx, sy) || 1) };
  };
  const two = weigh(a.two, b.two);
  const rareOf = (p: Prepared) =>
    new Set([...p.two.keys()].sort((x, y) => rarity(y) - rarity(x) || (x < y ? -1 : 1)).slice(0, 15));
  const [ra, rb] = [rareOf(a), rareOf(b)];
  const share = (x: ReadonlySet<string>, y: ReadonlySet<string>) =>
    [...x].filter(g => y.has(g)).length / (Math.min(x.size, y.size) || 1);
  return [
    two.cosine,
    two.contained,
    share(ra, rb),
    weigh(a.three, b.three).cosine,
    weigh(a.head, b.head).cosine,
    share(a.numbers, b.numbers),
    longestCommon(a.text.slice(0, 400), b.text.slice(0, 400)) / 20,
    Math.min(a.text.length, b.text.length) / (Math.max(a.text.length, b.text.length) || 1),
  ].map((x, i) => (i === 6 ? Math.min(1, x) : x));
}
/** Length of the longest stretch both share. */
function longestCommon(a: string, b: string): number {
  let row = new Uint16Array(b.length + 1);
  let best = 0;
  for (let i = 1; i <= a.length; i++) {
    const next = new Uint16Array(b.length + 1);
    for (let j = 1; j <= b.length; j++) {
      if (a.charCodeAt(i - 1) !== b.charCodeAt(j - 1)) continue;
      next[j] = (row[j - 1] ?? 0) + 1;
      if ((next[j] ?? 0) > best) best = next[j] ?? 0;
    }
    row = next;
  }
  return best;
}
const rarityOf =
  (frequency: (gram: string) => number, texts: number): Rarity =>
  gram =>
    Math.log((texts + 1) / (frequency(gram) + 0.5));

export function trainSimilar(task: SimilarTask, pairs: readonly (Pair & { readonly label: boolean })[]): SimilarModel {
  const prepared = pairs.map(p => [prepare(p.a), prepare(p.b)] as const);
  const frequency = new Map<string, number>();
  for (const [a, b] of prepared)
    for (const p of [a, b]) for (const g of p.two.keys()) frequency.set(g, (frequency.get(g) ?? 0) + 1);
  const texts = pairs.length * 2;
  const rarity = rarityOf(g => frequency.get(g) ?? 0, texts);
  const rows = prepared.map(([a, b]) => likenesses(a, b, rarity));
  const means = NAMES.map((_, k) => rows.reduce((s, r) => s + (r[k] ?? 0), 0) / rows.length);
  const spreads = NAMES.map(
    (_, k) => Math.sqrt(rows.reduce((s, r) => s + ((r[k] ?? 0) - (means[k] ?? 0)) ** 2, 0) / rows.length) || 1,
  );
  const scaled = rows.map(r => r.map((x, k) => (x - (means[k] ?? 0)) / (spreads[k] ?? 1)));
  const weights = NAMES.map(() => 0);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = NAMES.map((_, k) => 0.001 * (weights[k] ?? 0));
    let g0 = 0;
    scaled.forEach((row, i) => {
      const error = sigmoid(bias + row.reduce((s, x, k) => s + x * (weights[k] ?? 0), 0)) - (pairs[i]?.label ? 1 : 0);
      g0 += error / rows.length;
      row.forEach((x, k) => (gradient[k] = (gradient[k] ?? 0) + (error * x) / rows.length));
    });
    bias -= g0;
    gradient.forEach((g, k) => (weights[k] = (weights[k] ?? 0) - g));
  }
  const scores = scaled.map(row => sigmoid(bias + row.reduce((s, x, k) => s + x * (weights[k] ?? 0), 0)));
  const named = (values: readonly number[]) =>
    Object.fromEntries(NAMES.map((name, k) => [name, rounded(values[k] ?? 0)]));
  return {
    format: 'huiyin-similar-1',
    task,
    pairs: pairs.length,
    threshold: bestThreshold(
      scores,
      pairs.map(p => p.label),
    ),
    bias: rounded(bias),
    weights: named(weights),
    means: named(means),
    spreads: named(spreads),
    frequency: Object.fromEntries([...frequency].filter(([, n]) => n > 1).sort(([a], [b]) => (a < b ? -1 : 1))),
    texts,
  };
}
/** The score at which F1 on the training pairs is highest. */
function bestThreshold(scores: readonly number[], labels: readonly boolean[]): number {
  const sorted = scores.map((s, i) => ({ s, y: labels[i] === true })).sort((a, b) => b.s - a.s);
  const all = labels.filter(Boolean).length;
  let hits = 0;
  let best = 0;
  let threshold = 0.5;
  sorted.forEach(({ s, y }, i) => {
    if (y) hits++;
    const f = (2 * hits) / (i + 1 + all);
    if (f > best) [best, threshold] = [f, s];
  });
  return rounded(threshold);
}
export function makeSimilar(model: SimilarModel): (pair: Pair) => { readonly score: number; readonly same: boolean } {
  const rarity = rarityOf(g => model.frequency[g] ?? 1, model.texts);
  return pair => {
    const row = likenesses(prepare(pair.a), prepare(pair.b), rarity);
    const sum = NAMES.reduce(
      (s, name, k) =>
        s + (model.weights[name] ?? 0) * (((row[k] ?? 0) - (model.means[name] ?? 0)) / (model.spreads[name] || 1)),
      model.bias,
    );
    const score = rounded(sigmoid(sum));
    return { score, same: score >= model.threshold };
  };
}
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const rounded = (x: number): number => Math.round(x * 1e5) / 1e5;

/**
 * Gradient-boosted trees for yes-or-no questions (Friedman, "Greedy function approximation", 2001; second-order steps as in
 * Chen and Guestrin, "XGBoost", 2016; thresholds from a histogram of each likeness). Each tree sees a share of the rows and
 * of the likenesses (Friedman, "Stochastic gradient boosting", 2002), drawn by a fixed generator: the same rows give the same
 * trees. A tree is a list of nodes that can be read.
 */
import { makeGenerator } from './linear.ts';

export interface BoostOptions {
  readonly rounds: number;
  readonly depth: number;
  /** Share of each tree's answer that is added. */
  readonly rate: number;
  /** Least sum of second derivatives in a leaf: small leaves learn accidents. */
  readonly leastWeight: number;
  readonly shrink: number;
  /** Shares of the rows and of the likenesses that one tree sees; what a tree does not see keeps the next one honest. */
  readonly rowShare: number;
  readonly likenessShare: number;
}
export const BOOST_DEFAULTS: BoostOptions = {
  rounds: 250,
  depth: 4,
  rate: 0.04,
  leastWeight: 8,
  shrink: 4,
  rowShare: 0.7,
  likenessShare: 0.4,
};
/** Either a question (likeness number, threshold, where to go if below, where else) or an answer. */
export type Node =
  readonly [feature: number, threshold: number, below: number, above: number] | readonly [value: number];
export interface Boosted {
  readonly bias: number;
  readonly trees: readonly (readonly Node[])[];
}
const BINS = 48;

export function trainBoosted(
  rows: readonly (readonly number[])[],
  labels: readonly boolean[],
  options: BoostOptions = BOOST_DEFAULTS,
): Boosted {
  const width = rows[0]?.length ?? 0;
  const cuts = Array.from({ length: width }, (_, f) => cutsOf(rows.map(r => r[f] ?? 0)));
  const binned = cuts.map((c, f) => Uint8Array.from(rows, r => binOf(c, r[f] ?? 0)));
  const positives = labels.filter(Boolean).length;
  const bias = rounded(Math.log((positives + 1) / (labels.length - positives + 1)));
  const scores = new Float64Array(rows.length).fill(bias);
  const gradient = new Float64Array(rows.length);
  const curvature = new Float64Array(rows.length);
  const trees: (readonly Node[])[] = [];

  const next = makeGenerator(20_021);
  const sample = new Uint8Array(rows.length);
  for (let round = 0; round < options.rounds; round++) {
    for (let i = 0; i < rows.length; i++) {
      const p = 1 / (1 + Math.exp(-(scores[i] as number)));
      gradient[i] = p - (labels[i] ? 1 : 0);
      curvature[i] = p * (1 - p);
      sample[i] = next() < options.rowShare ? 1 : 0;
    }
    const seen = binned.map((_, f) => f).filter(() => next() < options.likenessShare);
    const nodes: Node[] = [];
    /** `members` are the rows it learns from, `others` those that only get its answer. */
    const grow = (members: Int32Array, others: Int32Array, depth: number): number => {
      const at = nodes.push([0]) - 1;
      const split = depth === 0 ? undefined : bestSplit(members, seen, binned, gradient, curvature, options);
      if (!split) {
        let g = 0;
        let h = 0;
        for (const i of members) {
          g += gradient[i] as number;
          h += curvature[i] as number;
        }
        const value = rounded((-g / (h + options.shrink)) * options.rate);
        nodes[at] = [value];
        for (const i of members) scores[i] = (scores[i] as number) + value;
        for (const i of others) scores[i] = (scores[i] as number) + value;
        return at;
      }
      const bins = binned[split.feature] as Uint8Array;
      const isBelow = (i: number): boolean => (bins[i] as number) <= split.bin;
      const isAbove = (i: number): boolean => !isBelow(i);
      const below = grow(members.filter(isBelow), others.filter(isBelow), depth - 1);
      const above = grow(members.filter(isAbove), others.filter(isAbove), depth - 1);
      nodes[at] = [split.feature, cuts[split.feature]?.[split.bin] ?? 0, below, above];
      return at;
    };
    const all = Int32Array.from(rows, (_, i) => i);
    grow(
      all.filter(i => sample[i] === 1),
      all.filter(i => sample[i] === 0),
      options.depth,
    );
    trees.push(nodes);
  }
  return { bias, trees };
}

function bestSplit(
  members: Int32Array,
  seen: readonly number[],
  binned: readonly Uint8Array[],
  gradient: Float64Array,
  curvature: Float64Array,
  { shrink, leastWeight }: BoostOptions,
): { readonly feature: number; readonly bin: number } | undefined {
  let best: { feature: number; bin: number } | undefined;
  let most = 1e-6;
  let allG = 0;
  let allH = 0;
  for (const i of members) {
    allG += gradient[i] as number;
    allH += curvature[i] as number;
  }
  if (allH < 2 * leastWeight) return undefined;
  const g = new Float64Array(BINS);
  const h = new Float64Array(BINS);
  for (const feature of seen) {
    const bins = binned[feature] as Uint8Array;
    g.fill(0);
    h.fill(0);
    for (let m = 0; m < members.length; m++) {
      const i = members[m] as number;
      const b = bins[i] as number;
      g[b] = (g[b] as number) + (gradient[i] as number);
      h[b] = (h[b] as number) + (curvature[i] as number);
    }
    let leftG = 0;
    let leftH = 0;
    for (let bin = 0; bin < BINS - 1; bin++) {
      leftG += g[bin] as number;
      leftH += h[bin] as number;
      if (leftH < leastWeight || allH - leftH < leastWeight) continue;
      const rightG = allG - leftG;
      const gain = leftG ** 2 / (leftH + shrink) + rightG ** 2 / (allH - leftH + shrink) - allG ** 2 / (allH + shrink);
      if (gain > most) [best, most] = [{ feature, bin }, gain];
    }
  }
  return best;
}
/** Upper ends of the bins: quantiles without repetitions, rounded as the model is written. */
function cutsOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const out: number[] = [];
  for (let b = 1; b < BINS; b++) {
    const cut = rounded(sorted[Math.floor((b * sorted.length) / BINS)] ?? 0);
    if (out.length === 0 || cut > (out.at(-1) ?? 0)) out.push(cut);
  }
  return out;
}
function binOf(cuts: readonly number[], value: number): number {
  let bin = 0;
  while (bin < cuts.length && value > (cuts[bin] ?? 0)) bin++;
  return bin;
}

/** Log odds. */
export function boostedScore({ bias, trees }: Boosted, row: readonly number[]): number {
  let sum = bias;
  for (const nodes of trees) {
    let node = nodes[0] ?? [0];
    while (node.length === 4) node = nodes[(row[node[0]] ?? 0) <= node[1] ? node[2] : node[3]] ?? [0];
    sum += node[0];
  }
  return sum;
}
const rounded = (x: number): number => Math.round(x * 1e5) / 1e5;

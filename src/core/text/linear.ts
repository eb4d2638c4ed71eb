/**
 * Linear classifiers trained by dual coordinate descent (Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate
 * descent method for large-scale linear SVM", 2008; L2-regularised, squared hinge loss). Small, fast, and every weight
 * can be read. The order of visits is shuffled by a fixed generator: the same input gives the same weights.
 */

/** A sparse vector: ascending feature numbers and their values. */
export interface Sparse {
  readonly features: Int32Array;
  readonly values: Float64Array;
}
export interface TrainOptions {
  /** Cost of a mistake; larger fits closer. */
  readonly cost: number;
  readonly rounds: number;
}

/** Park and Miller's minimal standard generator (1988): a repeatable shuffle needs no chance. */
export function makeGenerator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Weights of one two-sided problem; `positive[i]` says on which side row i stands. The last weight is the bias. */
export function trainLinear(
  rows: readonly Sparse[],
  positive: readonly boolean[],
  dimensions: number,
  options: TrainOptions,
): Float64Array {
  const weights = new Float64Array(dimensions + 1);
  const alpha = new Float64Array(rows.length);
  const diagonal = 1 / (2 * options.cost);
  const norms = rows.map(row => row.values.reduce((sum, v) => sum + v * v, 1 + diagonal));
  const order = rows.map((_, i) => i);
  const next = makeGenerator(20_161);
  for (let round = 0; round < options.rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    let largest = 0;
    for (const i of order) {
      const row = rows[i] as Sparse;
      const side = positive[i] ? 1 : -1;
      const gradient = side * margin(weights, row) - 1 + diagonal * (alpha[i] ?? 0);
      const before = alpha[i] ?? 0;
      const projected = before === 0 ? Math.min(gradient, 0) : gradient;
      largest = Math.max(largest, Math.abs(projected));
      if (Math.abs(projected) < 1e-12) continue;
      const after = Math.max(before - gradient / (norms[i] ?? 1), 0);
      alpha[i] = after;
      const step = (after - before) * side;
      for (let k = 0; k < row.features.length; k++) {
        const f = row.features[k] ?? 0;
        weights[f] = (weights[f] ?? 0) + step * (row.values[k] ?? 0);
      }
      weights[dimensions] = (weights[dimensions] ?? 0) + step;
    }
    if (largest < 0.01) break;
  }
  return weights;
}

/** Signed distance of a row from the boundary, bias included. */
export function margin(weights: Float64Array, row: Sparse): number {
  let sum = weights[weights.length - 1] ?? 0;
  for (let k = 0; k < row.features.length; k++) sum += (weights[row.features[k] ?? 0] ?? 0) * (row.values[k] ?? 0);
  return sum;
}

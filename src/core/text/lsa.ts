/**
 * Latent semantic analysis (Deerwester et al., 1990): bigrams that stand in the same texts lie near each other, so that two
 * texts without a shared bigram can be near. The singular vectors come from block power iteration (Halko, Martinsson and
 * Tropp, 2011) started from a fixed generator: the same texts give the same space. Every direction is divided by the root of
 * its strength (Caron, "Experiments with LSA scoring", 2001): else the two or three largest kinds of text would decide alone.
 * Coordinates are whole thousandths of the largest.
 */
export interface SpaceModel {
  readonly dimensions: number;
  /** Bigram → its coordinates in thousandths of the largest. */
  readonly terms: Readonly<Record<string, readonly number[]>>;
}
export interface Space {
  readonly placeOf: (grams: ReadonlyMap<string, number>) => Float64Array;
}
interface SpaceOptions {
  readonly dimensions: number;
  readonly leastTexts: number;
  readonly mostTerms: number;
  readonly rounds: number;
}
export const SPACE_DEFAULTS: SpaceOptions = { dimensions: 48, leastTexts: 4, mostTerms: 30_000, rounds: 4 };

export function trainSpace(
  texts: readonly ReadonlyMap<string, number>[],
  rarity: (gram: string) => number,
  options: SpaceOptions = SPACE_DEFAULTS,
): SpaceModel {
  const spread = new Map<string, number>();
  for (const grams of texts) for (const g of grams.keys()) spread.set(g, (spread.get(g) ?? 0) + 1);
  const terms = [...spread]
    .filter(([, n]) => n >= options.leastTexts && n <= texts.length / 10)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, options.mostTerms)
    .map(([g]) => g)
    .sort();
  const numberOf = new Map(terms.map((g, i) => [g, i]));
  const rows = texts.map(grams => {
    const own = [...grams].flatMap(([g, c]) => {
      const t = numberOf.get(g);
      return t === undefined ? [] : [{ t, w: (1 + Math.log(c)) * rarity(g) }];
    });
    const size = Math.sqrt(own.reduce((s, x) => s + x.w * x.w, 0)) || 1;
    return { terms: Int32Array.from(own, x => x.t), weights: Float64Array.from(own, x => x.w / size) };
  });
  const k = Math.min(options.dimensions, terms.length);
  let basis = startingBasis(terms.length, k);
  for (let round = 0; round < options.rounds; round++) {
    orthogonalise(basis, k);
    basis = throughTexts(rows, basis, k);
  }
  // Once more: a single factorisation of nearly parallel columns is not exact enough.
  orthogonalise(basis, k);
  orthogonalise(basis, k);
  const strength = strengthsOf(rows, basis, k);
  for (let i = 0; i < basis.length; i++) basis[i] = (basis[i] as number) / Math.sqrt(strength[i % k] || 1);
  const largest = basis.reduce((m, x) => Math.max(m, Math.abs(x)), 1e-9);
  return {
    dimensions: k,
    terms: Object.fromEntries(
      terms.map((g, t) => [
        g,
        Array.from(basis.subarray(t * k, t * k + k), x => Math.round((x / largest) * 1000) || 0),
      ]),
    ),
  };
}
interface Row {
  readonly terms: Int32Array;
  readonly weights: Float64Array;
}
/** Where a text lies along the columns. */
function project({ terms, weights }: Row, basis: Float64Array, along: Float64Array): void {
  const k = along.length;
  along.fill(0);
  for (let i = 0; i < terms.length; i++) {
    const [at, w] = [(terms[i] as number) * k, weights[i] as number];
    for (let d = 0; d < k; d++) along[d] = (along[d] as number) + w * (basis[at + d] as number);
  }
}
/** Singular values: how far all texts together reach along each column. */
function strengthsOf(rows: readonly Row[], basis: Float64Array, k: number): Float64Array {
  const squares = new Float64Array(k);
  const along = new Float64Array(k);
  for (const row of rows) {
    project(row, basis, along);
    for (let d = 0; d < k; d++) squares[d] = (squares[d] as number) + (along[d] as number) ** 2;
  }
  return squares.map(Math.sqrt);
}
/** Terms to texts and back: what stands in the same texts grows alike. */
function throughTexts(rows: readonly Row[], basis: Float64Array, k: number): Float64Array {
  const next = new Float64Array(basis.length);
  const along = new Float64Array(k);
  for (const row of rows) {
    const { terms, weights } = row;
    project(row, basis, along);
    for (let i = 0; i < terms.length; i++) {
      const [at, w] = [(terms[i] as number) * k, weights[i] as number];
      for (let d = 0; d < k; d++) next[at + d] = (next[at + d] as number) + w * (along[d] as number);
    }
  }
  return next;
}
/** Park and Miller's minimal standard generator (1988) fills the start. */
function startingBasis(terms: number, k: number): Float64Array {
  let state = 4711;
  return Float64Array.from({ length: terms * k }, () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5);
}
/**
 * Columns made orthogonal and of unit length by Cholesky's factor of their products (the same columns as Gram and Schmidt
 * give, but every pass goes along the rows as they lie in memory). A column that the ones before it explain becomes zero.
 */
function orthogonalise(basis: Float64Array, k: number): void {
  const factor = new Float64Array(k * k);
  for (let at = 0; at < basis.length; at += k)
    for (let c = 0; c < k; c++) {
      const x = basis[at + c] as number;
      if (x !== 0)
        for (let b = 0; b <= c; b++) factor[c * k + b] = (factor[c * k + b] as number) + x * (basis[at + b] as number);
    }
  for (let c = 0; c < k; c++) {
    const whole = factor[c * k + c] as number;
    for (let b = 0; b <= c; b++) {
      let sum = factor[c * k + b] as number;
      for (let d = 0; d < b; d++) sum -= (factor[c * k + d] as number) * (factor[b * k + d] as number);
      if (b < c) factor[c * k + b] = sum / (factor[b * k + b] as number);
      else factor[c * k + c] = sum > whole * 1e-12 ? Math.sqrt(sum) : Infinity;
    }
  }
  for (let at = 0; at < basis.length; at += k)
    for (let c = 0; c < k; c++) {
      let x = basis[at + c] as number;
      for (let b = 0; b < c; b++) x -= (basis[at + b] as number) * (factor[c * k + b] as number);
      basis[at + c] = x / (factor[c * k + c] as number);
    }
}

export function makeSpace(model: SpaceModel, rarity: (gram: string) => number): Space {
  const places = new Map(Object.entries(model.terms));
  return {
    placeOf(grams) {
      const out = new Float64Array(model.dimensions);
      for (const [g, c] of grams) {
        const place = places.get(g);
        if (!place) continue;
        const w = (1 + Math.log(c)) * rarity(g);
        for (let d = 0; d < out.length; d++) out[d] = (out[d] as number) + w * (place[d] ?? 0);
      }
      return out;
    },
  };
}
/** Of length one; nowhere stays nowhere. */
export function unit(place: Float64Array): Float64Array {
  const size = Math.sqrt(place.reduce((sum, x) => sum + x * x, 0)) || 1;
  return place.map(x => x / size);
}

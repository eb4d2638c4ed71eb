/**
 * Latent semantic analysis (Deerwester et al., 1990): bigrams that stand in the same texts lie near each other, so that two
 * texts without a shared bigram can be near. The singular vectors come from block power iteration (Halko, Martinsson and
 * Tropp, 2011) started from a fixed generator: the same texts give the same space. Coordinates are whole hundredths.
 */
export interface SpaceModel {
  readonly dimensions: number;
  /** Bigram → its coordinates in hundredths of the largest. */
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
export const SPACE_DEFAULTS: SpaceOptions = { dimensions: 48, leastTexts: 4, mostTerms: 20_000, rounds: 4 };

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
    const next = new Float64Array(basis.length);
    const along = new Float64Array(k);
    for (const row of rows) {
      along.fill(0);
      for (let i = 0; i < row.terms.length; i++) {
        const [at, w] = [(row.terms[i] as number) * k, row.weights[i] as number];
        for (let d = 0; d < k; d++) along[d] = (along[d] as number) + w * (basis[at + d] as number);
      }
      for (let i = 0; i < row.terms.length; i++) {
        const [at, w] = [(row.terms[i] as number) * k, row.weights[i] as number];
        for (let d = 0; d < k; d++) next[at + d] = (next[at + d] as number) + w * (along[d] as number);
      }
    }
    basis = next;
  }
  orthogonalise(basis, k);
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
/** Park and Miller's minimal standard generator (1988) fills the start. */
function startingBasis(terms: number, k: number): Float64Array {
  let state = 4711;
  return Float64Array.from({ length: terms * k }, () => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5);
}
/** Gram and Schmidt, the modified form, over columns. */
function orthogonalise(basis: Float64Array, k: number): void {
  const n = basis.length / k;
  for (let c = 0; c < k; c++) {
    for (let before = 0; before < c; before++) {
      let dot = 0;
      for (let t = 0; t < n; t++) dot += (basis[t * k + c] as number) * (basis[t * k + before] as number);
      for (let t = 0; t < n; t++)
        basis[t * k + c] = (basis[t * k + c] as number) - dot * (basis[t * k + before] as number);
    }
    let square = 0;
    for (let t = 0; t < n; t++) square += (basis[t * k + c] as number) ** 2;
    const size = Math.sqrt(square) || 1;
    for (let t = 0; t < n; t++) basis[t * k + c] = (basis[t * k + c] as number) / size;
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
export function cosineOf(a: Float64Array, b: Float64Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let d = 0; d < a.length; d++) {
    dot += (a[d] as number) * (b[d] as number);
    aa += (a[d] as number) ** 2;
    bb += (b[d] as number) ** 2;
  }
  return dot / (Math.sqrt(aa * bb) || 1);
}

/**
 * Proposes the department or topic of a citizen's message: one linear classifier a label over tf-idf of character one- and
 * two-grams (the better choice in five-fold cross-validation: bench/text), trained on the institution's own labels. Each is the
 * mean of two: a plain one (linear.ts), and one that sees every term stretched by how much oftener it stands under the label
 * than elsewhere (the ratio of naive Bayes: Wang and Manning, "Baselines and bigrams", 2012). Both are linear in the same
 * terms, so their mean is one weight for every term and label, and the model stays readable.
 * It proposes; a person decides.
 */
import { comparable } from './comparable.ts';
import { margin, type Sparse, trainLinear } from './linear.ts';

export interface RouteModel {
  readonly format: 'huiyin-route-1';
  readonly labels: readonly string[];
  readonly items: number;
  /** Term → [rarity, weight for each label]. */
  readonly terms: Readonly<Record<string, readonly number[]>>;
  readonly bias: readonly number[];
}
export interface Message {
  readonly title?: string;
  readonly text: string;
}
export interface Proposal {
  readonly label: string;
  /** 0..1, the labels' margins through a softmax: an order, not a probability that was calibrated. */
  readonly score: number;
  readonly because: readonly { readonly term: string; readonly weight: number }[];
}
export const ROUTE_DEFAULTS = {
  leastItems: 2,
  mostTerms: 60_000,
  cost: 3,
  rounds: 60,
  ratioCost: 1,
  titleWeight: 3,
  /** Where there is no title, so many characters of the text stand for it. */
  opening: 30,
  mostCharacters: 3000,
} as const;
const BECAUSE = 5;

/** Numbers and the letters that stand for a place (A市, B7县) say nothing of the matter: a term shows each as 0. */
const NUMBERS = /[A-Za-z]?\d+|[A-Za-z](?=[市县区镇乡])/g;

/** Counts of the terms of one message; a term of the title, or of the opening of a text without one, counts thrice: it names the matter. */
function countTerms(message: Message): Map<string, number> {
  const counts = new Map<string, number>();
  const { titleWeight, opening, mostCharacters } = ROUTE_DEFAULTS;
  const add = (text: string, first: number): void => {
    const end = Math.min(text.length, mostCharacters);
    for (const n of [1, 2])
      for (let i = 0; i + n <= end; i++) {
        const term = text.slice(i, i + n);
        counts.set(term, (counts.get(term) ?? 0) + (i < first ? titleWeight : 1));
      }
  };
  const title = comparable(undefined, message.title ?? '').replace(NUMBERS, '0');
  add(title, Infinity);
  add(comparable(undefined, message.text).replace(NUMBERS, '0'), title === '' ? opening : 0);
  return counts;
}
function toSparse(
  counts: ReadonlyMap<string, number>,
  numberOf: ReadonlyMap<string, number>,
  rarity: ArrayLike<number>,
): Sparse {
  const found: { f: number; v: number }[] = [];
  let square = 0;
  for (const [term, count] of counts) {
    const f = numberOf.get(term);
    if (f === undefined) continue;
    const v = (1 + Math.log(count)) * (rarity[f] ?? 0);
    square += v * v;
    found.push({ f, v });
  }
  found.sort((a, b) => a.f - b.f);
  const length = Math.sqrt(square) || 1;
  return { features: Int32Array.from(found, x => x.f), values: Float64Array.from(found, x => x.v / length) };
}

/** The mean of the plain classifier's weights and of the one's that sees terms by their ratio; the last is the bias. */
function weightsOf(vectors: readonly Sparse[], positive: readonly boolean[], terms: number): Float64Array {
  const { rounds, cost, ratioCost } = ROUTE_DEFAULTS;
  const plain = trainLinear(vectors, positive, terms, { cost, rounds });
  const ratio = ratiosOf(vectors, positive, terms);
  const stretched = vectors.map(({ features, values }) => ({
    features,
    values: values.map((v, k) => v * (ratio[features[k] ?? 0] ?? 0)),
  }));
  const other = trainLinear(stretched, positive, terms, { cost: ratioCost, rounds });
  return plain.map((w, f) => (w + (other[f] ?? 0) * (ratio[f] ?? 1)) / 2);
}
/** How much oftener a term stands in messages of the label than in others, or the other way round, as a logarithm. */
function ratiosOf(vectors: readonly Sparse[], positive: readonly boolean[], terms: number): Float64Array {
  const [inside, outside] = [new Float64Array(terms).fill(1), new Float64Array(terms).fill(1)];
  vectors.forEach(({ features }, i) => {
    const counts = positive[i] ? inside : outside;
    for (const f of features) counts[f] = (counts[f] ?? 0) + 1;
  });
  const sum = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);
  const even = Math.log(sum(outside) / sum(inside));
  return inside.map((n, f) => Math.abs(Math.log(n / (outside[f] ?? 1)) + even));
}

/** Trains a model; rows in any order give a model of their own, the same rows the same bytes. */
export function trainRoute(rows: readonly (Message & { readonly label: string })[]): RouteModel {
  const labels = [...new Set(rows.map(r => r.label))].sort();
  const counted = rows.map(countTerms);
  const spread = new Map<string, number>();
  for (const counts of counted) for (const term of counts.keys()) spread.set(term, (spread.get(term) ?? 0) + 1);
  const kept = [...spread]
    .filter(([, n]) => n >= ROUTE_DEFAULTS.leastItems && n <= rows.length * 0.5)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, ROUTE_DEFAULTS.mostTerms)
    .map(([term]) => term)
    .sort();
  const numberOf = new Map(kept.map((term, i) => [term, i]));
  const rarity = kept.map(term => rounded(Math.log((rows.length + 1) / ((spread.get(term) ?? 0) + 1)) + 1));
  const vectors = counted.map(counts => toSparse(counts, numberOf, rarity));
  const weights = labels.map(label => {
    const positive = rows.map(r => r.label === label);
    return weightsOf(vectors, positive, kept.length);
  });
  const terms: Record<string, number[]> = {};
  kept.forEach((term, f) => {
    terms[term] = [rarity[f] ?? 0, ...weights.map(w => rounded(w[f] ?? 0))];
  });
  return {
    format: 'huiyin-route-1',
    labels,
    items: rows.length,
    terms,
    bias: weights.map(w => rounded(w[kept.length] ?? 0)),
  };
}

/** A model made ready once for many messages. */
export function makeRouter(model: RouteModel): (message: Message) => Proposal {
  const names = Object.keys(model.terms);
  const numberOf = new Map(names.map((term, i) => [term, i]));
  const rarity = names.map(term => model.terms[term]?.[0] ?? 0);
  const weights = model.labels.map((_, l) => {
    const w = new Float64Array(names.length + 1);
    names.forEach((term, f) => (w[f] = model.terms[term]?.[l + 1] ?? 0));
    w[names.length] = model.bias[l] ?? 0;
    return w;
  });
  return message => {
    const row = toSparse(countTerms(message), numberOf, rarity);
    const margins = weights.map(w => margin(w, row));
    const best = margins.reduce((b, m, i) => (m > (margins[b] ?? 0) ? i : b), 0);
    const sharp = margins.map(m => Math.exp(2 * (m - (margins[best] ?? 0))));
    const share = 1 / sharp.reduce((a, b) => a + b, 0);
    const because = [...row.features]
      .map((f, k) => ({ term: names[f] ?? '', weight: rounded((weights[best]?.[f] ?? 0) * (row.values[k] ?? 0)) }))
      .filter(x => x.weight > 0)
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, BECAUSE);
    return { label: model.labels[best] ?? '', score: rounded(share), because };
  };
}
const rounded = (x: number): number => Math.round(x * 1e4) / 1e4;

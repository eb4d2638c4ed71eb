/**
 * Do two texts speak of the same event or topic? Readable likenesses (likeness.ts) into small boosted trees (boost.ts); one
 * of the likenesses is itself learnt: a linear vote of what both share and of what only one says, by dual coordinate descent
 * (linear.ts), always made by a fifth of the pairs that did not teach it (stacking: Wolpert, 1992). No neural model, no chance:
 * the same pairs give the same bytes. Lexical at heart: it knows no synonyms.
 */
import { BOOST_DEFAULTS, type Boosted, boostedScore, type Node, trainBoosted } from './boost.ts';
import { LIKENESSES, likenesses, prepare, type Prepared, type Rarity } from './likeness.ts';
import { type Sparse, trainLinear } from './linear.ts';
import { makeSpace, type SpaceModel, trainSpace } from './lsa.ts';
import { makeWitnesses } from './witnesses.ts';

export type SimilarTask = 'event' | 'topic';
export interface SimilarModel {
  readonly format: 'huiyin-similar-4';
  readonly task: SimilarTask;
  readonly pairs: number;
  readonly threshold: number;
  readonly likenesses: readonly string[];
  readonly bias: number;
  /** Each tree as nodes: [likeness, threshold, node if at most, node if above] or [what it adds to the log odds]. */
  readonly trees: readonly (readonly Node[])[];
  /** Weights of the learnt vote: `+` before what both say, `-` before what only one says. */
  readonly vote: Readonly<Record<string, number>>;
  readonly voteBias: number;
  readonly space: SpaceModel;
  /** Compared texts of the training pairs: what third texts say of two. */
  readonly witnesses: readonly string[];
  /** Gram → in how many training texts it stands, for those in more than one. */
  readonly frequency: Readonly<Record<string, number>>;
  readonly texts: number;
  readonly meanLength: number;
}
export interface Pair {
  readonly a: string;
  readonly b: string;
}
const FOLDS = 5;
/** More would make the model large and a question slow. */
const MOST_WITNESSES = 40_000;
const VOTE = { cost: 0.05, rounds: 20, leastPairs: 4 } as const;
const LEARNED = LIKENESSES.indexOf('learned');

export function trainSimilar(task: SimilarTask, pairs: readonly (Pair & { readonly label: boolean })[]): SimilarModel {
  const labels = pairs.map(p => p.label);
  const plain = pairs.flatMap(p => [prepare(p.a), prepare(p.b)]);
  const frequency = new Map<string, number>();
  for (const p of plain)
    for (const grams of p.grams) for (const g of grams.keys()) frequency.set(g, (frequency.get(g) ?? 0) + 1);
  const texts = plain.length;
  const meanLength = Math.max(1, Math.round(plain.reduce((n, p) => n + p.text.length, 0) / Math.max(1, texts)));
  const kept = Object.fromEntries([...frequency].filter(([, n]) => n > 1).sort(([a], [b]) => (a < b ? -1 : 1)));
  const rarity = rarityOf(kept, texts, meanLength);
  const space = trainSpace(
    plain.map(p => p.grams[1] ?? new Map()),
    rarity.of,
  );
  const inSpace = makeSpace(space, rarity.of);
  const witnesses = [...new Set(plain.map(p => p.text))].slice(0, MOST_WITNESSES);
  const among = makeWitnesses(witnesses);
  const prepared = pairs.map(p => [prepare(p.a, inSpace, among), prepare(p.b, inSpace, among)] as const);
  const rows = prepared.map(([a, b]) => likenesses(a, b, rarity, among));
  const votes = prepared.map(([a, b]) => votesOf(a, b));
  // What the trees see of the vote must be as good as it will be on pairs it never saw.
  for (let fold = 0; fold < FOLDS; fold++) {
    const vote = trainVote(
      votes.filter((_, i) => i % FOLDS !== fold),
      labels.filter((_, i) => i % FOLDS !== fold),
    );
    votes.forEach((v, i) => {
      if (i % FOLDS === fold) (rows[i] as number[])[LEARNED] = vote.score(v);
    });
  }
  const vote = trainVote(votes, labels);
  const { scores, grown } = outOfFold(rows, labels);
  return {
    format: 'huiyin-similar-4',
    task,
    pairs: pairs.length,
    threshold: bestThreshold(scores, labels),
    likenesses: LIKENESSES,
    ...meanOf([trainBoosted(rows, labels, BOOST_DEFAULTS), ...grown]),
    vote: vote.weights,
    voteBias: vote.bias,
    space,
    witnesses,
    frequency: kept,
    texts,
    meanLength,
  };
}
/** Scores of each fifth by trees grown on the others: the threshold must not be chosen on pairs the trees know. */
function outOfFold(rows: readonly (readonly number[])[], labels: readonly boolean[]) {
  const scores = rows.map(() => 0);
  const grown: Boosted[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const boosted = trainBoosted(
      rows.filter((_, i) => i % FOLDS !== fold),
      labels.filter((_, i) => i % FOLDS !== fold),
      BOOST_DEFAULTS,
    );
    grown.push(boosted);
    rows.forEach((row, i) => {
      if (i % FOLDS === fold) scores[i] = rounded(sigmoid(boostedScore(boosted, row)));
    });
  }
  return { scores, grown };
}
/**
 * Those that were grown for the threshold decide too, with those grown on all pairs: the mean of several errs less than one
 * (cross-validation committees: Parmanto, Munro and Doyle, 1996), and they are there already.
 */
function meanOf(committee: readonly Boosted[]): Boosted {
  const share = 1 / committee.length;
  return {
    bias: rounded(committee.reduce((sum, { bias }) => sum + bias * share, 0)),
    trees: committee.flatMap(({ trees }) =>
      trees.map(nodes => nodes.map((node): Node => (node.length === 1 ? [finer(node[0] * share)] : node))),
    ),
  };
}
const rarityOf = (frequency: Readonly<Record<string, number>>, texts: number, meanLength: number): Rarity => {
  const known = new Map(Object.entries(frequency));
  return { texts, meanLength, of: g => Math.log((texts + 1) / ((known.get(g) ?? 1) + 0.5)) };
};

/** What both say and what only one says, in bigrams. */
function votesOf(a: Prepared, b: Prepared): readonly string[] {
  const out: string[] = [];
  const [x, y] = [a.grams[1] ?? new Map<string, number>(), b.grams[1] ?? new Map<string, number>()];
  for (const g of x.keys()) out.push(`${y.has(g) ? '+' : '-'}${g}`);
  for (const g of y.keys()) if (!x.has(g)) out.push(`-${g}`);
  return out;
}
interface Vote {
  readonly weights: Readonly<Record<string, number>>;
  readonly bias: number;
  readonly score: (votes: readonly string[]) => number;
}
function makeVote(weights: Readonly<Record<string, number>>, bias: number): Vote {
  const known = new Map(Object.entries(weights));
  return {
    weights,
    bias,
    score: votes => rounded(votes.reduce((s, v) => s + (known.get(v) ?? 0), 0) / Math.sqrt(votes.length || 1) + bias),
  };
}
function trainVote(votes: readonly (readonly string[])[], labels: readonly boolean[]): Vote {
  const spread = new Map<string, number>();
  for (const list of votes) for (const v of list) spread.set(v, (spread.get(v) ?? 0) + 1);
  const kept = [...spread]
    .filter(([, n]) => n >= VOTE.leastPairs)
    .map(([v]) => v)
    .sort();
  const numberOf = new Map(kept.map((v, i) => [v, i]));
  const rows = votes.map((list): Sparse => {
    const features = Int32Array.from(list.flatMap(v => numberOf.get(v) ?? [])).sort();
    return { features, values: new Float64Array(features.length).fill(1 / Math.sqrt(list.length || 1)) };
  });
  const weights = trainLinear(rows, labels, kept.length, VOTE);
  return makeVote(
    Object.fromEntries(kept.map((v, i) => [v, rounded(weights[i] ?? 0)])),
    rounded(weights[kept.length] ?? 0),
  );
}

/**
 * The score from which on "the same" is to be expected to give the highest F1 (Lipton, Elkan and Naryanaswamy, "Optimal
 * thresholding of classifiers to maximize F1", 2014), where a straight line through the log odds makes probabilities of the
 * scores (Platt, 1999). Counted on the pairs themselves the height stands where an accident of a few pairs puts it.
 */
function bestThreshold(scores: readonly number[], labels: readonly boolean[]): number {
  const odds = scores.map(s => Math.log(Math.max(s, 1e-5) / Math.max(1 - s, 1e-5)));
  const line = lineThrough(odds, labels);
  const sorted = odds.map((x, i) => ({ s: scores[i] ?? 0, p: sigmoid(line.slope * x + line.bias) }));
  sorted.sort((a, b) => b.s - a.s);
  const all = sorted.reduce((sum, { p }) => sum + p, 0);
  let hits = 0;
  const f1 = sorted.map(({ p }, i) => (2 * (hits += p)) / (i + 1 + all));
  const best = f1.reduce((at, f, i) => (f > (f1[at] ?? 0) ? i : at), 0);
  return rounded(sorted[best]?.s ?? 0.5);
}
/** Logistic regression on one number by Newton's steps; a little shrunk, for pairs that a number parts without fault. */
function lineThrough(
  xs: readonly number[],
  labels: readonly boolean[],
): { readonly slope: number; readonly bias: number } {
  const SHRINK = 1;
  let [slope, bias] = [1, 0];
  for (let step = 0; step < 20; step++) {
    let [g, h, gx, hx, hxx] = [0, 1e-9, SHRINK * (slope - 1), 0, SHRINK];
    xs.forEach((x, i) => {
      const p = sigmoid(slope * x + bias);
      const [error, weight] = [p - (labels[i] ? 1 : 0), p * (1 - p)];
      g += error;
      gx += error * x;
      h += weight;
      hx += weight * x;
      hxx += weight * x * x;
    });
    const determinant = h * hxx - hx * hx;
    bias -= (g * hxx - gx * hx) / determinant;
    slope -= (gx * h - g * hx) / determinant;
  }
  return { slope, bias };
}
export function makeSimilar(model: SimilarModel): (pair: Pair) => { readonly score: number; readonly same: boolean } {
  const rarity = rarityOf(model.frequency, model.texts, model.meanLength);
  const space = makeSpace(model.space, rarity.of);
  const vote = makeVote(model.vote, model.voteBias);
  const among = makeWitnesses(model.witnesses);
  const boosted: Boosted = model;
  return pair => {
    const [a, b] = [prepare(pair.a, space, among), prepare(pair.b, space, among)];
    const row = likenesses(a, b, rarity, among);
    row[LEARNED] = vote.score(votesOf(a, b));
    const score = rounded(sigmoid(boostedScore(boosted, row)));
    return { score, same: score >= model.threshold };
  };
}
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const rounded = (x: number): number => Math.round(x * 1e5) / 1e5;
const finer = (x: number): number => Math.round(x * 1e7) / 1e7;

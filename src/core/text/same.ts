/**
 * The same thing once: exact copies, near copies, updates. Candidates come from an inverted index over a sample of each
 * text's shingles (those whose hash falls in a thirty-second of the range, never fewer than the sixteen smallest: Broder's
 * mod-sampling, 1997, with a floor for short texts); the verdict is always the exact containment of the full sets.
 * Unlike MinHash bands this keeps recall on truncated copies, because a sampled shingle of the long text is looked up
 * with every shingle of the short one.
 */
import { appendFolded, distinctOf, type Folded, hashInto, makeFolded, textOf } from './comparable.ts';
import type { Item } from './match.ts';
import { makeShingleIndex, makeShingleSet } from './shingle-index.ts';

export type SameKind = 'first' | 'exact' | 'near' | 'update';
export interface Sameness {
  readonly id: string;
  readonly kind: SameKind;
  /** Always an earlier `first`; null for a first. */
  readonly of: string | null;
  /** 0..1, four decimals; 1 for exact copies, 0 for a first that resembles nothing. */
  readonly similarity: number;
}
export interface SameOptions {
  /** Least similarity that counts. */
  readonly near: number;
  /** How many of the newest firsts stay comparable; all where it is absent. */
  readonly window?: number;
  /** Of how many of the newest characters of firsts; the newest first always is. */
  readonly characters?: number;
}
export const SAME_DEFAULTS: SameOptions = { near: 0.55 };
/** Shorter texts say too little to be called near copies of each other. */
export const SHORTEST_NEAR = 40;

const SAMPLE_BELOW = 2 ** 32 / 32;
const SAMPLE_AT_LEAST = 16;
/** A candidate's similarity as the sample estimates it may fall this far short before the exact check is spared. */
const ESTIMATE_SLACK = 0.4;

interface First {
  readonly id: string;
  /** Without its text: what is compared is kept once, folded. */
  readonly item: { readonly [K in 'title' | 'outlet' | 'url' | 'publishedAt']?: Item[K] | undefined };
  /** Characters of its text as it came. */
  readonly length: number;
  readonly folded: string;
  /** Shingles, repetitions counted: enough for an estimate. */
  readonly size: number;
  readonly sampled: number;
  /** Distinct shingles; counted when first asked for, 0 until then. */
  distinct: number;
}
/** Folds a stream: call it once per item, in order. The same order gives the same answer. */
export interface Folder {
  (item: Item): Sameness;
  /** The same for an item whose compared title and text the caller has made already. */
  readonly judge: (item: Item, folded: Folded) => Sameness;
  /** Of what it would be a copy, remembering nothing. */
  readonly find: (item: Item, folded: Folded) => Sameness;
  /** Takes an item as a first without asking what it resembles. */
  readonly remember: (item: Item, folded: Folded) => void;
  /** Memory of the index, without the firsts' texts. */
  readonly bytes: () => number;
  /** Characters of the firsts' compared texts. */
  readonly characters: () => number;
}

export function makeFolder(options: SameOptions = SAME_DEFAULTS): Folder {
  const exact = new Map<string, number>();
  const firsts: First[] = [];
  let characters = 0;
  const index = makeShingleIndex(options.window !== undefined);
  /** The first that has not left the window, and the characters of the items from it on. */
  let oldest = 0;
  let inWindow = 0;
  const set = makeShingleSet();
  const counter = makeShingleSet();
  const own = makeFolded();
  const other = makeFolded();
  let hashes = new Uint32Array(4096);
  let others = new Uint32Array(4096);
  let counts = new Uint16Array(1024);
  let estimates = new Float32Array(1024);
  const touched: number[] = [];

  /** Firsts that share enough sampled shingles, by estimate the most alike first: the others are then given up early. */
  function candidates(n: number): readonly number[] {
    touched.length = 0;
    index.count(hashes, n, counts, touched, oldest);
    const least = options.near * ESTIMATE_SLACK;
    const likely: number[] = [];
    for (const c of touched) {
      const first = firsts[c] as First;
      const common = ((counts[c] ?? 0) / first.sampled) * first.size;
      const estimate = common / Math.min(first.size, n);
      if (estimate >= least) likely.push(c);
      estimates[c] = estimate;
      counts[c] = 0;
    }
    return likely.length < 2
      ? likely
      : likely.sort((a, b) => (estimates[b] as number) - (estimates[a] as number) || a - b);
  }
  /** Of the shingles of a first: into `others`, how many. */
  function shinglesOf(first: First): number {
    setUnits(other, first.folded);
    if (others.length < other.length) others = new Uint32Array(other.length * 2);
    return hashInto(others, other);
  }
  function keep(item: Item, folded: string, n: number): void {
    const number = firsts.length;
    if (number >= counts.length) {
      counts = grown(counts);
      estimates = new Float32Array(counts.length);
    }
    exact.set(folded, number);
    const sample = folded.length >= SHORTEST_NEAR ? sampleOf(hashes.subarray(0, n)) : hashes.subarray(0, 0);
    for (const shingle of sample) index.add(shingle, number);
    const { id, title, outlet, url, publishedAt } = item;
    characters += folded.length;
    inWindow += item.text.length;
    firsts.push({
      id,
      item: { title, outlet, url, publishedAt },
      folded,
      length: item.text.length,
      size: n,
      sampled: Math.max(1, sample.length),
      distinct: 0,
    });
    leave();
  }
  /** What leaves the window gives its text back; the index passes over its number. */
  function leave(): void {
    const { window = Infinity, characters: most = Infinity } = options;
    for (;;) {
      const first = firsts[oldest];
      if (!first || (firsts.length - oldest <= window && inWindow - first.length < most)) return;
      if (exact.get(first.folded) === oldest) exact.delete(first.folded);
      inWindow -= first.length;
      characters -= first.folded.length;
      firsts[oldest++] = { ...first, item: {}, folded: '' };
    }
  }

  /** Shingles of the text `find` looked at last: as many as there are, repetitions counted. */
  let shingled = 0;
  const find = (item: Item, units: Folded): Sameness => {
    shingled = 0;
    const folded = textOf(units);
    const known = exact.get(folded);
    if (known !== undefined) return { id: item.id, kind: 'exact', of: firsts[known]?.id ?? null, similarity: 1 };
    if (hashes.length < units.length) hashes = new Uint32Array(units.length * 2);
    const n = (shingled = hashInto(hashes, units));
    let best: First | undefined;
    let nearest = 0;
    let highest = 0;
    let size = 0;
    if (folded.length >= SHORTEST_NEAR) {
      for (const c of candidates(n)) {
        if (size === 0) size = set.take(hashes, n);
        const first = firsts[c] as First;
        let all = shinglesOf(first);
        if (first.distinct === 0) first.distinct = all = counter.take(others, all);
        const smaller = Math.min(size, first.distinct);
        const likeness = set.common(others, all, highest * smaller - 1e-6) / smaller;
        // Of those equally alike the earliest.
        if (likeness < highest || (likeness === highest && c > nearest)) continue;
        [best, highest, nearest] = [first, likeness, c];
      }
    }
    if (best && highest >= options.near) {
      const kind = isUpdate(item, best.item) ? 'update' : 'near';
      return { id: item.id, kind, of: best.id, similarity: rounded(highest) };
    }
    return { id: item.id, kind: 'first', of: null, similarity: rounded(highest) };
  };
  const judge = (item: Item, units: Folded): Sameness => {
    const found = find(item, units);
    // Compared texts have their distinct shingles at the front; the rest are repetitions of them.
    if (found.of === null) keep(item, textOf(units), shingled);
    return found;
  };
  const remember = (item: Item, units: Folded): void => {
    if (hashes.length < units.length) hashes = new Uint32Array(units.length * 2);
    keep(item, textOf(units), hashInto(hashes, units));
  };
  const fold = (item: Item): Sameness => {
    own.length = 0;
    if (item.title !== undefined) appendFolded(own, item.title);
    appendFolded(own, item.text);
    return judge(item, own);
  };
  return Object.assign(fold, {
    judge,
    find,
    remember,
    bytes: () => index.bytes() + counts.byteLength,
    characters: () => characters,
  });
}

/** The distinct shingles under the bound, or the sixteen smallest where those are fewer. */
function sampleOf(hashes: Uint32Array): Uint32Array {
  // A looser bound that leaves some fifty in the mean spares sorting the rest.
  for (const bound of [Math.max(SAMPLE_BELOW, (2 ** 32 / Math.max(1, hashes.length)) * 48), 2 ** 32]) {
    const under = distinctOf(hashes.filter(h => h < bound));
    if (under.length < SAMPLE_AT_LEAST && bound < 2 ** 32) continue;
    return under.filter((h, i) => i < SAMPLE_AT_LEAST || h < SAMPLE_BELOW);
  }
  return hashes;
}
function setUnits(folded: Folded, text: string): void {
  if (folded.units.length < text.length) folded.units = new Uint16Array(text.length * 2);
  for (let i = 0; i < text.length; i++) folded.units[i] = text.charCodeAt(i);
  folded.length = text.length;
}

/** The same outlet published the same page or headline again later, with a changed text. */
function isUpdate(item: Item, first: First['item']): boolean {
  if (item.outlet === undefined || item.outlet !== first.outlet) return false;
  const samePage = item.url !== undefined && item.url === first.url;
  const sameTitle = item.title !== undefined && item.title !== '' && item.title === first.title;
  if (!samePage && !sameTitle) return false;
  if (item.publishedAt === undefined || first.publishedAt === undefined) return false;
  return Date.parse(item.publishedAt) > Date.parse(first.publishedAt);
}
const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;
function grown(old: Uint16Array): Uint16Array<ArrayBuffer> {
  const next = new Uint16Array(old.length * 2);
  next.set(old);
  return next;
}

/**
 * The same thing once: exact copies, near copies, updates. Candidates come from an inverted index over a sample of each
 * text's shingles (those whose hash falls in a thirty-second of the range, never fewer than the sixteen smallest: Broder's
 * mod-sampling, 1997, with a floor for short texts). Unlike MinHash bands this keeps recall on truncated copies, because a
 * sampled shingle of the long text is looked up with every shingle of the short one.
 *
 * The verdict is the exact containment of the full sets, against the compared texts of the newest firsts; of older ones,
 * past `texts` characters, a bit map of some four bits a shingle is kept, and the containment is an estimate from that
 * (sketch.ts), within a few hundredths. The bit maps also spare most comparisons with texts that cannot be the nearest.
 */
import { appendFolded, distinctOf, type Folded, hashInto, makeFolded } from './comparable.ts';
import { makeExactTable } from './exact-table.ts';
import { makeFirsts } from './firsts.ts';
import type { Item } from './match.ts';
import { makeShingleIndex, makeShingleSet } from './shingle-index.ts';
import { makeSketches } from './sketch.ts';

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
  /** Compared characters of the newest firsts that are kept for the exact verdict; sixteen million where it is absent. */
  readonly texts?: number;
}
export const SAME_DEFAULTS: SameOptions = { near: 0.55 };
/** Shorter texts say too little to be called near copies of each other. */
export const SHORTEST_NEAR = 40;

const SAMPLE_BELOW = 2 ** 32 / 32;
const SAMPLE_AT_LEAST = 16;
/** A candidate's similarity as the sample estimates it may fall this far short before the check is spared. */
const ESTIMATE_SLACK = 0.4;
const MOST_TEXT = 2 ** 24;

/** Folds a stream: call it once per item, in order. The same order gives the same answer. */
export interface Folder {
  (item: Item): Sameness;
  /**
   * The same for an item whose compared title and text the caller has made already, where only copies are of interest: a
   * first has 0 for its similarity here, and what falls short of a copy is not looked at closely.
   */
  readonly judge: (item: Item, folded: Folded) => Sameness;
  /** Of what it would be a copy, remembering nothing; a first has 0 for its similarity here. */
  readonly find: (item: Item, folded: Folded) => Sameness;
  /** Takes an item as a first without asking what it resembles. */
  readonly remember: (item: Item, folded: Folded) => void;
  /** Memory of all but the firsts' ids and texts. */
  readonly bytes: () => number;
  /** Characters of the compared texts that are kept. */
  readonly characters: () => number;
}

export function makeFolder(options: SameOptions = SAME_DEFAULTS): Folder {
  const least = options.near * ESTIMATE_SLACK;
  const firsts = makeFirsts(options.texts ?? MOST_TEXT, least);
  const exact = makeExactTable();
  const index = makeShingleIndex(options.window !== undefined);
  const sketches = makeSketches();
  /** The first that has not left the window, and the characters of the items from it on. */
  let oldest = 0;
  let inWindow = 0;
  const set = makeShingleSet();
  const counter = makeShingleSet();
  const own = makeFolded();
  let hashes = new Uint32Array(4096);
  let others = new Uint32Array(4096);
  let sample = new Uint32Array(1024);
  let counts = new Uint16Array(1024);
  let touched = new Int32Array(1024);

  /** Firsts that share enough sampled shingles, by estimate the most alike first: the others are then given up early. */
  function candidates(n: number): readonly number[] {
    const found = index.count(hashes, n, counts, touched, oldest);
    const likely: { readonly first: number; readonly estimate: number }[] = [];
    for (let t = 0; t < found; t++) {
      const first = touched[t] as number;
      const count = counts[first] as number;
      counts[first] = 0;
      if (!firsts.mayResemble(first, count, n)) continue;
      const size = firsts.size(first);
      const common = (count / firsts.sampled(first)) * size;
      const estimate = common / Math.min(size, n);
      if (estimate >= least) likely.push({ first, estimate });
    }
    if (likely.length > 1) likely.sort((a, b) => b.estimate - a.estimate || a.first - b.first);
    return likely.map(l => l.first);
  }
  /** The bit map bounds from above what is common, and from below how many distinct shingles there are. */
  function mayReach(first: number, count: number, fewestHere: number, bar: number): boolean {
    const size = firsts.size(first);
    const fewest = Math.min(fewestHere, firsts.distinct(first) || sketches.least(first, size));
    return sketches.most(first, size, hashes, count) >= bar * fewest - 1e-6;
  }
  /** How alike the text at hand, of `size` distinct shingles, and a first are; less, or nothing, where it is not above `bar`. */
  function likeness(first: number, size: number, bar: number): number {
    const all = firsts.size(first);
    if (!firsts.hasText(first)) {
      const { common, distinct } = sketches.estimate(first, all, hashes, size);
      const smaller = Math.min(size, distinct);
      return Math.min(1, common / smaller);
    }
    const known = firsts.distinct(first);
    const units = firsts.text(first);
    if (others.length < units.length) others = new Uint32Array(units.length * 2);
    let n = hashInto(others, units);
    if (known === 0) firsts.setDistinct(first, (n = counter.take(others, n)));
    const smaller = Math.min(size, firsts.distinct(first));
    return set.common(others, n, bar * smaller - 1e-6) / smaller;
  }
  /** Keeps the text whose shingles are at hand and whose sums the table of exact texts has. */
  function keep(item: Item, folded: Folded, n: number): void {
    const isLong = folded.length >= SHORTEST_NEAR;
    const number = firsts.add(item, folded, n, isLong ? sampleOf(n) : 0);
    if (number >= counts.length) {
      const old = counts;
      counts = new Uint16Array(Math.ceil(old.length * 1.5));
      counts.set(old);
      touched = new Int32Array(counts.length);
    }
    exact.add(oldest);
    for (let s = 0; s < (isLong ? firsts.sampled(number) : 0); s++) index.add(sample[s] as number, number);
    sketches.put(hashes, isLong ? n : 0);
    inWindow += item.text.length;
    leave();
  }
  /** What leaves the window gives its text and its bit map back; the index passes over its number. */
  function leave(): void {
    const { window = Infinity, characters: most = Infinity } = options;
    const before = oldest;
    while (oldest < firsts.count()) {
      if (firsts.count() - oldest <= window && inWindow - firsts.length(oldest) < most) break;
      inWindow -= firsts.length(oldest++);
    }
    if (oldest === before) return;
    firsts.release(oldest);
    sketches.release(oldest);
  }
  /** The distinct shingles under the bound, or the sixteen smallest where those are fewer: into `sample`, how many. */
  function sampleOf(n: number): number {
    // A looser bound that leaves some fifty in the mean spares sorting the rest.
    for (const bound of [Math.max(SAMPLE_BELOW, (2 ** 32 / Math.max(1, n)) * 48), 2 ** 32]) {
      if (sample.length < n) sample = new Uint32Array(n * 2);
      let under = 0;
      for (let i = 0; i < n; i++) if ((hashes[i] as number) < bound) sample[under++] = hashes[i] as number;
      const distinct = distinctOf(sample.subarray(0, under)).length;
      if (distinct < SAMPLE_AT_LEAST && bound < 2 ** 32) continue;
      let kept = Math.min(distinct, SAMPLE_AT_LEAST);
      while (kept < distinct && (sample[kept] as number) < SAMPLE_BELOW) kept++;
      return kept;
    }
    return 0;
  }

  /** Shingles of the text `find` looked at last: as many as there are, repetitions counted. */
  let shingled = 0;
  /** `floor`: what is less alike than this is not looked at closely. */
  const look = (item: Item, units: Folded, floor: number): Sameness => {
    shingled = 0;
    exact.sum(units);
    const known = exact.find(oldest);
    if (known >= 0 && firsts.isText(known, units))
      return { id: item.id, kind: 'exact', of: firsts.id(known), similarity: 1 };
    if (hashes.length < units.length) hashes = new Uint32Array(units.length * 2);
    const n = (shingled = hashInto(hashes, units));
    let best = -1;
    let highest = 0;
    if (units.length >= SHORTEST_NEAR) {
      let size = 0;
      let fewest = 0;
      for (const first of candidates(n)) {
        const bar = Math.max(highest, floor);
        if (fewest === 0) fewest = set.fewest(hashes, n);
        if (bar > 0 && !mayReach(first, size || n, fewest, bar)) continue;
        if (size === 0) fewest = size = set.take(hashes, n);
        const found = likeness(first, size, bar);
        // Of those equally alike the earliest.
        if (found < highest || (found === highest && first > best)) continue;
        [best, highest] = [first, found];
      }
    }
    if (best >= 0 && highest >= options.near) {
      const kind = firsts.isUpdate(best, item) ? 'update' : 'near';
      return { id: item.id, kind, of: firsts.id(best), similarity: rounded(highest) };
    }
    return { id: item.id, kind: 'first', of: null, similarity: floor > 0 ? 0 : rounded(highest) };
  };
  const find = (item: Item, units: Folded): Sameness => look(item, units, options.near);
  const judge = (item: Item, units: Folded, floor = options.near): Sameness => {
    const found = look(item, units, floor);
    // Compared texts have their distinct shingles at the front; the rest are repetitions of them.
    if (found.of === null) keep(item, units, shingled);
    return found;
  };
  const remember = (item: Item, units: Folded): void => {
    exact.sum(units);
    if (hashes.length < units.length) hashes = new Uint32Array(units.length * 2);
    keep(item, units, hashInto(hashes, units));
  };
  const fold = (item: Item): Sameness => {
    own.length = 0;
    if (item.title !== undefined) appendFolded(own, item.title);
    appendFolded(own, item.text);
    return judge(item, own, 0);
  };
  return Object.assign(fold, {
    judge,
    find,
    remember,
    bytes: () =>
      index.bytes() + exact.bytes() + sketches.bytes() + firsts.bytes() + counts.byteLength + touched.byteLength,
    characters: firsts.characters,
  });
}
const rounded = (x: number): number => Math.round(x * 10_000) / 10_000;

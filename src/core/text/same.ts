/**
 * The same thing once: exact copies, near copies, updates. Candidates come from an inverted index over a sample of each
 * text's shingles (those whose hash falls in a sixteenth of the range, never fewer than the sixteen smallest: Broder's
 * mod-sampling with a floor for short texts); the verdict is always the exact containment of the full sets.
 * Unlike MinHash bands this keeps recall on truncated copies, because a sampled shingle of the long text is looked up
 * with every shingle of the short one.
 */
import { comparable, shingles, similarity } from './comparable.ts';
import type { Item } from './match.ts';

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
}
export const SAME_DEFAULTS: SameOptions = { near: 0.55 };
/** Shorter texts say too little to be called near copies of each other. */
export const SHORTEST_NEAR = 40;

const SAMPLE_BELOW = 2 ** 32 / 16;
const SAMPLE_AT_LEAST = 16;
/** A candidate's similarity as the sample estimates it may fall this far short before the exact check is spared. */
const ESTIMATE_SLACK = 0.4;
/** Shingles of boilerplate stand in very many texts; their posting lists stop growing here (memory, time per text). */
const LONGEST_POSTING = 4096;

interface First {
  readonly item: Item;
  readonly folded: string;
  readonly size: number;
  readonly sampled: number;
}

/** Folds a stream: call it once per item, in order. The same order gives the same answer. */
export function makeFolder(options: SameOptions = SAME_DEFAULTS): (item: Item) => Sameness {
  const exact = new Map<string, number>();
  const firsts: First[] = [];
  const postings = new Map<number, number[]>();
  let counts = new Uint16Array(1024);

  function candidates(set: Uint32Array): readonly number[] {
    const touched: number[] = [];
    for (const shingle of set) {
      for (const first of postings.get(shingle) ?? []) {
        if (counts[first] === 0) touched.push(first);
        counts[first] = (counts[first] ?? 0) + 1;
      }
    }
    const least = options.near * ESTIMATE_SLACK;
    const likely = touched.filter(n => {
      const first = firsts[n] as First;
      const common = ((counts[n] ?? 0) / first.sampled) * first.size;
      return common / Math.min(first.size, set.length) >= least;
    });
    for (const n of touched) counts[n] = 0;
    return likely.sort((a, b) => a - b);
  }

  function remember(item: Item, folded: string, set: Uint32Array): void {
    const index = firsts.length;
    if (index >= counts.length) counts = grown(counts);
    exact.set(folded, index);
    let sampled = 0;
    if (folded.length >= SHORTEST_NEAR) {
      // Sorted by hash: the sample is a prefix of the set.
      while (sampled < set.length && (sampled < SAMPLE_AT_LEAST || (set[sampled] ?? 0) < SAMPLE_BELOW)) {
        const shingle = set[sampled++] ?? 0;
        const list = postings.get(shingle);
        if (!list) postings.set(shingle, [index]);
        else if (list.length < LONGEST_POSTING) list.push(index);
      }
    }
    firsts.push({ item, folded, size: set.length, sampled: Math.max(1, sampled) });
  }

  return item => {
    const folded = comparable(item.title, item.text);
    const known = exact.get(folded);
    if (known !== undefined) return { id: item.id, kind: 'exact', of: firsts[known]?.item.id ?? null, similarity: 1 };
    const set = shingles(folded);
    let best: First | undefined;
    let highest = 0;
    if (folded.length >= SHORTEST_NEAR) {
      for (const n of candidates(set)) {
        const first = firsts[n] as First;
        const likeness = similarity(set, shingles(first.folded));
        if (likeness > highest) [best, highest] = [first, likeness];
      }
    }
    if (best && highest >= options.near) {
      const kind = isUpdate(item, best.item) ? 'update' : 'near';
      return { id: item.id, kind, of: best.item.id, similarity: rounded(highest) };
    }
    remember(item, folded, set);
    return { id: item.id, kind: 'first', of: null, similarity: rounded(highest) };
  };
}

/** The same outlet published the same page or headline again later, with a changed text. */
function isUpdate(item: Item, first: Item): boolean {
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

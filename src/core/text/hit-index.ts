/**
 * What hits in the item at hand, by term: which terms do, and where each does, in the order of the text. Flat arrays that are
 * used again for every item; what a text marked is taken away along its hits, so that no item pays for the number of terms.
 */
import { type Hits, NONE } from './scan.ts';

export interface HitIndex {
  /** One bit a term that hits, and one behind the last that is always set: small enough to stay in the processor's nearest cache. */
  readonly bits: Int32Array;
  readonly has: (term: number) => boolean;
  /** The first hit of a term, and the next of the same term after one; NONE where there is none. */
  readonly first: (term: number) => number;
  readonly next: (hit: number) => number;
  /** Takes up the marks of these hits: how many lists `lists` holds. */
  readonly take: (hits: Hits) => number;
  /** Takes their marks away: before the next item's hits overwrite them. */
  readonly clear: () => void;
  /** What waits for the terms that hit. */
  readonly lists: Int32Array;
}
/** `begins`: what waits for a term, as it is handed out in `lists`; 0 where nothing does. */
export function makeHitIndex(begins: Int32Array): HitIndex {
  const count = begins.length;
  // Two words a term, in one line of the cache: its first hit, and its list.
  const ofTerm = new Int32Array(count * 2);
  for (let term = 0; term < count; term++) {
    ofTerm[term * 2] = NONE;
    ofTerm[term * 2 + 1] = begins[term] as number;
  }
  const bits = new Int32Array((count >>> 5) + 1);
  bits[count >>> 5] = 1 << (count & 31);
  const lists = new Int32Array(count + 1);
  let later = new Int32Array(256);
  let marked: Int32Array = later;
  let marks = 0;

  return {
    bits,
    lists,
    has: term => term >= 0 && (((bits[term >>> 5] as number) >>> (term & 31)) & 1) === 1,
    first: term => (term < 0 ? NONE : (ofTerm[term * 2] as number)),
    next: hit => later[hit] as number,
    take(hits) {
      marked = hits.terms;
      marks = hits.count;
      if (later.length < marks) later = new Int32Array(marked.length);
      let found = 0;
      // From the last to the first: each term is left with its first, and each hit knows the one after it.
      for (let h = marks - 1; h >= 0; h--) {
        const term = marked[h] as number;
        const after = ofTerm[term * 2] as number;
        const list = ofTerm[term * 2 + 1] as number;
        ofTerm[term * 2] = h;
        later[h] = after;
        bits[term >>> 5] = (bits[term >>> 5] as number) | (1 << (term & 31));
        // Kept where this is the first mark of the term and something waits: no branch, for nobody could guess it.
        lists[found] = list;
        found += (after & (list | -list)) >>> 31;
      }
      return found;
    },
    clear() {
      for (let h = 0; h < marks; h++) {
        const term = marked[h] as number;
        ofTerm[term * 2] = NONE;
        bits[term >>> 5] = 0;
      }
      bits[count >>> 5] = 1 << (count & 31);
      marks = 0;
    },
  };
}

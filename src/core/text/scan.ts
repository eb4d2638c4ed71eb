/**
 * Finds every occurrence of many terms in a text: a walk of a trie from each start, without failure links (Aho and Corasick,
 * 1975), on folded UTF-16 units; all overlapping hits are reported. The walks of a stretch of text go down together, a
 * character at a time: each pass asks the table for every walk that is left and keeps those that lead on by writing all and
 * counting only these (as column stores select: Ross, "Selection conditions in main memory", 2004). So no branch depends on
 * the text and no question waits for the answer to another: twice as fast as walking from each start in turn, where most time
 * went into wrongly guessed branches and into waiting for memory.
 */
import { makeTermTrie, NONE, type Table } from './term-trie.ts';

export { NONE };

/** Hits of one or more scans, in flat arrays that grow: objects for each hit would cost more than finding it. */
export interface Hits {
  count: number;
  /** The index given to `makeScanner`. */
  terms: Int32Array;
  /** UTF-16 offset; the end is that plus the term's length. */
  starts: Int32Array;
}
export interface Scanner {
  /** Appends every occurrence to `hits`; those of one term stand in the order of the text. */
  readonly scan: (text: string, hits: Hits) => void;
}
export const makeHits = (): Hits => ({ count: 0, terms: new Int32Array(256), starts: new Int32Array(256) });
/** From so many hits on no further stretch is looked at: 10 MB of text that hit at every character by more than one term end here. */
export const MOST_HITS = 2 ** 24;
/** Starts that are walked from together: enough to keep the processor busy, few enough to stay in its nearest cache. */
const STRETCH = 2048;

function room(hits: Hits, least: number): void {
  if (hits.terms.length >= least) return;
  const size = Math.max(least, hits.terms.length * 2);
  const [terms, starts] = [new Int32Array(size), new Int32Array(size)];
  terms.set(hits.terms);
  starts.set(hits.starts);
  Object.assign(hits, { terms, starts });
}

/** Terms must not be empty; equal terms (after folding) are one entry for each index, all reported. */
export function makeScanner(given: readonly string[]): Scanner {
  const { classOf, baseOf, single, seconds, further, sameEnd, longest } = makeTermTrie(given);
  const stretch = Math.max(STRETCH, longest);
  /** Classes of a stretch and of what a walk from its last start can reach. */
  const classes = new Uint16Array(stretch + longest + 1);
  /** The stretch as it lies in memory: copying it is cheaper than asking the string for each of its units. */
  const unitsOf = new Uint16Array(classes.length);
  const bytes = Buffer.from(unitsOf.buffer);
  /** The walks that are left: where each began, and its place in the table or the base it asks next. */
  const at = new Int32Array(stretch + 1);
  const place = new Int32Array(stretch + 1);

  function read(text: string, from: number, units: number): void {
    bytes.write(units === text.length ? text : text.slice(from, from + units), 0, 'utf16le');
    for (let i = 0; i < units; i++) classes[i] = classOf[unitsOf[i] as number] as number;
    classes[units] = 0;
  }
  /** The walks whose first two characters lead on: how many. */
  function begin(starts: number): number {
    const { check } = seconds;
    const mask = check.length - 1;
    let left = 0;
    let base = baseOf[classes[0] as number] as number;
    for (let start = 0; start < starts; start++) {
      const second = classes[start + 1] as number;
      const slot = (base + second) & mask;
      at[left] = start;
      place[left] = slot;
      left += (((check[slot] as number) ^ base) - 1) >>> 31;
      base = baseOf[second] as number;
    }
    return left;
  }
  /** One character further: how many of the walks are left. */
  function step(walks: number, depth: number): number {
    const { check } = further;
    const mask = check.length - 1;
    let left = 0;
    for (let walk = 0; walk < walks; walk++) {
      const start = at[walk] as number;
      const base = place[walk] as number;
      const slot = (base + (classes[start + depth] as number)) & mask;
      at[left] = start;
      place[left] = slot;
      left += (((check[slot] as number) ^ base) - 1) >>> 31;
    }
    return left;
  }
  /** Reports the terms that end where the walks have come to: how many can go on. */
  function arrive({ entries }: Table, walks: number, from: number, hits: Hits): number {
    room(hits, hits.count + walks);
    const { terms, starts } = hits;
    let { count } = hits;
    let left = 0;
    for (let walk = 0; walk < walks; walk++) {
      const start = at[walk] as number;
      const entry = (place[walk] as number) * 2;
      const base = entries[entry] as number;
      const term = entries[entry + 1] as number;
      terms[count] = term;
      starts[count] = from + start;
      count += ~term >>> 31;
      at[left] = start;
      place[left] = base;
      left += ~base >>> 31;
    }
    hits.count = count;
    return left;
  }
  function addSingles(of: Int32Array, starts: number, from: number, hits: Hits): void {
    for (let start = 0; start < starts; start++) {
      const term = of[classes[start] as number] as number;
      if (term !== NONE) add(hits, term, from + start);
    }
  }
  function addEqual(next: Int32Array, first: number, hits: Hits): void {
    for (let h = first, last = hits.count; h < last; h++)
      for (let t = next[hits.terms[h] as number] as number; t !== NONE; t = next[t] as number)
        add(hits, t, hits.starts[h] as number);
  }

  return {
    scan(text, hits) {
      for (let from = 0; from < text.length && hits.count < MOST_HITS; from += stretch) {
        const first = hits.count;
        const starts = Math.min(stretch, text.length - from);
        read(text, from, Math.min(stretch + longest, text.length - from));
        if (single) addSingles(single, starts, from, hits);
        let left = arrive(seconds, begin(starts), from, hits);
        for (let depth = 2; left > 0; depth++) left = arrive(further, step(left, depth), from, hits);
        if (sameEnd) addEqual(sameEnd, first, hits);
      }
    },
  };
}
function add(hits: Hits, term: number, start: number): void {
  if (hits.count === hits.terms.length) room(hits, hits.count + 1);
  hits.terms[hits.count] = term;
  hits.starts[hits.count++] = start;
}

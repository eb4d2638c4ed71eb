/**
 * Finds every occurrence of many terms in a text: a start-anchored walk of a trie (Fredkin, "Trie memory", 1960) behind a
 * hashed bitmap of the terms' first two characters (Bloom's filter with one hash, 1970), so that most starts cost one bit;
 * no failure links (Aho and Corasick, 1975): with short terms a walk from each start is faster in a JavaScript engine.
 * Works on folded UTF-16 units and reports all overlapping hits.
 *
 * The trie is compact: states are numbered depth first, so a state's first child is the next number and a chain of single
 * children is read in order from memory; only further children stand in one open-addressed table keyed by (state, class).
 * Building sorts the terms and is linear in their length after that; a term's length bounds the time per character.
 */
import { FOLD } from './fold.ts';

/** Hits of one or more scans, in flat arrays that grow: objects for each hit would cost more than finding it. */
export interface Hits {
  count: number;
  /** The index given to `makeScanner`. */
  terms: Int32Array;
  /** UTF-16 offset; the end is that plus the term's length. */
  starts: Int32Array;
}
export interface Scanner {
  /** Appends every occurrence to `hits`, by start, shorter terms first. */
  readonly scan: (text: string, hits: Hits) => void;
}
const NONE = -1;
export const makeHits = (): Hits => ({ count: 0, terms: new Int32Array(256), starts: new Int32Array(256) });
function grow(hits: Hits): void {
  const terms = new Int32Array(hits.terms.length * 2);
  terms.set(hits.terms);
  const starts = new Int32Array(hits.starts.length * 2);
  starts.set(hits.starts);
  Object.assign(hits, { terms, starts });
}
/** Every term of a chain of equal ones, at one start. */
function add(hits: Hits, first: number, start: number, sameEnd: Int32Array): void {
  for (let t = first; t !== NONE; t = sameEnd[t] as number) {
    if (hits.count === hits.terms.length) grow(hits);
    hits.terms[hits.count] = t;
    hits.starts[hits.count++] = start;
  }
}

/** Sixteen bits a term keep the filter sparse; 2^22 bits (512 KB) stay in a processor's cache. */
const filterBits = (terms: number): number => Math.min(22, Math.max(10, Math.ceil(Math.log2(terms + 1)) + 4));
const tableBits = (entries: number): number => Math.ceil(Math.log2(entries * 2 + 16));
const GOLDEN = 0x9e3779b1;
/** Flags of a state beside the class of its first child. */
const ENDS = 1 << 16;
const BRANCHES = 1 << 17;
/** Several terms given are equal after folding. */
const SHARED = 1 << 18;
const CLASS = 0xffff;

/** Terms must not be empty; equal terms (after folding) are one entry for each index, all reported. */
export function makeScanner(given: readonly string[]): Scanner {
  // Class 0 = a unit that stands in no term. Every unit takes the class of its folded form: a text needs no folding first.
  const classOf = new Uint16Array(0x10000);
  let classes = 1;
  let total = 1;
  const folded = given.map(term => {
    if (term.length === 0) throw new RangeError('an empty term cannot be searched for');
    total += term.length;
    const units = new Array<number>(term.length);
    for (let i = 0; i < term.length; i++) {
      const unit = FOLD[term.charCodeAt(i)] ?? 0;
      if (classOf[unit] === 0 && classes < 0xffff) classOf[unit] = classes++;
      units[i] = unit;
    }
    return String.fromCharCode(...units);
  });
  for (let unit = 0; unit < 0x10000; unit++) classOf[unit] = classOf[FOLD[unit] ?? 0] ?? 0;
  const order = folded.map((_, i) => i).sort((a, b) => byText(folded[a] ?? '', folded[b] ?? '') || a - b);

  /** Class of the first child, and flags. */
  const node = new Int32Array(total);
  /** First term that ends in a state; `sameEnd` chains the others. */
  const ends = new Int32Array(total).fill(NONE);
  const sameEnd = new Int32Array(given.length).fill(NONE);
  const branchBits = tableBits(total);
  const branchMask = 2 ** branchBits - 1;
  const branchState = new Int32Array(2 ** branchBits).fill(NONE);
  const branchClass = new Uint16Array(2 ** branchBits);
  const branchTarget = new Int32Array(2 ** branchBits);
  const slotOf = (state: number, c: number): number =>
    Math.imul(Math.imul(state, 0x85ebca6b) ^ c, GOLDEN) >>> (32 - branchBits);
  const bits = filterBits(given.length);
  const filter = new Int32Array(2 ** (bits - 5));
  /** First term of one character by class. */
  const single = new Int32Array(classes).fill(NONE);

  /** The first two characters of terms and the state they lead to, in the order of the terms. */
  const pairs: { readonly key: number; readonly state: number }[] = [];
  const path: number[] = [0];
  let states = 1;
  let before = '';
  for (const t of order) {
    const term = folded[t] ?? '';
    let depth = 0;
    while (depth < term.length && depth < before.length && term.charCodeAt(depth) === before.charCodeAt(depth)) depth++;
    for (; depth < term.length; depth++) {
      const parent = path[depth] ?? 0;
      const c = classOf[term.charCodeAt(depth)] ?? 0;
      const state = states++;
      path[depth + 1] = state;
      if (depth < 2) {
        if (depth === 1) pairs.push({ key: (Math.imul(classOf[term.charCodeAt(0)] ?? 0, classes) + c) | 0, state });
      } else if (((node[parent] ?? 0) & CLASS) === 0) node[parent] = (node[parent] ?? 0) | c;
      else {
        node[parent] = (node[parent] ?? 0) | BRANCHES;
        let slot = slotOf(parent, c);
        while (branchState[slot] !== NONE) slot = (slot + 1) & branchMask;
        branchState[slot] = parent;
        branchClass[slot] = c;
        branchTarget[slot] = state;
      }
    }
    const end = path[term.length] ?? 0;
    node[end] = (node[end] ?? 0) | ENDS;
    if (ends[end] !== NONE) node[end] = (node[end] ?? 0) | SHARED;
    sameEnd[t] = ends[end] ?? NONE;
    ends[end] = t;
    if (term.length === 1) single[classOf[term.charCodeAt(0)] ?? 0] = t;
    before = term;
  }
  // Four words an entry, in one line of the processor's cache: key, state, the state's node, the term that ends there.
  const pairBits = tableBits(pairs.length);
  const pairMask = 2 ** pairBits - 1;
  const pairTable = new Int32Array(2 ** (pairBits + 2)).fill(NONE);
  for (const { key, state } of pairs) {
    const hash = Math.imul(key, GOLDEN);
    const bit = hash >>> (32 - bits);
    filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    let slot = hash >>> (32 - pairBits);
    while (pairTable[slot * 4 + 1] !== NONE) slot = (slot + 1) & pairMask;
    pairTable.set([key, state, node[state] ?? 0, ends[state] ?? NONE], slot * 4);
  }

  const scan: Scanner['scan'] = (text, hits) => {
    const length = text.length;
    let next = length > 0 ? (classOf[text.charCodeAt(0)] as number) : 0;
    for (let start = 0; start < length; start++) {
      const c = next;
      next = start + 1 < length ? (classOf[text.charCodeAt(start + 1)] as number) : 0;
      if (c === 0) continue;
      if (single[c] !== NONE) add(hits, single[c] as number, start, sameEnd);
      if (next === 0) continue;
      const key = (Math.imul(c, classes) + next) | 0;
      const hash = Math.imul(key, GOLDEN);
      const bit = hash >>> (32 - bits);
      if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
      let slot = hash >>> (32 - pairBits);
      let state = pairTable[slot * 4 + 1] as number;
      while (state !== NONE && pairTable[slot * 4] !== key) {
        slot = (slot + 1) & pairMask;
        state = pairTable[slot * 4 + 1] as number;
      }
      if (state === NONE) continue;
      let here = pairTable[slot * 4 + 2] as number;
      if ((here & ENDS) !== 0) {
        const term = pairTable[slot * 4 + 3] as number;
        if ((here & SHARED) !== 0 || hits.count === hits.terms.length) add(hits, term, start, sameEnd);
        else {
          hits.terms[hits.count] = term;
          hits.starts[hits.count++] = start;
        }
      }
      for (let i = start + 2; i < length; i++) {
        const k = classOf[text.charCodeAt(i)] as number;
        if (k === 0) break;
        if ((here & CLASS) === k) state++;
        else if ((here & BRANCHES) === 0) break;
        else {
          let at = slotOf(state, k);
          while (branchState[at] !== NONE && !(branchState[at] === state && branchClass[at] === k))
            at = (at + 1) & branchMask;
          if (branchState[at] === NONE) break;
          state = branchTarget[at] as number;
        }
        here = node[state] as number;
        if ((here & ENDS) !== 0) add(hits, ends[state] as number, start, sameEnd);
      }
    }
  };
  return { scan };
}
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

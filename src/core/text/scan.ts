/**
 * Finds every occurrence of many terms in a text: a start-anchored walk of a trie behind a class-bigram bitmap
 * (Aho and Corasick's trie, 1975, without failure links: the bitmap rejects nearly every start, so walking from each
 * start is faster in a JavaScript engine than carrying links). Works on folded UTF-16 units; all overlapping hits.
 *
 * The trie's edges stand in one open-addressed table keyed by (state, class). Building is linear in the total length.
 */
import { FOLD } from './fold.ts';

export interface Scanner {
  readonly terms: number;
  /** Calls `hit` for every occurrence, by start, shorter terms first. `term` is the index given to `makeScanner`. */
  readonly scan: (text: string, hit: (term: number, from: number, to: number) => void) => void;
}

/** Size of the bigram filter: sixteen bits a term keep it sparse; 2^22 bits (512 KB) stay in a processor's cache. */
const filterBits = (terms: number): number => Math.min(22, Math.max(10, Math.ceil(Math.log2(terms + 1)) + 4));
const NONE = -1;

const mix = (a: number, b: number): number => (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 0;

/** Terms must not be empty; equal terms (after folding) are one entry for each index, all reported. */
export function makeScanner(terms: readonly string[]): Scanner {
  // Class 0 = a unit that stands in no term.
  const classOf = new Uint16Array(0x10000);
  let classes = 1;
  let total = 1;
  for (const term of terms) {
    if (term.length === 0) throw new RangeError('an empty term cannot be searched for');
    total += term.length;
    for (let i = 0; i < term.length; i++) {
      const unit = FOLD[term.charCodeAt(i)] ?? 0;
      if (classOf[unit] === 0) classOf[unit] = classes++;
    }
  }
  // Every unit takes the class of its folded form, so a text needs no folding before the scan.
  const classOfAny = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) classOfAny[unit] = classOf[FOLD[unit] ?? 0] ?? 0;

  const capacity = 1 << Math.ceil(Math.log2(total * 2 + 16));
  const mask = capacity - 1;
  const keyState = new Int32Array(capacity).fill(NONE);
  const keyClass = new Uint16Array(capacity);
  const target = new Int32Array(capacity);
  /** First term that ends in a state; `sameEnd` chains the others. */
  const ends = new Int32Array(total + 1).fill(NONE);
  const sameEnd = new Int32Array(terms.length).fill(NONE);
  const bits = filterBits(terms.length);
  const filterMask = 2 ** bits - 1;
  const filter = new Uint32Array(2 ** (bits - 5));
  /** Classes that are a whole term of one unit: they bypass the bigram filter. */
  const single = new Uint8Array(classes);
  let states = 1;

  for (let t = 0; t < terms.length; t++) {
    const term = terms[t] ?? '';
    let state = 0;
    for (let i = 0; i < term.length; i++) {
      const c = classOfAny[term.charCodeAt(i)] ?? 0;
      let slot = mix(state, c) & mask;
      while (keyState[slot] !== NONE && !(keyState[slot] === state && keyClass[slot] === c)) slot = (slot + 1) & mask;
      if (keyState[slot] === NONE) {
        keyState[slot] = state;
        keyClass[slot] = c;
        target[slot] = states++;
      }
      state = target[slot] ?? 0;
    }
    sameEnd[t] = ends[state] ?? NONE;
    ends[state] = t;
    const first = classOfAny[term.charCodeAt(0)] ?? 0;
    if (term.length === 1) single[first] = 1;
    else {
      const bit = mix(first, classOfAny[term.charCodeAt(1)] ?? 0) & filterMask;
      filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  const scan: Scanner['scan'] = (text, hit) => {
    const length = text.length;
    let next = length > 0 ? (classOfAny[text.charCodeAt(0)] ?? 0) : 0;
    for (let start = 0; start < length; start++) {
      const c = next;
      next = start + 1 < length ? (classOfAny[text.charCodeAt(start + 1)] ?? 0) : 0;
      if (c === 0) continue;
      if (single[c] === 0) {
        if (next === 0) continue;
        const bit = mix(c, next) & filterMask;
        if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) continue;
      }
      let state = 0;
      for (let i = start; i < length; i++) {
        const k = classOfAny[text.charCodeAt(i)] ?? 0;
        if (k === 0) break;
        let slot = mix(state, k) & mask;
        while (keyState[slot] !== NONE && !(keyState[slot] === state && keyClass[slot] === k)) slot = (slot + 1) & mask;
        if (keyState[slot] === NONE) break;
        state = target[slot] ?? 0;
        for (let t = ends[state] ?? NONE; t !== NONE; t = sameEnd[t] ?? NONE) hit(t, start, i + 1);
      }
    }
  };
  return { terms: terms.length, scan };
}

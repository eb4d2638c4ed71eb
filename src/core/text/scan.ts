/**
 * Finds every occurrence of many terms in a text: a start-anchored walk of a trie (Fredkin, "Trie memory", 1960), without
 * failure links (Aho and Corasick, 1975): with short terms a walk from each start is faster in a JavaScript engine.
 * Works on folded UTF-16 units and reports all overlapping hits.
 *
 * The first two characters, which is as far as most starts get, are one step in a double array (Aoe, "An efficient digital
 * search algorithm by using a double-array structure", 1989): `check[base[first] + second] = first`, sixteen bits an entry,
 * so that it stays in the processor's nearest caches. What leads on from a pair is asked of a mask of 32 bits over the third
 * characters (Bloom's filter with one hash, 1970) before the trie itself is touched. Below that, states are numbered depth
 * first: a state's first child is the next number and a chain of single children is read in order from memory; only further
 * children stand in one open-addressed table keyed by (state, class).
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
  /** Appends every occurrence to `hits`: by start, shorter terms first, equal ones in the order given. */
  readonly scan: (text: string, hits: Hits) => void;
}
const NONE = -1;
export const makeHits = (): Hits => ({ count: 0, terms: new Int32Array(256), starts: new Int32Array(256) });
/** Hits looked for in one field: 10 MB of text that hit at every character by more than one term end here. */
export const MOST_HITS = 2 ** 24;
function grow(hits: Hits): Hits {
  const terms = new Int32Array(hits.terms.length * 2);
  terms.set(hits.terms);
  const starts = new Int32Array(hits.starts.length * 2);
  starts.set(hits.starts);
  return Object.assign(hits, { terms, starts });
}
/** Every term of a chain of equal ones, at one start. */
function addAll(hits: Hits, first: number, start: number, sameEnd: Int32Array): void {
  for (let t = first; t !== NONE; t = sameEnd[t] as number) {
    if (hits.count === hits.terms.length) grow(hits);
    hits.terms[hits.count] = t;
    hits.starts[hits.count++] = start;
  }
}

const GOLDEN = 0x9e3779b1;
/** Flags of a state beside the class of its first child. */
const ENDS = 1 << 16;
const BRANCHES = 1 << 17;
/** A child without children of its own. */
const LEAF = 1 << 16;
const CLASS = 0xffff;
/** Words of one entry: two masks of third characters, state, first term that ends here. */
const PAIR = 4;
/** Words of one child: parent, its class and flags, child, first term that ends there. A power of two, so that no entry lies across two lines of the cache. */
const BRANCH = 4;
const FREE = 0xffff;
const MOST_TRIES = 1000;

/** Terms must not be empty; equal terms (after folding) are one entry for each index, all reported. */
export function makeScanner(given: readonly string[]): Scanner {
  const { classOf, classes, folded, total } = classify(given);
  const { rows, nodes, sameEnd, single, branches } = makeTrie(folded, classOf, classes, total);
  const singles = single.some(t => t !== NONE);
  /** Some terms given are equal after folding. */
  const shared = sameEnd.some(t => t !== NONE);
  const { table: branchTable, bits: branchBits } = hashed(branches, nodes);
  const branchMask = 2 ** branchBits * BRANCH - 1;
  const { base, check } = fit(rows);
  const wrap = check.length - 1;
  const pairs = new Int32Array(check.length * PAIR).fill(NONE);
  rows.forEach((row, first) => {
    for (const { second, state, low, high } of row)
      pairs.set([low, high, state, nodes[state * 2 + 1] ?? NONE], (((base[first] ?? 0) + second) & wrap) * PAIR);
  });

  const scan: Scanner['scan'] = (text, hits) => {
    const length = text.length;
    let { count, terms, starts } = hits;
    let next = length > 0 ? (classOf[text.charCodeAt(0)] as number) : 0;
    for (let start = 0; start < length; start++) {
      const c = next;
      next = start + 1 < length ? (classOf[text.charCodeAt(start + 1)] as number) : 0;
      if (singles && single[c] !== NONE && count < MOST_HITS) {
        hits.count = count;
        addAll(hits, single[c] as number, start, sameEnd);
        ({ count, terms, starts } = hits);
      }
      const slot = ((base[c] as number) + next) & wrap;
      if (check[slot] !== c) continue;
      if (count >= MOST_HITS) break;
      const term = pairs[slot * PAIR + 3] as number;
      if (term !== NONE) {
        if (count === terms.length) ({ terms, starts } = grow(hits));
        terms[count] = term;
        starts[count++] = start;
        if (shared && sameEnd[term] !== NONE) {
          hits.count = count;
          addAll(hits, sameEnd[term] as number, start, sameEnd);
          ({ count, terms, starts } = hits);
        }
      }
      let i = start + 2;
      let k = i < length ? (classOf[text.charCodeAt(i)] as number) : 0;
      if ((((pairs[slot * PAIR + ((k >>> 5) & 1)] as number) >>> (k & 31)) & 1) === 0) continue;
      let state = pairs[slot * PAIR + 2] as number;
      let here = BRANCHES;
      while (k !== 0) {
        let end = NONE;
        if ((here & CLASS) === k) {
          state++;
          here = nodes[state * 2] as number;
          if ((here & ENDS) !== 0) end = nodes[state * 2 + 1] as number;
        } else if ((here & BRANCHES) === 0) break;
        else {
          let at = branchSlot(state, k, branchBits) * BRANCH;
          while (branchTable[at] !== state || ((branchTable[at + 1] as number) & CLASS) !== k) {
            if (branchTable[at] === NONE) break;
            at = (at + BRANCH) & branchMask;
          }
          if (branchTable[at] === NONE) break;
          state = branchTable[at + 2] as number;
          end = branchTable[at + 3] as number;
          // A child at which every term ends needs no look at its node.
          here = ((branchTable[at + 1] as number) & LEAF) !== 0 ? 0 : (nodes[state * 2] as number);
        }
        if (end !== NONE) {
          if (count === terms.length) ({ terms, starts } = grow(hits));
          terms[count] = end;
          starts[count++] = start;
          if (shared && sameEnd[end] !== NONE) {
            hits.count = count;
            addAll(hits, sameEnd[end] as number, start, sameEnd);
            ({ count, terms, starts } = hits);
          }
        }
        if ((here & (CLASS | BRANCHES)) === 0) break;
        i++;
        k = i < length ? (classOf[text.charCodeAt(i)] as number) : 0;
      }
    }
    hits.count = count;
  };
  return { scan };
}

/** Units that stand in some term, numbered from 1, the commonest first; every unit takes the class of its folded form: a text needs no folding first. */
function classify(given: readonly string[]) {
  const seen = new Int32Array(0x10000);
  let total = 1;
  const folded = given.map(term => {
    if (term.length === 0) throw new RangeError('an empty term cannot be searched for');
    total += term.length;
    const units = new Array<number>(term.length);
    for (let i = 0; i < term.length; i++) {
      const unit = FOLD[term.charCodeAt(i)] ?? 0;
      seen[unit] = (seen[unit] ?? 0) + 1;
      units[i] = unit;
    }
    return String.fromCharCode(...units);
  });
  const used = [...seen.keys()].filter(unit => (seen[unit] ?? 0) > 0);
  used.sort((a, b) => (seen[b] ?? 0) - (seen[a] ?? 0) || a - b);
  const classOf = new Uint16Array(0x10000);
  // Folding leaves fewer than 65,534 units: every one has its class, and FREE is none.
  used.forEach((unit, i) => (classOf[unit] = i + 1));
  for (let unit = 0; unit < 0x10000; unit++) classOf[unit] = classOf[FOLD[unit] ?? 0] ?? 0;
  return { classOf, classes: used.length + 1, folded, total };
}

interface Pair {
  readonly second: number;
  readonly state: number;
  /** Bits of the third classes that lead on: those with bit 5 clear, and set. */
  low: number;
  high: number;
}
/** The trie over sorted terms. `nodes` holds for each state the class of its first child with flags, and a term that ends there. */
function makeTrie(folded: readonly string[], classOf: Uint16Array, classes: number, total: number) {
  const order = folded.map((_, i) => i).sort((a, b) => byText(folded[a] ?? '', folded[b] ?? '') || b - a);
  const nodes = new Int32Array(total * 2);
  /** Chains the terms that end in one state. */
  const sameEnd = new Int32Array(folded.length).fill(NONE);
  const branches: number[] = [];
  /** First term of one character, by class. */
  const single = new Int32Array(classes).fill(NONE);
  const rows: Pair[][] = Array.from({ length: classes }, () => []);
  const path: number[] = [0];
  let states = 1;
  let before = '';
  let pair: Pair | undefined;
  for (const t of order) {
    const term = folded[t] ?? '';
    let depth = 0;
    while (depth < term.length && depth < before.length && term.charCodeAt(depth) === before.charCodeAt(depth)) depth++;
    for (; depth < term.length; depth++) {
      const parent = path[depth] ?? 0;
      const c = classOf[term.charCodeAt(depth)] ?? 0;
      const state = states++;
      path[depth + 1] = state;
      nodes[state * 2 + 1] = NONE;
      if (depth === 1) {
        pair = { second: c, state, low: 0, high: 0 };
        rows[classOf[term.charCodeAt(0)] ?? 0]?.push(pair);
      }
      if (depth < 2) continue;
      if (depth === 2 && pair) pair[(c & 32) === 0 ? 'low' : 'high'] |= 1 << (c & 31);
      const own = nodes[parent * 2] ?? 0;
      // Children of a pair all stand in the table: most walks end with the answer that it has no such child.
      if (depth > 2 && (own & CLASS) === 0) nodes[parent * 2] = own | c;
      else {
        nodes[parent * 2] = own | BRANCHES;
        branches.push(parent, c, state);
      }
    }
    const end = path[term.length] ?? 0;
    if (term.length === 1) {
      const c = classOf[term.charCodeAt(0)] ?? 0;
      sameEnd[t] = single[c] ?? NONE;
      single[c] = t;
    } else {
      const last = nodes[end * 2 + 1] ?? NONE;
      nodes[end * 2] = (nodes[end * 2] ?? 0) | ENDS;
      sameEnd[t] = last;
      nodes[end * 2 + 1] = t;
    }
    before = term;
  }
  return { rows, nodes: nodes.subarray(0, states * 2), sameEnd, single, branches };
}

const branchSlot = (state: number, c: number, bits: number): number =>
  Math.imul(Math.imul(state, 0x85ebca6b) ^ c, GOLDEN) >>> (32 - bits);
/** Children as an open-addressed table, at most half full. */
function hashed(branches: readonly number[], nodes: Int32Array) {
  const bits = Math.ceil(Math.log2((branches.length / 3) * 2 + 16));
  const mask = 2 ** bits * BRANCH - 1;
  const table = new Int32Array(2 ** bits * BRANCH).fill(NONE);
  for (let i = 0; i < branches.length; i += 3) {
    const state = branches[i] ?? 0;
    const c = branches[i + 1] ?? 0;
    const child = branches[i + 2] ?? 0;
    let at = branchSlot(state, c, bits) * BRANCH;
    while (table[at] !== NONE) at = (at + BRANCH) & mask;
    const leaf = ((nodes[child * 2] ?? 0) & (CLASS | BRANCHES)) === 0 ? LEAF : 0;
    table[at] = state;
    table[at + 1] = c | leaf;
    table[at + 2] = child;
    table[at + 3] = nodes[child * 2 + 1] ?? NONE;
  }
  return { table, bits };
}

/**
 * Bases of the rows so that no two entries meet, places counted round the table: long rows first, each at the first of a
 * sequence of repeatable places where all of it fits, in a table doubled until that takes few tries. A builder that tried
 * every place in turn took 40 s for 53,000 terms; this one is linear but for the constant MOST_TRIES.
 */
function fit(rows: readonly (readonly { readonly second: number }[])[]) {
  const entries = rows.reduce((n, row) => n + row.length, 0);
  const order = rows.map((_, first) => first).filter(first => (rows[first]?.length ?? 0) > 0);
  order.sort((a, b) => (rows[b]?.length ?? 0) - (rows[a]?.length ?? 0) || a - b);
  const base = new Int32Array(rows.length);
  // A class must not meet itself on the way round: the table is longer than there are classes.
  for (let size = 2 ** Math.ceil(Math.log2(Math.max(entries * 1.5, rows.length + 1, 16))); ; size *= 2) {
    const check = new Uint16Array(size).fill(FREE);
    const mask = size - 1;
    const fits = (first: number): boolean => {
      const row = rows[first] ?? [];
      let at = Math.imul(first, GOLDEN) & mask;
      for (let tries = 0; tries < MOST_TRIES; tries++, at = (at + 40_503) & mask) {
        let i = 0;
        while (i < row.length && check[(at + (row[i]?.second ?? 0)) & mask] === FREE) i++;
        if (i < row.length) continue;
        base[first] = at;
        for (const { second } of row) check[(at + second) & mask] = first;
        return true;
      }
      return false;
    };
    if (order.every(fits)) return { base, check };
  }
}
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A trie over terms (Fredkin, "Trie memory", 1960) as double arrays (Aoe, "An efficient digital search algorithm by using a
 * double-array structure", 1989): the children of a state stand at its base plus their class, and `check` says whose they
 * are. No two states share a base, so that the base itself is that name and a walk carries one number.
 *
 * The second characters have a table of their own, which every place of a text asks: it stays in the processor's nearest
 * caches. All further characters share the other; there a lone child, as most are, stands right behind its parent.
 * Building sorts the terms and is linear in their length after that, but for the constant MOST_TRIES.
 */
import { FOLD } from './fold.ts';

export const NONE = -1;
/** Children by base and class. Its length is a power of two; places are counted round it. */
export interface Table {
  /** Whose child stands here: the base of its parent. */
  readonly check: Int32Array;
  /** Two words an entry: the base of its own children (of the third and further characters), the last term that ends here. */
  readonly entries: Int32Array;
}
export interface TermTrie {
  /** Unit → class of its folded form; 0 where it stands in no term: a text needs no folding first. */
  readonly classOf: Uint16Array;
  /** Class of a first character → base of its second ones. */
  readonly baseOf: Int32Array;
  /** Class → last term of this one character; absent where no term is that short. */
  readonly single: Int32Array | undefined;
  readonly seconds: Table;
  readonly further: Table;
  /** Chains terms that are equal after folding, from the last given to the first; absent where there are none. */
  readonly sameEnd: Int32Array | undefined;
  /** Characters of the longest term. */
  readonly longest: number;
}

const GOLDEN = 0x9e3779b1;
/** No bases: what is compared with them differs in a bit below the highest. */
const FREE = 0x7fffffff;
const NOBODY = 0x3fffffff;
const MOST_TRIES = 1000;
/** Places for each entry. */
const ROOM = 1.3;
/** Places behind a parent at which its lone child is tried. */
const CLOSE = 16;

/** Terms must not be empty; equal terms (after folding) are one entry for each index. */
export function makeTermTrie(given: readonly string[]): TermTrie {
  const { classOf, classes, folded, total } = classify(given);
  const states = statesOf(folded, classOf, total);
  const { term, depth, firstChild } = states;
  const further = fit(states, classes, state => (depth[state] as number) > 1);
  const seconds = fit(states, classes, state => depth[state] === 1);
  const tableOf = ({ check, slotOf }: Fitted): Table => {
    const entries = new Int32Array(check.length * 2).fill(NONE);
    for (let state = 1; state < states.count; state++) {
      const slot = slotOf[state] as number;
      if (slot === NONE) continue;
      entries[slot * 2] = further.baseOf[state] as number;
      entries[slot * 2 + 1] = term[state] as number;
    }
    return { check, entries };
  };
  // What begins no term has a base all the same: one that no entry names as its parent's.
  const baseOf = new Int32Array(classes).fill(NOBODY);
  const single = new Int32Array(classes).fill(NONE);
  for (let state = firstChild[0] as number; state !== NONE; state = states.sibling[state] as number) {
    const first = states.symbol[state] as number;
    if (seconds.baseOf[state] !== NONE) baseOf[first] = seconds.baseOf[state] as number;
    single[first] = term[state] as number;
  }
  const some = (list: Int32Array): Int32Array | undefined => (list.some(t => t !== NONE) ? list : undefined);
  return {
    classOf,
    baseOf,
    single: some(single),
    seconds: tableOf(seconds),
    further: tableOf(further),
    sameEnd: some(states.sameEnd),
    longest: folded.reduce((most, t) => Math.max(most, t.length), 0),
  };
}

/** Units that stand in some term, numbered from 1, the commonest first; every unit takes the class of its folded form. */
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
  const used: number[] = [];
  for (let unit = 0; unit < 0x10000; unit++) if ((seen[unit] as number) > 0) used.push(unit);
  used.sort((a, b) => (seen[b] ?? 0) - (seen[a] ?? 0) || a - b);
  const classOf = new Uint16Array(0x10000);
  // Folding leaves fewer than 65,535 units: every one has its class.
  used.forEach((unit, i) => (classOf[unit] = i + 1));
  for (let unit = 0; unit < 0x10000; unit++) classOf[unit] = classOf[FOLD[unit] ?? 0] ?? 0;
  return { classOf, classes: used.length + 1, folded, total };
}

/** States in the order of a walk that goes down first: a parent before its children, 0 the root. */
interface States {
  readonly count: number;
  /** The class that leads to a state. */
  readonly symbol: Uint16Array;
  readonly depth: Uint16Array;
  readonly firstChild: Int32Array;
  readonly sibling: Int32Array;
  readonly children: Uint16Array;
  /** The last of the terms that end here. */
  readonly term: Int32Array;
  readonly sameEnd: Int32Array;
}
function statesOf(folded: readonly string[], classOf: Uint16Array, total: number): States {
  const order = folded.map((_, i) => i).sort((a, b) => byText(folded[a] ?? '', folded[b] ?? '') || a - b);
  const [symbol, depth, children] = [new Uint16Array(total), new Uint16Array(total), new Uint16Array(total)];
  const [firstChild, lastChild, sibling, term] = [0, 0, 0, 0].map(() => new Int32Array(total).fill(NONE)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const sameEnd = new Int32Array(folded.length).fill(NONE);
  const path: number[] = [0];
  let count = 1;
  let before = '';
  for (const t of order) {
    const own = folded[t] ?? '';
    let shared = 0;
    while (shared < own.length && shared < before.length && own.charCodeAt(shared) === before.charCodeAt(shared))
      shared++;
    for (; shared < own.length; shared++) {
      const parent = path[shared] as number;
      const state = count++;
      path[shared + 1] = state;
      symbol[state] = classOf[own.charCodeAt(shared)] as number;
      depth[state] = Math.min(shared + 1, 2);
      if (firstChild[parent] === NONE) firstChild[parent] = state;
      else sibling[lastChild[parent] as number] = state;
      lastChild[parent] = state;
      children[parent] = (children[parent] as number) + 1;
    }
    const end = path[own.length] as number;
    sameEnd[t] = term[end] as number;
    term[end] = t;
    before = own;
  }
  return { count, symbol, depth, firstChild, sibling, children, term, sameEnd };
}
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Fitted {
  readonly check: Int32Array;
  readonly baseOf: Int32Array;
  readonly slotOf: Int32Array;
}
/**
 * Bases for the children of the states asked for, so that no two entries meet. Many children first, each row at the first of a
 * sequence of repeatable places where all of it fits: in a part of the table that they nearly fill, for they are what most
 * walks ask; what finds none goes behind all of them. Then lone children, close behind their parent or in the first place
 * that is free. A table that is too small is doubled. A builder that tried every place for every row took 40 s for 53,000 terms.
 */
function fit(
  { count, symbol, firstChild, sibling, children }: States,
  classes: number,
  asked: (state: number) => boolean,
): Fitted {
  const parents: number[] = [];
  let entries = 0;
  for (let state = 1; state < count; state++) {
    if (firstChild[state] === NONE || !asked(state)) continue;
    entries += children[state] as number;
    parents.push(state);
  }
  const rows = parents.filter(state => (children[state] as number) > 1);
  rows.sort((a, b) => (children[b] as number) - (children[a] as number) || a - b);
  const together = rows.reduce((n, state) => n + (children[state] as number), 0);
  for (let room = ROOM; ; room *= 2) {
    const part = Math.max(1, Math.ceil(together * room));
    // A class must not meet itself on the way round: the table is longer than there are classes.
    const size = 2 ** Math.ceil(Math.log2(Math.max(entries * room, classes + 1, 16)));
    const mask = size - 1;
    const check = new Int32Array(size).fill(FREE);
    const taken = new Uint8Array(size);
    const baseOf = new Int32Array(count).fill(NONE);
    const slotOf = new Int32Array(count).fill(NONE);
    let last = 0;
    const put = (parent: number, base: number): void => {
      taken[base] = 1;
      baseOf[parent] = base;
      for (let child = firstChild[parent] as number; child !== NONE; child = sibling[child] as number) {
        const slot = (base + (symbol[child] as number)) & mask;
        check[slot] = base;
        slotOf[child] = slot;
        if (slot > last) last = slot;
      }
    };
    /** Rows alike in many children leave no place for one more among them: it is put behind all of them. */
    const fitsBehind = (parent: number): boolean => {
      let [least, most] = [classes, 0];
      for (let child = firstChild[parent] as number; child !== NONE; child = sibling[child] as number) {
        least = Math.min(least, symbol[child] as number);
        most = Math.max(most, symbol[child] as number);
      }
      const base = Math.max(0, last + 1 - least);
      if (base + most >= size || taken[base] === 1) return false;
      put(parent, base);
      return true;
    };
    const fits = (parent: number): boolean => {
      let base = (Math.imul(parent, GOLDEN) >>> 0) % part;
      for (let tries = 0; tries < MOST_TRIES; tries++, base = (base + 40_507) % part) {
        if (taken[base] === 1) continue;
        let child = firstChild[parent] as number;
        while (child !== NONE && check[(base + (symbol[child] as number)) & mask] === FREE)
          child = sibling[child] as number;
        if (child !== NONE) continue;
        put(parent, base);
        return true;
      }
      return fitsBehind(parent);
    };
    /** Before it nothing is looked for any more: a place passed over once would be passed over for every state that follows. */
    let free = 0;
    const fitsAlone = (parent: number): boolean => {
      const lone = symbol[firstChild[parent] as number] as number;
      const putAt = (slot: number): boolean => {
        const base = (slot - lone) & mask;
        if (check[slot] !== FREE || taken[base] === 1) return false;
        put(parent, base);
        return true;
      };
      const own = slotOf[parent] as number;
      if (own !== NONE) for (let far = 1; far <= CLOSE; far++) if (putAt((own + far) & mask)) return true;
      while (free < size && !putAt(free)) free++;
      return free++ < size;
    };
    if (rows.every(fits) && parents.every(parent => (children[parent] as number) > 1 || fitsAlone(parent)))
      return { check, baseOf, slotOf };
  }
}

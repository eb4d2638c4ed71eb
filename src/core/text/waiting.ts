/**
 * Which rules could hold, from the terms that hit: each waits under the terms of its likely rarest group (the pivot of a
 * conjunction: Yan and Garcia-Molina, "Index structures for selective dissemination of information", 1994) and is looked at
 * only where one of them hits. All of it lies in flat arrays: following objects costs more than the comparison they lead to.
 */
import type { HitIndex } from './hit-index.ts';
import type { CompiledRules } from './rules.ts';

export interface Waiting {
  /** By term: ~row of the one rule that waits for it, or where the list of several begins, or 0. */
  readonly begins: Int32Array;
  /** Finds the rules of which every group of terms has a hit, from what waits for the terms that hit: how many, in `rules`, in their order. */
  readonly find: (index: HitIndex, waiting: number) => number;
  readonly rules: Int32Array;
}
/**
 * Eight words a rule, half a line of the cache: terms of the likely rarest group beside the one it waits under, repeated
 * where they are fewer; its number; where its other groups begin. Most rules fail this one question, which has no branch.
 */
const ROW = 8;
const ASKED = 5;
const [NUMBER, OTHERS] = [ASKED, ASKED + 1];
const END = -1;
/** Up to so many numbers are sorted by hand: a call costs more. */
const FEW = 24;

export function makeWaiting(compiled: CompiledRules): Waiting {
  const { terms, underTerm, always } = compiled;
  const { rows, groups } = rowsOf(compiled);
  const begins = new Int32Array(terms.length);
  const lists: number[] = [END];
  underTerm.forEach((under = [], term) => {
    begins[term] = under.length === 1 ? ~(under[0] as number) : under.length === 0 ? 0 : lists.length;
    if (under.length > 1) for (const rule of [...under, END]) lists.push(rule);
  });
  const listed = Int32Array.from(lists);
  const most = always.length + underTerm.reduce((n, under) => n + (under?.length ?? 0), 0);
  const asked = new Int32Array(most + 1);
  const found = new Int32Array(most + 1);

  /** Lists the rows of the rules that wait for what hit. */
  function gather(waiting: Int32Array, count: number): number {
    let rules = 0;
    for (let w = 0; w < count; w++) {
      const begin = waiting[w] as number;
      if (begin < 0) asked[rules++] = ~begin * ROW;
      else for (let i = begin; listed[i] !== END; i++) asked[rules++] = (listed[i] as number) * ROW;
    }
    return rules;
  }
  /** Keeps those of which the first further group has a hit, by writing all and counting only these. */
  function sift(bits: Int32Array, rules: number): number {
    let left = 0;
    for (let r = 0; r < rules; r++) {
      const row = asked[r] as number;
      let hit = 0;
      for (let i = 0; i < ASKED; i++) {
        const term = rows[row + i] as number;
        hit |= (bits[term >>> 5] as number) >>> (term & 31);
      }
      asked[left] = row;
      left += hit & 1;
    }
    return left;
  }
  function othersHit(bits: Int32Array, begin: number): boolean {
    for (let at = begin; groups[at] !== 0;) {
      const end = at + 1 + (groups[at] as number);
      let hit = 0;
      for (let i = at + 1; i < end; i++) {
        const term = groups[i] as number;
        hit |= (bits[term >>> 5] as number) >>> (term & 31);
      }
      if ((hit & 1) === 0) return false;
      at = end;
    }
    return true;
  }
  return {
    begins,
    rules: found,
    find(index, waiting) {
      const { bits, lists: begun } = index;
      let count = 0;
      for (const rule of always) found[count++] = rule;
      const left = sift(bits, gather(begun, waiting));
      for (let r = 0; r < left; r++) {
        const row = asked[r] as number;
        if (othersHit(bits, rows[row + OTHERS] as number)) found[count++] = rows[row + NUMBER] as number;
      }
      return distinct(found, count);
    },
  };
}

/** Sorts numbers and drops repetitions (a rule of which two terms hit was found twice): how many are left. */
function distinct(list: Int32Array, count: number): number {
  if (count < 2) return count;
  if (count > FEW) list.subarray(0, count).sort();
  else
    for (let i = 1; i < count; i++) {
      const own = list[i] as number;
      let to = i;
      for (; to > 0 && (list[to - 1] as number) > own; to--) list[to] = list[to - 1] as number;
      list[to] = own;
    }
  let left = 1;
  for (let i = 1; i < count; i++) if (list[i] !== list[i - 1]) list[left++] = list[i] as number;
  return left;
}

function rowsOf({ rules, terms }: CompiledRules) {
  const rows = new Int32Array(rules.length * ROW);
  /** Further groups of each rule: how many terms, the terms, and so on, then 0. */
  const groups: number[] = [];
  rules.forEach(({ needs }, r) => {
    // The group under which it waits has hit.
    const further = needs.subarray(1 + (needs[0] ?? 0));
    const [size = 0] = further;
    const isAsked = size > 0 && size <= ASKED;
    // A group too large for the row is asked with the others; the bit behind the last term is always set.
    for (let i = 0; i < ASKED; i++) rows[r * ROW + i] = isAsked ? (further[1 + (i % size)] as number) : terms.length;
    rows[r * ROW + NUMBER] = r;
    rows[r * ROW + OTHERS] = groups.length;
    for (const word of isAsked ? further.subarray(1 + size) : further) groups.push(word);
    groups.push(0);
  });
  return { rows, groups: Int32Array.from(groups) };
}

/**
 * An inverted index over sampled shingles in typed arrays, and a set of shingles that is emptied by raising a stamp: what
 * `same.ts` looks candidates up in. No object a shingle.
 */

import { countOne, makeMemberLists } from './member-lists.ts';

const NONE = -1;
const GOLDEN = 0x9e3779b1;
const OTHER = 0x85ebca6b;
const TWO_TO_32 = 2 ** 32;
/** Places from which on a table counts as large. */
const LARGE = 2 ** 20;

export interface ShingleIndex {
  readonly add: (shingle: number, member: number) => void;
  /** Counts, for every member, under how many of the shingles it stands; returns how many were found: they begin `touched`. */
  readonly count: (
    hashes: Uint32Array,
    count: number,
    counts: Uint16Array,
    touched: Int32Array,
    /** Members before this one are passed over. */
    oldest: number,
  ) => number;
  readonly bytes: () => number;
}
/**
 * `newest`: a long list counts with its newest members and not with its oldest, as a moving window needs it. Most shingles
 * stand in one text only: such a member stands in the table itself, further ones in a list (member-lists.ts).
 */
export function makeShingleIndex(newest = false): ShingleIndex {
  let capacity = 4096;
  let keys = new Uint32Array(capacity);
  /** -1 free; from 0 on where a list stands; below -1 the one member, as -2 less its number. */
  let heads = new Int32Array(capacity).fill(NONE);
  /** Which shingles are held at all: most questions end here, in one of eight bits a place (Bloom, 1970, with one hash). */
  let filter = new Uint8Array(capacity);
  let known = 0;
  const lists = makeMemberLists(newest);

  // The product with an odd number spreads a shingle over the table; its high bits say where, whatever the table's length.
  const slotOf = (shingle: number): number => {
    let slot = Math.floor((Math.imul(shingle, GOLDEN) >>> 0) * (capacity / TWO_TO_32));
    while (heads[slot] !== NONE && keys[slot] !== shingle) if (++slot === capacity) slot = 0;
    return slot;
  };
  function mark(shingle: number): void {
    const bit = Math.floor((Math.imul(shingle, OTHER) >>> 0) * ((capacity * 8) / TWO_TO_32));
    filter[bit >>> 3] = (filter[bit >>> 3] as number) | (1 << (bit & 7));
  }
  /** Small tables are kept half empty, large ones grow by a quarter: there memory costs more than longer probes cost time. */
  function widen(): void {
    const [oldKeys, oldHeads] = [keys, heads];
    capacity = Math.ceil(capacity * (capacity < LARGE ? 2 : 1.25));
    keys = new Uint32Array(capacity);
    heads = new Int32Array(capacity).fill(NONE);
    filter = new Uint8Array(capacity);
    for (let i = 0; i < oldKeys.length; i++) {
      const head = oldHeads[i] as number;
      if (head === NONE) continue;
      const shingle = oldKeys[i] as number;
      const slot = slotOf(shingle);
      keys[slot] = shingle;
      heads[slot] = head;
      mark(shingle);
    }
  }
  return {
    add(shingle, member) {
      if (known > capacity * (capacity < LARGE ? 0.5 : 0.84)) widen();
      const slot = slotOf(shingle);
      const head = heads[slot] as number;
      if (head === NONE) {
        known++;
        keys[slot] = shingle;
        heads[slot] = -2 - member;
        mark(shingle);
      } else heads[slot] = head < NONE ? lists.begin(-2 - head, member) : lists.add(head, member);
    },
    count(hashes, count, counts, touched, oldest) {
      // Held in the loop's own names: what a closure shares is read anew at every step.
      const [ownFilter, scale] = [filter, (capacity * 8) / TWO_TO_32];
      let found = 0;
      for (let n = 0; n < count; n++) {
        const shingle = hashes[n] as number;
        const bit = Math.floor((Math.imul(shingle, OTHER) >>> 0) * scale);
        if (((ownFilter[bit >>> 3] as number) & (1 << (bit & 7))) === 0) continue;
        const head = heads[slotOf(shingle)] as number;
        if (head === NONE) continue;
        if (head >= 0) found = lists.count(head, counts, touched, found, oldest);
        else if (-2 - head >= oldest) found = countOne(-2 - head, counts, touched, found);
      }
      return found;
    },
    bytes: () => keys.byteLength + heads.byteLength + filter.byteLength + lists.bytes(),
  };
}

/** The distinct shingles of one text at a time. */
export interface ShingleSet {
  /** How many of the shingles are distinct at least, at a glance; exact but for a few in ten thousand. */
  readonly fewest: (hashes: Uint32Array, count: number) => number;
  /** Takes the shingles of a text as its own; returns how many are distinct, which are then the first in `hashes`. */
  readonly take: (hashes: Uint32Array, count: number) => number;
  /**
   * How many of its own shingles stand in another text. Ends early, with less, once the answer cannot reach `least`: what
   * is asked for is the most alike.
   */
  readonly common: (hashes: Uint32Array, count: number, least: number) => number;
}
/** One bit for each of its own shingles: nearly every shingle of another text ends here. 8 KB, in the nearest cache. */
const FILTER_BITS = 16;
const STRIDE = 64;
/** Words of a place: the shingle, the text for which it was filled, the question in which it was last counted. */
const PLACE = 4;
export function makeShingleSet(): ShingleSet {
  let bits = 8;
  /** A new text raises its number, which empties all places; a new question its own, so that a repetition counts once. */
  let table = new Int32Array(2 ** bits * PLACE);
  const filter = new Uint32Array(2 ** FILTER_BITS / 32);
  let text = 0;
  let question = 0;
  return {
    fewest(hashes, count) {
      filter.fill(0);
      let marked = 0;
      for (let i = 0; i < count; i++) {
        const bit = (hashes[i] as number) >>> (32 - FILTER_BITS);
        const word = filter[bit >>> 5] as number;
        const marks = word | (1 << (bit & 31));
        if (marks === (word | 0)) continue;
        filter[bit >>> 5] = marks;
        marked++;
      }
      return marked;
    },
    take(hashes, count) {
      // A short text keeps to the front of the table, in the nearest cache, however long one before it was.
      bits = Math.max(8, Math.ceil(Math.log2(count * 2)));
      if (table.length < 2 ** bits * PLACE) table = new Int32Array(2 ** bits * PLACE);
      text++;
      filter.fill(0);
      // Held in the loop's own names: what a closure shares is read anew at every step.
      const [own, mask, shift, now] = [table, 2 ** bits * PLACE - 1, 32 - bits, text];
      let distinct = 0;
      for (let i = 0; i < count; i++) {
        const shingle = hashes[i] as number;
        let slot = (Math.imul(shingle, GOLDEN) >>> shift) * PLACE;
        while (own[slot + 1] === now && own[slot] !== (shingle | 0)) slot = (slot + PLACE) & mask;
        if (own[slot + 1] === now) continue;
        own[slot] = shingle;
        own[slot + 1] = now;
        const bit = shingle >>> (32 - FILTER_BITS);
        filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
        // The distinct ones are gathered at the front: what is counted through later.
        hashes[distinct++] = shingle;
      }
      return distinct;
    },
    common(hashes, count, least) {
      question++;
      const [own, ownText, asked] = [table, text, question];
      const [mask, shift] = [2 ** bits * PLACE - 1, 32 - bits];
      let common = 0;
      for (let from = 0; from < count; from += STRIDE) {
        if (common + count - from < least) return common;
        const end = Math.min(count, from + STRIDE);
        for (let i = from; i < end; i++) {
          const shingle = hashes[i] as number;
          const bit = shingle >>> (32 - FILTER_BITS);
          if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
          let slot = (Math.imul(shingle, GOLDEN) >>> shift) * PLACE;
          while (own[slot + 1] === ownText && own[slot] !== (shingle | 0)) slot = (slot + PLACE) & mask;
          if (own[slot + 1] !== ownText || own[slot + 2] === asked) continue;
          own[slot + 2] = asked;
          common++;
        }
      }
      return common;
    },
  };
}

/**
 * An inverted index over sampled shingles in typed arrays, and a set of shingles that is emptied by raising a stamp: what
 * `same.ts` looks candidates up in. No object a shingle: a million texts of some 700 characters take about 400 MB here.
 */

const NONE = -1;
const GOLDEN = 0x9e3779b1;
/** Shingles of boilerplate stand in very many texts; their lists stop growing here, or only so many of the newest count. */
const LONGEST_LIST = 4096;

export interface ShingleIndex {
  readonly add: (shingle: number, member: number) => void;
  /** Counts, for every member, under how many of the shingles it stands; the members found are in `touched`. */
  readonly count: (
    hashes: Uint32Array,
    count: number,
    counts: Uint16Array,
    touched: number[],
    /** Members before this one are passed over. */
    oldest: number,
  ) => void;
  readonly bytes: () => number;
}
/** `newest`: a long list counts with its newest members and not with its oldest, as a moving window needs it. */
export function makeShingleIndex(newest = false): ShingleIndex {
  let bits = 12;
  /** Shingle → head of its list; a list is a chain through the pool, newest first. */
  let keys = new Uint32Array(2 ** bits);
  let heads = new Int32Array(2 ** bits).fill(NONE);
  let lengths = new Uint16Array(2 ** bits);
  /** Which shingles are held at all: most questions end here, in one bit (Bloom, 1970, with one hash). */
  let filter = new Uint8Array(2 ** bits);
  let known = 0;
  let members = new Int32Array(4096);
  let following = new Int32Array(4096);
  let used = 0;

  const slotOf = (shingle: number): number => {
    const mask = 2 ** bits - 1;
    let slot = Math.imul(shingle, GOLDEN) >>> (32 - bits);
    while (heads[slot] !== NONE && keys[slot] !== shingle) slot = (slot + 1) & mask;
    return slot;
  };
  /** Eight bits a place of the table. */
  const bitOf = (shingle: number): number => Math.imul(shingle, 0x85ebca6b) >>> (29 - bits);
  function widen(): void {
    const [oldKeys, oldHeads, oldLengths] = [keys, heads, lengths];
    bits++;
    keys = new Uint32Array(2 ** bits);
    heads = new Int32Array(2 ** bits).fill(NONE);
    lengths = new Uint16Array(2 ** bits);
    filter = new Uint8Array(2 ** bits);
    for (let i = 0; i < oldKeys.length; i++) {
      if (oldHeads[i] === NONE) continue;
      const shingle = oldKeys[i] ?? 0;
      const slot = slotOf(shingle);
      keys[slot] = shingle;
      heads[slot] = oldHeads[i] ?? NONE;
      lengths[slot] = oldLengths[i] ?? 0;
      mark(shingle);
    }
  }
  const mark = (shingle: number): void => {
    const bit = bitOf(shingle);
    filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
  };
  return {
    add(shingle, member) {
      // At most five eighths full: a wider table costs more memory than longer probes cost time.
      if (known * 8 > 2 ** bits * 5 && bits < 28) widen();
      const slot = slotOf(shingle);
      if (heads[slot] === NONE) {
        known++;
        keys[slot] = shingle;
        mark(shingle);
      } else if (!newest && (lengths[slot] ?? 0) >= LONGEST_LIST) return;
      if (used === members.length) [members, following] = [longer(members), longer(following)];
      members[used] = member;
      following[used] = heads[slot] ?? NONE;
      heads[slot] = used++;
      lengths[slot] = Math.min(LONGEST_LIST, (lengths[slot] ?? 0) + 1);
    },
    count(hashes, count, counts, touched, oldest) {
      for (let n = 0; n < count; n++) {
        const shingle = hashes[n] as number;
        const bit = bitOf(shingle);
        if (((filter[bit >>> 3] as number) & (1 << (bit & 7))) === 0) continue;
        let left = LONGEST_LIST;
        // The newest stand first: past the oldest that counts, none does.
        for (let i = heads[slotOf(shingle)] as number; i !== NONE && left-- > 0; i = following[i] as number) {
          const member = members[i] as number;
          if (member < oldest) break;
          if (counts[member] === 0) touched.push(member);
          counts[member] = (counts[member] as number) + 1;
        }
      }
    },
    bytes: () =>
      keys.byteLength +
      heads.byteLength +
      lengths.byteLength +
      filter.byteLength +
      members.byteLength +
      following.byteLength,
  };
}
/** Half as long again: doubling would leave up to half of a large index empty. */
function longer(old: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.ceil(old.length * 1.5));
  next.set(old);
  return next;
}

/** The distinct shingles of one text at a time. */
export interface ShingleSet {
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
export function makeShingleSet(): ShingleSet {
  let bits = 12;
  let keys = new Uint32Array(2 ** bits);
  /** The text for which a place is filled: a new text raises the number, which empties all places. */
  let filled = new Int32Array(2 ** bits);
  /** The question in which a place was last counted: a repetition counts once. */
  let counted = new Int32Array(2 ** bits);
  const filter = new Uint32Array(2 ** FILTER_BITS / 32);
  let text = 0;
  let question = 0;
  const slotOf = (shingle: number): number => {
    const mask = 2 ** bits - 1;
    let slot = Math.imul(shingle, GOLDEN) >>> (32 - bits);
    while (filled[slot] === text && keys[slot] !== shingle) slot = (slot + 1) & mask;
    return slot;
  };
  return {
    take(hashes, count) {
      if (count * 2 > 2 ** bits) {
        bits = Math.ceil(Math.log2(count * 2));
        keys = new Uint32Array(2 ** bits);
        filled = new Int32Array(2 ** bits);
        counted = new Int32Array(2 ** bits);
      }
      text++;
      filter.fill(0);
      let distinct = 0;
      for (let i = 0; i < count; i++) {
        const shingle = hashes[i] as number;
        const slot = slotOf(shingle);
        if (filled[slot] === text) continue;
        filled[slot] = text;
        keys[slot] = shingle;
        const bit = shingle >>> (32 - FILTER_BITS);
        filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
        // The distinct ones are gathered at the front: what is counted through later.
        hashes[distinct++] = shingle;
      }
      return distinct;
    },
    common(hashes, count, least) {
      question++;
      // Held in the loop's own names: what a closure shares is read anew at every step.
      const [ownKeys, ownFilled, ownCounted, ownText, asked] = [keys, filled, counted, text, question];
      const [mask, shift] = [2 ** bits - 1, 32 - bits];
      let common = 0;
      for (let from = 0; from < count; from += STRIDE) {
        if (common + count - from < least) return common;
        const end = Math.min(count, from + STRIDE);
        for (let i = from; i < end; i++) {
          const shingle = hashes[i] as number;
          const bit = shingle >>> (32 - FILTER_BITS);
          if (((filter[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
          let slot = Math.imul(shingle, GOLDEN) >>> shift;
          while (ownFilled[slot] === ownText && ownKeys[slot] !== shingle) slot = (slot + 1) & mask;
          if (ownFilled[slot] !== ownText || ownCounted[slot] === asked) continue;
          ownCounted[slot] = asked;
          common++;
        }
      }
      return common;
    },
  };
}

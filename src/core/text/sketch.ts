/**
 * A text's shingles as a few bits each: a bit map of three and a half times as many bits as it has shingles (Bloom, "Space/time
 * trade-offs in hash coding with allowable errors", 1970, with one hash). None of its shingles is denied; of others the
 * share of set bits is taken for its own by mistake, and that share is known: it is taken off again. How many distinct
 * shingles there are follows from the bits left free (Whang et al., "A linear-time probabilistic counting algorithm", 1990).
 */
import { makeShelf } from './shelf.ts';

const BITS_A_SHINGLE = 3.5;
const TWO_TO_32 = 2 ** 32;
const wordsOf = (size: number): number => Math.max(1, Math.ceil((size * BITS_A_SHINGLE) / 32));

export interface Sketches {
  /** Keeps the shingles of the next text, repetitions allowed. */
  readonly put: (hashes: Uint32Array, count: number) => void;
  /** Of distinct shingles, how many a kept text of `size` shingles may have: never fewer than it has. */
  readonly most: (number: number, size: number, hashes: Uint32Array, count: number) => number;
  /** Bits set: never more than it has distinct shingles. */
  readonly least: (number: number, size: number) => number;
  /** How many of the shingles and how many distinct ones the text has, by estimate. */
  readonly estimate: (
    number: number,
    size: number,
    hashes: Uint32Array,
    count: number,
  ) => { readonly common: number; readonly distinct: number };
  readonly release: (before: number) => void;
  readonly bytes: () => number;
}
export function makeSketches(): Sketches {
  const shelf = makeShelf(Uint32Array);
  let scratch = new Uint32Array(1024);
  function most(number: number, size: number, hashes: Uint32Array, count: number): number {
    const words = wordsOf(size);
    const bits = shelf.get(number, words);
    const scale = (words * 32) / TWO_TO_32;
    let hits = 0;
    for (let i = 0; i < count; i++) {
      const bit = Math.floor((hashes[i] as number) * scale);
      hits += ((bits[bit >>> 5] as number) >>> (bit & 31)) & 1;
    }
    return hits;
  }
  function least(number: number, size: number): number {
    let set = 0;
    for (const word of shelf.get(number, wordsOf(size))) set += ones(word);
    return set;
  }
  return {
    put(hashes, count) {
      const words = wordsOf(count);
      if (scratch.length < words) scratch = new Uint32Array(words * 2);
      scratch.fill(0, 0, words);
      const scale = (words * 32) / TWO_TO_32;
      for (let i = 0; i < count; i++) {
        const bit = Math.floor((hashes[i] as number) * scale);
        scratch[bit >>> 5] = (scratch[bit >>> 5] as number) | (1 << (bit & 31));
      }
      shelf.put(scratch, words);
    },
    most,
    least,
    estimate(number, size, hashes, count) {
      const bits = wordsOf(size) * 32;
      const share = Math.min(least(number, size) / bits, 1 - 1 / bits);
      const hits = most(number, size, hashes, count);
      const distinct = Math.max(1, Math.min(size, -bits * Math.log(1 - share)));
      return { common: Math.min(distinct, Math.max(0, (hits - count * share) / (1 - share))), distinct };
    },
    release: shelf.release,
    bytes: shelf.bytes,
  };
}
/** Bits set in a word, counted in parallel (Warren, "Hacker's Delight", 5-1). */
function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

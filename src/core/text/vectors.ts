/**
 * An item as the few character bigrams that tell it from the rest: tf-idf (Spärck Jones, 1972) with document frequencies
 * counted as the stream goes by, title bigrams weighing more, only the heaviest kept, unit length. A bigram is an integer
 * (its two units); everything about it stands in four words of one table, in one line of the processor's cache.
 */
import type { Folded } from './comparable.ts';

/** Bigrams in falling weight, and the weights; of unit length. */
export interface Vector {
  readonly features: Int32Array;
  readonly weights: Float64Array;
  /** Of what kind each is (see `kinds.ts`); 0 for the common run of words. */
  readonly kinds: Uint8Array;
}
export interface VectorOptions {
  readonly features: number;
  readonly titleWeight: number;
  /** From how many of the newest items document frequencies come; all where it is absent. */
  readonly statistics?: number;
}
export interface Vectors {
  /**
   * The vector of an item's compared title and text, until the next one is asked for; counts the item into the document
   * frequencies. `kinds` says of each unit of what kind it is.
   */
  readonly vectorOf: (folded: Folded, titleLength: number, kinds?: Uint8Array) => Vector;
  readonly bytes: () => number;
}
/** Further into a text, greetings and repetitions begin; the head of a complaint names its matter. */
const MOST_CHARACTERS = 500;
const EMPTY = -1;
/** Words of one bigram: itself, in how many items, the number of the item it was last counted for, its weighted count there. */
const ENTRY = 4;
/** The last of these holds the kind of a bigram beside its weighted count. */
const KIND_AT = 28;
const COUNT = 2 ** KIND_AT - 1;
const GOLDEN = 0x9e3779b1;

export function makeVectors(options: VectorOptions): Vectors {
  let bits = 15;
  let table = new Int32Array(2 ** bits * ENTRY).fill(EMPTY);
  let known = 0;
  /** Number of the item at hand, and how many stand in the frequencies. */
  let serial = 0;
  let items = 0;
  /** Bigrams of each item in the frequencies, oldest at `oldest`, where only the newest items count. */
  const counted: Int32Array[] = [];
  let oldest = 0;
  const seen = new Int32Array(2 * MOST_CHARACTERS);
  const best = new Int32Array(options.features);
  const weights = new Float64Array(options.features);
  const kinds = new Uint8Array(options.features);
  const logOf = makeLogarithms();

  const slotOf = (key: number): number => {
    const mask = 2 ** bits * ENTRY - 1;
    let slot = (Math.imul(key, GOLDEN) >>> (32 - bits)) * ENTRY;
    while (table[slot] !== EMPTY && table[slot] !== key) slot = (slot + ENTRY) & mask;
    return slot;
  };
  function widen(): void {
    const old = table;
    bits++;
    table = new Int32Array(2 ** bits * ENTRY).fill(EMPTY);
    for (let i = 0; i < old.length; i += ENTRY)
      if (old[i] !== EMPTY) table.set(old.subarray(i, i + ENTRY), slotOf(old[i] ?? 0));
  }
  let found = 0;
  function count(units: Uint16Array, from: number, end: number, weight: number, kindOf: Uint8Array | undefined): void {
    // Held in the function's own names: what a closure shares is read anew at every step.
    const own = table;
    const [mask, shift, item] = [2 ** bits * ENTRY - 1, 32 - bits, serial];
    let before = from < end ? (units[from] as number) : 0;
    for (let i = from; i + 1 < end; i++) {
      const unit = units[i + 1] as number;
      // The sign bit is dropped: a key is never EMPTY, and two bigrams that share a key are rare beyond the BMP's end.
      const key = ((before << 16) | unit) & 0x7fffffff;
      before = unit;
      let slot = (Math.imul(key, GOLDEN) >>> shift) * ENTRY;
      while (own[slot] !== key && own[slot] !== EMPTY) slot = (slot + ENTRY) & mask;
      if (own[slot] === EMPTY) {
        own[slot] = key;
        own[slot + 1] = 0;
        known++;
      }
      if (own[slot + 2] === item) {
        own[slot + 3] = (own[slot + 3] as number) + weight;
        continue;
      }
      own[slot + 1] = (own[slot + 1] as number) + 1;
      own[slot + 2] = item;
      // Where it stands first says of what kind it is here.
      const kind = kindOf && kindOf[i] === kindOf[i + 1] ? (kindOf[i] as number) : 0;
      own[slot + 3] = weight | (kind << KIND_AT);
      seen[found++] = slot;
    }
  }

  const keysOf = (n: number): Int32Array => {
    const keys = new Int32Array(n);
    for (let i = 0; i < n; i++) keys[i] = table[seen[i] as number] as number;
    return keys;
  };
  /** The oldest item leaves the frequencies. */
  function forget(): void {
    for (const key of counted[oldest++] ?? []) {
      const slot = slotOf(key) + 1;
      table[slot] = (table[slot] as number) - 1;
    }
    if (oldest * 2 < counted.length) return;
    counted.splice(0, oldest);
    oldest = 0;
  }

  function vectorOf(folded: Folded, titleLength: number, kindOf?: Uint8Array): Vector {
    const { units, length } = folded;
    const titleEnd = Math.min(titleLength, MOST_CHARACTERS);
    const textEnd = Math.min(length, titleLength + MOST_CHARACTERS);
    // Places must not move while they are noted.
    while ((known + titleEnd + textEnd - titleLength) * 2 > 2 ** bits) widen();
    serial++;
    if (items === options.statistics) forget();
    else items++;
    found = 0;
    count(units, 0, titleEnd, options.titleWeight, kindOf);
    count(units, titleLength, textEnd, 1, kindOf);
    if (options.statistics !== undefined) counted.push(keysOf(found));
    const all = Math.log(items + 1);
    const most = options.features;
    let kept = 0;
    for (let i = 0; i < found; i++) {
      const slot = seen[i] as number;
      const counts = table[slot + 3] as number;
      const weight = (1 + logOf.whole(counts & COUNT)) * (all - logOf.half(table[slot + 1] as number));
      if (kept === most && weight < (weights[most - 1] as number)) continue;
      const key = table[slot] as number;
      if (kept === most && weight === weights[most - 1] && key > (best[most - 1] as number)) continue;
      let at = kept < most ? kept++ : most - 1;
      for (; at > 0; at--) {
        const above = weights[at - 1] as number;
        if (weight < above || (weight === above && key > (best[at - 1] as number))) break;
        weights[at] = above;
        best[at] = best[at - 1] as number;
        kinds[at] = kinds[at - 1] as number;
      }
      weights[at] = weight;
      best[at] = key;
      kinds[at] = counts >>> KIND_AT;
    }
    let square = 0;
    for (let i = 0; i < kept; i++) square += (weights[i] as number) ** 2;
    const size = Math.sqrt(square) || 1;
    for (let i = 0; i < kept; i++) weights[i] = (weights[i] as number) / size;
    return {
      features: best.subarray(0, kept),
      weights: weights.subarray(0, kept),
      kinds: kinds.subarray(0, kept),
    };
  }
  return { vectorOf, bytes: () => table.byteLength };
}

/** Logarithms of small whole numbers and of those plus a half, looked up: they cost more than all else here. */
function makeLogarithms() {
  const MOST = 4096;
  const wholes = Float64Array.from({ length: MOST }, (_, n) => Math.log(n));
  const halves = Float64Array.from({ length: MOST }, (_, n) => Math.log(n + 0.5));
  return {
    whole: (n: number): number => (n < MOST ? (wholes[n] as number) : Math.log(n)),
    half: (n: number): number => (n < MOST ? (halves[n] as number) : Math.log(n + 0.5)),
  };
}

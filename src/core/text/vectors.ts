/**
 * An item as the few character bigrams that tell it from the rest: tf-idf (Spärck Jones, 1972) with document frequencies
 * counted as the stream goes by, title bigrams weighing more, only the heaviest kept, unit length. A bigram is an integer
 * (its two units).
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
  /** From how many of the newest items document frequencies come; 65,535 at most. */
  readonly window: number;
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
/** Counts are of sixteen bits. */
const MOST_ITEMS = 0xffff;
/** Places of the frequencies for each item counted: about as many as it brings bigrams of its own, and half as many again. */
const PLACES_AN_ITEM = 200;
const NOTHING = new Int32Array(0);
const GOLDEN = 0x9e3779b1;
/** The highest bits of a bigram's place among those of one item hold its kind, beside its weighted count. */
const KIND_AT = 28;
const COUNT = 2 ** KIND_AT - 1;

export function makeVectors(options: VectorOptions): Vectors {
  const bigrams = makeBigrams();
  const window = Math.min(options.window, MOST_ITEMS);
  const frequencies = makeFrequencies(window);
  /** How many items stand in the frequencies. */
  let items = 0;
  /** Bigrams of each item in the frequencies, the oldest at `oldest`. */
  const counted: Int32Array[] = [];
  let oldest = 0;
  let countedKeys = 0;
  const best = new Int32Array(options.features);
  const weights = new Float64Array(options.features);
  const kinds = new Uint8Array(options.features);
  const logOf = makeLogarithms();

  /** The oldest item leaves the frequencies. */
  function forget(): void {
    const left = counted[oldest++] ?? NOTHING;
    frequencies.forget(left);
    countedKeys -= left.length;
    if (oldest * 2 < counted.length) return;
    counted.splice(0, oldest);
    oldest = 0;
  }

  function vectorOf(folded: Folded, titleLength: number, kindOf?: Uint8Array): Vector {
    const { units, length } = folded;
    if (items === window) forget();
    else items++;
    bigrams.start();
    bigrams.take(units, 0, Math.min(titleLength, MOST_CHARACTERS), options.titleWeight, kindOf);
    bigrams.take(units, titleLength, Math.min(length, titleLength + MOST_CHARACTERS), 1, kindOf);
    const found = bigrams.found();
    const { keys, counts } = bigrams;
    const spread = frequencies.count(keys, found);
    counted.push(keys.slice(0, found));
    countedKeys += found;
    const all = Math.log(items + 1);
    const most = options.features;
    let kept = 0;
    for (let i = 0; i < found; i++) {
      const own = counts[i] as number;
      const weight = (1 + logOf.whole(own & COUNT)) * (all - logOf.half(spread[i] as number));
      if (kept === most && weight < (weights[most - 1] as number)) continue;
      const key = keys[i] as number;
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
      kinds[at] = own >>> KIND_AT;
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
  return { vectorOf, bytes: () => frequencies.bytes() + countedKeys * 4 };
}

/** The distinct bigrams of one item at a time, in the order in which they come: a table that stays in the nearest cache. */
function makeBigrams() {
  const BITS = 11;
  const slots = new Int32Array(2 ** BITS);
  /** The item for which a slot was filled last: the next one empties all. */
  const filled = new Int32Array(2 ** BITS);
  const keys = new Int32Array(2 * MOST_CHARACTERS);
  const counts = new Int32Array(2 * MOST_CHARACTERS);
  let item = 0;
  let found = 0;
  return {
    keys,
    /** Weighted counts, with the kind above them. */
    counts,
    found: (): number => found,
    start(): void {
      item++;
      found = 0;
    },
    take(units: Uint16Array, from: number, end: number, weight: number, kindOf: Uint8Array | undefined): void {
      const [mask, shift, own] = [2 ** BITS - 1, 32 - BITS, item];
      let n = found;
      let before = from < end ? (units[from] as number) : 0;
      for (let i = from; i + 1 < end; i++) {
        const unit = units[i + 1] as number;
        // The sign bit is dropped: two bigrams that share a key are rare beyond the BMP's end.
        const key = ((before << 16) | unit) & 0x7fffffff;
        before = unit;
        let slot = Math.imul(key, GOLDEN) >>> shift;
        while (filled[slot] === own && keys[slots[slot] as number] !== key) slot = (slot + 1) & mask;
        if (filled[slot] === own) {
          const at = slots[slot] as number;
          counts[at] = (counts[at] as number) + weight;
          continue;
        }
        filled[slot] = own;
        slots[slot] = n;
        keys[n] = key;
        // Where it stands first says of what kind it is here.
        const kind = kindOf && kindOf[i] === kindOf[i + 1] ? (kindOf[i] as number) : 0;
        counts[n++] = weight | (kind << KIND_AT);
      }
      found = n;
    },
  };
}

/**
 * In how many items each bigram stands: one row of a count-min sketch (Cormode and Muthukrishnan, "An improved data stream
 * summary", 2005). Two bigrams may share a place, and then a count too high; a table with their keys is eight times as
 * large, and waiting for memory was a third of the work. Over seven orders of the labelled messages the stories are as good
 * with it as with exact counts (bench/text/MISSES.md).
 */
function makeFrequencies(items: number) {
  const bits = Math.min(24, Math.max(16, Math.ceil(Math.log2(items * PLACES_AN_ITEM))));
  const table = new Uint16Array(2 ** bits);
  const spread = new Int32Array(2 * MOST_CHARACTERS);
  return {
    /** Counts the bigrams of an item; says of each in how many items it stands now. */
    count(keys: Int32Array, found: number): Int32Array {
      // Held in the function's own name: what a closure shares is read anew at every step.
      const [own, shift] = [table, 32 - bits];
      for (let i = 0; i < found; i++) {
        const place = Math.imul(keys[i] as number, GOLDEN) >>> shift;
        spread[i] = own[place] = (own[place] as number) + 1;
      }
      return spread;
    },
    forget(keys: Int32Array): void {
      const [own, shift] = [table, 32 - bits];
      for (let i = 0; i < keys.length; i++) {
        const place = Math.imul(keys[i] as number, GOLDEN) >>> shift;
        own[place] = (own[place] as number) - 1;
      }
    },
    bytes: (): number => table.byteLength,
  };
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

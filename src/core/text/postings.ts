/**
 * An inverted index over the vectors of a stream, in typed arrays: a feature's members as a chain from the newest to the
 * oldest, so that whoever looks at the newest alone stops where the window ends. All of one place of a chain stands in one
 * line of the processor's cache.
 */
import { longer } from './shelf.ts';
import type { Vector } from './vectors.ts';

const NONE = -1;
const GOLDEN = 0x9e3779b1;
/** Words of one place: the member, the place before it in its chain, the weight (as a float), the feature. */
const PLACE = 4;
/** Numbers a member's likeness is gathered in: of all features, of each kind beside the common one. */
export const SUMS = 4;

export interface Postings {
  /** Members are added in their order, each once. */
  readonly add: (member: number, vector: Vector) => void;
  /**
   * Adds up the products of a vector's weights with those of every member from `oldest` on: at `member * SUMS` of all
   * features, behind it of each kind. Members met stand in `touched`; returns how many.
   */
  readonly gather: (vector: Vector, oldest: number, sums: Float64Array, touched: Int32Array) => number;
  readonly vectorOf: (member: number) => Vector;
  readonly bytes: () => number;
}
export function makePostings(): Postings {
  /** Open-addressed: a feature and its newest place. */
  let bits = 12;
  let heads = new Int32Array(2 ** bits * 2).fill(NONE);
  let features = 0;
  let places = new Int32Array(1024 * PLACE);
  let weights = new Float32Array(places.buffer);
  let kinds = new Uint8Array(1024);
  /** Member → its first place; its places stand together. */
  let starts = new Int32Array(256);
  let used = 0;
  let known = 0;
  const slotOf = (feature: number): number => {
    const mask = 2 ** bits * 2 - 1;
    let slot = (Math.imul(feature, GOLDEN) >>> (32 - bits)) * 2;
    while (heads[slot + 1] !== NONE && heads[slot] !== feature) slot = (slot + 2) & mask;
    return slot;
  };
  function widenHeads(): void {
    const old = heads;
    bits++;
    heads = new Int32Array(2 ** bits * 2).fill(NONE);
    for (let i = 0; i < old.length; i += 2)
      if (old[i + 1] !== NONE) heads.set(old.subarray(i, i + 2), slotOf(old[i] as number));
  }
  return {
    add(member, vector) {
      while (member + 1 >= starts.length) starts = longer(starts);
      while ((used + vector.features.length) * PLACE > places.length) {
        places = longer(places, PLACE);
        weights = new Float32Array(places.buffer);
        const old = kinds;
        kinds = new Uint8Array(places.length / PLACE);
        kinds.set(old);
      }
      starts[member] = used;
      for (let f = 0; f < vector.features.length; f++) {
        const feature = vector.features[f] as number;
        if (features * 2 >= 2 ** bits) widenHeads();
        const slot = slotOf(feature);
        if (heads[slot + 1] === NONE) {
          heads[slot] = feature;
          features++;
        }
        const at = used * PLACE;
        places[at] = member;
        places[at + 1] = heads[slot + 1] as number;
        weights[at + 2] = vector.weights[f] as number;
        places[at + 3] = feature;
        kinds[used] = vector.kinds[f] as number;
        heads[slot + 1] = used++;
      }
      starts[member + 1] = used;
      known = member + 1;
    },
    gather(vector, oldest, sums, touched) {
      const [ownPlaces, ownWeights] = [places, weights];
      let count = 0;
      for (let f = 0; f < vector.features.length; f++) {
        const weight = vector.weights[f] as number;
        const kind = vector.kinds[f] as number;
        for (let i = heads[slotOf(vector.features[f] as number) + 1] as number; i !== NONE;) {
          const at = i * PLACE;
          const member = ownPlaces[at] as number;
          if (member < oldest) break;
          const product = weight * (ownWeights[at + 2] as number);
          const sum = member * SUMS;
          if (sums[sum] === 0) touched[count++] = member;
          sums[sum] = (sums[sum] as number) + product;
          if (kind > 0) sums[sum + kind] = (sums[sum + kind] as number) + product;
          i = ownPlaces[at + 1] as number;
        }
      }
      return count;
    },
    vectorOf(member) {
      const [from, to] = member < known ? [starts[member] as number, starts[member + 1] as number] : [0, 0];
      const own = Array.from({ length: to - from }, (_, i) => (from + i) * PLACE);
      return {
        features: Int32Array.from(own, at => places[at + 3] as number),
        weights: Float64Array.from(own, at => weights[at + 2] as number),
        kinds: kinds.subarray(from, to),
      };
    },
    bytes: () => places.byteLength + kinds.byteLength + starts.byteLength + heads.byteLength,
  };
}

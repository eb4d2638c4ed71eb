/**
 * An inverted index over the vectors of a stream, in typed arrays: a feature's members as a chain from the newest to the
 * oldest, so that whoever looks at the newest alone stops where the window ends. Two small arrays for each feature, as
 * there were, took thirty times as much: most features stand in one or two items.
 */
import type { Vector } from './vectors.ts';

const NONE = -1;

export interface Postings {
  /** Members are added in their order, each once. */
  readonly add: (member: number, vector: Vector) => void;
  /** Members with this feature and its weight there, newest first, none before `oldest`. */
  readonly each: (feature: number, oldest: number, found: (member: number, weight: number) => void) => void;
  readonly vectorOf: (member: number) => Vector;
  readonly bytes: () => number;
}
export function makePostings(): Postings {
  /** Feature → its newest place. */
  const heads = new Map<number, number>();
  let features = new Int32Array(1024);
  let weights = new Float64Array(1024);
  let members = new Int32Array(1024);
  let earlier = new Int32Array(1024);
  /** Member → its first place; its places stand together. */
  let starts = new Int32Array(256);
  let used = 0;
  let known = 0;
  return {
    add(member, vector) {
      while (member + 1 >= starts.length) starts = longer(starts, Int32Array);
      while (used + vector.features.length > features.length) {
        features = longer(features, Int32Array);
        weights = longer(weights, Float64Array);
        members = longer(members, Int32Array);
        earlier = longer(earlier, Int32Array);
      }
      starts[member] = used;
      for (let f = 0; f < vector.features.length; f++) {
        const feature = vector.features[f] as number;
        features[used] = feature;
        weights[used] = vector.weights[f] as number;
        members[used] = member;
        earlier[used] = heads.get(feature) ?? NONE;
        heads.set(feature, used++);
      }
      starts[member + 1] = used;
      known = member + 1;
    },
    each(feature, oldest, found) {
      for (let i = heads.get(feature) ?? NONE; i !== NONE; i = earlier[i] as number) {
        const member = members[i] as number;
        if (member < oldest) return;
        found(member, weights[i] as number);
      }
    },
    vectorOf(member) {
      const [from, to] = member < known ? [starts[member] as number, starts[member + 1] as number] : [0, 0];
      return { features: features.subarray(from, to), weights: weights.subarray(from, to) };
    },
    bytes: () =>
      features.byteLength +
      weights.byteLength +
      members.byteLength +
      earlier.byteLength +
      starts.byteLength +
      heads.size * 48,
  };
}
/** Half as long again: doubling would leave up to half of a large index empty. */
function longer<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  old: T,
  kind: new (length: number) => T,
): T {
  const next = new kind(Math.ceil(old.length * 1.5));
  next.set(old);
  return next;
}

/**
 * Runs of numbers put away one after another, in large typed arrays and not one by one, and given back from the oldest on:
 * what a moving window no longer needs leaves with the array in which nothing else stands any more.
 */
const CHUNK = 2 ** 16;

export interface Shelf<T extends Uint16Array | Uint32Array> {
  /** Puts away the first `length` values; the first run is number 0, the next 1. */
  readonly put: (values: T, length: number) => void;
  /** The run of a number that was not given back, as long as it was put away. */
  readonly get: (number: number, length: number) => T;
  /** Gives back every run before this number. */
  readonly release: (before: number) => void;
  readonly bytes: () => number;
  /** Of these the runs themselves. */
  readonly held: () => number;
}
export function makeShelf<T extends Uint16Array | Uint32Array>(kind: new (length: number) => T): Shelf<T> {
  const chunks: (T | undefined)[] = [];
  let last: T | undefined;
  let used = 0;
  /** Chunks given back; numbers put away. */
  let gone = 0;
  let count = 0;
  let chunkOf = new Int32Array(256);
  let fromOf = new Int32Array(256);
  let held = 0;
  return {
    put(values, length) {
      if (!last || used + length > last.length) {
        last = new kind(Math.max(CHUNK, length));
        chunks.push(last);
        held += last.byteLength;
        used = 0;
      }
      if (count === chunkOf.length) [chunkOf, fromOf] = [longer(chunkOf), longer(fromOf)];
      last.set(values.subarray(0, length), used);
      chunkOf[count] = chunks.length - 1;
      fromOf[count++] = used;
      used += length;
    },
    get(number, length) {
      const chunk = chunks[chunkOf[number] as number];
      if (number >= count || !chunk) throw new RangeError(`run ${number} is not on the shelf`);
      const from = fromOf[number] as number;
      return chunk.subarray(from, from + length) as T;
    },
    release(before) {
      const first = before < count ? (chunkOf[before] as number) : chunks.length - 1;
      for (; gone < first; gone++) {
        held -= chunks[gone]?.byteLength ?? 0;
        chunks[gone] = undefined;
      }
    },
    held: () => held,
    bytes: () => held + chunkOf.byteLength + fromOf.byteLength,
  };
}
/** Entries from which on memory counts for more than copying. */
const MANY = 2 ** 18;
/** Half as long again, in whole entries, and of many a quarter: doubling would leave up to half of a large array empty. */
export function longer(old: Int32Array, entry = 1): Int32Array<ArrayBuffer> {
  const entries = old.length / entry;
  const next = new Int32Array(Math.ceil(entries * (entries < MANY ? 1.5 : 1.25)) * entry);
  next.set(old);
  return next;
}

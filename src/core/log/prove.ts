/**
 * Inclusion and consistency proofs (RFC 6962, 2.1.1 and 2.1.2). Who asks hands in a way to the hash of an aligned range of
 * leaves; from tiles that is one look-up, from a list of leaves a sum.
 */
import { type Bytes, sha256, toHex } from './digest.ts';

const NODE = Uint8Array.of(0x01);
const node = (left: Bytes, right: Bytes): Bytes => sha256(NODE, left, right);
/** The hash over the leaves from `start` (from 0) up to `end`; asked only for 2^k leaves at a multiple of 2^k. */
export type PerfectRange = (start: number, end: number) => Bytes | Promise<Bytes>;

/** The largest power of two below n. */
function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}
async function rangeHash(start: number, end: number, of: PerfectRange): Promise<Bytes> {
  const width = end - start;
  const split = splitOf(width);
  if (width === 1 || split * 2 === width) return of(start, end);
  return node(await of(start, start + split), await rangeHash(start + split, end, of));
}

/** From the leaf's sibling up to the root's child. `index` counts from 0. */
export async function proveInclusion(index: number, size: number, of: PerfectRange): Promise<Bytes[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`there is no entry ${index} in a tree of ${size}`);
  const walk = async (start: number, end: number): Promise<Bytes[]> => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...(await walk(start, middle)), await rangeHash(middle, end, of)]
      : [...(await walk(middle, end)), await rangeHash(start, middle, of)];
  };
  return walk(0, size);
}

/** That the tree of `old` leaves is a beginning of the tree of `size`; empty when either is trivial. */
export async function proveConsistency(old: number, size: number, of: PerfectRange): Promise<Bytes[]> {
  if (!(old >= 0 && old <= size)) throw new RangeError(`a tree of ${size} has no beginning of ${old}`);
  if (old === 0 || old === size) return [];
  const walk = async (start: number, end: number, whole: boolean): Promise<Bytes[]> => {
    if (old === end) return whole ? [] : [await rangeHash(start, end, of)];
    const middle = start + splitOf(end - start);
    return old <= middle
      ? [...(await walk(start, middle, whole)), await rangeHash(middle, end, of)]
      : [...(await walk(middle, end, false)), await rangeHash(start, middle, of)];
  };
  return walk(0, size, true);
}

/** RFC 9162, 2.1.4.2: whether `proof` leads from the old root to the new one. */
export function isConsistent(
  from: { readonly size: number; readonly root: Bytes },
  to: { readonly size: number; readonly root: Bytes },
  proof: readonly Bytes[],
): boolean {
  const same = (a: Bytes, b: Bytes): boolean => toHex(a) === toHex(b);
  if (from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && same(from.root, to.root);
  if (from.size === 0) return proof.length === 0;
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof];
  const first = path.shift();
  if (!first) return false;
  let fn = from.size - 1;
  let sn = to.size - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  let fr = first;
  let sr = first;
  for (const c of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = node(c, fr);
      sr = node(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else sr = node(sr, c);
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && same(fr, from.root) && same(sr, to.root);
}
const half = (n: number): number => Math.floor(n / 2);
const isPowerOfTwo = (n: number): boolean => 2 ** Math.round(Math.log2(n)) === n;

/** Hashes of perfect ranges from the leaves themselves, each computed once. */
export function rangesOf(leaves: readonly Bytes[]): (start: number, end: number) => Bytes {
  const known = new Map<string, Bytes>();
  const of = (start: number, end: number): Bytes => {
    if (end - start === 1) {
      const leaf = leaves[start];
      if (!leaf) throw new RangeError(`there is no leaf ${start}`);
      return leaf;
    }
    const key = `${start}-${end}`;
    const found = known.get(key) ?? node(of(start, (start + end) / 2), of((start + end) / 2, end));
    known.set(key, found);
    return found;
  };
  return of;
}

/**
 * The Merkle tree of RFC 6962 kept as its perfect subtrees, largest first: appending costs one hash on average and the
 * root one hash for each subtree, whatever the length of the log.
 */
import { type Bytes, sha256 } from './digest.ts';

export interface TreeState {
  readonly size: number;
  /** Roots of the perfect subtrees, largest first: one for every set bit of `size`. */
  readonly peaks: readonly Bytes[];
}
export const EMPTY_TREE: TreeState = { size: 0, peaks: [] };
const NODE = Uint8Array.of(0x01);

export function appendLeaf(tree: TreeState, leaf: Bytes): TreeState {
  const peaks = [...tree.peaks];
  let node = leaf;
  for (let size = tree.size; size & 1; size = Math.floor(size / 2)) node = sha256(NODE, peaks.pop() ?? node, node);
  peaks.push(node);
  return { size: tree.size + 1, peaks };
}
/** The root over all leaves; the empty tree's is the hash of nothing. */
export function rootOf(tree: TreeState): Bytes {
  if (tree.peaks.length === 0) return sha256();
  return tree.peaks.reduceRight((right, left) => sha256(NODE, left, right));
}

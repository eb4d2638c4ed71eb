/** RFC 6962 for the verifier: the growing tree, and one way up it. */
import { type Hash, hashOf, hexOf, hexOfHash } from './digest.ts';

/** One buffer serves every node: the hash is taken before the next one is written. */
const pair = Buffer.alloc(65, 1);
function join(left: Hash, right: Hash): Buffer {
  pair.write(left, 1, 'latin1');
  pair.write(right, 33, 'latin1');
  return pair;
}
export const nodeOf = (left: Hash, right: Hash): Hash => hashOf(join(left, right));

/** The tree by its perfect subtrees: entry n completes as many of them as n ends in zero bits. */
export class GrowingTree {
  readonly #peaks: Hash[] = [];
  #size = 0;
  push(leaf: Hash): void {
    let node = leaf;
    for (let rest = ++this.#size; rest % 2 === 0; rest /= 2) {
      const left = this.#peaks.pop();
      if (left !== undefined) node = nodeOf(left, node);
    }
    this.#peaks.push(node);
  }
  /** In hexadecimal digits. */
  root(): string {
    const peaks = this.#peaks;
    let root = peaks.at(-1);
    if (root === undefined) return hexOf('');
    if (peaks.length === 1) return hexOfHash(root);
    for (let i = peaks.length - 2; i > 0; i--) root = nodeOf(peaks[i] ?? '', root);
    return hexOf(join(peaks[0] ?? '', root));
  }
}
/** RFC 9162, 2.1.3.2: the root that a leaf and its path lead to, or nothing when the path has the wrong length. */
export function rootByPath(index: number, size: number, leaf: Hash, path: readonly Hash[]): string | undefined {
  if (index >= size) return undefined;
  let fn = index;
  let sn = size - 1;
  let root = leaf;
  for (const step of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeOf(step, root);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else root = nodeOf(root, step);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? hexOfHash(root) : undefined;
}

/** RFC 6962 for the verifier: the growing tree, and one way up it. */
import { sha256 } from './digest.ts';

const pair = Buffer.alloc(65, 1);
/** One buffer serves every node: the hash is taken before the next one is written. */
export function nodeOf(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}
/** The tree by its perfect subtrees: entry n completes as many of them as n ends in zero bits. */
export class GrowingTree {
  readonly #peaks: Buffer[] = [];
  #size = 0;
  push(leaf: Buffer): void {
    let node = leaf;
    for (let rest = ++this.#size; rest % 2 === 0; rest /= 2) {
      const left = this.#peaks.pop();
      if (left) node = nodeOf(left, node);
    }
    this.#peaks.push(node);
  }
  root(): Buffer {
    let root = this.#peaks.at(-1);
    if (!root) return sha256('');
    for (let i = this.#peaks.length - 2; i >= 0; i--) root = nodeOf(this.#peaks[i] as Buffer, root);
    return root;
  }
}
/** RFC 9162, 2.1.3.2: the root that a leaf and its path lead to, or nothing when the path has the wrong length. */
export function rootByPath(index: number, size: number, leaf: Buffer, path: readonly Buffer[]): Buffer | undefined {
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
  return sn === 0 ? root : undefined;
}

/** `.tlog-proof` files (c2sp.org/tlog-proof): one entry, its way up the tree, and the checkpoint, to be checked offline. */
import type { Bytes } from './digest.ts';
import type { HuiyinEvent } from './types.ts';

/** What the record hash is made of again: the chain's line, and salt and event where the body is given. */
export interface ProofExtra {
  readonly entry: Readonly<Record<string, unknown>>;
  readonly salt?: string;
  readonly event?: HuiyinEvent;
}
export function showProof(parts: {
  readonly extra: ProofExtra;
  /** From 0. */
  readonly index: number;
  readonly path: readonly Bytes[];
  readonly checkpoint: string;
}): string {
  const base64 = (bytes: Bytes | string): string => Buffer.from(bytes).toString('base64');
  return [
    'c2sp.org/tlog-proof@v1',
    `extra ${base64(JSON.stringify(parts.extra))}`,
    `index ${parts.index}`,
    ...parts.path.map(base64),
    '',
    parts.checkpoint,
  ].join('\n');
}

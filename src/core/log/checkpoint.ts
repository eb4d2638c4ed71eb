/** Checkpoints (c2sp.org/tlog-checkpoint): the head of the tree in three lines. Extension lines are neither written nor read. */
import { type Bytes, HASH_LENGTH } from './digest.ts';

export interface Checkpoint {
  /** Identifies the log; ends with "/" and the institution. */
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}
export const showCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;

export function readCheckpoint(text: string): Checkpoint | undefined {
  const [origin = '', size = '', root = '', end, ...more] = text.split('\n');
  const bytes = Buffer.from(root, 'base64');
  const fine =
    origin !== '' &&
    /^(0|[1-9]\d{0,14})$/.test(size) &&
    bytes.length === HASH_LENGTH &&
    bytes.toString('base64') === root &&
    end === '' &&
    more.length === 0;
  return fine ? { origin, size: Number(size), root: new Uint8Array(bytes) } : undefined;
}

/** SHA-256, the only hash of the log. The one file of this room that may use a `node:` module. */
import { createHash } from 'node:crypto';

export type Bytes = Uint8Array;
export const HASH_LENGTH = 32;

export function sha256(...parts: readonly (Bytes | string)[]): Bytes {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
export const toHex = (bytes: Bytes): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
export const fromHex = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'hex'));
/** As hashes are written in events and exports: `sha256:` and 64 hex digits. */
export const showHash = (bytes: Bytes): string => `sha256:${toHex(bytes)}`;
export const readHash = (text: string): Bytes => fromHex(text.replace(/^sha256:/, ''));

/**
 * One event as a leaf of its institution's tree (docs/specs/event-log.md). Salts and bodies are kept outside the tree, so
 * that erasing both leaves a digest from which nobody can guess what was said.
 */
import { bodyOf } from './canonical.ts';
import { type Bytes, HASH_LENGTH, sha256 } from './digest.ts';
import type { HuiyinEvent } from './types.ts';

export interface LeafParts {
  readonly institution: string;
  /** From 1 within the institution. */
  readonly counter: number;
  /** From 1 within the case; 0 outside cases. */
  readonly caseCounter: number;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  /** 32 zero bytes before the first `rulebook.adopted`. */
  readonly rulebookDigest: Bytes;
  readonly bodyDigest: Bytes;
}
export const NO_RULEBOOK: Bytes = new Uint8Array(HASH_LENGTH);
const LEAF = 0x00;
const VERSION = 0x01;

/** SHA-256(salt ‖ body). */
export function bodyDigest(event: HuiyinEvent, salt: Bytes): Bytes {
  if (salt.length !== HASH_LENGTH) throw new RangeError('a salt has 32 bytes');
  return sha256(salt, bodyOf(event));
}
function counter(n: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n));
  return bytes;
}
function text(value: string): Bytes {
  const utf8 = new TextEncoder().encode(value);
  const bytes = new Uint8Array(4 + utf8.length);
  new DataView(bytes.buffer).setUint32(0, utf8.length);
  bytes.set(utf8, 4);
  return bytes;
}
/** What the leaf is the hash of, without RFC 6962's first byte: the entry as tiles carry it. */
export function leafBytes(parts: LeafParts): Bytes {
  return Buffer.concat([
    Uint8Array.of(VERSION),
    text(parts.institution),
    counter(parts.counter),
    counter(parts.caseCounter),
    text(parts.type),
    text(parts.at),
    text(parts.recordedAt),
    parts.rulebookDigest,
    parts.bodyDigest,
  ]);
}
/** The leaf hash. */
export const leafHash = (parts: LeafParts): Bytes => sha256(Uint8Array.of(LEAF), leafBytes(parts));

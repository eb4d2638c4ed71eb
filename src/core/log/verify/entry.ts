/** One entry of the chain, judged from the specification: its line, its body, its leaf. */
import { hexOf } from './digest.ts';

export interface Link {
  readonly n: number;
  readonly id: string;
  readonly digest: string;
  readonly previous: string;
  readonly caseN: number;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly rulebook: string;
  readonly body: string;
  readonly institution?: string;
}
type Json = Readonly<Record<string, unknown>>;
const HASH = /^sha256:[0-9a-f]{64}$/;
export const NO_RULEBOOK = `sha256:${'0'.repeat(64)}`;
const EVENT_MEMBERS = new Set(['id', 'case', 'type', 'at', 'recordedAt', 'lateEntryReason', 'by', 'data']);

const SALT_LINE = /^\{"n":([1-9]\d{0,14}),"salt":"([0-9a-f]{64})"\}$/;
/** A salt's line has one way to be written. */
export function readSalt(line: string): { readonly n: number; readonly salt: string } | undefined {
  const [, n, salt] = SALT_LINE.exec(line) ?? [];
  return n === undefined || salt === undefined ? undefined : { n: Number(n), salt };
}

/** The object of a line, or nothing when the line is no JSON object or is not written the one compact way. */
export function objectOf(line: string): Json | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return JSON.stringify(value) === line ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}
/** A chain line says exactly what a leaf is made of; the first one also names the institution. */
export function isLink(value: Json, n: number): value is Json & Link {
  const link = value as unknown as Link;
  return (
    Object.keys(link).length === (n === 1 ? 11 : 10) &&
    (n > 1 || typeof link.institution === 'string') &&
    [link.id, link.type, link.at, link.recordedAt].every(t => typeof t === 'string') &&
    [link.digest, link.body, link.rulebook, link.previous].every(h => typeof h === 'string' && HASH.test(h)) &&
    Number.isSafeInteger(link.n) &&
    Number.isSafeInteger(link.caseN) &&
    link.caseN >= 0
  );
}
/** Whether the event says the same as its chain line, and nothing that no event may say. */
export const agrees = (event: Json, link: Link): boolean =>
  event['type'] === link.type &&
  event['at'] === link.at &&
  event['recordedAt'] === link.recordedAt &&
  Object.keys(event).every(name => EVENT_MEMBERS.has(name)) &&
  (event['case'] === undefined || typeof event['case'] === 'string');

/** RFC 8785, written again from the RFC. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (value !== null && typeof value === 'object') {
    const map = value as Json;
    const names = Object.keys(map).sort();
    return '{' + names.map(name => JSON.stringify(name) + ':' + canonical(map[name])).join(',') + '}';
  }
  return JSON.stringify(value);
}
/** Bytes are put together here before they are hashed; a longer text gets its own. */
const SALT_LENGTH = 32;
let scratch = Buffer.alloc(1 << 16);
export function bodyHash(event: Json, salt: string): string {
  const body: Record<string, unknown> = {};
  for (const name of BODY_MEMBERS) if (name in event) body[name] = event[name];
  const text = canonical(body);
  // A character of UTF-16 has at most three bytes of UTF-8.
  if (SALT_LENGTH + text.length * 3 > scratch.length) scratch = Buffer.alloc(SALT_LENGTH + text.length * 3);
  scratch.write(salt, 0, 'hex');
  const length = SALT_LENGTH + scratch.write(text, SALT_LENGTH, 'utf8');
  return `sha256:${hexOf(scratch.subarray(0, length))}`;
}
const BODY_MEMBERS = ['by', 'case', 'data', 'id', 'lateEntryReason'];

/** What the leaf is the hash of: RFC 6962's zero byte, then the entry as tiles carry it. */
export function leafBytes(institution: string, link: Link): Buffer {
  const texts = [institution, link.type, link.at, link.recordedAt];
  let length = 2 + 16 + 64;
  for (const text of texts) length += 4 + Buffer.byteLength(text, 'utf8');
  const bytes = Buffer.allocUnsafe(length);
  bytes[0] = 0;
  bytes[1] = 1;
  let at = putText(bytes, institution, 2);
  at = bytes.writeBigUInt64BE(BigInt(link.n), at);
  at = bytes.writeBigUInt64BE(BigInt(link.caseN), at);
  at = putText(bytes, link.type, at);
  at = putText(bytes, link.at, at);
  at = putText(bytes, link.recordedAt, at);
  at += bytes.write(link.rulebook.slice(7), at, 'hex');
  bytes.write(link.body.slice(7), at, 'hex');
  return bytes;
}
function putText(bytes: Buffer, text: string, at: number): number {
  const length = bytes.write(text, at + 4, 'utf8');
  bytes.writeUInt32BE(length, at);
  return at + 4 + length;
}

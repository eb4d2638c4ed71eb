/** One entry of the chain, judged from the specification: its line, its body, its leaf. */
import { sha256, showDigest } from './digest.ts';

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
const SALT = /^[0-9a-f]{64}$/;
export const NO_RULEBOOK = `sha256:${'0'.repeat(64)}`;
const EVENT_MEMBERS = new Set(['id', 'case', 'type', 'at', 'recordedAt', 'lateEntryReason', 'by', 'data']);

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
export function isSalt(value: Json): value is { readonly n: number; readonly salt: string } {
  const { n, salt } = value;
  return Object.keys(value).length === 2 && Number.isSafeInteger(n) && typeof salt === 'string' && SALT.test(salt);
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
export function bodyHash(event: Json, salt: string): string {
  const body: Record<string, unknown> = {};
  for (const name of ['by', 'case', 'data', 'id', 'lateEntryReason']) if (name in event) body[name] = event[name];
  return showDigest(Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(canonical(body), 'utf8')]));
}
/** The entry as tiles carry it. One buffer is written through, since a long log has many of these. */
export function entryBytes(institution: string, link: Link): Buffer {
  const texts = [institution, link.type, link.at, link.recordedAt];
  const lengths = texts.map(text => Buffer.byteLength(text, 'utf8'));
  const bytes = Buffer.alloc(1 + 16 + 64 + lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = bytes.writeUInt8(1, 0);
  const put = (i: number): void => {
    at = bytes.writeUInt32BE(lengths[i] ?? 0, at);
    at += bytes.write(texts[i] ?? '', at, 'utf8');
  };
  put(0);
  at = bytes.writeBigUInt64BE(BigInt(link.n), at);
  at = bytes.writeBigUInt64BE(BigInt(link.caseN), at);
  put(1);
  put(2);
  put(3);
  at += bytes.write(link.rulebook.slice(7), at, 'hex');
  bytes.write(link.body.slice(7), at, 'hex');
  return bytes;
}
const LEAF = Buffer.from([0]);
export const leafOf = (entry: Buffer): Buffer => sha256(Buffer.concat([LEAF, entry]));

/** Signed notes, checkpoints and co-signatures for the verifier, from the C2SP pages. Every signature must be of a known key. */
import { hexOf } from './digest.ts';
import { signatureHolds } from './ed25519.ts';

export interface VerifierKey {
  readonly name: string;
  /** 1: the log itself; 4: a witness, with the moment. */
  readonly type: 1 | 4;
  readonly id: string;
  readonly publicKey: Buffer;
}
export interface Signature {
  readonly name: string;
  readonly ok: boolean;
  readonly type: 1 | 4 | 0;
  /** The key in base64 is what tells one key from another of the same name. */
  readonly key: string;
}
export interface Note {
  readonly text: string;
  readonly signatures: readonly Signature[];
}
export interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
}
const bytesOf = (base64: string): Buffer | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
};

/** `name+id+base64(type, key)`; the id must be that of name, type and key. */
export function parseKey(line: string): VerifierKey | undefined {
  const parts = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(line);
  const [, name = '', id = '', material = ''] = parts ?? [];
  const bytes = bytesOf(material);
  const type = bytes?.[0];
  if (!parts || !bytes || bytes.length !== 33 || (type !== 1 && type !== 4)) return undefined;
  const told = hexOf(Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), bytes]));
  return told.startsWith(id) ? { name, type, id, publicKey: bytes.subarray(1) } : undefined;
}

/** A text and its signatures. A text without any is a note of no signatures; nothing when it is malformed. */
export function parseNote(note: string, keys: readonly VerifierKey[]): Note | undefined {
  for (let i = 0; i < note.length; i++) if (note.charCodeAt(i) < 0x20 && note[i] !== '\n') return undefined;
  if (!note.endsWith('\n')) return undefined;
  const cut = note.lastIndexOf('\n\n');
  if (cut < 0) return { text: note, signatures: [] };
  const text = note.slice(0, cut + 1);
  const signatures: Signature[] = [];
  for (const line of note.slice(cut + 2, -1).split('\n')) {
    const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line) ?? [];
    const bytes = bytesOf(encoded);
    if (name === '' || !bytes || bytes.length < 5) return undefined;
    const id = bytes.toString('hex', 0, 4);
    const key = keys.find(k => k.name === name && k.id === id);
    const ok = key !== undefined && holds(key, text, bytes.subarray(4));
    signatures.push({ name, ok, type: key?.type ?? 0, key: key?.publicKey.toString('base64') ?? '' });
  }
  return { text, signatures };
}
function holds(key: VerifierKey, text: string, signature: Buffer): boolean {
  if (key.type === 1) return signatureHolds(key.publicKey, text, signature);
  if (signature.length !== 72) return false;
  const message = `cosignature/v1\ntime ${signature.readBigUInt64BE()}\n${text}`;
  return signatureHolds(key.publicKey, message, signature.subarray(8));
}
/** The three lines of a checkpoint. */
export function parseHead(text: string): Head | undefined {
  const [, origin = '', size = '', root = ''] = /^([^\n]+)\n(0|[1-9]\d{0,14})\n([^\n]+)\n$/.exec(text) ?? [];
  const bytes = bytesOf(root);
  return bytes?.length === 32 ? { origin, size: Number(size), root: bytes.toString('hex') } : undefined;
}

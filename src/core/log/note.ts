/**
 * Signed notes (c2sp.org/signed-note) and the two signature types used here: Ed25519 (0x01) by the log itself, and
 * timestamped co-signatures (0x04, c2sp.org/tlog-cosignature) by a witness.
 */
import { type Bytes, sha256, toHex } from './digest.ts';
import { isSignature, publicKeyOf, signBytes } from './ed25519.ts';

export const KEY_TYPE = { log: 0x01, witness: 0x04 } as const;
export type KeyType = (typeof KEY_TYPE)[keyof typeof KEY_TYPE];
export interface NoteKey {
  readonly name: string;
  readonly type: KeyType;
  readonly publicKey: Bytes;
}
export interface Signer {
  readonly name: string;
  readonly seed: Bytes;
}
const KEY_ID = 4;
const base64 = (bytes: Bytes): string => Buffer.from(bytes).toString('base64');
/** A name is one word: no space of any script, no plus sign. */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s+]/u.test(name);

export const keyId = ({ name, type, publicKey }: NoteKey): Bytes =>
  sha256(`${name}\n`, Uint8Array.of(type), publicKey).subarray(0, KEY_ID);
/** A verifier key in one line, as the tools around C2SP print it: name, id, type and key. */
export const showKey = (key: NoteKey): string =>
  `${key.name}+${toHex(keyId(key))}+${base64(Buffer.concat([Uint8Array.of(key.type), key.publicKey]))}`;
export function readKey(text: string): NoteKey | undefined {
  const [name = '', id = '', material = '', ...more] = text.trim().split('+');
  // Base64 may hold plus signs itself: everything after the second one is the key.
  const bytes = Buffer.from([material, ...more].join('+'), 'base64');
  const type = bytes[0];
  if (!isKeyName(name) || bytes.length !== 33 || (type !== KEY_TYPE.log && type !== KEY_TYPE.witness)) return undefined;
  const key: NoteKey = { name, type, publicKey: new Uint8Array(bytes.subarray(1)) };
  return toHex(keyId(key)) === id ? key : undefined;
}
export const keyOf = (signer: Signer, type: KeyType): NoteKey => ({
  name: signer.name,
  type,
  publicKey: publicKeyOf(signer.seed),
});

const line = (key: NoteKey, signature: Bytes): string =>
  `— ${key.name} ${base64(Buffer.concat([keyId(key), signature]))}\n`;

/** The text with one signature of the log's own. The text ends with a line end. */
export function signNote(text: string, signer: Signer): string {
  if (!text.endsWith('\n')) throw new RangeError('the text of a note ends with a line end');
  return `${text}\n${line(keyOf(signer, KEY_TYPE.log), signBytes(signer.seed, text))}`;
}
const cosigned = (text: string, seconds: number): string => `cosignature/v1\ntime ${seconds}\n${text}`;
/** The signature line of a witness over a checkpoint's text: "as of then, this is the largest consistent tree I have seen". */
export function cosign(text: string, signer: Signer, seconds: number): string {
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(seconds));
  return line(keyOf(signer, KEY_TYPE.witness), Buffer.concat([stamp, signBytes(signer.seed, cosigned(text, seconds))]));
}

export interface OpenedNote {
  readonly text: string;
  /** The keys whose signatures are good, with the moment of a co-signature. */
  readonly signedBy: readonly { readonly key: NoteKey; readonly seconds?: number }[];
}
/** Most signatures that are looked at; the specification asks for at least 16. */
const MOST_SIGNATURES = 32;

/** The text and who signed it; nothing when the note is malformed, a known key's signature is bad or none is known. */
export function openNote(note: string, keys: readonly NoteKey[]): OpenedNote | undefined {
  const cut = note.lastIndexOf('\n\n');
  // oxlint-disable-next-line no-control-regex -- the specification forbids exactly these
  if (cut < 0 || !note.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f]/.test(note)) return undefined;
  const text = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return undefined;
  const signedBy: { key: NoteKey; seconds?: number }[] = [];
  for (const signature of lines) {
    const [dash, name = '', encoded = '', ...rest] = signature.split(' ');
    if (dash !== '—' || rest.length > 0 || !isKeyName(name)) return undefined;
    const bytes = Buffer.from(encoded, 'base64');
    if (bytes.toString('base64') !== encoded || bytes.length <= KEY_ID) return undefined;
    const key = keys.find(k => k.name === name && Buffer.from(keyId(k)).equals(bytes.subarray(0, KEY_ID)));
    if (!key) continue;
    const rest4 = bytes.subarray(KEY_ID);
    if (key.type === KEY_TYPE.log) {
      if (!isSignature(key.publicKey, text, rest4)) return undefined;
      signedBy.push({ key });
    } else {
      if (rest4.length !== 72) return undefined;
      const seconds = Number(rest4.readBigUInt64BE());
      if (!isSignature(key.publicKey, cosigned(text, seconds), rest4.subarray(8))) return undefined;
      signedBy.push({ key, seconds });
    }
  }
  return signedBy.length > 0 ? { text, signedBy } : undefined;
}

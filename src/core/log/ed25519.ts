/** Ed25519 (RFC 8032): one key is 32 bytes of seed. Signing draws on nothing but seed and message, so it belongs to the rules. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Bytes } from './digest.ts';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
export const SEED_LENGTH = 32;

function privateKey(seed: Bytes): KeyObject {
  if (seed.length !== SEED_LENGTH) throw new RangeError('an Ed25519 seed has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}
export function publicKeyOf(seed: Bytes): Bytes {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(SPKI.length));
}
export const signBytes = (seed: Bytes, message: Bytes | string): Bytes =>
  new Uint8Array(sign(null, Buffer.from(message), privateKey(seed)));
export const isSignature = (publicKey: Bytes, message: Bytes | string, signature: Bytes): boolean =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

/** Ed25519 for the verifier: its own door, which can check and not sign. */
import { createPublicKey, verify } from 'node:crypto';

const DER_BEFORE_KEY = '302a300506032b6570032100';

export function signatureHolds(publicKey: Uint8Array, message: string, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const der = Buffer.concat([Buffer.from(DER_BEFORE_KEY, 'hex'), publicKey]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(message, 'utf8'), key, signature);
  } catch {
    return false; // not a point of the curve
  }
}

/** SHA-256 for the verifier: its own door to the hash, so that it imports nothing of the writer's. */
import { hash } from 'node:crypto';

export const sha256 = (bytes: Uint8Array | string): Buffer => hash('sha256', bytes, 'buffer');
export const showDigest = (bytes: Uint8Array | string): string => `sha256:${hash('sha256', bytes, 'hex')}`;

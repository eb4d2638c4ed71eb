/**
 * SHA-256 for the verifier: its own door to the hash, so that it imports nothing of the writer's. Hashes inside the walk are
 * strings of 32 characters, one for each byte: made and compared four times faster than buffers, and a long log has many.
 */
import { hash } from 'node:crypto';

/** 32 characters of one byte each. */
export type Hash = string;
export const hashOf = (bytes: Uint8Array | string): Hash => hash('sha256', bytes, 'binary');
export const hexOf = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');
export const showDigest = (bytes: Uint8Array | string): string => `sha256:${hexOf(bytes)}`;
export const hexOfHash = (h: Hash): string => Buffer.from(h, 'latin1').toString('hex');
export const hashOfHex = (hex: string): Hash => Buffer.from(hex, 'hex').toString('latin1');
export const bytesOfHash = (h: Hash): Buffer => Buffer.from(h, 'latin1');

/** SHA-256 for the verifier: its own door to the hash, so that it imports nothing of the writer's. */
import { createHash as create, type Hash } from 'node:crypto';

export const createHash = (): Hash => create('sha256');

/** The inspector in a worker, which may die of what it reads. */
import { parentPort, workerData } from 'node:worker_threads';
import { inspect } from './attachment.ts';

const { name, bytes } = workerData as { readonly name: string; readonly bytes: Uint8Array };
parentPort?.postMessage(await inspect(name, bytes));

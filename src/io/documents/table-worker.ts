/** The reader in a worker, which may die of what it reads. */
import { parentPort, workerData } from 'node:worker_threads';
import { readTable } from './table-read.ts';

parentPort?.postMessage(readTable(workerData as Uint8Array));

/**
 * Workbooks are read in a worker that may die or be ended, as in the product; here one worker reads many, so that starting it
 * is not what is measured. The library that reads old workbooks has inputs it never comes back from: that is what the limit is for.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { readTable } from '../../src/io/documents/table-read.ts';

type Read = ReturnType<typeof readTable>;
const LIMIT_MS = 1_500;
const MEMORY_MB = 768;
let worker: Worker | undefined;

export const tables = {
  stopped: 0,
  /** What was read, or nothing when the worker had to be ended or died. */
  read: (bytes: Uint8Array): Promise<Read | undefined> => {
    const here = (worker ??= new Worker(new URL(import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      stdout: true,
      stderr: true,
    }));
    return new Promise(done => {
      const end = (result: Read | undefined): void => {
        clearTimeout(timer);
        here.off('message', end);
        here.off('error', died);
        if (result === undefined) {
          tables.stopped++;
          worker = undefined;
          here.on('error', () => undefined); // a worker that is being ended may still complain
          void here.terminate();
        }
        done(result);
      };
      const died = (): void => end(undefined);
      const timer = setTimeout(died, LIMIT_MS);
      here.on('message', end);
      here.on('error', died);
      here.postMessage(bytes);
    });
  },
};
if (!isMainThread) parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(readTable(bytes)));

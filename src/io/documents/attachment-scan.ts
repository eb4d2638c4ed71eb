/** Has a file inspected in a worker with limits of memory and time: whatever becomes of the worker, the product goes on. */
import { Worker } from 'node:worker_threads';
import { type Inspected, MOST_BYTES } from './attachment.ts';

const MEMORY_MB = 512;
const TIMEOUT_MS = 30_000;

export function scanAttachment(
  name: string,
  bytes: Uint8Array,
  limits: { readonly memoryMb?: number; readonly timeoutMs?: number } = {},
): Promise<Inspected> {
  if (bytes.length > MOST_BYTES) return Promise.resolve({ ok: false, fault: 'too-large' });
  const worker = new Worker(new URL('./attachment-worker.ts', import.meta.url), {
    workerData: { name, bytes },
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb ?? MEMORY_MB },
    stdout: true,
    stderr: true,
  });
  return new Promise(done => {
    const finish = (result: Inspected): void => {
      clearTimeout(timer);
      void worker.terminate();
      done(result);
    };
    const timer = setTimeout(() => finish({ ok: false, fault: 'reader-died' }), limits.timeoutMs ?? TIMEOUT_MS);
    worker.once('message', finish);
    worker.once('error', () => finish({ ok: false, fault: 'reader-died' }));
    worker.once('exit', () => finish({ ok: false, fault: 'reader-died' }));
  });
}

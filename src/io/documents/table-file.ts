/**
 * Reads a workbook or CSV into rows of text, in a worker with limits: a small hostile file can cost gigabytes in any
 * library. A zip guard looks at the sizes the archive declares before anything is unpacked.
 */
import { Worker } from 'node:worker_threads';

export type TableFile =
  | { readonly headings: readonly string[]; readonly rows: readonly Readonly<Record<string, string>>[] }
  | { readonly fault: string };

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_UNPACKED = 512 * 1024 * 1024;
const MOST_RATIO = 200;
const MEMORY_MB = 768;
const TIMEOUT_MS = 60_000;

export async function readTableFile(bytes: Uint8Array): Promise<TableFile> {
  if (bytes.length > MOST_BYTES) return { fault: `the file is larger than ${MOST_BYTES / 1024 / 1024} MB; split it` };
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const bomb = isZip ? zipProblem(bytes) : undefined;
  if (bomb) return { fault: bomb };
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    stdout: true,
    stderr: true,
  });
  return new Promise(done => {
    const finish = (result: TableFile) => {
      clearTimeout(timer);
      void worker.terminate();
      done(result);
    };
    const timer = setTimeout(
      () => finish({ fault: 'the file took too long to read; save it anew as .xlsx or CSV' }),
      TIMEOUT_MS,
    );
    worker.once('message', finish);
    worker.once('error', error =>
      finish({
        fault: `the file cannot be read: ${(error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it needs more memory than a table should' : error.message}`,
      }),
    );
    worker.once('exit', () => finish({ fault: 'the file cannot be read: it ended the reader' }));
  });
}

/** Adds up what the central directory declares; a directory that lies is caught by the worker's limits. */
export function zipProblem(bytes: Uint8Array): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 70_000 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return 'the file is no workbook: it is torn';
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (
    let n = view.getUint16(end + 10, true);
    n > 0 && at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50;
    n--
  ) {
    unpacked += view.getUint32(at + 24, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (unpacked > MOST_UNPACKED || unpacked > bytes.length * MOST_RATIO)
    return `the file would unpack to ${Math.round(unpacked / 1024 / 1024)} MB from ${Math.round(bytes.length / 1024)} KB: it is refused`;
  return undefined;
}

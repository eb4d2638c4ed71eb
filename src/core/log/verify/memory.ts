/** An export that is in memory already: out of an archive, or made a moment ago. */
import { showDigest } from './digest.ts';
import type { ExportFiles } from './index.ts';
import { readLines } from './lines.ts';

export function exportOf(files: ReadonlyMap<string, Uint8Array>): ExportFiles {
  const read = (name: string): Uint8Array => files.get(name) ?? new Uint8Array();
  return {
    events: readLines([read('events.ndjson')]),
    chain: readLines([read('chain.ndjson')]),
    salts: readLines([read('salts.ndjson')]),
    others: { names: [...files.keys()], read, digest: name => showDigest(read(name)) },
  };
}

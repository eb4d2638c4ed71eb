/** A backup as one file: a ZIP of the tables and a manifest with the digest of each, so that a damaged file is never put back. */
import { createHash } from 'node:crypto';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const MANIFEST = 'manifest.json';
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

export function packBackup(tables: ReadonlyMap<string, string>): Uint8Array {
  const manifest = {
    format: 'huiyin-backup-1',
    tables: Object.fromEntries([...tables].map(([name, text]) => [name, digestOf(text)])),
  };
  const files = Object.fromEntries([...tables].map(([name, text]) => [`${name}.ndjson`, strToU8(text)]));
  return zipSync(
    { [MANIFEST]: strToU8(JSON.stringify(manifest)), ...files },
    { level: 6, mtime: new Date('2000-01-01T00:00:00Z') },
  );
}
/** The tables, or why the file cannot be trusted. */
export function readBackup(
  bytes: Uint8Array,
): { readonly tables: ReadonlyMap<string, string> } | { readonly fault: string } {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch {
    return { fault: 'it is no ZIP file, or it is torn' };
  }
  const manifest = files[MANIFEST];
  if (!manifest) return { fault: 'it is no backup of huiyin: the manifest is missing' };
  const { format, tables } = JSON.parse(strFromU8(manifest)) as { format: string; tables: Record<string, string> };
  if (format !== 'huiyin-backup-1') return { fault: `it is of the format ${format}, which this version does not read` };
  const found = new Map<string, string>();
  for (const [name, digest] of Object.entries(tables)) {
    const file = files[`${name}.ndjson`];
    const text = file ? strFromU8(file) : undefined;
    if (text === undefined || digestOf(text) !== digest) return { fault: `the table ${name} is damaged or missing` };
    found.set(name, text);
  }
  return { tables: found };
}

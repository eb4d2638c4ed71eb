/** An export on disk: written whole or not at all, read without loading more of it than is needed at a time. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { type Bytes, type ExportFiles, exportOf, readLines } from '#core/log';
import { UsageError } from './command.ts';

const PIECE = 1 << 16;
/** An archive is unpacked in memory; beyond this it must be unpacked to a folder first. */
const LARGEST_ARCHIVE = 1 << 30;

/** The folder must be new or empty; the files appear in it together. */
export function writeFolder(out: string, files: ReadonlyMap<string, Bytes>): void {
  const target = resolve(out);
  mkdirSync(dirname(target), { recursive: true });
  const part = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(part, name)), { recursive: true });
      writeFileSync(join(part, name), bytes);
    }
    if (existsSync(target)) rmdirSync(target);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}
/** Says why a folder cannot be written to, before any work is done. */
export function mustBeEmpty(out: string): void {
  let names: string[] = [];
  try {
    names = readdirSync(out);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new UsageError(`${out} cannot be used: ${(error as Error).message}`);
  }
  if (names.length > 0) throw new UsageError(`${out} is not empty: give a new folder`);
}

/** A folder, or one ZIP file, as the verifier reads it. */
export function openExport(path: string): ExportFiles {
  let files: ExportFiles;
  try {
    files = statSync(path).isDirectory() ? openFolder(path) : exportOf(unzip(path));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as an export: ${(error as Error).message}`);
  }
  const names = new Set(files.others?.names);
  if (!names.has('chain.ndjson') && !names.has('events.ndjson'))
    throw new UsageError(`${path} is no export: it has no events.ndjson and chain.ndjson`);
  return files;
}
function openFolder(folder: string): ExportFiles {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, ''))
    .sort();
  const pieces = (name: string): Iterable<Uint8Array> => (names.includes(name) ? piecesOf(join(folder, name)) : []);
  return {
    events: readLines(pieces('events.ndjson')),
    chain: readLines(pieces('chain.ndjson')),
    salts: readLines(pieces('salts.ndjson')),
    others: {
      names,
      read: name => readFileSync(join(folder, name)),
      digest: name => {
        const hash = createHash('sha256');
        for (const piece of pieces(name)) hash.update(piece);
        return `sha256:${hash.digest('hex')}`;
      },
    },
  };
}
function* piecesOf(file: string): Generator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const length = readSync(handle, piece, 0, PIECE, null);
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(handle);
  }
}
function unzip(path: string): Map<string, Uint8Array> {
  let size = 0;
  const files = unzipSync(readFileSync(path), {
    filter: file => {
      size += file.originalSize;
      if (size > LARGEST_ARCHIVE) throw new Error('it is larger than 1 GiB when unpacked: unpack it to a folder first');
      return !file.name.endsWith('/');
    },
  });
  const all = new Map(Object.entries(files));
  // The archive of a case keeps its export in a folder of its own, beside the papers.
  if (all.has('chain.ndjson') || !all.has('log/chain.ndjson')) return all;
  return new Map([...all].flatMap(([name, bytes]) => (name.startsWith('log/') ? [[name.slice(4), bytes]] : [])));
}

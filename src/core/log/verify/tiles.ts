/** Tiles and entry bundles made again while the chain goes by, each compared as soon as it is whole. */
import type { Broken } from './broken.ts';
import { bytesOfHash, type Hash } from './digest.ts';
import { nodeOf } from './tree.ts';

const WIDTH = 256;
type Row = 'entries' | number;

export class TileMaker {
  /** Files that differ, with the first entry they are about. */
  readonly wrong: { readonly name: string; readonly n: number; readonly there: boolean }[] = [];
  /** Whether the export has tiles at all. */
  readonly given: boolean;
  readonly #files: Set<string>;
  readonly #read: (name: string) => Uint8Array;
  readonly #rows = new Map<Row, { index: number; parts: Buffer[]; hashes: Hash[] }>();

  constructor(names: readonly string[], read: (name: string) => Uint8Array) {
    this.#files = new Set(names);
    this.given = names.length > 0;
    this.#read = read;
  }
  /** `bytes`: the leaf's, with RFC 6962's zero byte that bundles leave out. */
  add(bytes: Buffer, leaf: Hash): void {
    const entry = bytes.subarray(1);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    this.#put('entries', Buffer.concat([length, entry]), '');
    this.#put(0, bytesOfHash(leaf), leaf);
  }
  #put(row: Row, part: Buffer, hash: Hash): void {
    const tile = this.#rows.get(row) ?? { index: 0, parts: [], hashes: [] };
    this.#rows.set(row, tile);
    tile.parts.push(part);
    tile.hashes.push(hash);
    if (tile.parts.length < WIDTH) return;
    this.#compare(row, tile);
    if (typeof row === 'number') {
      const root = foldUp(tile.hashes);
      this.#put(row + 1, bytesOfHash(root), root);
    }
    this.#rows.set(row, { index: tile.index + 1, parts: [], hashes: [] });
  }
  /** What is left when the log ends: partial tiles, and files that no tile has. */
  end(): ReadonlySet<string> {
    for (const [row, tile] of this.#rows) if (tile.parts.length > 0) this.#compare(row, tile);
    this.#rows.clear();
    return this.#files;
  }
  #compare(row: Row, tile: { index: number; parts: readonly Buffer[] }): void {
    const name = `tile/${row}/${pathOf(tile.index)}${tile.parts.length === WIDTH ? '' : `.p/${tile.parts.length}`}`;
    const n = 1 + tile.index * WIDTH ** (typeof row === 'number' ? row + 1 : 1);
    const there = this.#files.delete(name);
    if (!there || !Buffer.concat(tile.parts).equals(this.#read(name))) this.wrong.push({ name, n, there });
  }
}
function pathOf(index: number): string {
  const thousands: string[] = [];
  for (let rest = index; ; rest = Math.floor(rest / 1000)) {
    thousands.unshift(String(rest % 1000).padStart(3, '0'));
    if (rest < 1000) break;
  }
  return thousands.map((part, i) => (i + 1 < thousands.length ? `x${part}` : part)).join('/');
}
/** The root of a full tile. */
function foldUp(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeOf(row[2 * i] ?? '', row[2 * i + 1] ?? ''));
  return row[0] ?? '';
}

/** Every tile that is given must be right; a signed export gives all of them. */
export function judgeTiles(
  tiles: TileMaker,
  needed: boolean,
  broken: (name: string, n: number, says: string) => Broken,
): void {
  const strangers = tiles.end();
  for (const { name, n, there } of tiles.wrong) {
    if (there) throw broken(name, n, 'the tile is not that of the entries');
    if (needed || tiles.given) throw broken(name, n, 'the tile is not there');
  }
  for (const name of strangers) throw broken(name, 1, 'the log has no such tile');
}

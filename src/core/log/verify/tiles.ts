/** Tiles and entry bundles made again while the chain goes by, each compared as soon as it is whole. */
import type { Broken } from './broken.ts';
import { nodeOf } from './tree.ts';

const WIDTH = 256;
type Row = 'entries' | number;

export class TileMaker {
  /** Files that differ, with the first entry they are about. */
  readonly wrong: { readonly name: string; readonly n: number; readonly there: boolean }[] = [];
  readonly #files: Set<string>;
  readonly #read: (name: string) => Uint8Array;
  readonly #rows = new Map<Row, { index: number; parts: Buffer[]; count: number }>();

  /** Whether any tile is given at all; an export without tiles is judged by its chain. */
  readonly any: boolean;

  constructor(names: readonly string[], read: (name: string) => Uint8Array) {
    this.#files = new Set(names);
    this.any = names.length > 0;
    this.#read = read;
  }
  add(entry: Buffer, leaf: Buffer): void {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(entry.length);
    this.#put('entries', [length, entry]);
    this.#put(0, [leaf]);
  }
  #put(row: Row, parts: readonly Buffer[]): void {
    const tile = this.#rows.get(row) ?? { index: 0, parts: [], count: 0 };
    this.#rows.set(row, tile);
    tile.parts.push(...parts);
    if (++tile.count < WIDTH) return;
    this.#compare(row, tile);
    if (typeof row === 'number') this.#put(row + 1, [foldUp(tile.parts)]);
    this.#rows.set(row, { index: tile.index + 1, parts: [], count: 0 });
  }
  /** What is left when the log ends: partial tiles, and files that no tile has. */
  end(): ReadonlySet<string> {
    for (const [row, tile] of this.#rows) if (tile.count > 0) this.#compare(row, tile);
    this.#rows.clear();
    return this.#files;
  }
  #compare(row: Row, tile: { index: number; parts: readonly Buffer[]; count: number }): void {
    const name = `tile/${row}/${pathOf(tile.index)}${tile.count === WIDTH ? '' : `.p/${tile.count}`}`;
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
function foldUp(hashes: readonly Buffer[]): Buffer {
  let row = [...hashes];
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeOf(row[2 * i] as Buffer, row[2 * i + 1] as Buffer));
  return row[0] as Buffer;
}

/** Every tile that is given must be right; a signed export gives all of them. */
export function judgeTiles(
  tiles: TileMaker,
  needed: boolean,
  broken: (name: string, n: number, says: string) => Broken,
): void {
  const given = tiles.any;
  const strangers = tiles.end();
  for (const { name, n, there } of tiles.wrong) {
    if (there) throw broken(name, n, 'the tile is not that of the entries');
    if (needed || given) throw broken(name, n, 'the tile is not there');
  }
  for (const name of strangers) throw broken(name, 1, 'the log has no such tile');
}

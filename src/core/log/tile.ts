/** Tiles (c2sp.org/tlog-tiles): the tree as static files of up to 256 hashes, and the entries as bundles of leaf bytes. */
import type { Bytes } from './digest.ts';

export const TILE_WIDTH = 256;
export interface TileName {
  readonly level: number | 'entries';
  readonly index: number;
  /** 256 for a full tile. */
  readonly width: number;
}
/** `tile/0/x001/x234/067`, with `.p/17` behind a partial one. */
export function tilePath({ level, index, width }: TileName): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const parts = digits.match(/\d{3}/g) ?? [];
  const path = parts.map((p, i) => (i < parts.length - 1 ? `x${p}` : p)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}
/** Every tile and bundle that a tree of this size has. */
export function tilesOf(size: number): TileName[] {
  const names: TileName[] = [];
  const row = (level: number | 'entries', hashes: number): void => {
    for (let index = 0; index * TILE_WIDTH < hashes; index++)
      names.push({ level, index, width: Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH) });
  };
  row('entries', size);
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) row(level, hashes);
  return names;
}
/** The bytes of one tile, from the hashes of perfect ranges. */
export function tileBytes(
  { level, index, width }: TileName & { readonly level: number },
  of: (start: number, end: number) => Bytes,
): Bytes {
  const span = TILE_WIDTH ** level;
  return Buffer.concat(
    Array.from({ length: width }, (_, i) => {
      const start = (index * TILE_WIDTH + i) * span;
      return of(start, start + span);
    }),
  );
}
/** Entries with their lengths, as two bytes each. */
export function bundleBytes(entries: readonly Bytes[]): Bytes {
  return Buffer.concat(
    entries.flatMap(entry => {
      if (entry.length > 0xffff) throw new RangeError('an entry of the log has at most 65,535 bytes');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

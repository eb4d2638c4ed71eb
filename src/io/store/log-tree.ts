/** The tree of one institution's log as tables keep it: full tiles, and the leaves that fill none yet. */
import { type Bytes, rangesOf, sha256 } from '#core/log';
import type { Query } from './port.ts';

const WIDTH = 256;
const HASH = 32;
const NODE = Uint8Array.of(1);

/** Writes the tiles that are full at this size and not kept yet. */
export async function keepTiles(institution: string, query: Query, size: number): Promise<void> {
  for (let level = 0, hashes = size; hashes >= WIDTH; level++, hashes = Math.floor(hashes / WIDTH)) {
    const [kept] = await query<{ next: number }>(
      'select coalesce(max(tile), -1) + 1 as next from log_tile where institution_id = $1 and level = $2',
      [institution, level],
    );
    for (let tile = Number(kept?.next ?? 0); (tile + 1) * WIDTH <= hashes; tile++)
      await query(
        'insert into log_tile (institution_id, level, tile, hashes) values ($1, $2, $3, $4) on conflict do nothing',
        [institution, level, tile, Buffer.concat(await row(institution, query, level, tile * WIDTH, WIDTH))],
      );
  }
}
/** Hashes `from` to `from + count` of a level: leaves, or the roots of full tiles of the level below. */
async function row(institution: string, query: Query, level: number, from: number, count: number): Promise<Bytes[]> {
  if (level === 0) {
    const rows = await query<{ leaf: Uint8Array }>(
      'select leaf from log_entry where institution_id = $1 and n > $2 and n <= $3 order by n',
      [institution, from, from + count],
    );
    return rows.map(r => new Uint8Array(r.leaf));
  }
  const tiles = await query<{ hashes: Uint8Array }>(
    'select hashes from log_tile where institution_id = $1 and level = $2 and tile >= $3 and tile < $4 order by tile',
    [institution, level - 1, from, from + count],
  );
  return tiles.map(t => rangesOf(cut(t.hashes))(0, WIDTH));
}
const cut = (hashes: Uint8Array): Bytes[] =>
  Array.from({ length: hashes.length / HASH }, (_, i) => new Uint8Array(hashes.subarray(i * HASH, (i + 1) * HASH)));

/**
 * Hashes of perfect ranges below `size`. At most one tile of each level is not full, so a proof reads a few rows however
 * long the log is; what was read once in this transaction is kept.
 */
export function treeOf(
  institution: string,
  query: Query,
  size: number,
): (start: number, end: number) => Promise<Bytes> {
  const read = new Map<string, Promise<readonly Bytes[]>>();
  const hashesOf = (level: number, tile: number): Promise<readonly Bytes[]> => {
    const key = `${level}/${tile}`;
    const known = read.get(key);
    if (known) return known;
    const count = Math.min(WIDTH, Math.floor(size / WIDTH ** level) - tile * WIDTH);
    const found = (async () => {
      const [kept] = await query<{ hashes: Uint8Array }>(
        'select hashes from log_tile where institution_id = $1 and level = $2 and tile = $3',
        [institution, level, tile],
      );
      return kept ? cut(kept.hashes) : row(institution, query, level, tile * WIDTH, count);
    })();
    read.set(key, found);
    return found;
  };
  const of = async (start: number, end: number): Promise<Bytes> => {
    const width = end - start;
    let level = 0;
    while (WIDTH ** (level + 1) <= width) level++;
    const span = WIDTH ** level;
    const first = start / span;
    const hashes = await hashesOf(level, Math.floor(first / WIDTH));
    const place = first % WIDTH;
    const found = rangesOf(hashes)(place, place + width / span);
    return found;
  };
  return of;
}
/** The root over the first `size` leaves. */
export async function rootAt(size: number, of: (start: number, end: number) => Promise<Bytes>): Promise<Bytes> {
  const peaks: Bytes[] = [];
  for (let start = 0, rest = size; rest > 0;) {
    const width = 2 ** Math.floor(Math.log2(rest));
    peaks.push(await of(start, start + width));
    start += width;
    rest -= width;
  }
  return peaks.length === 0 ? sha256() : peaks.reduceRight((right, left) => sha256(NODE, left, right));
}

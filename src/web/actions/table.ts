/** A hotline table becomes items: columns by their headings, columns of identity dropped and named, row by row. */
import { mapColumns, mappingProblem, readRow } from '#watch';
import { digestOf } from '../session.ts';
import type { Item } from '../ports.ts';

export type MappedTable =
  | { readonly problem: string }
  | { readonly items: readonly Item[]; readonly refused: number; readonly dropped: readonly string[] };

/** `now` is not used as a date for undated rows: they stay undated. */
export function mapTable(rows: readonly (readonly string[])[]): MappedTable {
  const [headings = [], ...body] = rows;
  const columns = mapColumns(headings);
  const problem = mappingProblem(columns);
  if (problem !== undefined) return { problem };
  const items: Item[] = [];
  let refused = 0;
  for (const cells of body) {
    if (cells.every(c => c.trim() === '')) continue;
    const row = readRow(Object.fromEntries(headings.map((h, i) => [h.trim(), cells[i] ?? ''])), columns.mapping);
    if ('refused' in row) refused++;
    else
      items.push({
        id: `hl-${digestOf(`${row.id ?? ''}\n${row.title}\n${row.text}`).slice(0, 16)}`,
        origin: 'hotline',
        title: row.title,
        text: row.text,
        ...(row.publishedAt === undefined ? {} : { publishedAt: row.publishedAt }),
      });
  }
  return { items, refused, dropped: columns.dropped };
}

/** A hotline table becomes items: columns by their headings, columns of identity dropped and named, row by row. */
import { mapColumns, mappingProblem, readRow } from '#watch';
import type { NewItem } from '../ports.ts';

export type MappedTable =
  | { readonly problem: string }
  | { readonly items: readonly NewItem[]; readonly refused: number; readonly dropped: readonly string[] };

/** `now` is not used as a date for undated rows: they stay undated. */
export function mapTable(rows: readonly (readonly string[])[]): MappedTable {
  const [headings = [], ...body] = rows;
  const columns = mapColumns(headings);
  const problem = mappingProblem(columns);
  if (problem !== undefined) return { problem };
  const items: NewItem[] = [];
  let refused = 0;
  for (const cells of body) {
    if (cells.every(c => c.trim() === '')) continue;
    const row = readRow(Object.fromEntries(headings.map((h, i) => [h.trim(), cells[i] ?? ''])), columns.mapping);
    if ('refused' in row) refused++;
    else
      items.push({
        ...(row.id === undefined ? {} : { ref: row.id }),
        origin: 'hotline',
        title: row.title,
        text: row.text,
        ...(row.publishedAt === undefined ? {} : { publishedAt: row.publishedAt }),
      });
  }
  return { items, refused, dropped: columns.dropped };
}

/**
 * Exports of a hotline, of 12345 or of a monitoring vendor, read row by row through a mapping. A mapping has no target for
 * who spoke: such columns are named and dropped before anything is stored.
 */
import { type HotlineRow, mapColumns, type Mapping, mappingProblem, readRow } from '../../hotline-mapping.ts';
import { isRecord } from '../../record.ts';
import type { ReadItem, SourceKind } from '../../source-kind.ts';

export const source: SourceKind = {
  kind: 'hotline-file',
  title: { zh: '热线、12345、监测公司的表格', en: 'Table of a hotline or a vendor' },
  says: {
    zh: 'Excel、CSV、JSONL。列的对应关系记住一次，下次同样的表头不用再选。',
    en: 'Excel, CSV, JSONL. Which column is what is remembered by the headings.',
  },
  way: 'file',
  keeps: 'everything',
  origin: 'hotline',
  settings: [
    {
      name: 'origin',
      label: { zh: '谁给的', en: 'Who gave it' },
      needed: true,
      choices: [
        { value: 'hotline', label: { zh: '热线、12345', en: 'Hotline' } },
        { value: 'petition', label: { zh: '信访', en: 'Petition office' } },
        { value: 'agency', label: { zh: '监测公司', en: 'Monitoring vendor' } },
        { value: 'superior', label: { zh: '上级', en: 'Superior' } },
        { value: 'lower-body', label: { zh: '下级', en: 'Lower body' } },
      ],
    },
  ],
  refuses: [],
  /** Rows as one JSON object a line, as the table reader gives them; `mapping` in the settings overrides what the headings say. */
  read: ({ body }, settings) => {
    const rows = new TextDecoder()
      .decode(body)
      .split('\n')
      .filter(l => l.trim() !== '')
      .map(parse);
    const headings = [...new Set(rows.flatMap(r => Object.keys(r ?? {})))];
    if (headings.length === 0) return { ok: false, problem: 'the file holds no rows' };
    const columns = mapColumns(headings, mappingOf(settings['mapping']));
    const lacking = mappingProblem(columns);
    if (lacking) return { ok: false, problem: lacking };
    const items: ReadItem[] = [];
    const problems = columns.dropped.map(d => `the column "${d}" names a private person and was dropped`);
    for (const [i, row] of rows.entries()) {
      const read = row === undefined ? { refused: 'the line is not one JSON object' } : readRow(row, columns.mapping);
      if ('refused' in read) problems.push(`row ${i + 1}: ${read.refused}`);
      else items.push(itemOfRow(read));
    }
    return items.length === 0
      ? { ok: false, problem: problems.at(-1) ?? 'no row could be read' }
      : { ok: true, items, problems };
  },
};
/** A row as it is taken in. */
export function itemOfRow(row: HotlineRow): ReadItem {
  const { title, text, outlet, url, id, publishedAt } = row;
  return {
    title,
    text,
    ...(outlet === undefined ? {} : { outlet }),
    ...(url === undefined ? {} : { url }),
    ...(id === undefined ? {} : { ref: id }),
    ...(publishedAt === undefined ? {} : { publishedAt, publishedAtFrom: 'column' }),
  };
}
function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
function mappingOf(text: string | undefined): Mapping {
  const value = text === undefined ? undefined : parse(text);
  // Targets are judged where a mapping is made; an unknown one maps to nothing here.
  return (value ?? {}) as Mapping;
}

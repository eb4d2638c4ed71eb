/** Reads a table: first sheet, first row as headings, every cell as text. Formulas are never computed. */
import { unzipSync, zipSync } from 'fflate';
import * as XLSX from '@e965/xlsx';

/** UTF-8 where it is, else GB18030, in which county offices save CSV. */
function decode(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('gb18030').decode(data);
  }
}
export type ReadTable =
  { readonly headings: string[]; readonly rows: Record<string, string>[] } | { readonly fault: string };

/** What the bytes say, or a sentence; called where it may die. */
export function readTable(bytes: Uint8Array): ReadTable {
  try {
    return read(bytes);
  } catch (error) {
    return { fault: `the file is no workbook and no CSV: ${error instanceof Error ? error.message : String(error)}` };
  }
}
/** More rows than this are no table of complaints. */
const MOST_ROWS = 200_000;
const MOST_COLUMNS = 1_000;

/**
 * The archive unpacked by one reader and packed anew for the other, which takes unbounded time over a torn one. Only what
 * belongs to an Excel workbook goes in: the library also reads other formats in archives, some of them just as slowly.
 */
function packAnew(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes, { filter: file => /^(xl\/|_rels\/|\[Content_Types\]\.xml$)/.test(file.name) });
  if (!Object.keys(files).some(name => /^xl\/workbook\.(xml|bin)$/.test(name)))
    throw new Error('the archive holds no Excel workbook');
  return zipSync(files, { level: 0 });
}
function read(bytes: Uint8Array): ReadTable {
  const isBinary = (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
  const options = {
    cellFormula: false,
    cellHTML: false,
    cellStyles: false,
    raw: true,
    dense: true,
    sheetRows: MOST_ROWS + 1,
  } as const;
  const book = isBinary
    ? XLSX.read(bytes[0] === 0x50 ? packAnew(bytes) : bytes, { ...options, type: 'array' })
    : XLSX.read(decode(bytes), { ...options, type: 'string' });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) return { fault: 'the workbook has no sheet' };
  // What the sheet says of its own size may be a lie that costs hours: it is cut to what a table can be.
  const said = XLSX.utils.decode_range(sheet['!ref'] ?? 'A1');
  if (said.e.r - said.s.r > MOST_ROWS) return { fault: `the sheet has more than ${MOST_ROWS} rows: split it` };
  if (said.e.c - said.s.c > MOST_COLUMNS) return { fault: `the sheet has more than ${MOST_COLUMNS} columns` };
  const table = XLSX.utils.sheet_to_json<unknown[]>(sheet, {
    header: 1,
    raw: false,
    defval: '',
    blankrows: false,
    dateNF: 'yyyy-mm-dd hh:mm:ss',
  });
  const headings = (table[0] ?? []).map(h => String(h).trim());
  if (headings.every(h => h === '')) return { fault: 'the first row has no headings' };
  const rows = table.slice(1).map(row => Object.fromEntries(headings.map((h, i) => [h, String(row[i] ?? '')])));
  return { headings, rows };
}

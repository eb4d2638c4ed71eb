/** The reader inside the worker: first sheet, first row as headings, every cell as text. Formulas are never computed. */
import { parentPort, workerData } from 'node:worker_threads';
import * as XLSX from '@e965/xlsx';

const bytes = workerData as Uint8Array;

/** UTF-8 where it is, else GB18030, in which county offices save CSV. */
function decode(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('gb18030').decode(data);
  }
}
function read(): { headings: string[]; rows: Record<string, string>[] } | { fault: string } {
  const isBinary = (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);
  const options = { cellFormula: false, cellHTML: false, cellStyles: false, raw: true, dense: true } as const;
  const book = isBinary
    ? XLSX.read(bytes, { ...options, type: 'array' })
    : XLSX.read(decode(bytes), { ...options, type: 'string' });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) return { fault: 'the workbook has no sheet' };
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
let result: ReturnType<typeof read>;
try {
  result = read();
} catch (error) {
  result = { fault: `the file is no workbook and no CSV: ${(error as Error).message}` };
}
parentPort?.postMessage(result);

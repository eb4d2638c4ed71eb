/** Tables that people hand in: workbooks and CSV, read where a hostile file can do no harm. */
export { readTableFile, type TableFile } from './table-file.ts';

/** Tables that people hand in: workbooks and CSV, read where a hostile file can do no harm. */
export { readTableFile, type TableFile, zipProblem } from './table-file.ts';
export { readTable } from './table-read.ts';

/** What is written comes back: types, frozen headings, no formula ever, whatever the cells hold. Read by another library. */
import * as XLSX from '@e965/xlsx';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readTableFile } from './table-file.ts';
import { columnName, type SheetTable, writeWorkbook } from './workbook.ts';

const table: SheetTable = {
  title: '报道: 2026/年',
  columns: [
    { label: '日期', type: 'date' },
    { label: '时间', type: 'moment' },
    { label: '作品', type: 'text' },
    { label: '分', type: 'number' },
  ],
  rows: [
    ['2026-03-02', '2026-03-02T17:05:00+08:00', '=HYPERLINK("http://x","y")', 3],
    ['1900-01-01', undefined, '+86', -1.5],
    ['不详', '昨天', '0012', 'n/a'],
    ['2026-02-30', undefined, '多行\n第二行 <&">', undefined],
  ],
};
const read = (t: readonly SheetTable[]) =>
  XLSX.read(writeWorkbook(t), { type: 'array', cellDates: false, cellNF: true, cellFormula: true });

test('types come back as types: dates and moments as days of China, numbers as numbers, the rest as text', () => {
  const sheet = read([table]).Sheets['报道  2026 年'] as XLSX.WorkSheet;
  const cell = (at: string) => sheet[at] as { t: string; v: unknown; z?: string } | undefined;
  expect([cell('A2')?.t, cell('A2')?.v, cell('A2')?.z]).toEqual(['n', 46083, 'yyyy\\-mm\\-dd']);
  expect(cell('B2')?.v).toBeCloseTo(46083 + (17 * 60 + 5) / 1440, 8);
  expect([cell('D2')?.t, cell('D2')?.v, cell('D3')?.v]).toEqual(['n', 3, -1.5]);
  // A date before March 1900 differs between programs, a word is no date: both stay text.
  expect([cell('A3')?.v, cell('A4')?.v, cell('A5')?.v, cell('D4')?.v, cell('C4')?.v]).toEqual([
    '1900-01-01',
    '不详',
    '2026-02-30',
    'n/a',
    '0012',
  ]);
  expect(cell('B3')).toBeUndefined();
});

test('nothing is ever a formula, and what looks like one is marked as text', () => {
  const parts = unzipSync(writeWorkbook([table]));
  const xml = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(xml).not.toContain('<f>');
  expect(xml).toMatch(/<c r="C2" t="inlineStr" s="4">/);
  expect(xml).toMatch(/<c r="C3" t="inlineStr" s="4">/);
  expect(strFromU8(parts['xl/styles.xml'] ?? new Uint8Array())).toContain('quotePrefix="1"');
});

test('headings are frozen and filtered', () => {
  const xml = strFromU8(unzipSync(writeWorkbook([table]))['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(xml).toContain('<autoFilter ref="A1:D5"/>');
});

test('sheets of the same name are told apart, forbidden characters are gone', () =>
  expect(read([table, table, { ...table, title: '' }]).SheetNames).toEqual(['报道  2026 年', '报道  2026 年 2', '3']));

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
])('column %i is %s', (index, name) => expect(columnName(index)).toBe(name));

test('the same table gives the same bytes', () => expect(writeWorkbook([table])).toEqual(writeWorkbook([table])));

test('any text comes back through the product’s own reader as it was', async () => {
  const texts = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { numRuns: 60, seed: 8420 });
  // A workbook knows no carriage return of its own, and trims nothing else.
  const fit = texts
    .map(t => t.replaceAll(/[\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''))
    .filter(t => t.trim() !== '');
  const columns = [
    { label: 'a', type: 'text' as const },
    { label: 'b', type: 'text' as const },
  ];
  const back = await readTableFile(writeWorkbook([{ title: 't', columns, rows: fit.map((t, i) => [t, `${i}`]) }]));
  if ('fault' in back) throw new Error(back.fault);
  expect(back.rows.map(r => r['a'])).toEqual(fit);
});

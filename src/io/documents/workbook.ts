/**
 * Writes a workbook (SpreadsheetML in a ZIP): typed cells, headings frozen and filtered, widths by content. Texts are inline
 * strings and never formulas; one that begins as a formula would carries the mark that keeps it text when it is edited.
 * Same tables, same bytes.
 */
import { strToU8, zipSync } from 'fflate';

export interface SheetTable {
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly type: 'text' | 'number' | 'date' | 'moment' }[];
  /** Dates as 2026-09-18, moments as instants with their offset; what cannot be read as its type is written as text. */
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}
const MOST_ROWS = 1_048_575;
const MOST_CHARACTERS = 32_767;
/** Places in the style table below. */
const STYLE = { plain: 0, head: 1, date: 2, moment: 3, guarded: 4 } as const;
const FORMULA = /^[=+\-@\t\r]/;
const DAY = 86_400_000;
/** Serial 1 is 1 January 1900, and the format believes in a 29 February 1900. */
const EPOCH = Date.UTC(1899, 11, 30);
const CHINA = 8 * 3_600_000;
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

export function writeWorkbook(tables: readonly SheetTable[]): Uint8Array {
  const names = sheetNames(tables.map(t => t.title));
  const sheets = tables.map((t, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(t)] as const);
  const parts: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes(tables.length)],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${RELS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ['xl/workbook.xml', workbookXml(names, tables)],
    ['xl/_rels/workbook.xml.rels', workbookRels(tables.length)],
    ['xl/styles.xml', STYLES],
    ...sheets,
  ];
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(parts.map(([name, xml]) => [name, [strToU8(xml), { mtime, level: 6 }]])));
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escaped = (text: string): string =>
  text
    .replaceAll(UNFIT, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** At most 31 characters, none of :\/?*[], no two alike whatever their case. */
function sheetNames(titles: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return titles.map((title, i) => {
    const base =
      title
        .replaceAll(/[:\\/?*[\]']/g, ' ')
        .trim()
        .slice(0, 28) || `${i + 1}`;
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} ${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

export function columnName(index: number): string {
  let name = '';
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

function sheetXml({ columns, rows }: SheetTable): string {
  if (rows.length > MOST_ROWS) throw new RangeError(`a sheet holds ${MOST_ROWS} rows; this table has ${rows.length}`);
  const last = `${columnName(Math.max(0, columns.length - 1))}${rows.length + 1}`;
  const widths = columns.map((c, i) =>
    widthOf(
      c.label,
      rows.slice(0, 200).map(r => r[i]),
    ),
  );
  const lines = rows.map((row, r) => {
    const cells = columns.map((c, i) => cellXml(`${columnName(i)}${r + 2}`, row[i], c.type)).join('');
    return `<row r="${r + 2}">${cells}</row>`;
  });
  const heads = columns.map((c, i) => textCell(`${columnName(i)}1`, c.label, STYLE.head)).join('');
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
    `<selection pane="bottomLeft"/></sheetView></sheetViews><cols>${widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join('')}</cols>` +
    `<sheetData><row r="1">${heads}</row>${lines.join('')}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`
  );
}

/** A Chinese character takes two places. */
function widthOf(label: string, cells: readonly (string | number | undefined)[]): number {
  const places = (text: string): number => text.slice(0, 80).replaceAll(/[\u2e80-\uffff]/g, '  ').length;
  return Math.min(60, Math.max(8, ...[label, ...cells].map(c => places(String(c ?? '')) + 2)));
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${escaped(text.slice(0, MOST_CHARACTERS))}</t></is></c>`;

function cellXml(at: string, value: string | number | undefined, type: SheetTable['columns'][number]['type']): string {
  if (value === undefined || value === '') return '';
  if (type === 'number' && (typeof value === 'number' ? Number.isFinite(value) : /^-?\d{1,15}(\.\d+)?$/.test(value)))
    return `<c r="${at}"><v>${value}</v></c>`;
  const text = String(value);
  const serial = type === 'date' || type === 'moment' ? serialOf(text) : undefined;
  if (serial !== undefined)
    return `<c r="${at}" s="${type === 'date' ? STYLE.date : STYLE.moment}"><v>${serial}</v></c>`;
  return textCell(at, text, FORMULA.test(text) ? STYLE.guarded : STYLE.plain);
}

/** Local civil time of China as the count of days that workbooks keep. */
function serialOf(text: string): number | undefined {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = Date.parse(date ? `${text}T00:00:00Z` : text);
  if (!Number.isFinite(at) || (!date && !/[+-]\d{2}:\d{2}$|Z$/.test(text))) return undefined;
  // A 30th of February is no date, though the parser would make one of it.
  const there = date ? at : at + CHINA;
  if ((date || text.endsWith('+08:00')) && new Date(there).toISOString().slice(0, 10) !== text.slice(0, 10))
    return undefined;
  const serial = (there - EPOCH) / DAY;
  return serial >= 61 ? Math.round(serial * 86_400) / 86_400 : undefined;
}

const contentTypes = (n: number): string =>
  `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
  `${Array.from({ length: n }, (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`).join('')}</Types>`;

const workbookXml = (names: readonly string[], tables: readonly SheetTable[]): string =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
  `${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets><definedNames>` +
  // Programs find a sheet's filter by this name.
  `${names.map((name, i) => `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">'${escaped(name)}'!$A$1:$${columnName(Math.max(0, (tables[i]?.columns.length ?? 1) - 1))}$${(tables[i]?.rows.length ?? 0) + 1}</definedName>`).join('')}` +
  `</definedNames></workbook>`;

const workbookRels = (n: number): string =>
  `${HEAD}<Relationships xmlns="${RELS}">` +
  `${Array.from({ length: n }, (_, i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}` +
  `<Relationship Id="rId${n + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>` +
  `<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECEB"/><bgColor indexed="64"/></patternFill></fill></fills>` +
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
  `<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>` +
  `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
  `<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>`;

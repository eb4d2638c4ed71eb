/**
 * What a file is, by its bytes; whether it may be kept; and what of it can be shown as text. Runs where it may die. The name
 * decides nothing but the choice among formats that share one container.
 */
import { unzipSync } from 'fflate';
import { readTable } from './table-read.ts';
import { zipEntries } from './zip-entries.ts';

export const ATTACHMENT_KINDS = [
  'png',
  'jpeg',
  'gif',
  'webp',
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'ofd',
  'office-97',
  'text',
  'csv',
  'mp4',
  'mp3',
  'wav',
  'zip',
] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];
/** Why a file is not kept, as a word the page translates. */
export type AttachmentFault =
  | 'empty'
  | 'too-large'
  | 'unknown'
  | 'active'
  | 'macros'
  | 'bomb'
  | 'locked'
  | 'torn'
  | 'nested'
  | 'name'
  | 'reader-died';
export type Inspected =
  | { readonly ok: true; readonly kind: AttachmentKind; readonly text?: string }
  | { readonly ok: false; readonly fault: AttachmentFault };

export const MOST_BYTES = 50 * 1024 * 1024;
const MOST_TEXT = 200_000;
const MOST_UNPACKED = 400 * 1024 * 1024;
/** Office files of a few pages pack well: the ratio is asked only of what would grow large. */
const FREE_UNPACKED = 16 * 1024 * 1024;
const MOST_RATIO = 150;
const MOST_ENTRIES = 10_000;

const starts = (bytes: Uint8Array, ...signs: readonly number[]): boolean => signs.every((b, i) => bytes[i] === b);
const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1');

/** Names under which something would run when opened. A file may hold plain text and still be a script by its name. */
const ACTIVE_NAME =
  /\.(html?|xhtml|svgz?|xml|js|mjs|vbs|vbe|wsf|hta|bat|cmd|ps1|sh|exe|com|scr|msi|dll|jar|lnk|reg|url|py|php|jsp|aspx?|docm|xlsm|pptm|dotm|xlam|apk|chm)$/i;

export async function inspect(name: string, bytes: Uint8Array): Promise<Inspected> {
  if (bytes.length === 0) return { ok: false, fault: 'empty' };
  if (bytes.length > MOST_BYTES) return { ok: false, fault: 'too-large' };
  if (ACTIVE_NAME.test(name.trim())) return { ok: false, fault: 'active' };
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { ok: true, kind: 'png' };
  if (starts(bytes, 0xff, 0xd8, 0xff)) return { ok: true, kind: 'jpeg' };
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return { ok: true, kind: 'gif' };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return { ok: true, kind: 'webp' };
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WAVE') return { ok: true, kind: 'wav' };
  if (ascii(bytes, 4, 8) === 'ftyp') return { ok: true, kind: 'mp4' };
  if (ascii(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2))
    return { ok: true, kind: 'mp3' };
  if (ascii(bytes, 0, 1024).includes('%PDF-')) return inspectPdf(bytes);
  if (starts(bytes, 0x50, 0x4b)) return inspectZip(bytes);
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return inspectOld(name, bytes);
  return inspectText(name, bytes);
}

/** Things in a PDF that act when it is opened, or that carry another file along. */
const PDF_ACTIVE =
  /\/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA|OpenAction\s*<<[^>]*\/S\s*\/(?:URI|SubmitForm))\b/;

async function inspectPdf(bytes: Uint8Array): Promise<Inspected> {
  // Names may be written with escapes: #4a is J.
  const plain = ascii(bytes, 0, bytes.length).replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (PDF_ACTIVE.test(plain)) return { ok: false, fault: 'active' };
  try {
    const { extractText, getDocumentProxy } = await import('unpdf');
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    if ((await pdf.getJSActions()) !== null) return { ok: false, fault: 'active' };
    if ((await pdf.getAttachments()) !== null) return { ok: false, fault: 'active' };
    const { text } = await extractText(pdf, { mergePages: false });
    return { ok: true, kind: 'pdf', text: clipped(text.slice(0, 30).join('\n\n')) };
  } catch (error) {
    const said = error instanceof Error ? error.name : '';
    return { ok: false, fault: said === 'PasswordException' ? 'locked' : 'torn' };
  }
}

function inspectZip(bytes: Uint8Array): Inspected {
  const entries = zipEntries(bytes);
  if (!entries) return { ok: false, fault: 'torn' };
  const unpacked = entries.reduce((sum, e) => sum + e.unpacked, 0);
  const grows = unpacked > FREE_UNPACKED && unpacked > bytes.length * MOST_RATIO;
  if (entries.length > MOST_ENTRIES || unpacked > MOST_UNPACKED || grows) return { ok: false, fault: 'bomb' };
  if (entries.some(e => e.locked)) return { ok: false, fault: 'locked' };
  const names = entries.map(e => e.name);
  if (names.some(n => /vbaProject\.bin$|vbaData\.xml$|activeX\d*\.(xml|bin)$/i.test(n)))
    return { ok: false, fault: 'macros' };
  const has = (pattern: RegExp): boolean => names.some(n => pattern.test(n));
  const read = (pattern: RegExp, most: number): readonly string[] => {
    let left = most;
    const files = unzipSync(bytes, {
      filter: f => pattern.test(f.name) && left-- > 0 && f.originalSize < 32 * 1024 * 1024,
    });
    return Object.keys(files)
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map(n => new TextDecoder().decode(files[n]));
  };
  try {
    if (has(/^word\/document\.xml$/))
      return { ok: true, kind: 'docx', text: clipped(xmlText(read(/^word\/document\.xml$/, 1), /<\/w:p>/)) };
    if (has(/^xl\/workbook\.(xml|bin)$/)) return { ok: true, kind: 'xlsx', text: tableText(bytes) };
    if (has(/^ppt\/presentation\.xml$/))
      return { ok: true, kind: 'pptx', text: clipped(xmlText(read(/^ppt\/slides\/slide\d+\.xml$/, 200), /<\/a:p>/)) };
    if (has(/^OFD\.xml$/))
      return { ok: true, kind: 'ofd', text: clipped(xmlText(read(/Content\.xml$/, 50), /<\/ofd:TextCode>/)) };
  } catch {
    return { ok: false, fault: 'torn' };
  }
  // A plain archive may hold papers and pictures; nothing that runs, and no archive in an archive.
  if (names.some(n => ACTIVE_NAME.test(n))) return { ok: false, fault: 'active' };
  if (names.some(n => /\.(zip|rar|7z|gz|tgz|bz2|xz|iso|cab)$/i.test(n))) return { ok: false, fault: 'nested' };
  return { ok: true, kind: 'zip', text: clipped(names.join('\n')) };
}

/** Word, Excel and WPS files of the old kind: kept unless they carry macros, a workbook shown as text. */
function inspectOld(name: string, bytes: Uint8Array): Inspected {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const wide = (text: string): boolean => found.includes(Buffer.from(text, 'utf16le'));
  if (wide('_VBA_PROJECT') || wide('Macros') || wide('VBA')) return { ok: false, fault: 'macros' };
  if (wide('EncryptedPackage')) return { ok: false, fault: 'locked' };
  if (!/\.(docx?|xlsx?|pptx?|wps|et|dps)$/i.test(name)) return { ok: false, fault: 'unknown' };
  return { ok: true, kind: 'office-97', ...(/\.(xls|et)$/i.test(name) ? { text: tableText(bytes) } : {}) };
}

function inspectText(name: string, bytes: Uint8Array): Inspected {
  // Text has no zero byte; UTF-16 is saved anew as UTF-8 by whoever has it.
  if (bytes.subarray(0, 65_536).includes(0)) return { ok: false, fault: 'unknown' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      text = new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      return { ok: false, fault: 'unknown' };
    }
  }
  const head = text.slice(0, 2048).trimStart().toLowerCase();
  if (/^(<!doctype|<html|<script|<svg|<\?xml|<\?php|#!|\{\\rtf)/.test(head)) return { ok: false, fault: 'active' };
  return { ok: true, kind: /\.csv$/i.test(name) ? 'csv' : 'text', text: clipped(text) };
}

function tableText(bytes: Uint8Array): string {
  const table = readTable(bytes);
  if ('fault' in table) return '';
  return clipped(
    [table.headings, ...table.rows.slice(0, 500).map(r => table.headings.map(h => r[h] ?? ''))]
      .map(row => row.join('\t'))
      .join('\n'),
  );
}
const xmlText = (files: readonly string[], end: RegExp): string =>
  files
    .map(xml =>
      xml
        .split(end)
        .map(part => part.replaceAll(/<[^>]*>/g, ''))
        .join('\n'),
    )
    .join('\n\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
/** What stands in the database as text: no control characters, and not more than a person would read. */
const clipped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .toWellFormed()
    .slice(0, MOST_TEXT);

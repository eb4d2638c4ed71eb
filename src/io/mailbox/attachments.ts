/** Office attachments as rows or text. What is no office file is left, and said. */
import { unzipSync } from 'fflate';
import { readTableFile } from '../documents/index.ts';

export type ReadAttachment =
  | { readonly name: string; readonly rows: readonly (readonly string[])[] }
  | { readonly name: string; readonly text: string };

const TABLE = /\.(?:xlsx|xls|csv|et)$/i;
const WORD = /\.docx$/i;
const TEXT = /\.(?:txt|md)$/i;
const MOST_ROWS = 2_000;
const MOST_XML = 20 * 1024 * 1024;
const MOST_TEXT = 512 * 1024;

export async function readAttachment(
  name: string,
  bytes: Uint8Array,
): Promise<ReadAttachment | { readonly problem: string }> {
  // The name may carry a person: it is shown only by its ending where it cannot be read.
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  if (TABLE.test(name)) {
    const table = await readTableFile(bytes);
    if ('fault' in table) return { problem: `an attachment (${ending}) was left: ${table.fault}` };
    const rows = table.rows.slice(0, MOST_ROWS).map(r => table.headings.map(h => r[h] ?? ''));
    return { name, rows: [table.headings, ...rows] };
  }
  if (WORD.test(name)) {
    const text = docxText(bytes);
    return text === undefined ? { problem: `an attachment (${ending}) was left: it is no Word file` } : { name, text };
  }
  if (TEXT.test(name)) return { name, text: decodeText(bytes).slice(0, MOST_TEXT) };
  return { problem: `an attachment (${ending || 'without a name'}) was left: it is no office file that can be read` };
}

/** The paragraphs of a Word file; undefined where it is none or would unpack to too much. */
export function docxText(bytes: Uint8Array): string | undefined {
  try {
    const files = unzipSync(bytes, {
      filter: file => file.name === 'word/document.xml' && file.originalSize <= MOST_XML,
    });
    const xml = files['word/document.xml'];
    if (!xml) return undefined;
    const text = new TextDecoder().decode(xml);
    const paragraphs = text
      .split(/<\/w:p>/)
      .map(p =>
        [...p.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:(?:tab|br)\s*\/>/g)]
          .map(m => (m[1] === undefined ? ' ' : unescape(m[1])))
          .join(''),
      );
    return paragraphs
      .map(p => p.trim())
      .filter(p => p !== '')
      .join('\n')
      .slice(0, MOST_TEXT);
  } catch {
    return undefined;
  }
}
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescape = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => NAMED[name] ?? '');
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

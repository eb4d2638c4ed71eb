/**
 * Word files that an office lays out itself, with `{{编号}}` where a value goes and `{{经过.时间}}` in a row that is repeated.
 * Word cuts a text into runs wherever it likes, so tags are looked for in whole paragraphs. Nothing in a template is ever run.
 */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { zipProblem } from './table-file.ts';

export interface Fields {
  readonly values: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}
export interface Filled {
  readonly bytes: Uint8Array;
  /** Tags of the template that the paper knows nothing of; left empty. */
  readonly unknown: readonly string[];
  /** Values of the paper that stand nowhere in the template. */
  readonly unused: readonly string[];
}

const MOST_BYTES = 2 * 1024 * 1024;
const PARTS = /^word\/(document|header\d*|footer\d*)\.xml$/;
const TAG = /(?:\{\{|｛｛)\s*([^{}｛｝]{1,60}?)\s*(?:\}\}|｝｝)/g;

/** The tags of a template in reading order, or why it is none. */
export function templateTags(bytes: Uint8Array): { readonly tags: readonly string[] } | { readonly problem: string } {
  if (bytes.length > MOST_BYTES) return { problem: '文件大于 2 MB / the file is larger than 2 MB' };
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return { problem: '不是 .docx 文件 / this is no .docx file' };
  const bomb = zipProblem(bytes);
  if (bomb) return { problem: bomb };
  try {
    const parts = partsOf(bytes);
    if (!parts.has('word/document.xml')) return { problem: '不是 .docx 文件 / this is no .docx file' };
    const tags = [...parts.values()].flatMap(xml =>
      paragraphsOf(xml).flatMap(p => [...textOf(p).matchAll(TAG)].map(m => m[1] ?? '')),
    );
    return { tags: [...new Set(tags)] };
  } catch {
    return { problem: '文件打不开 / the file cannot be opened' };
  }
}

export function fillTemplate(bytes: Uint8Array, fields: Fields): Filled {
  const files = unzipSync(bytes);
  const used = new Set<string>();
  const unknown = new Set<string>();
  const value = (
    tag: string,
    row?: { readonly list: string; readonly cells: Readonly<Record<string, string>> },
  ): string => {
    const [list, column] = tag.split('.');
    if (row !== undefined && list === row.list && column !== undefined && column in row.cells) {
      used.add(row.list);
      return row.cells[column] ?? '';
    }
    if (tag in fields.values) {
      used.add(tag);
      return fields.values[tag] ?? '';
    }
    unknown.add(tag);
    return '';
  };
  for (const [name, content] of Object.entries(files))
    if (PARTS.test(name)) files[name] = strToU8(fillXml(strFromU8(content), fields, value));
  const all = [...Object.keys(fields.values).filter(k => fields.values[k] !== ''), ...Object.keys(fields.rows)];
  return { bytes: zipSync(files), unknown: [...unknown], unused: all.filter(k => !used.has(k)) };
}

type ValueOf = (
  tag: string,
  row?: { readonly list: string; readonly cells: Readonly<Record<string, string>> },
) => string;

function fillXml(xml: string, fields: Fields, value: ValueOf): string {
  // Innermost rows only: a table inside a cell is repeated with its own rows.
  const rows = xml.replaceAll(/<w:tr[ >](?:(?!<w:tr[ >])[\s\S])*?<\/w:tr>/g, row => {
    const tags = paragraphsOf(row).flatMap(p => [...textOf(p).matchAll(TAG)].map(m => m[1] ?? ''));
    const list = tags
      .map(t => t.split('.')[0] ?? '')
      .find(name => name in fields.rows && tags.some(t => t.startsWith(`${name}.`)));
    if (list === undefined) return row;
    return (fields.rows[list] ?? []).map(cells => fillParagraphs(row, tag => value(tag, { list, cells }))).join('');
  });
  return fillParagraphs(rows, tag => value(tag));
}
const fillParagraphs = (xml: string, value: (tag: string) => string): string =>
  xml.replaceAll(/<w:p[ >](?:(?!<w:p[ >])[\s\S])*?<\/w:p>/g, p => fillParagraph(p, value));

function fillParagraph(p: string, value: (tag: string) => string): string {
  const whole = textOf(p);
  const found = [...whole.matchAll(TAG)];
  if (found.length === 0) return p;
  // A paragraph that is one tag becomes as many paragraphs as its value has lines, all of its look.
  const [only] = found;
  if (found.length === 1 && only !== undefined && whole.trim() === only[0]) {
    const lines = value(only[1] ?? '').split('\n');
    return lines.map(line => withText(p, [[only.index, only[0].length, line]])).join('');
  }
  return withText(
    p,
    found.map(m => [m.index, m[0].length, value(m[1] ?? '')] as const),
  );
}

const TEXT = /<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g;
const paragraphsOf = (xml: string): readonly string[] =>
  [...xml.matchAll(/<w:p[ >](?:(?!<w:p[ >])[\s\S])*?<\/w:p>/g)].map(m => m[0]);
const textOf = (p: string): string => [...p.matchAll(TEXT)].map(m => unescapeXml(m[1] ?? '')).join('');

/** Replaces spans of a paragraph's text. What a span covers in later runs is taken out; its value takes the first one's look. */
function withText(p: string, spans: readonly (readonly [number, number, string])[]): string {
  let at = 0;
  return p.replaceAll(TEXT, (_, escaped: string) => {
    const text = unescapeXml(escaped);
    const [from, to] = [at, at + text.length];
    at = to;
    let out = '';
    let next = from;
    for (const [start, length, value] of spans) {
      const end = start + length;
      if (end <= from || start >= to) continue;
      if (start >= next) out += text.slice(next - from, start - from) + value;
      next = Math.min(Math.max(end, next), to);
    }
    out += text.slice(next - from);
    return out
      .split('\n')
      .map(line => `<w:t xml:space="preserve">${escapeXml(line)}</w:t>`)
      .join('<w:br/>');
  });
}
function isSmall(size: number): boolean {
  if (size > MOST_XML) throw new Error('a part of the file is too large');
  return true;
}
const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- XML has no place for them
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
const unescapeXml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** A text part of an office's own form is small; a large one is no form. */
const MOST_XML = 8 * 1024 * 1024;
const partsOf = (bytes: Uint8Array): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(unzipSync(bytes, { filter: file => PARTS.test(file.name) && isSmall(file.originalSize) })).map(
      ([name, content]) => [name, strFromU8(content)],
    ),
  );

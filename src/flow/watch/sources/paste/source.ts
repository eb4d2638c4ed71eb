/** What somebody of the institution hands in: pasted from a page, a screen, a letter. */
import { absoluteUrl } from '../../address.ts';
import { readTime } from '../../hotline-mapping.ts';
import { readRecord, wordOf } from '../../record.ts';
import type { SourceKind, SourceReading } from '../../source-kind.ts';

/** One item of a form; `said` names the fields for the person who filled it in. */
export function readHandedIn(
  body: Uint8Array,
  more: (field: (name: string) => string) => { readonly text: string; readonly outlet?: string },
): SourceReading {
  const record = readRecord(body);
  if (!record) return { ok: false, problem: 'the form cannot be read' };
  const field = (name: string): string => wordOf(record[name]);
  const title = field('title');
  const { text, outlet } = more(field);
  if (title === '') return { ok: false, problem: 'the title is missing' };
  const written = field('url');
  const url = written === '' ? undefined : absoluteUrl(written, 'http://none.invalid/');
  if (written !== '' && (url === undefined || !/^https?:\/\//i.test(written)))
    return { ok: false, problem: `"${written.slice(0, 80)}" is no address that begins with http:// or https://` };
  const when = field('publishedAt') === '' ? undefined : readTime(field('publishedAt').replace('T', ' '));
  if (when !== undefined && typeof when !== 'number') return { ok: false, problem: when.refused };
  return {
    ok: true,
    items: [
      {
        title,
        text,
        ...(url === undefined ? {} : { url }),
        ...(when === undefined ? {} : { publishedAt: when, publishedAtFrom: 'stated' }),
        ...(outlet === undefined || outlet === '' ? {} : { outlet }),
      },
    ],
    problems: [],
  };
}

export const source: SourceKind = {
  kind: 'paste',
  title: { zh: '粘贴录入', en: 'Pasted in' },
  says: { zh: '把看到的一条粘贴进来，不写是谁说的。', en: 'One item pasted in, without who said it.' },
  way: 'by-hand',
  keeps: 'everything',
  origin: 'paste',
  settings: [
    { name: 'title', label: { zh: '标题', en: 'Title' }, needed: true },
    { name: 'text', label: { zh: '内容', en: 'Text' }, needed: true, long: true },
    { name: 'url', label: { zh: '原文地址', en: 'Address of the original' }, needed: false },
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
    { name: 'publishedAt', label: { zh: '发布时间', en: 'Published' }, needed: false },
  ],
  refuses: [],
  read: ({ body }) => readHandedIn(body, field => ({ text: field('text'), outlet: field('outlet') })),
};

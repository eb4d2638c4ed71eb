/**
 * Items that a monitoring vendor sends (docs/specs/push.md). An item is refused alone, with its reason; a field that names
 * who spoke is dropped and named in the answer.
 */
import { absoluteUrl } from '../../address.ts';
import { isIdentityHeading, readTime } from '../../hotline-mapping.ts';
import { isRecord, readRecord, wordOf } from '../../record.ts';
import type { ReadItem, SourceKind } from '../../source-kind.ts';

export const MOST_PUSHED = 500;
const KNOWN = new Set(['ref', 'title', 'text', 'url', 'outlet', 'publishedAt']);

export type PushedRow = { readonly item: ReadItem } | { readonly refused: string };
export interface Pushed {
  /** In the order in which they were sent. */
  readonly rows: readonly PushedRow[];
  /** Fields that name a private person: dropped, and how often. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What was sent, or why none of it can be read. */
export function readPushed(body: Uint8Array): Pushed | { readonly problem: string } {
  const record = readRecord(body);
  const sent = record?.['items'];
  if (!Array.isArray(sent)) return { problem: 'the body is no JSON object with a list "items"' };
  if (sent.length > MOST_PUSHED) return { problem: `more than ${MOST_PUSHED} items at once` };
  const dropped: Record<string, number> = {};
  return { rows: sent.map(item => readOne(item, dropped)), dropped };
}
function readOne(value: unknown, dropped: Record<string, number>): PushedRow {
  if (!isRecord(value)) return { refused: 'it is no JSON object' };
  for (const name of Object.keys(value)) {
    if (KNOWN.has(name)) continue;
    if (!isIdentityHeading(name))
      return { refused: `there is no field "${name.slice(0, 40)}"; there are ${[...KNOWN].join(', ')}` };
    dropped[name] = (dropped[name] ?? 0) + 1;
  }
  const wrong = [...KNOWN].find(n => value[n] !== undefined && value[n] !== null && typeof value[n] !== 'string');
  if (wrong !== undefined) return { refused: `"${wrong}" is no text` };
  const field = (name: string): string => wordOf(value[name]);
  if (field('ref') === '') return { refused: '"ref" is missing: without it the same item cannot be known again' };
  if (field('title') === '' && field('text') === '') return { refused: 'neither "title" nor "text" is given' };
  const url = field('url') === '' ? undefined : absoluteUrl(field('url'), 'http://none.invalid/');
  if (field('url') !== '' && (url === undefined || !/^https?:\/\//i.test(field('url'))))
    return { refused: `"url" is no address that begins with http:// or https://` };
  const written = field('publishedAt');
  const when = written === '' ? undefined : readTime(written);
  if (when !== undefined && typeof when !== 'number') return { refused: `"publishedAt": ${when.refused}` };
  if (when !== undefined && !/(Z|[+-]\d{2}:?\d{2})$/.test(written))
    return { refused: '"publishedAt" has no offset: write 2026-07-13T09:30:00+08:00' };
  return {
    item: {
      title: field('title'),
      text: field('text') || field('title'),
      ref: field('ref'),
      ...(url === undefined ? {} : { url }),
      ...(when === undefined ? {} : { publishedAt: when, publishedAtFrom: 'pushed' }),
      ...(field('outlet') === '' ? {} : { outlet: field('outlet') }),
    },
  };
}

export const source: SourceKind = {
  kind: 'push',
  title: { zh: '监测公司推送', en: 'Pushed by a vendor' },
  says: {
    zh: '监测公司用令牌把条目推到本系统，几秒内到收件箱。格式见文档。',
    en: 'A vendor sends items with a token; they are in the inbox within seconds. The format is documented.',
  },
  way: 'pushed',
  keeps: 'matched',
  origin: 'agency',
  settings: [
    {
      name: 'origin',
      label: { zh: '谁推送', en: 'Who sends' },
      needed: true,
      choices: [
        { value: 'agency', label: { zh: '监测公司', en: 'Monitoring vendor' } },
        { value: 'hotline', label: { zh: '热线系统', en: 'Hotline system' } },
        { value: 'superior', label: { zh: '上级', en: 'Superior' } },
        { value: 'lower-body', label: { zh: '下级', en: 'Lower body' } },
      ],
    },
  ],
  refuses: [],
  read: ({ body }) => {
    const pushed = readPushed(body);
    if ('problem' in pushed) return { ok: false, problem: pushed.problem };
    const items = pushed.rows.flatMap(r => ('item' in r ? [r.item] : []));
    const problems = [
      ...Object.keys(pushed.dropped).map(name => `the field "${name}" names a private person and was dropped`),
      ...pushed.rows.flatMap((r, i) => ('refused' in r ? [`item ${i + 1}: ${r.refused}`] : [])),
    ];
    return items.length === 0 && pushed.rows.length > 0
      ? { ok: false, problem: problems.at(-1) ?? 'no item can be read' }
      : { ok: true, items, problems };
  },
};

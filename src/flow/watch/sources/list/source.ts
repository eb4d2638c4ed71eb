/**
 * A list page without a feed, read by selectors. When the list is gone from the page that is said, never an empty list; a
 * title that the page cut short is taken whole from where the page keeps it.
 */
import { absoluteUrl } from '../../address.ts';
import { decode } from '../../charset.ts';
import { findDateWords } from '../../date-words.ts';
import { CHINA_MINUTES, readDate } from '../../dates.ts';
import { openDocument, type PageElement, selectorProblem } from '../../page/document.ts';
import { PageRefused } from '../../page/extract.ts';
import { plainText } from '../../plain-text.ts';
import type { ReadItem, SettingProblem, SourceKind, SourceSettings } from '../../source-kind.ts';

const MOST_ITEMS = 300;
const SELECTORS = ['item', 'link', 'title', 'date', 'summary'] as const;
const selector = (name: string, zh: string, en: string, needed: boolean, hintZh: string, hintEn: string) => ({
  name,
  label: { zh, en },
  hint: { zh: hintZh, en: hintEn },
  needed,
});

export const source: SourceKind = {
  kind: 'list',
  title: { zh: '列表页', en: 'List page' },
  says: {
    zh: '没有订阅的栏目页、版块页：用选择器指出每一条在哪里，边改边看。',
    en: 'A column or board without a feed: selectors point at each entry, with a preview while you change them.',
  },
  way: 'fetched',
  keeps: 'matched',
  origin: 'own-watch',
  settings: [
    { name: 'url', label: { zh: '地址', en: 'Address' }, needed: true },
    selector('item', '每一条', 'Each entry', true, '如 ul.news > li', 'such as ul.news > li'),
    selector('link', '链接', 'Link', false, '条目里的链接，不写就取第一个', 'the link inside; the first one if empty'),
    selector('title', '标题', 'Title', false, '不写就取链接的文字', 'the text of the link if empty'),
    selector(
      'date',
      '日期',
      'Date',
      false,
      '不写就在条目里找；找不到就没有日期',
      'looked for in the entry if empty; none found, none given',
    ),
    selector('summary', '摘要', 'Summary', false, '可以不写', 'may be empty'),
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
  ],
  refuses: [],
  judge: settings =>
    SELECTORS.flatMap((name): SettingProblem[] => {
      const problem = settings[name] ? selectorProblem(settings[name]) : undefined;
      return problem === undefined
        ? []
        : [
            {
              setting: name,
              says: {
                zh: `选择器“${settings[name]?.slice(0, 60)}”不能用：${problem}`,
                en: `the selector "${settings[name]?.slice(0, 60)}" cannot be used: ${problem}`,
              },
            },
          ];
    }),
  request: settings => ({ url: settings['url'] ?? '', accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5' }),
  read: ({ body, url, contentType, at }, settings) => {
    try {
      const document = openDocument(decode(body, contentType).text);
      const entries = [...document.querySelectorAll(settings['item'] ?? '')];
      if (entries.length === 0)
        return { ok: false, problem: `the list is gone from this page: nothing fits "${settings['item']}"` };
      const problems: string[] = [];
      const items = readEntries(entries, settings, url, problems, at);
      if (items.length === 0)
        return {
          ok: false,
          problem: `${entries.length} entries fit "${settings['item']}", none of them has a title and a link`,
        };
      return { ok: true, title: plainText(document.title), items, problems };
    } catch (error) {
      if (error instanceof PageRefused) return { ok: false, problem: error.message };
      throw error;
    }
  },
};

function readEntries(
  entries: readonly PageElement[],
  settings: SourceSettings,
  url: string,
  problems: string[],
  received: number | undefined,
): ReadItem[] {
  const seen = new Set<string>();
  const items: ReadItem[] = [];
  let without = 0;
  let undated = 0;
  for (const entry of entries) {
    const link = pick(entry, settings['link'] ?? 'a[href]');
    const address = absoluteUrl(link?.getAttribute('href'), url);
    const title = titleOf(settings['title'] ? pick(entry, settings['title']) : link, link);
    if (!link || address === undefined || title === '') {
      without++;
      continue;
    }
    if (seen.has(address)) continue;
    seen.add(address);
    const at = dateOf(entry, settings['date'], received);
    if (at === undefined) undated++;
    items.push({
      title,
      text: settings['summary'] ? plainText(entry.querySelector(settings['summary'])?.innerHTML ?? '') : '',
      url: address,
      ...(at === undefined ? {} : { publishedAt: at, publishedAtFrom: 'list' }),
      ...(settings['outlet'] === undefined ? {} : { outlet: settings['outlet'] }),
    });
    if (items.length === MOST_ITEMS) {
      problems.push(`only the first ${MOST_ITEMS} of ${entries.length} entries are read`);
      break;
    }
  }
  if (without > 0) problems.push(`${without} entries without a title or a link were left out`);
  if (undated > 0) problems.push(`${undated} entries have no date that can be read; they keep none`);
  return items;
}
/** The element itself where it fits (an entry may be the link), else the first inside. */
function pick(entry: PageElement, wanted: string): PageElement | null {
  const inside = entry.querySelector(wanted);
  return inside ?? (entry.tagName === 'A' ? entry : null);
}
const CUT = /(?:…|\.{3}|⋯)\s*$/;
/** What the page shows, or the whole title from its attribute where the page cut it. */
function titleOf(shown: PageElement | null, link: PageElement | null): string {
  const text = plainText(shown?.innerHTML ?? '').replace(/\s+/g, ' ');
  const kept = [shown?.getAttribute('title'), link?.getAttribute('title')]
    .map(t => (t ?? '').replace(/\s+/g, ' ').trim())
    .find(t => t !== '');
  if (kept === undefined) return text;
  return text === '' || CUT.test(text) ? kept : text;
}
const DATE = /(?:20|19)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2})?)?/;
/** A whole date; where the element of the date is named also words counted from when the page came (昨天 23:01, 05-09 22:14). */
function dateOf(entry: PageElement, wanted: string | undefined, received: number | undefined): number | undefined {
  const at = wanted ? entry.querySelector(wanted) : (entry.querySelector('time[datetime]') ?? entry);
  if (!at) return undefined;
  const machine = at.getAttribute('datetime');
  if (machine) return readDate(machine, CHINA_MINUTES);
  const written = DATE.exec((at.textContent ?? '').replace(/\s+/g, ' '))?.[0];
  if (written === undefined)
    return wanted === undefined || received === undefined
      ? undefined
      : findDateWords(at.textContent ?? '', received)?.at;
  return readDate(written.replace(/\s*([-/.年月])\s*/g, '$1'), CHINA_MINUTES);
}

/** What a page says about itself: title, outlet, canonical address, date. What it does not say stays empty. */
import { findDateWords } from '../date-words.ts';
import { CHINA_MINUTES, readDate } from '../dates.ts';
import { plainText } from '../plain-text.ts';

export interface DateFound {
  readonly at: number | null;
  readonly from: 'jsonld' | 'meta' | 'url' | 'text' | 'none';
  readonly text: string;
}
interface Doc {
  readonly title: string;
  querySelector: (
    selector: string,
  ) => { getAttribute: (name: string) => string | null; readonly textContent: string | null } | null;
  querySelectorAll: (
    selector: string,
  ) => Iterable<{ getAttribute: (name: string) => string | null; readonly textContent: string | null }>;
}
const content = (doc: Doc, selector: string, attribute = 'content'): string =>
  doc.querySelector(selector)?.getAttribute(attribute)?.trim() ?? '';

export function findMeta(
  document: unknown,
  url: string,
): { readonly title: string; readonly outlet: string; readonly canonicalUrl: string } {
  const doc = document as Doc;
  const host = hostOf(url);
  const heading = [...doc.querySelectorAll('h1')].map(h => plainText(h.textContent ?? '')).filter(t => t.length >= 4);
  const stated =
    content(doc, 'meta[property="og:title"]') ||
    content(doc, 'meta[name="twitter:title"]') ||
    content(doc, 'meta[name="ArticleTitle"]');
  const tab = plainText(doc.title ?? '');
  // The tab's title carries the site's name behind a separator; a heading that begins it is the headline alone.
  const title =
    plainText(stated) ||
    heading.find(h => tab.startsWith(h)) ||
    tab.split(/\s*[|_—–]\s*|\s+-\s+|-(?=[^-]*$)/)[0]?.trim() ||
    heading[0] ||
    '';
  return {
    title,
    outlet: plainText(content(doc, 'meta[property="og:site_name"]')) || host,
    canonicalUrl: canonical(
      content(doc, 'link[rel="canonical"]', 'href') || content(doc, 'meta[property="og:url"]'),
      url,
    ),
  };
}
function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
function canonical(address: string, url: string): string {
  try {
    const found = new URL(address || url, url);
    return found.protocol === 'http:' || found.protocol === 'https:' ? found.href : url;
  } catch {
    return url;
  }
}

const META_DATES = [
  'meta[property="article:published_time"]',
  'meta[property="og:published_time"]',
  'meta[name="publishdate"]',
  'meta[name="PubDate"]',
  'meta[name="pubdate"]',
  'meta[name="publish_time"]',
  'meta[name="apub:time"]',
  'meta[name="weibo: article:create_at"]',
  'meta[name="article:published_time"]',
  'meta[itemprop="datePublished"]',
  'meta[name="date"]',
  'meta[name="DC.date.issued"]',
  'meta[name="sailthru.date"]',
  'meta[property="og:release_date"]',
  'meta[property="bytedance:published_time"]',
];
const IN_TEXT =
  /(20\d{2}|19\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]*(\d{1,2})[::时](\d{1,2})分?(?:[::](\d{1,2}))?)?/;

/** The date a page states for machines. */
export function findStatedDate(document: unknown): DateFound | undefined {
  const doc = document as Doc;
  for (const script of doc.querySelectorAll('script[type="application/ld+json"]')) {
    const written = /"(?:datePublished|pubDate|uploadDate)"\s*:\s*"([^"]+)"/.exec(script.textContent ?? '')?.[1];
    const at = written === undefined ? undefined : readDate(written, CHINA_MINUTES);
    if (at !== undefined && written !== undefined) return { at, from: 'jsonld', text: written };
  }
  for (const selector of META_DATES) {
    const written = content(doc, selector);
    const at = written === '' ? undefined : readDate(written, CHINA_MINUTES);
    if (at !== undefined) return { at, from: 'meta', text: written };
  }
  const timed = doc.querySelector('time[datetime]')?.getAttribute('datetime');
  const at = timed ? readDate(timed, CHINA_MINUTES) : undefined;
  return timed && at !== undefined ? { at, from: 'meta', text: timed } : undefined;
}
/** The date a reader finds: never "now", a page without one has none. Chinese pages without a zone speak of China's. */
export function findDate(bodyText: string, url: string, article: string, received?: number): DateFound {
  const whole = bodyText.replace(/\s+/g, ' ');
  // The dateline stands close above the article or at its head; further down dates belong to other things.
  const start = article === '' ? -1 : whole.indexOf(article.split('\n\n')[0]?.slice(0, 20) ?? '');
  const near = start < 0 ? whole.slice(0, 4000) : whole.slice(Math.max(0, start - 800), start + 200);
  const match = IN_TEXT.exec(near);
  const at = match
    ? readDate(
        `${match[1]}-${match[2]}-${match[3]}${match[4] === undefined ? '' : ` ${match[4]}:${match[5]?.padStart(2, '0')}`}`,
        CHINA_MINUTES,
      )
    : undefined;
  if (match && at !== undefined) return { at, from: 'text', text: match[0].trim() };
  // The words stand at the head of the article, like a whole date; in the middle of it they tell a story.
  const head = start < 0 ? '' : whole.slice(Math.max(0, start - 300), start);
  const said = received === undefined ? undefined : findDateWords(head, received);
  if (said) return { at: said.at, from: 'text', text: said.words };
  const inUrl = /(?:^|[/_-])(20\d{2})[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/.exec(url);
  const urlAt = inUrl ? readDate(`${inUrl[1]}-${inUrl[2]}-${inUrl[3]}`, CHINA_MINUTES) : undefined;
  return inUrl && urlAt !== undefined
    ? { at: urlAt, from: 'url', text: inUrl[0].replace(/^[/_-]/, '') }
    : { at: null, from: 'none', text: '' };
}

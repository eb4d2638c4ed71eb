/**
 * News sitemaps: what a site tells search engines about the news of the last two days. Only entries that carry a title and a
 * publication date of their own; a plain sitemap has neither, and `lastmod` is no date of publication.
 */
import { Gunzip } from 'fflate';
import { absoluteUrl } from '../../address.ts';
import { decode } from '../../charset.ts';
import { readDate } from '../../dates.ts';
import { plainText } from '../../plain-text.ts';
import type { ReadItem, SourceKind, SourceReading } from '../../source-kind.ts';
import { type Element, elements, FeedRefused, local, readXml, textOf, xmlProblem } from '../rss/xml.ts';

const MOST_BYTES = 50 * 1024 * 1024;
/** The format's own limit. */
const MOST_ENTRIES = 50_000;
const MOST_ITEMS = 1_000;
const MOST_PARTS = 5;

export const source: SourceKind = {
  kind: 'sitemap',
  title: { zh: '新闻站点地图', en: 'News sitemap' },
  says: {
    zh: '媒体网站给搜索引擎的近两日新闻清单，标题和时间都是网站自己写的。',
    en: 'The list of the last two days that a news site gives to search engines, with its own titles and dates.',
  },
  way: 'fetched',
  keeps: 'matched',
  origin: 'own-watch',
  settings: [
    {
      name: 'url',
      label: { zh: '地址', en: 'Address' },
      hint: {
        zh: '多在 robots.txt 里写明，如 …/news-sitemap.xml',
        en: 'often named in robots.txt, such as …/news-sitemap.xml',
      },
      needed: true,
    },
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
  ],
  refuses: [],
  request: settings => ({ url: settings['url'] ?? '', accept: 'application/xml, text/xml;q=0.9, */*;q=0.5' }),
  read: ({ body, url, contentType }, settings) => {
    try {
      return readSitemap(decode(unpacked(body), contentType).text, url, settings['outlet']);
    } catch (error) {
      if (error instanceof FeedRefused) return { ok: false, problem: error.message };
      throw error;
    }
  },
};

/** A sitemap may be stored as a gzip file, whatever the transport did; what it unpacks to is limited. */
function unpacked(body: Uint8Array): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  const parts: Uint8Array[] = [];
  let size = 0;
  const gunzip = new Gunzip(part => {
    size += part.length;
    if (size > MOST_BYTES)
      throw new FeedRefused('HY-I12', `the sitemap unpacks to more than ${MOST_BYTES / 1024 / 1024} MiB`);
    parts.push(part);
  });
  try {
    // In pieces, so that the limit is met before everything is unpacked.
    for (let at = 0; at < body.length; at += 16_384)
      gunzip.push(body.subarray(at, at + 16_384), at + 16_384 >= body.length);
  } catch (error) {
    if (error instanceof FeedRefused) throw error;
    throw new FeedRefused('HY-I11', 'the sitemap is packed and cannot be unpacked');
  }
  return Buffer.concat(parts);
}

function readSitemap(text: string, url: string, outlet: string | undefined): SourceReading {
  const trimmed = text.replace(/^[\ufeff\s]+/, '');
  if (!trimmed.startsWith('<')) return { ok: false, problem: 'the document is no sitemap: it holds no markup' };
  const root = elements(readXml(trimmed)).find(e => ['urlset', 'sitemapindex'].includes(local(e.name)));
  if (!root) return { ok: false, problem: 'the document is no sitemap' };
  const broken = xmlProblem(trimmed);
  const problems = broken ? [`not well-formed XML: ${broken}`] : [];
  return local(root.name) === 'sitemapindex'
    ? readIndex(root, url, problems)
    : readEntries(root, url, outlet, problems);
}
const child = (e: Element, name: string): Element | undefined => elements(e).find(c => local(c.name) === name);
const word = (e: Element | undefined, name: string): string => (e ? textOf(child(e, name)).trim() : '');

/** The parts that changed last; what calls itself news goes first. */
function readIndex(root: Element, url: string, problems: string[]): SourceReading {
  const parts = elements(root)
    .filter(e => local(e.name) === 'sitemap')
    .flatMap(e => {
      const address = absoluteUrl(word(e, 'loc'), url);
      return address ? [{ address, at: readDate(word(e, 'lastmod')) ?? 0, isNews: /news/i.test(address) }] : [];
    })
    .sort((a, b) => Number(b.isNews) - Number(a.isNews) || b.at - a.at);
  if (parts.length === 0) return { ok: false, problem: 'the sitemap index names no part' };
  return { ok: true, items: [], problems, next: parts.slice(0, MOST_PARTS).map(p => ({ url: p.address })) };
}
function readEntries(root: Element, url: string, outlet: string | undefined, problems: string[]): SourceReading {
  const entries = elements(root).filter(e => local(e.name) === 'url');
  if (entries.length > MOST_ENTRIES)
    return { ok: false, problem: `more than ${MOST_ENTRIES} entries: no sitemap may have them` };
  const items: ReadItem[] = [];
  let untitled = 0;
  for (const entry of entries) {
    const news = child(entry, 'news');
    const address = absoluteUrl(word(entry, 'loc'), url);
    const title = plainText(word(news, 'title'));
    if (!news || !address || title === '') {
      untitled++;
      continue;
    }
    const at = readDate(word(news, 'publication_date'));
    const name = outlet ?? word(child(news, 'publication'), 'name');
    items.push({
      title,
      text: '',
      url: address,
      ...(at === undefined ? {} : { publishedAt: at, publishedAtFrom: 'news:publication_date' }),
      ...(name === '' ? {} : { outlet: name }),
    });
  }
  if (items.length === 0)
    return {
      ok: false,
      problem:
        entries.length === 0
          ? 'the sitemap is empty'
          : 'this is no news sitemap: its entries have no titles. Connect the list page of the site instead',
    };
  if (untitled > 0) problems.push(`${untitled} entries without a title or an address were left out`);
  const newest = items.toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0));
  if (newest.length > MOST_ITEMS) problems.push(`only the newest ${MOST_ITEMS} of ${newest.length} entries are read`);
  return { ok: true, items: newest.slice(0, MOST_ITEMS), problems };
}

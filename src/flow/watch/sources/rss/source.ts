/** Feeds: RSS 0.9x to 2.0, RDF, Atom, CDF, JSON Feed. */
import { decode } from '../../charset.ts';
import type { SourceKind } from '../../source-kind.ts';
import { readFeed } from './feed.ts';
import { FeedRefused } from './xml.ts';

const MOST_ITEMS = 500;

export const source: SourceKind = {
  kind: 'rss',
  title: { zh: '订阅（RSS、Atom、JSON Feed）', en: 'Feed (RSS, Atom, JSON Feed)' },
  says: {
    zh: '网站自己给出的更新列表，最省力也最可靠。',
    en: 'The list of news a site gives by itself: least trouble, most reliable.',
  },
  way: 'fetched',
  keeps: 'matched',
  origin: 'own-watch',
  settings: [
    { name: 'url', label: { zh: '地址', en: 'Address' }, needed: true },
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
  ],
  refuses: [],
  request: settings => ({
    url: settings['url'] ?? '',
    accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
  }),
  read: ({ body, url, contentType }, settings) => {
    try {
      const feed = readFeed(decode(body, contentType).text, url);
      const outlet = settings['outlet'];
      return {
        ok: true,
        title: feed.title,
        get problems() {
          const left = feed.items.length > MOST_ITEMS;
          return left
            ? [...feed.problems, `only the first ${MOST_ITEMS} of ${feed.items.length} items are read`]
            : feed.problems;
        },
        items: feed.items.slice(0, MOST_ITEMS).map(i => ({
          title: i.title,
          text: i.text ?? i.summary,
          ...(i.url === null ? {} : { url: i.url }),
          ...(i.publishedAt === null ? {} : { publishedAt: i.publishedAt, publishedAtFrom: i.publishedAtFrom }),
          ...(outlet === undefined ? {} : { outlet }),
        })),
      };
    } catch (error) {
      if (error instanceof FeedRefused) return { ok: false, problem: error.message };
      throw error;
    }
  },
};

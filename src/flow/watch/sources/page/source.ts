/** One article page, read once and again. */
import { decode } from '../../charset.ts';
import { extractPage, PageRefused } from '../../page/extract.ts';
import type { SourceKind } from '../../source-kind.ts';

export const source: SourceKind = {
  kind: 'page',
  title: { zh: '一个网页', en: 'One page' },
  says: { zh: '一篇文章的网页，取它的正文。', en: 'The page of one article; its text is taken.' },
  way: 'fetched',
  keeps: 'matched',
  origin: 'own-watch',
  settings: [
    { name: 'url', label: { zh: '地址', en: 'Address' }, needed: true },
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
  ],
  refuses: [],
  request: settings => ({ url: settings['url'] ?? '', accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5' }),
  read: ({ body, url, contentType, at }, settings) => {
    try {
      const page = extractPage(decode(body, contentType).text, url, at);
      if (page.text === '') return { ok: false, problem: 'no article was found on this page' };
      const outlet = settings['outlet'];
      return {
        ok: true,
        title: page.title,
        problems: [...page.problems],
        items: [
          {
            title: page.title,
            text: page.text,
            url: page.canonicalUrl,
            ...(page.publishedAt === null
              ? {}
              : { publishedAt: page.publishedAt, publishedAtFrom: page.publishedAtFrom }),
            ...(outlet === undefined ? {} : { outlet }),
          },
        ],
      };
    } catch (error) {
      if (error instanceof PageRefused) return { ok: false, problem: error.message };
      throw error;
    }
  },
};

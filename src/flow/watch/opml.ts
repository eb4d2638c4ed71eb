/** Lists of feeds as other readers keep them (OPML 2.0): read with whatever nesting they have, written plainly. */
import { absoluteUrl } from './address.ts';
import { type Element, elements, FeedRefused, local, readXml } from './sources/rss/xml.ts';

export interface Outline {
  readonly title: string;
  readonly url: string;
  readonly home?: string;
  /** The folders it stands in, outermost first. */
  readonly folder: readonly string[];
}
const MOST_OUTLINES = 2_000;

/** The feeds of a list; throws FeedRefused where it is none. */
export function readOpml(text: string): {
  readonly outlines: readonly Outline[];
  readonly problems: readonly string[];
} {
  const root = elements(readXml(text.replace(/^[\ufeff\s]+/, ''))).find(e => local(e.name) === 'opml');
  if (!root) throw new FeedRefused('HY-I11', 'the file is no list of feeds: it holds no <opml>');
  const found = new Map<string, Outline>();
  const problems: string[] = [];
  const walk = (e: Element, folder: readonly string[]): void => {
    for (const outline of elements(e)) {
      if (local(outline.name) !== 'outline') {
        walk(outline, folder);
        continue;
      }
      const { attributes } = outline;
      const title = (attributes['title'] ?? attributes['text'] ?? '').trim();
      const written = attributes['xmlurl'];
      if (written === undefined) {
        walk(outline, title === '' ? folder : [...folder, title]);
        continue;
      }
      const url = absoluteUrl(written, 'http://none.invalid/');
      if (!url || url.startsWith('http://none.invalid/'))
        problems.push(`"${title || written.slice(0, 60)}" has no address that can be read`);
      else if (found.size >= MOST_OUTLINES) return;
      else if (!found.has(url)) {
        const home = absoluteUrl(attributes['htmlurl'], url);
        found.set(url, { title: title || url, url, folder, ...(home === undefined ? {} : { home }) });
      }
    }
  };
  walk(root, []);
  if (found.size >= MOST_OUTLINES) problems.push(`only the first ${MOST_OUTLINES} feeds are read`);
  return { outlines: [...found.values()], problems };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
export function writeOpml(title: string, outlines: readonly Pick<Outline, 'title' | 'url'>[]): string {
  const lines = outlines.map(
    o => `    <outline type="rss" text="${escape(o.title)}" title="${escape(o.title)}" xmlUrl="${escape(o.url)}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>${escape(title)}</title></head>\n  <body>\n${lines.join('\n')}\n  </body>\n</opml>\n`;
}

/**
 * What a site offers, from one address of it: the feeds it names, the sitemaps its robots.txt names, the lists that stand on
 * the page. Proposals only: each is read for a look before anybody connects it.
 */
import { absoluteUrl, hostOf } from './address.ts';
import { openDocument, type PageDocument, type PageElement } from './page/document.ts';
import { PageRefused } from './page/extract.ts';
import { plainText } from './plain-text.ts';
import { privatePage } from './private-pages.ts';
import type { SourceSettings } from './source-kind.ts';

export interface Proposal {
  readonly kind: string;
  /** What the site calls it, or its address. */
  readonly title: string;
  readonly settings: SourceSettings;
}
const FEED_TYPES = /(?:rss|atom|rdf|feed\+json)/i;
const FEED_NAME = /(?:^|[/_.-])(?:rss|feed|atom|index\.rdf)(?:[/_.?-]|$)/i;
const MOST_FEEDS = 12;
const MOST_LISTS = 3;
const FEWEST_ENTRIES = 4;

/** What a page names and shows. `url` is where it was read. */
export function proposalsOf(html: string, url: string): readonly Proposal[] {
  let document: PageDocument;
  try {
    document = openDocument(html);
  } catch (error) {
    if (error instanceof PageRefused) return [];
    throw error;
  }
  const outlet = plainText(document.querySelector('meta[property="og:site_name"]')?.getAttribute('content') ?? '');
  const named = outlet === '' ? {} : { outlet };
  return [...feedsOf(document, url), ...listsOf(document, url)].map(p => ({
    ...p,
    settings: { ...p.settings, ...named },
  }));
}

function feedsOf(document: PageDocument, url: string): Proposal[] {
  const found = new Map<string, string>();
  for (const link of document.querySelectorAll('link[rel~="alternate"][href]')) {
    const address = absoluteUrl(link.getAttribute('href'), url);
    if (address && FEED_TYPES.test(link.getAttribute('type') ?? ''))
      found.set(address, plainText(link.getAttribute('title') ?? ''));
  }
  // Many Chinese sites have a page of feeds and no autodiscovery.
  for (const link of document.querySelectorAll('a[href]')) {
    const address = absoluteUrl(link.getAttribute('href'), url);
    const says = plainText(link.innerHTML);
    if (!address || found.has(address)) continue;
    if (FEED_NAME.test(new URL(address).pathname) || /^(?:rss|rss订阅|订阅|atom)$/i.test(says))
      found.set(address, says);
    if (found.size >= MOST_FEEDS) break;
  }
  return [...found]
    .filter(([address]) => privatePage(address) === undefined)
    .slice(0, MOST_FEEDS)
    .map(([address, title]) => ({ kind: 'rss', title: title || address, settings: { url: address } }));
}
/** Sitemaps that a robots.txt names (sitemaps.org, "Specifying the Sitemap location"); news first. */
export function sitemapsIn(robots: string, url: string): readonly Proposal[] {
  return [...robots.matchAll(/^\s*sitemap\s*:\s*(\S+)/gim)]
    .flatMap(m => absoluteUrl(m[1], url) ?? [])
    .sort((a, b) => Number(/news/i.test(b)) - Number(/news/i.test(a)))
    .slice(0, 5)
    .map(address => ({ kind: 'sitemap', title: address, settings: { url: address } }));
}

interface Group {
  readonly entries: PageElement[];
  readonly titles: string[];
  readonly tag: string;
}
/** Lists: elements of one shape beside each other, each with a link whose words could be a headline. */
function listsOf(document: PageDocument, url: string): Proposal[] {
  const groups = new Map<PageElement, Map<string, Group>>();
  const taken = new Set<PageElement>();
  for (const link of document.querySelectorAll('a[href]')) {
    const title = plainText(link.innerHTML).replace(/\s+/g, ' ');
    const address = absoluteUrl(link.getAttribute('href'), url);
    if (title.length < 6 || !address || hostOf(address) === '') continue;
    const entry = entryOf(link);
    if (!entry?.parentElement || taken.has(entry)) continue;
    taken.add(entry);
    const shape = shapeOf(entry);
    const beside = groups.get(entry.parentElement) ?? new Map<string, Group>();
    groups.set(entry.parentElement, beside);
    const group = beside.get(shape) ?? { entries: [], titles: [], tag: shape };
    group.entries.push(entry);
    group.titles.push(title);
    beside.set(shape, group);
  }
  const ranked = [...groups].flatMap(([parent, shapes]) =>
    [...shapes.values()]
      .filter(g => g.entries.length >= FEWEST_ENTRIES)
      .map(g => ({ parent, group: g, score: scoreOf(g) })),
  );
  return ranked
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_LISTS)
    .flatMap(({ parent, group }) => {
      const item = `${pathTo(parent)} > ${group.tag}`;
      return [
        {
          kind: 'list',
          title: plainText(document.title) || url,
          settings: { url, item, ...linkOf(group) },
        },
      ];
    });
}
const CLASS = /^[A-Za-z_][\w-]*$/;
const shapeOf = (e: PageElement): string => {
  const name = (e.getAttribute('class') ?? '')
    .split(/\s+/)
    .find(c => CLASS.test(c) && !/^(?:on|active|cur|current|first|last|odd|even)$/i.test(c));
  return `${e.tagName.toLowerCase()}${name === undefined ? '' : `.${name}`}`;
};
/** The outermost element that still stands among others of its shape. */
function entryOf(link: PageElement): PageElement | undefined {
  let found: PageElement | undefined;
  let here: PageElement | null = link;
  for (let up = 0; here?.parentElement && up < 6; up++, here = here.parentElement) {
    if (/^(?:body|html|main|nav|header|footer)$/i.test(here.tagName)) break;
    const shape = shapeOf(here);
    let like = 0;
    for (const sibling of here.parentElement.children)
      if (shapeOf(sibling) === shape && (sibling.tagName === 'A' || sibling.querySelector('a[href]'))) like++;
    if (like >= FEWEST_ENTRIES) found = here;
  }
  return found;
}
const DATED = /\d{4}\s*[-/.年]\s*\d{1,2}|\d{1,2}[-/月]\d{1,2}|分钟前|小时前|昨天|今天/;
/** Long headlines with dates beat many short words, which are a menu. */
function scoreOf(group: Group): number {
  const length = group.titles.reduce((n, t) => n + Math.min(t.length, 40), 0) / group.titles.length;
  const dated = group.entries.filter(e => DATED.test(e.textContent ?? '')).length / group.entries.length;
  return Math.min(group.entries.length, 40) * length * length * (1 + 2 * dated);
}
/** A short way to the list from above: an id ends it, a class helps. */
function pathTo(element: PageElement): string {
  const steps: string[] = [];
  for (let e: PageElement | null = element; e && steps.length < 3; e = e.parentElement) {
    if (/^(?:body|html)$/i.test(e.tagName)) break;
    if (CLASS.test(e.id)) {
      steps.unshift(`#${e.id}`);
      break;
    }
    steps.unshift(shapeOf(e));
    if (steps[0]?.includes('.') && steps.length > 1) break;
  }
  return steps.length === 0 ? 'body' : steps.join(' > ');
}
/** Which link of an entry is the headline, where it is not the first. */
function linkOf(group: Group): SourceSettings {
  const [entry] = group.entries;
  if (!entry || entry.tagName === 'A') return {};
  const links = [...entry.querySelectorAll('a[href]')];
  const longest = links.toSorted((a, b) => plainText(b.innerHTML).length - plainText(a.innerHTML).length)[0];
  if (!longest || longest === links[0]) return {};
  const shape = shapeOf(longest);
  const above = longest.parentElement && longest.parentElement !== entry ? `${shapeOf(longest.parentElement)} > ` : '';
  return { link: `${above}${shape}` };
}

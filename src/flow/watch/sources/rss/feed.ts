/**
 * RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed, read for what we keep: address, title, text, dates.
 * There is no author in what comes out. Addresses are made absolute, only http(s) survives; markup becomes plain text;
 * an item without a date keeps none.
 */
import { readDate } from '../../dates.ts';
import { plainText } from '../../plain-text.ts';
import { type Element, elements, FeedRefused, markupOf, readXml, textOf, xmlProblem } from './xml.ts';

export interface FeedItem {
  readonly id: string | null;
  readonly title: string;
  readonly url: string | null;
  readonly publishedAt: number | null;
  readonly publishedAtFrom: 'pubDate' | 'updated' | 'dc:date' | 'none';
  readonly summary: string;
  readonly text?: string;
  readonly enclosures: readonly { readonly url: string; readonly type?: string }[];
  readonly problems: readonly string[];
}
export interface Feed {
  readonly format: string;
  readonly title: string;
  readonly home: string | null;
  readonly items: readonly FeedItem[];
  readonly problems: readonly string[];
}
const MOST_CHARACTERS = 32 * 1024 * 1024;

/** Reads one document; throws FeedRefused where it is no feed or too large. `url` is where it came from. */
export function readFeed(text: string, url?: string): Feed {
  if (text.length > MOST_CHARACTERS) throw new FeedRefused('HY-I12', 'the document is larger than 32 MiB');
  const trimmed = text.replace(/^[\ufeff\s]+/, '');
  if (trimmed === '') throw new FeedRefused('HY-I11', 'the document is empty');
  if (trimmed.startsWith('{')) return readJsonFeed(trimmed, url);
  if (!trimmed.includes('<')) throw new FeedRefused('HY-I11', 'the document is no feed: it holds no markup');
  const tree = readXml(trimmed);
  const root = find(tree, ['rss', 'rdf', 'feed', 'channel']);
  if (!root)
    throw new FeedRefused(
      'HY-I11',
      /<html|<!doctype html/i.test(trimmed.slice(0, 2000))
        ? 'the document is a web page, no feed'
        : 'the document is no feed: neither RSS nor Atom stands in it',
    );
  let problems: readonly string[] | undefined;
  return {
    ...readTree(root, url),
    // Reading it a second time by the letter of XML costs as much as all else: only for whoever asks.
    get problems() {
      const broken = problems === undefined ? xmlProblem(trimmed) : undefined;
      return (problems ??= broken ? [`not well-formed XML: ${broken}`] : []);
    },
  };
}

function find(tree: Element, names: readonly string[]): Element | undefined {
  for (const e of elements(tree)) {
    if (names.includes(e.short)) return e;
    const inner = e.short === 'html' ? undefined : find(e, names);
    if (inner) return inner;
  }
  return undefined;
}

type Base = string | undefined;
const baseOf = (e: Element, base: Base): Base => absolute(e.attributes['xml:base'], base) ?? base;
/** An absolute http(s) address, or null. */
function absolute(address: string | undefined, base: Base): string | null {
  const written = address?.trim();
  if (!written) return null;
  try {
    const url = base === undefined ? new URL(written) : new URL(written, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? keepAsWritten(written, url) : null;
  } catch {
    return null;
  }
}
/** An address that was absolute already is kept as it was written: ids and comparisons depend on it. */
const keepAsWritten = (written: string, url: URL): string =>
  /^https?:\/\/[^\s]+$/i.test(written) ? written : url.href;

function children(e: Element, ...names: readonly string[]): Element[] {
  const found: Element[] = [];
  for (const c of e.children)
    if (typeof c !== 'string' && (names.includes(c.short) || names.includes(c.name))) found.push(c);
  return found;
}
/** Names are tried in order; the first element of the first name that has one that fits. */
function firstThat(e: Element, names: readonly string[], fits: (c: Element) => boolean): Element | undefined {
  for (const name of names)
    for (const c of e.children) if (typeof c !== 'string' && (c.short === name || c.name === name) && fits(c)) return c;
  return undefined;
}
const first = (e: Element, ...names: readonly string[]): Element | undefined => firstThat(e, names, () => true);
const isFull = (e: Element): boolean => /\S/.test(textOf(e)) || e.children.some(c => typeof c !== 'string');
/** The first of several names that holds anything. */
const firstFull = (e: Element, ...names: readonly string[]): Element | undefined => firstThat(e, names, isFull);

/** An element's text as a person reads it, whatever way its markup is packed (escaped, xhtml, base64). */
function readable(e: Element | undefined): string {
  if (!e) return '';
  const type = (e.attributes['type'] ?? '').toLowerCase();
  const mode = (e.attributes['mode'] ?? '').toLowerCase();
  let source = elements(e).length > 0 || type === 'xhtml' || type === 'application/xhtml+xml' ? markupOf(e) : textOf(e);
  if (mode === 'base64' || isBase64Type(type)) source = fromBase64(source);
  return plainText(type === 'text' || type === 'text/plain' ? escape(source) : source);
}
/** Atom 1.0 4.1.3.3: a media type that is neither text nor XML is base64. */
const isBase64Type = (type: string): boolean =>
  type.includes('/') && !type.startsWith('text/') && !/[+/]xml$/.test(type);
const escape = (text: string): string =>
  /<[a-z!/]/i.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text;
function fromBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text.replace(/\s+/g, '')), c => c.charCodeAt(0)));
  } catch {
    return '';
  }
}

function readTree(root: Element, url: Base): Omit<Feed, 'problems'> {
  const kind = root.short;
  const channel = kind === 'feed' ? root : (first(root, 'channel') ?? root);
  const base = baseOf(channel, baseOf(root, url));
  const home = linkOf(channel, base);
  const itemBase = base ?? home ?? undefined;
  const entries = kind === 'feed' ? children(root, 'entry') : itemsOf(root, channel);
  return {
    format: formatOf(root, kind),
    title: readable(firstFull(channel, 'title')),
    home,
    items: entries.map(e => readItem(e, baseOf(e, itemBase))),
  };
}
function itemsOf(root: Element, channel: Element): Element[] {
  const inside = children(channel, 'item', 'entry');
  const beside = channel === root ? [] : children(root, 'item');
  // RDF also lists its items by reference inside <items>: those have no children of their own.
  return [...inside, ...beside];
}
function formatOf(root: Element, kind: string): string {
  if (kind === 'rss') return `rss-${root.attributes['version'] ?? '2.0'}`;
  if (kind === 'rdf') return Object.values(root.attributes).some(v => v.includes('/0.9/')) ? 'rdf-0.9' : 'rdf-1.0';
  if (kind === 'channel') return 'cdf';
  return Object.values(root.attributes).some(v => v === '0.3' || v.includes('purl.org/atom')) ? 'atom-0.3' : 'atom-1.0';
}

/** The page an entry or feed stands for: Atom's alternate link, RSS's link, CDF's href. */
function linkOf(e: Element, base: Base): string | null {
  const links = children(e, 'link').filter(l => !l.name.startsWith('atom:') || l.attributes['href'] !== undefined);
  const atom = links.filter(
    l => l.attributes['href'] !== undefined && (l.attributes['rel'] ?? 'alternate') === 'alternate',
  );
  const html = atom.find(l => /html/.test(l.attributes['type'] ?? 'text/html')) ?? atom[0];
  const plain = links.find(l => l.attributes['href'] === undefined && textOf(l).trim() !== '');
  for (const candidate of [
    plain && { at: plain, address: textOf(plain) },
    html && { at: html, address: html.attributes['href'] },
  ]) {
    const address = candidate && absolute(candidate.address, baseOf(candidate.at, base));
    if (address) return address;
  }
  return absolute(e.attributes['href'], base);
}

function readItem(e: Element, base: Base): FeedItem {
  const problems: string[] = [];
  const guid = first(e, 'guid', 'id');
  const stated = (guid ? textOf(guid).trim() : '') || e.attributes['rdf:about'] || null;
  // An id that is a path is one of this site; anything else is kept letter by letter.
  const id = stated?.startsWith('/') ? (absolute(stated, base) ?? stated) : stated;
  const permalink =
    guid && guid.short === 'guid' && (guid.attributes['ispermalink'] ?? 'true') !== 'false'
      ? absolute(textOf(guid), undefined)
      : null;
  const url = linkOf(e, base) ?? permalink ?? absolute(e.attributes['rdf:about'], base);
  const dates = readDates(e, problems);
  const summary = firstFull(e, 'summary', 'itunes:summary', 'abstract') ?? undefined;
  const description =
    elements(e).find(c => c.name === 'description' && textOf(c).trim() !== '') ??
    firstFull(e, 'description', 'dc:description', 'tagline');
  const content =
    firstFull(e, 'content:encoded', 'encoded', 'content', 'xhtml:body', 'body', 'fullitem') ??
    // Beside a summary the description is the text itself.
    (summary?.short === 'summary' ? description : undefined);
  const media = firstFull(first(e, 'media:group') ?? e, 'media:description');
  const shorter = (content === description ? undefined : description) ?? summary ?? content ?? media;
  const brief = readable(shorter);
  const body = shorter === content ? brief : readable(content);
  if (url === null) problems.push('the item has no address that can be opened');
  return {
    id: id ?? url,
    title: readable(elements(e).find(c => c.name === 'title') ?? firstFull(e, 'title')),
    url,
    ...dates,
    summary: brief,
    ...(body !== '' && body !== brief ? { text: body } : {}),
    enclosures: enclosuresOf(e, base),
    problems,
  };
}
const DATE_NAMES: readonly (readonly [string, FeedItem['publishedAtFrom']])[] = [
  ['pubdate', 'pubDate'],
  ['published', 'pubDate'],
  ['issued', 'pubDate'],
  ['dc:date', 'dc:date'],
  ['date', 'dc:date'],
  ['created', 'pubDate'],
  ['updated', 'updated'],
  ['modified', 'updated'],
  ['lastmod', 'updated'],
];
function readDates(e: Element, problems: string[]): Pick<FeedItem, 'publishedAt' | 'publishedAtFrom'> {
  for (const [name, from] of DATE_NAMES) {
    // Said twice, the last word counts. CDF says it as an attribute.
    const written = textOf(children(e, name).at(-1)).trim() || (e.attributes[name] ?? '').trim();
    if (written === '') continue;
    const publishedAt = readDate(written);
    if (publishedAt !== undefined) return { publishedAt, publishedAtFrom: from };
    problems.push(`the date "${written.slice(0, 60)}" cannot be read`);
  }
  return { publishedAt: null, publishedAtFrom: 'none' };
}
function enclosuresOf(e: Element, base: Base): FeedItem['enclosures'] {
  const found = [
    ...children(e, 'enclosure').map(x => ({
      address: x.attributes['url'] ?? x.attributes['href'],
      type: x.attributes['type'],
    })),
    ...children(e, 'link')
      .filter(l => l.attributes['rel'] === 'enclosure')
      .map(l => ({ address: l.attributes['href'], type: l.attributes['type'] })),
  ];
  return found.flatMap(({ address, type }) => {
    const url = absolute(address, base);
    return url ? [{ url, ...(type ? { type } : {}) }] : [];
  });
}

function readJsonFeed(text: string, url: Base): Feed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FeedRefused('HY-I11', `the document is no JSON: ${(error as Error).message}`);
  }
  const map = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const word = (v: unknown): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '');
  if (!Array.isArray(map['items']) || !(word(map['version']).includes('jsonfeed') || 'title' in map))
    throw new FeedRefused('HY-I11', 'the document is JSON and no JSON Feed');
  const home = absolute(word(map['home_page_url']), url);
  const items = (map['items'] as unknown[]).flatMap((raw): FeedItem[] => {
    if (typeof raw !== 'object' || raw === null) return [];
    const item = raw as Record<string, unknown>;
    const problems: string[] = [];
    const address = absolute(word(item['url']) || word(item['external_url']), url ?? home ?? undefined);
    const stated = [
      ['date_published', 'pubDate'],
      ['date_modified', 'updated'],
    ] as const;
    let publishedAt: number | null = null;
    let publishedAtFrom: FeedItem['publishedAtFrom'] = 'none';
    for (const [key, from] of stated) {
      const written = word(item[key]);
      if (written === '' || publishedAt !== null) continue;
      const at = readDate(written);
      if (at === undefined) problems.push(`the date "${written.slice(0, 60)}" cannot be read`);
      else [publishedAt, publishedAtFrom] = [at, from];
    }
    const body = word(item['content_text']) || plainText(word(item['content_html']));
    const summary = plainText(word(item['summary'])) || body;
    if (address === null) problems.push('the item has no address that can be opened');
    const attachments = Array.isArray(item['attachments']) ? (item['attachments'] as Record<string, unknown>[]) : [];
    return [
      {
        id: word(item['id']) || address,
        title: plainText(word(item['title'])),
        url: address,
        publishedAt,
        publishedAtFrom,
        summary,
        ...(body !== '' && body !== summary ? { text: body } : {}),
        enclosures: attachments.flatMap(a => {
          const link = absolute(word(a?.['url']), url);
          return link ? [{ url: link, ...(word(a['mime_type']) ? { type: word(a['mime_type']) } : {}) }] : [];
        }),
        problems,
      },
    ];
  });
  const version = /version\/([\d.]+)/.exec(word(map['version']))?.[1] ?? '1.1';
  return { format: `json-${version}`, title: plainText(word(map['title'])), home, items, problems: [] };
}

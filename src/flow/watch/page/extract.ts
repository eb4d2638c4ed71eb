/**
 * The article of a web page: Mozilla's Readability on linkedom, and where it finds nothing the densest block of text
 * (Sun, Song and Liao, "DOM based content extraction via text density", 2011). Precision before recall: related links and
 * editors' lines must not trigger rules. No author.
 */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { plainText } from '../plain-text.ts';
import { type ElementLike, removeFurniture, withoutFurniture } from './furniture.ts';
import { type DateFound, findDate, findMeta, findStatedDate } from './meta.ts';

export interface Page {
  readonly url: string;
  readonly canonicalUrl: string;
  readonly title: string;
  readonly outlet: string;
  readonly publishedAt: number | null;
  readonly publishedAtFrom: DateFound['from'];
  readonly publishedAtText: string;
  readonly text: string;
  readonly paragraphs: number;
  readonly confidence: number;
  readonly problems: readonly string[];
}
export class PageRefused extends Error {
  override readonly name = 'PageRefused';
  readonly code: 'HY-I11' | 'HY-I12';
  constructor(code: 'HY-I11' | 'HY-I12', message: string) {
    super(message);
    this.code = code;
  }
}
const DEEPEST = 150;
const DEEPEST_AT_ALL = 400;
const MOST_CHARACTERS = 10 * 1024 * 1024;
const MOST_TAGS = 60_000;
/** Below this a page has no article: a list, a login, a gallery. */
const SHORTEST_ARTICLE = 60;
const NOISE_BLOCKS =
  'script,style,noscript,template,iframe,nav,footer,aside,button,svg,select,[hidden],[aria-hidden="true"],.share,.related,.recommend,.comment,.comments,#comments,.copyright,.breadcrumb,.pagination';
/** How deep elements nest, counted on the tree itself (markup can hide its depth); no further than one beyond `most`. */
function depthOf(root: ElementLike, most: number): number {
  let level: ElementLike[] = [root];
  let depth = 0;
  while (level.length > 0 && depth <= most) {
    level = level.flatMap(element => [...element.children]);
    depth++;
  }
  return depth - 1;
}
/** Scripts and styles are most of many pages and none of the text; what scripts say about the article (JSON-LD) is kept. */
function withoutScripts(html: string): string {
  const lower = html.toLowerCase();
  if (lower.length !== html.length) return html;
  const parts: string[] = [];
  let from = 0;
  for (let at = nextOf(lower, 0); at >= 0; at = nextOf(lower, from)) {
    const name = lower.startsWith('<script', at) ? 'script' : 'style';
    const end = lower.indexOf(`</${name}`, at);
    // Never closed: left to the parser, and no more is looked for, so that the whole stays linear.
    if (end < 0) break;
    const tag = lower.slice(at, Math.min(at + 400, end));
    parts.push(html.slice(from, at), tag.includes('ld+json') ? html.slice(at, end) : `<${name}>`);
    from = end;
  }
  parts.push(html.slice(from));
  return parts.join('');
}
function nextOf(lower: string, from: number): number {
  const found = /<(?:script|style)[\s>]/g;
  found.lastIndex = from;
  return found.exec(lower)?.index ?? -1;
}

/** `received`: when the page came, which 昨天 on it is counted from; without it such words are no date. */
export function extractPage(html: string, url: string, received?: number): Page {
  if (html.length > MOST_CHARACTERS) throw new PageRefused('HY-I12', 'the page is larger than 10 MiB');
  if (html.trim() === '') throw new PageRefused('HY-I11', 'the page is empty');
  if (html.includes('\u0000') || !/<[a-z!/]/i.test(html))
    throw new PageRefused('HY-I11', 'the document is no web page');
  if ((html.match(/<[a-z]/gi)?.length ?? 0) > MOST_TAGS)
    throw new PageRefused('HY-I12', `the page has more than ${MOST_TAGS} elements`);
  // What stands before the document's own root (a crawler's wrapper, a stray tag) would become its root.
  const start = html.search(/<(?:!doctype\s+html|html)[\s>]/i);
  const { document } = parseHTML(withoutScripts(start >= 0 ? html.slice(start) : `<html><body>${html}</body></html>`));
  if (!document.documentElement) throw new PageRefused('HY-I11', 'the document is no web page');
  const meta = findMeta(document, url);
  const stated = findStatedDate(document);
  const bodyText = document.body?.textContent ?? '';
  const problems: string[] = [];
  // Readability looks at every ancestor of every element again and again: a small page nested a thousand deep costs it
  // minutes. Real pages stay far below this.
  // Reckoning densities is quadratic in depth too, but bears pages whose tags were never closed.
  // The whole document: torn markup may leave elements beside its root.
  const root = document as unknown as ElementLike;
  const depth = depthOf(root, DEEPEST_AT_ALL);
  // In this order: Readability takes the document to pieces.
  const dense = depth > DEEPEST_AT_ALL ? '' : fromDensity(document);
  const readable = depth > DEEPEST ? '' : fromReadability(document);
  // Readability is the better judge of boundaries; it loses Chinese pages whose paragraphs are not marked as such.
  const text = readable.length >= SHORTEST_ARTICLE && readable.length >= dense.length * 0.35 ? readable : dense;
  const isArticle = text.length >= SHORTEST_ARTICLE;
  if (!isArticle) problems.push('no-article');
  const date = stated ?? findDate(bodyText, url, isArticle ? text : '', received);
  const paragraphs = isArticle ? text.split('\n\n') : [];
  const agree = overlap(readable, dense);
  return {
    url,
    canonicalUrl: meta.canonicalUrl,
    title: meta.title,
    outlet: meta.outlet,
    publishedAt: date.at,
    publishedAtFrom: date.from,
    publishedAtText: date.text,
    text: isArticle ? text : '',
    paragraphs: paragraphs.length,
    confidence: isArticle ? Math.round((0.5 + agree * 0.4 + Math.min(0.1, text.length / 10_000)) * 100) / 100 : 0,
    problems,
  };
}

function fromReadability(document: unknown): string {
  try {
    // The library's types know only the browser's own Document, of which linkedom implements what it needs.
    const article = new Readability<ElementLike>(document as ConstructorParameters<typeof Readability>[0], {
      charThreshold: 120,
      maxElemsToParse: MOST_TAGS,
      // Class names say which block is a caption or a list of other articles; see furniture.ts.
      keepClasses: true,
      serializer: content => content as unknown as ElementLike,
    }).parse();
    const content = article?.content;
    if (!content) return '';
    removeFurniture(content);
    const text = plainText(content.innerHTML);
    let linked = 0;
    for (const link of content.querySelectorAll('a')) linked += (link.textContent ?? '').length;
    // Mostly links: a list of headlines, not an article.
    return linked > text.length / 2 ? '' : tidy(text);
  } catch {
    return '';
  }
}

interface NodeLike {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly firstChild: NodeLike | null;
  readonly nextSibling: NodeLike | null;
}
interface Weight {
  readonly characters: number;
  readonly linked: number;
  readonly marks: number;
  readonly tags: number;
}
const BLOCKS = new Set(['DIV', 'ARTICLE', 'SECTION', 'TD', 'MAIN']);
/** The element whose own text is densest: characters outside links, weighed by punctuation, less for what links hold. */
function fromDensity(document: unknown): string {
  const body = (document as { body: (ElementLike & NodeLike) | null }).body;
  if (!body) return '';
  const noise = new Set<unknown>(body.querySelectorAll(NOISE_BLOCKS));
  let best: ElementLike | undefined;
  let highest = 0;
  /** One walk over the tree: what an element holds is the sum of what its children hold. */
  const weigh = (node: ElementLike & NodeLike, inLink: boolean): Weight => {
    let [characters, linked, marks, tags] = [0, 0, 0, 0];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) {
        const text = child.nodeValue ?? '';
        const own = text.replace(/\s+/g, '').length;
        characters += own;
        if (inLink) linked += own;
        marks += text.match(/[,。,、;:!?!?.;]/g)?.length ?? 0;
      } else if (child.nodeType === 1 && !noise.has(child)) {
        const element = child as ElementLike & NodeLike;
        const held = weigh(element, inLink || element.tagName === 'A');
        characters += held.characters;
        linked += held.linked;
        marks += held.marks;
        tags += held.tags + 1;
      }
    }
    if (characters >= SHORTEST_ARTICLE && BLOCKS.has(node.tagName)) {
      const own = Math.max(0, characters - linked * 1.5);
      // The logarithm keeps the whole page from winning by size alone. Of two alike the outer one, as document order has it.
      const score = (own / (tags + 8)) * Math.log2(own + 1) * Math.log2(marks + 2);
      if (score >= highest) [best, highest] = [node, score];
    }
    return { characters, linked, marks, tags };
  };
  weigh(body, false);
  if (!best || highest === 0) return '';
  // A copy: the document is still needed whole.
  const { document: copy } = parseHTML(`<html><body>${best.innerHTML}</body></html>`);
  const content = copy.body as unknown as ElementLike;
  for (const block of Array.from(content.querySelectorAll(NOISE_BLOCKS))) block.remove();
  removeFurniture(content);
  return tidy(plainText(content.innerHTML));
}

/** Paragraphs joined by empty lines, without furniture among them or at either end. */
const tidy = (text: string): string =>
  withoutFurniture(
    text
      .split('\n')
      .map(l => l.replace(/[\u3000\s]+/g, ' ').trim())
      .filter(Boolean),
  ).join('\n\n');
/** Share of the shorter text's lines that stand in the longer one. */
function overlap(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const lines = short.split('\n\n').filter(l => l.length > 10);
  return lines.length === 0 ? 0 : lines.filter(l => long.includes(l)).length / lines.length;
}

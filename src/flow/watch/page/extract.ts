/**
 * The article of a web page: Mozilla's Readability on linkedom, and where it finds nothing the densest block of text
 * (Sun, Song and Liao, "DOM based content extraction via text density", 2011). Precision before recall: related links and
 * editors' lines must not trigger rules. No author.
 */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { plainText } from '../plain-text.ts';
import { type DateFound, findDate, findMeta } from './meta.ts';

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
  'script,style,noscript,template,iframe,nav,footer,aside,form,button,svg,select,[hidden],[aria-hidden="true"],.share,.related,.recommend,.comment,.comments,#comments,.copyright,.breadcrumb,.pagination';
/** Editors' lines and site furniture that stand inside the article's own block. */
const NOISE_LINE =
  /^(责任编辑|责编|编辑|校对|审核|监制|来源|稿源|作者|记者|原标题|本文来源|扫码|扫一扫|关注我们|打开APP|点击下载|分享到?|返回搜狐|查看更多|展开全文|相关阅读|相关新闻|推荐阅读|热门推荐|上一篇|下一篇|举报|收藏|打印|字号|【?纠错】?|\(?完\)?$|更多精彩|版权声明|免责声明|未经授权|声明[::])/;

/** Whether elements nest deeper than in any page a person reads, counted on the tree itself: markup can hide its depth. */
function isDeeper(root: ElementLike, deepest: number): boolean {
  let level: ElementLike[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap(element => [...element.children]);
  }
  return false;
}

export function extractPage(html: string, url: string): Page {
  if (html.length > MOST_CHARACTERS) throw new PageRefused('HY-I12', 'the page is larger than 10 MiB');
  if (html.trim() === '') throw new PageRefused('HY-I11', 'the page is empty');
  if (html.includes('\u0000') || !/<[a-z!/]/i.test(html))
    throw new PageRefused('HY-I11', 'the document is no web page');
  if ((html.match(/<[a-z]/gi)?.length ?? 0) > MOST_TAGS)
    throw new PageRefused('HY-I12', `the page has more than ${MOST_TAGS} elements`);
  // What stands before the document's own root (a crawler's wrapper, a stray tag) would become its root.
  const start = html.search(/<(?:!doctype\s+html|html)[\s>]/i);
  const whole = start >= 0 ? html.slice(start) : `<html><body>${html}</body></html>`;
  const { document } = parseHTML(whole);
  if (!document.documentElement) throw new PageRefused('HY-I11', 'the document is no web page');
  const meta = findMeta(document, url);
  const problems: string[] = [];
  // Readability looks at every ancestor of every element again and again: a small page nested a thousand deep costs it
  // minutes. Real pages stay far below this.
  // Reckoning densities is quadratic in depth too, but bears pages whose tags were never closed.
  // The whole document: torn markup may leave elements beside its root.
  const root = document as unknown as ElementLike;
  const candidates = [
    isDeeper(root, DEEPEST) ? '' : fromReadability(whole),
    isDeeper(root, DEEPEST_AT_ALL) ? '' : fromDensity(document),
  ];
  const [readable = '', dense = ''] = candidates;
  // Readability is the better judge of boundaries; it loses Chinese pages whose paragraphs are not marked as such.
  const text = readable.length >= SHORTEST_ARTICLE && readable.length >= dense.length * 0.35 ? readable : dense;
  const isArticle = text.length >= SHORTEST_ARTICLE;
  if (!isArticle) problems.push('no-article');
  const date = findDate(document, url, isArticle ? text : '');
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

function fromReadability(html: string): string {
  try {
    const { document } = parseHTML(html);
    // The library's types know only the browser's own Document, of which linkedom implements what it needs.
    const article = new Readability(document as unknown as ConstructorParameters<typeof Readability>[0], {
      charThreshold: 120,
      maxElemsToParse: MOST_TAGS,
    }).parse();
    const content = article?.content ?? '';
    const linked = [...content.matchAll(/<a\b[^>]*>([\s\S]*?)<\/a>/gi)].reduce(
      (n, m) => n + plainText(m[1] ?? '').length,
      0,
    );
    const text = plainText(content);
    // Mostly links: a list of headlines, not an article.
    return linked > text.length / 2 ? '' : tidy(text);
  } catch {
    return '';
  }
}

interface Node {
  readonly nodeType: number;
  readonly textContent: string | null;
}
interface ElementLike extends Node {
  readonly tagName: string;
  readonly innerHTML: string;
  readonly children: Iterable<ElementLike>;
  readonly parentElement: ElementLike | null;
  querySelectorAll: (selector: string) => Iterable<ElementLike>;
  remove: () => void;
}
/** The element whose own text is densest: characters outside links, weighed by punctuation, less for what links hold. */
function fromDensity(document: unknown): string {
  const root = (document as { body: ElementLike | null }).body;
  if (!root) return '';
  // The list is taken whole before anything is removed from under it.
  for (const noise of Array.from(root.querySelectorAll(NOISE_BLOCKS))) noise.remove();
  let best: ElementLike | undefined;
  let highest = 0;
  for (const element of root.querySelectorAll('div,article,section,td,main')) {
    const text = element.textContent ?? '';
    if (text.length < SHORTEST_ARTICLE) continue;
    let linked = 0;
    for (const link of element.querySelectorAll('a')) linked += (link.textContent ?? '').length;
    const marks = text.match(/[,。,、;:!?!?.;]/g)?.length ?? 0;
    let tags = 0;
    for (const _ of element.querySelectorAll('*')) tags++;
    const own = Math.max(0, text.replace(/\s+/g, '').length - linked * 1.5);
    // The logarithm keeps the whole page from winning by size alone.
    const score = (own / (tags + 8)) * Math.log2(own + 1) * Math.log2(marks + 2);
    if (score > highest) [best, highest] = [element, score];
  }
  return best ? tidy(plainText(best.innerHTML)) : '';
}

/** Paragraphs joined by empty lines, without furniture at either end. */
function tidy(text: string): string {
  const lines = text
    .split('\n')
    .map(l => l.replace(/[\u3000\s]+/g, ' ').trim())
    .filter(Boolean);
  const kept = lines.filter(line => !(line.length < 60 && NOISE_LINE.test(line)));
  return kept.join('\n\n');
}
/** Share of the shorter text's lines that stand in the longer one. */
function overlap(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const lines = short.split('\n\n').filter(l => l.length > 10);
  return lines.length === 0 ? 0 : lines.filter(l => long.includes(l)).length / lines.length;
}

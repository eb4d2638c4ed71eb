/** A page as a tree that selectors can be asked of, within limits: what a hostile page tries is refused before it costs. */
import { parseHTML } from 'linkedom';
import { PageRefused } from './extract.ts';

export interface PageElement {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly innerHTML: string;
  readonly children: Iterable<PageElement>;
  readonly parentElement: PageElement | null;
  readonly className: string;
  readonly id: string;
  getAttribute: (name: string) => string | null;
  querySelector: (selector: string) => PageElement | null;
  querySelectorAll: (selector: string) => Iterable<PageElement>;
  remove: () => void;
}
export interface PageDocument {
  readonly title: string;
  readonly body: PageElement | null;
  querySelector: (selector: string) => PageElement | null;
  querySelectorAll: (selector: string) => Iterable<PageElement>;
}
const MOST_CHARACTERS = 4 * 1024 * 1024;
const MOST_TAGS = 60_000;
const DEEPEST = 400;

export function openDocument(html: string): PageDocument {
  if (html.length > MOST_CHARACTERS) throw new PageRefused('HY-I12', 'the page is larger than 4 MiB');
  if (html.includes('\u0000') || !/<[a-z!/]/i.test(html))
    throw new PageRefused('HY-I11', 'the document is no web page');
  if ((html.match(/<[a-z]/gi)?.length ?? 0) > MOST_TAGS)
    throw new PageRefused('HY-I12', `the page has more than ${MOST_TAGS} elements`);
  const start = html.search(/<(?:!doctype\s+html|html)[\s>]/i);
  const { document } = parseHTML(start >= 0 ? html.slice(start) : `<html><body>${html}</body></html>`);
  if (!document.documentElement) throw new PageRefused('HY-I11', 'the document is no web page');
  // linkedom's own types leave open what is there; what is used of it stands above.
  const opened = document as unknown as PageDocument;
  let level: PageElement[] = opened.body ? [opened.body] : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new PageRefused('HY-I12', `elements stand more than ${DEEPEST} deep in each other`);
    level = level.flatMap(e => [...e.children]);
  }
  return opened;
}

/** Whether a selector can be used; what is wrong with it otherwise. */
export function selectorProblem(selector: string): string | undefined {
  if (selector.length > 300) return 'longer than 300 characters';
  // Selectors inside selectors make the search grow with every level.
  if ((selector.match(/:(?:has|not|is|where)\(/gi)?.length ?? 0) > 2) return 'more than two of :has, :not, :is, :where';
  try {
    parseHTML('<html><body><p></p></body></html>').document.querySelector(selector);
    return undefined;
  } catch (error) {
    return (error as Error).message.slice(0, 120);
  }
}

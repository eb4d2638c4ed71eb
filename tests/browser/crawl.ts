/** The pages of the site map, each found at an address where the house has something to show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from './product.ts';

/** Routes that hand out files, other formats or a part of a page: nothing to look at by itself. */
const NOT_PAGES =
  /\/(?:word|pdf|archive|text|proof|file|export|kit|table|package|take|picture)$|\/(?:files|evidence)\/:(?:id|n)$(?<!^\/files\/:id)|^\/(?:tables|log\/export|inbox\/news|scores\/recompute|live|rota\/:feed|proofs|api|sign-in\/(?:with|back)|assets|drafts)/;

/** Addresses that hand out a file: nothing leads on from there, and some take long to make. */
const FILES = /\/(?:word|pdf|archive|export|table|package|take|picture|file)$|^\/(?:assets|tables|rota\/.+\.ics)/;

/** The GET routes of the site map, as they are written. */
export const ROUTES = [...readFileSync(join(ROOT, 'src/web/routes.ts'), 'utf8').matchAll(/app\.get\(\s*'([^']+)'/g)]
  .map(m => m[1] ?? '')
  .filter(route => !NOT_PAGES.test(route) && route !== '/');
export const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:[a-z]+/gi, '[^/]+')}$`);

const MOST_TRIES = 12;
/** Concrete addresses by route, found by following links from the desk. */
export async function findPages(page: Page, url: string, more: readonly string[] = []): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const todo = [
    ...more,
    '/desk',
    '/desk?scope=all',
    '/cases',
    '/inbox',
    '/people',
    ...ROUTES.filter(r => !r.includes(':')),
  ];
  const seen = new Set<string>();
  const tried = new Map<string, number>();
  const missing = (): boolean => ROUTES.some(r => !found.has(r));
  for (let at = todo.shift(); at !== undefined && seen.size < 500 && missing(); at = todo.shift()) {
    const plain = at.split(/[?#]/)[0] ?? at;
    if (seen.has(at) || FILES.test(plain)) continue;
    const meant = ROUTES.find(r => r === plain) ?? ROUTES.find(r => patternOf(r).test(plain));
    // A kind of page that is refused or leads elsewhere is not asked for again and again.
    const times = meant === undefined ? 0 : (tried.get(meant) ?? 0);
    if (times >= MOST_TRIES) continue;
    if (meant !== undefined) tried.set(meant, times + 1);
    seen.add(at);
    const answer = await page.request.get(`${url}${at}`, { maxRedirects: 0 });
    if (answer.status() !== 200 || !(answer.headers()['content-type'] ?? '').includes('text/html')) continue;
    if (meant !== undefined && !found.has(meant)) found.set(meant, at);
    const html = await answer.text();
    for (const [, href = ''] of html.matchAll(/href="(\/[^"#]*)"/g)) {
      const to = href.replaceAll('&amp;', '&');
      const kind =
        ROUTES.find(r => r === to.split('?')[0]) ?? ROUTES.find(r => patternOf(r).test(to.split('?')[0] ?? ''));
      if (kind !== undefined && !found.has(kind)) todo.unshift(to);
      else if (!seen.has(to) && todo.length < 1500) todo.push(to);
    }
  }
  return found;
}

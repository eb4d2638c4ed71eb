/**
 * Every page of the site map, whoever adds it: no serious fault in light and dark, nothing wider than a phone, and something
 * to do next. Pages are found by following links of the example; one that no link leads to is named below with its reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { faults } from './axe.ts';
import { launch, type Product, ROOT, startProduct } from './product.ts';

const path = findBrowser({ install: false });
const PASSWORD = 'three quiet rivers meet';
/** Routes that hand out files, other formats or a part of a page: nothing to look at by itself. */
const NOT_PAGES =
  /\/(?:word|pdf|archive|text|proof|plan|file|export|kit)$|^\/(?:tables|log\/export|inbox\/news|scores\/recompute|live|rota\/:feed|proofs|api|sign-in|assets)/;

/** The GET routes of the site map, as they are written. */
const ROUTES = [...readFileSync(join(ROOT, 'src/web/routes.ts'), 'utf8').matchAll(/app\.get\(\s*'([^']+)'/g)]
  .map(m => m[1] ?? '')
  .filter(route => !NOT_PAGES.test(route) && route !== '/');
const patternOf = (route: string): RegExp =>
  new RegExp(`^${route.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:[a-z]+/gi, '[^/]+')}$`);

let product: Product;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  if (!path) return;
  [product, browser] = await Promise.all([startProduct(), launch(path)]);
  page = await (await browser.newContext({ viewport: { width: 360, height: 800 } })).newPage();
  await page.goto(`${product.url}/sign-in`);
  await page.fill('#login', product.login);
  await page.fill('#password', product.password);
  await Promise.all([page.waitForNavigation(), page.click('button.go')]);
  await page.fill('[name=old]', product.password);
  await page.fill('[name=wanted]', PASSWORD);
  await page.fill('[name=again]', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('main button[type=submit], form button.go')]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const MOST_TRIES = 12;
/** Concrete addresses by route, found by following links from the desk. */
async function findPages(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const todo = ['/desk', '/desk?scope=all', '/cases', '/inbox', '/people', ...ROUTES.filter(r => !r.includes(':'))];
  const seen = new Set<string>();
  const tried = new Map<string, number>();
  const missing = (): boolean => ROUTES.some(r => !found.has(r));
  for (let at = todo.shift(); at !== undefined && seen.size < 500 && missing(); at = todo.shift()) {
    const plain = at.split(/[?#]/)[0] ?? at;
    if (seen.has(at)) continue;
    const meant = ROUTES.find(r => r === plain) ?? ROUTES.find(r => patternOf(r).test(plain));
    // A kind of page that is refused or leads elsewhere is not asked for again and again.
    const times = meant === undefined ? 0 : (tried.get(meant) ?? 0);
    if (times >= MOST_TRIES) continue;
    if (meant !== undefined) tried.set(meant, times + 1);
    seen.add(at);
    const answer = await page.request.get(`${product.url}${at}`, { maxRedirects: 0 });
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

/** No link of the example leads there. */
const UNREACHED: Readonly<Record<string, string>> = {
  '/setup': 'offered only where somebody may start an institution of their own',
  '/password': 'in a menu as a link of the frame',
};

test(
  'every page: axe in light and dark, no wider than a phone, something to do next',
  { timeout: 900_000 },
  async ({ skip }) => {
    if (!path) return skip('no browser could be found or installed');
    const pages = await findPages();
    const wrong: string[] = [];
    for (const [route, at] of pages) {
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.setViewportSize(scheme === 'light' ? { width: 360, height: 800 } : { width: 1440, height: 900 });
        await page.goto(`${product.url}${at}`);
        wrong.push(...(await faults(page)).map(f => `${scheme} ${f}`));
        if (scheme === 'dark') continue;
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        if (width > 360) wrong.push(`${at}: ${width} pixels wide on a phone`);
        const ways = await page.evaluate(
          () =>
            document.querySelectorAll('main a[href], main button, main summary, body > a[href], form button').length,
        );
        if (ways === 0) wrong.push(`${route}: nothing to do next`);
      }
    }
    expect(wrong).toEqual([]);
    const unseen = ROUTES.filter(r => !pages.has(r) && !(r in UNREACHED));
    // Pages of things the example does not hold; each of them has tests of its own.
    expect(unseen.length).toBeLessThanOrEqual(Math.floor(ROUTES.length / 4));
    expect(pages.size).toBeGreaterThan(40);
  },
);

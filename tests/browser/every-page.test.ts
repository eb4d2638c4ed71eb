/**
 * Every page of the site map, whoever adds it: no serious fault in light and dark, nothing wider than a phone, and something
 * to do next. Pages are found by following links of the example; one that no link leads to is named below with its reason.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { faults } from './axe.ts';
import { findPages, ROUTES } from './crawl.ts';
import { furnish } from './furnish.ts';
import { launch, type Product, startProduct } from './product.ts';

const path = findBrowser({ install: false });
const PASSWORD = 'three quiet rivers meet';
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

/** No link of the example leads there. */
const UNREACHED: Readonly<Record<string, string>> = {
  '/briefs/new': 'leads on to the brief of that span',
  '/cases/:case/reply': 'leads on to the newest text of the case, or to a new one',
  '/sign-in/second': 'asked only of somebody who has set up a second factor: tests/web/second-factor.test.ts',
  '/cases/:case/sheet/:form':
    'the regulation of the example has no sheet that goes round: tests/web/case-sheet.test.ts',
  '/papers/:paper': 'the regulation of the example has no form outside a case: tests/web/papers.test.ts',
  '/setup': 'offered only where somebody may start an institution of their own',
  '/password': 'in a menu as a link of the frame',
};

test(
  'every page: axe in light and dark, no wider than a phone, something to do next',
  { timeout: 1_500_000 },
  async ({ skip }) => {
    if (!path) return skip('no browser could be found or installed');
    const pages = await findPages(page, product.url, await furnish(page, product.url));
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
    // The door is looked at by a stranger.
    await page.context().clearCookies();
    for (const at of ['/sign-in', '/answers', '/answers/rules']) {
      await page.goto(`${product.url}${at}`);
      wrong.push(...(await faults(page)).map(f => `a stranger: ${f}`));
      const route = ROUTES.find(r => r === at);
      if (route !== undefined) pages.set(route, at);
    }
    expect(wrong).toEqual([]);
    const unseen = ROUTES.filter(r => !pages.has(r) && !(r in UNREACHED));
    expect(unseen).toEqual([]);
    expect(pages.size).toBeGreaterThan(95);
  },
);

/** Ten tabs of one browser: all are drawn, all hear what is entered, and a plain request is still answered beside them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { launch, type Product, startProduct } from './product.ts';

const path = findBrowser({ install: false });
const PASSWORD = 'three quiet rivers meet';
const TABS = 10;
let product: Product;
let browser: Browser;
beforeAll(async () => {
  if (path) [product, browser] = await Promise.all([startProduct(), launch(path)]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test('ten tabs of one browser never hang', { timeout: 300_000 }, async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const first = await context.newPage();
  await first.goto(`${product.url}/sign-in`);
  await first.fill('#login', product.login);
  await first.fill('#password', product.password);
  await Promise.all([first.waitForNavigation(), first.click('button.go')]);
  await first.fill('[name=old]', product.password);
  await first.fill('[name=wanted]', PASSWORD);
  await first.fill('[name=again]', PASSWORD);
  await Promise.all([first.waitForNavigation(), first.click('main button[type=submit], form button.go')]);
  const tabs: Page[] = [];
  for (let i = 0; i < TABS; i++) {
    const tab = await context.newPage();
    await tab.goto(`${product.url}/desk?scope=all`);
    tabs.push(tab);
  }
  const inboxOf = (tab: Page): Promise<string | null> => tab.locator('[data-live="inbox"]').first().textContent();
  const before = Number(await inboxOf(first.url().includes('/desk') ? first : (tabs[0] as Page)));
  // Somebody hands something in, in an eleventh tab; a page of the same browser answers while ten listen.
  await first.goto(`${product.url}/inbox/new`);
  await first.fill('[name=title]', '路灯坏了三天');
  await first.fill('[name=text]', '小区门口的路灯坏了三天没有人来修。');
  await Promise.all([first.waitForNavigation(), first.locator('main form button[type=submit]').last().click()]);
  for (const [i, tab] of tabs.entries())
    await expect.poll(() => inboxOf(tab), { timeout: 30_000, message: `tab ${i + 1}` }).toBe(String(before + 1));
  expect((await context.request.get(`${product.url}/cases`)).status()).toBe(200);
  await (tabs[4] as Page).goto(`${product.url}/cases`);
  expect(await (tabs[4] as Page).locator('h1').count()).toBe(1);
});

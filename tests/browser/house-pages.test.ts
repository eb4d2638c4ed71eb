/**
 * Registers, overview, wall, files and exercises in a real browser: no serious finding of axe on a desk or a phone, nothing
 * wider than the screen, and a form that is left half filled stands there again.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { REGISTERS } from '../../src/web/view/registers.ts';
import { faults } from './axe.ts';
import { launch, type Product, startProduct } from './product.ts';

const path = findBrowser({ install: false });
const PASSWORD = 'three quiet rivers meet';
let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!path) return;
  [product, browser] = await Promise.all([startProduct(), launch(path)]);
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })).newPage();
  await page.goto(product.url);
  await page.fill('#login', product.login);
  await page.fill('#password', product.password);
  await Promise.all([page.waitForURL(/password/), page.click('button.go')]);
  await page.fill('#old', product.password);
  for (const field of ['#wanted', '#again']) await page.fill(field, PASSWORD);
  await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const PAGES = [
  '/registers',
  ...REGISTERS.map(key => `/registers/${key}`),
  '/registers/offices/handover?code=X000',
  '/overview',
  '/overview/list?set=all',
  '/overview/wall',
  '/files/of/case:C1',
  '/practice',
];

test('axe finds nothing serious, on a desk and on a phone, and no page is wider than a phone', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  const found: string[] = [];
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const address of PAGES) {
      await page.goto(`${product.url}${address}`);
      found.push(...(await faults(page)).map(f => `${width} ${f}`));
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 1) found.push(`${width} ${address}: ${over} px too wide`);
    }
  }
  expect(found).toEqual([]);
}, 240_000);

test('what was typed and not sent stands there again, and is gone when it is not wanted', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  await page.setViewportSize({ width: 1440, height: 900 });
  const address = `${product.url}/registers/directory`;
  await page.goto(address);
  const box = page.locator('details:has(#c-name)');
  if ((await box.getAttribute('open')) === null) await box.locator('summary').click();
  const saved = page.waitForResponse(r => r.url().includes('/drafts/directory') && r.request().method() === 'POST');
  await page.fill('#c-name', '清江晚报');
  expect((await saved).status()).toBe(200);
  await page.goto(`${product.url}/desk`);
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#c-name')?.value === '清江晚报');
  expect(await page.textContent('.draft-note')).toContain('找回了');
  const dropped = page.waitForResponse(r => r.url().includes('/drafts/directory') && r.request().method() === 'POST');
  await page.click('.draft-note button');
  await dropped;
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  expect(await page.inputValue('#c-name')).toBe('');
}, 120_000);

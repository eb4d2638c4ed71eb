/** Photographs the pages of the worked example into docs/screens: node scripts/screens.ts */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, ROOT, startProduct } from '../tests/browser/product.ts';
import { findBrowser } from './browser.ts';

const FOLDER = join(ROOT, 'docs/screens');
const PASSWORD = 'three quiet rivers meet';
/** Page → address. The desk's own pages, then what everybody sees. */
const PAGES: readonly (readonly [string, string])[] = [
  ['desk', '/desk'],
  ['inbox', '/inbox'],
  ['case', '/cases/C1'],
  ['case-open', '/cases/C3'],
  ['reply', '/cases/C2/reply'],
  ['watch', '/watch'],
  ['rules', '/rules'],
  ['log', '/log'],
  ['people', '/people'],
  ['sources', '/sources'],
  ['settings', '/settings'],
  ['answers', '/answers'],
];
const WIDTHS: readonly (readonly [number, number])[] = [
  [1440, 1000],
  [360, 760],
];

async function signIn(page: Page, url: string, login: string, password: string): Promise<void> {
  await page.goto(url);
  await page.fill('input:not([type=password]):not([type=hidden])', login);
  await page.fill('input[type=password]', password);
  await Promise.all([page.waitForNavigation(), page.click('main button, button')]);
  const fields = page.locator('input[type=password]');
  const count = await fields.count();
  for (let i = 0; i < count; i++) await fields.nth(i).fill(i === 0 ? password : PASSWORD);
  if (count > 0) await Promise.all([page.waitForNavigation(), page.locator('main button').first().click()]);
}

async function photograph(browser: Browser, url: string, login: string, password: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await signIn(page, url, login, password);
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    for (const [name, address] of PAGES) {
      await page.goto(`${url}${address}`);
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(FOLDER, `${name}-${width}.png`) });
    }
  }
}

const path = findBrowser({ install: true });
if (!path) throw new Error('no browser could be found or installed');
mkdirSync(FOLDER, { recursive: true });
const product = await startProduct();
const browser = await launch(path);
try {
  await photograph(browser, product.url, product.login, product.password);
} finally {
  await browser.close();
  await product.stop();
}

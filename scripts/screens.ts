/**
 * Takes the pictures of docs/screens anew: node scripts/screens.ts. The product is started in a folder of its own, the
 * example is worked on as far as the pictures need, and every page is shown as a person would see it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch, ROOT, startProduct } from '../tests/browser/product.ts';
import { findBrowser } from './browser.ts';

const out = join(ROOT, 'docs/screens');
const PASSWORD = 'three quiet rivers meet';
interface Shot {
  readonly name: string;
  readonly path: string;
  readonly width?: number;
  readonly dark?: boolean;
  /** Only what fits on the screen, as on a phone in the hand. */
  readonly screen?: number;
  readonly before?: (page: Page) => Promise<void>;
}
const openWhy = (page: Page): Promise<void> => page.click('.duty.first details.why summary');
const SHOTS: readonly Shot[] = [
  { name: 'desk', path: '/desk', before: openWhy },
  { name: 'desk-dark', path: '/desk', dark: true, screen: 900 },
  { name: 'desk-english', path: '/desk?lang=en', screen: 900 },
  { name: 'desk-phone', path: '/desk?lang=zh', width: 360, screen: 740 },
  { name: 'inbox', path: '/inbox', before: page => page.click('a.story:has-text("单子签了")') },
  { name: 'case', path: '/cases/C2' },
  { name: 'refused', path: '/cases/C2/reply', before: refusePublication, screen: 1000 },
  { name: 'answer', path: '/cases/C2/reply' },
  {
    name: 'sign-phone',
    path: '/cases/C2/reply',
    width: 360,
    screen: 740,
    before: page => page.evaluate(() => document.querySelector('.sign-now')?.scrollIntoView({ block: 'end' })),
  },
  { name: 'rulebook', path: '/rules', screen: 1500 },
  { name: 'public-answer', path: '/answers', before: page => page.click('.ans-list a') },
  { name: 'watch', path: '/watch' },
  { name: 'people', path: '/people' },
  { name: 'setup', path: '/setup?rulebook=blank' },
];

/** Tries to publish without the signature, so that the page shows what is missing. */
async function refusePublication(page: Page): Promise<void> {
  await page.check('input[name="read"]');
  await Promise.all([page.waitForURL(/refused=/), page.click('form[action$="/publish"] button[type="submit"]')]);
}

const browserPath = findBrowser({ install: true });
if (!browserPath) throw new Error('no browser could be found or installed');
mkdirSync(out, { recursive: true });
const product = await startProduct();
const browser = await launch(browserPath);
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(product.url);
  await page.fill('#login', product.login);
  await page.fill('#password', product.password);
  await page.click('button.go');
  await page.fill('#old', product.password);
  await page.fill('#wanted', PASSWORD);
  await page.fill('#again', PASSWORD);
  await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
  await page.goto(`${product.url}/desk`);
  await page.click('details.menu summary');
  await page.click('details.menu button[value="leading-group/head"]');
  for (const shot of SHOTS) {
    await page.setViewportSize({ width: shot.width ?? 1440, height: shot.screen ?? 900 });
    await page.emulateMedia({ colorScheme: shot.dark ? 'dark' : 'light' });
    await page.goto(`${product.url}${shot.path}`);
    await shot.before?.(page);
    await page.waitForLoadState('load');
    await page.screenshot({ path: join(out, `${shot.name}.png`), fullPage: shot.screen === undefined });
    process.stdout.write(`${shot.name}\n`);
  }
} finally {
  await browser.close();
  await product.stop();
}

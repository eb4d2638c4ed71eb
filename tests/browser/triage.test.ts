/** A hundred stories sorted by keyboard alone, in a real browser; what is new is counted without moving the list. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { faults } from './axe.ts';
import { launch, type Product, startProduct } from './product.ts';

const PASSWORD = 'three quiet rivers meet';
const STORIES = 100;
const path = findBrowser({ install: false });
let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!path) return;
  product = await startProduct();
  browser = await launch(path);
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' });
  page = await context.newPage();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** Matters that share no words: letters far apart, the same on every run. */
function rows(count: number, from: number): string {
  let state = 20_161 + from;
  const next = (): number => (state = (state * 48271) % 2147483647);
  const word = (n: number): string =>
    Array.from({ length: n }, () => String.fromCharCode(0x4e00 + (next() % 16_000))).join('');
  return [
    '编号,时间,标题,内容',
    ...Array.from(
      { length: count },
      (_, i) => `K-${from}-${i},2026-09-17 09:${String(i % 60).padStart(2, '0')},${word(8)},${word(40)}。`,
    ),
  ].join('\n');
}
async function importRows(count: number, from: number, on: Page): Promise<void> {
  const file = join(dirname(product.data), `rows-${from}.csv`);
  writeFileSync(file, rows(count, from));
  await on.goto(`${product.url}/inbox/import`);
  await on.setInputFiles('#i-file', file);
  await Promise.all([on.waitForLoadState('load'), on.click('form[action="/inbox/import"] button.go')]);
  await Promise.all([on.waitForURL(/imports\//), on.click('form[action^="/inbox/import/"] button.go')]);
  // The page reads itself again until every row has been judged.
  await on.waitForFunction(() => {
    const bar = document.querySelector('progress');
    return bar !== null && bar.value >= bar.max;
  });
  await on.goto(`${product.url}/inbox`);
}
const waiting = async (): Promise<number> => Number(/\d+/.exec((await page.textContent('h1')) ?? '')?.[0] ?? '0');
const selected = (): Promise<string | null> => page.getAttribute('a.story.sel', 'data-story');
/** A key that sends the form: the page after it is another one. */
async function send(...keys: readonly string[]): Promise<void> {
  const last = keys.at(-1) ?? '';
  for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
  await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press(last)]);
}

test('a hundred stories are put aside, opened and taken back by keyboard alone', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  await page.goto(`${product.url}/sign-in`);
  await page.fill('#login', product.login);
  await page.fill('#password', product.password);
  await Promise.all([page.waitForURL(/password/), page.click('button.go')]);
  await page.fill('#old', product.password);
  for (const field of ['#wanted', '#again']) await page.fill(field, PASSWORD);
  await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
  await importRows(STORIES, 1, page);
  const before = await waiting();
  expect(before).toBeGreaterThanOrEqual(STORIES);

  // j and k show the next story beside the list, without leaving the page.
  const first = await selected();
  await page.keyboard.press('j');
  await page.waitForFunction(is => document.querySelector('#pane article .code')?.textContent !== is, first);
  expect(new URL(page.url()).pathname).toBe(`/inbox/${await selected()}`);
  await page.keyboard.press('k');
  await page.waitForFunction(is => document.querySelector('#pane article .code')?.textContent === is, first);
  expect(await faults(page)).toEqual([]);

  // To the imported ones at the end of the list, which nothing proposes a unit for.
  await page.goto(`${product.url}/inbox?window=all`);
  let done = 0;
  let opened = 0;
  for (let i = 0; done < STORIES; i++) {
    const story = await selected();
    if (i % 10 === 3) {
      // Open a case: what is not proposed is asked for by digit, then Enter sends it.
      const lacks = await page.evaluate(() =>
        ['matter', 'concerns'].filter(name => document.querySelector(`#tri input[name=${name}]:checked`) === null),
      );
      // A matter is one of several and goes on at once; of units there may be more, so Enter ends the choice.
      await send(
        'o',
        ...(lacks.includes('matter') ? ['2'] : []),
        ...(lacks.includes('concerns') ? ['2', 'Enter'] : []),
      );
      opened++;
    } else await send('x', String(1 + (i % 4)));
    done++;
    if (i % 25 === 7) {
      // Taken back, and decided again.
      const left = await waiting();
      await send('z');
      expect(await waiting()).toBe(left + 1);
      expect(await selected()).toBe(story);
      await send('x', '1');
      if (i % 10 === 3) opened--;
    }
  }
  expect(opened).toBeGreaterThan(5);
  await page.goto(`${product.url}/inbox`);
  expect(await waiting()).toBe(before - STORIES);
}, 600_000);

test('what comes in meanwhile is counted above the list, and the list stays where it is', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  await importRows(3, 2, page);
  const listed = await page.$$eval('a.story', all => all.map(a => a.getAttribute('data-story')));
  const other = await page.context().newPage();
  await importRows(4, 3, other);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForSelector('.news-line a');
  expect(await page.textContent('.news-line')).toContain('新到 4 件');
  expect(await page.$$eval('a.story', all => all.map(a => a.getAttribute('data-story')))).toEqual(listed);
  await Promise.all([page.waitForNavigation(), page.click('.news-line a')]);
  expect(await page.$$eval('a.story', all => all.length)).toBe(listed.length + 4);
  await other.close();
}, 60_000);

test('on a phone nothing runs over the edge, and in English the page is whole', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  await page.setViewportSize({ width: 360, height: 760 });
  for (const address of [
    '/inbox',
    '/concerns',
    '/concerns/refund',
    '/inbox/growing',
    '/inbox/topics',
    '/misses',
    '/misses/new',
    '/misses/drill',
    '/routing',
    '/inbox/why-not',
    '/answers/rules?lang=en',
    '/inbox',
    '/concerns/refund',
  ]) {
    await page.goto(`${product.url}${address}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([address, over]).toEqual([address, 0]);
    expect([address, await faults(page)]).toEqual([address, []]);
  }
  await page.goto(`${product.url}/desk?lang=zh`);
}, 120_000);

/**
 * A new house on its first day, in a real browser: found it under a regulation, bring in people and offices from a table,
 * connect two sources that a second person switches on, open the first case and answer it. Every click, choice and field is
 * counted: at most 45, and every page on the way says what to do next.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { launch, type Product, startProduct } from './product.ts';

const MOST = 45;
const path = findBrowser({ install: false });
const PASSWORD = 'three quiet rivers meet';
let product: Product;
let browser: Browser;
let page: Page;
let feeds: Server;
let count = 0;
const without: string[] = [];
const trail: string[] = [];

/** Somewhere on the page stands a step to take: a button that does something, or the link of the step that is next. */
async function hasNext(): Promise<void> {
  const steps = await page
    .locator('main button.btn, main a.btn, main .first-steps [aria-current] a, main form button')
    .count();
  if (steps === 0) without.push(new URL(page.url()).pathname);
}
async function act(what: string, work: () => Promise<unknown>): Promise<void> {
  count++;
  trail.push(`${count} ${what}`);
  await work();
}
const fill = (selector: string, text: string): Promise<void> =>
  act(`fill ${selector}`, () => page.locator(selector).first().fill(text));
const check = (selector: string): Promise<void> =>
  act(`check ${selector}`, () => page.locator(selector).first().check());
const open = (selector: string): Promise<void> => act(`open ${selector}`, () => page.locator(selector).first().click());
/** A click that leads to another page. */
async function go(selector: string): Promise<void> {
  await act(`click ${selector}`, () =>
    Promise.all([page.waitForNavigation({ timeout: 15_000 }), page.locator(selector).first().click()]),
  );
  await hasNext();
}
const next = (): Promise<void> => go('.first-steps [aria-current] a');

beforeAll(async () => {
  if (!path) return;
  const item = (title: string, n: number): string =>
    `<item><title>${title}</title><link>http://forum.example/${n}</link><pubDate>${new Date(Date.now() - n * 3_600_000).toUTCString()}</pubDate><description>${title}，请回复</description></item>`;
  feeds = createServer((request, response) => {
    response.setHeader('content-type', 'application/rss+xml; charset=utf-8');
    const body = request.url === '/a' ? item('便民中心周末不开门', 1) : item('窗口排队太久', 2);
    response.end(`<rss version="2.0"><channel><title>青石论坛</title>${body}</channel></rss>`);
  });
  await new Promise<void>(done => feeds.listen(0, '127.0.0.1', done));
  process.env['HUIYIN_ALLOW_HOSTS'] = `127.0.0.1:${(feeds.address() as AddressInfo).port}`;
  [product, browser] = await Promise.all([startProduct(['--empty']), launch(path)]);
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })).newPage();
});
afterAll(async () => {
  delete process.env['HUIYIN_ALLOW_HOSTS'];
  await browser?.close();
  await product?.stop();
  feeds?.close();
});

const PEOPLE = ['工号,姓名,登录名,单位,岗位', 'A001,张主任,,section,head', 'A002,李科长,li,office,head'].join('\n');

test('from an empty store to the first public answer', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  const port = (feeds.address() as AddressInfo).port;
  await act('open the address', () => page.goto(product.url));
  await hasNext();
  await check('input[name="rulebook"][value="blank"]');
  await go('form[method="get"] button');
  await fill('#z-name', '青石镇便民服务中心');
  await fill('#z-person', '张主任');
  await fill('#z-pass', PASSWORD);
  await fill('#z-again', PASSWORD);
  await go('form[method="post"] button.go');

  await next();
  await act('choose the table', () =>
    page.setInputFiles('#o-file', { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(PEOPLE) }),
  );
  await go('button[value="check"]');
  await go('button[value="write"]');
  const once = (await page.textContent('.once .code')) ?? '';
  await next();
  await go('a[href="/sources/opml"]');
  const opml = `<opml version="2.0"><body>${['a', 'b'].map(n => `<outline text="青石论坛 ${n}" type="rss" xmlUrl="http://127.0.0.1:${port}/${n}"/>`).join('')}</body></opml>`;
  await act('choose the list of feeds', () =>
    page.setInputFiles('main input[type="file"]', {
      name: 'feeds.opml',
      mimeType: 'text/xml',
      buffer: Buffer.from(opml),
    }),
  );
  await go('main form[enctype] button');
  // The second person.
  await open('details.menu summary');
  await go('form[action="/sign-out"] button');
  await fill('#login', 'li');
  await fill('#password', once);
  await go('button.go');
  await fill('#old', once);
  await fill('#wanted', PASSWORD);
  await fill('#again', PASSWORD);
  await go('button.go');
  await next();
  for (const feed of ['a', 'b']) {
    if (feed === 'b') await next();
    await go(`main a:has-text("青石论坛 ${feed}")`);
    await go('button[value="on"]');
  }
  // What is switched on is read by itself within moments; nobody clicks for that.
  for (let i = 0; i < 20 && (await page.locator('.first-steps [aria-current] a[href="/inbox"]').count()) === 0; i++) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await next();
  await check('input[name="matter"][value="complaint"]');
  await check('input[name="concerns"]');
  await go('button[name="do"][value="open"]');
  await next();
  await fill('#d-text', '关于周末办事的答复\n本周六起，上午安排2人值班办理。\n青石镇便民服务中心');
  await go('form.pane button.go');
  await go('form[action$="/sign"] button.go');
  await open('form[action$="/publish"] button[type="submit"]');
  await go('dialog[open] form button[type="submit"]');

  await page.goto(`${product.url}/answers`);
  expect(await page.textContent('body')).toContain('关于周末办事的答复');
  expect(without).toEqual([]);
  expect(count, trail.join('\n')).toBeLessThanOrEqual(MOST);
}, 240_000);

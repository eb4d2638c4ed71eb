/**
 * A real browser goes from an item of a feed to a published answer: triage, grade, tell, draft, refused, sign, publish,
 * put right, close. Every page on the way is looked at by axe; the exported log is verified by the product's own checker.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/browser.ts';
import { faults } from './axe.ts';
import { launch, type Product, ROOT, startProduct } from './product.ts';

const path = findBrowser({ install: false });
const PASSWORD = 'three quiet rivers meet';
const ANSWER = [
  '关于消防通道来信办理情况的答复',
  '我局9月收到1封反映楼道消防通道堵塞的来信，两个月没有答复，向来信人道歉。',
  '来信已转街道和消防救援站，当天清走堵塞物品3处。来信科今后15日内书面答复每封来信。',
  '清江市信访局',
].join('\n');
let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const seen: string[] = [];

/** Looks at the page with axe and keeps what it finds for the end. */
const look = async (): Promise<void> => void seen.push(...(await faults(page)));
const actAs = async (office: string): Promise<void> => {
  await page.click('details.menu summary');
  await Promise.all([page.waitForLoadState('load'), page.click(`details.menu button[value="${office}"]`)]);
  await page.waitForLoadState('networkidle');
};
const submit = async (selector: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
};

/**
 * The question over the page: says what, where and under whose name; keeps the focus inside; Esc leaves everything as it
 * was. Left open for the answer. Without script the same question is a page.
 */
async function askedBeforeThePublicSeesIt(): Promise<void> {
  const here = page.url();
  await page.focus('form[action$="/publish"] button[type="submit"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open] #confirm');
  const said = (await page.textContent('dialog[open]')) ?? '';
  for (const part of ['来信科负责人', '公开答复页', ...ANSWER.split('\n')]) expect(said).toContain(part);
  await look();
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(() =>
      document.activeElement === document.body || document.activeElement?.closest('dialog[open]') !== null
        ? 'inside'
        : document.activeElement?.outerHTML.slice(0, 80),
    );
    expect(where).toBe('inside');
  }
  await page.keyboard.press('Escape');
  expect(await page.$('dialog[open]')).toBeNull();
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('署名发布');
  expect(page.url()).toBe(here);
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  const page2 = await plain.newPage();
  await page2.goto(here);
  await Promise.all([page2.waitForNavigation(), page2.click('form[action$="/publish"] button[type="submit"]')]);
  expect(new URL(page2.url()).pathname).toMatch(/\/publish$/);
  expect((await page2.textContent('#confirm')) ?? '').toContain('来信科负责人');
  await Promise.all([page2.waitForNavigation(), page2.click('#confirm [data-close]')]);
  expect(new URL(page2.url()).pathname).toBe(new URL(here).pathname);
  await plain.close();
  await page.click('form[action$="/publish"] button[type="submit"]');
}

beforeAll(async () => {
  if (!path) return;
  [product, browser] = await Promise.all([startProduct(), launch(path)]);
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

test('from a feed item to a published answer, and the case closed', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  await page.goto(product.url);
  await look();
  await page.fill('#login', product.login);
  await page.fill('#password', product.password);
  await submit('button.go');
  expect(new URL(page.url()).pathname).toBe('/password');
  await look();
  await page.fill('#old', product.password);
  await page.fill('#wanted', PASSWORD);
  await page.fill('#again', PASSWORD);
  await submit('button.go');
  expect(await page.textContent('h1')).toMatch(/现在先办一件/);
  expect(await page.textContent('.strip')).toContain('演练');
  await look();

  // Triage: an item of the forum's feed, its matched words marked.
  await page.goto(`${product.url}/inbox`);
  await look();
  await page.click('a.story:has-text("两个月没回复")');
  await page.waitForSelector('article mark');
  // Matter and unit are proposed with their reasons; a person looks and decides.
  await page.click('#judge summary');
  expect(await page.textContent('.proposals')).toContain('来信没有答复');
  await page.check('input[name="matter"][value="complaint"]');
  await page.check('input[name="concerns"][value="letters-section"]');
  await page.check('input[name="negative"]');
  await page.fill('#a-subject', '反映消防通道堵塞的来信两个月没有答复');
  await submit('button[name="do"][value="open"]');
  await page.click('.toast a[href^="/cases/"]');
  await page.waitForSelector('.tracks');
  const casePath = new URL(page.url()).pathname;
  await look();

  // Grade with factors and reason; assign; tell the unit.
  await page.goto(`${product.url}${casePath}/do/classification.set?scale=grade`);
  await look();
  await page.check('input[name="value"][value="ordinary"]');
  await page.check('input[name="criteria"][value="G-6a"]');
  await page.fill('[name="reason"]', '一封来信，范围小');
  await submit('form.pane button.go');
  expect(await page.textContent('.case-h')).toContain('一般');
  await page.goto(`${product.url}${casePath}/do/assignment.made?as=responsible`);
  await page.selectOption('[name="to"]', 'letters-section');
  await submit('form.pane button.go');
  await page.goto(`${product.url}${casePath}/do/notice.sent`);
  await page.check('input[name="channels"][value="phone"]');
  await submit('form.pane button.go');
  expect(await page.textContent('.case-h')).toContain('来信科');

  // The section drafts; publishing is refused and the page says what is missing.
  await actAs('letters-section/head');
  await page.goto(`${product.url}${casePath}/reply`);
  await look();
  await page.fill('#d-text', ANSWER);
  for (const part of ['facts', 'steps', 'dates']) await page.check(`input[name="parts"][value="${part}"]`);
  await submit('form.pane button.go');
  await page.waitForSelector('article.doc');
  const replyPath = new URL(page.url()).pathname;
  await look();
  await page.click('form[action$="/publish"] button[type="submit"]');
  await submit('dialog[open] form button[type="submit"]');
  const refused = (await page.textContent('.alert.stop')) ?? '';
  expect(refused).toContain('规则挡住了');
  expect(refused).toContain('G-4.2a');
  expect(refused).toContain('领导小组对这份文本的签字');
  await look();

  // The leading group signs this exact text; the section publishes it by name.
  await actAs('leading-group/head');
  await page.goto(`${product.url}${replyPath}`);
  await submit('form[action$="/sign"] button[value="sign"]');
  expect(await page.textContent('.chain')).toContain('签第 1 稿');
  await actAs('letters-section/head');
  await page.goto(`${product.url}${replyPath}`);
  expect(await page.textContent('.lint.ok >> nth=-1')).toContain('可以发布');
  await askedBeforeThePublicSeesIt();
  await submit('dialog[open] form button[type="submit"]');
  await page.click('text=看公开页');
  await page.waitForSelector('main.pub');
  expect(await page.textContent('h1')).toBe('关于消防通道来信办理情况的答复');
  expect(await page.textContent('.by')).toContain('来信科负责人');
  const hash = ((await page.textContent('.stamp .code')) ?? '').replaceAll(/\s/g, '');
  expect(hash).toBe(createHash('sha256').update(ANSWER).digest('hex'));
  await look();

  // A stranger without an account reads it, and the numbers for help stand first.
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${product.url}/answers`);
  expect(await stranger.textContent('.help')).toContain('110');
  expect(await stranger.textContent('.ans-list')).toContain('关于消防通道来信办理情况的答复');

  // Closing is refused until the matter itself is dealt with.
  await actAsFrom(casePath, 'leading-group/head');
  await page.goto(`${product.url}${casePath}/do/case.closed`);
  await page.fill('[name="reason"]', '已答复');
  await submit('form.pane button.go');
  expect(await page.textContent('.alert.stop')).toContain('线下这一轨还没有办完');
  await page.goto(`${product.url}${casePath}/do/handling.finished`);
  await page.selectOption('[name="unit"]', 'letters-section');
  await page.fill('[name="what"]', '堵塞物品清走3处，书面答复来信人');
  await submit('form.pane button.go');
  await page.goto(`${product.url}${casePath}/do/track.finished?track=offline`);
  await submit('form.pane button.go');
  await page.goto(`${product.url}${casePath}/do/case.closed`);
  await page.fill('[name="reason"]', '已清走并答复');
  await submit('form.pane button.go');
  expect(await page.textContent('.tracks')).toContain('结案');
  await look();
}, 120_000);

const actAsFrom = async (where: string, office: string): Promise<void> => {
  await page.goto(`${product.url}${where}`);
  await actAs(office);
};

test('every other page has no serious fault and no inline style or script is refused', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  const refusedByPolicy: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') refusedByPolicy.push(message.text());
  });
  for (const where of [
    '/cases',
    '/replies',
    '/watch',
    '/rota',
    '/rota/plan?rota=watch',
    '/rota/leave',
    '/burden',
    '/channels',
    '/channels/website',
    '/channels/website/items/example-post',
    '/inspection',
    '/inspection/other',
    '/inspection/appraise',
    '/inspection/summary',
    '/rules',
    '/log',
    '/people',
    '/sources',
    '/settings',
    '/settings/notices',
    '/notices',
    '/scores',
    '/scores/leading-group',
    '/briefs',
    '/briefs/new?kind=weekly',
    '/papers',
    '/information',
    '/settings/papers',
    '/cases/C1/papers',
    '/cases/C1/papers/case-sheet',
    '/ledgers',
    '/ledgers/coverage',
    '/ledgers/coverage/import',
    '/inbox/new',
    '/inbox/import',
    '/setup',
    '/answers',
    '/desk?scope=all',
  ]) {
    await page.goto(`${product.url}${where}`);
    await look();
  }
  await page.goto(`${product.url}/desk?lang=en`);
  expect(await page.textContent('h1')).toMatch(/One thing first/);
  await look();
  await page.goto(`${product.url}/desk?lang=zh`);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const where of [
    '/desk',
    '/inbox',
    '/cases/C3',
    '/notices',
    '/settings/notices',
    '/scores',
    '/briefs',
    '/briefs/new?kind=weekly',
    '/ledgers',
    '/answers',
  ]) {
    await page.goto(`${product.url}${where}`);
    await look();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `${where} scrolls sideways at 360`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(refusedByPolicy).toEqual([]);
  expect(seen).toEqual([]);
}, 120_000);

test('the next duty can be reached and begun by keyboard alone', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  await page.goto(`${product.url}/desk?scope=all`);
  await page.keyboard.press('j');
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
  expect(focused).toMatch(/^\//);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  expect(new URL(page.url()).pathname).not.toBe('/desk');
  await page.goto(`${product.url}/desk`);
  await page.keyboard.press('g');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('i')]);
  expect(new URL(page.url()).pathname).toBe('/inbox');
});

test('the exported log is verified without the product', async ({ skip }) => {
  if (!path) return skip('no browser could be found or installed');
  const cookies = (await context.cookies()).map(c => `${c.name}=${c.value}`).join('; ');
  const response = await fetch(`${product.url}/log/export`, { headers: { cookie: cookies } });
  expect(response.status).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-export-'));
  for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const verify = spawnSync(process.execPath, [join(ROOT, 'bin/huiyin'), 'verify', folder, '--json'], {
    encoding: 'utf8',
  });
  expect(verify.status).toBe(0);
  expect(JSON.parse(verify.stdout)).toMatchObject({ ok: true });
});

/**
 * Photographs the pages into docs/screens: node scripts/screens.ts. The product is started in a folder of its own and
 * the worked example is shown as a person sees it; then the rulebook page of every institution.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launch, type Product, ROOT, startProduct } from '../tests/browser/product.ts';
import { wallClock } from '#io/clock';
import { openDoor, openPost } from '#io/fetch';
import { openStore } from '#io/store';
import { plugDesk } from '../src/start/plug.ts';
import { hashPassword } from '../src/web/passwords.ts';
import { seedCourt } from '../tests/court-year.ts';
import { photographRest } from './screens-rest.ts';
import { photographWorked, WORKED_PATHS } from './screens-worked.ts';
import { findBrowser } from './browser.ts';

const FOLDER = join(ROOT, 'docs/screens');
const PASSWORD = 'three quiet rivers meet';
/** Page → address. The desk's own pages, then what everybody sees. */
const PAGES: readonly (readonly [string, string])[] = [
  ['desk', '/desk'],
  ['search', '/search?q=%E6%A5%BC%E9%81%93'],
  ['keeping', '/keeping'],
  ['contacts', '/contacts'],
  ['information', '/information'],
  ['security', '/settings/security'],
  ['publish', '/cases/C2/reply/reply-2/publish'],
  ['supervision', '/supervision'],
  ['inbox', '/inbox'],
  ['concerns', '/concerns'],
  ['concern', '/concerns/refund'],
  ['growing', '/inbox/growing'],
  ['topics', '/inbox/topics'],
  ['misses', '/misses'],
  ['drill', '/misses/drill'],
  ['routing', '/routing'],
  ['why-not', '/inbox/why-not'],
  ['public-rules', '/answers/rules'],
  ['grade', '/cases/C3/do/classification.set'],
  ['case', '/cases/C1'],
  ['case-open', '/cases/C3'],
  ['papers', '/cases/C1/papers'],
  ['paper', '/cases/C1/papers/case-sheet'],
  ['briefs', '/briefs'],
  ['brief', '/briefs/new?kind=weekly'],
  ['looks', '/settings/papers'],
  ['reply', '/cases/C2/reply'],
  ['watch', '/watch'],
  ['rota', '/rota'],
  ['rota-plan', '/rota/plan?rota=watch'],
  ['rota-leave', '/rota/leave'],
  ['burden', '/burden'],
  ['own-channels', '/channels'],
  ['own-channel', '/channels/website'],
  ['own-channel-item', '/channels/website/items/example-post'],
  ['inspection', '/inspection'],
  ['rules', '/rules'],
  ['log', '/log'],
  ['people', '/people'],
  ['sources', '/sources'],
  ['source-list', '/sources/new?kind=list'],
  ['source-mailbox', '/sources/new?kind=mailbox'],
  ['source-packs', '/sources/packs'],
  ['import', '/inbox/import'],
  ['call', '/inbox/hand?kind=call'],
  ['answers-sources', '/answers/sources'],
  ['settings', '/settings'],
  ['notices', '/notices'],
  ['channels', '/settings/notices?kind=dingtalk'],
  ['scores', '/scores'],
  ['score-sheet', '/scores/leading-group'],
  ['ledgers', '/ledgers'],
  ['ledger', '/ledgers/commitments'],
  ['answers', '/answers'],
  ['registers', '/registers'],
  ['register-offices', '/registers/offices'],
  ['register-map', '/registers/map'],
  ['register-directory', '/registers/directory'],
  ['register-training', '/registers/training'],
  ['register-risk', '/registers/risk'],
  ['register-readings', '/registers/readings'],
  ['register-questions', '/registers/questions'],
  ['register-locals', '/registers/locals'],
  ['register-permissions', '/registers/permissions'],
  ['handover', '/registers/offices/handover?code=A000'],
  ['overview', '/overview'],
  ['overview-list', '/overview/list?set=all'],
  ['files', '/files/of/case:C1'],
  ['practice', '/practice'],
];
/** `--only notices,scores` photographs these pages alone. */
const ONLY = process.argv.find((_, i, all) => all[i - 1] === '--only')?.split(',');
const WIDTHS: readonly (readonly [number, number])[] = [
  [1440, 1000],
  [360, 760],
];
/** What a page looks like after something was done, in the dark, in English. */
interface Moment {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly dark?: boolean;
  readonly before?: (page: Page) => Promise<unknown>;
}
const MOMENTS: readonly Moment[] = [
  { name: 'desk-dark', path: '/desk', width: 1440, dark: true },
  { name: 'desk-why', path: '/desk', width: 1440, before: page => page.click('.duty.first details.why summary') },
  { name: 'inbox-dismiss', path: '/inbox', width: 1440, before: page => page.click('#dismiss summary') },
  { name: 'sign', path: '/cases/C2/reply', width: 360 },
  { name: 'publish-dialog', path: '/cases/C2/reply/reply-2', width: 1440, before: askToPublish },
  { name: 'publish-dialog', path: '/cases/C2/reply/reply-2', width: 360, before: askToPublish },
  { name: 'undo', path: '/registers/map', width: 1440, before: removeLine },
  { name: 'refused', path: '/cases/C2/reply/reply-2', width: 1440, before: refusePublication },
  { name: 'public-answer', path: '/answers', width: 1440, before: page => page.click('.ans-list a') },
  { name: 'setup', path: '/setup?rulebook=blank', width: 1440 },
  { name: 'wall', path: '/overview/wall', width: 1920 },
  { name: 'practice-desk', path: '/practice', width: 1440, before: enterPractice },
  { name: 'desk-english', path: '/desk?lang=en', width: 1440 },
  { name: 'large-desk', path: '/desk', width: 360, before: largeType },
];

/** Starts an exercise, so that its desk is seen under its mark. */
async function enterPractice(page: Page): Promise<void> {
  await Promise.all([page.waitForURL(/desk/), page.click('button[value="start"]')]);
}
async function askToPublish(page: Page): Promise<void> {
  await page.click('#publish form[data-dialog] button[type="submit"]');
  await page.waitForSelector('dialog[open] #confirm');
}
async function largeType(page: Page): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.click('button[name="size"][value="large"]')]);
}
/** Removes a line of the map: for half a minute it can be put back. */
async function removeLine(page: Page): Promise<void> {
  const remove = page.locator('button[value="map-remove"]').first();
  if ((await remove.count()) === 0) {
    const fold = page.locator('#back').locator('xpath=ancestor::details[not(@open)]');
    for (const one of await fold.all()) await one.locator('> summary').click();
    for (const [name, text] of [
      ['topic', '楼道堵塞'],
      ['words', '楼道、消防通道'],
    ] as const)
      await page.fill(`#back [name="${name}"]`, text);
    await Promise.all([page.waitForNavigation(), page.click('#back button.go')]);
  }
  await Promise.all([page.waitForNavigation(), page.locator('button[value="map-remove"]').first().click()]);
}
/** Tries to publish without the signature, so that the page shows what is missing. */
async function refusePublication(page: Page): Promise<void> {
  await page.click('form[action$="/publish"] button[type="submit"]');
  await Promise.all([page.waitForURL(/refused=/), page.click('dialog[open] form button[type="submit"]')]);
}

async function signIn(page: Page, { url, login, password }: Product): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('#login', login);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL(/password/), page.click('button.go')]);
  await page.fill('#old', password);
  for (const field of ['#wanted', '#again']) await page.fill(field, PASSWORD);
  await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
  await page.goto(`${url}/desk`);
  await page.click('details.menu summary');
  await page.click('details.menu button[value="leading-group/head"]');
}

async function photographExample(browser: Browser): Promise<void> {
  const product = await startProduct();
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' });
  const take = (name: string): Promise<unknown> => page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await signIn(page, product);
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    for (const [name, address] of PAGES.filter(p => ONLY === undefined || ONLY.includes(p[0]))) {
      await page.goto(`${product.url}${address}`);
      await take(`${name}-${width}`);
    }
  }
  for (const moment of MOMENTS.filter(m => ONLY === undefined || ONLY.includes(m.name))) {
    await page.setViewportSize({ width: moment.width, height: moment.width === 360 ? 760 : 1000 });
    await page.emulateMedia({ colorScheme: moment.dark ? 'dark' : 'light' });
    await page.goto(`${product.url}${moment.path}`);
    await moment.before?.(page);
    await page.waitForLoadState('load');
    await take(`${moment.name}-${moment.width}`);
  }
  // Last, because what it does to furnish the pages is seen in all the others.
  if (ONLY === undefined || ONLY.includes('rest')) {
    await page.emulateMedia({ colorScheme: 'light' });
    const named = [...PAGES.map(([, path]) => path), ...MOMENTS.map(m => m.path), ...WORKED_PATHS];
    await photographRest(page, product.url, named, FOLDER);
  }
  await page.close();
  await product.stop();
}

const COURT_PAGES: readonly (readonly [string, string])[] = [
  ['court-scores', '/scores?year=2026'],
  ['court-sheet', '/scores/filing-division?year=2026'],
  ['court-coverage', '/ledgers/coverage?year=2026'],
];
/** A court with a worked year of publicity: points, targets and ledgers with something in them. */
async function photographCourt(browser: Browser): Promise<void> {
  const product = await startProduct(['--empty'], async data => {
    const store = await openStore({ data });
    const door = openDoor({ contact: 'http://127.0.0.1/answers', clock: wallClock });
    const nothing = (): void => undefined;
    const { desk } = plugDesk({
      store,
      clock: wallClock,
      root: ROOT,
      door,
      post: openPost(),
      allowHosts: [],
      wake: nothing,
    });
    await seedCourt(desk, store, await hashPassword(PASSWORD));
    await store.close();
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' });
  await page.goto(`${product.url}/sign-in`);
  await page.fill('#login', 'admin');
  await page.fill('#password', PASSWORD);
  await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
  for (const [name, address] of COURT_PAGES) {
    await page.goto(`${product.url}${address}`);
    for (const summary of (await page.$$('.log details > summary')).slice(0, 2)) await summary.click();
    await page.screenshot({ path: join(FOLDER, `${name}-1440.png`) });
  }
  await page.close();
  await product.stop();
}

/** Founds an institution under a rulebook and shows its rulebook page. */
async function photographRulebook(browser: Browser, folder: string): Promise<void> {
  const product = await startProduct(['--empty']);
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, locale: 'zh-CN' });
  await page.goto(`${product.url}/setup?rulebook=${folder}`);
  for (const [field, text] of [
    ['#z-name', '清江市示例机构'],
    ['#z-person', '示例'],
    ['#z-pass', PASSWORD],
    ['#z-again', PASSWORD],
  ] as const)
    await page.fill(field, text);
  await Promise.all([page.waitForURL(/people/), page.click('form[method="post"] button.go')]);
  await page.goto(`${product.url}/rules`);
  await page.screenshot({ path: join(FOLDER, `rules-${folder}-1440.png`) });
  await page.close();
  await product.stop();
}

const path = findBrowser({ install: true });
if (!path) throw new Error('no browser could be found or installed');
mkdirSync(FOLDER, { recursive: true });
const browser = await launch(path);
try {
  await photographExample(browser);
  if (ONLY === undefined || ONLY.includes('court')) await photographCourt(browser);
  if (ONLY === undefined || ONLY.includes('days')) await photographWorked(browser, FOLDER);
  const books = readdirSync(join(ROOT, 'rulebooks')).filter(name =>
    statSync(join(ROOT, 'rulebooks', name)).isDirectory(),
  );
  if (!process.argv.includes('--example') && ONLY === undefined)
    for (const folder of books) await photographRulebook(browser, folder);
} finally {
  await browser.close();
}

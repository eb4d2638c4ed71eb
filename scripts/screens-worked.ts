/** Pages over worked days of institutions, as somebody of the house sees them when the day is over. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { wallClock } from '#io/clock';
import { openDoor, openPost } from '#io/fetch';
import { openStore } from '#io/store';
import { plugDesk } from '../src/start/plug.ts';
import { hashPassword } from '../src/web/passwords.ts';
import { ROOT, startProduct } from '../tests/browser/product.ts';
import { seedWorked, type Worked } from '../tests/worked-day.ts';

const PASSWORD = 'three quiet rivers meet';
const DESK = 1440;
const PHONE = 360;
/** Name of the picture, where it is taken (a path, or a path and the links clicked from there), how wide. */
type Picture = readonly [name: string, where: string, ...widths: readonly number[]];
interface Day extends Worked {
  readonly pictures: readonly Picture[];
}
const LINE = '/cases/C1/reply/line-1';
const DAYS: readonly Day[] = [
  {
    institution: 'court',
    day: 'a-case-that-goes-wrong',
    held: ['political-dept/spokesperson'],
    pictures: [
      ['court-inspection', '/inspection'],
      ['court-matter', '/inspection >> a[href*="/inspection/matter"]'],
      ['court-referral', '/inspection >> a[href*="/inspection/files/"]'],
      ['court-summary', '/inspection/summary?from=2026-11-01&to=2026-11-30'],
    ],
  },
  {
    institution: 'court',
    day: 'conference-and-channels',
    held: ['news-publicity-dept/head'],
    pictures: [['court-channels', '/channels?from=2026-11-02']],
  },
  {
    institution: 'market-regulation',
    day: 'sensitive-then-major',
    held: ['news-section/head'],
    pictures: [
      ['day-case', '/cases/C1', DESK, PHONE],
      ['day-orders', '/cases/C1/orders', DESK, PHONE],
      ['day-passing', '/cases/C1/passing', DESK, PHONE],
      ['day-events', '/cases/C1/events', DESK, PHONE],
      ['day-closing', '/cases/C2/close', DESK, PHONE],
      ['day-reply', LINE, DESK, PHONE],
      ['day-edit', `${LINE}/edit`, DESK],
      ['day-preview', `${LINE}/preview`, DESK],
      ['day-channels', `${LINE}/channels`, DESK],
      ['day-sign', `${LINE}/sign`, PHONE],
      ['day-papers', '/cases/C1/papers', DESK, PHONE],
      ['case-new', '/cases/new?how=media', DESK, PHONE],
    ],
  },
  {
    institution: 'county-education',
    day: 'sudden-on-a-sunday',
    held: ['opinion-office/head'],
    pictures: [
      ['education-case', '/cases/C1', DESK, PHONE],
      ['education-orders', '/cases/C1/orders', DESK],
      ['education-locals', '/registers/locals', DESK, PHONE],
    ],
  },
];

/** Addresses that have a picture here. */
export const WORKED_PATHS: readonly string[] = DAYS.flatMap(d =>
  d.pictures.map(([, where]) => where).filter(where => !where.includes(' >> ')),
);

async function take(page: Page, url: string, [name, where, ...widths]: Picture, folder: string): Promise<void> {
  for (const width of widths.length === 0 ? [DESK] : widths) {
    await page.setViewportSize({ width, height: width === PHONE ? 760 : 1000 });
    const [path = '', ...links] = where.split(' >> ');
    await page.goto(`${url}${path}`);
    for (const link of links) await Promise.all([page.waitForNavigation(), page.click(link)]);
    await page.waitForLoadState('load');
    await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  }
}

export async function photographWorked(browser: Browser, folder: string): Promise<void> {
  for (const { pictures, ...worked } of DAYS) {
    const product = await startProduct(['--empty'], async data => {
      const store = await openStore({ data });
      const { desk } = plugDesk({
        store,
        clock: wallClock,
        root: ROOT,
        door: openDoor({ contact: 'http://127.0.0.1/answers', clock: wallClock }),
        post: openPost(),
        allowHosts: [],
        wake: () => undefined,
      });
      await seedWorked(desk, store, worked, await hashPassword(PASSWORD));
      await store.close();
    });
    const page = await browser.newPage({ viewport: { width: DESK, height: 1000 }, locale: 'zh-CN' });
    await page.goto(`${product.url}/sign-in`);
    await page.fill('#login', 'admin');
    await page.fill('#password', PASSWORD);
    await Promise.all([page.waitForURL(/desk/), page.click('button.go')]);
    for (const picture of pictures) await take(page, product.url, picture, folder);
    await page.close();
    await product.stop();
  }
}

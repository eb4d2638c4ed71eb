/** Pages that no list of pictures names: furnished and found as the crawl of the browser tests finds them, one picture each. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findPages, patternOf, ROUTES } from '../tests/browser/crawl.ts';
import { furnish } from '../tests/browser/furnish.ts';

/** `/cases/:case/reply/new` → `page-cases-case-reply-new`. */
const nameOf = (route: string): string => `page${route.replaceAll('/', '-').replaceAll(':', '')}`;

/** `pictured`: addresses that have a picture already. */
export async function photographRest(
  page: Page,
  url: string,
  pictured: readonly string[],
  folder: string,
): Promise<readonly string[]> {
  const paths = pictured.map(address => address.split('?')[0] ?? address);
  const left = ROUTES.filter(route => !paths.some(path => patternOf(route).test(path)));
  const found = await findPages(page, url, await furnish(page, url));
  const names: string[] = [];
  await page.setViewportSize({ width: 1440, height: 1000 });
  for (const route of left) {
    const at = found.get(route);
    if (at === undefined) continue;
    await page.goto(`${url}${at}`);
    await page.waitForLoadState('load');
    await page.screenshot({ path: join(folder, `${nameOf(route)}-1440.png`) });
    names.push(nameOf(route));
  }
  return names;
}

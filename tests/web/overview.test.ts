/** The overview of real worked days: every number opens a list of exactly that many duties, and the pictures say what they show. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse, signIn, type Visitor } from './house.ts';
import type { Worked } from '../worked-day.ts';
import { bare, openWorked } from './worked.ts';

const HOUSES: readonly Worked[] = [
  { institution: 'court', day: 'a-case-that-goes-wrong', held: ['news-publicity-dept/head'] },
  { institution: 'community-correction', day: 'sudden-at-night', held: ['leading-group/head'] },
  { institution: 'market-regulation', day: 'sensitive-then-major', held: ['news-section/head'] },
  { institution: 'environment', day: 'before-spring-festival', held: ['publicity-section/head'] },
];
const links = (html: string): readonly (readonly [string, string])[] =>
  [...html.matchAll(/<a href="(\/overview\/list[^"]*)"[^>]*>(?:<b>)?(\d+(?:\/\d+)?)/g)].map(m => [
    (m[1] ?? '').replaceAll('&amp;', '&'),
    m[2] ?? '',
  ]);

describe.each(HOUSES)('$institution', worked => {
  let house: House;
  let visitor: Visitor;
  beforeAll(async () => {
    house = await openWorked(worked);
    visitor = await signIn(house);
  });
  afterAll(() => house.close());

  test('the list behind a number has as many rows as the number says', async () => {
    const html = await visitor.text('/overview');
    const numbers = links(html);
    expect(numbers.length).toBeGreaterThan(3);
    for (const [path, said] of numbers) {
      const rows = (await visitor.text(path)).match(/<tr data-row/g)?.length ?? 0;
      const [onTime = 0, of] = said.split('/').map(Number);
      // A rate opens the late ones where there are some: those are the difference.
      const wanted = of === undefined ? onTime : path.includes('set=late') ? of - onTime : of;
      expect([path, rows]).toEqual([path, wanted]);
    }
    expect(house.faults).toEqual([]);
  });
  test('every picture has words, no inline style, and no English is missing', async () => {
    for (const language of ['en', 'zh']) {
      const html = await visitor.text(`/overview?lang=${language}`);
      expect(html).not.toMatch(/ style="/);
      for (const svg of html.match(/<svg[^>]*>/g) ?? []) expect(svg).toMatch(/aria-(label="[^"]+"|hidden)/);
    }
  });
  test('the wall shows the next duty and reads itself again', async () => {
    const html = await visitor.text('/overview/wall');
    expect(html).toContain('data-again="60"');
    // Nothing takes the page away from somebody whose browser runs no script: a link does it.
    expect(html).not.toContain('http-equiv');
    expect(html).toContain('<a class="note" href="/overview/wall">');
    expect(html).toContain('data-theme="dark"');
    expect(bare(html)).toContain('昨日按时');
    expect(house.faults).toEqual([]);
  });
});

test('the example: half and nine in ten of the answers are said in words', async () => {
  const house = await openHouse();
  try {
    const visitor = await signIn(house);
    const html = await visitor.text('/overview');
    expect(bare(html)).toMatch(/\d+ 份答复，从发现到公开答复，一半在 .+内，九成在 .+内/);
    expect(html).toContain('class="hist-median"');
    expect((await visitor.get('/overview?year=1999&from=nonsense&to=2026-13-99')).status).toBe(200);
    expect(house.faults).toEqual([]);
  } finally {
    await house.close();
  }
});

/**
 * Every page for every regulation: over a worked day of each, everything that can be reached by a link answers, and no page
 * shows a hole where a word, a number or a name should stand.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, signIn } from './house.ts';
import { bare, openWorked } from './worked.ts';

const MOST_OF_A_KIND = 2;
/** Files, and pages that start something. */
const NOT_A_PAGE =
  /\/(word|pdf|archive|export|workbook|recompute|table|package)\b|^\/(tables|assets|sign-out|proofs|rota\/)/;
const books = readdirSync(join(ROOT, 'rulebooks'), { withFileTypes: true })
  .filter(d => d.isDirectory())
  .flatMap(d => {
    const days = readdirSync(join(ROOT, 'rulebooks', d.name), { withFileTypes: true }).some(f => f.name === 'days')
      ? readdirSync(join(ROOT, 'rulebooks', d.name, 'days'))
          .sort()
          .filter(
            day => readFileSync(join(ROOT, 'rulebooks', d.name, 'days', day, 'events.ndjson'), 'utf8').trim() !== '',
          )
      : [];
    return days.length === 0 ? [] : [{ institution: d.name, day: days[0] ?? '' }];
  });

/** Words that only stand on a page where something was forgotten. */
const holes = (page: string): readonly string[] =>
  [...bare(page).matchAll(/.{0,30}(?:\bundefined\b|\bNaN\b|\[object Object\]|\bInvalid Date\b|\bnull\b).{0,30}/g)].map(
    m => m[0],
  );

describe.each(books)('$institution', ({ institution, day }) => {
  test('every page answers and has no hole', { timeout: 300_000 }, async () => {
    const house = await openWorked({ institution, day, held: [] });
    try {
      const visitor = await signIn(house);
      const roles = (await house.plugged.desk.institution())?.setup.roles ?? [];
      const [first] = roles;
      expect(first).toBeDefined();
      const wrong: string[] = [];
      const seen = new Set([
        '/desk',
        '/search',
        '/overview',
        '/registers',
        '/rota',
        '/channels',
        '/inspection',
        '/burden',
      ]);
      const from = new Map<string, string>();
      const kinds = new Map<string, number>();
      let visited = 0;
      for (const path of seen) {
        const kind = path
          .replace(/\?.*/, '')
          .replace(/\/do\/.*/, '/do/:type')
          .replace(/\/[^/]*\d[^/]*/g, '/:id');
        const times = (kinds.get(kind) ?? 0) + 1;
        kinds.set(kind, times);
        if (times > MOST_OF_A_KIND || NOT_A_PAGE.test(path)) continue;
        const response = await visitor.get(path);
        visited++;
        const page = await response.text();
        if (response.status >= 500 || response.status === 404)
          wrong.push(`${path}: ${response.status}, linked from ${from.get(path) ?? 'nowhere'}`);
        if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) continue;
        for (const hole of holes(page)) wrong.push(`${path}: …${hole}…`);
        for (const [, href = ''] of page.matchAll(/href="(\/[^"#]*)"/g)) {
          const to = href.replaceAll('&amp;', '&');
          if (!seen.has(to)) from.set(to, path);
          seen.add(to);
        }
      }
      expect(house.faults).toEqual([]);
      expect(wrong).toEqual([]);
      expect(visited).toBeGreaterThan(50);
    } finally {
      await house.close();
    }
  });
});

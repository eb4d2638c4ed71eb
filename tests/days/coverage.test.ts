/** Taking any executable clause away changes some worked day. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Coverage, coverageOf, coveragePage } from './coverage.ts';
import { heldInstitutions, ROOT } from './day.ts';

const all: Coverage[] = [];
test.each(heldInstitutions())(
  '%s: deleting the block of any executable clause makes a trace fail',
  institution => {
    const coverage = coverageOf(institution);
    all.push(coverage);
    expect(coverage.uncovered).toEqual([]);
  },
  300_000,
);

test('docs/coverage.md is the list of these traces', () => {
  expect(readFileSync(join(ROOT, 'docs/coverage.md'), 'utf8')).toBe(coveragePage(all));
});

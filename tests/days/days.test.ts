/** Every worked day of every rulebook here, and the shared ones, as they were worked out by hand. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_SHARED_FILES, sharedPath } from '../shared-files.ts';
import { bookOf, type Day, daysOf, differences, institutions, linesAt, readDay, ROOT } from './day.ts';

function holds(day: Day): string[] {
  const book = bookOf(day.institution);
  return day.checkpoints.flatMap(point =>
    differences(day, point, linesAt(book, day, point)).map(
      d => `${point.at}${point.note ? ` (${point.note})` : ''}: ${d}`,
    ),
  );
}
const days = institutions().flatMap(daysOf);
test.each(days.map(d => [`${d.institution}/${d.name}`, d] as const))('%s', (_name, day) =>
  expect(holds(day)).toEqual([]),
);

test('the shared worked days hold', context => {
  const folder = sharedPath('scenarios');
  if (!folder) return context.skip(NO_SHARED_FILES);
  const names = readdirSync(folder)
    .filter(name => /^S\d\d$/.test(name))
    .sort();
  const shared = names.map(name => {
    const day = readDay(join(folder, name), '', name);
    return { ...day, institution: String(day.setup['institution']) };
  });
  expect(shared.length).toBeGreaterThan(0);
  const judged = shared.filter(d => existsSync(join(ROOT, 'rulebooks', d.institution, 'rulebook.md')));
  expect(judged.flatMap(d => holds(d).map(text => `${d.name} ${text}`))).toEqual([]);
});

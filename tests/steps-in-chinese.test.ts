/** No derivation reaches a Chinese page half in English: the steps of every worked day, and of drawn limits of every unit. */
import { addLimit, type TimeUnit } from '#core/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCalendar } from '../src/cli/calendar-files.ts';
import type { Naming } from '../src/web/view/naming.ts';
import { stepZh } from '../src/web/view/steps-zh.ts';
import { bookOf, daysOf, institutions, linesAt, ROOT } from './days/day.ts';

const names = { unit: (key: string) => key, key: (key: string) => key } as unknown as Naming;
const unsaid = (steps: readonly string[]): string[] => steps.filter(step => !stepZh(step, names).translated);

test.each(institutions())('the worked days of %s', institution => {
  const book = bookOf(institution);
  const left = daysOf(institution).flatMap(day =>
    day.checkpoints.flatMap(point =>
      linesAt(book, day, point).flatMap(line => unsaid((line['steps'] as readonly string[] | undefined) ?? [])),
    ),
  );
  expect([...new Set(left)]).toEqual([]);
});

const calendars = [
  readCalendar(ROOT, {
    officeHours: [
      { opens: '08:30', closes: '12:00' },
      { opens: '14:00', closes: '17:30' },
    ],
  }),
  readCalendar(ROOT),
];
const instant = fc
  .integer({ min: Date.parse('2008-01-01T00:00:00+08:00'), max: Date.parse('2026-11-01T00:00:00+08:00') })
  .map(ms => ms - (ms % 1000));
const unit = fc.constantFrom<TimeUnit>('minutes', 'hours', 'same day', 'days', 'working days', 'working hours');

test('limits of every unit from any instant, with and without office hours, rolled or not, announced or not', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...calendars),
      instant,
      fc.integer({ min: 0, max: 60 }),
      unit,
      fc.constantFrom('stay' as const, 'move' as const),
      (calendar, from, n, u, roll) => {
        if (u === 'working hours' && calendar === calendars[1]) return;
        expect(unsaid(addLimit(calendar, from, n, u, { roll, beyond: 'provisional' }).steps)).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import { anyEvent, at, calendar, institutions } from './fixtures/any-book.ts';
import { linesOf, nextWake, prepareBook, replay, why } from './index.ts';

test('there are rulebooks to try', () => {
  expect(institutions.length).toBeGreaterThanOrEqual(8);
});
test.each(institutions.map(i => [i.book.institution, i] as const))(
  '%s: whatever is entered, every line can be written and explained',
  (_name, institution) => {
    const prepared = prepareBook(institution.book, institution.setup, calendar);
    const log = fc
      .array(anyEvent(institution), { maxLength: 40 })
      .map(events => events.map((e, i): HuiyinEvent => ({ ...e, id: `e${i}` })));
    fc.assert(
      fc.property(
        log,
        fc.integer({ min: 0, max: 6000 }),
        fc.constantFrom(...institution.book.clauses.map(c => c.id)),
        (events, m, clause) => {
          const now = Date.parse(at(m));
          const result = replay(prepared, events, now);
          for (const line of linesOf(result)) {
            expect(JSON.stringify(line)).not.toContain('NaN');
            if (line.line === 'obligation') expect(line.elapsedSeconds).toBeGreaterThanOrEqual(0);
          }
          const wake = nextWake(result);
          if (wake !== undefined) expect(wake).toBeGreaterThan(now);
          expect(why(result, { clause })).toBeDefined();
        },
      ),
      { numRuns: 200 },
    );
  },
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendar, setup } from './fixtures/day.ts';
import { anyLog, RULES } from './fixtures/random-log.ts';
import { obligations, openCaseIndex, prepareBook, type ObligationLine } from './index.ts';

test('after every entry and every passing of time the index says what the pure function says', () => {
  const prepared = prepareBook(RULES, setup, calendar);
  fc.assert(
    fc.property(
      anyLog,
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }),
      fc.integer({ min: 0, max: 3000 }),
      (log, sizes, later) => {
        const entered = log.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
        const index = openCaseIndex(prepared);
        const compare = (n: number, now: number): void => {
          const pure = obligations(RULES, setup, entered.slice(0, n), calendar, now).filter(
            (l): l is ObligationLine => l.line === 'obligation' && l.case !== undefined,
          );
          const kept = index.cases().flatMap(key => index.linesOf(key, now));
          const sorted = (lines: readonly ObligationLine[]): string[] => lines.map(l => JSON.stringify(l)).sort();
          expect(sorted(kept)).toEqual(sorted(pure));
        };
        let n = 0;
        for (const size of sizes) {
          const added = entered.slice(n, n + size);
          index.append(added);
          n += added.length;
          const last = entered[n - 1];
          if (last) compare(n, Date.parse(last.recordedAt));
        }
        const last = entered[n - 1];
        if (last) compare(n, Date.parse(last.recordedAt) + later * 60_000);
      },
    ),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import { calendar, setup } from './fixtures/day.ts';
import { anyLog, RULES } from './fixtures/random-log.ts';
import { obligations, type ObligationLine } from './index.ts';

const run = (events: readonly HuiyinEvent[], at: number) => obligations(RULES, setup, events, calendar, at);
const owed = (events: readonly HuiyinEvent[], at: number): ObligationLine[] =>
  run(events, at).filter((l): l is ObligationLine => l.line === 'obligation');
const instantOf = (minutes: number): number => Date.UTC(2026, 8, 18, 0, minutes);
const anyInstant = fc.integer({ min: 0, max: 4500 }).map(instantOf);
/** What names a row for ever: its clause, case and unit; the trigger where each has its own; the date of a slot. */
const name = (l: ObligationLine): string =>
  [
    l.clause,
    l.case ?? '',
    l.unit ?? '',
    l.whole ? 'whole' : '',
    l.clause === 'G-5' ? l.basis[0] : '',
    l.case === undefined ? l.startedAt : '',
  ].join(' ');
const RUNS = { numRuns: 1000 };

test('order of arrival in the file does not matter where no two entries are simultaneous', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, fc.infiniteStream(fc.nat()), (log, at, dice) => {
      const distinct = log.filter((e, i) => log.findIndex(o => o.recordedAt === e.recordedAt || o.at === e.at) === i);
      const shuffled = distinct
        .map(e => ({ e, n: dice.next().value as number }))
        .toSorted((a, b) => a.n - b.n)
        .map(({ e }) => e);
      expect(run(shuffled, at)).toEqual(run(distinct, at));
    }),
    RUNS,
  );
});

test('time never removes an obligation', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, fc.integer({ min: 0, max: 2000 }), (log, at, later) => {
      // A regrading entered late says that the past was otherwise: what followed from the old lateness goes with it (DR-9).
      fc.pre(
        !log.some(e => e.type === 'classification.set' && Date.parse(e.at) <= at && Date.parse(e.recordedAt) > at),
      );
      const before = owed(log, at).map(name);
      const after = new Set(owed(log, at + later * 60_000).map(name));
      expect(before.filter(key => !after.has(key))).toEqual([]);
    }),
    RUNS,
  );
});

test('what is done stays done, and is done at the time it was done or earlier', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, fc.integer({ min: 0, max: 2000 }), (log, at, later) => {
      const after = new Map(owed(log, at + later * 60_000).map(l => [name(l), l]));
      for (const line of owed(log, at)) {
        if (line.whole || line.doneAt === undefined || (line.state !== 'done' && line.state !== 'done-late')) continue;
        const then = after.get(name(line));
        expect(then?.doneAt === undefined ? 'undone' : 'done').toBe('done');
      }
    }),
    RUNS,
  );
});

test('a line says nothing impossible: done after it began, late only past its due time, nothing late without one', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, (log, at) => {
      for (const line of owed(log, at)) {
        const due = line.dueAt === null ? undefined : Date.parse(line.dueAt);
        if (line.state === 'late' || line.state === 'done-late') expect(due).toBeDefined();
        if (due === undefined) expect(line.lateBySeconds).toBeUndefined();
        expect(line.elapsedSeconds).toBeGreaterThanOrEqual(0);
        if (line.state === 'open' && due !== undefined && !line.whole) expect(at).toBeLessThanOrEqual(due);
        expect(Date.parse(line.bornAt)).toBeLessThanOrEqual(at);
      }
    }),
    RUNS,
  );
});

test('the same input gives the same lines', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, (log, at) => {
      expect(JSON.stringify(run(log, at))).toBe(JSON.stringify(run(structuredClone(log), at)));
    }),
    { numRuns: 200 },
  );
});

test('an event entered after the instant changes nothing at it', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, (log, at) => {
      const known = log.filter(e => Date.parse(e.recordedAt) <= at);
      expect(run(known, at)).toEqual(run(log, at));
    }),
    RUNS,
  );
});

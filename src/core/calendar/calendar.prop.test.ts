import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCalendar } from '../../cli/calendar-files.ts';
import {
  addLimit,
  dayOf,
  dateOfDay,
  DAY,
  dayNumber,
  dayOfInstant,
  formatInstant,
  instantOf,
  isWorking,
  parseInstant,
  unitsBetween,
  weekdayOf,
  workingDayAfter,
  workingDaysBetween,
} from './index.ts';
import type { TimeUnit } from './types.ts';

const calendar = readCalendar(new URL('../../..', import.meta.url).pathname, {
  officeHours: [
    { opens: '08:30', closes: '12:00' },
    { opens: '14:00', closes: '17:30' },
  ],
});
const instant = fc
  .integer({ min: instantOf('2008-01-01T00:00:00+08:00') / 1000, max: instantOf('2026-06-30T00:00:00+08:00') / 1000 })
  .map(s => s * 1000);
const unit = fc.constantFrom<TimeUnit>('minutes', 'hours', 'days', 'working days', 'working hours');
const count = fc.integer({ min: 0, max: 60 });

test('a later anchor or a longer limit is never due earlier, and nothing is due before its anchor', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 10 ** 9 }), count, unit, (from, later, n, u) => {
      const due = addLimit(calendar, from, n, u).dueAt;
      expect(due).toBeGreaterThanOrEqual(from);
      expect(addLimit(calendar, from + later, n, u).dueAt).toBeGreaterThanOrEqual(due);
      expect(addLimit(calendar, from, n + 1, u).dueAt).toBeGreaterThan(due);
    }),
  );
});

test('a working day is due on a working day at close of business, and so many working days have passed', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 60 }), (from, n) => {
      const { dueAt } = addLimit(calendar, from, n, 'working days');
      expect(dayOf(calendar, dateOfDay(dayOfInstant(dueAt))).working).toBe(true);
      expect(formatInstant(dueAt).slice(11, 16)).toBe('17:30');
      expect(unitsBetween(calendar, from, dueAt, 'working days')).toBe(n);
    }),
  );
});

test('working hours added are working hours passed', () => {
  fc.assert(
    fc.property(instant, count, (from, n) => {
      expect(unitsBetween(calendar, from, addLimit(calendar, from, n, 'working hours').dueAt, 'working hours')).toBe(n);
    }),
  );
});

test('the date of a day number is the one the platform gives, and reads back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -25_567, max: 2_932_896 }), day => {
      const date = dateOfDay(day);
      expect(date).toBe(new Date(day * DAY).toISOString().slice(0, 10));
      expect(dayNumber(date)).toBe(day);
      expect(weekdayOf(day) % 7).toBe(new Date(day * DAY).getUTCDay());
    }),
  );
});

test('a time in China is the one the platform gives for Asia/Shanghai', () => {
  const platform = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  fc.assert(
    fc.property(instant, at => {
      expect(formatInstant(at)).toBe(`${platform.format(at).replace(' ', 'T')}+08:00`);
    }),
  );
});

test('working days between two dates are those found by walking, inside the announced years and beyond', () => {
  const day = fc.integer({ min: dayNumber('2008-01-01') ?? 0, max: dayNumber('2028-12-31') ?? 0 });
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 400 }), (from, length) => {
      const walked = Array.from({ length }, (_, i) => from + 1 + i).filter(d => isWorking(calendar, d, 'provisional'));
      expect(workingDaysBetween(calendar, from, from + length, 'provisional')).toBe(walked.length);
      if (walked.length > 0) expect(workingDayAfter(calendar, from, walked.length, 'provisional')).toBe(walked.at(-1));
    }),
  );
});

test('an instant written and read is the same instant', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: -720, max: 840 }), (at, offset) => {
      expect(parseInstant(formatInstant(at, offset))).toBe(at);
    }),
  );
});

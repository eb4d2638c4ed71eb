import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readCalendar } from '../../cli/calendar-files.ts';
import { NO_SHARED_FILES, sharedPath } from '../../../tests/shared-files.ts';
import {
  addLimit,
  CalendarTooShort,
  dayOf,
  formatInstant,
  instantOf,
  makeCalendar,
  parseInstant,
  type OfficeSpan,
  readTable,
  slotsOf,
  dayNumber,
  unitsBetween,
} from './index.ts';
import type { TimeUnit } from './types.ts';

afterEach(() => vi.unstubAllEnvs());

const root = new URL('../../..', import.meta.url).pathname;
const office: OfficeSpan[] = [
  { opens: '09:00', closes: '12:00' },
  { opens: '14:00', closes: '17:30' },
];
const calendar = readCalendar(root, { officeHours: office });
const at = (text: string) => instantOf(`${text.replace(' ', 'T')}:00+08:00`);
const shown = (text: string) => (text.length === 16 ? formatInstant(at(text)) : text);

describe('a limit ends', () => {
  test.each<[string, number, TimeUnit, string, string]>([
    // from              n   unit             due                 why
    ['2026-09-18 22:30', 2, 'hours', '2026-09-19 00:30', 'the clock runs over midnight'],
    ['2026-09-30 23:59', 24, 'hours', '2026-10-01 23:59', 'and over holidays'],
    ['2026-02-28 23:50', 30, 'minutes', '2026-03-01 00:20', 'month end of a common year'],
    ['2028-02-28 23:50', 30, 'minutes', '2028-02-29 00:20', '29 February; the clock needs no holiday table'],
    ['2026-09-18 00:00', 0, 'same day', '2026-09-19 00:00', 'the first instant of a date'],
    ['2026-09-18 23:59', 0, 'same day', '2026-09-19 00:00', 'one minute is left'],
    ['2026-09-24 09:00', 2, 'days', '2026-09-27 00:00', 'calendar days: the anchor date is not counted, rest days are'],
    ['2026-09-30 17:10', 1, 'working days', '2026-10-08 17:30', 'over the National Day holiday'],
    ['2026-10-09 18:00', 1, 'working days', '2026-10-10 17:30', 'onto a Saturday made into a working day'],
    ['2026-10-10 03:00', 1, 'working days', '2026-10-12 17:30', 'an anchor before opening changes nothing'],
    ['2026-10-03 12:00', 1, 'working days', '2026-10-08 17:30', 'an anchor on a rest day changes nothing'],
    ['2026-09-18 11:30', 2, 'working hours', '2026-09-18 15:30', 'the lunch break does not count'],
    ['2026-09-18 12:30', 3, 'working hours', '2026-09-18 17:00', 'counted from the next opening'],
    ['2026-09-18 14:00', 3, 'working hours', '2026-09-18 17:00', 'from an opening'],
    [
      '2026-09-18 17:00',
      1,
      'working hours',
      '2026-09-20 09:30',
      'over a Saturday onto a Sunday made into a working day',
    ],
    ['2026-09-11 17:00', 1, 'working hours', '2026-09-14 09:30', 'over a weekend'],
    [
      '2026-09-18 20:00',
      0,
      'working days',
      '2026-09-18 20:00',
      'no day is left after closing: due at once, never before',
    ],
    ['2026-09-18 10:00', 0, 'working days', '2026-09-18 17:30', 'the rest of the day of the anchor'],
    ['2026-09-18 09:00', 3, 'working hours', '2026-09-18 12:00', 'ending at closing time belongs to its day'],
    ['2026-10-09 17:00', 1, 'working hours', '2026-10-10 09:30', 'onto a Saturday made into a working day'],
  ])('%s + %i %s is %s: %s', (from, n, unit, due) => {
    expect(formatInstant(addLimit(calendar, at(from), n, unit).dueAt)).toBe(shown(due));
  });
});

test('days that end on a rest day stay, or move where the switch says so', () => {
  expect(addLimit(calendar, at('2026-10-01 08:00'), 2, 'days').dueOn).toBe('2026-10-03');
  expect(addLimit(calendar, at('2026-10-01 08:00'), 2, 'days', { roll: 'move' }).dueOn).toBe('2026-10-08');
});

test('the arithmetic is told step by step', () => {
  expect(addLimit(calendar, at('2026-09-30 17:10'), 3, 'working days').steps).toEqual([
    'anchor date 2026-09-30 not counted',
    '1 to 7 October: holiday',
    '2026-10-08 is working day 1',
    '2026-10-09 is working day 2',
    '2026-10-10 is working day 3 (a rest day made into a working day); close of business 17:30',
  ]);
});

test('a long way gathers weeks and still names every holiday and make-up day', () => {
  expect(addLimit(calendar, at('2026-09-11 10:00'), 15, 'working days').steps).toEqual([
    'anchor date 2026-09-11 not counted',
    '12 to 13 September: weekend',
    '2026-09-14 to 2026-09-18 are working days 1 to 5',
    '19 September: weekend',
    '2026-09-20 is working day 6 (a rest day made into a working day)',
    '2026-09-21 to 2026-09-24 are working days 7 to 10',
    '25 to 27 September: holiday',
    '2026-09-28 to 2026-09-30 are working days 11 to 13',
    '1 to 7 October: holiday',
    '2026-10-08 to 2026-10-09 are working days 14 to 15; close of business 17:30',
  ]);
  expect(addLimit(calendar, at('2026-06-24 10:00'), 20, 'working days').steps.at(-1)).toBe(
    '2026-06-25 to 2026-07-22 are working days 1 to 20 (weekends not counted); close of business 17:30',
  );
});

test.each<[number, TimeUnit]>([
  [-1, 'hours'],
  [-1, 'working days'],
  [1.5, 'days'],
  [1.5, 'working days'],
  [Number.NaN, 'minutes'],
])('%d %s is no limit', (n, unit) => {
  expect(() => addLimit(calendar, at('2026-09-18 10:00'), n, unit)).toThrow(RangeError);
});

test('a date beyond the announced calendar is refused by its year, or provisional where the caller plans', () => {
  expect(() => addLimit(calendar, at('2026-12-30 09:00'), 5, 'working days')).toThrow(CalendarTooShort);
  const due = addLimit(calendar, at('2026-12-30 09:00'), 5, 'working days', { beyond: 'provisional' });
  expect([due.provisional, formatInstant(due.dueAt)]).toEqual([true, '2027-01-06T17:30:00+08:00']);
  expect(due.steps.at(-1)).toBe('provisional: the holidays of 2027 are not announced, Monday to Friday assumed');
  expect(() => dayOf(calendar, '2027-01-01')).toThrow('2027');
  expect(() => addLimit(calendar, at('2026-12-31 08:00'), 1, 'days', { roll: 'move' })).toThrow(CalendarTooShort);
  const clock = [
    addLimit(calendar, at('2026-12-31 08:00'), 48, 'hours'),
    addLimit(calendar, at('2026-12-31 08:00'), 2, 'days'),
  ];
  expect(clock.map(d => d.provisional)).toEqual([false, false]);
});

test('summer hours, a unit of its own and weekdays', () => {
  const spans: OfficeSpan[] = [
    { opens: '09:00', closes: '17:00' },
    { opens: '08:00', closes: '16:00', from: '2026-06-01', to: '2026-08-31' },
    { opens: '10:00', closes: '20:00', unit: 'hall' },
    { opens: '09:00', closes: '12:00', unit: 'school', days: [1, 2, 3, 4] },
  ];
  const own = makeCalendar([...calendar.tables.values()], spans);
  const due = (from: string, unit?: string) =>
    formatInstant(addLimit(own, at(from), 1, 'working days', unit ? { unit } : {}).dueAt).slice(5, 16);
  expect([due('2026-05-28 10:00'), due('2026-06-01 10:00'), due('2026-06-01 10:00', 'hall')]).toEqual([
    '05-29T17:00',
    '06-02T16:00',
    '06-02T20:00',
  ]);
  expect(formatInstant(addLimit(own, at('2026-03-05 11:00'), 2, 'working hours', { unit: 'school' }).dueAt)).toBe(
    '2026-03-09T10:00:00+08:00',
  );
});

test('a make-up Saturday has the hours of a Friday where none are set for it; a unit without hours closes with the institution', () => {
  const spans: OfficeSpan[] = [
    { opens: '09:00', closes: '17:00', days: [1, 2, 3, 4] },
    { opens: '09:00', closes: '16:00', days: ['Friday'] },
    { opens: '10:00', closes: '12:00', unit: 'hall', days: [1] },
  ];
  const own = makeCalendar([...calendar.tables.values()], spans);
  const due = (from: string, unit: TimeUnit, whose?: string) =>
    formatInstant(addLimit(own, at(from), 1, unit, whose ? { unit: whose } : {}).dueAt).slice(5, 16);
  expect(due('2026-10-09 15:30', 'working hours')).toBe('10-10T09:30');
  expect(due('2026-10-09 15:30', 'working days')).toBe('10-10T16:00');
  expect(due('2026-09-11 15:30', 'working days', 'hall')).toBe('09-14T12:00');
  expect(due('2026-09-14 15:30', 'working days', 'hall')).toBe('09-15T17:00');
});

test.each([
  // text                       why it is no instant
  ['2026-02-30T08:00:00+08:00', 'there is no date 2026-02-30'],
  ['2026-02-28T24:00:00+08:00', 'there is no time 24:00:00'],
  ['2026-02-28T08:00:00+08:99', 'there is no offset +08:99'],
  ['2026-02-28T08:00:00+15:00', 'there is no offset +15:00'],
  ['2026-02-28T08:00+08:00', 'seconds are needed, as in 2026-09-18T22:30:00+08:00'],
  ['2026-02-28 08:00', 'an offset is needed, as in 2026-09-18T22:30:00+08:00'],
  ['28.2.2026', 'an instant is written as 2026-09-18T22:30:00+08:00'],
])('%s: %s', (text, reason) => {
  expect(parseInstant(text)).toEqual({ reason });
});

test.each([
  ['2026-09-30 11:30', '2026-10-10 12:30', 'working days', 3],
  ['2026-09-30 11:30', '2026-09-30 15:00', 'working hours', 1],
  ['2026-09-30 11:30', '2026-09-30 12:29', 'minutes', 59],
  ['2026-09-30 23:59', '2026-10-01 00:01', 'days', 1],
] as const)('between %s and %s lie so many %s: %i', (from, to, unit, n) =>
  expect(unitsBetween(calendar, at(from), at(to), unit)).toBe(n),
);

test('slots of a date: windows, points, classes', () => {
  const day = dayNumber('2026-03-02') ?? 0;
  const clock = (slots: ReturnType<typeof slotsOf>) =>
    slots.map(s => `${formatInstant(s.from).slice(11, 16)}-${formatInstant(s.to).slice(11, 16)}`);
  expect(
    clock(slotsOf(calendar, day, { on: 'working-days', every: 2 * 3_600_000, window: { from: '08:00', to: '13:00' } })),
  ).toEqual(['08:00-10:00', '10:00-12:00', '12:00-13:00']);
  expect(clock(slotsOf(calendar, day, { on: 'every-day', points: ['05:00', '00:00'] }))).toEqual([
    '00:00-00:00',
    '05:00-05:00',
  ]);
  expect(slotsOf(calendar, day, { on: 'rest-days' })).toEqual([]);
  expect(
    clock(
      slotsOf(calendar, day, { on: 'every-day', points: ['23:00', '05:00'], window: { from: '22:00', to: '06:00' } }),
    ),
  ).toEqual(['05:00-05:00', '22:00-06:00', '23:00-23:00']);
});

test('a broken table is told whole', () => {
  expect(
    readTable({
      year: 2026,
      papers: [],
      days: [
        { date: '2026-02-30', name: 'x', isOffDay: true },
        { date: '2026-10-01', name: 1, isOffDay: 'yes' },
      ],
    }),
  ).toEqual({
    problems: [
      '"papers" lists the notices the table comes from',
      'days[0]: "date" is a date such as 2026-10-01',
      'days[1]: "name" is a text',
      'days[1]: "isOffDay" is true or false',
    ],
  });
});

test('the zone of the host changes no due time and no step', () => {
  const limits = ['hours', 'same day', 'days', 'working days', 'working hours'] as const;
  const told = (zone: string) => {
    vi.stubEnv('TZ', zone);
    return limits.map(unit => addLimit(calendar, at('2026-03-06 23:30'), 30, unit));
  };
  const here = told('Asia/Shanghai');
  // The night of 8 March 2026 has 23 hours in New York, and Kiritimati is a date ahead.
  expect(told('America/New_York')).toEqual(here);
  expect(told('Pacific/Kiritimati')).toEqual(here);
});

test('all days of twenty years agree with the public holiday list, under any zone of the host', context => {
  const file = sharedPath('data/holidays/holiday_cn_2007_2027.jsonl');
  if (!file) return context.skip(NO_SHARED_FILES);
  const special = new Map<string, boolean>();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const row = JSON.parse(line) as { date: string; isOffDay: boolean };
    special.set(row.date, row.isOffDay);
  }
  let days = 0;
  let different = 0;
  for (const zone of ['Asia/Shanghai', 'America/New_York']) {
    vi.stubEnv('TZ', zone);
    for (let at = Date.UTC(2007, 0, 1); at <= Date.UTC(2026, 11, 31); at += 86_400_000) {
      const date = new Date(at).toISOString().slice(0, 10);
      const weekday = new Date(at).getUTCDay();
      const working = special.has(date) ? !special.get(date) : weekday >= 1 && weekday <= 5;
      days++;
      if (dayOf(calendar, date).working !== working) different++;
    }
  }
  expect([days / 2, different]).toEqual([7305, 0]);
});

/** Rosters: the newest word on an hour stands; holes are what nobody fills; leave and stand-ins are read with their dates. */
import { prepareBook } from '#core/obligations';
import { expect, test } from 'vitest';
import { book, calendar, event, setup } from './fixtures/day.ts';
import { presenceOf } from './presence.ts';
import { holesIn } from './roster.ts';

const at = (clock: string): string => `2026-09-${clock.slice(0, 2)}T${clock.slice(3)}:00+08:00`;
const roster = (when: string, slots: readonly (readonly [string, string, string])[], unit = 'office') =>
  event(
    when,
    `${unit}/head`,
    'duty-roster.set',
    { rota: 'watch', unit, slots: slots.map(([from, to, role]) => ({ from: at(from), to: at(to), role })) },
    { case: null },
  );
const ready = prepareBook(book(''), setup, calendar);
const told = (events: Parameters<typeof presenceOf>[1]): string[] =>
  presenceOf(ready, events).shifts.map(
    s =>
      `${new Date(s.from + 28_800_000).toISOString().slice(8, 16)}/${new Date(s.to + 28_800_000).toISOString().slice(8, 16)} ${s.role}`,
  );
const DAY = roster('09-17 12:00', [
  ['18 08:00', '18 16:00', 'clerk'],
  ['18 16:00', '19 00:00', 'head'],
]);

test.each([
  ['as set', [], ['18T08:00/18T16:00 clerk', '18T16:00/19T00:00 head']],
  [
    'a swap takes the hours of one shift and leaves the other',
    [roster('09-17 13:00', [['18 08:00', '18 16:00', 'head']])],
    ['18T08:00/18T16:00 head', '18T16:00/19T00:00 head'],
  ],
  [
    'two hours taken out of the middle leave both ends',
    [roster('09-17 13:00', [['18 10:00', '18 12:00', 'watcher']])],
    ['18T08:00/18T10:00 clerk', '18T10:00/18T12:00 watcher', '18T12:00/18T16:00 clerk', '18T16:00/19T00:00 head'],
  ],
  [
    'another unit is a roster of its own',
    [roster('09-17 13:00', [['18 08:00', '18 16:00', 'clerk']], 'section-1')],
    ['18T08:00/18T16:00 clerk', '18T08:00/18T16:00 clerk', '18T16:00/19T00:00 head'],
  ],
])('%s', (_name, later, expected) => {
  expect(told([DAY, ...later])).toEqual(expected);
});

test('a corrected roster stands in its corrected form', () => {
  const better = roster('09-17 13:00', [['18 08:00', '18 12:00', 'clerk']]);
  const correction = event(
    '09-17 14:00',
    'office/head',
    'entry.corrected',
    { entry: DAY.id, replacement: better.id, reason: 'r' },
    { case: null },
  );
  expect(told([DAY, better, correction])).toEqual(['18T08:00/18T12:00 clerk']);
});

test('holes are what nobody fills, at the beginning, between and at the end', () => {
  const span = (from: number, to: number) => ({ from, to });
  expect(holesIn([span(0, 10)], [span(6, 8), span(2, 4)])).toEqual([span(0, 2), span(4, 6), span(8, 10)]);
  expect(holesIn([span(0, 10)], [span(0, 6), span(5, 12)])).toEqual([]);
  expect(holesIn([span(0, 2), span(4, 6)], [])).toEqual([span(0, 2), span(4, 6)]);
});

test('leave and stand-in hold for their dates, both ends included', () => {
  const away = event(
    '09-17 08:00',
    'section-1/head',
    'leave.recorded',
    { unit: 'section-1', role: 'head', from: '2026-09-18', to: '2026-09-19' },
    { case: null },
  );
  const named = event(
    '09-17 08:00',
    'section-1/head',
    'stand-in.named',
    { unit: 'section-1', role: 'head', standIn: 'clerk', from: '2026-09-18', to: '2026-09-19', why: 'leave' },
    { case: null },
  );
  const there = presenceOf(ready, [away, named]);
  expect(
    ['2026-09-17', '2026-09-18', '2026-09-19', '2026-09-20'].map(on => there.awayUntil('section-1', 'head', on)),
  ).toEqual([undefined, '2026-09-19', '2026-09-19', undefined]);
  expect(there.standIns('section-1', 'head', '2026-09-18').map(s => s.role)).toEqual(['clerk']);
  expect(there.standsInFor({ unit: 'section-1', role: 'clerk' }, '2026-09-19')).toEqual([
    { unit: 'section-1', role: 'head' },
  ]);
  expect(there.standsInFor({ unit: 'section-1', role: 'clerk' }, '2026-09-20')).toEqual([]);
});

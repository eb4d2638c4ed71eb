/** A table of silence: what was read, what was not, and who is told. */
import { describe, expect, test } from 'vitest';
import { ailmentOf, baselineOf, goesOn, type Outcome, type Span, stretches, unreadMs } from './silence.ts';

const at = (text: string): number => Date.parse(`2026-11-${text.replace(' ', 'T')}:00+08:00`);
const HOUR = 3_600_000;
const span = (from: string, to: string, more: Partial<Span> = {}): Span => ({
  beganAt: at(from),
  endedAt: at(to),
  state: 'read',
  readings: 2,
  items: 20,
  fresh: 1,
  added: 0,
  milliseconds: 100,
  ...more,
});
const shown = (spans: readonly Span[], from: string, to: string, since = '01 23:00') =>
  stretches(spans, 'hour', { from: at(from), to: at(to) }, at(since)).map(
    s =>
      `${new Date(s.from + 8 * HOUR).toISOString().slice(8, 16)} ${new Date(s.to + 8 * HOUR).toISOString().slice(8, 16)} ${s.state}${s.fault ? `: ${s.fault}` : ''}`,
  );

describe('a source of one hour', () => {
  test('read all day, once an hour: no gap', () =>
    expect(shown([span('02 00:30', '02 23:40')], '02 00:00', '02 23:59')).toEqual(['02T00:00 02T23:59 read']));
  test('stretches end with the day and go on without a gap', () =>
    expect(shown([span('02 00:10', '02 23:40'), span('03 00:40', '03 09:00')], '02 00:00', '03 10:00')).toEqual([
      '02T00:00 03T10:00 read',
    ]));
  test('the product stood still from ten to three: a gap without a fault', () =>
    expect(shown([span('02 00:10', '02 10:00'), span('02 15:00', '02 20:00')], '02 00:00', '02 21:00')).toEqual([
      '02T00:00 02T10:00 read',
      '02T10:00 02T15:00 unread',
      '02T15:00 02T21:00 read',
    ]));
  test('the site was down: a gap with its fault, until now', () =>
    expect(
      shown(
        [
          span('02 00:10', '02 10:00'),
          span('02 11:00', '02 17:00', { state: 'failed', fault: 'the site answered 503' }),
        ],
        '02 00:00',
        '02 18:00',
      ),
    ).toEqual(['02T00:00 02T10:00 read', '02T10:00 02T18:00 unread: the site answered 503']));
  test('before it was switched on nothing was promised', () =>
    expect(shown([span('02 12:10', '02 20:00')], '02 00:00', '02 20:30', '02 12:00')).toEqual([
      '02T12:00 02T20:30 read',
    ]));
  test('never read at all is unread, not empty', () =>
    expect(shown([], '02 00:00', '02 08:00')).toEqual(['02T00:00 02T08:00 unread']));
  test('unread time adds up', () =>
    expect(
      unreadMs(
        stretches(
          [span('02 00:10', '02 10:00'), span('02 15:00', '02 20:00')],
          'hour',
          { from: at('02 00:00'), to: at('02 21:00') },
          at('01 23:00'),
        ),
      ) / HOUR,
    ).toBe(5));
});

const outcome = (text: string, state: 'read' | 'failed' = 'read'): Outcome => ({
  at: at(text),
  state,
  items: 1,
  fresh: 0,
  added: 0,
  milliseconds: 1,
});
test.each([
  ['within the pace', '02 11:00', 'read', true],
  ['too long after', '02 13:00', 'read', false],
  ['another outcome', '02 11:00', 'failed', false],
  ['another day', '03 00:10', 'read', false],
] as const)('a reading %s goes on with the stretch: %s %s', (_why, when, state, goes) => {
  const last = when.startsWith('03') ? span('02 00:10', '02 23:30') : span('02 00:10', '02 10:00');
  expect(goesOn(last, outcome(when, state), 'hour')).toBe(goes);
});

/** Days 1 to 20, read all day, with this many new items. */
const days = (fresh: (day: number) => number): Span[] =>
  Array.from({ length: 20 }, (_, i) => {
    const d = String(i + 1).padStart(2, '0');
    return span(`${d} 00:10`, `${d} 23:40`, { fresh: fresh(i + 1) });
  });
describe('on the 21st', () => {
  const now = at('21 00:30');
  test.each<[string, readonly Span[], string | undefined]>([
    ['a source as always is well', days(() => 8), undefined],
    ['one that gives nothing since two days is silent', days(d => (d > 18 ? 0 : 8)), 'silent'],
    [
      'one that gives three a fortnight is not called silent after two days',
      days(d => (d % 5 === 0 ? 1 : 0)),
      undefined,
    ],
    ['one that gives a tenth is thin', days(d => (d > 18 ? 3 : 30)), 'thin'],
    ['one that was last read the day before is dead', days(() => 8).slice(0, 19), 'dead'],
  ])('%s', (_what, spans, what) => expect(ailmentOf(spans, 'hour', at('01 00:00'), now)?.what).toBe(what));
  test('the baseline leaves out the first day, and is none before a week', () => {
    expect(
      baselineOf(
        days(d => (d === 1 ? 500 : 8)),
        at('01 00:00'),
        now,
      ),
    ).toBe(8);
    expect(baselineOf(days(() => 8).slice(14), at('14 00:00'), now)).toBeUndefined();
  });
  test('a dead source says why', () =>
    expect(
      ailmentOf(
        [
          ...days(() => 8).slice(0, 19),
          span('20 00:10', '21 00:20', { state: 'failed', fault: 'the site answered 503' }),
        ],
        'hour',
        at('01 00:00'),
        now,
      ),
    ).toEqual({ what: 'dead', since: at('19 23:40'), fault: 'the site answered 503' }));
});

import { describe, expect, test } from 'vitest';
import { longestBetween, nextAfterFailure, nextAfterSuccess, PACE_MS, paceNow } from './pace.ts';

const MINUTE = 60_000;
test.each([
  ['five-minutes', false, 'five-minutes'],
  ['hour', false, 'hour'],
  ['hour', true, 'five-minutes'],
  ['day', true, 'hour'],
  ['five-minutes', true, 'five-minutes'],
] as const)('%s, a case open: %s → %s', (pace, open, now) => expect(paceNow(pace, open)).toBe(now));

describe('after a failure', () => {
  test.each([
    // pace, failures in a row, chance, minutes
    ['five-minutes', 1, 1, 1],
    ['five-minutes', 3, 1, 4],
    ['hour', 1, 1, 12],
    ['hour', 2, 1, 24],
    ['hour', 2, 0, 12],
    ['hour', 30, 1, 360],
    ['day', 40, 1, 1440],
  ] as const)('%s, the %i. time, chance %f: %i minutes', (pace, failures, chance, minutes) => {
    expect(nextAfterFailure(pace, failures, chance) / MINUTE).toBe(minutes);
  });
  test('never sooner than the site asks for', () =>
    expect(nextAfterFailure('five-minutes', 1, 0.5, 2 * 60 * MINUTE)).toBe(120 * MINUTE));
});
test('a success is followed by the pace, a little early or late', () => {
  expect([0, 0.5, 1].map(c => nextAfterSuccess('hour', c) / PACE_MS.hour)).toEqual([0.95, 1, 1.05]);
  expect(nextAfterSuccess('hour', 1)).toBeLessThan(longestBetween('hour'));
});

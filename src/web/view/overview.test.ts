/** Middles, nine in ten, steps of the histogram, filters: small tables worked out by hand. */
import { expect, test } from 'vitest';
import { histogram, type Judged, quantile, rates, type Waited, within } from './overview.ts';

test.each<readonly [readonly number[], number, number | undefined, string]>([
  // values              share  is   why
  [[5], 0.5, 5, 'one value is its own middle'],
  [[1, 2, 3, 4], 0.5, 2, 'the smaller of the two middles: half of them are at or below it'],
  [[1, 2, 3, 4, 5], 0.5, 3, 'odd count'],
  [[10, 1, 9, 2, 8, 3, 7, 4, 6, 5], 0.9, 9, 'nine of ten are at or below it, in any order'],
  [[], 0.5, undefined, 'nothing to say of nothing'],
])('%j at %d is %s: %s', (values, share, is, _why) => {
  expect(quantile(values, share)).toBe(is);
});

const wait = (hours: number): Waited => ({ head: {} as Waited['head'], at: 0, seconds: hours * 3600 });
test.each<readonly [readonly number[], number, readonly number[], number, string]>([
  // hours                          step  first bars   beyond  why
  [[0.5, 1, 1.5, 5], 1, [1, 2, 0, 0, 0, 1], 0, 'by the hour within a day; 1.0 h lies in the second bar'],
  [[1, 30, 60, 90, 95], 4, [1], 0, 'nine in ten within four days: steps of four hours'],
  [[1, 200, 300, 700], 24, [1], 1, 'longer still: by the day, and one beyond 24 days'],
])('%j is drawn in steps of %d h', (hours, step, first, beyond, _why) => {
  const found = histogram(hours.map(wait));
  expect([found?.step, found?.bars.slice(0, first.length).map(b => b.n), found?.beyond]).toEqual([step, first, beyond]);
  expect((found?.bars.reduce((n, b) => n + b.n, 0) ?? 0) + (found?.beyond ?? 0)).toBe(hours.length);
});
test('nothing answered draws nothing', () => expect(histogram([])).toBeUndefined());

const row = (clause: string, started: string, late: boolean, grade: string | undefined, unit: string): Judged => ({
  line: { clause, startedAt: `${started}T09:00:00+08:00` } as Judged['line'],
  late,
  used: late ? 120 : 50,
  unit,
  grade,
});
const ROWS = [
  row('A-1', '2026-03-01', false, 'major', 'x'),
  row('A-1', '2026-03-02', true, 'major', 'y'),
  row('A-2', '2026-04-01', false, undefined, 'x'),
];
test('filters narrow, and an empty grade means those without one', () => {
  expect(within(ROWS, {}).length).toBe(3);
  expect(within(ROWS, { grade: '' }).map(r => r.line.clause)).toEqual(['A-2']);
  expect(within(ROWS, { unit: 'x', clause: 'A-1' }).length).toBe(1);
  expect(within(ROWS, { from: '2026-03-02', to: '2026-03-31' }).length).toBe(1);
  expect(rates(ROWS, r => r.line.clause)).toEqual([
    { key: 'A-1', onTime: 1, of: 2 },
    { key: 'A-2', onTime: 1, of: 1 },
  ]);
});

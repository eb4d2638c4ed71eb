import { expect, test } from 'vitest';
import type { Rule } from '#core/rulebook';
import { erasures, keepingOf, keptUntil } from './keeping.ts';

const bundle = (clause: string, erase?: string): Rule =>
  ({
    kind: 'retention',
    what: 'bundle',
    name: 'b',
    items: [],
    clauses: [clause],
    ...(erase ? { erase } : {}),
  }) as unknown as Rule;

test.each([
  // rules                                              years  clause
  [[], 10, undefined],
  [[bundle('X-1')], 10, undefined],
  [[bundle('X-1', '结案后 30 年')], 30, 'X-1'],
  [[bundle('X-1', '5 years'), bundle('X-2', '15 years')], 15, 'X-2'],
])('the term is what the regulation says, the longest of several; else the usual one', (rules, years, clause) => {
  expect(keepingOf(rules)).toEqual(clause === undefined ? { years } : { years, clause });
});

test.each([
  ['2016-09-17', 10, '2026-09-17'],
  ['2016-02-29', 10, '2026-03-01'],
])('closed on %s, kept %i years: until %s', (closed, years, until) => {
  expect(keptUntil(closed, years)).toBe(until);
});

test('that the case was stays; everything else of it goes', () => {
  const types = [
    'finding.recorded',
    'case.opened',
    'draft.written',
    'publication.made',
    'archive.bundled',
    'case.closed',
  ];
  const events = types.map((type, i) => ({
    id: `e${i}`,
    type,
    at: '',
    recordedAt: '',
    by: { unit: 'u', role: 'r' },
    data: {},
  }));
  expect(erasures(events, 'r', 's').map(e => e.data['entry'])).toEqual(['e0', 'e2']);
});

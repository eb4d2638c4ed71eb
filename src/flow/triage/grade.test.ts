/** Which grade is proposed, and by whose words: the rulebook's where it computes, the house's own only where it does not. */
import { expect, test } from 'vitest';
import { type Counted, LOCAL_GRADING, proposeGrade, readGrading, sayGrading, weighCriterion } from './grade.ts';

const quiet: Counted = {
  items: 3,
  copies: 1,
  outlets: 2,
  media: 0,
  hotline: 0,
  spike: false,
  negative: false,
  sudden: false,
};
const criterion = (value: string, when?: Record<string, unknown>) => ({
  value,
  judged: when === undefined,
  reasonRequired: false,
  ...(when ? { when } : {}),
});

test.each([
  ['at least, reached', { media: '>= 3' }, { media: 3 }, 'holds'],
  ['at least, one short', { media: '>= 3' }, { media: 2 }, 'fails'],
  ['more than', { items: '> 3' }, {}, 'fails'],
  ['an interval open above, its end', { items: '[1, 3)' }, {}, 'fails'],
  ['an interval, its beginning', { items: '[3, 10)' }, {}, 'holds'],
  ['one number', { items: 3 }, {}, 'holds'],
  ['a yes', { sudden: true }, { sudden: true }, 'holds'],
  ['a yes that is a no', { negative: true }, {}, 'fails'],
  ['one of two', { items: ['< 2', '>= 3'] }, {}, 'holds'],
  ['two inputs, one short', { items: '>= 3', media: '>= 1' }, {}, 'fails'],
  ['an input nobody can count', { injured: '>= 3' }, {}, 'for a person'],
  ['one that cannot be counted beside one that is short', { injured: '>= 3', media: '>= 1' }, {}, 'fails'],
  ['a value of another scale', { items: 'serious' }, {}, 'for a person'],
  ['an input named like a part of every object', { constructor: '>= 1' }, {}, 'for a person'],
  ['judged by a person', undefined, {}, 'for a person'],
] as const)('a criterion: %s', (_what, when, more, state) => {
  expect(weighCriterion(criterion('major', when), { ...quiet, ...more }).state).toBe(state);
});

const values = ['ordinary', 'larger', 'major'];
const loud = { ...quiet, items: 120, copies: 40, media: 6, outlets: 9, spike: true };
const written = [criterion('larger', { media: '>= 2' }), criterion('major', { media: '>= 5' }), criterion('major')];
test.each([
  ['the highest that holds', written, loud, 'major', 'rulebook'],
  ['a lower one', written, { ...loud, media: 2 }, 'larger', 'rulebook'],
  ['none, however loud by local parameters', written, { ...loud, media: 1 }, undefined, 'rulebook'],
  ['only judged ones: local parameters', [criterion('major')], loud, 'major', 'local'],
  ['no criteria, quiet: the slowest', [], quiet, 'ordinary', 'local'],
] as const)('proposed: %s', (_what, criteria, counted, value, by) => {
  expect(proposeGrade({ values, criteria }, counted)).toMatchObject({ by, ...(value ? { value } : {}) });
  expect(proposeGrade({ values, criteria }, counted)?.value).toBe(value);
});

test.each([
  // a line of the record                      read as (counts and bounds, so many for a step)
  ['items 20 100; media 2; step 2', 'items 20 100; media 2; step 2'],
  ['media 5 2 2; step 1', 'media 2 5; step 1'],
  ['items 20', undefined], // no step
  ['step 2', undefined], // nothing to count
  ['items 0; step 2', undefined],
  ['items -3; step 2', undefined],
  ['items 20; step 11', undefined],
  ['items 20; step 2 3', undefined],
  ['likes 20; step 2', undefined], // nobody counts what speakers get
  ['constructor 1; step 2', undefined],
  ['items 99999999; step 2', undefined],
])('thresholds "%s" are read as %s', (text, said) => {
  const read = readGrading(text);
  expect(read && sayGrading(read)).toBe(said);
});
test('the thresholds that come with the house are a line of the record too', () => {
  expect(readGrading(sayGrading(LOCAL_GRADING))?.perStep).toBe(LOCAL_GRADING.perStep);
  expect(readGrading(sayGrading(LOCAL_GRADING))?.atLeast.length).toBe(LOCAL_GRADING.atLeast.length);
});

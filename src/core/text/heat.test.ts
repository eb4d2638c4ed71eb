import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultOfFormula, HEAT_DEFAULTS, heatAt, heatCurve, hottest, HOUR_MS, type Sighting } from './heat.ts';
import { growingNear, recurringQuestions, type Unfiltered } from './recurring.ts';
import { spikesAt } from './spikes.ts';

const NOON = Date.parse('2026-05-13T12:00:00+08:00'); // a Wednesday
const ago = (hours: number, more: Partial<Sighting> = {}): Sighting => ({
  story: 's',
  kind: 'first',
  at: NOON - hours * HOUR_MS,
  ...more,
});

describe('heat at noon, half of it forgotten every 24 hours', () => {
  test.each<[string, Sighting[], number]>([
    // what was seen                                           sightings                                                  heat
    ['nothing', [], 0],
    ['one post just now', [ago(0)], 1],
    ['one post yesterday at noon', [ago(24)], 0.5],
    ['one post two days ago', [ago(48)], 0.25],
    ['a post that is still to come does not count', [ago(-1)], 0],
    ['a post and ten exact copies of it', [ago(0), ...Array.from({ length: 10 }, () => ago(0, { kind: 'exact' }))], 3],
    ['a near copy', [ago(0, { kind: 'near' })], 0.3],
    ['an update', [ago(0, { kind: 'update' })], 0.5],
    ['a paper, weighed double by the institution', [ago(0, { outletKind: 'paper' })], 2],
    [
      'a paper, copied by a paper a day ago',
      [ago(0, { outletKind: 'paper' }), ago(24, { kind: 'exact', outletKind: 'paper' })],
      2.2,
    ],
    ['a kind of outlet the table does not name weighs 1', [ago(0, { outletKind: 'forum' })], 1],
  ])('%s', (_what, sightings, heat) => {
    expect(heatAt(sightings, NOON, { ...HEAT_DEFAULTS, outlet: { paper: 2 } }).heat).toBe(heat);
  });
});

test('the figure is the sum of lines that are shown', () => {
  const { heat, count, parts } = heatAt([ago(0), ago(24), ago(0, { kind: 'exact', outletKind: 'forum' })], NOON);
  expect(parts).toEqual([
    { kind: 'exact', outletKind: 'forum', count: 1, weight: 0.2, heat: 0.2 },
    { kind: 'first', outletKind: null, count: 2, weight: 1, heat: 1.5 },
  ]);
  expect([heat, count]).toEqual([1.7, 3]);
});
test('a day in the past is recomputed from what was known then', () => {
  const early = [ago(48), ago(30)];
  const then = heatAt(early, NOON - 24 * HOUR_MS).heat;
  expect(heatCurve([...early, ago(3), ago(0)], [NOON - 24 * HOUR_MS])).toEqual([
    { at: NOON - 24 * HOUR_MS, heat: then },
  ]);
});
test('the order in which sightings came changes no figure', () => {
  const some = fc.array(
    fc.record({
      story: fc.constantFrom('a', 'b'),
      at: fc.integer({ min: 0, max: 100 }).map(h => NOON - h * HOUR_MS),
      kind: fc.constantFrom('first', 'near', 'exact', 'update'),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(some, list => {
      expect(hottest(list.toReversed(), NOON)).toEqual(hottest(list, NOON));
      expect(spikesAt(list.toReversed(), NOON)).toEqual(spikesAt(list, NOON));
    }),
  );
});
test.each([
  [{ ...HEAT_DEFAULTS, halfLifeHours: 0 }, 'the half-life is 0 hours: it must be above 0 and at most a year'],
  [{ ...HEAT_DEFAULTS, outlet: { paper: -1 } }, 'the weight of "paper" is -1: it must be 0 to 1000'],
  [HEAT_DEFAULTS, undefined],
])('a formula that makes no sense says what is wrong', (formula, fault) => expect(faultOfFormula(formula)).toBe(fault));

describe('spikes against what is usual', () => {
  const each = (hours: readonly number[]): Sighting[] => hours.map(h => ago(h));
  const everyDay = (n: number, days: number): Sighting[] =>
    Array.from({ length: n * days }, (_, i) => ago(24.5 + 24 * Math.floor(i / n)));
  test.each<[string, Sighting[], Record<string, [number | null, number | null, boolean]>]>([
    // what was seen                  sightings               baseline: usual, excess, spike
    ['nothing ever', [], { hour: [0, 0, false], day: [0, 0, false], weekday: [0, 0, false] }],
    [
      'three posts out of nothing',
      each([0, 0.1, 0.2]),
      { hour: [0, 3, true], day: [0, 3, true], weekday: [0, 3, true] },
    ],
    ['two posts are no spike', each([0, 0.1]), { hour: [0, 2, false] }],
    [
      'a post every hour is usual',
      each([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5]),
      { hour: [1, 0, false] },
    ],
    [
      'four a day, today twelve',
      [...everyDay(4, 14), ...each(Array.from({ length: 12 }, () => 2))],
      { day: [4, 4, true] },
    ],
    [
      'four a day, today six',
      [...everyDay(4, 14), ...each(Array.from({ length: 6 }, () => 2))],
      { day: [4, 1, false] },
    ],
    [
      'every Wednesday morning nine letters come: no spike against Wednesdays',
      each([1, 169, 337, 505, 673].flatMap(h => Array.from({ length: 9 }, () => h))),
      { weekday: [9, 0, false] },
    ],
  ])('%s', (_what, sightings, expected) => {
    const found = Object.fromEntries(spikesAt(sightings, NOON).map(s => [s.baseline, [s.usual, s.excess, s.spike]]));
    expect(found).toMatchObject(expected);
  });
  test('hours that could not be read are left out, and too few leave no baseline', () => {
    const gap = (from: number, to: number) => ({ from: NOON - from * HOUR_MS, to: NOON - to * HOUR_MS });
    const [some] = spikesAt(each([0, 1.5, 2.5]), NOON, { gaps: [gap(13, 7)] });
    expect(some?.windows.map(w => w.value)).toEqual([null, null, null, null, null, null, 0, 0, 0, 0, 1, 1]);
    expect(some?.usual).toBe(0.333);
    const [none] = spikesAt(each([0, 0, 0, 0]), NOON, { gaps: [gap(13, 5)] });
    expect([none?.usual, none?.excess, none?.spike]).toEqual([null, null, false]);
  });
});

describe('growing fast near us, though no rule watched for it', () => {
  const item = (id: string, hours: number, more: Partial<Unfiltered> = {}): Unfiltered => ({
    ...ago(hours),
    id,
    title: '清江东路大水',
    text: '',
    caught: false,
    ...more,
  });
  const near = { regions: ['qj'], places: ['清江'] };
  test.each<[string, Unfiltered[], string[]]>([
    [
      'three in an hour, named by place',
      [item('a', 1), item('b', 1), item('c', 0)],
      ['s: 3 against 0, growth 3, 清江'],
    ],
    [
      'by region alone',
      [item('a', 1, { title: '', region: 'qj.east' }), item('b', 1, { title: '' })],
      ['s: 2 against 0, growth 2, qj'],
    ],
    ['elsewhere', [item('a', 1, { title: '外地' }), item('b', 1, { title: '外地', region: 'qjx' })], []],
    ['a rule caught one of them', [item('a', 1), item('b', 1), item('c', 0, { caught: true })], []],
    ['one alone', [item('a', 1)], []],
    ['as many as ever', [1, 7, 13, 19, 25].flatMap(h => [item(`a${h}`, h), item(`b${h}`, h)]), []],
    [
      'traditional characters name the place too',
      [item('a', 1, { title: '清江東路' }), item('b', 0)],
      ['s: 2 against 0, growth 2, 清江'],
    ],
  ])('%s', (_what, items, expected) => {
    const said = growingNear(items, NOON, near).map(
      g => `${g.story}: ${g.now} against ${g.before}, growth ${g.growth}, ${g.near.join(' ')}`,
    );
    expect(said).toEqual(expected);
  });
});

test('recurring questions: the most asked first, on two days at least', () => {
  const asked = (story: string, ...hours: number[]) => hours.map(h => ({ story, at: NOON - h * HOUR_MS }));
  const period = { from: NOON - 1000 * HOUR_MS, to: NOON };
  const list = recurringQuestions(
    [
      ...asked('water', 1, 2, 30),
      ...asked('fees', 40, 90, 200, 700),
      ...asked('one-day', 1, 2, 3, 4),
      ...asked('old', 1001, 1100),
    ],
    period,
  );
  expect(list.map(q => [q.story, q.count, q.days])).toEqual([
    ['fees', 4, 4],
    ['water', 3, 2],
  ]);
});

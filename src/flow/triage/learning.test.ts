/** What is learnt from the institution's own work: where matters went, how much is missed, what an author may explain. */
import { expect, test } from 'vitest';
import { drawSample, explained, type Labelled, LEAST_LABELLED, recallOf, trainRouting, weightsOf } from './index.ts';
import { makeRouter } from '#core/text';

const WATER = ['供水改造退费没有到账', '水表坏了没有人换', '自来水发黄已经三天', '水费账单多收一倍'];
const ROAD = ['路面塌陷没有围挡', '路灯不亮看不清路', '井盖松动车过就响', '路口积水没过脚面'];
const rows = (texts: readonly string[], label: string, n: number): Labelled[] =>
  Array.from({ length: n }, (_, i) => ({ title: texts[i % texts.length] ?? '', text: `第${i}次反映。`, label }));

test.each([
  ['nothing', [], false, false],
  ['one unit only', rows(WATER, 'water', 40), false, false],
  [`fewer than ${LEAST_LABELLED}`, [...rows(WATER, 'water', 6), ...rows(ROAD, 'road', 5)], false, false],
  ['two units, the second named twice only', [...rows(WATER, 'water', 30), ...rows(ROAD, 'road', 2)], false, false],
  ['enough to propose, too few to measure', [...rows(WATER, 'water', 8), ...rows(ROAD, 'road', 8)], true, false],
  ['enough for both', [...rows(WATER, 'water', 20), ...rows(ROAD, 'road', 20)], true, true],
] as const)('routing from %s', (_what, labelled, trained, measured) => {
  const got = trainRouting(labelled);
  expect([got !== undefined, got?.accuracy !== undefined]).toEqual([trained, measured]);
});
test('routing proposes by the words of each unit, and a unit with two examples is never proposed', () => {
  const trained = trainRouting([...rows(WATER, 'water', 20), ...rows(ROAD, 'road', 20), ...rows(['猫'], 'cats', 2)]);
  if (!trained) throw new Error('not trained');
  const propose = makeRouter(trained.model);
  expect(['水表不转', '路灯又不亮了'].map(title => propose({ title, text: '' }).label)).toEqual(['water', 'road']);
  expect(trained.model.labels.toSorted()).toEqual(['road', 'water']);
  expect(trained.accuracy).toBeGreaterThan(0.9);
  const read = new Map(weightsOf(trained.model, 5).map(u => [u.label, u.terms.map(t => t.term).join(' ')]));
  expect(read.get('water')).toContain('水');
  expect(read.get('road')).toContain('路');
});
test('labels that tell nothing are measured as such: the figure is not taken from what was trained on', () => {
  const same = [...rows(['同一句话'], 'a', 30), ...rows(['同一句话'], 'b', 30)];
  expect(trainRouting(same)?.accuracy).toBeLessThanOrEqual(0.6);
});

const said = (ours: number, not: number, silent = 0) => [
  ...Array.from({ length: ours }, () => ({ verdict: 'ours' as const })),
  ...Array.from({ length: not }, () => ({ verdict: 'not-ours' as const })),
  ...Array.from({ length: silent }, () => ({})),
];
// Found, passed over; of the sample ours and not ours. Recall = found / (found + share × passed); the low end by Wilson.
test.each([
  ['nine read say nothing', said(0, 9), 90, 900, undefined],
  ['unread ones do not count as read', said(0, 9, 40), 90, 900, undefined],
  ['nothing came in', said(0, 10), 0, 0, undefined],
  ['none of fifty ours: one, but the sample cannot say more than so much', said(0, 50), 90, 900, [1, 0.584]],
  ['one of fifty', said(1, 49), 90, 900, [0.833, 0.488]],
  ['half of ten', said(5, 5), 90, 90, [0.667, 0.567]],
  ['all of ten, nothing found', said(10, 0), 0, 90, [0, 0]],
  ['nothing was passed over', said(0, 10), 90, 0, [1, 1]],
] as const)('recall: %s', (_why, read, found, passed, wanted) => {
  const got = recallOf(read, found, passed);
  expect(got && [got.recall, got.low]).toEqual(wanted);
});

const items = Array.from({ length: 400 }, (_, i) => ({ id: `it-${i}` }));
test.each([
  ['more than there are', 500, 400],
  ['none', 0, 0],
  ['fifty', 50, 50],
] as const)('a draw of %s', (_what, size, wanted) => {
  const drawn = drawSample(items, '2026-09', size).map(i => i.id);
  expect([drawn.length, new Set(drawn).size]).toEqual([wanted, wanted]);
});
test('a draw is the same whatever order the items stand in, another in another month, and follows no order of its own', () => {
  const drawn = drawSample(items, '2026-09', 50).map(i => i.id);
  expect(drawSample(items.toReversed(), '2026-09', 50).map(i => i.id)).toEqual(drawn);
  expect(drawSample(items, '2026-10', 50).map(i => i.id)).not.toEqual(drawn);
  // A later item changes the draw only by standing in it itself.
  const more = drawSample([...items, { id: 'it-late' }], '2026-09', 50).map(i => i.id);
  expect(more.filter(id => !drawn.includes(id)).every(id => id === 'it-late')).toBe(true);
  const first = drawn.filter(id => Number(id.slice(3)) < 200).length;
  expect(first).toBeGreaterThan(12);
  expect(first).toBeLessThan(38);
});

test.each([
  ['a name that is a place', '张建国', 'place', true],
  ['a name that nobody explained', '张建国', 'person', false],
  ['a form of address is never lifted', '张局长', 'place', false],
  ['nor a telephone number', '13912345678', 'shop', false],
  ['what is no name needs no lifting', '供水公司', 'institution', false],
] as const)('explained terms: %s', (_why, term, is, lifted) => {
  expect(explained([{ term, is }])).toEqual(lifted ? [term] : []);
});

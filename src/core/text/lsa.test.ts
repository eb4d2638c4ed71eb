import { expect, test } from 'vitest';
import { makeSpace, trainSpace, unit } from './lsa.ts';

const grams = (text: string): Map<string, number> => new Map([...text].map(c => [c, 1]));
/** Two kinds of text that share no term, one of them twice as often: two directions. */
const texts = [
  '水管漏',
  '水管停',
  '管漏停',
  '水漏停',
  '水管漏停',
  '水管',
  '漏停',
  '水停',
  '车站拆',
  '车站晚',
  '站拆晚',
  '车拆晚',
].map(grams);
const even = (): number => 1;
const options = { dimensions: 2, leastTexts: 2, mostTerms: 100, rounds: 8 };
const cosine = (a: Float64Array, b: Float64Array): number =>
  unit(a).reduce((sum, x, d) => sum + x * (unit(b)[d] ?? 0), 0);
// Every term may stand in at most a tenth of the texts: the same texts among many others that share nothing.
const many = [...texts, ...Array.from({ length: 90 }, (_, i) => grams(`甲${String.fromCharCode(0x5000 + i)}`))];

test('the same texts give the same space, and it is plain JSON', () => {
  const model = trainSpace(many, even, options);
  expect(trainSpace(many, even, options)).toEqual(model);
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
});
test('two texts without a common term are near where their terms keep company, and far where not', () => {
  const space = makeSpace(trainSpace(many, even, options), even);
  const place = (text: string): Float64Array => space.placeOf(grams(text));
  expect(cosine(place('水管'), place('漏停'))).toBeGreaterThan(0.8);
  expect(Math.abs(cosine(place('水管'), place('车站')))).toBeLessThan(0.1);
});
test('more directions than the texts have are left empty, not filled with noise', () => {
  const model = trainSpace(many, even, { ...options, dimensions: 40 });
  const rows = Object.values(model.terms);
  expect(model.dimensions).toBe(rows.length);
  expect(rows.flat().every(Number.isFinite)).toBe(true);
});
test('a text of which nothing is known is nowhere', () => {
  const space = makeSpace(trainSpace(many, even, options), even);
  expect([...unit(space.placeOf(grams('异')))]).toEqual([0, 0]);
});

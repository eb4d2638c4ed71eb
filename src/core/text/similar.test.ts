import { expect, test } from 'vitest';
import { boostedScore, trainBoosted } from './boost.ts';
import { likenesses, LIKENESSES, prepare } from './likeness.ts';
import { makeSimilar, trainSimilar } from './similar.ts';

const MATTERS = [
  '停水三天无人处理',
  '路灯坏了没有人修',
  '公交站台被拆除',
  '小区车位捆绑销售',
  '学校食堂价格上涨',
  '夜间施工噪音扰民',
];
const PLACES = ['城东', '城西', '河北街', '南门', '新区', '老城'];
/** Same matter and place under other words around it, or another matter. */
const pairs = Array.from({ length: 120 }, (_, i) => {
  const [m, p] = [i % 6, Math.floor(i / 6) % 6];
  const label = i % 3 === 0;
  const other = label ? m : (m + 1 + (i % 4)) % 6;
  return {
    a: `${PLACES[p]}居民反映${MATTERS[m]}`,
    b: `${label ? PLACES[p] : PLACES[(p + 2) % 6]}${MATTERS[other]}引起关注${i % 7}`,
    label,
  };
});

test('the same pairs give the same bytes, and the model is plain JSON', () => {
  const model = JSON.stringify(trainSimilar('topic', pairs));
  expect(JSON.stringify(trainSimilar('topic', pairs))).toBe(model);
  expect(JSON.stringify(JSON.parse(model))).toBe(model);
});
test('a model read back from its file answers as the one that was trained', () => {
  const model = trainSimilar('event', pairs);
  const [now, later] = [makeSimilar(model), makeSimilar(JSON.parse(JSON.stringify(model)) as typeof model)];
  for (const pair of pairs) expect(later(pair)).toEqual(now(pair));
});
test('what it learnt it says of pairs it never saw', () => {
  const judge = makeSimilar(trainSimilar('event', pairs));
  expect(judge({ a: '老城居民来信说路灯坏了没有人修', b: '老城路灯坏了没有人修引起关注' }).same).toBe(true);
  expect(judge({ a: '老城居民来信说路灯坏了没有人修', b: '新区学校食堂价格上涨引起关注' }).same).toBe(false);
});
test.each([
  ['nothing', ''],
  ['one character', '水'],
  ['half a character', '\ud83d'],
  ['another script', 'Ελληνικά'],
])('%s is compared without falling over', (_what, text) => {
  const rarity = { texts: 2, meanLength: 10, of: () => 1 };
  const row = likenesses(prepare(text), prepare('城东小区停水'), rarity);
  expect(row).toHaveLength(LIKENESSES.length);
  expect(row.every(Number.isFinite)).toBe(true);
});
test('trees learn what a straight line cannot: one of two, but not both', () => {
  const rows = Array.from({ length: 400 }, (_, i) => [i % 2, (i >> 1) % 2]);
  const labels = rows.map(([a, b]) => a !== b);
  const trees = trainBoosted(rows, labels);
  // With perfectly even halves no first question helps: one row more of a kind breaks the tie.
  const uneven = trainBoosted([...rows, [0, 1]], [...labels, true]);
  expect(Number.isFinite(boostedScore(trees, [0, 0]))).toBe(true);
  expect(boostedScore(uneven, [0, 1])).toBeGreaterThan(0);
  expect(boostedScore(uneven, [0, 0])).toBeLessThan(0);
});

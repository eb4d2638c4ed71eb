import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeWitnesses, WITNESSED } from './witnesses.ts';

const TEXTS = [
  '哈登复出篮网主场大胜',
  '杜兰特缺席篮网客场告负',
  '哈登与杜兰特联手篮网三连胜',
  '停水三天居民无水可用',
  '自来水公司称停水因管道爆裂',
  '路灯坏了没有人修',
];
const of = (likenesses: readonly number[], name: string): number => likenesses[WITNESSED.indexOf(name)] ?? NaN;

test('two texts without a word in common are alike where a third names both', () => {
  const among = makeWitnesses(TEXTS);
  const [harden, durant, water] = ['哈登复出砍下大号三双', '杜兰特伤情更新', '停水何时结束'].map(among.circleOf);
  if (!harden || !durant || !water) throw new Error('three circles');
  expect(of(among.likenesses(harden, durant), 'witnesses20')).toBeGreaterThan(0.3);
  expect(of(among.likenesses(harden, durant), 'neighbours-alike')).toBeGreaterThan(0.3);
  expect(of(among.likenesses(harden, water), 'witnesses20')).toBe(0);
  expect(of(among.likenesses(harden, water), 'expanded')).toBe(0);
});
test('a text of the pair is no witness: the answer is the same whether the two stand among the texts or not', () => {
  const [a, b] = ['哈登复出篮网主场大胜', '杜兰特缺席篮网客场告负'];
  const among = makeWitnesses(TEXTS);
  const [x, y] = [among.circleOf(a), among.circleOf(b)];
  // Only the third text that names both is left as a neighbour of either.
  expect(of(among.likenesses(x, y), 'witnesses40')).toBe(1);
  expect(of(among.likenesses(x, x), 'nearest-neighbours')).toBeGreaterThan(0);
});
test('the order of the two does not matter, and every likeness is a number', () => {
  const text = fc.string({ unit: fc.constantFrom('停', '水', '哈', '登', '篮', '网', 'a', '\ud83d'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), text, text, (texts, a, b) => {
      const among = makeWitnesses([...new Set(texts)]);
      const [x, y] = [among.circleOf(a), among.circleOf(b)];
      const there = among.likenesses(x, y);
      expect(there).toHaveLength(WITNESSED.length);
      const back = among.likenesses(y, x);
      there.forEach((value, i) => expect(value).toBeCloseTo(back[i] ?? NaN, 9));
      expect(there.every(v => Number.isFinite(v) && v >= 0)).toBe(true);
    }),
  );
});

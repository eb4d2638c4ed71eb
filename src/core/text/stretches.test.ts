import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STRETCHES, stretchesOf, stretchLikenesses } from './stretches.ts';

/** 雷峰 is rare, everything else is not. */
const rarity = (gram: string): number => ('雷峰路口'.includes(gram) && gram.includes('雷') ? 9 : 2);

test.each([
  // one text          the other            in common, rarest first
  ['雷峰路口坏了', '路口在雷峰', ['雷峰', '路口']],
  ['路灯坏了没人修', '没人修路灯坏了', ['路灯坏了', '没人修']],
  ['停水三天', '停电三夜', []],
  ['停水', '停水', ['停水']],
  ['', '停水', []],
  ['水', '水', []],
])('%s and %s share %j', (a, b, texts) => {
  expect(stretchesOf(a, b, rarity).map(s => s.text)).toEqual(texts);
});
test('what is said to be shared stands in both, goes no further, and the likenesses are numbers', () => {
  const text = fc.string({ unit: fc.constantFrom(...'停水电路灯坏\ud83d'), maxLength: 40 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      for (const s of stretchesOf(a, b, rarity)) {
        expect(a).toContain(s.text);
        expect(b).toContain(s.text);
        expect(s.text.length).toBeGreaterThan(1);
      }
      const row = stretchLikenesses(a, b, rarity);
      expect(row).toHaveLength(STRETCHES.length);
      expect(row.every(Number.isFinite)).toBe(true);
    }),
  );
});

/** The look that spares most sentences the cutting into words: what it passes over holds no name that would be masked. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayHoldName } from './masking-name-look.ts';
import { maskSentence } from './masking-names.ts';

const pieces = fc.constantFrom(
  ...'市民 业主 记者 老板 ， 停电， ，小区 我叫 我是 化名 姓名： 姓名 三岁的 家住南湖小区的 住在三楼的 听 主任 局长 、 和 ， ： （ “ 据'.split(
    ' ',
  ),
  ...'王 李 高 马 欧阳 司马 于 志刚 丽 华 明强 的 张三 小明 张三丰 先生 女士 一家 说 表示 的车 （男， 反映 昨天 投诉 停水 a 1 '.split(
    ' ',
  ),
  ' ',
  '\u3000',
  '\u2003',
);
test('a sentence that is passed over has no name in it', () => {
  let named = 0;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 9 }), words => {
      const sentence = words.join('');
      let found = 0;
      maskSentence(sentence, () => found++);
      if (found > 0) named++;
      expect(found > 0 && !mayHoldName(sentence)).toBe(false);
    }),
    { numRuns: 5000, seed: 8420 },
  );
  expect(named).toBeGreaterThan(500);
});
test('cutting only the clauses in which a name may stand masks the same as cutting all', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 24 }), words => {
      const sentence = words.join('');
      const [some, all] = [[], []] as [string[], string[]];
      const sparing = maskSentence(sentence, kind => some.push(kind));
      expect(sparing).toBe(
        maskSentence(
          sentence,
          kind => all.push(kind),
          () => true,
        ),
      );
      expect(some).toEqual(all);
    }),
    { numRuns: 5000, seed: 8421 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from './fold.ts';
import { holdsAll, pairsOf, readSought, snippet } from './search.ts';

test.each([
  // what is typed              terms                           why
  ['供水 退费', ['供水', '退费'], 'words with a space between'],
  ['“清江 小区” 停水', ['清江 小区', '停水'], 'in quotation marks they stand side by side'],
  ['供水，', ['供水'], 'marks at the ends are not part of a word'],
  ['ＷiＦi　密码', ['wifi', '密码'], 'wide letters and capitals are the same'],
  ['電梯', ['电梯'], 'traditional characters are the same'],
  ['供水 供水', ['供水'], 'each once'],
  ['   ', [], 'nothing'],
  ['。', [], 'only a mark'],
])('%s reads as %j: %s', (typed, terms) => {
  expect(readSought(typed).terms).toEqual(terms);
});

test('pairs stand inside a word only, each once', () => {
  const pairs = (text: string): string[] =>
    pairsOf(text).map(n => String.fromCharCode(Math.floor(n / 0x10000), n % 0x10000));
  expect(pairs('停水了，停水')).toEqual(['停水', '水了']);
  expect(pairs('a')).toEqual([]);
});

test('what holds a term holds all of its pairs', () => {
  const word = fc.string({ unit: fc.constantFrom('供', '水', '停', '电', 'a', '1', '，', ' '), maxLength: 30 });
  fc.assert(
    fc.property(word, word, (text, typed) => {
      const sought = readSought(typed);
      if (sought.terms.length === 0 || !holdsAll(text, sought)) return;
      const held = new Set(pairsOf(text));
      expect(sought.pairs.every(p => held.has(p))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a snippet is the text itself, with every place marked where a term stands', () => {
  const text = '六个小区供水改造退费半年没有到账，供水公司说还要等。';
  const sought = readSought('供水 退费');
  const parts = snippet(text, sought);
  expect(parts.map(p => p.text).join('')).toBe(text);
  expect(parts.filter(p => p.hit).map(p => p.text)).toEqual(['供水', '退费', '供水']);
  const long = `${'前'.repeat(300)}电梯${'后'.repeat(300)}`;
  const cut = snippet(long, readSought('電梯'), 60);
  expect(cut[0]?.text.startsWith('…')).toBe(true);
  expect(cut.find(p => p.hit)?.text).toBe('电梯');
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 6 }), (any, typed) => {
      const shown = snippet(any, readSought(typed), 1000);
      expect(shown.map(p => p.text).join('')).toBe(any);
      for (const p of shown.filter(x => x.hit))
        expect(readSought(typed).terms.some(t => fold(p.text).includes(t[0] ?? ''))).toBe(true);
    }),
  );
});

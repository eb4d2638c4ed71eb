import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIMPLIFIED, TRADITIONAL } from './characters.generated.ts';
import { comparable } from './comparable.ts';

const simple = new Map([...TRADITIONAL].map((ch, i) => [ch, SIMPLIFIED[i] ?? ch]));
/** As the contract says it, in one line. */
const asSaid = (title: string, text: string): string =>
  [
    ...`${title}\n${text}`
      .toWellFormed()
      .normalize('NFKC')
      .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, ''),
  ]
    .map(ch => simple.get(ch) ?? ch)
    .join('');

const odd = fc.constantFrom(
  'が',
  'か\u3099',
  'ｶﾞ',
  'ﾊﾟ',
  '각',
  '가',
  'ᆨ',
  'é',
  'e\u0301',
  '①',
  '㎏',
  '國',
  '！',
  '\ud83d',
  '\ude80',
  '\ufeff',
  '\u200b',
  'ﬁ',
  '〇',
  'Å',
);
const any = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(odd, { maxLength: 12 }).map(x => x.join('')),
);

test('the table says what NFKC, dropping and simplifying say, whatever stands beside each other', () => {
  fc.assert(
    fc.property(any, any, (title, text) => {
      expect(comparable(title, text)).toBe(asSaid(title, text));
    }),
    { numRuns: 5_000 },
  );
});
test('every unit of the basic plane, alone and after a letter', () => {
  const wrong: string[] = [];
  for (let unit = 0; unit < 0x10000; unit++)
    for (const s of [String.fromCharCode(unit), `か${String.fromCharCode(unit)}`])
      if (comparable(undefined, s) !== asSaid('', s)) wrong.push(unit.toString(16));
  expect(wrong).toEqual([]);
});

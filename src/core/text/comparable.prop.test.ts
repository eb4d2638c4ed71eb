import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIMPLIFIED, TRADITIONAL } from './characters.generated.ts';
import { comparable } from './comparable.ts';
import { fold } from './fold.ts';
import { LOOK_ALIKES } from './look-alikes.ts';

const simple = new Map([...TRADITIONAL].map((ch, i) => [ch, SIMPLIFIED[i] ?? ch]));
/** As the contract says it, in one line. */
const asSaid = (title: string, text: string): string =>
  [
    ...`${title}\n${text}`
      .toWellFormed()
      .normalize('NFKC')
      .replaceAll(/./gu, ch => LOOK_ALIKES.get(ch) ?? ch)
      .replaceAll(/[\p{P}\p{S}\p{Z}\p{C}\p{DI}\u0300-\u036f\u20d0-\u20ff]/gu, ''),
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
  '\ufe0f',
  '\u3164',
  '水\u0336',
  '⻓',
  'е',
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

test.each<[string, string, string]>([
  // what stands there          what is meant       why
  ['⻓沙市⻋站⻔口', '长沙市车站门口', 'radicals out of a PDF'],
  ['⼯资⾃来⽔', '工资自来水', 'Kangxi radicals'],
  ['欠薪エ资，ロ头', '欠薪工资口头', 'katakana in the shape of a character'],
  ['❺❽车贷 ⑤⑧车贷 ㊿', '58车贷58车贷50', 'circled digits'],
  ['Н5页面 АРР', 'H5页面APP', 'Cyrillic capitals'],
  ['ΡΜ2.5', 'PM25', 'Greek capitals'],
  ['аpp下载', 'app下载', 'one Cyrillic letter among Latin ones'],
  ['停\u200b水\u2060通\ufeff知\u3164', '停水通知', 'characters nobody sees'],
  ['停\u0336水\u0336', '停水', 'struck through'],
  ['❤\ufe0f停水', '停水', 'an emoji with its variation selector'],
])('%j is compared as %j: %s', (given, meant) => {
  expect(comparable(undefined, given)).toBe(comparable(undefined, meant));
});
test.each<[string, string]>([
  ['自己', '自已'],
  ['未来', '末来'],
  ['日期', '曰期'],
  ['士兵', '土兵'],
  ['人口', '入口'],
  ['大会', '太会'],
  ['一〇一', '101'],
  ['café', 'cafe'],
])('%s and %s are different words', (a, b) => {
  expect(comparable(undefined, a)).not.toBe(comparable(undefined, b));
  expect(fold(a)).not.toBe(fold(b));
});
test.each<[string, string]>([
  ['⻓沙⼤学', '长沙大学'],
  ['エ资', '工资'],
  ['❺⑧车贷', '58车贷'],
  ['АРР', 'app'],
  ['аpp', 'APP'],
  ['⾞輛', '车辆'],
])('a rule that says %s hits %s and the other way round', (a, b) => {
  expect(fold(a)).toBe(fold(b));
});
test('folding is done once: what is folded folds to itself; small and capital letters of one alphabet stay together', () => {
  const wrong: string[] = [];
  for (let unit = 0; unit < 0xd800; unit++) {
    const ch = String.fromCharCode(unit);
    if (fold(fold(ch)) !== fold(ch)) wrong.push(`${ch} twice`);
    const [upper, lower] = [ch.toUpperCase(), ch.toLowerCase()];
    if (upper.length === 1 && upper.toLowerCase() === ch && fold(upper) !== fold(ch)) wrong.push(`${ch} ${upper}`);
    if (lower.length === 1 && fold(lower) !== fold(ch)) wrong.push(`${ch} ${lower}`);
  }
  expect(wrong).toEqual([]);
});

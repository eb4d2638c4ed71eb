/** What names a place, an institution or a day, by example. */
import { expect, test } from 'vitest';
import { makeFolded, takeText } from './comparable.ts';
import { makeKinds } from './kinds.ts';

/** The stretches of each kind, as they stand. */
function marked(text: string, given: { places?: string[]; institutions?: string[] } = {}): Record<string, string[]> {
  const kindsOf = makeKinds({ evidence: { price: 1 }, places: [], institutions: [], ...given });
  const units = makeFolded();
  takeText(units, text);
  const kinds = kindsOf?.(units, 0) ?? new Uint8Array();
  const out: Record<string, string[]> = {};
  for (let from = 0; from < text.length;) {
    let to = from + 1;
    while (to < text.length && kinds[to] === kinds[from]) to++;
    const name = ['', 'place', 'institution', 'day'][kinds[from] ?? 0] ?? '';
    if (name) (out[name] ??= []).push(text.slice(from, to));
    from = to;
  }
  return out;
}

test.each<[string, Record<string, string[]>]>([
  ['清江市城东区停水三天', { place: ['清江市城东区'] }],
  ['我们小区停水了', {}],
  ['锦澜花园小区的电梯坏了', { place: ['锦澜花园小区'] }],
  ['在滨河路旁边施工', { place: ['滨河路'] }],
  ['走在马路上', {}],
  ['市民都知道这里是农村', {}],
  ['请城东供水公司答复', { institution: ['城东供水公司'] }],
  ['向清江市公安局报警', { place: ['清江市'], institution: ['公安局'] }],
  ['这件事已成定局', { institution: ['成定局'] }],
  ['自2026年5月1日起至5月9日', { day: ['2026年5月1日', '5月9日'] }],
  ['58车贷拖欠3000元', {}],
  ['A7县星沙的麻将馆', { place: ['A7县'] }],
])('%s', (text, expected) => {
  expect(marked(text)).toEqual(expected);
});
test('a name that was given is known whatever it ends with', () => {
  const given = { places: ['星沙', '梅溪湖'], institutions: ['一米阳光'] };
  expect(marked('星沙的一米阳光搬到梅溪湖', given)).toEqual({
    place: ['星沙', '梅溪湖'],
    institution: ['一米阳光'],
  });
});
test('odd texts have no names and cost nothing: empty, one character, an ending alone', () => {
  expect([marked(''), marked('区'), marked('小区')]).toEqual([{}, {}, {}]);
});

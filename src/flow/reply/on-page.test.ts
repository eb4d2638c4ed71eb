/** A page outside against the signed text: what counts as the same, as changed, as missing. */
import { expect, test } from 'vitest';
import { foundOnPage } from './on-page.ts';

const SIGNED = ['关于异味的答复', '9月22日15时水质各项达标，已封堵雨水口1处。', '结果当日在本局网站公布。'].join('\n');
const shown = (page: string) => foundOnPage(SIGNED, page).paragraphs.map(p => p.state);

test.each([
  // what the page says,                                                                       states,                        why
  [SIGNED, ['same', 'same', 'same'], 'word for word'],
  [
    `首页 登录\n${SIGNED.replaceAll('\n', '\n\n')}\n版权所有`,
    ['same', 'same', 'same'],
    'what stands around it is not ours',
  ],
  [SIGNED.replace('9月22日15时', '9月22日 15时 '), ['same', 'same', 'same'], 'spaces change no word'],
  [SIGNED.replace('，', ','), ['same', 'same', 'same'], 'the width of punctuation neither'],
  [SIGNED.replace('各项达标', '基本达标'), ['same', 'changed', 'same'], 'one word changed'],
  [SIGNED.split('\n').slice(0, 2).join('\n'), ['same', 'same', 'missing'], 'a paragraph left out'],
  ['页面不存在', ['missing', 'missing', 'missing'], 'another page altogether'],
  ['', ['missing', 'missing', 'missing'], 'an empty page'],
] as const)('%j: %j (%s)', (page, states, _why) => expect(shown(page)).toEqual(states));

test('a changed paragraph comes with what the page says instead', () => {
  const { paragraphs, same, all } = foundOnPage(SIGNED, SIGNED.replace('1处', '若干'));
  expect([paragraphs[1]?.page, same, all]).toEqual(['9月22日15时水质各项达标，已封堵雨水口若干。', 2, false]);
});

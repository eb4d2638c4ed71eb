import { expect, test } from 'vitest';
import { shapeOf, SHAPES, shapesOf } from './shape.ts';

const named = (a: string, b: string): Record<string, number> =>
  Object.fromEntries(shapesOf(shapeOf(a), shapeOf(b)).map((x, i) => [SHAPES[i] ?? '?', x]));

test.each([
  // what                                    one text                the other              what is seen
  ['the same heading', '影视：归来', '影视：远去', { headings: 2, 'same-heading': 1, 'heading-named': 2 }],
  ['a heading the other names', '路灯｜又坏了', '城东路灯修好', { headings: 1, 'same-heading': 0, 'heading-named': 1 }],
  ['no heading', '城东路灯修好', '城西停水', { headings: 0, 'same-heading': 0, 'heading-named': 0 }],
  ['one day', '3月5日停水', '停水在3月5日', { 'dates-shared': 1, 'dates-apart': 0, 'days-shared': 1 }],
  ['two days', '3月5日停水', '3月6日停水', { 'dates-shared': 0, 'dates-apart': 1, 'days-apart': 1 }],
  ['only one names a day', '3月5日停水', '停水', { 'dates-shared': 0, 'dates-apart': 0 }],
  ['indented, one of them', '　　停水', '停水', { indented: 1, 'one-indented': 1 }],
  ['marks of both', '停水！', '停水！为何？', { 'marks！': 2, 'marks？': 1, 'marks。': 0 }],
  ['digits', '12户', '户', { digits: 2 / 3, 'digits-apart': 2 / 3 }],
  ['nothing at all', '', '', { digits: 0, headings: 0, 'one-indented': 0 }],
])('%s', (_what, a, b, seen) => {
  expect(named(a, b)).toMatchObject(seen);
  // Which of the two is named first does not matter.
  expect(named(b, a)).toEqual(named(a, b));
});

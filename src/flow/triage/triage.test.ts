/** Matched words are shown where they stand; a person's decision becomes entries or a named fault. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideTriage, resembling, runsOf } from './index.ts';

const hit = (...spans: [number, number][]) => [
  { rule: 'r', version: '1', spans: spans.map(([from, to]) => ({ field: 'text' as const, term: '', from, to })) },
];

test('overlapping and touching hits are one mark', () => {
  expect(runsOf('信访局没有答复', 'text', hit([0, 3], [2, 5], [5, 7]))).toEqual([
    { text: '信访局没有答复', marked: true },
  ]);
  expect(runsOf('信访局没有答复', 'text', hit([0, 2], [5, 7]))).toEqual([
    { text: '信访', marked: true },
    { text: '局没有', marked: false },
    { text: '答复', marked: true },
  ]);
});
test('whatever the offsets are, the runs give back the text', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 }))),
      (text, spans) => {
        expect(
          runsOf(text, 'text', hit(...spans))
            .map(r => r.text)
            .join(''),
        ).toBe(text);
      },
    ),
  );
});
test('an item that speaks of an open case is proposed for it, another is not', () => {
  const known = [
    { key: 'C1', text: '接待大厅中午关门，外地来的人白跑一趟' },
    { key: 'C3', text: '六个小区供水改造退费半年没有到账' },
  ];
  expect(resembling('供水退费的单子签了，钱呢 六个小区的供水改造，去年就说退费，到今天没有到账', known)?.key).toBe(
    'C3',
  );
  expect(resembling('路灯坏了三天没人修', known)).toBeUndefined();
  expect(resembling('', known)).toBeUndefined();
});

const about = {
  origin: 'paste',
  subject: '路灯',
  matter: 'complaint',
  concerns: ['section'],
  negative: false,
  sudden: false,
};
const ids = (): (() => string) => {
  let i = 0;
  return () => `f${++i}`;
};
test.each([
  ['without a subject', { do: 'open', about: { ...about, subject: ' ' }, case: 'C1' }, 'no-subject'],
  ['without a unit', { do: 'open', about: { ...about, concerns: [] }, case: 'C1' }, 'no-unit'],
  ['without a matter', { do: 'join', about: { ...about, matter: '' }, case: 'C1' }, 'no-matter'],
  ['put aside without saying why', { do: 'dismiss', about, reason: 'not-ours', why: '' }, 'no-reason'],
] as const)('%s: told so', (_why, command, fault) => {
  expect(decideTriage(command, ids())).toEqual({ fault });
});
test('opening a case records the finding in it and opens it from that finding', () => {
  const decided = decideTriage({ do: 'open', about, case: 'C9' }, ids());
  expect('append' in decided && decided.append.map(e => [e.type, e.case, e.data['from']])).toEqual([
    ['finding.recorded', 'C9', undefined],
    ['case.opened', 'C9', ['f1']],
  ]);
});

/** The stored wording of a brief gives the same page again, whatever words stand in it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOf, lastSpan, readDocument, spanAround, spanBefore } from './kinds.ts';
import { changesOf, readText, sectionOf, writeText } from './text.ts';

const word = fc.stringMatching(/^[一-龥a-z0-9|#> ，。]{1,12}$/).filter(t => t.trim() !== '');
const block = fc.oneof(
  word.map(text => ({ block: 'heading' as const, text })),
  word.map(text => ({ block: 'text' as const, text })),
  word.map(text => ({ block: 'note' as const, text })),
  fc
    .array(fc.tuple(word, word), { minLength: 1, maxLength: 4 })
    .map(rows => ({ block: 'table' as const, heads: ['事项', '数'], rows })),
  fc
    .array(fc.record({ label: word, value: fc.nat(99) }), { minLength: 1, maxLength: 4 })
    .map(rows => ({ block: 'bars' as const, rows })),
);

test('written, read and written again it is the same text', () => {
  fc.assert(
    fc.property(word, fc.array(block, { maxLength: 8 }), (title, blocks) => {
      const text = writeText({ title, blocks });
      expect(writeText(readText(text))).toBe(text);
      expect(changesOf(readText(text), readText(text))).toEqual([]);
    }),
  );
});
test('numbers that changed are named by section and row', () => {
  const brief = (n: number) =>
    readText(`某日\n# 一、综述\n甲。\n乙。\n# 二、数字\n|| 事项 | 本期 |\n| 发现信息 | ${n} 条 |\n|= 9月1日 | ${n} |`);
  expect(sectionOf(brief(1), '综述')).toBe('甲。\n乙。');
  expect(changesOf(brief(1), brief(2))).toEqual([
    { section: '数字', row: '发现信息', was: '1 条', is: '2 条' },
    { section: '数字', row: '9月1日', was: '1', is: '2' },
  ]);
});
test.each([
  // kind      day            span                          last span before it            why
  ['weekly', '2026-09-20', '2026-09-14/2026-09-20', '2026-09-07/2026-09-13', 'Sunday closes its week'],
  ['monthly', '2026-02-28', '2026-02-01/2026-02-28', '2026-01-01/2026-01-31', 'a short month'],
  ['monthly', '2028-02-01', '2028-02-01/2028-02-29', '2028-01-01/2028-01-31', 'a leap year'],
  ['yearly', '2026-01-01', '2026-01-01/2026-12-31', '2025-01-01/2025-12-31', 'from its first day'],
  ['daily', '2026-01-01', '2026-01-01/2026-01-01', '2025-12-31/2025-12-31', 'over the year'],
] as const)('%s around %s is %s: %s', (kind, day, span, before, _why) => {
  const say = (s: { from: string; to: string }) => `${s.from}/${s.to}`;
  const about = { kind, ...spanAround(kind, day) };
  expect([say(about), say(lastSpan(kind, day)), say(spanBefore(about))]).toEqual([span, before, before]);
  expect(readDocument(documentOf(about))).toEqual(about);
});

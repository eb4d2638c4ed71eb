import { describe, expect, test } from 'vitest';
import { compareLooks, isGone, keepsBytes, looksOf, sideBySide } from './looks.ts';

test('a page is looked at at once, after 1 h, 6 h, 24 h and 7 days', () =>
  expect(looksOf(0).map(l => l.dueAt / 3_600_000)).toEqual([0, 1, 6, 24, 168]));
test.each([
  ['outlet', true],
  ['authority', true],
  ['public-board', false],
  ['search', false],
  ['bought', false],
  ['own-desk', false],
])('bytes of %s are kept: %s', (kind, kept) => expect(keepsBytes(kind)).toBe(kept));
test.each([
  [undefined, { digest: 'a', text: 'x' }, 'kept'],
  [{ digest: 'a', text: 'x' }, { digest: 'a', text: 'x' }, 'same'],
  [{ digest: 'a', text: 'x' }, { digest: 'b', text: 'x' }, 'same'],
  [{ digest: 'a', text: 'x' }, { digest: 'b', text: 'y' }, 'changed'],
  [{ digest: 'a', text: '' }, { digest: 'b', text: '' }, 'changed'],
] as const)('%#: %o then %o is %s', (before, now, outcome) => expect(compareLooks(before, now)).toBe(outcome));
test.each([
  [404, true],
  [410, true],
  [451, true],
  [403, false],
  [500, false],
  [undefined, false],
])('%s is gone: %s', (status, gone) => expect(isGone(status)).toBe(gone));
describe('an edit side by side', () => {
  test('what stayed stands on both sides, what was put in its place beside what went', () =>
    expect(sideBySide('一\n停水一天\n三', '一\n停水两天\n三\n四')).toEqual([
      { before: '一', after: '一' },
      { before: '停水一天', after: '停水两天' },
      { before: '三', after: '三' },
      { after: '四' },
    ]));
  test('what only went', () =>
    expect(sideBySide('一\n二', '二')).toEqual([{ before: '一' }, { before: '二', after: '二' }]));
});

import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import { holes, nextNumber, readNumber, showNumber } from './number.ts';

const notice = (number: string | undefined, kind = 'bulletin'): HuiyinEvent => ({
  id: `e${Math.random()}`,
  type: 'notice.drawn-up',
  at: '2026-11-24T09:00:00+08:00',
  recordedAt: '2026-11-24T09:00:00+08:00',
  by: { unit: 'office', role: 'head' },
  data: { notice: 'n', kind, textHash: 'x', ...(number === undefined ? {} : { number }) },
});

test.each<[string, readonly HuiyinEvent[], string, string]>([
  ['the first of a year', [], '2026-01-04T08:00:00+08:00', '〔2026〕1号'],
  ['the next one', [notice('〔2026〕1号'), notice('〔2026〕2号')], '2026-05-01T08:00:00+08:00', '〔2026〕3号'],
  ['each year begins anew', [notice('〔2025〕40号')], '2026-01-01T00:00:00+08:00', '〔2026〕1号'],
  ['each kind has its own', [notice('〔2026〕7号', 'warning')], '2026-05-01T08:00:00+08:00', '〔2026〕1号'],
  ['an older way of writing counts on', [notice('2026-017')], '2026-05-01T08:00:00+08:00', '〔2026〕18号'],
  ['a number of another shape is passed over', [notice('甲字第三号')], '2026-05-01T08:00:00+08:00', '〔2026〕1号'],
])('%s', (_why, events, at, expected) => expect(nextNumber(events, 'notice bulletin', at)).toBe(expected));

test('what is written is read, and holes are named', () => {
  expect(readNumber(showNumber(2026, 12))).toEqual({ year: 2026, n: 12 });
  expect(holes([notice('〔2026〕1号'), notice('〔2026〕4号')])).toEqual([
    'notice bulletin 〔2026〕2号',
    'notice bulletin 〔2026〕3号',
  ]);
});

/** What answers promise, as a table; the columns that an import may fill, and those it never may. */
import { expect, test } from 'vitest';
import { commitmentsIn } from './commitments.ts';
import { isIdentity, readDay } from './ledger-import.ts';

test.each([
  // sentence                                          due            why
  ['我局将于9月30日前完成管网改造。', '2026-09-30', 'a date without a year is the next one'],
  ['拟于2027年1月15日公布结果。', '2027-01-15', 'a whole date'],
  ['预计3月底恢复供水。', '2027-03-31', 'the end of a month that is past comes next year'],
  ['力争2月底前办结。', '2027-02-28', 'the last day of February'],
  ['我们承诺公开全部检测报告。', undefined, 'a commitment without a date is one'],
])('%s is due %s: %s', (text, due, _why) =>
  expect(commitmentsIn(text, '2026-09-17')).toEqual([
    { says: text.replace('。', ''), ...(due === undefined ? {} : { due }) },
  ]),
);
test.each(['此事即将结束。', '已于9月10日完成整改。', '将军路路面已恢复。', ''])('%j promises nothing', text =>
  expect(commitmentsIn(text, '2026-09-17')).toEqual([]),
);
test('a date that does not exist is no date', () =>
  expect(commitmentsIn('将于2月30日前答复。', '2026-01-01')).toEqual([{ says: '将于2月30日前答复' }]));

test.each(['作者', '联系电话', '手机号', '身份证号', '投诉人姓名', 'Author', 'phone', '微信号', '粉丝数'])(
  '%s has no target',
  h => expect(isIdentity(h)).toBe(true),
);
test.each(['日期', '单位', '作品', '媒体', '级别', 'Work', 'Outlet'])('%s has one', h =>
  expect(isIdentity(h)).toBe(false),
);

test.each([
  ['2025-03-04', '2025-03-04'],
  ['2025/3/4', '2025-03-04'],
  ['2025年3月4日', '2025-03-04'],
  ['2025.3.4', '2025-03-04'],
  ['2025-03-04 00:00:00', '2025-03-04'],
  ['2025-02-29', undefined],
  ['3月4日', undefined],
  ['昨天', undefined],
])('%s is read as %s', (written, day) => expect(readDay(written)).toBe(day));

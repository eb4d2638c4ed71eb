/** How one step of a derivation is said in Chinese. That none is left out: tests/steps-in-chinese.test.ts. */
import { expect, test } from 'vitest';
import type { Naming } from './naming.ts';
import { stepZh } from './steps-zh.ts';

const names = { unit: (key: string) => key } as unknown as Naming;

test.each([
  // the engine's step                                          in Chinese                       why
  ['counted from discovery 2026-11-24 11:13 (x-037)', '从发现 11月24日 11:13 起算', 'an anchor with its time'],
  ['30 minutes on the clock: 2026-11-24 11:43', '按钟点 30 分钟：11月24日 11:43', 'a limit by the clock'],
  ['1 to 7 October: holiday', '10月1日至7日放假', 'a run of days off'],
  [
    '2026-10-08 is working day 1; close of business 17:30',
    '10月8日 是第 1 个工作日，17:30 下班为止',
    'a working day that ends it',
  ],
  ['12 to 13 September: weekend', '9月12日至13日周末', 'a weekend'],
  [
    '2026-11-25 to 2026-12-08 are working days 1 to 10 (weekends not counted)',
    '11月25日至12月8日是第 1 至第 10 个工作日（周末不算）',
    'weeks gathered into one step',
  ],
  ['31 December to 2 January: holiday', '12月31日至1月2日放假', 'days off across the end of a month'],
  ['day 15 is 2026-12-09', '第 15 天是 12月9日', 'calendar days'],
  ['2026-12-12 is a rest day: moved to 2026-12-14', '12月12日 休息，顺延到 12月14日', 'a last day that is moved'],
  ['2026-11-24 14:30 to 17:30: 3 hours', '11月24日 14:30 至 17:30：3 小时', 'office time'],
  [
    '0 working days: close of business 17:30 of 2026-11-24',
    '当天 11月24日 17:30 下班为止',
    'the anchor’s own working day',
  ],
  [
    'provisional: the holidays of 2027 are not announced, Monday to Friday assumed',
    '暂定：2027 年放假安排还没有公布，先按周一至周五上班算',
    'a year without its notice',
  ],
  ['late by 2 h 5 min', '晚 2 小时 5 分', 'lateness'],
  ['something new', 'something new', 'an unknown step is shown, never dropped'],
])('%s → %s: %s', (step, zh) => {
  expect(stepZh(step, names).text).toBe(zh);
});

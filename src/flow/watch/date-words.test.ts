import { expect, test } from 'vitest';
import { findDateWords, readDateWords } from './date-words.ts';

/** Received on Monday, 2 November 2026, 00:30. */
const RECEIVED = Date.parse('2026-11-02T00:30:00+08:00');
test.each([
  ['昨天 23:01', '2026-11-01 23:01', 'minute'],
  ['昨天23:01', '2026-11-01 23:01', 'minute'],
  ['今天 00:10', '2026-11-02 00:10', 'minute'],
  ['今天 08:00', undefined, ''],
  ['前天 下午3点20分', '2026-10-31 15:20', 'minute'],
  ['昨晚 9点', '2026-11-01 21:00', 'minute'],
  ['昨天', '2026-11-01 00:00', 'day'],
  ['刚刚', '2026-11-02 00:30', 'minute'],
  ['5分钟前', '2026-11-02 00:25', 'minute'],
  ['半小时前', '2026-11-02 00:00', 'hour'],
  ['三小时前', '2026-11-01 21:30', 'hour'],
  ['十二天前', '2026-10-21 00:30', 'day'],
  ['11-01 22:14', '2026-11-01 22:14', 'minute'],
  ['5月9日', '2026-05-09 00:00', 'day'],
  // December is still ahead: it was last year's.
  ['12-31 18:00', '2025-12-31 18:00', 'minute'],
  ['2026年5月9日 22:14', '2026-05-09 22:14', 'minute'],
  ['13-40', undefined, ''],
  ['昨天 25:00', undefined, ''],
  ['不久前', undefined, ''],
  ['', undefined, ''],
])('%s means %s', (words, moment, exact) => {
  const found = readDateWords(words, RECEIVED);
  if (moment === undefined) expect(found).toBeUndefined();
  else expect(found).toEqual({ at: Date.parse(`${moment.replace(' ', 'T')}:00+08:00`), exact });
});

test.each([
  ['城东论坛 昨天 23:01 浏览 12', '昨天 23:01'],
  ['发布于 3小时前', '3小时前'],
  ['11-01 22:14', '11-01 22:14'],
  ['昨天', '昨天'],
  ['居民说昨天夜里又停了水', undefined],
  ['2026-11-01 22:14', undefined],
])('in "%s" the words of the date are %s', (text, words) => expect(findDateWords(text, RECEIVED)?.words).toBe(words));

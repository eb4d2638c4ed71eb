/** The calendar feed as RFC 5545 wants it: folded at 75 octets, escaped, the same entry under the same id. */
import { expect, test } from 'vitest';
import { rotaFeed } from './rota-feed.ts';

const AT = Date.parse('2026-09-18T08:30:00+08:00');
const entry = (title: string) => ({
  uid: 'i/G-3/2026@huiyin',
  from: AT,
  to: AT + 3_600_000,
  title,
  says: 'G-3; 浏览,上报\n第二行',
  alarmMinutes: 15,
});
/** Unfolds and unescapes, as a calendar program does. */
const read = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .filter(line => line.includes(':'))
      .map(line => [
        line.slice(0, line.indexOf(':')),
        line
          .slice(line.indexOf(':') + 1)
          .replaceAll('\\n', '\n')
          .replaceAll(/\\([\\;,])/g, '$1'),
      ]),
  );

test('an entry comes back as it went in', () => {
  const title = `每两小时浏览一次信源${'值守人员'.repeat(20)}`;
  const said = rotaFeed('清江市示例机构 值守', [entry(title)], AT);
  expect(said.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(said.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(Math.max(...said.split('\r\n').map(l => new TextEncoder().encode(l).length))).toBeLessThanOrEqual(75);
  expect(read(said)).toMatchObject({
    SUMMARY: title,
    UID: 'i/G-3/2026@huiyin',
    DTSTART: '20260918T003000Z',
    DTEND: '20260918T013000Z',
    TRIGGER: '-PT15M',
    'X-WR-CALNAME': '清江市示例机构 值守',
  });
});
test('no entries make an empty calendar, not a broken one', () =>
  expect(rotaFeed('x', [], AT).split('\r\n').slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']));

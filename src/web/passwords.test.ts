/** Which passwords are taken, as a table: too short, too common, made of what an attacker knows; sentences are fine. */
import { expect, test } from 'vitest';
import { judgePassword } from './passwords.ts';

const WHO = { login: 'zhangwei', words: ['张伟', '清江县生态环境局', 'Qingjiang County Environment Bureau'] };

test.each([
  ['123456789', 'short'],
  ['1234567890', 'common'],
  ['password123', 'common'],
  ['qwertyuiop', 'common'],
  ['1qaz2wsx3edc', 'common'],
  ['aaaaaaaaaaaa', 'common'],
  ['iloveyou2024', 'common'],
  ['zhangwei2026', 'common'],
  ['Qingjiang2026', 'common'],
  ['huiyin123456', 'common'],
  ['zhangwei', 'short'],
  ['three quiet rivers meet', undefined],
  ['春江水暖鸭先知不知道', undefined],
  ['k7#vP2m!xQ9z', undefined],
  ['x'.repeat(5000), 'common'],
])('%s is judged %s', (wanted, fault) => {
  expect(judgePassword(WHO, { old: 'something else', wanted, again: wanted })).toBe(fault);
});
test('the present one, the login, and two that do not agree', () => {
  const good = 'three quiet rivers meet';
  expect(judgePassword(WHO, { old: good, wanted: good, again: good })).toBe('same');
  expect(
    judgePassword({ login: 'A-Long-Login-Name', words: [] }, { old: '', wanted: 'a-long-login-name', again: '' }),
  ).toBe('same');
  expect(judgePassword(WHO, { old: '', wanted: good, again: `${good}s` })).toBe('differ');
});

/** Whom to tell when, as tables: quiet hours move notices and never duties; channels take what they are for. */
import { expect, test } from 'vitest';
import { type Moment, nextStepAt, type NoticeSettings, NO_NOTICES, quietUntil, remind } from './remind.ts';
import { showInstant } from '#core/calendar';

const OFFSET = 480;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const show = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : showInstant(instant, OFFSET).slice(0, 16);
const NIGHT = { from: '22:00', to: '07:00', holdAll: false };

test.each([
  // quiet from, to,      now                 until                why
  ['22:00', '07:00', '2026-09-18 21:59', undefined, 'one minute before'],
  ['22:00', '07:00', '2026-09-18 22:00', '2026-09-19 07:00', 'the first minute'],
  ['22:00', '07:00', '2026-09-19 06:59', '2026-09-19 07:00', 'the last minute, after midnight'],
  ['22:00', '07:00', '2026-09-19 07:00', undefined, 'its end is not quiet'],
  ['12:00', '14:00', '2026-09-18 13:00', '2026-09-18 14:00', 'inside one day'],
  ['22:00', '07:00', '2026-12-31 23:00', '2027-01-01 07:00', 'over the turn of the year'],
])('quiet %s to %s at %s: until %s (%s)', (from, to, now, until, _why) =>
  expect(show(quietUntil({ from, to, holdAll: false }, at(now), OFFSET))).toBe(until),
);

const moment = (limit: string, what: Moment['what'] = 'soon'): Moment => ({
  key: `k|${what}`,
  dutyKey: 'k',
  caseId: 'C1',
  clause: 'G-4.3c',
  duty: 'told',
  role: 'clerk',
  what,
  dueAt: at(limit),
  limitAt: at(limit),
});
const settings = (more: Partial<NoticeSettings> = {}): NoticeSettings => ({
  ...NO_NOTICES,
  channels: [
    { key: 'post', kind: 'mail', on: true, when: 'every', values: {}, to: ['duty@example.cn'] },
    { key: 'group', kind: 'dingtalk', on: true, when: 'urgent', values: {}, to: [] },
    { key: 'ring', kind: 'voice', on: true, when: 'escalated', values: {}, to: ['0571-1'] },
    { key: 'off', kind: 'feishu', on: false, when: 'every', values: {}, to: [] },
  ],
  addresses: [
    { office: 'unit-1/clerk', kind: 'mail', to: 'clerk@example.cn' },
    { office: 'unit-2/clerk', kind: 'mail', to: 'other@example.cn' },
  ],
  ...more,
});
const tell = (m: Moment, level: number, now: string, s = settings()) =>
  remind(
    s,
    { moment: m, level, offices: [{ unit: 'unit-1', role: 'clerk' }], words: { subject: 's', text: 't' } },
    at(now),
    OFFSET,
  );

test.each([
  // what,  level, channels and addresses                                              why
  ['soon', 0, ['desk unit-1/clerk', 'post duty@example.cn', 'post clerk@example.cn'], 'the desk and what takes all'],
  [
    'due',
    0,
    ['desk unit-1/clerk', 'post duty@example.cn', 'post clerk@example.cn', 'group group'],
    'pressing: the group too',
  ],
  [
    'soon',
    1,
    ['desk unit-1/clerk', 'post duty@example.cn', 'post clerk@example.cn', 'group group', 'ring 0571-1'],
    'nobody took note: the telephone rings',
  ],
] as const)('%s at step %i goes to %j: %s', (what, level, expected, _why) =>
  expect(
    tell(moment('2026-09-18 15:00', what), level, '2026-09-18 14:30').map(n => `${n.channel} ${n.destination}`),
  ).toEqual(expected),
);

test.each([
  // due,             now,                hold all, mail goes at        why
  ['2026-09-19 09:00', '2026-09-18 23:00', false, '2026-09-19 07:00', 'due after the quiet hours: the notice waits'],
  ['2026-09-19 06:00', '2026-09-18 23:00', false, '2026-09-18 23:00', 'due inside: it cannot wait'],
  ['2026-09-19 07:00', '2026-09-18 23:00', false, '2026-09-18 23:00', 'due at their very end: it cannot wait'],
  ['2026-09-19 06:00', '2026-09-18 23:00', true, '2026-09-19 07:00', 'the office holds that too'],
  ['2026-09-18 20:00', '2026-09-18 19:30', false, '2026-09-18 19:30', 'not quiet'],
])('due %s, said at %s, hold all %s: mail at %s (%s)', (limit, now, holdAll, goes) => {
  const m = moment(limit);
  const told = tell(m, 0, now, settings({ quiet: { ...NIGHT, holdAll } }));
  expect(show(told.find(n => n.channel === 'post')?.notBefore)).toBe(goes);
  // On the desk it stands at once, and the duty is where it was.
  expect(show(told.find(n => n.channel === 'desk')?.notBefore)).toBe(now);
  expect(m.limitAt).toBe(at(limit));
});

test('a notice says when it was moved, and its key does not depend on the hour', () => {
  const night = tell(moment('2026-09-19 09:00'), 0, '2026-09-18 23:00', settings({ quiet: NIGHT }))[1];
  const day = tell(moment('2026-09-19 09:00'), 0, '2026-09-18 15:00')[1];
  expect(night?.key).toBe(day?.key);
  expect(show(night?.heldFrom)).toBe('2026-09-18 23:00');
  expect(day).not.toHaveProperty('heldFrom');
});

test('without a span set, nobody further is ever told; with one, it counts from when the notice goes out', () => {
  const due = at('2026-09-19 09:00');
  expect(nextStepAt(settings(), due, at('2026-09-18 23:00'), OFFSET)).toBeUndefined();
  const some = settings({ escalateMinutes: 15, quiet: NIGHT });
  expect(show(nextStepAt(some, due, at('2026-09-18 23:00'), OFFSET))).toBe('2026-09-19 07:15');
});

/**
 * What the worked example shows of a rota and of own channels: shifts of four weeks with one night that nobody can take,
 * a channel whose feed holds a post that nobody signed. Written for the days around `now`, at clock hours.
 */
import { CHINA_OFFSET_MINUTES, dateOfDay, DAY, dayOfInstant, formatInstant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Tenant } from '#io/store';
import { planRota } from '#watch';

const UNIT = 'general-office';
const PATTERN = {
  rota: 'watch',
  unit: UNIT,
  shifts: [
    { name: '日', opens: '08:30', closes: '17:30' },
    { name: '晚', opens: '17:30', closes: '23:00' },
    { name: '夜', opens: '23:00', closes: '08:30' },
  ],
  offices: ['watch-officer', 'watch-second', 'watch-third', 'watch-fourth'],
  restHours: 11,
};
const BACK = 7;
const AHEAD = 21;
/** Days from now to the night that stays open. */
const OPEN_NIGHT = 2;

export function exampleRoster(recordedAt: string, now: number): HuiyinEvent {
  const today = dayOfInstant(now, CHINA_OFFSET_MINUTES);
  const planned = planRota({
    ...PATTERN,
    from: dateOfDay(today - BACK),
    to: dateOfDay(today + AHEAD),
    offsetMinutes: CHINA_OFFSET_MINUTES,
    isAway: () => false,
    isRestDay: () => false,
    standing: [],
  });
  const open = dateOfDay(today + OPEN_NIGHT);
  return {
    id: 'x-roster',
    type: 'duty-roster.set',
    at: recordedAt,
    recordedAt,
    by: { unit: UNIT, role: 'head' },
    data: {
      rota: PATTERN.rota,
      unit: UNIT,
      slots: planned
        .filter(s => s.role !== undefined && !(s.date === open && s.name === '夜'))
        .map(s => ({ from: formatInstant(s.from), to: formatInstant(s.to), role: s.role })),
    },
  };
}

/** Arrangements of the example that are no facts of a matter. */
export async function arrangeExample(tenant: Tenant, now: number): Promise<void> {
  await tenant.rota.putPattern(PATTERN);
  const date = (days: number): string => dateOfDay(dayOfInstant(now, CHINA_OFFSET_MINUTES) + days);
  const holder = { unit: UNIT, role: 'head' };
  const alarm = { unit: 'group-office', role: 'head' };
  const base = { state: 'in-use', holder, alarm } as const;
  await tenant.putSource({
    key: 'example-website',
    kind: 'rss',
    title: '本局网站',
    ownerUnit: UNIT,
    purpose: '对照本机关网站实际发布的内容',
    settings: { url: 'http://www.qingjiang.example/feed', outlet: '清江市信访局网站' },
    state: 'off',
    class: 'own-desk',
    reach: 'domestic',
    pace: 'hour',
    validators: {},
    nextDueAt: now,
    lastSuccessAt: now,
  });
  const site = 'http://www.qingjiang.example/';
  await tenant.ownChannels.put(
    { ...base, channel: 'website', since: now - 200 * DAY, site, source: 'example-website' },
    '建站',
  );
  await tenant.ownChannels.put({ ...base, channel: 'wechat', since: now - 90 * DAY }, '开通');
  await tenant.ownChannels.noteReading('website', now - 12 * 60_000, undefined);
  await tenant.ownChannels.addItems([
    {
      channel: 'website',
      id: 'example-post',
      title: '关于六个小区水费退费的说明',
      text: '六个小区多收的水费将于本月底前原路退回，请居民朋友放心。如有疑问可到一楼窗口咨询。',
      url: 'http://www.qingjiang.example/news/118',
      publishedAt: now - 95 * 60_000,
      seenAt: now - 12 * 60_000,
      state: 'unbacked',
      document: 'reply-1',
      likeness: 0.03,
    },
  ]);
  for (const [id, channel, days, title] of [
    ['example-plan-1', 'website', 1, '接待大厅午间轮值安排'],
    ['example-plan-2', 'wechat', 2, '来信办理流程图解'],
    ['example-plan-3', 'website', 5, '本月来信办理情况通报'],
  ] as const)
    await tenant.ownChannels.plan({ id, channel, on: date(days), title, unit: UNIT });
}

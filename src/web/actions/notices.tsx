/** Taking note of a notice, deciding that one goes out again, and the settings of channels. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Handler } from 'hono';
import type { ChannelSetting, NoticeSettings } from '#case';
import type { Env, House, Visit } from '../context.ts';
import { Notices } from '../pages/notices.tsx';
import { NoticesSettings, type ShownTest } from '../pages/notices-settings.tsx';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

const SHOWN = 200;
async function noticesPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { desk } = visit.house;
  const counts = await countsOf(visit);
  const [reminders, notices] = [await desk.notices.reminders(true), await desk.notices.list(SHOWN)];
  return visit.c.html(
    <Notices visit={visit} counts={counts} reminders={reminders} notices={notices} problems={problems} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const show: Show = visit => noticesPage(visit);

export const act: Act = async ({ visit, text }) => {
  const { house, user, c, w } = visit;
  const { notices } = house.desk;
  switch (text('do')) {
    case 'acknowledge': {
      const who = user.person.code;
      if (!(await notices.acknowledge(text('key'), who))) return noticesPage(visit, [w.noticeLate]);
      await house.desk.audit(who, 'notice-acknowledged', text('key'));
      return goWith(c, '/notices', w.noticeAcknowledged);
    }
    case 'again': {
      if (!(await notices.again(text('id')))) return noticesPage(visit, [w.noticeAgainNot]);
      await house.desk.audit(user.person.code, 'notice-again', text('id'));
      return goWith(c, '/notices', w.noticeAgainSaid);
    }
    default:
      return noticesPage(visit, [w.formOld]);
  }
};

async function settingsPage(
  visit: Visit,
  problems: readonly string[] = [],
  more: { readonly tested?: ShownTest; readonly given?: (name: string) => string } = {},
): Promise<Response> {
  const { desk } = visit.house;
  const counts = await countsOf(visit);
  const settings = await desk.notices.settings();
  return visit.c.html(
    <NoticesSettings visit={visit} counts={counts} settings={settings} problems={problems} {...more} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const settings: Show = visit => settingsPage(visit);

const listOf = (text: string): string[] => text.split(/[,，、\s]+/).filter(a => a !== '');
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { house, user, c, w } = visit;
  const { notices } = house.desk;
  const now = await notices.settings();
  const save = async (next: NoticeSettings, said: string): Promise<Response> => {
    await notices.save(next);
    await house.desk.audit(user.person.code, 'notice-settings', text('do'));
    return goWith(c, '/settings/notices', said);
  };
  const known = now.channels.find(ch => ch.key === text('key'));
  const withChannel = (key: string, next: ChannelSetting | undefined): NoticeSettings => ({
    ...now,
    channels: now.channels.flatMap(ch => (ch.key === key ? (next ? [next] : []) : [ch])),
  });
  switch (text('do')) {
    case 'add': {
      const read = readChannel(posted, now);
      if ('problem' in read) return settingsPage(visit, [read.problem], { given: text });
      return save({ ...now, channels: [...now.channels, read] }, w.channelSaved(read.key));
    }
    case 'on':
    case 'off':
      if (!known) return settingsPage(visit, [w.notFoundTitle]);
      return save(withChannel(known.key, { ...known, on: text('do') === 'on' }), w.channelSaved(known.key));
    case 'remove':
      if (!known) return settingsPage(visit, [w.notFoundTitle]);
      return save(withChannel(known.key, undefined), w.channelSaved(known.key));
    case 'test': {
      if (!known) return settingsPage(visit, [w.notFoundTitle]);
      const addressed = notices.kinds.find(k => k.kind === known.kind)?.address !== undefined;
      if (addressed && text('test-to') === '') return settingsPage(visit, [w.channelNoAddress]);
      const result = await notices.test(known.key, addressed ? text('test-to') : 'group');
      return settingsPage(visit, [], { tested: { channel: known.key, ...result } });
    }
    case 'policy': {
      const read = readPolicy(posted, now);
      return 'problem' in read ? settingsPage(visit, [read.problem]) : save(read, w.settingsSaved);
    }
    case 'addresses': {
      const read = readAddresses(posted);
      return 'problem' in read
        ? settingsPage(visit, [read.problem])
        : save({ ...now, addresses: read.addresses }, w.settingsSaved);
    }
    case 'feed': {
      const feed = Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString('base64url');
      return save({ ...now, feed }, w.settingsSaved);
    }
    case 'feed-off': {
      const { feed: _feed, ...rest } = now;
      return save(rest, w.settingsSaved);
    }
    default:
      return settingsPage(visit, [w.formOld]);
  }
};

function readChannel(
  { visit, text, sent }: Posted,
  now: NoticeSettings,
): ChannelSetting | { readonly problem: string } {
  const { w, house, language } = visit;
  const kind = house.desk.notices.kinds.find(k => k.kind === text('kind'));
  if (!kind) return { problem: w.fieldWrong(w.channelKind) };
  const key = text('key');
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(key) || key === 'desk')
    return { problem: `${w.fieldWrong(w.channelKey)} ${w.channelKeyHint}` };
  if (now.channels.some(c => c.key === key)) return { problem: w.channelKeyTaken };
  const values = Object.fromEntries(
    kind.fields.flatMap(f => {
      const value = (sent.get(`set.${f.name}`)?.[0] ?? '').trim();
      return value === '' ? [] : [[f.name, value] as const];
    }),
  );
  const lacking = kind.fields.find(f => f.needed && values[f.name] === undefined);
  if (lacking) return { problem: w.fieldMissing(lacking.label[language]) };
  const when = text('when');
  const channel: ChannelSetting = {
    key,
    kind: kind.kind,
    // Off until a test has arrived and somebody switches it on.
    on: false,
    when: when === 'urgent' || when === 'escalated' ? when : 'every',
    values,
    to: kind.address === undefined ? [] : listOf(text('to')),
  };
  const problem = house.desk.notices.problem(channel);
  if (problem !== undefined) return { problem: `${kind.title[language]}${w.colon}${problem}` };
  if (kind.kind === 'mail' && !channel.to.every(a => /^[^@\s]+@[^@\s]+$/.test(a)))
    return { problem: w.fieldWrong(w.channelTo) };
  return channel;
}

function readPolicy({ visit, text }: Posted, now: NoticeSettings): NoticeSettings | { readonly problem: string } {
  const { w } = visit;
  const { quiet: _quiet, escalateMinutes: _minutes, address: _address, ...rest } = now;
  const [from, to] = [text('quiet-from'), text('quiet-to')];
  if (
    (from === '') !== (to === '') ||
    (from !== '' && !(CLOCK.test(from) && CLOCK.test(to))) ||
    (from !== '' && from === to)
  )
    return { problem: w.fieldWrong(w.quietTitle) };
  const minutes = Number(text('escalate'));
  if (text('escalate') !== '' && !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 1440))
    return { problem: w.fieldWrong(w.escalateMinutes) };
  if (text('address') !== '' && !/^https?:\/\/[^\s/]+/.test(text('address')))
    return { problem: w.fieldWrong(w.deskAddress) };
  return {
    ...rest,
    ...(from === '' ? {} : { quiet: { from, to, holdAll: text('quiet-all') === 'yes' } }),
    ...(text('escalate') === '' ? {} : { escalateMinutes: minutes }),
    ...(text('address') === '' ? {} : { address: text('address') }),
  };
}

function readAddresses({
  visit,
  sent,
}: Posted): { readonly addresses: NoticeSettings['addresses'] } | { readonly problem: string } {
  const { w, hall, house } = visit;
  const kinds = house.desk.notices.kinds.filter(k => k.address !== undefined).map(k => k.kind);
  const lines = (sent.get('addresses')?.[0] ?? '').split('\n').map(l => l.trim());
  const addresses: { office: string; kind: string; to: string }[] = [];
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const [office = '', kind = '', to = '', more] = line.split(/\s+/);
    const exists = hall.institution.setup.roles.some(r => `${r.unit}/${r.role}` === office);
    if (!exists || !kinds.includes(kind) || to === '' || more !== undefined)
      return { problem: w.rowProblem(i + 1, `${w.addressesWrong}${w.colon}${line}`) };
    addresses.push({ office, kind, to });
  }
  return { addresses };
}

const same = (a: string, b: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
};
/** The rota for calendar programs, which cannot sign in: the address itself is the key, and can be made anew. */
export const rota =
  (house: House): Handler<Env> =>
  async c => {
    const token = (c.req.param('feed') ?? '').replace(/\.ics$/, '');
    const founded = await house.desk.institution();
    const feed = founded ? (await house.desk.notices.settings()).feed : undefined;
    if (feed === undefined || !same(token, feed)) return c.notFound();
    return c.body(await house.desk.rotaCalendar(), 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
    });
  };

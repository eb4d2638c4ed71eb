/** Own channels: registered, handed over, read; what nobody signed is looked at by a person, and only then enters the log. */
import { DAY } from '#core/calendar';
import type { Office } from '#core/log';
import { maskText, signedTexts } from '#watch';
import { newId, type Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import { ChannelItem } from '../pages/own-channel-item.tsx';
import { type ChannelGiven, ChannelNew, ChannelShow } from '../pages/own-channel-show.tsx';
import { CALENDAR_DAYS, OwnChannels } from '../pages/own-channels.tsx';
import { officesHeld } from '../permissions.ts';
import type { OwnChannel } from '../ports-own-channels.ts';
import { keepFormer } from '../take-back.ts';
import { addDays, dateTyped } from '../view/dates.ts';
import { naming } from '../view/naming.ts';
import { channelKeys, channelViews, registrations } from '../view/own-channels.ts';
import { mondayOf } from '../view/rota.ts';
import { dateText } from '../view/times.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

const MOST_ITEMS = 300;
const SHOWN_ITEMS = 40;

async function listPage(visit: Visit, problem?: string): Promise<Response> {
  const { c, house, hall } = visit;
  const { ownChannels } = house.desk;
  const from = mondayOf(dateTyped(c.req.query('from') ?? '') ?? addDays(dateText(hall.now), -7));
  const [registered, items] = [await ownChannels.list(), await ownChannels.items(MOST_ITEMS)];
  const counts = await countsOf(visit);
  return c.html(
    <OwnChannels
      visit={visit}
      counts={counts}
      channels={channelViews(hall, registered, items)}
      unbacked={await ownChannels.items(MOST_ITEMS, 'unbacked')}
      planned={await ownChannels.planned(from, addDays(from, CALENDAR_DAYS))}
      from={from}
      {...(problem === undefined ? {} : { problem })}
    />,
    problem === undefined ? 200 : 422,
  );
}
export const list: Show = visit => listPage(visit);

/** The calendar: intentions, put in and taken out. */
export const plan: Act = async ({ visit, text }) => {
  const { c, w, house, hall, user } = visit;
  const { ownChannels } = house.desk;
  if (!user.office) return listPage(visit, w.noOffice);
  if (text('do') === 'drop') {
    const item = (await ownChannels.planned('2000-01-01', '9999-12-31')).find(p => p.id === text('item'));
    await ownChannels.drop(text('item'));
    const undo = item && (await keepFormer(visit, 'calendar', item, '/channels'));
    return goWith(c, '/channels#calendar', w.own.calendarDropped, undo);
  }
  const on = dateTyped(text('on'));
  const channels = channelKeys(hall, await ownChannels.list());
  const title = maskText(text('title')).text.slice(0, 60);
  if (on === undefined) return listPage(visit, w.own.dateWrong);
  if (on < dateText(hall.now)) return listPage(visit, w.own.calendarPast);
  if (!channels.includes(text('channel')) || !hall.book.org.isUnit(text('unit')))
    return listPage(visit, w.own.channelUnitWrong);
  if (title === '') return listPage(visit, w.fieldMissing(w.own.calendarTitle));
  const item = {
    id: newId(house.desk.now()).replace(/^e/, 'p'),
    channel: text('channel'),
    on,
    title,
    unit: text('unit'),
  };
  await ownChannels.plan(item);
  return goWith(c, `/channels?from=${on}#calendar`, w.own.calendarPlanned);
};

const officeOf = (text: string): Office | undefined => {
  const [unit, role, more] = text.split('/');
  return unit && role && more === undefined ? { unit, role } : undefined;
};
const isHeld = ({ hall }: Visit, office: Office | undefined): office is Office =>
  office !== undefined &&
  officesHeld(hall, dateText(hall.now)).some(o => o.unit === office.unit && o.role === office.role);

const given = ({ text }: Posted, channel: string): ChannelGiven => ({
  channel,
  other: text('other'),
  state: text('state'),
  owner: text('owner'),
  holder: text('holder'),
  site: text('site'),
  source: text('source'),
  feed: text('feed'),
  alarm: text('alarm'),
});
function givenOf({ hall, user }: Visit, key: string, channel: OwnChannel | undefined): ChannelGiven {
  const office = user.office ? `${user.office.unit}/${user.office.role}` : '';
  const owner = registrations(hall, key).find(r => r.column === undefined)?.owner;
  return {
    channel: key,
    other: '',
    state: channel?.state ?? 'in-use',
    owner: owner ?? channel?.holder.unit ?? user.office?.unit ?? '',
    holder: channel ? `${channel.holder.unit}/${channel.holder.role}` : office,
    site: channel?.site ?? '',
    source: channel?.source ?? '',
    feed: '',
    alarm: channel ? `${channel.alarm.unit}/${channel.alarm.role}` : office,
  };
}

async function newPage(visit: Visit, form: ChannelGiven, problems: readonly string[] = []): Promise<Response> {
  const { c, house, hall } = visit;
  const registered = new Set((await house.desk.ownChannels.list()).map(x => x.channel));
  return c.html(
    <ChannelNew
      visit={visit}
      counts={await countsOf(visit)}
      given={form}
      open={Object.keys(hall.rulebook.terms.channels).filter(k => !registered.has(k))}
      sources={await house.desk.sources.list()}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const showNew: Show = visit => newPage(visit, givenOf(visit, '', undefined));

/** A feed of its own becomes a source that is off for the watch: it is read to compare and brings nothing to the inbox. */
async function feedOf(
  visit: Visit,
  form: ChannelGiven,
): Promise<{ readonly key?: string } | { readonly problem: string }> {
  const { house, language, user, hall } = visit;
  if (form.feed === '') return form.source === '' ? {} : { key: form.source };
  const key = `own-${form.channel}`;
  const problem = await house.desk.sources.save({
    key,
    kind: 'rss',
    title: naming(hall, language).channel(form.channel),
    settings: { url: form.feed },
    state: 'off',
    ownerUnit: form.owner,
    purpose: visit.w.own.channelFeedHint,
    class: 'own-desk',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: user.person.code,
  });
  return problem ? { problem: problem[language] } : { key };
}

/** Keeps the register's line; a new owner is a fact and enters the log. */
async function keep(
  visit: Visit,
  form: ChannelGiven,
  before: OwnChannel | undefined,
  note: string,
): Promise<readonly string[]> {
  const { house, hall, w, user } = visit;
  const [holder, alarm] = [officeOf(form.holder), officeOf(form.alarm)];
  const state = (['in-use', 'paused', 'closed'] as const).find(s => s === form.state);
  const problems = [
    ...(/^[A-Za-z][\w-]{0,39}$/.test(form.channel) ? [] : [w.own.channelKeyWrong]),
    ...(isHeld(visit, holder) && isHeld(visit, alarm) && hall.book.org.isUnit(form.owner)
      ? []
      : [w.own.channelUnitWrong]),
    ...(form.site === '' || /^https?:\/\/\S+$/.test(form.site) ? [] : [w.own.channelSiteWrong]),
    ...(state ? [] : [w.formOld]),
  ];
  if (problems.length > 0 || !holder || !alarm || !state || !user.office) return problems;
  const feed = await feedOf(visit, form);
  if ('problem' in feed) return [feed.problem];
  const told = registrations(hall, form.channel).find(r => r.column === undefined);
  if (told?.owner !== form.owner) {
    const outcome = await house.actor.act(user.office, () => [
      { type: 'channel.registered', data: { channel: form.channel, owner: form.owner } },
    ]);
    if (outcome.kind !== 'done') return outcome.kind === 'invalid' ? outcome.faults : [w.notSaved];
  }
  const same = before?.holder.unit === holder.unit && before.holder.role === holder.role;
  await house.desk.ownChannels.put(
    {
      channel: form.channel,
      state,
      holder,
      since: same ? before.since : house.desk.now(),
      ...(form.site === '' ? {} : { site: form.site }),
      ...(feed.key === undefined ? {} : { source: feed.key }),
      alarm,
    },
    note,
  );
  return [];
}

export const register: Act = async posted => {
  const { visit, text } = posted;
  const { c, w, house, hall, language, user } = visit;
  const key = text('channel') === '' ? text('other') : text('channel');
  const form = given(posted, key);
  if (!user.office) return newPage(visit, form, [w.noOffice]);
  if ((await house.desk.ownChannels.list()).some(x => x.channel === key))
    return newPage(visit, form, [w.own.channelKnown]);
  const problems = await keep(visit, form, undefined, w.own.channelsAdd);
  if (problems.length > 0) return newPage(visit, form, problems);
  return goWith(c, `/channels/${key}`, w.own.channelRegisteredFlash(naming(hall, language).channel(key)));
};

async function channelPage(
  visit: Visit,
  key: string,
  problems: readonly string[] = [],
  form?: ChannelGiven,
): Promise<Response> {
  const { c, house, hall } = visit;
  const { ownChannels } = house.desk;
  const registered = await ownChannels.list();
  const items = await ownChannels.items(MOST_ITEMS);
  const view = channelViews(hall, registered, items).find(v => v.key === key);
  if (!view) return c.notFound();
  const today = dateText(hall.now);
  return c.html(
    <ChannelShow
      visit={visit}
      counts={await countsOf(visit)}
      channel={view}
      given={form ?? givenOf(visit, key, view.registered)}
      sources={await house.desk.sources.list()}
      holdings={(await ownChannels.holdings()).filter(h => h.channel === key)}
      items={items.filter(i => i.channel === key).slice(0, SHOWN_ITEMS)}
      planned={(await ownChannels.planned(today, addDays(today, 31))).filter(p => p.channel === key)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
const keyOf = (visit: Visit): string => visit.c.req.param('channel') ?? '';
export const show: Show = visit => channelPage(visit, keyOf(visit));

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { c, w, house, hall, user, language } = visit;
  const key = keyOf(visit);
  const path = `/channels/${key}`;
  const before = (await house.desk.ownChannels.list()).find(x => x.channel === key);
  if (!channelKeys(hall, before ? [before] : []).includes(key)) return c.notFound();
  if (!user.office) return channelPage(visit, key, [w.noOffice]);
  switch (text('do')) {
    case 'change': {
      const problems = await keep(visit, given(posted, key), before, w.own.channelsAdd);
      return problems.length > 0
        ? channelPage(visit, key, problems, given(posted, key))
        : goWith(c, path, w.own.channelSaved);
    }
    case 'hand-over': {
      const to = officeOf(text('to'));
      if (!before || !isHeld(visit, to)) return channelPage(visit, key, [w.own.channelUnitWrong]);
      if (before.holder.unit === to.unit && before.holder.role === to.role)
        return channelPage(visit, key, [w.own.channelHandSame]);
      const note = maskText(text('note')).text;
      if (note === '') return channelPage(visit, key, [w.fieldMissing(w.own.channelHandNote)]);
      await house.desk.ownChannels.put({ ...before, holder: to, since: house.desk.now() }, note);
      return goWith(c, path, w.own.channelHanded(naming(hall, language).office(to)));
    }
    case 'column': {
      const column = maskText(text('column')).text;
      if (!hall.book.org.isUnit(text('owner'))) return channelPage(visit, key, [w.own.channelUnitWrong]);
      if (column === '') return channelPage(visit, key, [w.fieldMissing(w.own.channelColumn)]);
      const entry: Proposal = { type: 'channel.registered', data: { channel: key, owner: text('owner'), column } };
      const outcome = await house.actor.act(user.office, () => [entry]);
      if (outcome.kind !== 'done')
        return channelPage(visit, key, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
      return goWith(c, path, w.own.channelSaved);
    }
    case 'read': {
      const read = await house.desk.ownChannels.readNow(key);
      return goWith(
        c,
        path,
        read.problem === undefined ? w.own.channelRead(read.unbacked) : w.own.channelReadFailed(read.problem),
      );
    }
    default:
      return channelPage(visit, key, [w.formOld]);
  }
};

async function itemPage(visit: Visit, problem?: string): Promise<Response> {
  const { c, house, hall } = visit;
  const item = await house.desk.ownChannels.item(keyOf(visit), c.req.param('item') ?? '');
  if (!item) return c.notFound();
  const nearest = signedTexts(hall.events).findLast(t => t.document === item.document);
  const drafted = hall.events.findLast(e => e.type === 'draft.written' && e.data['document'] === item.document);
  const around = item.publishedAt ?? item.seenAt;
  const owner = registrations(hall, item.channel).find(r => r.column === undefined)?.owner;
  return c.html(
    <ChannelItem
      visit={visit}
      counts={await countsOf(visit)}
      item={item}
      {...(nearest ? { nearest: { ...nearest, ...(drafted?.case === undefined ? {} : { case: drafted.case }) } } : {})}
      sameDay={hall.events.filter(
        e =>
          e.type === 'publication.made' &&
          e.data['channel'] === item.channel &&
          Math.abs(Date.parse(e.at) - around) < DAY,
      )}
      owner={owner ?? ''}
      {...(problem === undefined ? {} : { problem })}
    />,
    problem === undefined ? 200 : 422,
  );
}
export const showItem: Show = visit => itemPage(visit);

export const judge: Act = async ({ visit, text }) => {
  const { c, w, house, hall, user } = visit;
  const { ownChannels } = house.desk;
  const item = await ownChannels.item(keyOf(visit), c.req.param('item') ?? '');
  if (!item) return c.notFound();
  if (!user.office) return itemPage(visit, w.noOffice);
  if (item.state !== 'unbacked') return itemPage(visit, w.own.itemSettled);
  const { unit, role } = user.office;
  const looked = { by: { unit, role }, at: house.desk.now() };
  if (text('do') === 'explain') {
    const why = maskText(text('why')).text;
    if (why === '') return itemPage(visit, w.fieldMissing(w.own.itemWhy));
    const mine = await ownChannels.settle(item.channel, item.id, { ...looked, state: 'explained', why });
    return mine ? goWith(c, '/channels', w.own.itemExplained) : itemPage(visit, w.own.itemSettled);
  }
  if (text('do') !== 'record') return itemPage(visit, w.formOld);
  const what = maskText(text('what')).text;
  if (what === '') return itemPage(visit, w.fieldMissing(w.own.itemWhat));
  if (!hall.book.org.isUnit(text('unit'))) return itemPage(visit, w.own.channelUnitWrong);
  const outcome = await house.actor.act(user.office, () => [
    { type: 'publication.found', data: { unit: text('unit'), channelKind: text('kind'), what } },
  ]);
  if (outcome.kind !== 'done')
    return itemPage(visit, outcome.kind === 'invalid' ? outcome.faults.join(' ') : w.notSaved);
  const event = outcome.events[0]?.id;
  await ownChannels.settle(item.channel, item.id, {
    ...looked,
    state: 'recorded',
    why: what,
    ...(event === undefined ? {} : { event }),
  });
  return goWith(c, '/channels', w.own.itemRecorded);
};

/** Own channels: each with its holder, today's count against its article, how fresh it is; alarms first; a month of publications. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Empty, NotSaved, Token } from '../parts/small.tsx';
import type { OwnItem, PlannedItem } from '../ports-own-channels.ts';
import { addDays } from '../view/dates.ts';
import { naming } from '../view/naming.ts';
import { type CalendarDay, type ChannelView, dayOfWeek, publicationCalendar } from '../view/own-channels.ts';
import { datesFrom, lookOfDay } from '../view/rota.ts';
import { clockText, dateText, dayText, momentText } from '../view/times.ts';

/** Five weeks: the one before, this one, three ahead. */
export const CALENDAR_DAYS = 35;

export const OwnChannels: FC<{
  visit: Visit;
  counts: Counts;
  channels: readonly ChannelView[];
  unbacked: readonly OwnItem[];
  planned: readonly PlannedItem[];
  /** The Monday with which the calendar begins. */
  from: string;
  problem?: string;
}> = ({ visit, counts, channels, unbacked, planned, from, problem }) => {
  const { w } = visit;
  const { own } = w;
  return (
    <Page visit={visit} tab="channels" title={own.channelsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{own.channelsTitle}</h1>
          <p class="sub">{own.channelsSub}</p>
        </div>
        <div class="acts no-print">
          <a class="btn" href="#calendar">
            {own.channelsCalendar}
          </a>
          <a class="btn go" href="/channels/new">
            {own.channelsAdd}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problem} />
      {unbacked.length === 0 ? '' : <Unbacked visit={visit} items={unbacked} />}
      {channels.length === 0 ? (
        <Empty title={own.channelsEmptyTitle} says={own.channelsEmptySays}>
          <a class="btn go" href="/channels/new">
            {own.channelsAdd}
          </a>
        </Empty>
      ) : (
        <ol class="channels sec">
          {channels.map(c => (
            <ChannelRow visit={visit} channel={c} />
          ))}
        </ol>
      )}
      {channels.length === 0 ? (
        ''
      ) : (
        <Calendar
          visit={visit}
          days={publicationCalendar(
            visit.hall,
            channels.map(c => c.key),
            planned,
            datesFrom(from, addDays(from, CALENDAR_DAYS)),
          )}
          channels={channels}
          from={from}
        />
      )}
    </Page>
  );
};

export const Unbacked: FC<{ visit: Visit; items: readonly OwnItem[] }> = ({ visit, items }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  return (
    <div class="alert stop sec" role="alert" id="unbacked">
      <b>{w.own.alarmTitle(items.length)}</b>
      <p>{w.own.alarmSays}</p>
      <ul class="plain">
        {items.slice(0, 8).map(i => (
          <li data-row>
            <a href={`/channels/${i.channel}/items/${i.id}`} data-go>
              {i.title === '' ? w.noTitle : i.title}
            </a>{' '}
            <small>
              {names.channel(i.channel)} {momentText(language, i.publishedAt ?? i.seenAt, hall.now)}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Counts against the article and what is still wanted, as a person says it. */
export const Quota: FC<{ visit: Visit; channel: ChannelView }> = ({ visit, channel }) => {
  const { w, hall, language } = visit;
  const { own } = w;
  const names = naming(hall, language);
  const labels: Readonly<Record<string, string>> = own.channelLabels;
  const label = (key: string): string => labels[key] ?? names.key(key);
  if (channel.today.length === 0 && !channel.gap) return <p class="note">{own.channelNoQuota}</p>;
  const sep = language === 'zh' ? '，' : ', ';
  return (
    <>
      {channel.today.map(q => (
        <p class={q.short && !q.soft ? 'quota short' : 'quota'}>
          <b>
            {Object.entries(q.targets)
              .map(([key, target]) => own.channelQuota(label(key), q.counts[key] ?? 0, target))
              .join(sep)}
          </b>{' '}
          {q.short
            ? Object.entries(q.short)
                .map(([key, n]) => own.channelShort(label(key), n))
                .join(sep)
            : own.channelMet}{' '}
          <Clause clause={names.clause(q.clause)} />
          {q.soft ? <small class="note"> {own.channelSoft}</small> : ''}
        </p>
      ))}
      {channel.gap ? <GapSaid visit={visit} gap={channel.gap} /> : ''}
    </>
  );
};
const GapSaid: FC<{ visit: Visit; gap: NonNullable<ChannelView['gap']> }> = ({ visit, gap }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const due = gap.dueAt === null ? undefined : Date.parse(gap.dueAt);
  if (due === undefined) return <></>;
  const day = gap.dueOn ?? dateText(due);
  // Within a week people say the weekday; the date stands beside it.
  const said = `${dayOfWeek(w, day)}（${dayText(language, day, hall.now)}）`;
  return (
    <p class={gap.state === 'late' ? 'quota late' : 'quota'}>
      <Hui size="xs" look={gap.state === 'late' ? 'late' : 'far'} />{' '}
      {gap.state === 'late'
        ? w.own.channelDueLate(said)
        : gap.dueOn === undefined
          ? w.own.channelDueAt(said, clockText(due))
          : w.own.channelDueBy(said)}{' '}
      <Clause clause={names.clause(gap.clause)} />
    </p>
  );
};

/** How fresh it is by its own feed; a feed nobody reads is drawn as silence, never as nothing new. */
export const Freshness: FC<{ visit: Visit; channel: ChannelView }> = ({ visit, channel }) => {
  const { w, hall, language } = visit;
  const { own } = w;
  const { registered, lastSeen, lastPublished } = channel;
  const at = (moment: number): string => momentText(language, moment, hall.now);
  const silent =
    registered?.source === undefined || registered.problem !== undefined || registered.readAt === undefined;
  return (
    <p class={silent ? 'fresh silent' : 'fresh'}>
      {registered?.source === undefined
        ? own.channelNoFeed
        : registered.problem !== undefined
          ? own.channelReadFailed(registered.problem)
          : registered.readAt === undefined
            ? own.channelNeverRead
            : own.channelReadAt(at(registered.readAt))}
      {lastSeen ? (
        <>
          <br />
          {own.channelLastSeen(at(lastSeen.publishedAt ?? lastSeen.seenAt))}
        </>
      ) : (
        ''
      )}
      <br />
      {lastPublished === undefined ? own.channelNothingPublished : own.channelLastPublished(at(lastPublished))}
    </p>
  );
};

const ChannelRow: FC<{ visit: Visit; channel: ChannelView }> = ({ visit, channel }) => {
  const { w, hall, language } = visit;
  const { own } = w;
  const names = naming(hall, language);
  const { registered, owner, shares } = channel;
  return (
    <li class="channel" data-row>
      <div>
        <h2>
          <a href={`/channels/${channel.key}`} data-go>
            {names.channel(channel.key)}
          </a>{' '}
          <span class={registered ? 'tag' : 'tag dash'}>
            {registered ? own.channelStates[registered.state] : own.channelUnregistered}
          </span>
          {channel.unbacked.length > 0 ? <span class="tag late">{own.alarmTitle(channel.unbacked.length)}</span> : ''}
        </h2>
        <dl class="kv">
          {owner ? (
            <>
              <dt>{own.channelOwner}</dt>
              <dd>{names.unit(owner.owner)}</dd>
            </>
          ) : (
            ''
          )}
          {registered ? (
            <>
              <dt>{own.channelHolder}</dt>
              <dd>{names.office(registered.holder)}</dd>
            </>
          ) : (
            ''
          )}
        </dl>
      </div>
      <div>
        <h3>{own.channelToday}</h3>
        <Quota visit={visit} channel={channel} />
        <p class="note">
          {shares.all === 0
            ? own.channelNoShare
            : own.channelShare(shares.original, shares.all, Math.round((100 * shares.original) / shares.all))}
        </p>
      </div>
      <div>
        <Freshness visit={visit} channel={channel} />
      </div>
    </li>
  );
};

const Calendar: FC<{
  visit: Visit;
  days: readonly CalendarDay[];
  channels: readonly ChannelView[];
  from: string;
}> = ({ visit, days, channels, from }) => {
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  const today = dateText(hall.now);
  const sep = language === 'zh' ? '至' : ' to ';
  const units = hall.institution.setup.units.filter(
    u => u.kind !== 'institution' && u.kind !== 'outside' && u.kind !== 'superior',
  );
  return (
    <section class="sec" id="calendar">
      <div class="sec-h">
        <h2>{own.channelsCalendar}</h2>
        <span class="num">
          {dayText(language, from, hall.now)}
          {sep}
          {dayText(language, addDays(from, CALENDAR_DAYS - 1), hall.now)}
        </span>
        <span class="note no-print">
          <a href={`/channels?from=${addDays(from, -28)}#calendar`}>{own.calendarBefore}</a> ·{' '}
          <a href={`/channels?from=${addDays(from, 28)}#calendar`}>{own.calendarAfter}</a>
        </span>
      </div>
      <form method="post" action="/channels" class="pane plan-one no-print">
        <Token csrf={user.session.csrf} />
        <div class="field">
          <label for="pl-on">{own.calendarOn}</label>
          <input id="pl-on" name="on" type="date" min={today} value={today} required />
        </div>
        <div class="field">
          <label for="pl-channel">{own.channelName}</label>
          <select id="pl-channel" name="channel">
            {channels.map(c => (
              <option value={c.key}>{names.channel(c.key)}</option>
            ))}
          </select>
        </div>
        <div class="field wide">
          <label for="pl-title">{own.calendarTitle}</label>
          <input id="pl-title" name="title" maxlength={60} required />
        </div>
        <div class="field">
          <label for="pl-unit">{own.calendarUnit}</label>
          <select id="pl-unit" name="unit">
            {units.map(u => (
              <option value={u.key} selected={u.key === user.office?.unit}>
                {names.unit(u.key)}
              </option>
            ))}
          </select>
        </div>
        <button class="btn" type="submit" name="do" value="plan">
          {own.calendarPlan}
        </button>
        <p class="note">{own.calendarPlanSays}</p>
      </form>
      <ol class="month">
        {days.map(d => (
          <CalendarCell visit={visit} day={d} />
        ))}
      </ol>
    </section>
  );
};

/** What a day lacked: the number, or of which kind where the number was reached. */
function shortText(own: Visit['w']['own'], short: Readonly<Record<string, number>>): string {
  const labels: Readonly<Record<string, string>> = own.channelLabels;
  const total = short['total'];
  if (total !== undefined) return own.calendarShort(total);
  return Object.entries(short)
    .map(([key, n]) => own.channelShort(labels[key] ?? key, n))
    .join(' ');
}

const CalendarCell: FC<{ visit: Visit; day: CalendarDay }> = ({ visit, day }) => {
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  const today = dateText(hall.now);
  const { look, holiday } = lookOfDay(hall, day.date);
  const sep = language === 'zh' ? '，' : ', ';
  const weekday = dayOfWeek(w, day.date);
  const mark = look === 'rest' ? w.rotaRest : look === 'swap' ? `${w.rotaWork} ${w.rotaLegendSwap}` : '';
  const past = day.date <= today;
  return (
    <li class={`cal ${look}${day.date === today ? ' today' : ''}${day.date < today ? ' past' : ''}`}>
      <header>
        <b>
          {day.date.endsWith('-01') ? `${Number(day.date.slice(5, 7))}/` : ''}
          {Number(day.date.slice(8))}
        </b>{' '}
        <span>{weekday}</span> <small>{[mark, holiday].filter(Boolean).join(' ')}</small>
      </header>
      {day.stages.map(s => (
        <p class="stage">
          {s.case === undefined ? (
            own.calendarStage(s.what)
          ) : (
            <a href={`/cases/${s.case}`}>{own.calendarStage(s.what)}</a>
          )}
        </p>
      ))}
      {day.cells.map(c => {
        const original = c.published.filter(p => p.data['original'] === true).length;
        const short = past ? c.quotas.filter(q => q.short) : [];
        if (c.published.length === 0 && short.length === 0 && c.planned.length === 0) return '';
        return (
          <div class="on-channel">
            <span class="ch">{names.channel(c.channel)}</span>{' '}
            {c.published.length === 0 ? '' : own.calendarPublished(c.published.length)}
            {original > 0 ? `${sep}${own.calendarOriginal(original)}` : ''}
            {short.map(q => (
              <span class={q.soft || q.state === 'open' ? 'note' : 'late-n'}>
                {' '}
                {q.soft || q.state === 'open' ? '' : '✕ '}
                {shortText(own, q.short ?? {})}
              </span>
            ))}
            {c.planned.map(p => (
              <form method="post" action="/channels" class="planned-item">
                <Token csrf={user.session.csrf} />
                <input type="hidden" name="item" value={p.id} />
                <span>{p.title}</span>
                {day.date >= today ? (
                  <button
                    class="btn text"
                    type="submit"
                    name="do"
                    value="drop"
                    aria-label={`${own.calendarDrop} ${p.title}`}
                  >
                    {own.calendarDrop}
                  </button>
                ) : (
                  ''
                )}
              </form>
            ))}
          </div>
        );
      })}
    </li>
  );
};

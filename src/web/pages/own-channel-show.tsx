/** One own channel: its register, columns, hand-over with what is open, and what its own feed shows. */
import type { Office } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Token } from '../parts/small.tsx';
import { officesHeld } from '../permissions.ts';
import type { Holding, OwnItem, PlannedItem } from '../ports-own-channels.ts';
import type { Source } from '../ports-sources.ts';
import { naming } from '../view/naming.ts';
import type { ChannelView } from '../view/own-channels.ts';
import { dateText, dayText, momentText } from '../view/times.ts';
import { Freshness, Quota } from './own-channels.tsx';

/** What a form of the register holds. */
export interface ChannelGiven {
  readonly channel: string;
  readonly other: string;
  readonly state: string;
  readonly owner: string;
  readonly holder: string;
  readonly site: string;
  readonly source: string;
  readonly feed: string;
  readonly alarm: string;
}
const officeKey = (o: Office): string => `${o.unit}/${o.role}`;

const OfficeChoice: FC<{ visit: Visit; id: string; name: string; value: string; hint?: string; label: string }> = ({
  visit,
  id,
  name,
  value,
  hint,
  label,
}) => {
  const { hall, language } = visit;
  const names = naming(hall, language);
  const offices = [...new Map(officesHeld(hall, dateText(hall.now)).map(o => [officeKey(o), o])).values()];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? '' : <span class="hint">{hint}</span>}
      <select id={id} name={name}>
        {offices.map(o => (
          <option value={officeKey(o)} selected={officeKey(o) === value}>
            {names.office(o)}
          </option>
        ))}
      </select>
    </div>
  );
};

export const ChannelForm: FC<{
  visit: Visit;
  given: ChannelGiven;
  /** Channels of the rulebook that are not registered yet; absent where one is changed. */
  open?: readonly string[];
  sources: readonly Source[];
}> = ({ visit, given, open, sources }) => {
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  const units = hall.institution.setup.units.filter(u => !['institution', 'outside', 'superior'].includes(u.kind));
  return (
    <form class="pane" method="post" action={open ? '/channels/new' : `/channels/${given.channel}`}>
      <Token csrf={user.session.csrf} />
      {open ? (
        <div class="two">
          <div class="field">
            <label for="ch-channel">{own.channelName}</label>
            <select id="ch-channel" name="channel">
              {open.map(c => (
                <option value={c} selected={c === given.channel}>
                  {names.channel(c)}
                </option>
              ))}
              <option value="" selected={given.channel === ''}>
                {own.channelOther}
              </option>
            </select>
          </div>
          <div class="field">
            <label for="ch-other">{own.channelKey}</label>
            <span class="hint">{own.channelKeyHint}</span>
            <input id="ch-other" name="other" value={given.other} maxlength={40} pattern="[A-Za-z][A-Za-z0-9\-]*" />
          </div>
        </div>
      ) : (
        ''
      )}
      <div class="two">
        <div class="field">
          <label for="ch-owner">{own.channelOwner}</label>
          <select id="ch-owner" name="owner">
            {units.map(u => (
              <option value={u.key} selected={u.key === given.owner}>
                {names.unit(u.key)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="ch-state">{own.channelState}</label>
          <select id="ch-state" name="state">
            {(['in-use', 'paused', 'closed'] as const).map(s => (
              <option value={s} selected={s === given.state}>
                {own.channelStates[s]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div class="two">
        {open ? (
          <OfficeChoice
            visit={visit}
            id="ch-holder"
            name="holder"
            value={given.holder}
            label={own.channelHolder}
            hint={own.channelHolderHint}
          />
        ) : (
          <input type="hidden" name="holder" value={given.holder} />
        )}
        <div class="field">
          <label for="ch-site">
            {own.channelSite}
            <span class="opt-t">{w.optional}</span>
          </label>
          <input id="ch-site" name="site" type="url" value={given.site} />
        </div>
      </div>
      <div class="two">
        <div class="field">
          <label for="ch-source">{own.channelFeed}</label>
          <span class="hint">{own.channelFeedHint}</span>
          <select id="ch-source" name="source">
            <option value="">{own.channelFeedNone}</option>
            {sources.map(s => (
              <option value={s.key} selected={s.key === given.source}>
                {s.title}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="ch-feed">
            {own.channelFeedNew}
            <span class="opt-t">{w.optional}</span>
          </label>
          <input id="ch-feed" name="feed" type="url" value={given.feed} />
        </div>
      </div>
      <OfficeChoice visit={visit} id="ch-alarm" name="alarm" value={given.alarm} label={own.channelAlarm} />
      <button class="btn go" type="submit" name="do" value={open ? 'register' : 'change'}>
        {open ? own.channelsAdd : own.channelSave}
      </button>
    </form>
  );
};

export const ChannelNew: FC<{
  visit: Visit;
  counts: Counts;
  given: ChannelGiven;
  open: readonly string[];
  sources: readonly Source[];
  problems: readonly string[];
}> = ({ visit, counts, given, open, sources, problems }) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="channels" title={w.own.channelsAdd} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/channels">{w.own.channelsTitle}</a>
          </p>
          <h1>{w.own.channelsAdd}</h1>
        </div>
      </div>
      <Problems visit={visit} problems={problems} />
      <div class="mid">
        <ChannelForm visit={visit} given={given} open={open} sources={sources} />
      </div>
    </Page>
  );
};
const Problems: FC<{ visit: Visit; problems: readonly string[] }> = ({ visit, problems }) =>
  problems.length === 0 ? (
    <></>
  ) : (
    <Alert title={visit.w.notSaved} stop>
      <ul>
        {problems.map(p => (
          <li>{p}</li>
        ))}
      </ul>
    </Alert>
  );

export const ChannelShow: FC<{
  visit: Visit;
  counts: Counts;
  channel: ChannelView;
  given: ChannelGiven;
  sources: readonly Source[];
  holdings: readonly Holding[];
  items: readonly OwnItem[];
  planned: readonly PlannedItem[];
  problems: readonly string[];
}> = props => {
  const { visit, counts, channel, given, sources, items, problems } = props;
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  return (
    <Page visit={visit} tab="channels" title={names.channel(channel.key)} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/channels">{own.channelsTitle}</a>
          </p>
          <h1>{names.channel(channel.key)}</h1>
          {given.site === '' ? '' : <p class="sub">{given.site}</p>}
        </div>
        {channel.registered?.source === undefined ? (
          ''
        ) : (
          <form class="acts" method="post" action={`/channels/${channel.key}`}>
            <Token csrf={user.session.csrf} />
            <button class="btn go" type="submit" name="do" value="read">
              {own.channelReadNow}
            </button>
          </form>
        )}
      </div>
      <Problems visit={visit} problems={problems} />
      <div class="cols">
        <div>
          <section class="sec">
            <div class="sec-h">
              <h2>{own.itemsTitle}</h2>
            </div>
            {items.length === 0 ? (
              <p class="note">{own.itemsNone}</p>
            ) : (
              <ul class="mini items">
                {items.map(i => (
                  <li data-row>
                    <Hui
                      size="xs"
                      look={
                        i.state === 'unbacked'
                          ? 'late'
                          : i.state === 'recorded'
                            ? 'donelate'
                            : i.state === 'before'
                              ? 'far'
                              : 'done'
                      }
                    />
                    <span>
                      <a href={`/channels/${i.channel}/items/${i.id}`} data-go>
                        {i.title === '' ? w.noTitle : i.title}
                      </a>
                      <br />
                      <small>{own.itemStates[i.state]}</small>
                    </span>
                    <time>{momentText(language, i.publishedAt ?? i.seenAt, hall.now)}</time>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <ChannelForm visit={visit} given={given} sources={sources} />
        </div>
        <aside class="side">
          <section>
            <h2>{own.channelToday}</h2>
            <Quota visit={visit} channel={channel} />
            <Freshness visit={visit} channel={channel} />
          </section>
          <HandOver {...props} />
          <Columns {...props} />
        </aside>
      </div>
    </Page>
  );
};

const HandOver: FC<{
  visit: Visit;
  channel: ChannelView;
  holdings: readonly Holding[];
  planned: readonly PlannedItem[];
}> = ({ visit, channel, holdings, planned }) => {
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  if (!channel.registered) return <></>;
  const short = channel.today.flatMap(q => (q.short ? [q] : []));
  return (
    <section id="hand-over">
      <h2>{own.channelHandTitle}</h2>
      <details>
        <summary>{own.channelHandDo}</summary>
        <form method="post" action={`/channels/${channel.key}`}>
          <Token csrf={user.session.csrf} />
          <p class="note">{own.channelHandSays}</p>
          <p>
            <b>{own.channelHandOpen}</b>
          </p>
          <ul class="plain dense">
            {planned.map(p => (
              <li>
                {dayText(language, p.on, hall.now)} {p.title}
              </li>
            ))}
            {short.length === 0 ? '' : <Quota visit={visit} channel={channel} />}
            {planned.length === 0 && short.length === 0 ? <li class="note">{own.channelHandNothing}</li> : ''}
          </ul>
          <OfficeChoice
            visit={visit}
            id="ho-to"
            name="to"
            value={officeKey(channel.registered.holder)}
            label={own.channelHandTo}
          />
          <div class="field">
            <label for="ho-note">{own.channelHandNote}</label>
            <span class="hint">{own.channelHandNoteHint}</span>
            <input id="ho-note" name="note" maxlength={200} required />
          </div>
          <button class="btn" type="submit" name="do" value="hand-over">
            {own.channelHandDo}
          </button>
        </form>
      </details>
      <h3>{own.channelHistory}</h3>
      <ul class="log wide">
        {holdings.map(h => (
          <li>
            <time>{dayText(language, dateText(h.since), hall.now)}</time>
            <span>
              {names.office(h)}
              <br />
              <small>{h.note}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Columns: FC<{ visit: Visit; channel: ChannelView }> = ({ visit, channel }) => {
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  return (
    <section>
      <h2>{own.channelColumns}</h2>
      <ul class="plain dense">
        {channel.columns.map(c => (
          <li>
            {c.column}：{names.unit(c.owner)}
          </li>
        ))}
      </ul>
      <details>
        <summary>{own.channelColumnAdd}</summary>
        <form method="post" action={`/channels/${channel.key}`}>
          <Token csrf={user.session.csrf} />
          <div class="field">
            <label for="co-column">{own.channelColumn}</label>
            <input id="co-column" name="column" maxlength={40} required />
          </div>
          <div class="field">
            <label for="co-owner">{own.channelOwner}</label>
            <select id="co-owner" name="owner">
              {hall.institution.setup.units
                .filter(u => !['institution', 'outside', 'superior'].includes(u.kind))
                .map(u => (
                  <option value={u.key}>{names.unit(u.key)}</option>
                ))}
            </select>
          </div>
          <button class="btn" type="submit" name="do" value="column">
            {own.channelColumnAdd}
          </button>
        </form>
      </details>
    </section>
  );
};

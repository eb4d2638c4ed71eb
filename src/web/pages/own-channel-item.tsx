/** One post of an own channel beside the nearest signed text; a person says what it is. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { OwnItem } from '../ports-own-channels.ts';
import type { StoredEvent } from '../ports.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { fullMoment, momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

export const ChannelItem: FC<{
  visit: Visit;
  counts: Counts;
  item: OwnItem;
  nearest?: { readonly document: string; readonly text: string; readonly case?: string };
  sameDay: readonly StoredEvent[];
  owner: string;
  problem?: string;
}> = ({ visit, counts, item, nearest, sameDay, owner, problem }) => {
  const { w, hall, language, user } = visit;
  const { own } = w;
  const names = naming(hall, language);
  const action = `/channels/${item.channel}/items/${item.id}`;
  const units = hall.institution.setup.units.filter(u => !['institution', 'outside', 'superior'].includes(u.kind));
  return (
    <Page visit={visit} tab="channels" title={own.itemTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/channels">{own.channelsTitle}</a> ·{' '}
            <a href={`/channels/${item.channel}`}>{names.channel(item.channel)}</a>
          </p>
          <h1>{item.title === '' ? w.noTitle : item.title}</h1>
          <p class="sub">
            <span class={item.state === 'unbacked' ? 'tag late' : 'tag'}>{own.itemStates[item.state]}</span>{' '}
            {item.publishedAt === undefined ? '' : own.itemPublished(fullMoment(language, item.publishedAt, hall.now))}{' '}
            {own.itemSeen(momentText(language, item.seenAt, hall.now))}
          </p>
        </div>
        {item.url === undefined ? (
          ''
        ) : (
          <div class="acts no-print">
            <a class="btn" href={item.url} rel="noreferrer">
              {own.itemOpen}
            </a>
          </div>
        )}
      </div>
      <NotSaved w={w} why={problem} />
      <div class="two side-by-side">
        <section>
          <h2>{own.itemOnChannel}</h2>
          <p class="song text">{item.text}</p>
        </section>
        <section>
          <h2>{own.itemNearest}</h2>
          {nearest ? (
            <>
              <p class="note">
                {own.itemLikeness(Math.round(item.likeness * 100))}{' '}
                {nearest.case === undefined ? (
                  nearest.document
                ) : (
                  <a href={`/cases/${nearest.case}/reply/${nearest.document}`}>{nearest.document}</a>
                )}
              </p>
              <p class="song text">{nearest.text}</p>
            </>
          ) : (
            <p class="note">{own.itemNoNearest}</p>
          )}
        </section>
      </div>
      <section class="sec">
        <h2>{own.itemSameDay}</h2>
        {sameDay.length === 0 ? <p class="note">{own.itemNoSameDay}</p> : ''}
        <ul class="log wide">
          {sameDay.map(e => (
            <li>
              <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
              <span>
                {sentence(e, language, names).detail} {String(e.data['document'])}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {item.state === 'unbacked' ? (
        <div class="two judge">
          <form class="pane" method="post" action={action}>
            <Token csrf={user.session.csrf} />
            <h2>{own.itemExplain}</h2>
            <p class="note">{own.itemExplainSays}</p>
            <div class="field">
              <label for="it-why">{own.itemWhy}</label>
              <textarea id="it-why" name="why" required maxlength={500}></textarea>
            </div>
            <button class="btn" type="submit" name="do" value="explain">
              {own.itemExplain}
            </button>
          </form>
          <form class="pane" method="post" action={action}>
            <Token csrf={user.session.csrf} />
            <h2>{own.itemRecord}</h2>
            <p class="note">{own.itemRecordSays}</p>
            <div class="field">
              <label for="it-unit">{own.itemUnit}</label>
              <select id="it-unit" name="unit">
                {units.map(u => (
                  <option value={u.key} selected={u.key === owner}>
                    {names.unit(u.key)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="it-kind">{own.itemKind}</label>
              <select id="it-kind" name="kind">
                {['own-channel', 'unit-account', 'staff-account', 'spoken'].map(k => (
                  <option value={k}>{valueLabel(language, 'channelKind', k)}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="it-what">{own.itemWhat}</label>
              <span class="hint">{w.identityHint}</span>
              <textarea id="it-what" name="what" required maxlength={500}>
                {`${names.channel(item.channel)}：${item.title}`}
              </textarea>
            </div>
            <button class="btn" type="submit" name="do" value="record">
              {own.itemRecord}
            </button>
          </form>
        </div>
      ) : item.lookedBy && item.lookedAt !== undefined ? (
        <section class="sec">
          <p>
            {own.itemLookedBy(names.office(item.lookedBy), momentText(language, item.lookedAt, hall.now))}
            {w.colon}
            {item.why}
          </p>
        </section>
      ) : (
        ''
      )}
    </Page>
  );
};

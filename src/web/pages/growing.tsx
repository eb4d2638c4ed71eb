/** What nobody watched for and grows near us; what people keep asking. Two lists that need no rule. */
import type { Growing } from '#core/text';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, Token } from '../parts/small.tsx';
import type { PassedItem } from '../ports-triage.ts';
import { momentText } from '../view/times.ts';
import type { Recurrence } from '../view/topics.ts';

export const GrowingPage: FC<{
  visit: Visit;
  counts: Counts;
  growing: readonly { readonly row: Growing; readonly items: readonly PassedItem[] }[];
  places: readonly string[];
}> = ({ visit, counts, growing, places }) => {
  const { w, language, hall, user } = visit;
  return (
    <Page visit={visit} tab="inbox" title={w.growingTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/inbox">{w.nav.inbox}</a>
          </p>
          <h1>{w.growingTitle}</h1>
          <p class="sub">{w.growingSub}</p>
        </div>
      </div>
      {growing.length === 0 ? (
        <Empty title={w.growingNone} says={w.growingNoneSays(places.length === 0 ? w.none : places.join('、'))}>
          <a class="btn" href="/concerns#thresholds">
            {w.changeThresholds}
          </a>
          <a class="btn" href="/misses/drill">
            {w.drillTitle}
          </a>
        </Empty>
      ) : (
        <ol class="grow">
          {growing.map(({ row, items }) => (
            <li class="pane">
              <h2 class="song">{items[0]?.title || items[0]?.text.slice(0, 40)}</h2>
              <p class="note">
                {w.growingRow(row.now, row.before)}
                {w.semicolon}
                {w.growingNear(row.near.join('、'))}
              </p>
              <ul class="mini-list">
                {items.slice(0, 6).map(i => (
                  <li>
                    <b>{i.outlet ?? ''}</b> {i.title || i.text.slice(0, 60)}{' '}
                    <small>{momentText(language, i.publishedAt ?? i.seenAt, hall.now)}</small>
                  </li>
                ))}
              </ul>
              <form method="post" action="/inbox/growing">
                <Token csrf={user.session.csrf} />
                <button class="btn go" type="submit" name="item" value={items[0]?.id ?? ''}>
                  {w.growingTake}
                </button>
              </form>
            </li>
          ))}
        </ol>
      )}
    </Page>
  );
};

export const TopicsPage: FC<{
  visit: Visit;
  counts: Counts;
  topics: readonly Recurrence[];
  byRule: readonly { readonly title: string; readonly n: number }[];
}> = ({ visit, counts, topics, byRule }) => {
  const { w, language, hall, user } = visit;
  return (
    <Page visit={visit} tab="inbox" title={w.topicsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/inbox">{w.nav.inbox}</a>
          </p>
          <h1>{w.topicsTitle}</h1>
          <p class="sub">{w.topicsSub}</p>
        </div>
      </div>
      {topics.length === 0 ? (
        <Empty title={w.topicsNone} says={w.topicsNoneSays}>
          <a class="btn" href="/inbox/import">
            {w.importFile}
          </a>
        </Empty>
      ) : (
        <section class="sec">
          <h2>{w.topicsStories}</h2>
          <ol class="topics">
            {topics.map(t => (
              <li>
                <a href={`/inbox/${t.story}`}>{t.title}</a>
                <span class="num">{w.topicsCount(t.count, t.days)}</span>
                <time datetime={new Date(t.last).toISOString()}>{momentText(language, t.last, hall.now)}</time>
              </li>
            ))}
          </ol>
          <form method="post" action="/inbox/topics">
            <Token csrf={user.session.csrf} />
            <button class="btn go" type="submit">
              {w.topicsMake}
            </button>
          </form>
        </section>
      )}
      {byRule.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2>{w.topicsRules}</h2>
          <ol class="topics">
            {byRule.map(r => (
              <li>
                <span>{r.title}</span>
                <span class="num">{w.countItems(r.n)}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Page>
  );
};

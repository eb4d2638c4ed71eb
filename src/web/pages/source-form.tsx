/** One source: its form beside what a look at it shows; who proposed it, who switches it on; what a watched page said before. */
import type { Child, FC } from 'hono/jsx';
import { diffTexts } from '#reply';
import type { SourceKind } from '#watch';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { FoundSource, PageVersion, Source, SourceTry } from '../ports-sources.ts';
import { momentText } from '../view/times.ts';
import { CommonFields, type Given, KindFields, nextOf, Preview } from './source-parts.tsx';

export const SourceForm: FC<{
  visit: Visit;
  counts: Counts;
  kind: SourceKind;
  given: Given;
  problems: readonly string[];
  tried?: SourceTry;
  /** A source that is kept already. */
  source?: Source;
  versions?: readonly PageVersion[];
  beside?: Child;
}> = ({ visit, counts, kind, given, problems, tried, source, versions, beside }) => {
  const { w, language, user } = visit;
  const canLook = kind.way === 'fetched' || kind.way === 'mailbox';
  const title = source?.title ?? w.src.formTitle(kind.title[language]);
  return (
    <Page visit={visit} tab="sources" title={title} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{title}</h1>
          <p class="sub">{kind.says[language]}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/sources">
            {w.sourcesTitle}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <div class="src-cols">
        <form
          class="pane"
          method="post"
          action={source ? `/sources/${source.key}` : '/sources/new'}
          {...(canLook ? { 'data-look': '/sources/preview' } : {})}
        >
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="kind" value={kind.kind} />
          {source ? <input type="hidden" name="key" value={source.key} /> : ''}
          <KindFields visit={visit} kind={kind} given={given} secretKept={source !== undefined} />
          <CommonFields visit={visit} kind={kind} given={given} />
          {source?.state === 'on' ? <p class="note">{w.src.changedSays}</p> : ''}
          <div class="acts">
            {canLook ? (
              <button class="btn" type="submit" name="do" value="try">
                {w.src.tryIt}
              </button>
            ) : (
              ''
            )}
            <button class="btn go" type="submit" name="do" value="keep">
              {source ? w.src.keep : w.src.propose}
            </button>
          </div>
        </form>
        <div>
          {canLook ? (
            <section class="pane">
              <h2>{w.src.previewTitle}</h2>
              <div id="look" aria-live="polite">
                <Preview visit={visit} tried={tried} />
              </div>
            </section>
          ) : (
            ''
          )}
          {source ? <Second visit={visit} source={source} /> : <p class="note src-side">{w.src.secondSays}</p>}
          {beside ?? ''}
        </div>
      </div>
      {versions ? <History visit={visit} versions={versions} /> : ''}
    </Page>
  );
};

/** Who proposed it, who switched it on, and the one step that is open to whoever looks. */
const Second: FC<{ visit: Visit; source: Source }> = ({ visit, source: s }) => {
  const { w, user, language, hall } = visit;
  const mine = s.proposedBy === user.person.code;
  return (
    <form class="pane" method="post" action={`/sources/${s.key}`}>
      <Token csrf={user.session.csrf} />
      <h2>{w.src.secondTitle}</h2>
      <p class="note">{w.src.secondSays}</p>
      <p class="of">
        <span class="tag">{w.src.states[s.state]}</span>{' '}
        {s.proposedBy === undefined ? '' : w.src.proposedBy(s.proposedBy)}{' '}
        {s.switchedOnBy === undefined || s.state !== 'on' ? '' : w.src.switchedOnBy(s.switchedOnBy)}{' '}
        {s.triedAt === undefined
          ? ''
          : `${w.src.triedFound(s.triedItems ?? 0)} ${momentText(language, s.triedAt, hall.now)}`}
      </p>
      <p class="src-next">
        <span class="note">{w.src.next}</span> {nextOf(visit, s)}
      </p>
      <div class="acts">
        {s.state === 'on' ? (
          <>
            <button class="btn" type="submit" name="do" value="read">
              {w.src.readNow}
            </button>
            <button class="btn" type="submit" name="do" value="off">
              {w.src.switchOff}
            </button>
          </>
        ) : mine ? (
          <button class="btn" type="submit" name="do" value="on" aria-disabled="true" title={w.src.secondYourself}>
            {w.src.switchOn}
          </button>
        ) : (
          <button class="btn go" type="submit" name="do" value="on">
            {w.src.switchOn}
          </button>
        )}
      </div>
    </form>
  );
};

/** Each state of the page against the one before it, side by side, changed lines only. */
const History: FC<{ visit: Visit; versions: readonly PageVersion[] }> = ({ visit, versions }) => {
  const { w, language, hall } = visit;
  return (
    <section class="sec src-history">
      <h2>{w.src.historyTitle}</h2>
      {versions.length < 2 ? <p class="note">{w.src.historyNone}</p> : ''}
      {versions.slice(0, -1).map((now, i) => {
        const { changes, unchanged } = diffTexts(versions[i + 1]?.text ?? '', now.text);
        return (
          <div class="pane">
            <h3>{w.src.historyAt(momentText(language, now.seenAt, hall.now))}</h3>
            <p class="note">
              {w.src.historyChanged(changes.length)}
              {w.src.comma}
              {w.src.historySame(unchanged)}
            </p>
            {changes.map(c => (
              <div class="diff">
                <div>
                  <span class="vh">{w.src.before}</span>
                  <p class="song">
                    {c.before.map(piece => (piece.kind === 'same' ? piece.text : <del>{piece.text}</del>))}
                  </p>
                </div>
                <div>
                  <span class="vh">{w.src.after}</span>
                  <p class="song">
                    {c.after.map(piece => (piece.kind === 'same' ? piece.text : <ins>{piece.text}</ins>))}
                  </p>
                </div>
              </div>
            ))}
          </div>
        );
      })}
      {versions.length > 0 ? (
        <details class="pane">
          <summary>
            {w.src.historyFirst} {momentText(language, versions.at(-1)?.seenAt ?? 0, hall.now)}
          </summary>
          <p class="song src-page">{versions.at(-1)?.text.slice(0, 4000)}</p>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};

/** What an address led to: each kind with what it holds, one button each. */
export const FoundSources: FC<{
  visit: Visit;
  counts: Counts;
  address: string;
  found: readonly FoundSource[];
  problem?: string;
}> = ({ visit, counts, address, found, problem }) => {
  const { w, language, hall, house, user } = visit;
  return (
    <Page visit={visit} tab="sources" title={w.src.foundTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{found.length > 0 ? w.src.foundTitle : w.src.foundNothing}</h1>
          <p class="sub">{problem ?? w.src.foundSays(found.length)}</p>
        </div>
      </div>
      <form class="pane sec" method="post" action="/sources/find">
        <Token csrf={user.session.csrf} />
        <div class="src-find">
          <div class="field">
            <label for="f-address">{w.src.address}</label>
            <input id="f-address" name="address" required value={address} />
          </div>
          <button class={found.length > 0 ? 'btn' : 'btn go'} type="submit">
            {w.src.find}
          </button>
        </div>
      </form>
      {found.length === 0 ? (
        ''
      ) : (
        <ol class="duties">
          {found.map(f => {
            const items = f.tried.ok ? f.tried.items : [];
            const newest = Math.max(0, ...items.map(i => i.publishedAt ?? 0));
            const query = new URLSearchParams({
              kind: f.kind,
              title: f.title.slice(0, 120),
              ...Object.fromEntries(Object.entries(f.settings).map(([k, v]) => [`set.${k}`, v])),
            });
            return (
              <li class="duty">
                <span></span>
                <div class="left">
                  {items.length === 0 ? '' : <b>{items.length}</b>}
                  <span>{house.desk.sources.kinds.find(k => k.kind === f.kind)?.title[language] ?? f.kind}</span>
                </div>
                <div class="body">
                  <p class="what">{f.title}</p>
                  <p class="of">
                    {items.length === 0 ? (
                      ''
                    ) : (
                      <span>{newest > 0 ? w.src.newest(momentText(language, newest, hall.now)) : w.src.undated}</span>
                    )}
                    <span class="code">{f.settings['item'] ?? f.settings['url'] ?? ''}</span>
                  </p>
                  <ul class="src-look">
                    {items.slice(0, 3).map(i => (
                      <li>
                        <span class="song">{i.title || i.text.slice(0, 60)}</span>
                      </li>
                    ))}
                  </ul>
                </div>
                <div class="acts">
                  <a class="btn" href={`/sources/new?${query.toString()}`}>
                    {w.src.useThis}
                  </a>
                </div>
              </li>
            );
          })}
        </ol>
      )}
      <details class="pane" open={found.length === 0}>
        <summary>{w.src.chooseKind}</summary>
        <ul class="src-kinds">
          {house.desk.sources.kinds
            .filter(k => k.way === 'fetched' || k.way === 'mailbox' || k.way === 'pushed')
            .map(k => (
              <li>
                <a href={`/sources/new?kind=${k.kind}&set.url=${encodeURIComponent(address)}`}>{k.title[language]}</a>
                <span class="note">{k.says[language]}</span>
              </li>
            ))}
        </ul>
      </details>
    </Page>
  );
};

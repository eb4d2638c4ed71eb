/** Sources of the watch: what needs somebody, what is read, what is not; how to add one. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, NotSaved, Token } from '../parts/small.tsx';
import { SourceLine, type SourceRow } from './source-parts.tsx';

/** Where kinds that are not connected are used. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'hotline-file': '/inbox/import',
  paste: '/inbox/hand?kind=paste',
  call: '/inbox/hand?kind=call',
  print: '/inbox/hand?kind=print',
};
export const Sources: FC<{
  visit: Visit;
  counts: Counts;
  sources: readonly SourceRow[];
  may: boolean;
  problems: readonly string[];
}> = ({ visit, counts, sources, may, problems }) => {
  const { w, user, house, language } = visit;
  const needsSomebody = (s: SourceRow): boolean =>
    s.state === 'proposed' || s.state === 'tried' || (s.state === 'on' && s.problem !== undefined);
  const groups = [
    { title: w.src.todoTitle, rows: sources.filter(needsSomebody) },
    { title: w.src.onTitle, rows: sources.filter(s => s.state === 'on' && s.problem === undefined) },
    { title: w.src.offTitle, rows: sources.filter(s => s.state === 'off') },
  ];
  const kinds = house.desk.sources.kinds;
  return (
    <Page visit={visit} tab="sources" title={w.sourcesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.sourcesTitle}</h1>
          <p class="sub">
            {w.sourcesSub}{' '}
            {sources.length > 0
              ? w.src.count(
                  sources.filter(s => s.state === 'on').length,
                  groups[0]?.rows.length ?? 0,
                  groups[2]?.rows.length ?? 0,
                )
              : ''}
          </p>
        </div>
        <div class="acts">
          <a class="btn" href="/answers/sources">
            {w.src.publicList}
          </a>
          <a class="btn" href="/concerns">
            {w.concernsTitle}
          </a>
          <a class="btn" href="/inbox/import">
            {w.src.importLink}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {may ? (
        <form class="pane sec" method="post" action="/sources/find" id="add">
          <Token csrf={user.session.csrf} />
          <h2>{w.src.addTitle}</h2>
          <div class="src-find">
            <div class="field">
              <label for="f-address">{w.src.address}</label>
              <span class="hint">{w.src.addSays}</span>
              <input id="f-address" name="address" required inputmode="url" placeholder="https://" />
            </div>
            <button class="btn go" type="submit">
              {w.src.find}
            </button>
          </div>
          <details>
            <summary>{w.src.chooseKind}</summary>
            <ul class="src-kinds">
              {kinds.map(k => (
                <li>
                  <a href={ELSEWHERE[k.kind] ?? `/sources/new?kind=${k.kind}`}>{k.title[language]}</a>
                  <span class="note">{k.says[language]}</span>
                </li>
              ))}
            </ul>
          </details>
          <p class="note">
            <a href="/sources/packs">{w.src.packsTitle}</a>
            {w.src.comma}
            <a href="/sources/opml">{w.src.opmlTitle}</a>
          </p>
        </form>
      ) : (
        ''
      )}
      {sources.length === 0 ? (
        <Empty title={w.noSourcesTitle} says={w.noSourcesSays}>
          <a class="btn" href="/sources/packs">
            {w.src.packsTitle}
          </a>
        </Empty>
      ) : (
        groups
          .filter(g => g.rows.length > 0)
          .map(g => (
            <section class="sec">
              <div class="sec-h">
                <h2>{g.title}</h2>
                <span class="num">{g.rows.length}</span>
              </div>
              <ol class="duties">
                {g.rows.map(s => (
                  <SourceLine visit={visit} source={s} may={may} />
                ))}
              </ol>
            </section>
          ))
      )}
    </Page>
  );
};

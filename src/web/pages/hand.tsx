/** What is entered by hand: pasted, a reporter's call, print and broadcast. Each kind says what it asks. */
import type { FC } from 'hono/jsx';
import type { SourceKind } from '#watch';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import { type Given, KindFields } from './source-parts.tsx';

export const Hand: FC<{
  visit: Visit;
  counts: Counts;
  kind: SourceKind;
  given: Given;
  problems: readonly string[];
}> = ({ visit, counts, kind, given, problems }) => {
  const { w, user, house, language } = visit;
  return (
    <Page visit={visit} tab="inbox" title={kind.title[language]} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{kind.title[language]}</h1>
          <p class="sub">{kind.says[language]}</p>
        </div>
        <div class="acts">
          {house.desk.sources.kinds
            .filter(k => k.way === 'by-hand' && k.kind !== kind.kind)
            .map(k => (
              <a class="btn" href={`/inbox/hand?kind=${k.kind}`}>
                {k.title[language]}
              </a>
            ))}
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <form class="pane mid" method="post" action="/inbox/hand">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="kind" value={kind.kind} />
        <p class="note">{w.identityHint}</p>
        <KindFields visit={visit} kind={kind} given={given} />
        <button class="btn go" type="submit">
          {w.recordIt}
        </button>
      </form>
    </Page>
  );
};

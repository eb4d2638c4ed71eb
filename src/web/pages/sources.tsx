/** Sources of the watch and the words of concern: tried before they are switched on. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, Token } from '../parts/small.tsx';
import type { Source, SourceTry } from '../ports.ts';
import { momentText } from '../view/times.ts';
import { Problem } from './people.tsx';

export const Sources: FC<{
  visit: Visit;
  counts: Counts;
  sources: readonly Source[];
  problems: readonly string[];
  tried?: { result: SourceTry; given: ReadonlyMap<string, string> };
}> = props => {
  const { visit, counts, sources, problems, tried } = props;
  const { hall, w, language, user, house } = visit;
  const kinds = house.desk.sources.kinds;
  const may = user.person.administrator;
  const given = (name: string): string => tried?.given.get(name) ?? '';
  return (
    <Page visit={visit} tab="sources" title={w.sourcesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.sourcesTitle}</h1>
          <p class="sub">{w.sourcesSub}</p>
        </div>
      </div>
      <Problem visit={visit} problems={problems} />
      {sources.length === 0 ? (
        <Empty title={w.noSourcesTitle} says={w.noSourcesSays} />
      ) : (
        <ol class="duties sec">
          {sources.map(s => (
            <li class={s.problem === undefined ? 'duty' : 'duty late'}>
              <Hui
                look={
                  s.state !== 'on'
                    ? 'soft'
                    : s.problem !== undefined
                      ? 'void'
                      : s.lastReadAt === undefined
                        ? 'far'
                        : 'done'
                }
              />
              <div class="left">
                <span>{kinds.find(k => k.kind === s.kind)?.title[language] ?? s.kind}</span>
                <span>{s.state === 'on' ? w.sourceOn : w.sourceOff}</span>
              </div>
              <div class="body">
                <p class="what">{s.title}</p>
                <p class="of">
                  <span>
                    {s.lastReadAt === undefined
                      ? w.sourceNever
                      : `${w.sourceLast} ${momentText(language, s.lastReadAt, hall.now)}`}
                  </span>
                  <span class="code">{Object.values(s.settings)[0] ?? ''}</span>
                </p>
                {s.problem === undefined ? '' : <p class="note">{`${w.sourceProblem}${w.colon}${s.problem}`}</p>}
              </div>
              {may ? (
                <form class="acts" method="post" action="/sources">
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="key" value={s.key} />
                  <button class="btn" type="submit" name="do" value="read">
                    {w.sourceReadNow}
                  </button>
                  <button class="btn" type="submit" name="do" value={s.state === 'on' ? 'off' : 'on'}>
                    {s.state === 'on' ? w.sourceOff : w.sourceOn}
                  </button>
                </form>
              ) : (
                ''
              )}
            </li>
          ))}
        </ol>
      )}
      {may ? (
        <div class="cols">
          <form class="pane" method="post" action="/sources">
            <Token csrf={user.session.csrf} />
            <h2>{w.addSource}</h2>
            <div class="three">
              <div class="field">
                <label for="s-kind">{w.sourceKind}</label>
                <select id="s-kind" name="kind">
                  {kinds.map(k => (
                    <option value={k.kind} selected={given('kind') === k.kind}>
                      {k.title[language]}
                    </option>
                  ))}
                </select>
              </div>
              <div class="field">
                <label for="s-title">{w.sourceTitle}</label>
                <input id="s-title" name="title" required value={given('title')} />
              </div>
              <div class="field">
                <label for="s-purpose">{w.sourcePurpose}</label>
                <input id="s-purpose" name="purpose" required value={given('purpose') || w.sourcePurposeUsual} />
              </div>
            </div>
            {[...new Map(kinds.flatMap(k => k.settings.map(s => [s.name, { ...s, of: k }] as const))).values()].map(
              s => (
                <div class="field">
                  <label for={`s-${s.name}`}>
                    {s.label[language]}
                    {s.needed ? '' : <span class="opt-t">{w.optional}</span>}
                  </label>
                  <input id={`s-${s.name}`} name={`set.${s.name}`} value={given(`set.${s.name}`)} />
                </div>
              ),
            )}
            <div class="acts">
              <button class="btn" type="submit" name="do" value="try">
                {w.sourceTry}
              </button>
              <button class="btn go" type="submit" name="do" value="add">
                {w.addSource}
              </button>
            </div>
            {tried ? (
              <section class="sec">
                <h3>{w.sourceTryResult(tried.result.ok ? tried.result.items.length : 0)}</h3>
                {tried.result.problems.map(p => (
                  <p class="note">{p}</p>
                ))}
                <ul class="log">
                  {(tried.result.ok ? tried.result.items : []).slice(0, 8).map(i => (
                    <li>
                      <time>{i.publishedAt === undefined ? '—' : momentText(language, i.publishedAt, hall.now)}</time>
                      <span class="song">{i.title || i.text.slice(0, 60)}</span>
                    </li>
                  ))}
                </ul>
              </section>
            ) : (
              ''
            )}
          </form>
          <section class="pane">
            <h2>{w.concernsTitle}</h2>
            <p class="note">{w.concernsSub}</p>
            <a class="btn" href="/concerns">
              {w.toRules}
            </a>
          </section>
        </div>
      ) : (
        ''
      )}
    </Page>
  );
};

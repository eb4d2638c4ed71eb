/** The watch: today's slots, the round to record in one step, the last rounds, the sources that could not be read. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { standingLinesOf } from '../state.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, NotSaved, Token } from '../parts/small.tsx';
import type { Source } from '../ports.ts';
import { dutyTitle } from '../view/duties.ts';
import { askedBriefs } from '../view/briefs.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { clockText, dateText, dueText, momentText } from '../view/times.ts';

export const Watch: FC<{ visit: Visit; counts: Counts; sources: readonly Source[]; problem?: string }> = ({
  visit,
  counts,
  sources,
  problem,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const rotas = new Set(hall.rulebook.rules.flatMap(r => (r.kind === 'rota' ? [r.name] : [])));
  const slots = standingLinesOf(hall).filter(l => rotas.has(l.duty));
  const today = slots.filter(l => dateText(Date.parse(l.startedAt)) === dateText(hall.now));
  const missed = slots
    .filter(l => l.state === 'missed')
    .slice(-5)
    .reverse();
  const kinds = [...new Set(hall.rulebook.rules.flatMap(r => (r.kind === 'sources' ? r.kinds : [])))];
  const rounds = hall.events
    .filter(e => e.type === 'watch.done' || e.type === 'zero-report.filed')
    .slice(-10)
    .reverse();
  const silent = sources.filter(s => s.state === 'on' && s.problem !== undefined);
  return (
    <Page visit={visit} tab="watch" title={w.watchTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.watchTitle}</h1>
          <p class="sub">{w.watchSub}</p>
        </div>
        {askedBriefs(hall).some(a => a.kind === 'zero') ? (
          <div class="acts">
            <a class="btn" href={`/briefs/brief-zero-${dateText(hall.now)}`}>
              {w.briefKinds.zero}
            </a>
          </div>
        ) : (
          ''
        )}
      </div>
      <NotSaved w={w} why={problem} />
      <div class="cols">
        <div>
          <section class="sec">
            <div class="sec-h">
              <h2>{w.watchSlots}</h2>
            </div>
            {today.length === 0 ? (
              <p class="note">{w.watchNoSlots}</p>
            ) : (
              <ol class="watchgrid">
                {today.map(l => (
                  <li>
                    <Hui
                      look={
                        l.state === 'done'
                          ? 'done'
                          : l.state === 'missed'
                            ? 'late'
                            : l.state === 'done-late'
                              ? 'donelate'
                              : ''
                      }
                      left={60}
                    />
                    <b>{dutyTitle(hall, language, names, l)}</b>
                    <br />
                    {l.dueAt === null ? '' : w.dueAt(dueText(language, Date.parse(l.dueAt), l.dueOn, hall.now))}
                    <br />
                    {w.states[l.state]} <Clause clause={names.clause(l.clause)} />
                  </li>
                ))}
              </ol>
            )}
          </section>
          <form class="pane mid" method="post" action="/watch">
            <Token csrf={user.session.csrf} />
            <h2>{w.watchNow}</h2>
            <fieldset class="opts">
              <legend>{w.watchSources}</legend>
              <div class="row">
                {kinds.map(k => (
                  <label>
                    <input type="checkbox" name="sources" value={k} />
                    {names.key(k)}
                  </label>
                ))}
              </div>
            </fieldset>
            <div class="field narrow">
              <label for="w-found">{w.watchFound}</label>
              <input id="w-found" name="found" type="number" min="0" value="0" required />
            </div>
            <button class="btn go" type="submit">
              {w.watchDone}
            </button>
          </form>
        </div>
        <aside class="side">
          <section>
            <h2>{w.watchRecent}</h2>
            <ul class="log">
              {rounds.map(e => (
                <li>
                  <time>{clockText(Date.parse(e.at))}</time>
                  <span>
                    {momentText(language, Date.parse(e.at), hall.now)} {sentence(e, language, names).detail}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          {missed.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.missedHead}</h2>
              <ul class="mini">
                {missed.map(l => (
                  <li>
                    <Hui size="xs" look="late" />
                    <span>{dutyTitle(hall, language, names, l)}</span>
                    <time>{momentText(language, Date.parse(l.startedAt), hall.now)}</time>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {silent.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.unreadSources}</h2>
              <ul class="mini">
                {silent.map(s => (
                  <li>
                    <Hui size="xs" look="void" />
                    <span>
                      {s.title}
                      <br />
                      <small>{s.problem}</small>
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
      </div>
    </Page>
  );
};

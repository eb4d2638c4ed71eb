/** The switch of exercises: start one, go in, come back, throw it away. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Empty, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { fullMoment } from '../view/times.ts';

export const Practice: FC<{
  visit: Visit;
  counts: Counts;
  running: { readonly id: string; readonly startedAt: number; readonly entries: number } | undefined;
  inside: boolean;
  problem?: string;
}> = ({ visit, counts, running, inside, problem }) => {
  const { w, hall, language, user } = visit;
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const button = (what: string, label: string, go = false) => (
    <form method="post" action="/practice">
      <Token csrf={user.session.csrf} />
      <button class={go ? 'btn go' : 'btn'} type="submit" name="do" value={what}>
        {label}
      </button>
    </form>
  );
  return (
    <Page visit={visit} tab="practice" title={w.practice.title} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.practice.title}</h1>
          <p class="sub">{w.practice.sub}</p>
        </div>
      </div>
      {problem === undefined ? '' : <Alert title={problem} stop />}
      {running ? (
        <section class="pane sec">
          <p>{w.practice.running(fullMoment(language, running.startedAt, hall.now), running.entries)}</p>
          <div class="acts">
            {inside ? button('leave', w.practice.leave, true) : button('enter', w.practice.enter, true)}
          </div>
          {may && !inside ? (
            <form class="sec" method="post" action="/practice">
              <Token csrf={user.session.csrf} />
              <p class="field">
                <label class="opt">
                  <input type="checkbox" name="sure" value="true" />
                  {w.practice.discardSure}
                </label>
              </p>
              <button class="btn" type="submit" name="do" value="discard">
                {w.practice.discard}
              </button>
            </form>
          ) : (
            ''
          )}
        </section>
      ) : (
        <Empty title={w.practice.not} says={w.practice.notSays}>
          {may ? button('start', w.practice.start, true) : <a href="/desk">{w.nav.desk}</a>}
        </Empty>
      )}
      <ul class="bare">
        {w.practice.keeps.map(k => (
          <li>{k}</li>
        ))}
      </ul>
    </Page>
  );
};

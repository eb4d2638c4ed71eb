/** What was missed, each a test of the rule that should have caught it; and the monthly look at what was passed over. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, NotSaved, Token } from '../parts/small.tsx';
import type { DrillItem, DrillMonth, Miss } from '../ports-triage.ts';
import { momentText } from '../view/times.ts';

export const HOWS = ['phone', 'superior', 'growing', 'drill', 'other'] as const;

export const Misses: FC<{
  visit: Visit;
  counts: Counts;
  misses: readonly (Miss & { readonly caught?: boolean })[];
  titles: ReadonlyMap<string, string>;
}> = ({ visit, counts, misses, titles }) => {
  const { w, language, hall } = visit;
  return (
    <Page visit={visit} tab="inbox" title={w.missesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/inbox">{w.nav.inbox}</a>
          </p>
          <h1>{w.missesTitle}</h1>
          <p class="sub">{w.missesSub}</p>
        </div>
        <div class="acts">
          <a class="btn go" href="/misses/new">
            {w.missNew}
          </a>
          <a class="btn" href="/misses/drill">
            {w.drillTitle}
          </a>
        </div>
      </div>
      {misses.length === 0 ? (
        <Empty title={w.missesNone} says={w.missesNoneSays}>
          <a class="btn" href="/misses/new">
            {w.missNew}
          </a>
        </Empty>
      ) : (
        <div class="scroll">
          <table class="tbl">
            <thead>
              <tr>
                <th scope="col">{w.missTitle}</th>
                <th scope="col">{w.missHow}</th>
                <th scope="col">{w.missRule}</th>
                <th scope="col">{w.missWhy}</th>
                <th scope="col">{w.missNow}</th>
              </tr>
            </thead>
            <tbody>
              {misses.map(m => (
                <tr>
                  <th scope="row">
                    {m.title || m.text.slice(0, 40)}
                    <small>{momentText(language, m.foundAt, hall.now)}</small>
                  </th>
                  <td>{w.missHows[m.how]}</td>
                  <td>
                    {m.rule === undefined ? (
                      <a href="/concerns/new">{w.missNoRule}</a>
                    ) : (
                      <a href={`/concerns/${encodeURIComponent(m.rule)}`}>{titles.get(m.rule) ?? m.rule}</a>
                    )}
                  </td>
                  <td>{m.why}</td>
                  <td>{m.caught === undefined ? '' : m.caught ? w.missCaught : <b>{w.missStill}</b>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
};

export const MissForm: FC<{
  visit: Visit;
  counts: Counts;
  rules: readonly { readonly rule: string; readonly title: string }[];
  given: (name: string) => readonly string[];
  problem?: string;
}> = ({ visit, counts, rules, given, problem }) => {
  const { w, user } = visit;
  const value = (name: string): string => given(name)[0] ?? '';
  return (
    <Page visit={visit} tab="inbox" title={w.missNew} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/misses">{w.missesTitle}</a>
          </p>
          <h1>{w.missNew}</h1>
        </div>
      </div>
      <NotSaved w={w} why={problem} />
      <form class="pane mid" method="post" action="/misses">
        <Token csrf={user.session.csrf} />
        {value('passed') === '' ? '' : <input type="hidden" name="passed" value={value('passed')} />}
        <div class="two">
          <div class="field">
            <label for="mi-how">{w.missHow}</label>
            <select id="mi-how" name="how">
              {HOWS.map(how => (
                <option value={how} selected={value('how') === how}>
                  {w.missHows[how]}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="mi-rule">{w.missRule}</label>
            <select id="mi-rule" name="rule">
              <option value="">{w.missNoRule}</option>
              {rules.map(r => (
                <option value={r.rule} selected={value('rule') === r.rule}>
                  {r.title}
                </option>
              ))}
            </select>
          </div>
        </div>
        <div class="field">
          <label for="mi-title">{w.missTitle}</label>
          <input id="mi-title" name="title" maxlength={200} value={value('title')} />
        </div>
        <div class="field">
          <label for="mi-text">{w.missText}</label>
          <span class="hint">{w.identityHint}</span>
          <textarea id="mi-text" name="text" required>
            {value('text')}
          </textarea>
        </div>
        <div class="field">
          <label for="mi-why">{w.missWhy}</label>
          <input id="mi-why" name="why" required maxlength={300} value={value('why')} />
        </div>
        <label class="opt">
          <input type="checkbox" name="take" value="true" checked={value('take') === 'true'} />
          {w.missTake}
        </label>
        <p>
          <button class="btn go" type="submit">
            {w.missNew}
          </button>
        </p>
      </form>
    </Page>
  );
};

export const Drill: FC<{
  visit: Visit;
  counts: Counts;
  month: string;
  items: readonly DrillItem[];
  months: readonly DrillMonth[];
  estimate?: { readonly recall: number; readonly low: number };
}> = ({ visit, counts, month, items, months, estimate }) => {
  const { w, user } = visit;
  const said = items.filter(i => i.verdict !== undefined);
  const next = items.find(i => i.verdict === undefined);
  const percent = (n: number): string => `${Math.round(n * 100)}%`;
  return (
    <Page visit={visit} tab="inbox" title={w.drillTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/misses">{w.missesTitle}</a>
          </p>
          <h1>
            {w.drillTitle} {month}
          </h1>
          <p class="sub">{w.drillSub}</p>
        </div>
      </div>
      {items.length === 0 ? (
        <form class="pane" method="post" action="/misses/drill">
          <Token csrf={user.session.csrf} />
          <button class="btn go" type="submit" name="do" value="start">
            {w.drillStart(month)}
          </button>
        </form>
      ) : (
        <>
          <p>
            {w.drillProgress(said.length, items.length, said.filter(i => i.verdict === 'ours').length)}
            {estimate ? `${w.semicolon}${w.drillEstimate(percent(estimate.recall), percent(estimate.low))}` : ''}
          </p>
          {next ? (
            <article class="sheet mid">
              <div class="in">
                <p class="note">{next.outlet ?? ''}</p>
                <h2 class="song">{next.title || (next.text === '' ? w.titleErased : w.noTitle)}</h2>
                <p class="q">{next.text}</p>
                <form class="acts" method="post" action="/misses/drill">
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="item" value={next.item} />
                  <button class="btn" type="submit" name="do" value="not-ours" data-key="n">
                    {w.drillNotOurs} <kbd>n</kbd>
                  </button>
                  <button class="btn go" type="submit" name="do" value="ours" data-key="y">
                    {w.drillOurs} <kbd>y</kbd>
                  </button>
                </form>
              </div>
            </article>
          ) : (
            ''
          )}
        </>
      )}
      {months.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2>{w.drillMonths}</h2>
          <ul class="mini-list">
            {months.map(m => (
              <li>
                <b>{m.month}</b> {w.drillProgress(m.said, m.items, m.ours)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
};

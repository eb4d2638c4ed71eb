/** A pasted text held against every rule of concern: what hits where, and what else failed at which part. */
import type { MatchResult } from '#core/text';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, Token } from '../parts/small.tsx';
import type { RuleVersion } from '../ports-triage.ts';
import { titlesOf } from '../view/stories.ts';
import { sayMiss } from '../view/misses.ts';
import { Marked } from './story-texts.tsx';

export const WhyNot: FC<{
  visit: Visit;
  counts: Counts;
  text: string;
  result?: MatchResult;
  versions?: readonly RuleVersion[];
}> = ({ visit, counts, text, result, versions = [] }) => {
  const { w, user, language } = visit;
  const titles = titlesOf(versions);
  const name = (rule: string): string => titles.get(rule)?.title ?? rule;
  return (
    <Page visit={visit} tab="inbox" title={w.whyNotTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.whyNotTitle}</h1>
          <p class="sub">{w.whyNotSays}</p>
        </div>
      </div>
      <form class="pane mid" method="post" action="/inbox/why-not">
        <Token csrf={user.session.csrf} />
        <div class="field">
          <label for="y-text">{w.whyNotText}</label>
          <textarea id="y-text" name="text" required>
            {text}
          </textarea>
        </div>
        <button class="btn go" type="submit">
          {w.whyNotTry}
        </button>
      </form>
      {result === undefined ? (
        ''
      ) : result.matched.length + (result.not?.length ?? 0) === 0 ? (
        <Empty title={w.noTopics} says={w.noRulesSays}>
          <a class="btn" href="/concerns">
            {w.toRules}
          </a>
        </Empty>
      ) : (
        <section class="sec read mid">
          <p class="q">
            <Marked text={text} field="text" matched={result.matched} />
          </p>
          <table class="tbl">
            <tbody>
              {result.matched.map(m => (
                <tr>
                  <th scope="row">
                    <a href={`/concerns/${encodeURIComponent(m.rule)}`}>{name(m.rule)}</a>
                  </th>
                  <td>
                    {w.whyNotHits}
                    {w.colon}
                    {[...new Set(m.spans.map(s => s.term))].join('、')}
                  </td>
                </tr>
              ))}
              {(result.not ?? []).map(m => (
                <tr>
                  <th scope="row">
                    <a href={`/concerns/${encodeURIComponent(m.rule)}`}>{name(m.rule)}</a>
                  </th>
                  <td>
                    {w.whyNotMisses}
                    {w.colon}
                    {sayMiss(language, m.because)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <div class="acts">
            <a class="btn" href="/misses/new">
              {w.registerMiss}
            </a>
          </div>
        </section>
      )}
    </Page>
  );
};

/** How a unit is proposed: what it was learnt from, how good it is, and by which words. */
import type { Proposal } from '#core/text';
import { LEAST_LABELLED } from '#triage';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, Token } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';

export const Routing: FC<{
  visit: Visit;
  counts: Counts;
  known?: { readonly madeAt: number; readonly items: number; readonly accuracy?: number };
  weights: readonly {
    readonly label: string;
    readonly terms: readonly { readonly term: string; readonly weight: number }[];
  }[];
  examples?: number;
  text: string;
  proposal?: Proposal;
}> = ({ visit, counts, known, weights, examples, text, proposal }) => {
  const { w, language, hall, user } = visit;
  const names = naming(hall, language);
  return (
    <Page visit={visit} tab="inbox" title={w.routingTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/inbox">{w.nav.inbox}</a>
          </p>
          <h1>{w.routingTitle}</h1>
          <p class="sub">{w.routingSub}</p>
        </div>
        <form method="post" action="/routing">
          <Token csrf={user.session.csrf} />
          <button class="btn" type="submit" name="do" value="train">
            {w.routingTrain}
          </button>
        </form>
      </div>
      {known === undefined ? (
        <Empty title={w.routingTitle} says={w.routingFew(examples ?? 0, LEAST_LABELLED)}>
          <a class="btn" href="/inbox">
            {w.toInbox}
          </a>
        </Empty>
      ) : (
        <>
          <p>
            {w.routingMade(known.items, momentText(language, known.madeAt, hall.now))}
            {w.semicolon}
            {known.accuracy === undefined
              ? w.routingNoAccuracy
              : `${w.routingAccuracy(`${Math.round(known.accuracy * 1000) / 10}%`)}${w.stop}`}
          </p>
          <form class="pane mid" method="post" action="/routing">
            <Token csrf={user.session.csrf} />
            <div class="field">
              <label for="r-text">{w.routingTry}</label>
              <textarea id="r-text" name="text">
                {text}
              </textarea>
            </div>
            <button class="btn" type="submit" name="do" value="try">
              {w.whyNotTry}
            </button>
            {proposal ? (
              <p>{w.routingProposes(names.unit(proposal.label), proposal.because.map(b => b.term).join('、'))}</p>
            ) : (
              ''
            )}
          </form>
          <section class="sec">
            <h2>{w.routingTerms}</h2>
            <dl class="kv terms">
              {weights.map(l => (
                <>
                  <dt>{names.unit(l.label)}</dt>
                  <dd>
                    {l.terms.map(t => (
                      <span class="term">
                        {t.term} <small>{Math.round(t.weight * 100) / 100}</small>
                      </span>
                    ))}
                  </dd>
                </>
              ))}
            </dl>
          </section>
        </>
      )}
    </Page>
  );
};

/** What the system costs the people who use it: three counts, each with its list. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause } from '../parts/small.tsx';
import type { NoticeRow } from '../ports.ts';
import { CONFIRMS, nightNotices, roundsCounted, roundsWithoutClause } from '../view/burden.ts';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';
import { eventLabel, fieldLabel } from '../words/index.ts';

export interface TwiceRow {
  readonly type: string;
  readonly field: string;
  readonly href: string;
}
export const Burden: FC<{
  visit: Visit;
  counts: Counts;
  notices: readonly NoticeRow[];
  forms: number;
  twice: readonly TwiceRow[];
}> = ({ visit, counts, notices, forms, twice }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const stray = roundsWithoutClause(hall);
  const forced = CONFIRMS.filter(c => c.why === 'forced');
  const nights = nightNotices(hall, notices);
  const sum = nights.reduce((n, r) => n + r.all, 0);
  return (
    <Page visit={visit} tab="watch" title={w.burdenTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/rota">{w.rotaTitle}</a>
          </p>
          <h1>{w.burdenTitle}</h1>
          <p class="sub">{w.burdenSub}</p>
        </div>
      </div>
      <section class="sec count-head">
        <b class={twice.length === 0 ? 'n' : 'n late-n'} id="twice">
          {twice.length}
        </b>
        <div>
          <h2>{w.burdenAsked}</h2>
          <p class="note">
            {w.burdenAskedSays} {w.burdenForms(forms)}
          </p>
          <ul class="plain">
            {twice.map(t => (
              <li>
                <a href={t.href}>
                  {w.burdenField(eventLabel(language, t.type), fieldLabel(language, t.field, t.type))}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </section>
      <section class="sec count-head">
        <b class={stray.length + forced.length === 0 ? 'n' : 'n late-n'} id="clicks">
          {stray.length + forced.length}
        </b>
        <div>
          <h2>{w.burdenClicks}</h2>
          <p class="note">
            {w.burdenClicksSays} {w.burdenRounds(roundsCounted(hall).length)}
          </p>
          <ul class="plain">
            {stray.slice(0, 20).map(s => (
              <li>{w.burdenRound(`${names.key(s.duty)} ${momentText(language, Date.parse(s.at), hall.now)}`)}</li>
            ))}
          </ul>
          <p class="note">{w.burdenKept}</p>
          <ul class="plain">
            {CONFIRMS.map(c => (
              <li>{(w.burdenConfirms as Readonly<Record<string, string>>)[c.field] ?? `${c.page} ${c.field}`}</li>
            ))}
          </ul>
        </div>
      </section>
      <section class="sec count-head">
        <b class="n" id="nights">
          {sum}
        </b>
        <div>
          <h2>{w.burdenNights}</h2>
          <p class="note">{w.burdenNightsSays}</p>
          {nights.length === 0 ? (
            <p>{w.burdenNone}</p>
          ) : (
            <div class="scroll" tabindex={0} role="region" aria-label={w.burdenNights}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{w.burdenHead.clause}</th>
                    <th scope="col">{w.burdenHead.night}</th>
                    <th scope="col">{w.burdenHead.evening}</th>
                    <th scope="col">{w.burdenHead.rest}</th>
                    <th scope="col">{w.burdenHead.all}</th>
                  </tr>
                </thead>
                <tbody>
                  {nights.map(r => (
                    <tr>
                      <th scope="row">
                        {r.clause === '' ? (
                          <span class="late-n">✕ {w.burdenNoClause}</span>
                        ) : (
                          <Clause clause={names.clause(r.clause)} />
                        )}
                      </th>
                      <td>{r.counts.night}</td>
                      <td>{r.counts.evening}</td>
                      <td>{r.counts.rest}</td>
                      <td>{r.all}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      </section>
    </Page>
  );
};

/** How long closed cases are kept, and the erasing of those whose term is over. */
import type { Keeping } from '#report';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, NotSaved, Token } from '../parts/small.tsx';
import { dateText } from '../view/times.ts';

export interface KeptCase {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly closedAt: number;
  /** Last day it is kept. */
  readonly until: string;
  readonly due: boolean;
  readonly erased: number;
}

export const KeepingPage: FC<{
  visit: Visit;
  counts: Counts;
  keeping: Keeping;
  cases: readonly KeptCase[];
  problems: readonly string[];
}> = ({ visit, counts, keeping, cases, problems }) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="keeping" title={w.keepingTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.keepingTitle}</h1>
          <p class="sub">{w.keepingSub(keeping.years, keeping.clause ?? w.keepingUsual)}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {cases.length === 0 ? (
        <Empty title={w.keepingNone} says={w.keepingNoneSays}>
          <a class="btn" href="/cases">
            {w.keepingNoneTo}
          </a>
        </Empty>
      ) : (
        <div class="scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th>{w.keepingCase}</th>
                <th>{w.keepingClosed}</th>
                <th>{w.keepingUntil}</th>
                <th>{w.keepingState}</th>
              </tr>
            </thead>
            <tbody>
              {cases.map(c => (
                <tr id={c.key}>
                  <td>
                    <a href={`/cases/${c.key}`}>
                      {c.number} {c.title}
                    </a>
                  </td>
                  <td>{dateText(c.closedAt)}</td>
                  <td>{c.until}</td>
                  <td>
                    {c.erased > 0 ? w.keepingErased(c.erased) : c.due ? w.keepingDue : w.keepingOn}
                    {c.due && c.erased === 0 ? <Erase visit={visit} kept={c} /> : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
};

const Erase: FC<{ visit: Visit; kept: KeptCase }> = ({ visit, kept }) => (
  <form method="post" action="/keeping">
    <Token csrf={visit.user.session.csrf} />
    <input type="hidden" name="case" value={kept.key} />
    <div class="field">
      <label for={`why-${kept.key}`}>{visit.w.keepingWhy}</label>
      <input id={`why-${kept.key}`} name="why" maxlength={200} required />
    </div>
    <label>
      <input type="checkbox" name="sure" value="yes" required /> {visit.w.keepingSure}
    </label>
    <div class="acts">
      <button class="btn" type="submit">
        {visit.w.keepingErase}
      </button>
    </div>
  </form>
);

/** The office's view of everybody's open duties, and the form in which a unit says why one was late. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Remind } from '../parts/remind.tsx';
import { Clause, Countdown, Empty, Grade, NotSaved, SpellOf, Token } from '../parts/small.tsx';
import type { DutyRow } from '../view/duties.ts';
import { reasonOf } from '../view/pressing.ts';
import { type Loop, loops, owing } from '../view/supervision.ts';
import { momentText } from '../view/times.ts';

/** Rows shown of one unit before its own page is offered; rows of such a page; cases in the table of marks. */
const MOST = 20;
const PAGE = 200;
const LOOPS = 100;

export const Supervision: FC<{ visit: Visit; counts: Counts; unit?: string; from?: number }> = ({
  visit,
  counts,
  unit,
  from = 0,
}) => {
  const { hall, w, language } = visit;
  const all = owing(hall, w, language, unit === undefined ? { most: MOST } : { unit, most: PAGE, from });
  const shown = unit === undefined ? all : all.filter(o => o.unit === unit);
  const open = loops(hall, w, LOOPS);
  return (
    <Page visit={visit} tab="supervision" title={w.superviseTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.superviseTitle}</h1>
          <p class="sub">{w.superviseSub}</p>
        </div>
      </div>
      {all.length === 0 ? (
        <Empty title={w.superviseNone} says={w.superviseNoneSays}>
          <a class="btn" href="/cases">
            {w.superviseTo}
          </a>
        </Empty>
      ) : (
        <nav class="tabs sec" aria-label={w.superviseUnit}>
          <a href="/supervision" {...(unit === undefined ? { 'aria-current': 'page' as const } : {})}>
            {w.superviseAll}
          </a>
          {all.map(o => (
            <a
              href={`/supervision?unit=${encodeURIComponent(o.unit)}`}
              {...(o.unit === unit ? { 'aria-current': 'page' as const } : {})}
            >
              {o.name} <span class="cnt">{o.n}</span>
            </a>
          ))}
        </nav>
      )}
      {shown.map(o => (
        <section class="sec" id={`unit-${o.unit}`}>
          <div class="sec-h">
            <h2>{o.name}</h2>
            <span class="num">{w.superviseOwes(o.n)}</span>
            {o.late === 0 ? '' : <span class="late-n">✕ {w.superviseLate(o.late)}</span>}
          </div>
          <ol class="duties press">
            {o.rows.map(r => (
              <Pressed visit={visit} row={r} />
            ))}
          </ol>
          {o.n > (unit === undefined ? 0 : from) + o.rows.length ? (
            <p>
              <a
                class="btn"
                href={`/supervision?unit=${encodeURIComponent(o.unit)}${unit === undefined ? '' : `&from=${from + o.rows.length}`}`}
              >
                {w.superviseMore(o.n - from - o.rows.length)}
              </a>
            </p>
          ) : (
            ''
          )}
        </section>
      ))}
      <Loops visit={visit} loops={open.shown} n={open.n} />
    </Page>
  );
};

const Pressed: FC<{ visit: Visit; row: DutyRow }> = ({ visit, row }) => {
  const { hall, w, language } = visit;
  const reason = reasonOf(hall, row.line);
  return (
    <li class={row.tone === 'late' ? 'duty late' : 'duty'} id={row.id} data-row>
      <Hui look={lookOf(row.tone)} left={row.share} />
      <div class="left">
        {row.dueAt === undefined ? (
          <b>
            <SpellOf w={w} seconds={row.elapsed} />
          </b>
        ) : (
          <Countdown w={w} dueAt={row.dueAt} now={hall.now} />
        )}
        <span>
          {row.tone === 'late' ? `${w.lateBy}，` : ''}
          {row.due}
        </span>
      </div>
      <div class="body">
        <p class="what">
          {row.title}
          <Clause clause={row.clause} />
        </p>
        <p class="of">
          {row.bars ? <Grade bars={row.bars.bars} text={row.bars.text} /> : ''}
          <span>{row.owedBy}</span>
          {row.case ? (
            <a href={`/cases/${row.case.key}`}>
              {row.case.title} {row.case.number}
            </a>
          ) : (
            ''
          )}
          {row.forUnit === undefined ? '' : <span class="unit-of">{w.forUnit(row.forUnit)}</span>}
          {row.line.term === undefined ? '' : <span class="tag">{w.softTerm(row.line.term)}</span>}
          {reason === undefined ? '' : <span class="tag">{w.reasonGiven(momentText(language, reason, hall.now))}</span>}
        </p>
      </div>
      <div class="acts">
        <Remind visit={visit} row={row} back="/supervision" />
      </div>
    </li>
  );
};

const Loops: FC<{ visit: Visit; loops: readonly Loop[]; n: number }> = ({ visit, loops: open, n }) => {
  const { w } = visit;
  if (open.length === 0) return <></>;
  const said = { done: w.loopDone, open: w.loopNotYet, 'not-asked': w.loopNotAsked };
  const look = { done: 'done', open: 'far', 'not-asked': 'void' } as const;
  return (
    <section class="sec">
      <div class="sec-h">
        <h2>{w.loopTitle}</h2>
        <span class="num">{w.countItems(n)}</span>
        <span class="note">{w.loopSays}</span>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label={w.loopTitle}>
        <table class="t loop">
          <thead>
            <tr>
              <th scope="col">{w.caseOf}</th>
              {open[0]?.marks.map(m => (
                <th scope="col">{w.loopSteps[m.step]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {open.map(({ head, marks }) => (
              <tr>
                <th scope="row">
                  <a href={`/cases/${head.key}`}>{head.title}</a> <small>{head.number}</small>
                </th>
                {marks.map(m => (
                  <td>
                    <Hui size="xs" look={look[m.mark]} label={said[m.mark]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

export const Reason: FC<{ visit: Visit; counts: Counts; row: DutyRow; problem?: string; given: string }> = ({
  visit,
  counts,
  row,
  problem,
  given,
}) => {
  const { w, user } = visit;
  return (
    <Page visit={visit} tab="desk" title={w.reasonTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.reasonTitle}</h1>
          <p class="sub">{w.reasonSays}</p>
        </div>
      </div>
      <NotSaved w={w} why={problem} />
      <section class="pane narrow">
        <p class="what">
          {row.title} <Clause clause={row.clause} />
        </p>
        <p class="of">
          {row.owedBy}
          {row.case ? (
            <>
              {' · '}
              <a href={`/cases/${row.case.key}`}>{row.case.title}</a>
            </>
          ) : (
            ''
          )}{' '}
          · {row.due}
        </p>
        <form method="post" action={`/reason/${row.id}`} data-keep={`reason-${row.id}`}>
          <Token csrf={user.session.csrf} />
          <div class="field">
            <label for="r-reason">{w.reasonText}</label>
            <span class="hint">{w.reasonPrivate}</span>
            <textarea id="r-reason" name="reason" required maxlength={2000}>
              {given}
            </textarea>
          </div>
          <button class="btn go" type="submit">
            {w.recordIt}
          </button>
        </form>
      </section>
    </Page>
  );
};

/** How a period went: rates with the list behind every number, how close each limit was cut, how long the public waited. */
import { type Ignored, sheetOf } from '#score';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { AnswerTimes } from '../parts/charts.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { AsOf, Clause, Empty } from '../parts/small.tsx';
import { gapRows } from '../view/gaps.ts';
import { naming } from '../view/naming.ts';
import {
  type Filter,
  histogram,
  type Judged,
  rates,
  recurring,
  unansweredQuestions,
  waited,
  within,
} from '../view/overview.ts';
import { reasonOf } from '../view/pressing.ts';
import { type YearLately, yearsIn } from '../view/scores.ts';
import { spellText } from '../words/index.ts';
import { type Period, listOf, gradeLabel, Clauses, RateTable } from './overview-rates.tsx';

export const Overview: FC<{
  visit: Visit;
  counts: Counts;
  period: Period;
  rows: readonly Judged[];
  year: YearLately;
  filter: Filter;
}> = ({ visit, counts, period, rows, year, filter }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const seen = within(rows, filter);
  const late = seen.filter(r => r.late);
  const bornLate = late.filter(r => r.line.cause === 'late-discovery').length;
  const unexplained = late.filter(r => reasonOf(hall, r.line) === undefined).length;
  const num = (set: 'all' | 'ontime' | 'late', n: number): Child => (
    <a href={listOf(period, set, filter)}>
      <b>{n}</b>
    </a>
  );
  const chosenUnit = filter.unit === undefined ? undefined : filter.unit === '' ? w.ov.noUnit : names.unit(filter.unit);
  return (
    <Page visit={visit} tab="overview" title={w.ov.title} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.ov.title}</h1>
          <p class="sub">{w.ov.sub(period.from, period.to, chosenUnit ?? w.ov.whole)}</p>
          <AsOf w={w} at={year.asOf} />
        </div>
        <div class="acts">
          <a class="btn" href="/tables/duties">
            {w.reg.toExcel}
          </a>
          <a class="btn" href="/overview/wall">
            {w.ov.wall}
          </a>
        </div>
      </div>
      <form class="acts sec" method="get" action="/overview">
        <label for="ov-year">{w.ov.year}</label>
        <select id="ov-year" name="year">
          {yearsIn(hall).map(y => (
            <option value={String(y)} selected={y === period.year}>
              {y}
            </option>
          ))}
        </select>
        <label for="ov-from">{w.reg.from}</label>
        <input id="ov-from" name="from" type="date" value={filter.from ?? ''} />
        <label for="ov-to">{w.reg.to}</label>
        <input id="ov-to" name="to" type="date" value={filter.to ?? ''} />
        <button class="btn" type="submit">
          {w.reg.lookUp}
        </button>
        {chosenUnit === undefined ? '' : <a href={`/overview?year=${period.year}`}>{w.ov.whole}</a>}
      </form>
      {seen.length === 0 ? (
        <Empty title={w.ov.emptyTitle} says={w.ov.emptySays}>
          <a class="btn" href="/desk">
            {w.nav.desk}
          </a>
        </Empty>
      ) : (
        <>
          <p class="lede">
            {w.ov.due} {num('all', seen.length)} {w.ov.ontime} {num('ontime', seen.length - late.length)} {w.ov.late}{' '}
            {num('late', late.length)}
            {w.stop}
            {late.length === 0 ? '' : <> {w.ov.lateOf(late.length, bornLate, unexplained)}</>}
          </p>
          <Clauses visit={visit} period={period} rows={seen} filter={filter} />
          <div class="ov-two">
            <RateTable
              title={w.ov.byGrade}
              rates={rates(
                seen.filter(r => r.line.case !== undefined),
                r => r.grade ?? '',
              ).toSorted((a, b) => gradeRank(visit, b.key) - gradeRank(visit, a.key))}
              label={key => gradeLabel(visit, key)}
              href={(key, set) => listOf(period, set, { ...filter, grade: key })}
              visit={visit}
            />
            <RateTable
              title={w.ov.byUnit}
              rates={rates(seen, r => r.unit ?? '').toSorted((a, b) => b.of - a.of)}
              label={key => (
                <a href={`/overview?year=${period.year}&unit=${encodeURIComponent(key)}`}>
                  {key === '' ? w.ov.noUnit : names.unit(key)}
                </a>
              )}
              href={(key, set) => listOf(period, set, { ...filter, unit: key })}
              visit={visit}
            />
          </div>
        </>
      )}
      <div class="ov-two">
        <Waiting visit={visit} period={period} />
        <Questions visit={visit} period={period} />
      </div>
      <div class="ov-two">
        <Gaps visit={visit} />
        <LeftOut visit={visit} ignored={sheetOf(year, undefined).ignored} year={period.year} />
      </div>
    </Page>
  );
};

/** Its height on its scale, the fastest answer first; what has no grade comes last. */
const gradeRank = ({ hall }: Visit, key: string): number =>
  Math.max(-1, ...hall.rulebook.rules.map(r => (r.kind === 'grades' && !r.unordered ? r.values.indexOf(key) : -1)));

const Waiting: FC<{ visit: Visit; period: Period }> = ({ visit, period }) => {
  const { hall, w } = visit;
  const rows = waited(hall, w, period);
  const found = histogram(rows);
  const longest = rows.toSorted((a, b) => b.seconds - a.seconds)[0];
  const say = (hours: number): string => spellText(w, hours * 3600);
  return (
    <section class="sec">
      <h2 class="ov-h">{w.ov.waiting}</h2>
      {found && longest ? (
        <figure class="sheet pad hist">
          <AnswerTimes
            of={found}
            says={w.ov.waitSays(rows.length, say(found.median), say(found.ninety))}
            medianLabel={w.ov.half(say(found.median))}
            ninetyLabel={w.ov.ninety(say(found.ninety))}
            unit={w.ov.hours}
            beyondLabel={w.ov.beyond}
          />
          <figcaption class="note">
            {w.ov.waitSays(rows.length, say(found.median), say(found.ninety))}{' '}
            {w.ov.longest(say(longest.seconds / 3600))}{' '}
            <a href={`/cases/${longest.head.key}`}>
              {longest.head.title} {longest.head.number}
            </a>
          </figcaption>
        </figure>
      ) : (
        <Empty title={w.ov.noAnswers} says={w.ov.noAnswersSay}>
          <a class="btn" href="/replies">
            {w.nav.replies}
          </a>
        </Empty>
      )}
    </section>
  );
};

const Questions: FC<{ visit: Visit; period: Period }> = ({ visit, period }) => {
  const { hall, w } = visit;
  const again = recurring(hall, period);
  const open = unansweredQuestions(hall, w);
  return (
    <section class="sec">
      <h2 class="ov-h">{w.ov.recurring}</h2>
      <div class="sheet pad">
        {again.length === 0 ? <p class="note">{w.ov.noRecurring}</p> : ''}
        <ul class="bare">
          {again.map(q => (
            <li>
              <b class="song">{q.subject}</b> {w.ov.asked(q.count, q.days)}{' '}
              {q.cases.slice(0, 3).map(key => (
                <a href={`/cases/${key}`}>{w.ov.itsCase}</a>
              ))}
            </li>
          ))}
        </ul>
        {open.length === 0 ? (
          ''
        ) : (
          <>
            <h3>{w.ov.openQuestions}</h3>
            <ul class="bare">
              {open.map(o => (
                <li>
                  <a href={`/cases/${o.head.key}`}>{o.head.title}</a> {w.ov.unanswered(o.open)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
};

const Gaps: FC<{ visit: Visit }> = ({ visit }) => {
  const { hall, w, language } = visit;
  const gaps = gapRows(hall, language, naming(hall, language));
  return (
    <section class="sec">
      <h2 class="ov-h">{w.ov.gaps}</h2>
      {gaps.length === 0 ? (
        <Empty title={w.ov.noGaps} says={w.ov.noGapsSay} />
      ) : (
        <div class="sheet pad">
          <ul class="bare">
            {gaps.slice(0, 12).map(g => (
              <li>
                <a href={g.href}>{g.text}</a> <Clause clause={g.clause} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};

const LeftOut: FC<{ visit: Visit; ignored: Ignored; year: number }> = ({ visit, ignored, year }) => {
  const { w } = visit;
  const rows: readonly (readonly [string, number])[] = [
    [w.ignoredUnscored, ignored.unscored.length],
    [w.ignoredNotCounted, ignored.notCounted.length],
    [w.ignoredEnded, ignored.ended.length],
    [w.ignoredSoft, ignored.soft.length],
    [w.ignoredDismissed, ignored.dismissed.length],
    [w.ignoredRefused, ignored.refused.length],
    [w.ignoredContested, ignored.contested],
    [w.ignoredUnwatched, ignored.unwatched],
  ];
  return (
    <section class="sec">
      <h2 class="ov-h">{w.ignoredTitle}</h2>
      <div class="sheet pad">
        <p class="note">{w.ignoredSub}</p>
        <table>
          <tbody>
            {rows.map(([label, n]) => (
              <tr>
                <td>{label}</td>
                <td class="n">
                  <a href={`/scores/institution?year=${year}`}>{n}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

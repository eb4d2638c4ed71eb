/** The overview of a period, the list behind each of its numbers, and the wall. */
import { dateOfDay, dayOfInstant } from '#core/calendar';
import type { Visit } from '../context.ts';
import { Overview } from '../pages/overview.tsx';
import type { Period } from '../pages/overview-rates.tsx';
import { OverviewList } from '../pages/overview-list.tsx';
import { Wall } from '../pages/wall.tsx';
import { naming } from '../view/naming.ts';
import { type Filter, judged, unansweredQuestions, waited, within } from '../view/overview.ts';
import { yearLately, yearsIn } from '../view/scores.ts';
import { dateText, OFFSET } from '../view/times.ts';
import type { Show } from '../visiting.tsx';

const DATE = /^\d{4}-\d\d-\d\d$/;

function asked(visit: Visit): { readonly period: Period; readonly filter: Filter } {
  const query = (name: string): string | undefined => visit.c.req.query(name);
  const today = dateText(visit.hall.now);
  const wanted = Number(query('year') ?? today.slice(0, 4));
  const year = yearsIn(visit.hall).includes(wanted) ? wanted : Number(today.slice(0, 4));
  const date = (name: string): string | undefined => {
    const given = query(name) ?? '';
    return DATE.test(given) ? given : undefined;
  };
  const from = date('from');
  const to = date('to');
  const clause = query('clause');
  const grade = query('grade');
  const unit = query('unit');
  const filter: Filter = {
    ...(clause ? { clause } : {}),
    ...(grade === undefined ? {} : { grade }),
    ...(unit === undefined ? {} : { unit }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const last = year === Number(today.slice(0, 4)) ? today : `${year}-12-31`;
  return { period: { year, from: from ?? `${year}-01-01`, to: to ?? last }, filter };
}

export const show: Show = (visit, counts) => {
  const { period, filter } = asked(visit);
  const year = yearLately(visit.hall, period.year);
  const rows = judged(visit.hall, visit.w, year);
  return <Overview visit={visit} counts={counts} period={period} rows={rows} year={year} filter={filter} />;
};

export const list: Show = (visit, counts) => {
  const { hall, w, language, c } = visit;
  const { period, filter } = asked(visit);
  const names = naming(hall, language);
  const set = c.req.query('set') ?? 'all';
  const rows = within(judged(hall, w, yearLately(hall, period.year)), filter).filter(
    r => set === 'all' || (set === 'late') === r.late,
  );
  const parts = [
    String(period.year),
    filter.unit === undefined ? '' : filter.unit === '' ? w.ov.noUnit : names.unit(filter.unit),
    filter.grade === undefined ? '' : filter.grade === '' ? w.ungraded : names.value('', filter.grade),
    filter.clause === undefined ? '' : `${names.clause(filter.clause).article} ${filter.clause}`,
    set === 'late' ? w.ov.setLate : set === 'ontime' ? w.ov.setOnTime : w.ov.setAll,
  ];
  return (
    <OverviewList
      visit={visit}
      counts={counts}
      rows={rows}
      title={parts.filter(p => p !== '').join(' · ')}
      back={`/overview?year=${period.year}`}
    />
  );
};

export const wall: Show = async visit => {
  const { hall, w, house } = visit;
  const today = dateText(hall.now);
  const yesterday = dateOfDay(dayOfInstant(hall.now, OFFSET) - 1);
  const rows = judged(hall, w, yearLately(hall, Number(today.slice(0, 4))));
  // Due yesterday, whenever it began.
  const due = rows.filter(r => dateText(Date.parse(r.line.dueAt ?? '') - 1) === yesterday);
  const rate = (list: typeof rows) => ({ onTime: list.filter(r => !r.late).length, of: list.length });
  const sources = (await house.desk.sources.list()).filter(s => s.state === 'on');
  return (
    <Wall
      visit={visit}
      figures={{
        yesterday: rate(due),
        year: rate(rows),
        sources: { on: sources.length, silent: sources.filter(s => s.problem !== undefined).length },
        questions: unansweredQuestions(hall, w).reduce((n, o) => n + o.open, 0),
        answered: waited(hall, w, { from: yesterday, to: yesterday }),
      }}
    />
  );
};

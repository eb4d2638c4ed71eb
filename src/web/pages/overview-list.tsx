/** The duties behind one number of the overview, each with what was due, when it was met, and the reason where it was late. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Empty } from '../parts/small.tsx';
import { dutyRow, headsByKey } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import type { Judged } from '../view/overview.ts';
import { reasonOf } from '../view/pressing.ts';
import { fullMoment } from '../view/times.ts';
import { spellText } from '../words/index.ts';

const MOST = 500;
export const OverviewList: FC<{
  visit: Visit;
  counts: Counts;
  rows: readonly Judged[];
  title: string;
  back: string;
}> = ({ visit, counts, rows, title, back }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const heads = headsByKey(hall, w);
  const sorted = rows.toSorted((a, b) => b.used - a.used).slice(0, MOST);
  return (
    <Page visit={visit} tab="overview" title={title} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={back}>{w.ov.title}</a>
          </p>
          <h1>{title}</h1>
          <p class="sub">
            {w.ov.listSub(rows.length)}
            {rows.length > MOST ? w.ov.listCut(MOST) : ''}
          </p>
        </div>
      </div>
      {rows.length === 0 ? (
        <Empty title={w.ov.emptyTitle} says={w.ov.emptySays}>
          <a class="btn" href={back}>
            {w.ov.title}
          </a>
        </Empty>
      ) : (
        <div class="scroll" tabindex={0}>
          <table class="ov-list">
            <thead>
              <tr>
                <th></th>
                <th>{w.ov.duty}</th>
                <th>{w.unitWord}</th>
                <th>{w.ov.dueWhen}</th>
                <th>{w.ov.doneWhen}</th>
                <th class="n">{w.ov.usedShort}</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map(r => {
                const row = dutyRow(hall, w, language, names, heads, r.line);
                const reason = r.late ? reasonOf(hall, r.line) : undefined;
                return (
                  <tr data-row>
                    <td>
                      <Hui size="xs" look={r.late ? (r.line.doneAt ? 'donelate' : 'late') : lookOf('done')} />
                    </td>
                    <td>
                      <b>{row.title}</b> <Clause clause={row.clause} />{' '}
                      {row.case ? (
                        <a href={`/cases/${row.case.key}`} data-go>
                          {row.case.title} {row.case.number}
                        </a>
                      ) : (
                        ''
                      )}
                    </td>
                    <td>{r.unit === undefined ? row.owedBy : names.unit(r.unit)}</td>
                    <td class="nb">{row.dueAt === undefined ? '' : fullMoment(language, row.dueAt, hall.now)}</td>
                    <td>
                      {r.line.doneAt === undefined
                        ? w.ov.notDone
                        : fullMoment(language, Date.parse(r.line.doneAt), hall.now)}
                      {r.line.lateBySeconds === undefined ? (
                        ''
                      ) : (
                        <span class="late-n">
                          {' '}
                          {w.lateBy} {spellText(w, r.line.lateBySeconds)}
                        </span>
                      )}{' '}
                      {!r.late ? (
                        ''
                      ) : reason === undefined ? (
                        <a href={`/reason/${row.id}`}>{w.writeReason}</a>
                      ) : (
                        <span class="tag">{w.reasonGiven(fullMoment(language, reason, hall.now))}</span>
                      )}
                    </td>
                    <td class="n">{Math.round(r.used)}%</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
};

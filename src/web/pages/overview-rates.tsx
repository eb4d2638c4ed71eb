/** On-time rates in tables: by clause with how close each limit was cut, by unit, by grade; every number leads to its list. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { RateBar, Strip } from '../parts/charts.tsx';
import { Clause, Grade } from '../parts/small.tsx';
import { dutyTitle } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { type Filter, type Judged, type Rate, strips } from '../view/overview.ts';
import { plainLimit } from '../view/plain-rule.ts';
import { ruleOf } from '../view/duties.ts';

export interface Period {
  readonly year: number;
  readonly from: string;
  readonly to: string;
}

/** The address of the list behind a number. */
export const listOf = (period: Period, set: 'all' | 'ontime' | 'late', filter: Filter): string => {
  const query = new URLSearchParams({ year: String(period.year), set });
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value));
  return `/overview/list?${query}`;
};

export function gradeLabel({ hall, w, language }: Visit, key: string): Child {
  const names = naming(hall, language);
  for (const rule of hall.rulebook.rules) {
    if (rule.kind !== 'grades' || rule.unordered) continue;
    const place = rule.values.indexOf(key);
    if (place < 0) continue;
    const bars = rule.values.length === 1 ? 4 : 1 + Math.round((place * 3) / (rule.values.length - 1));
    return <Grade bars={bars} text={names.value(rule.name, key)} />;
  }
  return w.ungraded;
}

export const Clauses: FC<{ visit: Visit; period: Period; rows: readonly Judged[]; filter: Filter }> = props => {
  const { visit, period, rows, filter } = props;
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  return (
    <section class="sec">
      <div class="sec-h">
        <h2>{w.ov.clauses}</h2>
        <span class="note legend">
          <span>
            <i class="k-done"></i>
            {w.ov.kDone}
          </span>
          <span>
            <b class="late-n">×</b>
            {w.ov.kLate}
          </span>
          <span>
            <i class="k-limit"></i>
            {w.ov.kLimit}
          </span>
          <span>
            <i class="k-median"></i>
            {w.ov.kMedian}
          </span>
        </span>
      </div>
      <div class="sheet pad">
        <table class="ov">
          <thead>
            <tr>
              <th>{w.ov.duty}</th>
              <th>{w.reg.clause}</th>
              <th class="n">{w.ov.limit}</th>
              <th class="n">{w.ov.inTime}</th>
              <th>{w.ov.used}</th>
              <th class="n">{w.ov.signing}</th>
            </tr>
          </thead>
          <tbody>
            {strips(hall, rows).map(s => {
              const onTime = s.rows.filter(r => !r.late).length;
              const rule = ruleOf(hall, s.line);
              const title = dutyTitle(hall, language, names, s.line);
              return (
                <tr>
                  <td class="nm">
                    <b>{title}</b>
                  </td>
                  <td class="cl-c">
                    <Clause clause={names.clause(s.clause)} />
                  </td>
                  <td class="n nb lim">{rule?.kind === 'duty' ? plainLimit(w, language, rule.within) : ''}</td>
                  <td class="n nb okc">
                    <a href={listOf(period, 'all', { ...filter, clause: s.clause })}>
                      {onTime}/{s.rows.length}
                    </a>
                  </td>
                  <td class="st">
                    <Strip
                      rows={s.rows}
                      median={s.median}
                      says={w.ov.stripSays(title, onTime, s.rows.length, Math.round(s.median))}
                    />
                  </td>
                  <td class="n nb sg">{s.signing === undefined ? '—' : `${Math.round(s.signing * 100)}%`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
};

export const RateTable: FC<{
  visit: Visit;
  title: string;
  rates: readonly Rate[];
  label: (key: string) => Child;
  href: (key: string, set: 'all' | 'late') => string;
}> = ({ visit, title, rates: list, label, href }) => (
  <section class="sec">
    <h2 class="ov-h">{title}</h2>
    <div class="sheet pad">
      {list.length === 0 ? <p class="note">{visit.w.none}</p> : ''}
      <table class="bars">
        <tbody>
          {list.map(r => (
            <tr>
              <td>{label(r.key)}</td>
              <td class="barc">
                <RateBar rate={r} />
              </td>
              <td class="n nb">
                <a href={href(r.key, r.onTime < r.of ? 'late' : 'all')}>
                  {r.onTime}/{r.of}
                  <span class="vh"> {visit.w.ov.rate(r.onTime, r.of)}</span>
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);

/** Offices over time: who holds what, who held it on a date, and the step in which somebody who leaves is replaced. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Empty, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { Person } from '../ports.ts';
import { dutyRow, headsByKey } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { heldOn, leaving, officeHistory } from '../view/offices.ts';
import { allOffices } from '../view/permissions-by-article.ts';
import { dateText } from '../view/times.ts';
import { RegisterFrame, type Said, typed } from './registers.tsx';

export interface Report {
  readonly rows: readonly {
    readonly n: number;
    readonly said: string;
    readonly problem?: string;
    readonly done?: string;
  }[];
  /** The table as it came, for writing what was checked. */
  readonly table?: string;
  readonly once: readonly { readonly login: string; readonly password: string }[];
}

export const OfficesRegister: FC<{
  visit: Visit;
  counts: Counts;
  people: readonly Person[];
  said: Said;
  report?: Report;
}> = ({ visit, counts, people, said, report }) => {
  const { hall, w, language, user, c } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('access');
  const today = dateText(hall.now);
  const wanted = c.req.query('on') ?? '';
  const on = /^\d{4}-\d\d-\d\d$/.test(wanted) ? wanted : today;
  const history = officeHistory(hall);
  const then = heldOn(history, on);
  const nameOf = new Map(people.map(p => [p.code, p.name]));
  const offices = allOffices(hall);
  return (
    <RegisterFrame visit={visit} counts={counts} register="offices" said={said}>
      {report ? <ReportTable visit={visit} report={report} /> : ''}
      <form method="get" action="/registers/offices" class="acts sec">
        <label for="on">{w.reg.onDate}</label>
        <input id="on" name="on" type="date" value={on} />
        <button class="btn" type="submit">
          {w.reg.lookUp}
        </button>
      </form>
      <section class="sec">
        <div class="scroll reg-t" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th>{w.unitWord}</th>
                <th>{w.offices}</th>
                <th>{w.reg.holder}</th>
                <th>{w.reg.from}</th>
                <th>{w.reg.to}</th>
                {may ? <th></th> : ''}
              </tr>
            </thead>
            <tbody>
              {then.map(s => (
                <tr>
                  <td>{names.unit(s.unit)}</td>
                  <td>{names.role(s.role)}</td>
                  <td>
                    {s.holder === null ? (
                      <span class="tag dash">{w.vacant}</span>
                    ) : (
                      <>
                        {nameOf.get(s.holder) ?? ''} <span class="code">{s.holder}</span>
                      </>
                    )}
                  </td>
                  <td>{s.from ?? w.reg.always}</td>
                  <td>{s.to ?? ''}</td>
                  {may ? (
                    <td>
                      {s.holder === null || on !== today || !nameOf.has(s.holder) ? (
                        ''
                      ) : (
                        <a href={`/registers/offices/handover?code=${encodeURIComponent(s.holder)}`}>
                          {w.reg.handover}
                        </a>
                      )}
                    </td>
                  ) : (
                    ''
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {may ? (
        <section class="sec">
          <details class="pane" open={typed(said, 'do') === 'assign'}>
            <summary>{w.assignOffice}</summary>
            <form method="post" action="/registers/offices">
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="do" value="assign" />
              <div class="two">
                <div class="field">
                  <label for="o-office">{w.offices}</label>
                  <select id="o-office" name="office" required>
                    {offices.map(o => (
                      <option value={`${o.unit}/${o.role}`} selected={typed(said, 'office') === `${o.unit}/${o.role}`}>
                        {names.office(o)}
                      </option>
                    ))}
                  </select>
                </div>
                <div class="field">
                  <label for="o-code">{w.reg.holder}</label>
                  <select id="o-code" name="code">
                    <option value="">{w.vacant}</option>
                    {people
                      .filter(p => p.active)
                      .map(p => (
                        <option value={p.code} selected={typed(said, 'code') === p.code}>
                          {p.code} {p.name}
                        </option>
                      ))}
                  </select>
                </div>
                <div class="field">
                  <label for="o-from">{w.reg.from}</label>
                  <input id="o-from" name="from" type="date" required value={typed(said, 'from') || today} />
                </div>
                <div class="field">
                  <label for="o-to">
                    {w.reg.to}
                    <span class="opt-t">{w.optional}</span>
                  </label>
                  <input id="o-to" name="to" type="date" value={typed(said, 'to')} />
                </div>
              </div>
              <button class="btn go" type="submit">
                {w.recordIt}
              </button>
            </form>
          </details>
          <details class="pane" id="from-table" open={history.every(s => s.holder === null)}>
            <summary>{w.reg.fromExcel}</summary>
            <p class="note">{w.reg.fromExcelSays}</p>
            <form method="post" action="/registers/offices" enctype="multipart/form-data">
              <Token csrf={user.session.csrf} />
              <div class="field narrow">
                <label for="o-file">{w.file}</label>
                <input id="o-file" name="file" type="file" accept=".xlsx,.xls,.csv" required />
              </div>
              <button class="btn go" type="submit" name="do" value="check">
                {w.reg.checkRows}
              </button>
            </form>
          </details>
        </section>
      ) : (
        ''
      )}
      <section class="sec">
        <details class="pane">
          <summary>{w.reg.history}</summary>
          <ul class="mini">
            {history.map(s => (
              <li>
                <Hui size="xs" look={s.holder === null ? 'soft' : s.to === undefined ? 'done' : 'far'} />
                <span>
                  {names.office(s)} {s.holder ?? w.vacant}
                </span>
                <time>
                  {s.from ?? w.reg.always}
                  {w.reg.until}
                  {s.to ?? w.reg.now}
                </time>
              </li>
            ))}
          </ul>
        </details>
      </section>
    </RegisterFrame>
  );
};

const ReportTable: FC<{ visit: Visit; report: Report }> = ({ visit, report }) => {
  const { w, user } = visit;
  const bad = report.rows.filter(r => r.problem !== undefined).length;
  const good = report.rows.length - bad;
  return (
    <section class="sec" id="report">
      <div class="sec-h">
        <h2>{report.table === undefined ? w.reg.rowsWritten : w.reg.rowsChecked}</h2>
        <span class="num">{w.reg.rowsCount(good, bad)}</span>
      </div>
      {report.once.map(o => (
        <div class="once sec" role="status">
          {w.oncePassword(o.login)}
          <span class="code">{o.password}</span>
        </div>
      ))}
      <div class="scroll reg-t" tabindex={0}>
        <table>
          <tbody>
            {report.rows.map(r => (
              <tr>
                <td class="n">{r.n}</td>
                <td>{r.said}</td>
                <td>{r.problem === undefined ? `✓ ${r.done ?? w.reg.rowGood}` : `✕ ${r.problem}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {report.table === undefined || good === 0 ? (
        ''
      ) : (
        <form method="post" action="/registers/offices" class="acts">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="table" value={report.table} />
          <button class="btn go" type="submit" name="do" value="write">
            {w.reg.writeRows(good)}
          </button>
        </form>
      )}
    </section>
  );
};

export const Handover: FC<{
  visit: Visit;
  counts: Counts;
  people: readonly Person[];
  person: Person;
  said: Said;
}> = ({ visit, counts, people, person, said }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const heads = headsByKey(hall, w);
  const hands = leaving(hall, person.code);
  const others = people.filter(p => p.active && p.code !== person.code);
  return (
    <Page visit={visit} tab="registers" title={w.reg.handoverOf(person.name)} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/registers/offices">{w.reg.names.offices}</a>
          </p>
          <h1>{w.reg.handoverOf(`${person.name} ${person.code}`)}</h1>
          <p class="sub">{w.reg.handoverSays}</p>
        </div>
      </div>
      {(said.problems ?? []).map(p => (
        <p class="alert stop sec" role="alert">
          <b>{p}</b>
        </p>
      ))}
      {hands.length === 0 ? (
        <Empty title={w.reg.holdsNothing} says={w.reg.holdsNothingSays}>
          <a class="btn" href="/registers/offices">
            {w.reg.names.offices}
          </a>
        </Empty>
      ) : (
        <form method="post" action="/registers/offices">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="handover" />
          <input type="hidden" name="code" value={person.code} />
          {hands.map(({ office, duties }) => (
            <section class="sec pane">
              <div class="sec-h">
                <h2>{names.office(office)}</h2>
                <span class="num">{w.reg.openDuties(duties.length)}</span>
              </div>
              <ul class="mini">
                {duties.slice(0, 20).map(line => {
                  const row = dutyRow(hall, w, language, names, heads, line);
                  return (
                    <li>
                      <Hui size="xs" look={row.tone === 'late' ? 'late' : row.tone === 'soft' ? 'soft' : ''} />
                      <span>
                        {row.title} <Clause clause={row.clause} />{' '}
                        {row.case ? <a href={`/cases/${row.case.key}`}>{row.case.title}</a> : ''}
                      </span>
                      <time>{row.due}</time>
                    </li>
                  );
                })}
              </ul>
              <div class="field narrow">
                <label for={`s-${office.unit}-${office.role}`}>{w.reg.successor}</label>
                <select id={`s-${office.unit}-${office.role}`} name={`to.${office.unit}/${office.role}`}>
                  <option value="">{w.reg.leaveVacant}</option>
                  {others.map(p => (
                    <option value={p.code}>
                      {p.code} {p.name}
                    </option>
                  ))}
                </select>
              </div>
            </section>
          ))}
          <div class="field narrow">
            <label for="h-from">{w.reg.handoverFrom}</label>
            <input id="h-from" name="from" type="date" required value={dateText(hall.now)} />
          </div>
          {person.code === user.person.code ? (
            ''
          ) : (
            <p class="field">
              <label class="opt">
                <input type="checkbox" name="disable" value="true" />
                {w.reg.alsoDisable}
              </label>
            </p>
          )}
          <div class="acts">
            <button class="btn go" type="submit">
              {w.reg.handoverNow}
            </button>
          </div>
        </form>
      )}
    </Page>
  );
};

/** The log: every entry in order, nothing ever edited. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import type { StoredEvent } from '../ports.ts';
import { caseHeads } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { fullMoment } from '../view/times.ts';

const PER_PAGE = 60;

export const Log: FC<{ visit: Visit; counts: Counts; before: number }> = ({ visit, counts, before }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const last = Math.min(before, hall.seq);
  const shown: readonly StoredEvent[] = hall.events.filter(e => e.seq <= last && e.seq > last - PER_PAGE).toReversed();
  const numbers = new Map(caseHeads(hall, w).map(c => [c.key, c.number]));
  return (
    <Page visit={visit} tab="log" title={w.logTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.logTitle}</h1>
          <p class="sub">
            {w.logSub} {w.recordTo(hall.seq)}
          </p>
        </div>
        {user.person.administrator ? (
          <div class="acts">
            <a class="btn" href="/log/export">
              {w.logExport}
            </a>
          </div>
        ) : (
          ''
        )}
      </div>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th class="n">{w.logN}</th>
              <th>{w.logWhen}</th>
              <th>{w.logCase}</th>
              <th>{w.logWho}</th>
              <th>{w.logWhat}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(e => {
              const said = sentence(e, language, names);
              return (
                <tr>
                  <td class="n">{e.seq}</td>
                  <td class="entry-t">{fullMoment(language, Date.parse(e.at), hall.now)}</td>
                  <td class="entry-t">
                    {e.case === undefined ? '' : <a href={`/cases/${e.case}`}>{numbers.get(e.case) ?? e.case}</a>}
                  </td>
                  <td class="entry-t">{names.office(e.by)}</td>
                  <td>
                    <b>{said.label}</b> {said.detail}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="acts">
        {last > PER_PAGE ? (
          <a class="btn" href={`/log?before=${last - PER_PAGE}`}>
            {w.older}
          </a>
        ) : (
          ''
        )}
        {last < hall.seq ? (
          <a class="btn" href={`/log?before=${last + PER_PAGE}`}>
            {w.newer}
          </a>
        ) : (
          ''
        )}
      </p>
    </Page>
  );
};

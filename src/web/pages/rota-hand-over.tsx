/** One hand-over: what was open when one shift gave over to the next, worked out from the log of that moment. */
import type { ObligationLine } from '#core/obligations';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause } from '../parts/small.tsx';
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
import { dutyRow, dutyTitle, headsByKey } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { fullMoment, momentText } from '../view/times.ts';

const SOON = 24 * 3600;
export const HandOverSheet: FC<{
  visit: Visit;
  counts: Counts;
  event: StoredEvent;
  /** The state as it stood at the hand-over. */
  then: Hall;
  duties: readonly ObligationLine[];
  missed: readonly ObligationLine[];
  waiting: number;
  silent: readonly string[];
}> = ({ visit, counts, event, then, duties, missed, waiting, silent }) => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  const heads = headsByKey(then, w);
  const rows = duties
    .map(l => dutyRow(then, w, language, names, heads, l))
    .toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity));
  const at = Date.parse(event.at);
  const nothing = rows.length === 0 && missed.length === 0 && waiting === 0 && silent.length === 0;
  return (
    <Page visit={visit} tab="watch" title={w.shiftHandTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub no-print">
            <a href="/rota">{w.rotaTitle}</a>
          </p>
          <h1>{w.handSheet(fullMoment(language, at, hall.now))}</h1>
          <p class="sub">{w.handSheetSays}</p>
        </div>
      </div>
      <dl class="kv sec">
        <dt>{w.handFrom}</dt>
        <dd>{names.office(event.by)}</dd>
        <dt>{w.handReceives}</dt>
        <dd>{names.office({ unit: String(event.data['unit']), role: String(event.data['to']) })}</dd>
      </dl>
      {nothing ? <p>{w.handNothing}</p> : ''}
      {rows.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <div class="sec-h">
            <h2>{w.handDuties(rows.length)}</h2>
          </div>
          <ol class="duties">
            {rows.map(r => (
              <li class={r.tone === 'late' ? 'duty late hand' : 'duty hand'} data-row>
                <Hui look={lookOf(r.tone)} left={r.share} />
                <div class="left">
                  <b class="small">{r.dueAt === undefined ? '—' : momentText(language, r.dueAt, at)}</b>
                  <span>{r.left !== undefined && r.left >= 0 && r.left < SOON ? w.handSoon : r.due}</span>
                </div>
                <div class="body">
                  <p class="what">
                    {r.title} <Clause clause={r.clause} />
                  </p>
                  <p class="of">
                    <span>{r.owedBy}</span>
                    {r.case ? <a href={`/cases/${r.case.key}`}>{r.case.title}</a> : ''}
                  </p>
                  <p class="then" data-lead={w.nextStep}>
                    {r.next.text}
                  </p>
                </div>
                <div class="acts"></div>
              </li>
            ))}
          </ol>
        </section>
      )}
      {missed.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <div class="sec-h">
            <h2>{w.handMissed(missed.length)}</h2>
          </div>
          <ul class="mini missed">
            {missed.map(l => (
              <li>
                <Hui size="xs" look="late" />
                <span>{dutyTitle(then, language, names, l)}</span>
                <time>{momentText(language, Date.parse(l.startedAt), at)}</time>
              </li>
            ))}
          </ul>
        </section>
      )}
      {waiting === 0 ? (
        ''
      ) : (
        <p>
          <a href="/inbox">{w.handInbox(waiting)}</a>
        </p>
      )}
      {silent.length === 0 ? '' : <p>{w.handSilent(silent.join(language === 'zh' ? '、' : ', '))}</p>}
    </Page>
  );
};

/** My duties: what must be answered next, why, by whom, and what to do about it. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Duty, FirstDuty } from '../parts/duty-row.tsx';
import { Horizon } from '../parts/horizon.tsx';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Remind } from '../parts/remind.tsx';
import { Clause, Empty, Time } from '../parts/small.tsx';
import { board, type DutyRow, firstDuty, whoseOf } from '../view/duties.ts';
import { gapRows } from '../view/gaps.ts';
import { naming } from '../view/naming.ts';
import { stepsLeft } from '../view/path.ts';
import { sentence } from '../view/sentences.ts';
import { clockText, momentText } from '../view/times.ts';

export const Desk: FC<{ visit: Visit; counts: Counts; all: boolean }> = ({ visit, counts, all }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const scope = all ? 'all' : 'unit';
  const b = board(hall, w, language, names, { office: user.office, scope, most: 100 });
  const urgent = [...b.late, ...b.limited];
  const head = firstDuty(hall, whoseOf(hall, user.office, scope));
  const first = urgent.find(r => r.row === head?.row);
  const limited = b.limited.filter(r => r !== first);
  const late = b.late.filter(r => r !== first);
  const owed = urgent.length + b.soft.length;
  const gaps = gapRows(hall, language, names);
  const recent = hall.events.slice(-7).reverse();
  return (
    <Page visit={visit} tab="desk" title={w.nav.desk} counts={counts} live>
      <div class="page-head">
        <div>
          <h1>{w.deskTitle(owed)}</h1>
          <p class="sub">{w.deskSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href={all ? '/desk' : '/desk?scope=all'} {...(all ? { 'aria-current': 'true' as const } : {})}>
            {w.deskScope.all}
          </a>
          <span class="hint-keys only-keys">
            <span>
              <kbd>j</kbd>
              <kbd>k</kbd>
              {w.keysUpDown}
            </span>
            <span>
              <kbd>Enter</kbd>
              {w.keysNext}
            </span>
          </span>
        </div>
      </div>
      <div hx-get={`/desk/news?after=${hall.seq}`} hx-trigger="every 20s" hx-swap="innerHTML" aria-live="polite"></div>
      <Horizon w={w} rows={urgent} now={hall.now} />
      {first ? <FirstDuty w={w} row={first} now={hall.now} path={<PathOf visit={visit} row={first} />} /> : ''}
      <div class="cols">
        <div>
          {owed === 0 ? (
            <section class="sec">
              <Empty title={w.noDutiesTitle} says={w.noDutiesSays}>
                <a class="btn" href="/inbox">
                  {w.toInbox}
                </a>
              </Empty>
            </section>
          ) : (
            ''
          )}
          <Section title={w.alreadyLate} rows={late} visit={visit} />
          <Section title={w.withLimit} rows={limited} visit={visit} />
          <Section title={w.noLimit} note={w.noLimitNote} rows={b.soft} visit={visit} />
          <Section title={w.missedHead} rows={b.missed} visit={visit} />
        </div>
        <aside class="side">
          {b.waiting.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.waiting}</h2>
              <ul class="log">
                {b.waiting.map(r => (
                  <li>
                    <time>{r.dueAt === undefined ? '—' : momentText(language, r.dueAt, hall.now)}</time>
                    <span>
                      {r.owedBy}
                      {w.colon}
                      <a href={r.next.href}>{r.title}</a>
                      <br />
                      <small>{r.case?.title ?? r.due}</small>
                      <Remind visit={visit} row={r} back="/desk" />
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h2>{w.justNow}</h2>
            <ul class="log">
              {recent.map(e => {
                const said = sentence(e, language, names);
                return (
                  <li>
                    <Time at={Date.parse(e.recordedAt)}>{clockText(Date.parse(e.recordedAt))}</Time>
                    <span>
                      {e.case === undefined ? said.label : <a href={`/cases/${e.case}`}>{said.label}</a>}{' '}
                      {said.detail.slice(0, 40)}
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
          {gaps.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.gapsHead}</h2>
              <ul class="mini">
                {gaps.slice(0, 8).map(g => (
                  <li>
                    <Hui size="xs" look="soft" />
                    <a href={g.href}>{g.text}</a>
                    <Clause clause={g.clause} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h2>{w.howToRead}</h2>
            <p class="note">{w.howToReadSays}</p>
          </section>
        </aside>
      </div>
    </Page>
  );
};

const Section: FC<{ title: string; note?: string; rows: readonly DutyRow[]; visit: Visit }> = ({
  title,
  note,
  rows,
  visit,
}) =>
  rows.length === 0 ? (
    <></>
  ) : (
    <section class="sec">
      <div class="sec-h">
        <h2>{title}</h2>
        <span class="num">{visit.w.countItems(rows.length)}</span>
        {note === undefined ? '' : <span class="note">{note}</span>}
      </div>
      <ol class="duties">
        {rows.map(r => (
          <Duty w={visit.w} row={r} now={visit.hall.now} />
        ))}
      </ol>
    </section>
  );

/** The steps on the way to this duty: what is behind, what is next, until when. */
const PathOf: FC<{ visit: Visit; row: DutyRow }> = ({ visit, row }) => {
  const { hall, w, language } = visit;
  const steps = stepsLeft(hall, language, naming(hall, language), row);
  return (
    <ol class="path">
      {steps.map(s => (
        <li class={s.state === 'next' ? 'now-step' : ''}>
          <Hui
            size="xs"
            look={s.state === 'done' ? 'done' : s.state === 'next' ? lookOf(row.tone) : 'far'}
            left={row.share}
          />
          <span>{s.text}</span>
          <time>{s.at === undefined ? '' : momentText(language, s.at, hall.now)}</time>
        </li>
      ))}
      {row.dueAt === undefined ? (
        ''
      ) : (
        <li class="end">
          <span></span>
          <span>{w.dueWord}</span>
          <time>
            <b>{momentText(language, row.dueAt, hall.now)}</b>
          </time>
        </li>
      )}
    </ol>
  );
};

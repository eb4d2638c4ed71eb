/** Beside the duties: what others owe, today's rounds, what was entered last, what the rules miss. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Remind } from '../parts/remind.tsx';
import { Clause, Time } from '../parts/small.tsx';
import type { Board } from '../view/duties.ts';
import { gapRows } from '../view/gaps.ts';
import { naming } from '../view/naming.ts';
import { roundsToday } from '../view/rounds.ts';
import { sentence } from '../view/sentences.ts';
import { clockText, momentText } from '../view/times.ts';

const RECENT = 7;
const GAPS = 8;

export const DeskSide: FC<{ visit: Visit; board: Board }> = ({ visit, board: b }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const gaps = gapRows(hall, language, names);
  const recent = hall.events.slice(-RECENT).reverse();
  const rounds = roundsToday(hall, visit.user.office);
  return (
    <aside class="side">
      {b.waiting.length === 0 ? (
        ''
      ) : (
        <section>
          <h2>
            {w.waiting} <span class="num">{w.countItems(b.counts.waiting)}</span>
          </h2>
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
          {b.counts.waiting > b.waiting.length ? (
            <p>
              <a href="/supervision">{w.moreOf(b.counts.waiting - b.waiting.length)}</a>
            </p>
          ) : (
            ''
          )}
        </section>
      )}
      {rounds.length === 0 ? (
        ''
      ) : (
        <section>
          <h2>{w.roundsToday}</h2>
          <ul class="rounds">
            {rounds.map(r => (
              <li class={r.state === 'open' ? 'now-step' : ''}>
                <Hui
                  look={r.state === 'done' ? 'done' : r.state === 'missed' ? 'late' : r.state === 'open' ? '' : 'far'}
                  left={r.share}
                  label={w.roundState[r.state]}
                />
                <a href="/watch">{clockText(r.at)}</a>
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
            {gaps.slice(0, GAPS).map(g => (
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
  );
};

/** The screen on the wall of the duty room: the one thing that is next, what follows, and four numbers. It asks nothing; who does come to the keyboard finds the way. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { Shell, Strips } from '../parts/layout.tsx';
import { Countdown, SpellOf } from '../parts/small.tsx';
import { board, type DutyRow } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import type { Waited } from '../view/overview.ts';
import { stepsLeft } from '../view/path.ts';
import { clockText, dateText, dayText, momentText, weekdayText } from '../view/times.ts';
import { spellText } from '../words/index.ts';

export interface WallFigures {
  readonly yesterday: { readonly onTime: number; readonly of: number };
  readonly year: { readonly onTime: number; readonly of: number };
  readonly sources: { readonly on: number; readonly silent: number };
  readonly questions: number;
  readonly answered: readonly Waited[];
}
/** Read again by the page's script: the wall has nobody at its keyboard. Without script its last line is the way to do so. */
const AGAIN_SECONDS = 60;

export const Wall: FC<{ visit: Visit; figures: WallFigures }> = ({ visit, figures }) => {
  const { hall, w, language, c } = visit;
  const names = naming(hall, language);
  const b = board(hall, w, language, names, { office: undefined, scope: 'all', most: 8 });
  const rows = [...b.late, ...b.limited, ...b.soft];
  const [first, ...rest] = rows;
  const steps = first ? stepsLeft(hall, language, names, first) : [];
  return (
    <Shell c={c} title={w.ov.wall} bodyClass="wall" theme="dark" again={AGAIN_SECONDS}>
      <div>
        <Strips c={c} example={hall.institution.example} practice={hall.institution.practice === true} />
        <header>
          <b>{hall.institution.name[language]}</b>
          <span>{w.ov.wallTitle}</span>
          <a class="note" href="/overview">
            {w.ov.title}
          </a>
          <time datetime={new Date(hall.now).toISOString()}>
            {dayText(language, dateText(hall.now), hall.now)} {weekdayText(w, hall.now)} {clockText(hall.now)}
          </time>
        </header>
      </div>
      <main
        id="main"
        class="wg1"
        data-now={new Date(hall.now).toISOString()}
        data-units={[w.daysUnit, w.hoursUnit, w.minutesUnit].join('|')}
        data-late={w.lateBy}
      >
        <section>
          {first ? (
            <div class="hero">
              <Hui look={lookOf(first.tone)} left={first.share} />
              <div>
                <p class="n">
                  <Left visit={visit} row={first} />
                </p>
                <h1>
                  <a href={first.next.href}>{first.title}</a>
                </h1>
                <p>
                  {first.case?.title ?? first.owedBy} {first.due}
                </p>
              </div>
            </div>
          ) : (
            <div class="hero">
              <Hui look="done" />
              <h1>
                <a href="/desk?scope=all">{w.nothingDue}</a>
              </h1>
            </div>
          )}
          {steps.length === 0 ? (
            ''
          ) : (
            <ol class="steps">
              {steps.slice(0, 5).map(s => (
                <li>
                  <Hui look={s.state === 'done' ? 'done' : s.state === 'next' ? lookOf(first?.tone ?? 'far') : 'far'} />
                  <span>{s.text}</span>
                  <time>{s.at === undefined ? '' : momentText(language, s.at, hall.now)}</time>
                </li>
              ))}
            </ol>
          )}
          <h2 class="steps-h">{w.ov.answeredYesterday}</h2>
          <ol class="steps">
            {figures.answered.length === 0 ? (
              <li>
                <Hui look="soft" />
                <span>{w.none}</span>
              </li>
            ) : (
              figures.answered.slice(0, 4).map(a => (
                <li>
                  <Hui look="done" />
                  <span>{a.head.title}</span>
                  <time>{spellText(w, a.seconds)}</time>
                </li>
              ))
            )}
          </ol>
        </section>
        <section>
          <h2>{w.ov.next}</h2>
          <ol class="lst">
            {rest.slice(0, 5).map(r => (
              <li>
                <Hui look={lookOf(r.tone)} left={r.share} />
                <div class="wt">
                  <Left visit={visit} row={r} />
                </div>
                <div>
                  <b>
                    <a href={r.next.href}>{r.title}</a>
                  </b>
                  <span>
                    {r.case?.title ?? ''} {r.line.term === undefined ? r.due : w.softTerm(r.line.term)}
                  </span>
                </div>
                <span class="wg">{r.owedBy}</span>
              </li>
            ))}
          </ol>
        </section>
      </main>
      <footer>
        <span>
          {w.ov.yesterdayOnTime}{' '}
          <b>
            {figures.yesterday.onTime}/{figures.yesterday.of}
          </b>
        </span>
        <span>
          {w.ov.yearOnTime}{' '}
          <b>
            {figures.year.onTime}/{figures.year.of}
          </b>
        </span>
        <span>
          {w.nav.sources}{' '}
          <b>
            {figures.sources.on - figures.sources.silent}/{figures.sources.on}
          </b>
          {figures.sources.silent > 0 ? ` ${w.ov.silent(figures.sources.silent)}` : ''}
        </span>
        <span>
          {w.ov.openQuestions} <b>{figures.questions}</b>
        </span>
        <a class="note" href="/overview/wall">
          {w.ov.readAt(momentText(language, hall.now, hall.now))}
        </a>
      </footer>
    </Shell>
  );
};

const Left: FC<{ visit: Visit; row: DutyRow }> = ({ visit, row }) =>
  row.dueAt === undefined ? (
    <>
      {visit.w.ov.since}
      <SpellOf w={visit.w} seconds={row.elapsed} />
    </>
  ) : (
    <>
      {row.tone === 'late' ? `${visit.w.lateBy} ` : ''}
      <Countdown w={visit.w} dueAt={row.dueAt} now={visit.hall.now} />
    </>
  );

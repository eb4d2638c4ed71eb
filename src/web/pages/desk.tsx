/** My duties: what must be answered next, why, by whom, and what to do about it. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Duty, FirstDuty } from '../parts/duty-row.tsx';
import { Horizon } from '../parts/horizon.tsx';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty } from '../parts/small.tsx';
import { ToSign } from '../parts/to-sign.tsx';
import { board, type Board, countsOf, type DutyRow, firstDuty } from '../view/duties.ts';
import { type Scope, whoseOf } from '../view/whose.ts';
import { naming } from '../view/naming.ts';
import { stepsLeft } from '../view/path.ts';
import { momentText } from '../view/times.ts';
import { DeskSide } from './desk-side.tsx';

/** Rows of one kind on a page. */
export const DESK_ROWS = 100;
const SCOPES: readonly Scope[] = ['mine', 'unit', 'all'];
export const scopeOf = (text: string | undefined): Scope => SCOPES.find(s => s === text) ?? 'unit';

export const Desk: FC<{ visit: Visit; counts: Counts; scope: Scope; from: number; alarms: number }> = ({
  visit,
  counts,
  scope,
  from,
  alarms,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const b = board(hall, w, language, names, { office: user.office, scope, most: DESK_ROWS, from });
  const owed = b.counts.limited + b.counts.soft + b.counts.late;
  return (
    <Page visit={visit} tab="desk" title={w.nav.desk} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.deskTitle(owed)}</h1>
          <p class="sub">{w.deskOrder}</p>
        </div>
        <div class="acts">
          <span class="hint-keys only-keys only-script">
            <span>
              <kbd>j</kbd>
              <kbd>k</kbd>
              {w.keysUpDown}
            </span>
            <span>
              <kbd>Enter</kbd>
              {w.keysNext}
            </span>
            <button class="btn text" type="button" data-keys>
              <kbd>?</kbd>
              {w.keysAll}
            </button>
          </span>
        </div>
      </div>
      <Scopes visit={visit} scope={scope} />
      <p class="news-line" role="status" aria-live="polite">
        <a class="news" href={deskHref(scope, 0)} data-news hidden>
          {w.newRows('0')}
        </a>
      </p>
      {alarms === 0 ? (
        ''
      ) : (
        <p class="desk-alarm">
          ✕ <a href="/channels#unbacked">{w.own.alarmDesk(alarms)}</a>
        </p>
      )}
      <ToSign visit={visit} />
      <Horizon w={w} rows={[...b.late, ...b.limited]} now={hall.now} />
      <div class="cols">
        <DeskLists visit={visit} board={b} scope={scope} from={from} />
        <DeskSide visit={visit} board={b} />
      </div>
    </Page>
  );
};

const deskHref = (scope: Scope, from: number): string => {
  const query = new URLSearchParams();
  if (scope !== 'unit') query.set('scope', scope);
  if (from > 0) query.set('from', String(from));
  return query.size > 0 ? `/desk?${query}` : '/desk';
};

/** What this office owes, what its unit owes, what the institution owes; each with its number. */
const Scopes: FC<{ visit: Visit; scope: Scope }> = ({ visit, scope }) => {
  const { hall, w, user } = visit;
  return (
    <nav class="scopes no-print" aria-label={w.deskWhose}>
      {SCOPES.map(s => {
        const counts = countsOf(hall, whoseOf(hall, user.office, s));
        return (
          <a href={deskHref(s, 0)} {...(s === scope ? { 'aria-current': 'page' as const } : {})}>
            {w.deskScopes[s]} <span class="num">{counts.limited + counts.soft + counts.late}</span>
          </a>
        );
      })}
    </nav>
  );
};

/** The lists by themselves: what a page takes in when somebody asks for what is new. */
export const DeskLists: FC<{ visit: Visit; board: Board; scope: Scope; from: number }> = ({
  visit,
  board: b,
  scope,
  from,
}) => {
  const { hall, w, language, user } = visit;
  const head = from > 0 ? undefined : firstDuty(hall, whoseOf(hall, user.office, scope));
  const first = [...b.late, ...b.limited].find(r => r.row === head?.row);
  const owed = b.counts.limited + b.counts.soft + b.counts.late;
  const beyond =
    Math.max(0, b.counts.late - b.late.length) +
    Math.max(0, b.counts.limited - b.limited.length) +
    Math.max(0, b.counts.soft - b.soft.length);
  const rest = (rows: readonly DutyRow[]): readonly DutyRow[] => rows.filter(r => r !== first);
  return (
    <div data-lists data-beyond={String(scope === 'unit' ? beyond : 100_000)}>
      {first ? (
        <FirstDuty w={w} language={language} row={first} now={hall.now} path={<PathOf visit={visit} row={first} />} />
      ) : (
        ''
      )}
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
      <Section title={w.alreadyLate} rows={rest(b.late)} of={b.counts.late} first={first} visit={visit} />
      <Section title={w.withLimit} rows={rest(b.limited)} of={b.counts.limited} first={first} visit={visit} />
      <Section title={w.noLimit} note={w.noLimitNote} rows={b.soft} of={b.counts.soft} visit={visit} />
      {from > 0 ? '' : <Section title={w.missedHead} rows={b.missed} of={b.counts.missed} visit={visit} />}
      <p class="pages">
        {from > 0 ? (
          <a class="btn" href={deskHref(scope, Math.max(0, from - DESK_ROWS))}>
            {w.pageBack}
          </a>
        ) : (
          ''
        )}
        {beyond > 0 && Math.max(b.counts.late, b.counts.limited, b.counts.soft) > from + DESK_ROWS ? (
          <a class="btn" href={deskHref(scope, from + DESK_ROWS)}>
            {w.pageOn}
          </a>
        ) : (
          ''
        )}
      </p>
    </div>
  );
};

const Section: FC<{
  title: string;
  note?: string;
  rows: readonly DutyRow[];
  of: number;
  first?: DutyRow | undefined;
  visit: Visit;
}> = ({ title, note, rows, of, visit }) =>
  rows.length === 0 ? (
    <></>
  ) : (
    <section class="sec">
      <div class="sec-h">
        <h2>{title}</h2>
        <span class="num">{visit.w.countItems(Math.max(of, rows.length))}</span>
        {note === undefined ? '' : <span class="note">{note}</span>}
      </div>
      <ol class="duties">
        {rows.map(r => (
          <Duty w={visit.w} language={visit.language} row={r} now={visit.hall.now} />
        ))}
      </ol>
    </section>
  );

/** The steps on the way to this duty: what is behind, what is next, until when it can still begin. */
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
          <time>
            {s.at === undefined
              ? s.by === undefined
                ? ''
                : w.latestStart(momentText(language, s.by, hall.now))
              : momentText(language, s.at, hall.now)}
          </time>
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

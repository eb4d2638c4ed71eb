/** The year-end sheet of a unit: every point opens its entries and clause; beside it what the score leaves out, and disputes. */
import type { Dispute, ObligationLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import type { ExplainedScore, Promptness, Sheet } from '#score';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Clause } from '../parts/small.tsx';
import { dutyTitle } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { whyText } from '../view/scores.ts';
import { sentence } from '../view/sentences.ts';
import { Contest, Settle } from './scores-disputes.tsx';
import { Entries, EntryLink, NotCounted, Targets } from './scores-targets.tsx';

export const ScoreSheet: FC<{ visit: Visit; counts: Counts; sheet: Sheet; problems: readonly string[] }> = ({
  visit,
  counts,
  sheet,
  problems,
}) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const unit = sheet.unit ?? '';
  const disputes = [
    ...new Map(
      [...sheet.scores, ...sheet.targets].flatMap(l => l.explain.disputes.map(d => [d.event, d] as const)),
    ).values(),
  ];
  return (
    <Page visit={visit} tab="scores" title={w.sheetTitle(names.unit(unit), sheet.year)} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/scores?year=${sheet.year}`}>{w.scoresTitle}</a>
          </p>
          <h1>{w.sheetTitle(names.unit(unit), sheet.year)}</h1>
        </div>
      </div>
      {problems.length === 0 ? (
        ''
      ) : (
        <Alert title={w.notSaved} stop>
          {problems.map(p => (
            <p>{p}</p>
          ))}
        </Alert>
      )}
      <div class="cols">
        <div>
          {sheet.targets.length === 0 ? (
            ''
          ) : (
            <>
              <h2>{w.targetsTitle}</h2>
              <Targets visit={visit} targets={sheet.targets} />
            </>
          )}
          {sheet.scores.map(s => (
            <Points visit={visit} score={s} sheet={sheet} />
          ))}
          <h2 class="under">{w.promptTitle}</h2>
          <p class="note">{w.promptSub}</p>
          <Prompt visit={visit} rows={sheet.promptness} />
          <h2 class="under">{w.marksTitle}</h2>
          {sheet.faults.length === 0 ? (
            <p class="note">{w.marksNone}</p>
          ) : (
            <Entries visit={visit} entries={sheet.faults} />
          )}
          {sheet.marks.map(m => (
            <p class="note">
              <Clause clause={names.clause(m.account)} /> {names.key(m.kind)}
            </p>
          ))}
          {sheet.appraisals.length === 0 ? '' : <Entries visit={visit} entries={sheet.appraisals} />}
          <h2 class="under">{w.disputeTitle}</h2>
          <Disputes visit={visit} disputes={disputes} sheet={sheet} />
          <Contest visit={visit} sheet={sheet} />
        </div>
        <aside class="side">
          <Ignored visit={visit} sheet={sheet} />
        </aside>
      </div>
    </Page>
  );
};

const Points: FC<{ visit: Visit; score: ExplainedScore; sheet: Sheet }> = ({ visit, score: s, sheet }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const before = sheet.before.find(b => b.score === s.score);
  const barred = (s.barred ?? []).map(b =>
    b === 'unit' ? w.scoreBarredUnit : b === 'head' ? w.scoreBarredHead : names.role(b),
  );
  return (
    <>
      <h2 class="under">
        {w.pointsTitle} {w.scorePoints(s.points)}
      </h2>
      <p class="note">
        <span class={s.veto ? 'tag late' : 'tag'}>{w.scoreBase[s.base]}</span>{' '}
        {s.veto ? `${w.scoreVeto} · ${w.scoreBarred(barred.join(w.and))}` : ''}{' '}
        {before === undefined ? '' : w.scoreBefore(before.year, before.points)}
      </p>
      {s.lines.length === 0 ? <p class="note">{w.scoreNoPoints}</p> : ''}
      <ul class="log wide">
        {s.lines.map(l => (
          <li>
            <b>{w.scorePoints(l.points)}</b>
            <div>
              <details>
                <summary>{`${w.scoreTimes(l.n)} · ${w.scoreOpen}`}</summary>
                <Entries visit={visit} entries={l.basis.flatMap(id => s.explain.counted.filter(e => e.id === id))} />
              </details>
              <Clause clause={names.clause(l.clause)} />
            </div>
          </li>
        ))}
      </ul>
      <NotCounted visit={visit} items={s.explain.notCounted} />
    </>
  );
};

const Prompt: FC<{ visit: Visit; rows: readonly Promptness[] }> = ({ visit, rows }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  if (rows.length === 0) return <p class="note">{w.promptNone}</p>;
  const titleOf = (p: Promptness): string => {
    const line = p.onTime[0] ?? p.late[0] ?? p.open[0];
    return line ? dutyTitle(hall, language, names, line) : p.duty;
  };
  return (
    <div class="scroll" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th>{w.col.duty}</th>
            <th>{w.col.clause}</th>
            <th class="n">{w.promptOnTime}</th>
            <th class="n">{w.promptLate}</th>
            <th class="n">{w.promptOpen}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(p => (
            <tr>
              <td>
                {titleOf(p)}
                {p.late.length === 0 ? '' : <LateOnes visit={visit} lines={p.late} />}
              </td>
              <td>
                <Clause clause={names.clause(p.clause)} />
              </td>
              <td class="n">{p.onTime.length}</td>
              <td class="n">{p.late.length}</td>
              <td class="n">{p.open.length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const MOST_LISTED = 60;
const LateOnes: FC<{ visit: Visit; lines: readonly ObligationLine[] }> = ({ visit, lines }) => (
  <details>
    <summary>{visit.w.scoreOpen}</summary>
    <ul class="bare">
      {lines.slice(0, MOST_LISTED).map(l => (
        <li>
          {l.case === undefined ? '' : <a href={`/cases/${l.case}`}>{l.case}</a>}{' '}
          {(l.dueAt ?? '').slice(0, 16).replace('T', ' ')}{' '}
          {l.basis.slice(0, 3).map(id => (
            <EntryLink visit={visit} id={id} />
          ))}
        </li>
      ))}
    </ul>
  </details>
);

const Disputes: FC<{ visit: Visit; disputes: readonly Dispute[]; sheet: Sheet }> = ({ visit, disputes, sheet }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  if (disputes.length === 0) return <p class="note">{w.disputeNone}</p>;
  return (
    <ul class="log wide">
      {disputes.map(d => (
        <li>
          <span class={d.settled === undefined ? 'tag late' : 'tag'}>
            {d.settled === undefined
              ? w.disputeOpen
              : d.settled.outcome === 'changed'
                ? w.disputeChange
                : w.disputeUphold}
          </span>
          <div>
            <Clause clause={names.clause(d.clause)} /> {d.reason} <span class="who">{names.office(d.by)}</span>
            {d.settled === undefined ? (
              <Settle visit={visit} dispute={d} sheet={sheet} />
            ) : (
              <p>
                {d.settled.reason} <span class="who">{names.office(d.settled.by)}</span>{' '}
                {d.settled.entries.length === 0 ? '' : `${w.disputeEntries}${w.colon}`}
                {d.settled.entries.map(id => (
                  <EntryLink visit={visit} id={id} />
                ))}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
};

const Ignored: FC<{ visit: Visit; sheet: Sheet }> = ({ visit, sheet }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const { ignored } = sheet;
  const part = (title: string, n: number, list: Child): Child =>
    n === 0 ? (
      <p>{`${title}${w.colon}${w.ignoredNothing}`}</p>
    ) : (
      <details>
        <summary>{`${title} ${n}`}</summary>
        <ul class="bare">{list}</ul>
      </details>
    );
  const duties = (lines: readonly ObligationLine[]): Child =>
    lines.slice(0, MOST_LISTED).map(l => (
      <li>
        {dutyTitle(hall, language, names, l)} <Clause clause={names.clause(l.clause)} />
      </li>
    ));
  return (
    <section>
      <h2>{w.ignoredTitle}</h2>
      <p class="note">{w.ignoredSub}</p>
      {part(
        w.ignoredUnscored,
        ignored.unscored.length,
        ignored.unscored.map(u => (
          <li>
            {u.work} <Clause clause={names.clause(u.clause)} />
          </li>
        )),
      )}
      {part(
        w.ignoredNotCounted,
        ignored.notCounted.length,
        ignored.notCounted.slice(0, MOST_LISTED).map(n => (
          <li>
            <EntryLink visit={visit} id={n.event} /> {whyText(language, n.why)}
          </li>
        )),
      )}
      {part(w.ignoredEnded, ignored.ended.length, duties(ignored.ended))}
      {part(w.ignoredSoft, ignored.soft.length, duties(ignored.soft))}
      {part(
        w.ignoredDismissed,
        ignored.dismissed.length,
        ignored.dismissed.map(e => <li>{sentence(e, language, names).detail}</li>),
      )}
      {part(
        w.ignoredRefused,
        ignored.refused.length,
        ignored.refused.map(r => (
          <li>
            <EntryLink visit={visit} id={r.event} /> <Clause clause={names.clause(r.clause)} />
          </li>
        )),
      )}
      <p>{`${w.ignoredContested}${w.colon}${ignored.contested}`}</p>
      <p>{`${w.ignoredUnwatched}${w.colon}${ignored.unwatched}`}</p>
    </section>
  );
};

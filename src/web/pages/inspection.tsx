/** The inspector's desk: late and missed with what was said about each; what persons found; what was put aside or lifted. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Page } from '../parts/layout.tsx';
import { Clause, Empty, NotSaved, SpellOf } from '../parts/small.tsx';
import type { Hearing } from '../ports-inspection.ts';
import { dutyTitle } from '../view/duties.ts';
import {
  candidateFlags,
  countLines,
  faultsOn,
  gathered,
  lateMatters,
  type Matter,
  ofType,
  wordsOn,
} from '../view/inspection.ts';
import { caseHead } from '../view/cases.ts';
import { type Naming, naming } from '../view/naming.ts';
import { dateText, dayText, momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { type InspectionProps, type Named, Log, Found, PutAside } from './inspection-lists.tsx';

const MOST = 15;

export const matterPath = (m: Matter): string =>
  m.line
    ? `/inspection/matter?duty=${encodeURIComponent(m.key)}`
    : `/inspection/matter?${new URLSearchParams({ unit: m.unit, clause: m.clause, ...(m.case === undefined ? {} : { case: m.case }) })}`;

export const Inspection: FC<InspectionProps> = props => {
  const { visit, counts, unit, hearings, problem } = props;
  const { hall, w, language } = visit;
  const { insp } = w;
  const names = naming(hall, language);
  const all = lateMatters(hall);
  const units = [...new Set(all.map(m => m.unit))].map(u => ({ unit: u, n: all.filter(m => m.unit === u).length }));
  const rows = gathered(all);
  const shown =
    unit === undefined ? rows.slice(0, MOST) : all.filter(m => m.unit === unit).map(matter => ({ matter, more: 0 }));
  return (
    <Page visit={visit} tab="inspection" title={insp.title} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{insp.title}</h1>
          <p class="sub">{insp.sub}</p>
        </div>
        <div class="acts no-print">
          <a class="btn" href="/inspection/appraise">
            {insp.appraise}
          </a>
          <a class="btn" href="/inspection/other">
            {insp.general}
          </a>
          <a class="btn go" href="/inspection/summary">
            {insp.summary}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problem} />
      <div class="cols">
        <div>
          <section class="sec">
            <div class="sec-h">
              <h2>{insp.late}</h2>
              <span class="num">{all.length}</span>
              <span class="note">{insp.lateNote}</span>
            </div>
            {all.length === 0 ? (
              <Empty title={insp.none} says={insp.noneSays}>
                <a class="btn" href="/supervision">
                  {w.nav.supervision}
                </a>
              </Empty>
            ) : (
              <>
                <nav class="tabs" aria-label={insp.units}>
                  <a href="/inspection" {...(unit === undefined ? { 'aria-current': 'page' as const } : {})}>
                    {insp.all}
                  </a>
                  {units.map(u => (
                    <a
                      href={`/inspection?unit=${encodeURIComponent(u.unit)}`}
                      {...(u.unit === unit ? { 'aria-current': 'page' as const } : {})}
                    >
                      {names.unit(u.unit)} <span class="cnt">{u.n}</span>
                    </a>
                  ))}
                </nav>
                <ol class="duties insp">
                  {shown.map(r => (
                    <MatterRow
                      visit={visit}
                      names={names}
                      matter={r.matter}
                      more={r.more}
                      hearing={hearings.find(h => h.duty === r.matter.key)}
                    />
                  ))}
                </ol>
                {unit === undefined && rows.length > MOST ? <p class="note">{insp.more(rows.length - MOST)}</p> : ''}
              </>
            )}
          </section>
          <Found {...props} names={names} />
          <PutAside {...props} names={names} />
        </div>
        <Side {...props} names={names} />
      </div>
    </Page>
  );
};

const MatterRow: FC<{
  visit: Visit;
  names: Naming;
  matter: Matter;
  more: number;
  hearing: Hearing | undefined;
}> = ({ visit, names, matter, more, hearing }) => {
  const { hall, w, language } = visit;
  const { insp } = w;
  const { line } = matter;
  if (!line) return <></>;
  const head = matter.case === undefined ? undefined : caseHead(hall, w, matter.case);
  const words = wordsOn(hall, matter).length;
  const faults = faultsOn(hall, matter).length;
  const missed = line.state === 'missed';
  return (
    <li class="duty" data-row>
      <Hui look={line.state === 'done-late' ? 'donelate' : 'late'} left={0} />
      <div class="left">
        <b class="small">
          {missed || line.lateBySeconds === undefined ? (
            w.states[line.state]
          ) : (
            <SpellOf w={w} seconds={line.lateBySeconds} />
          )}
        </b>
        <span>{momentText(language, Date.parse(line.dueAt ?? line.startedAt), hall.now)}</span>
      </div>
      <div class="body">
        <p class="what">
          <a href={matterPath(matter)} data-go>
            {dutyTitle(hall, language, names, line)}
          </a>
          <Clause clause={names.clause(line.clause)} />
        </p>
        <p class="of">
          <span>{names.unit(matter.unit)}</span>
          {more === 0 ? '' : <a href={`/inspection?unit=${encodeURIComponent(matter.unit)}`}>{insp.alike(more)}</a>}
          {head ? (
            <a href={`/cases/${head.key}`}>
              {head.title} {head.number}
            </a>
          ) : (
            ''
          )}
        </p>
      </div>
      <div class="acts states">
        <span class={words > 0 ? 'tag' : 'tag dash'}>
          {words > 0
            ? insp.explained
            : hearing
              ? insp.asked(dayText(language, dateText(hearing.answerBy - 1), hall.now))
              : insp.notAsked}
        </span>
        {faults > 0 ? <span class="tag late">{insp.found}</span> : ''}
      </div>
    </li>
  );
};

const Side: FC<Named> = ({ visit, names }) => {
  const { hall, w, language } = visit;
  const { insp } = w;
  const counts = countLines(hall);
  const flags = candidateFlags(hall);
  const appraisals = ofType(hall, 'appraisal.recorded');
  return (
    <aside class="side">
      <section>
        <h2>{insp.counts}</h2>
        {counts.length === 0 ? <p class="note">{insp.countNone}</p> : ''}
        <ul class="plain dense">
          {counts.map(c => (
            <li>
              <Clause clause={names.clause(c.count)} />{' '}
              {(w.states as Readonly<Record<string, string>>)[c.kind] ?? valueLabel(language, 'kind', c.kind)}{' '}
              <b>{c.value}</b>
            </li>
          ))}
        </ul>
      </section>
      {flags.length === 0 ? (
        ''
      ) : (
        <section>
          <h2>{insp.waiting}</h2>
          <p class="note">{insp.waitingNote}</p>
          <ul class="plain dense">
            {flags.map(f => (
              <li>
                <Clause clause={names.clause(f.clause)} /> {f.unit === undefined ? '' : names.unit(f.unit)}{' '}
                {f.unit === undefined ? (
                  ''
                ) : (
                  <a
                    href={`/inspection/matter?${new URLSearchParams({ unit: f.unit, clause: f.clause, ...(f.case === undefined ? {} : { case: f.case }) })}`}
                  >
                    {insp.openOne}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{insp.appraisals}</h2>
        {appraisals.length === 0 ? <p class="note">{insp.appraisalsNone}</p> : ''}
        <Log
          visit={visit}
          events={appraisals}
          line={e => (
            <>
              {names.unit(String(e.data['unit']))} {String(e.data['year'])}{' '}
              <span class="tag">{valueLabel(language, 'outcome', String(e.data['outcome']))}</span>
            </>
          )}
        />
      </section>
    </aside>
  );
};

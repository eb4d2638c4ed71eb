/** What was judged, reported and agreed in a case: grading with its criteria, the series of reports, meetings and decisions. */
import { caseLinesOf } from '../state.ts';
import { isOpen, reportSeries } from '#case';
import type { FC } from 'hono/jsx';
import { Hui } from '../parts/hui.tsx';
import { Clause } from '../parts/small.tsx';
import { patternsOf, ruleOf } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { dueText, momentText } from '../view/times.ts';
import { spellText, valueLabel } from '../words/index.ts';
import { type At, Line, recipient, texts } from './case-line.tsx';

/** Proposals and decisions about the grade in order: criteria, factors, dissent, reason. */
export const Grading: FC<At> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const set = head.events.filter(e => e.type === 'classification.set');
  const scales = hall.rulebook.rules.filter(r => r.kind === 'grades');
  return (
    <section class="grading">
      <h2>{w.gradingTitle}</h2>
      {set.length === 0 ? <p class="note">{w.gradingNone}</p> : ''}
      <ol class="mini steps">
        {set.map((e, i) => {
          const scale = String(e.data['scale']);
          const replaced = set.slice(i + 1).some(x => x.data['scale'] === scale);
          const said = texts(e.data['value'])
            .map(v => names.value(scale, v))
            .join(w.and);
          return (
            <li class={replaced ? 'gone' : ''}>
              <Hui size="xs" look={replaced ? 'void' : 'done'} />
              <span>
                <b>
                  {names.scale(scale)}
                  {w.colon}
                  {replaced ? <s>{said}</s> : said}
                </b>{' '}
                {String(e.data['reason'])}
                {texts(e.data['criteria']).map(c => (
                  <Clause clause={names.clause(c)} />
                ))}
                {Object.entries((e.data['factors'] ?? {}) as Readonly<Record<string, unknown>>).map(([name, note]) => (
                  <span class="note fact">
                    {partName(names, language, words, name)}
                    {w.colon}
                    {String(note)}
                  </span>
                ))}
                {typeof e.data['dissent'] === 'string' ? (
                  <span class="note fact">
                    {w.gradingDissent}
                    {w.colon}
                    {e.data['dissent']}
                  </span>
                ) : (
                  ''
                )}
                <span class="note fact">{names.office(e.by)}</span>
              </span>
              <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
            </li>
          );
        })}
      </ol>
      {head.closedAt !== undefined ? (
        ''
      ) : (
        <p class="acts">
          {scales.map(s =>
            s.kind === 'grades' ? (
              <a class="btn text" href={`/cases/${head.key}/do/classification.set?scale=${s.name}`}>
                {w.gradingSet(names.scale(s.name))}
              </a>
            ) : (
              ''
            ),
          )}
        </p>
      )}
    </section>
  );
};

/** First, verified, follow-up: the series of the regulation with its limits, and every other report that was made. */
export const Reports: FC<At> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const steps = reportSeries(hall.rulebook.rules, head.events);
  const duties = caseLinesOf(hall, head.key).obligations.filter(
    l =>
      !l.whole && isOpen(l) && patternsOf(ruleOf(hall, l), l).some(p => p.on === 'event' && p.type === 'report.made'),
  );
  const href = (kind: string): string => `/cases/${head.key}/do/report.made?kind=${kind}`;
  return (
    <section>
      <h2>{w.reportsTitle}</h2>
      <ul class="mini">
        {steps.length === 0 && duties.length === 0 ? <Line look="far">{w.reportsNone}</Line> : ''}
        {steps.flatMap(s => [
          ...s.reports.map(e => (
            <Line look="done" time={momentText(language, Date.parse(e.at), hall.now)}>
              {valueLabel(language, 'kind', s.kind)}{' '}
              {texts(e.data['to'])
                .map(t => recipient(visit, t))
                .join(w.and)}
              {typeof e.data['takenBy'] === 'string' ? `，${w.reportTaken(names.key(e.data['takenBy']))}` : ''}
            </Line>
          )),
          ...(s.reports.length === 0
            ? [
                <Line look="far">
                  <a href={href(s.kind)}>{valueLabel(language, 'kind', s.kind)}</a> {w.reportNot}{' '}
                  {s.clause === undefined ? '' : <Clause clause={names.clause(s.clause)} />}
                </Line>,
              ]
            : []),
        ])}
        {duties.slice(0, 6).map(l => {
          const kind = patternsOf(ruleOf(hall, l), l)
            .flatMap(p => (p.on === 'event' ? p.tests : []))
            .find(t => t.field[0] === 'kind')?.values[0];
          return (
            <Line
              look={l.dueAt === null ? 'soft' : l.state === 'late' ? 'late' : ''}
              time={
                l.dueAt === null
                  ? spellText(w, l.elapsedSeconds)
                  : dueText(language, Date.parse(l.dueAt), l.dueOn, hall.now)
              }
            >
              {w.reportOwed}
              {w.colon}
              <a href={href(kind ?? 'situation')}>
                {kind === undefined ? w.reportWord : valueLabel(language, 'kind', kind)}
              </a>{' '}
              <Clause clause={names.clause(l.clause)} />
            </Line>
          );
        })}
      </ul>
      <p>
        <a class="btn text" href={`/cases/${head.key}/do/report.made`}>
          {w.reportMake}
        </a>
      </p>
    </section>
  );
};

export const Meetings: FC<At> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const held = head.events.filter(e => e.type === 'meeting.held' || e.type === 'decision.made');
  return (
    <section>
      <h2>{w.meetingsTitle}</h2>
      <ul class="mini">
        {held.length === 0 ? <Line look="far">{w.meetingsNone}</Line> : ''}
        {held.slice(-5).map(e => (
          <Line look="done" time={momentText(language, Date.parse(e.at), hall.now)}>
            {e.type === 'meeting.held' ? (
              <>
                <b>{valueLabel(language, 'kind', String(e.data['kind']))}</b>{' '}
                {Object.entries((e.data['parts'] ?? {}) as object)
                  .map(([k, v]) => `${partName(names, language, words, k)}${w.colon}${String(v)}`)
                  .join(language === 'zh' ? '；' : '; ')}
              </>
            ) : (
              <>
                <b>
                  {partName(names, language, words, String(e.data['about']))}
                  {w.colon}
                  {String(e.data['outcome'])}
                </b>{' '}
                {String(e.data['reason'])}
              </>
            )}
          </Line>
        ))}
      </ul>
      <p class="acts">
        <a class="btn text" href={`/cases/${head.key}/do/meeting.held`}>
          {w.meetingAdd}
        </a>
        <a class="btn text" href={`/cases/${head.key}/do/decision.made`}>
          {w.decisionAdd}
        </a>
      </p>
    </section>
  );
};

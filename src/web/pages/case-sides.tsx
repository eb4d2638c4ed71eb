/** What stands beside a case: grading, reports, meetings, orders, units, plans, rounds of satisfaction, evaluation, calm. */
import { caseLinesOf } from '../state.ts';
import { evaluationHeads, isOpen, ordersIn, passingsIn, pressEvents, reportSeries, satisfactionRounds } from '#case';
import type { ObligationLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, type HuiLook } from '../parts/hui.tsx';
import { Clause } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { patternsOf, ruleOf } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { dueText, momentText } from '../view/times.ts';
import { spellText, valueLabel } from '../words/index.ts';

interface At {
  readonly visit: Visit;
  readonly head: CaseHead;
}
const Line: FC<{ look: HuiLook; time?: string; children: Child }> = ({ look, time, children }) => (
  <li>
    <Hui size="xs" look={look} />
    <span>{children}</span>
    <time>{time ?? ''}</time>
  </li>
);
/** Recipients are bodies, units, or offices of the house. */
const recipient = ({ hall, language }: Visit, key: string): string => {
  const names = naming(hall, language);
  return hall.rulebook.terms.roles[key] ? names.role(key) : names.body(key);
};
const texts = (value: unknown): string[] =>
  [value]
    .flat()
    .filter(v => v !== undefined)
    .map(String);

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

export const OrdersAndUnits: FC<At> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const orders = ordersIn(head.events);
  const passings = passingsIn(head.events);
  const looks = { waiting: '', taken: 'done', received: 'done', returned: 'void' } as const;
  return (
    <>
      <section>
        <h2>
          <a href={`/cases/${head.key}/orders`}>{w.ordersTitle}</a>
        </h2>
        <ul class="mini">
          {orders.length === 0 ? <Line look="far">{w.ordersNone}</Line> : ''}
          {orders.flatMap(o =>
            o.asks.map(a => (
              <Line
                look={!a.answer ? '' : a.answer.type === 'instruction.item-declined' ? 'void' : 'done'}
                time={momentText(language, Date.parse(a.answer?.at ?? o.received.at), hall.now)}
              >
                {names.body(o.from)}
                {w.colon}
                <a href={`/cases/${head.key}/orders#${o.key}`}>{partName(names, language, words, a.act)}</a>{' '}
                {!a.answer ? w.askOpen : a.answer.type === 'instruction.item-declined' ? w.askDeclined : w.askDone}
              </Line>
            )),
          )}
        </ul>
      </section>
      <section>
        <h2>
          <a href={`/cases/${head.key}/passing`}>{w.passTitle}</a>
        </h2>
        <ul class="mini">
          {passings.length === 0 ? <Line look="far">{w.passNone}</Line> : ''}
          {passings.slice(0, 6).map(p => (
            <Line look={looks[p.state]} time={momentText(language, Date.parse(p.answer?.at ?? p.made.at), hall.now)}>
              <a href={`/cases/${head.key}/passing#${p.id}`}>{names.body(p.to)}</a>{' '}
              {w.passStates[p.kind === 'transfer' && p.state === 'waiting' ? 'sent' : p.state]}
              {p.reason === undefined ? '' : `${w.colon}${p.reason}`}
            </Line>
          ))}
        </ul>
      </section>
    </>
  );
};

/** Plans, schemes, letters, statements: every text of the case with its version and whose turn it is. */
export const Papers: FC<At> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const documents = documentsOf(hall, head.key);
  return (
    <section>
      <h2>{w.documentsTitle}</h2>
      <ul class="mini">
        {documents.length === 0 ? <Line look="far">{w.documentsNone}</Line> : ''}
        {documents.map(d => {
          const state = documentState(hall, d);
          const next = state.chains.flatMap(c => c.steps.filter(s => s.turn).flatMap(s => s.capacities));
          const newest = d.versions.at(-1);
          return (
            <Line
              look={next.length > 0 ? '' : 'done'}
              time={newest ? momentText(language, Date.parse(newest.event.at), hall.now) : ''}
            >
              <a href={`/cases/${head.key}/reply/${d.key}`}>
                {names.form(d.form)} {w.draftVersion(d.versions.length)}
              </a>{' '}
              {d.publications.length > 0
                ? w.documentOut
                : next.length > 0
                  ? w.documentNext([...new Set(next)].map(x => names.capacity(x)).join(w.and))
                  : state.chains.length > 0
                    ? w.documentSigned
                    : ''}
            </Line>
          );
        })}
      </ul>
      <p class="acts">
        <a class="btn text" href={`/cases/${head.key}/reply/new`}>
          {w.documentNew}
        </a>
        <a class="btn text" href={`/cases/${head.key}/events`}>
          {w.eventsTitle}
          {pressEvents(head.events).length === 0 ? '' : ` ${pressEvents(head.events).length}`}
        </a>
      </p>
    </section>
  );
};

export const AfterCare: FC<At> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const rounds = satisfactionRounds(head.events);
  const { heads, clause } = evaluationHeads(hall.rulebook.rules, head.events);
  const calm = head.events.findLast(e => e.type === 'calm.declared');
  const seen = head.events.findLast(e => e.type === 'recurrence.watched');
  return (
    <>
      <section>
        <h2>{w.satisfactionTitle}</h2>
        <ul class="mini">
          {rounds.length === 0 ? <Line look="far">{w.satisfactionNone}</Line> : ''}
          {rounds.map(e => (
            <Line
              look={e.data['answer'] === 'satisfied' ? 'done' : e.data['answer'] === 'not-satisfied' ? 'void' : 'soft'}
              time={momentText(language, Date.parse(e.at), hall.now)}
            >
              {w.roundOf(Number(e.data['round']))} {valueLabel(language, 'of', String(e.data['of']))}{' '}
              {valueLabel(language, 'answer', String(e.data['answer']))}
            </Line>
          ))}
        </ul>
        <p>
          <a class="btn text" href={`/cases/${head.key}/do/satisfaction.asked`}>
            {w.satisfactionAsk}
          </a>
        </p>
      </section>
      <section>
        <h2>
          {w.evaluationTitle} {clause === undefined ? '' : <Clause clause={names.clause(clause)} />}
        </h2>
        <ul class="mini">
          {heads.length === 0 ? <Line look="far">{w.evaluationNone}</Line> : ''}
          {heads.map(h => (
            <Line
              look={h.written ? 'done' : 'far'}
              time={h.written ? momentText(language, Date.parse(h.written.at), hall.now) : ''}
            >
              {partName(names, language, words, h.head)}
              {h.written
                ? `${w.colon}${String((h.written.data['heads'] as Readonly<Record<string, unknown>>)[h.head])}`
                : ''}
            </Line>
          ))}
          <Line look={calm ? 'done' : 'far'} time={calm ? momentText(language, Date.parse(calm.at), hall.now) : ''}>
            {calm ? `${w.calmTitle}${w.colon}${String(calm.data['reason'])}` : w.calmNot}
            {seen ? `；${seen.data['seen'] === true ? w.recurred : w.notRecurred}` : ''}
          </Line>
        </ul>
        <p class="acts">
          <a class="btn text" href={`/cases/${head.key}/do/evaluation.written`}>
            {w.evaluationWrite}
          </a>
          <a class="btn text" href={`/cases/${head.key}/close`}>
            {w.closeTitle}
          </a>
        </p>
      </section>
    </>
  );
};

/** Units side by side: each duty that several of them owe is a column, each unit a row. */
export const UnitClocks: FC<At & { lines: readonly ObligationLine[]; title: (l: ObligationLine) => string }> = ({
  visit,
  lines,
  title,
}) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const own = lines.filter(l => l.unit !== undefined && !l.whole && l.state !== 'lifted' && l.state !== 'replaced');
  const units = [...new Set(own.map(l => l.unit ?? ''))];
  const duties = [...new Map(own.map(l => [l.clause, l])).values()]
    .toSorted((a, b) => own.filter(l => l.clause === b.clause).length - own.filter(l => l.clause === a.clause).length)
    .slice(0, 4);
  if (units.length === 0) return <></>;
  return (
    <section class="sec wide-table" tabindex={0} aria-label={w.unitClocks}>
      <div class="sec-h">
        <h2>{w.unitClocks}</h2>
        <span class="note">{w.unitClocksSays}</span>
      </div>
      <table class="clock units">
        <thead>
          <tr>
            <th>{w.unitWord}</th>
            {duties.map(d => (
              <th>
                {title(d)} <Clause clause={names.clause(d.clause)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map(u => (
            <tr>
              <th scope="row">{names.unit(u)}</th>
              {duties.map(d => {
                const l = own.filter(x => x.unit === u && x.clause === d.clause).at(-1);
                if (!l) return <td class="note">{w.notOwed}</td>;
                const late = l.state === 'late' || l.state === 'done-late';
                return (
                  <td>
                    <Hui
                      size="xs"
                      look={
                        l.state === 'done'
                          ? 'done'
                          : l.state === 'done-late'
                            ? 'donelate'
                            : late
                              ? 'late'
                              : l.dueAt === null
                                ? 'soft'
                                : ''
                      }
                    />{' '}
                    {w.states[l.state]} {spellText(w, l.elapsedSeconds)}
                    <span class="note fact">
                      {l.doneAt !== undefined
                        ? momentText(language, Date.parse(l.doneAt), hall.now)
                        : l.dueAt === null
                          ? w.noLimitHere
                          : w.dueAt(dueText(language, Date.parse(l.dueAt), l.dueOn, hall.now))}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

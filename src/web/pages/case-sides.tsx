/** What stands beside a case: orders, units, plans, rounds of satisfaction, evaluation, calm. */
import { evaluationHeads, ordersIn, passingsIn, pressEvents, satisfactionRounds } from '#case';
import type { ObligationLine } from '#core/obligations';
import type { FC } from 'hono/jsx';
import { Hui } from '../parts/hui.tsx';
import { Clause } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { sheetsOf } from '../view/sheets.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { dueText, momentText } from '../view/times.ts';
import { spellText, valueLabel } from '../words/index.ts';
import { type At, Line } from './case-line.tsx';

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
        {sheetsOf(hall.rulebook).map(s => (
          <a class="btn text" href={`/cases/${head.key}/sheet/${s.form}`}>
            {names.form(s.form)}
          </a>
        ))}
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

/** Orders from above: what was asked, each thing done or declined, the declined one with clause, reason and substitute. */
import {
  type Ask,
  BUILT_IN_READING,
  DECLINED_ACTS,
  declinedFor,
  decliningClauses,
  DOABLE_ACTS,
  isDeclined,
  type Order,
  type Sent,
  speaksOf,
} from '#case';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { Clause, Empty, Token } from '../parts/small.tsx';
import { halfOf } from '../view/bilingual.ts';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { VOCABULARY } from '#core/log';

/** How many asked things one order form takes; more are a second order. */
export const MOST_ASKS = 5;
const said = (sent: Sent | undefined, name: string): string => sent?.get(name)?.[0] ?? '';

export const CaseOrders: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  orders: readonly Order[];
  sent?: Sent;
  problem?: string;
}> = ({ visit, counts, head, orders, sent, problem }) => {
  const { w } = visit;
  return (
    <CaseFrame
      visit={visit}
      counts={counts}
      head={head}
      title={w.ordersTitle}
      says={w.ordersSays}
      {...(problem === undefined ? {} : { problem })}
    >
      <div class="cols">
        <div>
          {orders.length === 0 ? (
            <Empty title={w.ordersNone} says={w.ordersNoneSays} />
          ) : (
            orders.toReversed().map(o => <OrderPane visit={visit} head={head} order={o} {...(sent ? { sent } : {})} />)
          )}
        </div>
        <aside class="side">
          <NewOrder visit={visit} head={head} {...(sent && said(sent, 'instruction') === '' ? { sent } : {})} />
        </aside>
      </div>
    </CaseFrame>
  );
};

const OrderPane: FC<{ visit: Visit; head: CaseHead; order: Order; sent?: Sent }> = ({ visit, head, order, sent }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const open = order.asks.filter(a => !a.answer);
  const refuses = open.some(a => isDeclined(hall.rulebook.rules, a.act));
  const mine = said(sent, 'instruction') === order.key ? sent : undefined;
  return (
    <section class="pane order sec" id={order.key}>
      <h2>
        {names.body(order.from)}{' '}
        <span class="note">
          {valueLabel(language, 'format', order.format)} {momentText(language, Date.parse(order.received.at), hall.now)}
          {order.dueAt === undefined
            ? `，${w.orderNoTime}`
            : `，${w.orderDue(momentText(language, Date.parse(order.dueAt), hall.now))}`}
        </span>
      </h2>
      <ul class="mini">
        {order.asks
          .filter(a => a.answer)
          .map(a => (
            <Answered visit={visit} ask={a} />
          ))}
      </ul>
      {order.closed ? (
        <p class="note">{w.orderClosed(momentText(language, Date.parse(order.closed.at), hall.now))}</p>
      ) : (
        ''
      )}
      {open.length === 0 ? (
        ''
      ) : (
        <form method="post" action={`/cases/${head.key}/orders`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="answer" />
          <input type="hidden" name="instruction" value={order.key} />
          {open.map(a => (
            <AskFields visit={visit} ask={a} {...(mine ? { sent: mine } : {})} />
          ))}
          {refuses ? (
            <label class="opt told">
              <input type="checkbox" name="told" value="true" checked={said(mine, 'told') === 'true'} />
              {w.orderTold(names.body(order.from))}
            </label>
          ) : (
            ''
          )}
          <div class="acts">
            <button class="btn go" type="submit">
              {w.orderAnswer}
            </button>
          </div>
        </form>
      )}
    </section>
  );
};

const Answered: FC<{ visit: Visit; ask: Ask }> = ({ visit, ask }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const event = ask.answer;
  if (!event) return <></>;
  const declined = event.type === 'instruction.item-declined';
  return (
    <li>
      <Hui size="xs" look={declined ? 'void' : 'done'} />
      <span>
        <b>
          {declined ? w.askDeclined : w.askDone}
          {w.colon}
          {partName(names, language, hall.rulebook.terms.words, ask.act)}
        </b>{' '}
        {declined ? (
          <>
            {String(event.data['reason'])} {w.insteadWord}
            {w.colon}
            {String(event.data['substitute'])} <Clause clause={names.clause(String(event.data['clause']))} />
          </>
        ) : (
          String(event.data['result'])
        )}
      </span>
      <time>{momentText(language, Date.parse(event.at), hall.now)}</time>
    </li>
  );
};

/** One asked thing: what we do is done with a result; what the text declines can only be declined, and says what we do instead. */
const AskFields: FC<{ visit: Visit; ask: Ask; sent?: Sent }> = ({ visit, ask, sent }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { rules, terms } = hall.rulebook;
  const rule = declinedFor(rules, ask.act);
  const must = isDeclined(rules, ask.act);
  const clauses = decliningClauses(rules);
  const id = `ask-${ask.ask}`;
  return (
    <fieldset class="opts ask">
      <legend>
        {partName(names, language, terms.words, ask.act)}{' '}
        {ask.text === undefined ? '' : <span class="song">{ask.text}</span>}
      </legend>
      {must ? (
        <>
          <input type="hidden" name={`${ask.ask}.done`} value="no" />
          <p class="lint stop">
            <b>{w.askMustDecline}</b>
            {rule ? <Clause clause={names.clause(rule.clauses[0] ?? '')} /> : ''}
          </p>
        </>
      ) : (
        <div class="row">
          <label>
            <input
              type="radio"
              name={`${ask.ask}.done`}
              value="yes"
              checked={said(sent, `${ask.ask}.done`) === 'yes'}
            />
            {w.askDone}
          </label>
          <label>
            <input
              type="radio"
              name={`${ask.ask}.done`}
              value="later"
              checked={!sent || said(sent, `${ask.ask}.done`) === 'later'}
            />
            {w.askLater}
          </label>
          {clauses.length === 0 ? (
            ''
          ) : (
            <label>
              <input
                type="radio"
                name={`${ask.ask}.done`}
                value="no"
                checked={said(sent, `${ask.ask}.done`) === 'no'}
              />
              {w.askDeclined}
            </label>
          )}
        </div>
      )}
      {must ? (
        ''
      ) : (
        <div class="field">
          <label for={`${id}-r`}>{w.askResult}</label>
          <input id={`${id}-r`} name={`${ask.ask}.result`} value={said(sent, `${ask.ask}.result`)} />
        </div>
      )}
      {clauses.length === 0 ? (
        ''
      ) : (
        <details class="why" {...(must ? { open: true } : {})}>
          <summary>{w.askWhyNot}</summary>
          <div class="field">
            <label for={`${id}-c`}>{w.basisWord}</label>
            <select id={`${id}-c`} name={`${ask.ask}.clause`}>
              {clauses.map(c => (
                <option value={c} selected={c === (said(sent, `${ask.ask}.clause`) || rule?.clauses[0])}>
                  {c === BUILT_IN_READING ? w.askBuiltInClause : names.clause(c).article} {c}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for={`${id}-w`}>{w.askReason}</label>
            <textarea id={`${id}-w`} name={`${ask.ask}.reason`} rows={3}>
              {said(sent, `${ask.ask}.reason`) ||
                (rule && speaksOf(rule, ask.act) ? halfOf(language, rule.why) : must ? w.askBuiltInWhy : '')}
            </textarea>
          </div>
          <div class="field">
            <label for={`${id}-s`}>{w.insteadWord}</label>
            <textarea id={`${id}-s`} name={`${ask.ask}.substitute`} rows={2}>
              {said(sent, `${ask.ask}.substitute`) ||
                (rule ? halfOf(language, rule.instead) : must ? w.askBuiltInInstead : '')}
            </textarea>
          </div>
        </details>
      )}
    </fieldset>
  );
};

const NewOrder: FC<{ visit: Visit; head: CaseHead; sent?: Sent }> = ({ visit, head, sent }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { terms } = hall.rulebook;
  const bodies = [
    ...new Set([
      ...Object.keys(terms.bodies),
      ...hall.institution.setup.units.filter(u => u.kind === 'superior').map(u => u.key),
      ...hall.events
        .filter(e => e.type === 'contact.entered' && e.data['bodyKind'] === 'superior')
        .map(e => String(e.data['body'])),
      ...hall.institution.setup.units.filter(u => u.kind === 'institution' || u.kind === 'group').map(u => u.key),
    ]),
  ];
  const formats = VOCABULARY.get('instruction.received')?.byName.get('format')?.values ?? [];
  const row = (n: number) => (
    <fieldset class="opts ask">
      <legend>
        {w.orderAsk(n)}
        {n === 1 ? '' : <span class="opt-t">{w.optional}</span>}
      </legend>
      <select name={`act-${n}`} aria-label={`${w.orderAsk(n)} ${w.orderAct}`} required={n === 1}>
        <option value="">{w.chooseOne}</option>
        <optgroup label={w.actsDone}>
          {DOABLE_ACTS.map(a => (
            <option value={a} selected={a === said(sent, `act-${n}`)}>
              {partName(names, language, terms.words, a)}
            </option>
          ))}
        </optgroup>
        <optgroup label={w.actsDeclined}>
          {DECLINED_ACTS.map(a => (
            <option value={a} selected={a === said(sent, `act-${n}`)}>
              {partName(names, language, terms.words, a)}
            </option>
          ))}
        </optgroup>
      </select>
      <input
        name={`text-${n}`}
        aria-label={`${w.orderAsk(n)} ${w.orderWords}`}
        placeholder={w.orderWords}
        value={said(sent, `text-${n}`)}
      />
    </fieldset>
  );
  return (
    <section>
      <h2>{w.orderNew}</h2>
      <form method="post" action={`/cases/${head.key}/orders`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="receive" />
        <div class="field">
          <label for="o-from">{w.orderFrom}</label>
          <span class="hint">
            {w.orderFromHint} <a href="/do/contact.entered?bodyKind=superior">{w.orderFromAdd}</a>
          </span>
          <select id="o-from" name="from" required>
            <option value="">{w.chooseOne}</option>
            {bodies.map(b => (
              <option value={b} selected={b === said(sent, 'from')}>
                {names.body(b)}
              </option>
            ))}
          </select>
        </div>
        <fieldset class="opts">
          <legend>{w.orderFormat}</legend>
          <div class="row">
            {formats.map(f => (
              <label>
                <input type="radio" name="format" value={f} checked={f === (said(sent, 'format') || 'call')} />
                {valueLabel(language, 'format', f)}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label for="o-due">
            {w.orderDueField}
            <span class="opt-t">{w.optional}</span>
          </label>
          <input id="o-due" name="dueAt" type="datetime-local" value={said(sent, 'dueAt')} />
        </div>
        {[1, 2].map(row)}
        <details class="why">
          <summary>{w.orderMore}</summary>
          {Array.from({ length: MOST_ASKS - 2 }, (_, i) => i + 3).map(row)}
        </details>
        <div class="acts">
          <button class="btn go" type="submit">
            {w.orderRecord}
          </button>
        </div>
      </form>
    </section>
  );
};

/** Who has the matter: given and passed on, taken or sent back with a reason, ruled on, and what has been heard since. */
import { caseLinesOf } from '../state.ts';
import { isOpen, type Passing, passingsIn, type Sent } from '#case';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { RefusedNow } from '../parts/refused-now.tsx';
import { Clause, Empty, Token } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { dutyTitle } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { dueText, momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { VOCABULARY } from '#core/log';

interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly sent?: Sent;
}
const said = (sent: Sent | undefined, name: string): string => sent?.get(name)?.[0] ?? '';

export const CasePassing: FC<Props & { counts: Counts; problem?: string }> = ({
  visit,
  counts,
  head,
  sent,
  problem,
}) => {
  const { w } = visit;
  const all = passingsIn(head.events);
  return (
    <CaseFrame
      visit={visit}
      counts={counts}
      head={head}
      title={w.passTitle}
      says={w.passSays}
      {...(problem === undefined ? {} : { problem })}
    >
      <RefusedNow visit={visit} head={head} />
      <div class="cols">
        <div>
          {all.length === 0 ? <Empty title={w.passNone} says={w.passNoneSays} /> : ''}
          {all.map(p => (
            <PassingPane visit={visit} head={head} passing={p} />
          ))}
        </div>
        <aside class="side">
          <GiveForm visit={visit} head={head} {...(said(sent, 'do') === 'give' && sent ? { sent } : {})} />
          <PassForm visit={visit} head={head} {...(said(sent, 'do') === 'pass' && sent ? { sent } : {})} />
        </aside>
      </div>
    </CaseFrame>
  );
};

const PassingPane: FC<Props & { passing: Passing }> = ({ visit, head, passing }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { org } = hall.book;
  const mine =
    user.office !== undefined && (user.office.unit === passing.to || org.within(user.office.unit, passing.to));
  const giver = user.office?.unit === passing.made.by.unit;
  const look = { waiting: '', taken: 'done', received: 'done', returned: 'void' } as const;
  const lines = caseLinesOf(hall, head.key).obligations.filter(
    l => isOpen(l) && (l.unit === passing.to || l.role.split('/')[0] === passing.to),
  );
  const words =
    passing.as === undefined
      ? ''
      : passing.kind === 'assignment'
        ? valueLabel(language, 'as', passing.as)
        : names.form(passing.as);
  const why = passing.made.data['why'];
  return (
    <section class="pane sec passing" id={passing.id}>
      <h2>
        <Hui size="s" look={look[passing.state]} />
        {names.body(passing.to)}{' '}
        <span class="tag">
          {w.passStates[passing.kind === 'transfer' && passing.state === 'waiting' ? 'sent' : passing.state]}
        </span>
      </h2>
      <p class="note">
        {passing.kind === 'assignment' ? w.passGiven : w.passSent} {words}，{names.office(passing.made.by)}{' '}
        {momentText(language, Date.parse(passing.made.at), hall.now)}
        {typeof why === 'string' ? `，${why}` : ''}
      </p>
      {passing.reason === undefined ? (
        ''
      ) : (
        <p class="lint stop">
          <b>{w.passReturned}</b>
          {passing.reason}
        </p>
      )}
      {lines.length === 0 ? (
        ''
      ) : (
        <ul class="mini">
          {lines.slice(0, 4).map(l => (
            <li>
              <Hui size="xs" look={l.dueAt === null ? 'soft' : l.state === 'late' ? 'late' : ''} />
              <span>
                {dutyTitle(hall, language, names, l)} <Clause clause={names.clause(l.clause)} />
              </span>
              <time>{l.dueAt === null ? '' : dueText(language, Date.parse(l.dueAt), l.dueOn, hall.now)}</time>
            </li>
          ))}
        </ul>
      )}
      {passing.progress.length === 0 ? (
        passing.state === 'returned' ? (
          ''
        ) : (
          <p class="note">{w.passQuiet}</p>
        )
      ) : (
        <ul class="log">
          {passing.progress.slice(-6).map(e => {
            const line = sentence(e, language, names);
            return (
              <li>
                <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
                <span>
                  {line.label} {line.detail}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {passing.state === 'waiting' && (mine || passing.kind === 'transfer') ? (
        <form method="post" action={`/cases/${head.key}/passing`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="id" value={passing.id} />
          <div class="acts">
            <button class="btn go" type="submit" name="do" value="take">
              {passing.kind === 'transfer' ? w.passReceive : w.passTake}
            </button>
          </div>
          {passing.kind === 'transfer' ? (
            ''
          ) : (
            <details class="why">
              <summary>{w.passBack}</summary>
              <div class="field">
                <label for={`b-${passing.id}`}>{w.passBackReason}</label>
                <textarea id={`b-${passing.id}`} name="reason" rows={2}></textarea>
              </div>
              <button class="btn" type="submit" name="do" value="back">
                {w.passBack}
              </button>
            </details>
          )}
        </form>
      ) : (
        ''
      )}
      {passing.state === 'returned' && giver ? <RuleForm visit={visit} head={head} passing={passing} /> : ''}
    </section>
  );
};

/** A ruling on what came back: the same unit keeps it, or another gets it; always with the reason. */
const RuleForm: FC<Props & { passing: Passing }> = ({ visit, head, passing }) => {
  const { w, user } = visit;
  return (
    <form method="post" action={`/cases/${head.key}/passing`} class="ruling">
      <Token csrf={user.session.csrf} />
      <input type="hidden" name="do" value="rule" />
      <input type="hidden" name="id" value={passing.id} />
      <h3>{w.passRule}</h3>
      <UnitField visit={visit} name="to" id={`r-${passing.id}`} label={w.passRuleTo} value={passing.to} />
      <div class="field">
        <label for={`rr-${passing.id}`}>{w.passRuleReason}</label>
        <textarea id={`rr-${passing.id}`} name="reason" rows={2} required></textarea>
      </div>
      <button class="btn go" type="submit">
        {w.passRule}
      </button>
    </form>
  );
};

const UnitField: FC<{ visit: Visit; name: string; id: string; label: string; value: string }> = ({
  visit,
  name,
  id,
  label,
  value,
}) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const kinds = [...new Set(hall.institution.setup.units.map(u => u.kind))].filter(
    k => !['institution', 'superior', 'outside'].includes(k),
  );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} required>
        <option value="">{w.chooseOne}</option>
        {kinds.map(kind => (
          <optgroup label={w.unitKinds[kind as keyof typeof w.unitKinds] ?? kind}>
            {hall.institution.setup.units
              .filter(u => u.kind === kind)
              .map(u => (
                <option value={u.key} selected={u.key === value}>
                  {names.unit(u.key)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
};

const GiveForm: FC<Props> = ({ visit, head, sent }) => {
  const { w, language, user } = visit;
  const as = VOCABULARY.get('assignment.made')?.byName.get('as')?.values ?? [];
  return (
    <section>
      <h2>{w.passGive}</h2>
      <form method="post" action={`/cases/${head.key}/passing`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="give" />
        <UnitField
          visit={visit}
          name="to"
          id="g-to"
          label={w.passTo}
          value={said(sent, 'to') || (head.concerns[0] ?? '')}
        />
        <div class="field">
          <label for="g-as">{w.passAs}</label>
          <select id="g-as" name="as">
            {as.map(a => (
              <option value={a} selected={a === (said(sent, 'as') || 'responsible')}>
                {valueLabel(language, 'as', a)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="g-why">
            {w.passWhy}
            <span class="opt-t">{w.optional}</span>
          </label>
          <input id="g-why" name="why" value={said(sent, 'why')} />
        </div>
        <button class="btn go" type="submit">
          {w.passGive}
        </button>
      </form>
    </section>
  );
};

const PassForm: FC<Props> = ({ visit, head, sent }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { terms, rules } = hall.rulebook;
  const forms = [...new Set([...rules.flatMap(r => (r.kind === 'form' ? [r.name] : [])), ...Object.keys(terms.forms)])];
  const gated = rules.flatMap(r =>
    r.kind === 'approval' && r.before.some(p => p.on === 'event' && p.type === 'transfer.made')
      ? (r.covers['form'] ?? [])
      : [],
  );
  const filled = head.events.findLast(e => e.type === 'form.filled' && typeof e.data['number'] === 'string');
  return (
    <section>
      <h2>{w.passOn}</h2>
      <p class="note">{w.passOnSays}</p>
      <form method="post" action={`/cases/${head.key}/passing`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="pass" />
        <UnitField
          visit={visit}
          name="to"
          id="p-to"
          label={w.passTo}
          value={said(sent, 'to') || (head.concerns[0] ?? '')}
        />
        <div class="field">
          <label for="p-form">
            {w.passForm}
            <span class="opt-t">{w.optional}</span>
          </label>
          <select id="p-form" name="form">
            <option value="">{w.none}</option>
            {forms.map(f => (
              <option value={f} selected={f === (said(sent, 'form') || (visit.c.req.query('form') ?? gated[0]))}>
                {names.form(f)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="p-number">
            {w.passNumber}
            <span class="opt-t">{w.optional}</span>
          </label>
          <input id="p-number" name="number" value={said(sent, 'number') || String(filled?.data['number'] ?? '')} />
        </div>
        <label class="opt">
          <input
            type="checkbox"
            name="answerWanted"
            value="true"
            checked={!sent || said(sent, 'answerWanted') === 'true'}
          />
          {w.passAnswer}
        </label>
        <label class="opt">
          <input type="checkbox" name="task" value="true" checked={!sent || said(sent, 'task') === 'true'} />
          {w.passTask}
        </label>
        <button class="btn go" type="submit">
          {w.passOn}
        </button>
      </form>
    </section>
  );
};

/** What the institution adds to its regulation: interpretations, rules of others, answers to open questions. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { Clause, Empty, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { entriesOfType } from '../state.ts';
import { halfOf } from '../view/bilingual.ts';
import { naming, type Naming } from '../view/naming.ts';
import { asked, type Asked, outsideRules } from '../view/settled.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { EmptyRegister, EntryForm, RegisterFrame, type Said, typed } from './registers.tsx';

/** Who decides in this house: offices that a setting or an interpretation may name. */
export const Deciders: FC<{ visit: Visit; id: string; chosen: string }> = ({ visit, id, chosen }) => {
  const { hall, language, w, user } = visit;
  const names = naming(hall, language);
  const units = [...new Set(hall.institution.setup.roles.map(r => r.unit))];
  return (
    <div class="field">
      <label for={id}>{w.decidedByWord}</label>
      <select id={id} name="decidedBy" required>
        {units.map(u => (
          <option value={u} selected={(chosen || user.office?.unit) === u}>
            {names.unit(u)}
          </option>
        ))}
      </select>
    </div>
  );
};

export const ReadingsRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const read = entriesOfType(hall, 'interpretation.recorded');
  const outside = outsideRules(hall);
  return (
    <RegisterFrame visit={visit} counts={counts} register="readings" said={said}>
      <section class="sec">
        <h2>{w.reg.interpretations}</h2>
        {read.length === 0 ? (
          <EmptyRegister visit={visit} register="readings" />
        ) : (
          <ul class="bare reg-read">
            {read.toReversed().map(e => (
              <li>
                <Clause clause={names.clause(String(e.data['clause']))} />{' '}
                <span class="song">{String(e.data['text'])}</span>{' '}
                <span class="note">
                  {names.key(String(e.data['decidedBy']))} {momentText(language, Date.parse(e.at), hall.now)} #{e.seq}
                </span>
              </li>
            ))}
          </ul>
        )}
        {may ? (
          <details class="pane" open={typed(said, 'do') === 'interpret'}>
            <summary>{w.reg.addInterpretation}</summary>
            <form method="post" action="/registers/readings" data-draft="interpretation">
              <Token csrf={user.session.csrf} />
              <div class="two">
                <div class="field">
                  <label for="i-clause">{w.reg.clause}</label>
                  <select id="i-clause" name="clause" required>
                    {hall.rulebook.clauses.map(c => (
                      <option value={c.id} selected={typed(said, 'clause') === c.id}>
                        {names.clause(c.id).article} {c.id}
                      </option>
                    ))}
                  </select>
                </div>
                <Deciders visit={visit} id="i-by" chosen={typed(said, 'decidedBy')} />
              </div>
              <div class="field">
                <label for="i-text">{w.reg.interpretation}</label>
                <textarea id="i-text" name="text" required maxlength={1800}>
                  {typed(said, 'text')}
                </textarea>
              </div>
              <button class="btn go" type="submit" name="do" value="interpret">
                {w.recordIt}
              </button>
            </form>
          </details>
        ) : (
          ''
        )}
      </section>
      <section class="sec">
        <h2>{w.reg.outsideTitle}</h2>
        {outside.length === 0 ? <p class="note">{w.reg.noOutside}</p> : ''}
        <ul class="bare">
          {outside.map(o => (
            <li class="pane">
              <p>
                <Hui size="xs" look={o.status === 'supplied' ? 'done' : ''} /> <b>{names.key(o.rule)}</b>{' '}
                {names.body(o.owner)} <Clause clause={names.clause(o.clause)} />{' '}
                <span class={o.status === 'supplied' ? 'tag' : 'tag dash'}>
                  {valueLabel(language, 'status', o.status)}
                </span>{' '}
                {o.confirmations.length === 0 ? (
                  ''
                ) : (
                  <span class="note">{w.reg.confirmed(o.confirmations.length)}</span>
                )}
              </p>
              {may && o.status !== 'supplied' ? (
                <form method="post" action="/registers/readings" class="acts">
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="rule" value={o.rule} />
                  <button class="btn" type="submit" name="do" value="supplied">
                    {w.reg.nowSupplied}
                  </button>
                </form>
              ) : (
                ''
              )}
            </li>
          ))}
        </ul>
        {outside.length === 0 ? (
          ''
        ) : (
          <EntryForm visit={visit} register="readings" type="outside-rule.confirmed" said={said} />
        )}
      </section>
    </RegisterFrame>
  );
};

/** `zh / en` halves in the page's language. */
const half = (visit: Visit, text: string): string => halfOf(visit.language, text) ?? text;

export const QuestionsRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const all = asked(hall);
  return (
    <RegisterFrame visit={visit} counts={counts} register="questions" said={said}>
      {all.length === 0 ? (
        <Empty title={w.reg.noQuestions} says={w.reg.noQuestionsSay}>
          <a class="btn" href="/rules">
            {w.nav.rules}
          </a>
        </Empty>
      ) : (
        ''
      )}
      {all.map((q, i) => (
        <section class="pane reg-q" id={`q-${q.clause}-${q.kind}`}>
          <p>
            <Clause clause={names.clause(q.clause)} /> <span class="tag">{w.reg.questionKinds[q.kind]}</span>
          </p>
          <h2 class="song">{questionText(visit, names, q)}</h2>
          {q.kind === 'note' ? (
            <p class="note">
              {w.readingNow} {half(visit, q.reading)}
            </p>
          ) : (
            ''
          )}
          {q.answered ? (
            <p>
              <Hui size="xs" look="done" /> {w.reg.answeredAs} <b>{String(q.answered.data['value'] ?? '')}</b>{' '}
              {String(q.answered.data['reason'] ?? '')}{' '}
              <span class="note">
                {names.key(String(q.answered.data['decidedBy'] ?? q.answered.data['owner'] ?? ''))}{' '}
                {momentText(language, Date.parse(q.answered.at), hall.now)} #{q.answered.seq}
              </span>
            </p>
          ) : (
            ''
          )}
          {!may ? (
            ''
          ) : q.kind === 'outside' ? (
            <a class="btn" href="/registers/readings">
              {w.reg.names.readings}
            </a>
          ) : q.kind === 'local' ? (
            <a class="btn" href={`/registers/locals#l-${q.about}`}>
              {w.reg.setFigure}
            </a>
          ) : q.kind === 'capacity' ? (
            <p class="note">{w.reg.capacitySays}</p>
          ) : (
            <details open={typed(said, 'key') === q.key && typed(said, 'clause') === q.clause}>
              <summary>{q.answered ? w.reg.answerAgain : w.reg.answerIt}</summary>
              <form method="post" action="/registers/questions" data-draft={`question-${q.clause}`}>
                <Token csrf={user.session.csrf} />
                <input type="hidden" name="key" value={q.key} />
                <input type="hidden" name="clause" value={q.clause} />
                <fieldset class="opts">
                  <legend>{w.reg.readAs}</legend>
                  {(q.values.length > 0 ? q.values : ['as-read', ...q.alternatives]).map((v, n) => (
                    <p>
                      <label class="opt">
                        <input type="radio" name="value" value={v} required checked={n === 0} />
                        {v === 'as-read' ? w.reg.asRead : half(visit, v)}
                      </label>
                    </p>
                  ))}
                </fieldset>
                <div class="field">
                  <label for={`q-r-${i}`}>{w.reg.why}</label>
                  <textarea id={`q-r-${i}`} name="reason" required maxlength={1800}>
                    {typed(said, 'key') === q.key ? typed(said, 'reason') : ''}
                  </textarea>
                </div>
                <Deciders visit={visit} id={`q-b-${i}`} chosen={typed(said, 'decidedBy')} />
                <button class="btn go" type="submit" name="do" value="answer">
                  {w.reg.decide}
                </button>
              </form>
            </details>
          )}
        </section>
      ))}
    </RegisterFrame>
  );
};
function questionText(visit: Visit, names: Naming, q: Asked): string {
  const { w } = visit;
  if (q.kind === 'note') return half(visit, q.question);
  if (q.kind === 'local') return w.reg.askLocal(names.key(q.about));
  if (q.kind === 'outside') return w.reg.askOutside(names.key(q.about));
  return w.reg.askCapacity(names.capacity(q.about));
}

/** Training and learning; risks of decisions and hidden risks. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { Token } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { entriesOf, listOf } from '../view/registers.ts';
import { decisions, hiddenRisks } from '../view/risks.ts';
import { dateText, dayText, momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { EmptyRegister, EntryForm, RegisterFrame, type Said, typesIn } from './registers.tsx';

export const TrainingRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const entries = entriesOf(hall, 'training');
  const held = entries.filter(e => e.type === 'training.held');
  const planned = entries.filter(e => e.type === 'training.planned');
  const today = dateText(hall.now);
  const proposed = new Map([['on', [today]]]);
  return (
    <RegisterFrame visit={visit} counts={counts} register="training" said={said}>
      {entries.length === 0 ? <EmptyRegister visit={visit} register="training" /> : ''}
      {planned.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2>{w.reg.trainingPlan}</h2>
          <ul class="mini">
            {planned.map(e => {
              const done = held.find(h => h.data['topic'] === e.data['topic'] && h.at >= e.at);
              const on = String(e.data['on']);
              return (
                <li>
                  <Hui size="xs" look={done ? 'done' : on < today ? 'late' : 'far'} />
                  <span>
                    {String(e.data['topic'])}{' '}
                    <span class="note">{listOf(e.data['for']).map(names.unit).join(w.and)}</span>
                    {done ? ` ${w.reg.heldWith(Number(done.data['attended']))}` : ''}
                  </span>
                  <time>{dayText(language, on, hall.now)}</time>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <section class="sec">
        <h2>{w.reg.trainingHeld}</h2>
        {held.length === 0 ? (
          <p class="note">{w.none}</p>
        ) : (
          <ul class="mini">
            {held.toReversed().map(e => (
              <li>
                <Hui size="xs" look="done" />
                <span>
                  {String(e.data['topic'])}{' '}
                  <span class="note">{listOf(e.data['units']).map(names.unit).join(w.and)}</span>{' '}
                  {w.reg.heldWith(Number(e.data['attended']))}
                </span>
                <time>{dayText(language, dateText(Date.parse(e.at)), hall.now)}</time>
              </li>
            ))}
          </ul>
        )}
      </section>
      {typesIn('training').map(type => (
        <EntryForm
          visit={visit}
          register="training"
          type={type}
          said={said}
          proposed={proposed}
          open={entries.length === 0 && type === 'training.planned'}
        />
      ))}
    </RegisterFrame>
  );
};

const LEVELS = ['low', 'middle', 'high'] as const;

export const RiskRegister: FC<{ visit: Visit; counts: Counts; said: Said }> = ({ visit, counts, said }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const open = decisions(hall);
  const hidden = hiddenRisks(hall);
  const fresh = new Map([
    ['decision', [`d-${hall.seq + 1}`]],
    ['risk', [`r-${hall.seq + 1}`]],
    ['unit', user.office ? [user.office.unit] : []],
    ['open', [String(hidden.length)]],
  ]);
  const pending = typedDecision(said);
  return (
    <RegisterFrame visit={visit} counts={counts} register="risk" said={said}>
      {open.length + hidden.length === 0 ? <EmptyRegister visit={visit} register="risk" /> : ''}
      {open.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <div class="sec-h">
            <h2>{w.reg.decisions}</h2>
            <span class="note">{w.reg.decisionsSay}</span>
          </div>
          {open.map(d => (
            <div class="pane reg-risk" id={d.key}>
              <p>
                <Hui size="xs" look={d.carriedOutAt ? 'done' : d.assessed ? 'far' : ''} /> <b>{d.what}</b>{' '}
                <span class="note">
                  {names.unit(d.unit)} {momentText(language, Date.parse(d.proposedAt), hall.now)}
                </span>{' '}
                {d.assessed ? (
                  <span class="tag">{w.reg.riskLevel(valueLabel(language, 'level', d.assessed.level))}</span>
                ) : (
                  <span class="tag late">{w.reg.notAssessed}</span>
                )}{' '}
                {d.carriedOutAt ? <span class="tag">{w.reg.carriedOut}</span> : ''}
              </p>
              {d.assessed ? (
                <dl class="kv">
                  <dt>{w.reg.risks}</dt>
                  <dd>{d.assessed.risks.join(w.and)}</dd>
                  <dt>{w.reg.plan}</dt>
                  <dd>{d.assessed.plan}</dd>
                </dl>
              ) : (
                <details open={pending === d.key}>
                  <summary>{w.reg.assess}</summary>
                  <form method="post" action="/registers/risk" data-draft={`risk-${d.key}`}>
                    <Token csrf={user.session.csrf} />
                    <input type="hidden" name="do" value="entry" />
                    <input type="hidden" name="type" value="risk.assessed" />
                    <input type="hidden" name="decision" value={d.key} />
                    <div class="field">
                      <label for={`r-${d.key}`}>{w.reg.risks}</label>
                      <span class="hint">{w.listHint}</span>
                      <input id={`r-${d.key}`} name="risks" required />
                    </div>
                    <fieldset class="opts">
                      <legend>{w.reg.levelWord}</legend>
                      <div class="row">
                        {LEVELS.map(level => (
                          <label>
                            <input type="radio" name="level" value={level} required />
                            {valueLabel(language, 'level', level)}
                          </label>
                        ))}
                      </div>
                    </fieldset>
                    <div class="field">
                      <label for={`p-${d.key}`}>{w.reg.plan}</label>
                      <textarea id={`p-${d.key}`} name="plan" required></textarea>
                    </div>
                    <button class="btn go" type="submit">
                      {w.reg.assess}
                    </button>
                  </form>
                </details>
              )}
              {d.carriedOutAt ? (
                ''
              ) : (
                <form method="post" action="/registers/risk" class="acts">
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="type" value="decision.carried-out" />
                  <input type="hidden" name="decision" value={d.key} />
                  <button
                    class="btn"
                    type="submit"
                    name="do"
                    value="entry"
                    aria-disabled={d.assessed ? 'false' : 'true'}
                  >
                    {w.reg.carryOut}
                  </button>
                </form>
              )}
            </div>
          ))}
        </section>
      )}
      {hidden.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2>{w.reg.hidden}</h2>
          <div class="scroll reg-t" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th>{w.unitWord}</th>
                  <th>{w.reg.matter}</th>
                  <th>{w.reg.step}</th>
                  <th>{w.reg.from}</th>
                  <th>{w.reg.reviewed}</th>
                </tr>
              </thead>
              <tbody>
                {hidden.map(r => (
                  <tr>
                    <td>{names.unit(r.unit)}</td>
                    <td>{r.matter}</td>
                    <td>{r.step}</td>
                    <td>{dayText(language, dateText(Date.parse(r.at)), hall.now)}</td>
                    <td>
                      {r.reviewedAt === undefined ? (
                        <span class="tag dash">{w.reg.notReviewed}</span>
                      ) : (
                        dayText(language, dateText(Date.parse(r.reviewedAt)), hall.now)
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {['decision.proposed', 'risk.registered', 'risk.reviewed'].map(type => (
        <EntryForm
          visit={visit}
          register="risk"
          type={type}
          said={said}
          proposed={fresh}
          open={open.length + hidden.length === 0 && type === 'decision.proposed'}
        />
      ))}
    </RegisterFrame>
  );
};
const typedDecision = (said: Said): string | undefined =>
  said.given?.get('type')?.[0] === 'risk.assessed' ? said.given.get('decision')?.[0] : undefined;

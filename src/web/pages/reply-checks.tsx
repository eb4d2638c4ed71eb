/** Beside the text: the check for secrets, the questions and what answers each, the facts it rests on. */
import { type ReplyDocument, secrecyRule, standingOf, titleAndBody, type Version } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause, Token } from '../parts/small.tsx';
import type { AnswerQuestion } from '../ports-writing.ts';
import { missingThing } from '../view/missing.ts';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly base: string;
  readonly document: ReplyDocument;
  readonly newest: Version;
}
/** Only where a rule asks for the check; the office that may do it gets the form, everybody sees the result. */
export const Secrecy: FC<Props> = ({ visit, head, base, document, newest }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const rule = secrecyRule(hall.rulebook.rules);
  const { secrecy } = standingOf(hall.rulebook.rules, head.events, document);
  if (!rule && !secrecy) return <></>;
  const mine =
    rule !== undefined && user.office !== undefined && (user.office.role === rule.by || user.office.unit === rule.by);
  const outcome = String(secrecy?.data['outcome'] ?? '');
  const from = document.versions.find(v => v.hash === secrecy?.data['fromHash']);
  return (
    <section id="secrecy">
      <h2>
        {w.secrecyTitle} {rule ? <Clause clause={names.clause(rule.clause)} /> : ''}
      </h2>
      <p class="chain-h">
        <Hui size="s" look={!secrecy ? 'far' : outcome === 'blocked' ? 'void' : 'done'} />
        {secrecy
          ? `${valueLabel(language, 'outcome', outcome)}，${names.office(secrecy.by)} ${momentText(language, Date.parse(secrecy.at), hall.now)}`
          : w.secrecyOpen(rule ? missingThing(hall, language, names, `by ${rule.by}`, head.key).text : '')}
      </p>
      {from ? (
        <p class="note">
          <a href={`${base}?with=${from.n}#cmp`}>{w.secrecyRemoved(from.n)}</a>
        </p>
      ) : (
        ''
      )}
      {mine && (!secrecy || outcome === 'blocked') ? (
        <form method="post" action={`${base}/check`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="secrecy" />
          <input type="hidden" name="hash" value={newest.hash} />
          <div class="acts">
            <button class="btn go" type="submit" name="outcome" value="clear">
              {w.secrecyClear}
            </button>
            <button class="btn" type="submit" name="outcome" value="blocked">
              {w.secrecyBlock}
            </button>
          </div>
          <details class="why">
            <summary>{w.secrecyRemove}</summary>
            <div class="field">
              <label for="s-left">{w.secrecyLeft}</label>
              <span class="hint">{w.secrecyLeftHint}</span>
              <textarea id="s-left" name="left" class="song" rows={10}>
                {newest.text}
              </textarea>
            </div>
            <button class="btn" type="submit" name="outcome" value="removed">
              {w.secrecyRemove}
            </button>
          </details>
        </form>
      ) : (
        ''
      )}
    </section>
  );
};

/** Each question raised and the paragraph that answers it; what has none is said before anything goes out. */
export const Questions: FC<Props & { questions: readonly AnswerQuestion[] }> = ({
  visit,
  head,
  base,
  newest,
  questions,
}) => {
  const { w, user } = visit;
  const { paragraphs } = titleAndBody(newest.text);
  const raised = raisedIn(head).filter(q => !questions.some(x => x.question === q));
  const open = questions.filter(q => q.paragraph === undefined || q.paragraph > paragraphs.length).length;
  return (
    <section class="sec" id="questions">
      <div class="sec-h">
        <h2>{w.questionsTitle}</h2>
        <span class="note">
          {questions.length === 0
            ? w.questionsNone
            : open === 0
              ? w.questionsAll(questions.length)
              : w.questionsOpen(open)}
        </span>
      </div>
      <form class="pane" method="post" action={`${base}/questions`}>
        <Token csrf={user.session.csrf} />
        <table class="clock questions">
          <thead>
            <tr>
              <th>{w.questionWord}</th>
              <th>{w.questionAnswer}</th>
            </tr>
          </thead>
          <tbody>
            {[...questions, ...raised.map((question): AnswerQuestion => ({ question })), { question: '' }].map(
              (q, i) => (
                <tr>
                  <td>
                    <input name={`question-${i + 1}`} aria-label={`${w.questionWord} ${i + 1}`} value={q.question} />
                    <span class="print-only">{q.question}</span>
                  </td>
                  <td>
                    <select name={`paragraph-${i + 1}`} aria-label={`${w.questionAnswer} ${i + 1}`}>
                      <option value="">{w.questionUnanswered}</option>
                      {paragraphs.map((p, n) => (
                        <option value={String(n + 1)} selected={q.paragraph === n + 1}>
                          {w.paragraphN(n + 1)} {[...p].slice(0, 24).join('')}
                        </option>
                      ))}
                    </select>
                    <span class="print-only">
                      {q.question === ''
                        ? ''
                        : q.paragraph === undefined
                          ? w.questionUnanswered
                          : w.paragraphN(q.paragraph)}
                    </span>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        <button class="btn" type="submit">
          {w.questionsSave}
        </button>
      </form>
    </section>
  );
};
/** What people asked, as the findings of the case put it: questions and complaints by their subject. */
export const raisedIn = (head: CaseHead): readonly string[] =>
  [
    ...new Set(
      head.events.flatMap(e =>
        e.type === 'finding.recorded' && typeof e.data['subject'] === 'string'
          ? [e.data['subject']]
          : e.type === 'media.called'
            ? [String((e.data['fields'] as Readonly<Record<string, unknown>>)['matter'] ?? '')]
            : [],
      ),
    ),
  ].filter(q => q !== '');

const FACTS = new Set([
  'finding.recorded',
  'incident.occurred',
  'facts.verified',
  'measure.taken',
  'handling.entered',
  'handling.finished',
  'reception.held',
  'arrival.recorded',
  'assessment.made',
  'decision.made',
]);
/** The facts a text rests on, numbered, so that a reader can ask "which fact says so". */
export const FactList: FC<{ visit: Visit; head: CaseHead }> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const facts = head.events.filter(e => FACTS.has(e.type));
  return (
    <section>
      <h2>{w.factsTitle}</h2>
      {facts.length === 0 ? <p class="note">{w.factsNone}</p> : ''}
      <ol class="facts">
        {facts.map(e => {
          const said = sentence(e, language, names);
          return (
            <li>
              <b>{said.label}</b> {said.detail}
              <span class="note fact">
                {names.office(e.by)} {momentText(language, Date.parse(e.at), hall.now)}
              </span>
            </li>
          );
        })}
      </ol>
      <p>
        <a class="btn text" href={`/cases/${head.key}/do/facts.verified`}>
          {w.factsAdd}
        </a>
      </p>
    </section>
  );
};

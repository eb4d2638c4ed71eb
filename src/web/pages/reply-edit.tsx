/** Writing a text: the facts beside it, the agencies it touches, and what a change would void. */
import { NOTICE_FORMS } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Clause, NotSaved, Token } from '../parts/small.tsx';
import { type CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { momentText } from '../view/times.ts';
import { fieldLabel } from '../words/index.ts';
import { FactList } from './reply-checks.tsx';

export interface EditGiven {
  readonly document: string;
  readonly form: string;
  readonly text: string;
  readonly parts: readonly string[];
  readonly mentions: readonly string[];
  readonly topic: string;
  readonly forUnit: string;
  readonly unsolved?: boolean;
  readonly number?: string;
  readonly judgement?: string;
}
/** A draft of this person that was never saved as a wording. */
export interface KeptNote {
  readonly at: number;
  /** Somebody saved another wording since. */
  readonly overtaken: boolean;
}

export const ReplyEdit: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  given: EditGiven;
  isNew: boolean;
  valid: number;
  published: boolean;
  baseHash: string;
  kept?: KeptNote;
  problem?: string;
}> = props => {
  const { visit, counts, head, given, isNew, valid, published, baseHash, kept, problem } = props;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { terms, rules } = hall.rulebook;
  const forms = [
    ...new Set([
      'reply',
      given.form,
      ...Object.keys(terms.forms),
      ...rules.flatMap(r => (r.kind === 'approval' ? (r.covers['form'] ?? []) : [])),
    ]),
  ];
  const bodies = [
    ...new Set([
      ...Object.keys(terms.bodies),
      ...hall.institution.setup.units.filter(u => u.kind === 'outside').map(u => u.key),
      ...given.mentions,
    ]),
  ];
  const topics = [
    ...new Set(rules.flatMap(r => (r.kind === 'approval' ? (r.byTopic ?? []).flatMap(t => t.topic) : []))),
  ].filter(t => t !== 'otherwise');
  const units = hall.institution.setup.units.filter(u => !['institution', 'outside', 'superior'].includes(u.kind));
  const parts = [
    ...new Set([
      'facts',
      'steps',
      'dates',
      ...rules.flatMap(r => (r.kind === 'form' && r.parts ? r.parts : [])),
      ...given.parts,
    ]),
  ];
  return (
    <Page visit={visit} tab="replies" title={w.writeReply} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/cases/${head.key}`}>
              {head.title} {head.number}
            </a>
          </p>
          <h1>{published ? w.correctTitle : isNew ? w.newDraft : w.editText}</h1>
        </div>
      </div>
      <NotSaved w={w} why={problem} />
      {kept ? (
        <Alert title={w.keptTitle(momentText(language, kept.at, hall.now))}>
          <p>{kept.overtaken ? w.keptOvertaken : w.keptSays}</p>
          <form method="post" action={`/cases/${head.key}/reply/${given.document}/keep`}>
            <Token csrf={user.session.csrf} />
            <button class="btn" type="submit" name="do" value="drop">
              {w.keptDrop}
            </button>
          </form>
        </Alert>
      ) : (
        ''
      )}
      {isNew ? (
        ''
      ) : (
        <Alert title={valid > 0 ? w.editVoids(valid) : w.editFree}>{published ? <p>{w.correctSays}</p> : ''}</Alert>
      )}
      <div class="cols">
        <form
          class="pane"
          method="post"
          action={`/cases/${head.key}/reply/${given.document}/draft`}
          data-keep={`/cases/${head.key}/reply/${given.document}/keep`}
          data-kept-word={w.keptNow}
        >
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="base" value={baseHash} />
          <div class="two">
            <div class="field">
              <label for="d-form">{w.formWord}</label>
              <select id="d-form" name="form">
                {forms.map(f => (
                  <option value={f} selected={f === given.form}>
                    {names.form(f)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="d-unit">
                {fieldLabel(language, 'forUnit')}
                <span class="opt-t">{w.optional}</span>
              </label>
              <select id="d-unit" name="forUnit">
                <option value="">{w.none}</option>
                {units.map(u => (
                  <option value={u.key} selected={u.key === given.forUnit}>
                    {names.unit(u.key)}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <div class="field">
            <label for="d-text">{w.textWord}</label>
            <span class="hint">
              {w.textHint} {w.identityHint}
            </span>
            <textarea id="d-text" class="song" name="text" required>
              {given.text}
            </textarea>
          </div>
          {(NOTICE_FORMS as readonly string[]).includes(given.form) ? (
            <div class="two">
              <div class="field">
                <label for="d-number">{fieldLabel(language, 'number')}</label>
                <input id="d-number" name="number" value={given.number ?? ''} />
              </div>
              <div class="field">
                <label for="d-judgement">
                  {fieldLabel(language, 'judgement')}
                  <span class="opt-t">{w.optional}</span>
                </label>
                <input id="d-judgement" name="judgement" value={given.judgement ?? ''} />
              </div>
            </div>
          ) : (
            ''
          )}
          <fieldset class="opts">
            <legend>{w.partsWord}</legend>
            <div class="row">
              {parts.map(p => (
                <label>
                  <input type="checkbox" name="parts" value={p} checked={given.parts.includes(p)} />
                  {partName(names, language, terms.words, p)}
                </label>
              ))}
            </div>
          </fieldset>
          {bodies.length === 0 ? (
            ''
          ) : (
            <fieldset class="opts">
              <legend>
                {w.mentionsWord}
                <span class="opt-t">{w.mentionsHint}</span>
              </legend>
              <div class="row">
                {bodies.map(b => (
                  <label>
                    <input type="checkbox" name="mentions" value={b} checked={given.mentions.includes(b)} />
                    {names.body(b)}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {topics.length === 0 ? (
            ''
          ) : (
            <div class="field">
              <label for="d-topic">
                {fieldLabel(language, 'topic')}
                <span class="opt-t">{w.optional}</span>
              </label>
              <select id="d-topic" name="topic">
                <option value="">{w.none}</option>
                {topics.map(t => (
                  <option value={t} selected={t === given.topic}>
                    {names.value('topic', t)}
                  </option>
                ))}
              </select>
            </div>
          )}
          <label class="opt">
            <input type="checkbox" name="unsolved" value="true" checked={given.unsolved === true} />
            {w.unsolvedSays}
          </label>
          <div class="acts">
            <button class="btn go" type="submit">
              {w.saveDraft}
            </button>
            <button
              class="btn"
              type="submit"
              name="do"
              value="keep"
              formaction={`/cases/${head.key}/reply/${given.document}/keep`}
              formnovalidate
            >
              {w.keepForNow}
            </button>
            <a class="btn text" href={`/cases/${head.key}`}>
              {w.caseOf}
            </a>
          </div>
        </form>
        <EditAside visit={visit} head={head} form={given.form} />
      </div>
    </Page>
  );
};

/** What the text rests on, and who will have to sign it. */
const EditAside: FC<{ visit: Visit; head: CaseHead; form: string }> = ({ visit, head, form }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const approvals = hall.rulebook.rules.flatMap(r =>
    r.kind === 'approval' && (r.covers['form'] ?? [form]).includes(form) ? [r] : [],
  );
  return (
    <aside class="side">
      <FactList visit={visit} head={head} />
      <section>
        <h2>{w.chainTitle}</h2>
        {approvals.length === 0 ? <p class="note">{w.noSignatureNeeded}</p> : ''}
        {approvals.map(a => (
          <p class="chain-h">
            {a.steps.map(s => s.map(x => names.capacity(x)).join(' / ')).join(' → ')}{' '}
            <Clause clause={names.clause(a.clauses[0] ?? '')} />
          </p>
        ))}
      </section>
    </aside>
  );
};

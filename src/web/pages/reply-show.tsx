/** One text: exactly what is signed, who has signed, what changed, what the checks say. */
import { diffTexts, type Piece, type ReplyDocument, titleAndBody, type Version } from '#reply';
import type { RefusedLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Clause, Countdown, Grade, Token } from '../parts/small.tsx';
import { type CaseHead, gradeOf } from '../view/cases.ts';
import { type DutyRow, openRowsOfCase, patternsOf, ruleOf } from '../view/duties.ts';
import { sameHand } from '../view/four-eyes.ts';
import { naming } from '../view/naming.ts';
import { documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';
import { Lints, SignForms, Publish } from './reply-forms.tsx';

export const ReplyShow: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  document: ReplyDocument;
  problem?: string;
  refused?: readonly Pick<RefusedLine, 'clause' | 'missing' | 'reason'>[];
}> = props => {
  const { visit, counts, head, document, problem, refused } = props;
  const { hall, w, language, c } = visit;
  const names = naming(hall, language);
  const newest = document.versions.at(-1) as Version;
  const compare = document.versions.find(v => String(v.n) === c.req.query('with')) ?? document.versions.at(-2);
  const grade = gradeOf(hall, head);
  const state = documentState(hall, document);
  const due = dueRow(visit, head);
  const base = `/cases/${head.key}/reply/${document.key}`;
  return (
    <Page
      visit={visit}
      tab="replies"
      title={`${names.form(document.form)} ${w.draftVersion(newest.n)}`}
      counts={counts}
    >
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/cases/${head.key}`}>
              {head.title} {head.number}
            </a>{' '}
            {grade ? <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} /> : ''}
          </p>
          <h1>
            {names.form(document.form)}，{w.draftVersion(newest.n)}
          </h1>
        </div>
        <div class="acts">
          <a class="btn" href={`${base}/edit`} data-key="e">
            {document.publications.length > 0 ? w.correctTitle : w.editText}
            <kbd>e</kbd>
          </a>
        </div>
      </div>
      {problem === undefined ? (
        ''
      ) : (
        <Alert title={w.notSaved} stop>
          <p>{problem}</p>
        </Alert>
      )}
      {refused && refused.length > 0 ? (
        <Refused visit={visit} type="publication.made" refused={refused} caseKey={head.key} kept />
      ) : (
        ''
      )}
      <div class="cols">
        <div>
          <nav class="tabs" aria-label={w.textWord}>
            <a href={base} aria-current="page">
              {w.draftVersion(newest.n)}
            </a>
            {document.versions.slice(0, -1).map(v => (
              <a href={`${base}?with=${v.n}#cmp`}>{w.versionsTab(v.n)}</a>
            ))}
            <span class="r">
              {w.draftBy(
                momentText(language, Date.parse(newest.event.at), hall.now),
                names.office(newest.event.by),
                [...newest.text].length,
              )}
            </span>
          </nav>
          <article class="doc">
            <div class="doc-in">
              <SignedBody
                text={newest.text}
                institution={hall.institution.name[language]}
                notes={n => (n === 0 ? <Lints visit={visit} head={head} document={document} newest={newest} /> : '')}
              />
            </div>
          </article>
          {compare && compare.n !== newest.n ? <Compare visit={visit} before={compare} after={newest} /> : ''}
        </div>
        <aside class="side">
          {due ? (
            <div class={due.tone === 'late' ? 'clockbox late' : 'clockbox'}>
              <Hui size="l" look={lookOf(due.tone)} left={due.share} />
              <p>
                {due.dueAt === undefined ? '' : <Countdown w={w} dueAt={due.dueAt} now={hall.now} />}
                <br />
                <span class="note">
                  {due.due} <Clause clause={due.clause} />
                </span>
              </p>
            </div>
          ) : (
            ''
          )}
          <section>
            <h2>{w.chainTitle}</h2>
            {state.chains.length === 0 ? <p class="note">{w.noSignatureNeeded}</p> : ''}
            {state.chains.map(chain => (
              <>
                <p class="chain-h">
                  <span class={chain.order === 'any' ? 'tag dash' : 'tag'}>
                    {chain.order === 'any' ? w.chainAny : w.chainListed}
                  </span>
                  {names.form(document.form)} <Clause clause={names.clause(chain.clause)} />
                </p>
                <ol class="chain">
                  {chain.steps.map(s => (
                    <li
                      class={[
                        chain.order === 'any' ? 'any' : '',
                        s.turn && document.publications.length === 0 ? 'turn' : '',
                      ]
                        .filter(Boolean)
                        .join(' ')}
                    >
                      <Hui size="s" look={s.signature ? 'done' : s.voided.length > 0 || s.withheld ? 'void' : 'far'} />
                      <div>
                        <b data-turn={w.yourTurn}>{s.capacities.map(x => names.capacity(x)).join(' / ')}</b>
                        {s.signature ? (
                          <span class="st">
                            {w.signedAt(
                              momentText(language, Date.parse(s.signature.at), hall.now),
                              w.draftVersion(newest.n),
                            )}
                            ，{names.office(s.signature.by)}
                            {sameHand(hall, s.signature) ? <span class="tag">{w.sameHand}</span> : ''}
                          </span>
                        ) : (
                          <span class="st">
                            {s.withheld ? `${w.withhold}${w.colon}${String(s.withheld.data['reason'])}` : w.notSigned}
                          </span>
                        )}
                        {s.voided.map(v => (
                          <span class="st">
                            <s>
                              {w.signedAt(
                                momentText(language, Date.parse(v.at), hall.now),
                                w.draftVersion(document.versions.find(x => x.hash === v.data['textHash'])?.n ?? 0),
                              )}
                            </s>{' '}
                            {w.voided}
                          </span>
                        ))}
                      </div>
                    </li>
                  ))}
                </ol>
              </>
            ))}
            <SignForms
              visit={visit}
              base={base}
              document={document}
              newest={newest}
              wanted={state.chains.flatMap(x => x.steps.filter(s => s.turn).flatMap(s => s.capacities))}
            />
          </section>
          {document.mentions.length === 0 ? (
            ''
          ) : (
            <section>
              <h2>{w.confirmTitle}</h2>
              {state.confirmations.map(k => (
                <form method="post" action={`${base}/confirm`}>
                  <Token csrf={visit.user.session.csrf} />
                  <input type="hidden" name="hash" value={newest.hash} />
                  <input type="hidden" name="agency" value={k.body} />
                  <p class="chain-h">
                    <Hui size="s" look={k.event ? 'done' : 'far'} />
                    {k.event
                      ? w.confirmGiven(names.body(k.body), momentText(language, Date.parse(k.event.at), hall.now))
                      : w.confirmWanted(names.body(k.body))}
                  </p>
                  {k.event ? (
                    ''
                  ) : (
                    <button class="btn" type="submit">
                      {w.confirmRecord}
                    </button>
                  )}
                </form>
              ))}
            </section>
          )}
          <section>
            <h2>{w.stampTitle}</h2>
            <div class="stamp">
              {w.stampOf(newest.n)}
              <span class="code hash">{groups(newest.hash)}</span>
              {w.stampSays}
            </div>
          </section>
          <Publish visit={visit} base={base} head={head} document={document} newest={newest} />
        </aside>
      </div>
    </Page>
  );
};

const SignedBody: FC<{ text: string; institution: string; notes: (n: number) => Child }> = ({ text, notes }) => {
  const { title, paragraphs } = titleAndBody(text);
  return (
    <>
      {title === '' ? '' : <h2 class="title">{title}</h2>}
      {paragraphs.map((p, i) => (
        <div class="para">
          <p>{p}</p>
          <div class="margin">{notes(i)}</div>
        </div>
      ))}
    </>
  );
};

/** Hex digits in groups of four, as they are read aloud. */
export const groups = (hash: string): string => hash.replace(/^sha256:/, '').replaceAll(/(.{4})(?=.)/g, '$1 ');

/** The most urgent open duty of the case that a publication would meet. */
function dueRow(visit: Visit, head: CaseHead): DutyRow | undefined {
  const { hall, w, language } = visit;
  return openRowsOfCase(hall, w, language, naming(hall, language), head.key).find(
    r =>
      r.dueAt !== undefined &&
      patternsOf(ruleOf(hall, r.line), r.line).some(p => p.on === 'event' && p.type === 'publication.made'),
  );
}

const Pieces: FC<{ pieces: readonly Piece[] }> = ({ pieces }) => (
  <>{pieces.map(p => (p.kind === 'same' ? p.text : p.kind === 'added' ? <ins>{p.text}</ins> : <del>{p.text}</del>))}</>
);

export const Compare: FC<{ visit: Visit; before: Version; after: Version }> = ({ visit, before, after }) => {
  const { w } = visit;
  const diff = diffTexts(before.text, after.text);
  return (
    <section class="sec" id="cmp">
      <div class="sec-h">
        <h2>{w.diffTitle(before.n, after.n)}</h2>
        <span class="note">{w.diffUnchanged(diff.unchanged)}</span>
      </div>
      <div class="diff">
        <div>
          <h3>{w.draftVersion(before.n)}</h3>
          {diff.changes.map(ch => (
            <p>
              <Pieces pieces={ch.before} />
            </p>
          ))}
        </div>
        <div>
          <h3>{w.draftVersion(after.n)}</h3>
          {diff.changes.map(ch => (
            <p>
              <Pieces pieces={ch.after} />
            </p>
          ))}
        </div>
      </div>
    </section>
  );
};

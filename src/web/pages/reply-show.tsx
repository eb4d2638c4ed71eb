/** One text: exactly what is signed, notes at the paragraph, who has signed, what changed, what still has to be done. */
import { diffTexts, type Piece, type ReplyDocument, titleAndBody, type Version } from '#reply';
import type { RefusedLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Countdown, Grade, NotSaved } from '../parts/small.tsx';
import type { AnswerQuestion } from '../ports-writing.ts';
import { type CaseHead, gradeOf } from '../view/cases.ts';
import { type DutyRow, openRowsOfCase, patternsOf, ruleOf } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';
import { FactList, Questions, Secrecy } from './reply-checks.tsx';
import { ReplyChain } from './reply-chain.tsx';
import { marginNotes } from './reply-margin.tsx';
import { ReplyOut } from './reply-out.tsx';

export const ReplyShow: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  document: ReplyDocument;
  questions: readonly AnswerQuestion[];
  problem?: string;
  refused?: readonly Pick<RefusedLine, 'clause' | 'missing' | 'reason'>[];
}> = props => {
  const { visit, counts, head, document, questions, problem, refused } = props;
  const { hall, w, language, c } = visit;
  const names = naming(hall, language);
  const newest = document.versions.at(-1) as Version;
  const published = document.publications.at(-1)?.data['textHash'];
  const before =
    document.versions.find(v => String(v.n) === c.req.query('with')) ??
    // A correction stands beside what was published; else the last wording beside the one before.
    document.versions.find(v => v.hash === published && v.hash !== newest.hash) ??
    document.versions.at(-2);
  const after = document.versions.find(v => String(v.n) === c.req.query('and')) ?? newest;
  const grade = gradeOf(hall, head);
  const state = documentState(hall, document);
  const due = dueRow(visit, head);
  const base = `/cases/${head.key}/reply/${document.key}`;
  const at = { visit, head, base, document, newest };
  const notes = marginNotes(at);
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
      <NotSaved w={w} why={problem} />
      {refused && refused.length > 0 ? (
        <Refused
          visit={visit}
          type={props.visit.c.req.query('act') ?? 'publication.made'}
          refused={refused}
          caseKey={head.key}
          kept
        />
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
            <a href={`${base}/preview`}>{w.previewTitle}</a>
            <a href={`/files/of/document:${document.key}`}>{w.files.title}</a>
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
              <SignedBody text={newest.text} notes={notes} />
            </div>
          </article>
          {before && before.n !== after.n ? (
            <Compare visit={visit} before={before} after={after} versions={document.versions} base={base} />
          ) : (
            ''
          )}
          <Questions {...at} questions={questions} />
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
          <ReplyChain {...at} state={state} {...(due?.dueAt === undefined ? {} : { dueAt: due.dueAt })} />
          <Secrecy {...at} />
          <ReplyOut {...at} state={state} />
          <section>
            <h2>{w.stampTitle}</h2>
            <div class="stamp">
              {w.stampOf(newest.n)}
              <span class="code hash">{groups(newest.hash)}</span>
              {w.stampSays}
            </div>
          </section>
          <FactList visit={visit} head={head} />
        </aside>
      </div>
    </Page>
  );
};

const SignedBody: FC<{ text: string; notes: (n: number) => Child }> = ({ text, notes }) => {
  const { title, paragraphs } = titleAndBody(text);
  return (
    <>
      {title === '' ? '' : <h2 class="title">{title}</h2>}
      {paragraphs.map((p, i) => (
        <div class="para" id={`p${i + 1}`}>
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
export function dueRow(visit: Visit, head: CaseHead): DutyRow | undefined {
  const { hall, w, language } = visit;
  return openRowsOfCase(hall, w, language, naming(hall, language), head.key).find(
    r =>
      r.dueAt !== undefined &&
      patternsOf(ruleOf(hall, r.line), r.line).some(
        p => p.on === 'event' && ['publication.made', 'media.answered', 'handover.made'].includes(p.type),
      ),
  );
}

const Pieces: FC<{ pieces: readonly Piece[] }> = ({ pieces }) => (
  <>{pieces.map(p => (p.kind === 'same' ? p.text : p.kind === 'added' ? <ins>{p.text}</ins> : <del>{p.text}</del>))}</>
);

export const Compare: FC<{
  visit: Visit;
  before: Version;
  after: Version;
  versions: readonly Version[];
  base: string;
}> = ({ visit, before, after, versions, base }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const diff = diffTexts(before.text, after.text);
  const by = (v: Version): string =>
    `${names.office(v.event.by)} ${momentText(language, Date.parse(v.event.at), hall.now)}`;
  return (
    <section class="sec" id="cmp">
      <div class="sec-h">
        <h2>{w.diffTitle(before.n, after.n)}</h2>
        <span class="note">{w.diffUnchanged(diff.unchanged)}</span>
      </div>
      {versions.length > 2 ? (
        <form class="pick" method="get" action={`${base}#cmp`}>
          {(['with', 'and'] as const).map((name, i) => (
            <select name={name} aria-label={i === 0 ? w.compareLeft : w.compareRight}>
              {versions.map(v => (
                <option value={String(v.n)} selected={v.n === (i === 0 ? before.n : after.n)}>
                  {w.draftVersion(v.n)}
                </option>
              ))}
            </select>
          ))}
          <button class="btn" type="submit">
            {w.compareNow}
          </button>
        </form>
      ) : (
        ''
      )}
      <div class="diff">
        <div>
          <h3>
            {w.draftVersion(before.n)} <span class="note">{by(before)}</span>
          </h3>
          {diff.changes.map(ch => (
            <p>
              <Pieces pieces={ch.before} />
            </p>
          ))}
        </div>
        <div>
          <h3>
            {w.draftVersion(after.n)} <span class="note">{by(after)}</span>
          </h3>
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

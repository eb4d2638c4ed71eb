/** Notes beside the paragraph they are about: what a check complains of and why it may stay, what passed, checklists. */
import { paragraphOf, type ReplyDocument, standingOf, titleAndBody, type Version } from '#reply';
import type { FlagLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { caseLinesOf } from '../state.ts';
import { Clause, Token } from '../parts/small.tsx';
import { type CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { momentText } from '../view/times.ts';
import { fieldLabel } from '../words/index.ts';

interface At {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly document: ReplyDocument;
  readonly newest: Version;
}
/** The notes of each paragraph of the newest wording, by its place. */
export function marginNotes(at: At): (paragraph: number) => Child {
  const { visit, head, newest, document } = at;
  const { hall } = visit;
  const { paragraphs } = titleAndBody(newest.text);
  const own = caseLinesOf(hall, head.key).flags.filter(
    l =>
      l.lint !== undefined &&
      (l.event === newest.event.id || hall.byId.get(l.event ?? '')?.data['textHash'] === newest.hash),
  );
  const kept = head.events.filter(
    e => e.type === 'lint.overridden' && e.data['textHash'] === newest.hash && e.data['document'] === document.key,
  );
  const open = own.filter(l => !kept.some(k => k.data['lint'] === l.lint));
  const standing = standingOf(hall.rulebook.rules, head.events, document);
  return paragraph => {
    const here = open.filter(l => paragraphOf(paragraphs, l.missing ?? []) === paragraph);
    return (
      <>
        {here.map(l => (
          <Complaint at={at} flag={l} />
        ))}
        {paragraph > 0 ? (
          ''
        ) : (
          <>
            {kept.map(k => (
              <Kept at={at} lint={String(k.data['lint'])} reason={String(k.data['reason'])} />
            ))}
            <Passed at={at} open={open} />
            {standing.checklists.map(c => (
              <Checklist at={at} list={c} />
            ))}
          </>
        )}
      </>
    );
  };
}

const Complaint: FC<{ at: At; flag: FlagLine }> = ({ at, flag }) => {
  const { visit, head, document, newest } = at;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const name = (key: string): string => partName(names, language, words, key);
  // The check that nobody may set aside: a letter to an outlet asks for no removal.
  const blocks = flag.lint === 'no-removal';
  return (
    <div class={blocks ? 'lint stop' : 'lint warn'}>
      <b>{name(flag.lint ?? '')}</b>
      {flag.missing && flag.missing.length > 0
        ? `${w.missingWord}${w.colon}${flag.missing.map(name).join(w.and)}`
        : ''}{' '}
      <Clause clause={names.clause(flag.clause)} />
      {blocks ? (
        <p>{w.lintBlocks}</p>
      ) : (
        <>
          <p>
            <a href={`/cases/${head.key}/reply/${document.key}/edit`}>{w.lintMend}</a>
          </p>
          <details class="why">
            <summary>{w.lintKeep}</summary>
            <form method="post" action={`/cases/${head.key}/reply/${document.key}/override`}>
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="hash" value={newest.hash} />
              <input type="hidden" name="lint" value={flag.lint} />
              <div class="field">
                <label for={`l-${flag.lint}`}>{fieldLabel(language, 'reason')}</label>
                <input id={`l-${flag.lint}`} name="reason" required />
              </div>
              <button class="btn" type="submit">
                {w.lintKeep}
              </button>
            </form>
          </details>
        </>
      )}
    </div>
  );
};

const Kept: FC<{ at: At; lint: string; reason: string }> = ({ at, lint, reason }) => {
  const { hall, w, language } = at.visit;
  const names = naming(hall, language);
  return (
    <div class="lint">
      <b>{partName(names, language, hall.rulebook.terms.words, lint)}</b>
      {w.lintKept}
      {w.colon}
      {reason}
    </div>
  );
};

/** Checks of the rulebook that look at this form and found nothing. */
const Passed: FC<{ at: At; open: readonly FlagLine[] }> = ({ at, open }) => {
  const { visit, document } = at;
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const passed = hall.rulebook.rules.flatMap(r =>
    r.kind === 'lint' &&
    r.rule !== 'checklist' &&
    r.rule !== 'stale' &&
    ((r.on['form'] ?? ['any']).includes('any') || (r.on['form'] ?? []).includes(document.form)) &&
    !open.some(l => l.lint === r.name)
      ? [r.name]
      : [],
  );
  if (passed.length === 0 && open.length > 0) return <></>;
  return (
    <div class="lint ok">
      <b>{w.lintHead}</b>
      {passed.length === 0
        ? w.lintNone
        : `${w.lintPassed}${w.colon}${passed.map(p => partName(names, language, words, p)).join(w.and)}`}
    </div>
  );
};

const Checklist: FC<{
  at: At;
  list: ReturnType<typeof standingOf>['checklists'][number];
}> = ({ at, list }) => {
  const { visit, head, document, newest } = at;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const clear = list.done?.data['outcome'] === 'clear';
  return (
    <div class={clear ? 'lint ok' : list.done ? 'lint stop' : 'lint warn'}>
      <b>
        {w.checklistWord} {partName(names, language, words, list.name)}
      </b>
      <Clause clause={names.clause(list.clause)} />
      {list.done ? (
        <p>
          {clear
            ? w.checklistClear
            : `${w.checklistFound}${w.colon}${[list.done.data['found']]
                .flat()
                .map(f => partName(names, language, words, String(f)))
                .join(w.and)}`}
          ，{names.office(list.done.by)} {momentText(language, Date.parse(list.done.at), hall.now)}
        </p>
      ) : (
        ''
      )}
      {clear ? (
        ''
      ) : (
        <form method="post" action={`/cases/${head.key}/reply/${document.key}/check`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="checklist" />
          <input type="hidden" name="hash" value={newest.hash} />
          <input type="hidden" name="checklist" value={list.name} />
          {list.asks.length === 0 ? (
            <label class="opt">
              <input type="checkbox" name="found" value={list.name} />
              {w.checklistProblem}
            </label>
          ) : (
            <fieldset class="opts">
              <legend>{w.checklistTick}</legend>
              {list.asks.map(a => (
                <label class="opt">
                  <input type="checkbox" name="found" value={a} />
                  {partName(names, language, words, a)}
                </label>
              ))}
            </fieldset>
          )}
          <button class="btn" type="submit">
            {w.checklistDone}
          </button>
        </form>
      )}
    </div>
  );
};

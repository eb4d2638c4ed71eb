/** One fact or act, as a form: what the rules want filled in, when it happened, and which duty it is meant to meet. */
import type { RefusedLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import { Refused } from '../actions/refused.tsx';
import type { Visit } from '../context.ts';
import { Fields, type FieldContext } from '../parts/fields.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, NotSaved, Token } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { inputMoment } from '../view/times.ts';
import { eventLabel } from '../words/index.ts';

export const ActForm: FC<{
  visit: Visit;
  counts: Counts;
  context: FieldContext;
  head?: CaseHead;
  duty?: string;
  refused?: readonly RefusedLine[];
  problems: readonly string[];
  /** What speaks for a choice, laid out above the form. */
  reasons?: Child;
}> = props => {
  const { visit, counts, context, head, duty, problems, refused } = props;
  const { w, language, hall, user } = visit;
  const names = naming(hall, language);
  const what = eventLabel(language, context.type);
  const clause = hall.rulebook.clauses.find(c => c.id === duty);
  const action = head ? `/cases/${head.key}/do/${context.type}` : `/do/${context.type}`;
  return (
    <Page visit={visit} tab={head ? 'cases' : 'desk'} title={what} counts={counts}>
      <div class="page-head">
        <div>
          {head ? (
            <p class="sub">
              <a href={`/cases/${head.key}`}>
                {head.title} {head.number}
              </a>
            </p>
          ) : (
            ''
          )}
          <h1>{what}</h1>
        </div>
      </div>
      {refused === undefined ? '' : <Refused visit={visit} type={context.type} refused={refused} kept />}
      <NotSaved w={w} why={problems} />
      {props.reasons ?? ''}
      <div class="cols">
        <form class="pane" method="post" action={action} data-draft={`do-${context.type}-${head?.key ?? ''}`}>
          <Token csrf={user.session.csrf} />
          {duty === undefined ? '' : <input type="hidden" name="duty-clause" value={duty} />}
          <Fields context={context} />
          <div class="two">
            <div class="field">
              <label for="f-at">{w.atField}</label>
              <span class="hint">{w.atHint}</span>
              <input
                id="f-at"
                name="entry-at"
                type="datetime-local"
                value={context.given.get('entry-at')?.[0] ?? ''}
                max={inputMoment(hall.now + 60_000)}
              />
            </div>
            <div class="field">
              <label for="f-late">
                {w.lateReason}
                <span class="opt-t">{w.optional}</span>
              </label>
              <span class="hint">{w.lateReasonHint}</span>
              <input id="f-late" name="entry-late" value={context.given.get('entry-late')?.[0] ?? ''} />
            </div>
          </div>
          <div class="acts">
            <button class="btn go" type="submit">
              {w.recordIt}
            </button>
            <a class="btn text" href={head ? `/cases/${head.key}` : '/desk'}>
              {head ? w.caseOf : w.backDesk}
            </a>
          </div>
        </form>
        <aside class="side">
          {clause ? (
            <section>
              <h2>{w.dutyMet}</h2>
              <p class="song">{names.prose(clause.prose)}</p>
              <p>
                <Clause clause={names.clause(clause.id)} />
              </p>
            </section>
          ) : (
            ''
          )}
          <section>
            <h2>{w.actAs}</h2>
            <p>{user.office ? names.office(user.office) : w.noOffice}</p>
            <p class="note">{w.identityHint}</p>
          </section>
        </aside>
      </div>
    </Page>
  );
};

/** One sheet of a case, step by step in the order of the text: parts to fill, signatures, passing on, coming back. */
import type { Sent } from '#case';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { RefusedNow } from '../parts/refused-now.tsx';
import { Clause, Token } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { partName } from '../view/offered.ts';
import { contentOf, type Sheet, type SheetStep } from '../view/sheets.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';

interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly sheet: Sheet;
  /** The number the sheet gets where it has none yet. */
  readonly number: string;
  readonly sent?: Sent;
}
type Step<K extends SheetStep['step']> = Extract<SheetStep, { readonly step: K }>;

export const CaseSheet: FC<Props & { counts: Counts; problem?: string }> = props => {
  const { visit, counts, head, sheet, problem } = props;
  const { hall, w, language } = visit;
  const { number } = contentOf(head.events, sheet.form);
  return (
    <CaseFrame
      visit={visit}
      counts={counts}
      head={head}
      title={`${naming(hall, language).form(sheet.form)}${number === undefined ? '' : ` ${number}`}`}
      says={w.sheetSays}
      acts={
        <a class="btn" href={`/cases/${head.key}/papers`}>
          {w.papersTitle}
        </a>
      }
      {...(problem === undefined ? {} : { problem })}
    >
      <RefusedNow visit={visit} head={head} />
      <ol class="bare sheet-steps">
        {sheet.steps.map((s, i) => (
          <li class="pane sec" id={`step-${i + 1}`}>
            {s.step === 'part' ? (
              <Part {...props} step={s} n={i + 1} />
            ) : s.step === 'signed' ? (
              <Signed {...props} step={s} n={i + 1} />
            ) : (
              <Moved {...props} step={s} n={i + 1} />
            )}
          </li>
        ))}
      </ol>
    </CaseFrame>
  );
};

/** Fields that have been filled stand as words; the others are asked for here. */
const Part: FC<Props & { step: Step<'part'>; n: number }> = ({ visit, head, sheet, number, sent, step, n }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const content = contentOf(head.events, sheet.form);
  const open = step.rule.fields.filter(f => !content.fields.has(f.name));
  const label = (name: string): string => partName(names, language, words, name);
  return (
    <>
      <h2>
        <Hui size="s" look={open.length === 0 ? 'done' : ''} /> {w.sheetPart(n)}{' '}
        {step.rule.clauses.map(c => (
          <Clause clause={names.clause(c)} />
        ))}
      </h2>
      <dl class="confirm-what">
        {step.rule.fields
          .filter(f => content.fields.has(f.name))
          .map(f => (
            <>
              <dt>{label(f.name)}</dt>
              <dd>{content.fields.get(f.name)}</dd>
            </>
          ))}
      </dl>
      {open.length === 0 || head.closedAt !== undefined ? (
        ''
      ) : (
        <form
          method="post"
          action={`/cases/${head.key}/sheet/${sheet.form}`}
          data-draft={`sheet-${head.key}-${sheet.form}-${n}`}
        >
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="part" value={String(n)} />
          {open.map(f => (
            <div class="field">
              <label for={`s-${f.name}`}>{label(f.name)}</label>
              <textarea id={`s-${f.name}`} name={`field.${f.name}`} rows={2} required>
                {sent?.get(`field.${f.name}`)?.[0] ?? ''}
              </textarea>
            </div>
          ))}
          {step.rule.number === undefined || content.number !== undefined ? (
            ''
          ) : (
            <div class="field narrow">
              <label for="s-number">{w.sheetNumber}</label>
              <input id="s-number" name="number" value={sent?.get('number')?.[0] ?? number} required />
            </div>
          )}
          <button class="btn go" type="submit">
            {w.sheetFill}
          </button>
        </form>
      )}
    </>
  );
};

/** The sheet as a text with its signatures in order: drafted where it has none, shown with whose turn it is. */
const Signed: FC<Props & { step: Step<'signed'>; n: number }> = ({ visit, head, sheet, step }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const document = documentsOf(hall, head.key).findLast(d => d.form === sheet.form);
  const chain = document && documentState(hall, document).chains.find(c => c.approval === step.rule.name);
  const done = chain !== undefined && chain.steps.length > 0 && chain.steps.every(s => s.signature);
  return (
    <>
      <h2>
        <Hui size="s" look={done ? 'done' : ''} /> {w.sheetSigned}{' '}
        <Clause clause={names.clause(step.rule.clauses[0] ?? '')} />
      </h2>
      <ol class="mini">
        {(
          chain?.steps.map(s => ({ who: s.capacities, signed: s.signature })) ??
          step.rule.steps.map(who => ({ who, signed: undefined }))
        ).map(({ who, signed }) => (
          <li>
            <Hui size="xs" look={signed ? 'done' : 'far'} />
            <span>{who.map(x => names.capacity(x)).join(' / ')}</span>
            <time>{signed ? momentText(language, Date.parse(signed.at), hall.now) : w.notSigned}</time>
          </li>
        ))}
      </ol>
      {head.closedAt === undefined || document ? (
        <p>
          <a
            class={done ? 'btn text' : 'btn'}
            href={
              document ? `/cases/${head.key}/reply/${document.key}` : `/cases/${head.key}/reply/new?form=${sheet.form}`
            }
          >
            {document ? w.sheetOpen : w.sheetDraft}
          </a>
        </p>
      ) : (
        ''
      )}
    </>
  );
};

const Moved: FC<Props & { step: Step<'passed' | 'returned'>; n: number }> = ({ visit, head, sheet, step }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const type = step.step === 'passed' ? 'transfer.made' : 'form.returned';
  const moved = head.events.filter(e => e.type === type && e.data['form'] === sheet.form);
  const href =
    step.step === 'passed'
      ? `/cases/${head.key}/passing?form=${sheet.form}`
      : `/cases/${head.key}/do/form.returned?form=${sheet.form}`;
  return (
    <>
      <h2>
        <Hui size="s" look={moved.length > 0 ? 'done' : ''} />{' '}
        {step.step === 'passed' ? w.sheetPassed : w.sheetReturned} <Clause clause={names.clause(step.clause)} />
      </h2>
      <ul class="mini">
        {moved.map(e => (
          <li>
            <Hui size="xs" look="done" />
            <span>{names.unit(String(e.data['to']))}</span>
            <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
          </li>
        ))}
      </ul>
      {head.closedAt === undefined ? (
        <p>
          <a class={moved.length > 0 ? 'btn text' : 'btn'} href={href}>
            {step.step === 'passed' ? w.sheetPass : w.sheetReturn}
          </a>
        </p>
      ) : (
        ''
      )}
    </>
  );
};

/** The inspector's other forms: a matter named by hand, the word of a unit that was asked, a referral, a circular; and papers shown. */
import type { Paper } from '#core/paper';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { PaperSheet } from '../parts/paper.tsx';
import { Clause, Empty, NotSaved, Token } from '../parts/small.tsx';
import type { Hearing } from '../ports-inspection.ts';
import type { StoredEvent } from '../ports.ts';
import { caseHeads } from '../view/cases.ts';
import type { Span } from '../view/inspection-papers.ts';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

interface Common {
  readonly visit: Visit;
  readonly counts: Counts;
  readonly problems: readonly string[];
}
const Frame: FC<Common & { title: string; says?: string; acts?: Child; children: Child }> = props => {
  const { visit, counts, problems, title, says, acts, children } = props;
  const { w } = visit;
  return (
    <Page visit={visit} tab="inspection" title={title} counts={counts}>
      <div class="page-head no-print">
        <div>
          <p class="sub">
            <a href="/inspection">{w.insp.title}</a>
          </p>
          <h1>{title}</h1>
          {says === undefined ? '' : <p class="sub">{says}</p>}
        </div>
        {acts === undefined ? '' : <div class="acts">{acts}</div>}
      </div>
      <NotSaved w={w} why={problems} />
      {children}
    </Page>
  );
};
const ownUnits = ({ hall }: Visit) =>
  hall.institution.setup.units.filter(u => !['institution', 'outside', 'superior'].includes(u.kind));

export const OtherMatter: FC<Common & { given: (name: string) => string }> = props => {
  const { visit, given } = props;
  const { hall, w, language } = visit;
  const { insp } = w;
  const names = naming(hall, language);
  return (
    <Frame {...props} title={insp.otherTitle} says={insp.otherSays}>
      <form class="pane mid" method="get" action="/inspection/matter">
        <div class="two">
          <div class="field">
            <label for="ot-unit">{insp.unit}</label>
            <select id="ot-unit" name="unit">
              {ownUnits(visit).map(u => (
                <option value={u.key} selected={u.key === given('unit')}>
                  {names.unit(u.key)}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="ot-case">{insp.caseOf}</label>
            <select id="ot-case" name="case">
              <option value="">{insp.caseNone}</option>
              {caseHeads(hall, w)
                .slice(-200)
                .reverse()
                .map(c => (
                  <option value={c.key} selected={c.key === given('case')}>
                    {c.number} {c.title}
                  </option>
                ))}
            </select>
          </div>
        </div>
        <div class="field">
          <label for="ot-clause">{insp.clause}</label>
          <select id="ot-clause" name="clause">
            {hall.rulebook.clauses.map(c => (
              <option value={c.id}>
                {c.id} {names.prose(c.prose).slice(0, 46)}
              </option>
            ))}
          </select>
        </div>
        <button class="btn go" type="submit">
          {insp.otherGo}
        </button>
      </form>
    </Frame>
  );
};

export const WordForm: FC<Common & { hearing: Hearing; given: string }> = props => {
  const { visit, hearing, given } = props;
  const { hall, w, language, user } = visit;
  const { insp } = w;
  const names = naming(hall, language);
  const clause = hall.rulebook.clauses.find(c => c.id === hearing.clause);
  return (
    <Frame {...props} title={insp.answerTitle} says={insp.answerSays}>
      <section class="pane narrow">
        <p class="song">{clause ? names.prose(clause.prose) : ''}</p>
        <p>
          <Clause clause={names.clause(hearing.clause)} /> {names.unit(hearing.unit)}{' '}
          {hearing.case === undefined ? '' : <a href={`/cases/${hearing.case}`}>{w.caseOf}</a>}
        </p>
        <form method="post" action={`/inspection/word/${hearing.duty}`}>
          <Token csrf={user.session.csrf} />
          <div class="field">
            <label for="wd-reason">{w.reasonText}</label>
            <span class="hint">{w.reasonPrivate}</span>
            <textarea id="wd-reason" name="reason" required maxlength={2000}>
              {given}
            </textarea>
          </div>
          <button class="btn go" type="submit">
            {insp.answerDo}
          </button>
        </form>
      </section>
    </Frame>
  );
};

export const Refer: FC<Common & { faults: readonly StoredEvent[]; unit?: string }> = props => {
  const { visit, faults, unit } = props;
  const { hall, w, language, user } = visit;
  const { insp } = w;
  const names = naming(hall, language);
  const units = [...new Set(faults.flatMap(f => (f.data['unit'] === undefined ? [] : [String(f.data['unit'])])))];
  return (
    <Frame {...props} title={insp.referTitle} says={insp.referSays}>
      {faults.length === 0 ? (
        <Empty title={insp.referNone} says={insp.sub}>
          <a class="btn" href="/inspection">
            {insp.title}
          </a>
        </Empty>
      ) : (
        units
          .filter(u => unit === undefined || u === unit)
          .map(u => (
            <form class="pane mid" method="post" action="/inspection/refer">
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="unit" value={u} />
              <h2>{names.unit(u)}</h2>
              <fieldset class="opts">
                <legend>{insp.referFaults}</legend>
                {faults
                  .filter(f => f.data['unit'] === u)
                  .map(f => (
                    <label class="opt block">
                      <input type="checkbox" name="about" value={f.id} checked />
                      <span>
                        {valueLabel(language, 'kind', String(f.data['kind']))}{' '}
                        {momentText(language, Date.parse(f.at), hall.now)} {String(f.data['reason']).slice(0, 80)}
                      </span>
                    </label>
                  ))}
              </fieldset>
              <div class="field">
                <label for={`rf-${u}`}>
                  {insp.referOutcome}
                  <span class="opt-t">{w.optional}</span>
                </label>
                <input id={`rf-${u}`} name="outcome" maxlength={300} />
              </div>
              <button class="btn go" type="submit">
                {insp.referDo}
              </button>
            </form>
          ))
      )}
    </Frame>
  );
};

export interface AppraiseGiven {
  readonly unit: string;
  readonly year: number;
  readonly outcome: string;
  readonly text: string;
  readonly sheet: Readonly<Record<string, string>>;
}
export const Appraise: FC<Common & { given: AppraiseGiven }> = props => {
  const { visit, given } = props;
  const { hall, w, language, user } = visit;
  const { insp } = w;
  const names = naming(hall, language);
  const words: Readonly<Record<string, string>> = insp.sheetWords;
  return (
    <Frame {...props} title={insp.appraiseTitle} says={insp.appraiseSays}>
      <form class="acts sec" method="get" action="/inspection/appraise">
        <label class="vh" for="ap-choose">
          {insp.unit}
        </label>
        <select id="ap-choose" name="unit" class="inline">
          {ownUnits(visit).map(u => (
            <option value={u.key} selected={u.key === given.unit}>
              {names.unit(u.key)}
            </option>
          ))}
        </select>
        <label class="vh" for="ap-year">
          {insp.year}
        </label>
        <input id="ap-year" name="year" type="number" class="inline" min="2000" max="2099" value={String(given.year)} />
        <label class="vh" for="ap-outcome">
          {insp.outcome}
        </label>
        <select id="ap-outcome" name="outcome" class="inline">
          {['commended', 'none', 'circular'].map(o => (
            <option value={o} selected={o === given.outcome}>
              {valueLabel(language, 'outcome', o)}
            </option>
          ))}
        </select>
        <button class="btn" type="submit">
          {insp.otherGo}
        </button>
      </form>
      <form class="pane mid" method="post" action="/inspection/appraise">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="unit" value={given.unit} />
        <input type="hidden" name="year" value={String(given.year)} />
        <input type="hidden" name="outcome" value={given.outcome} />
        <h2>
          {names.unit(given.unit)} {given.year}{' '}
          <span class="tag">{valueLabel(language, 'outcome', given.outcome)}</span>
        </h2>
        <fieldset class="opts sheet-fields">
          <legend>{insp.sheet}</legend>
          {Object.entries(given.sheet).map(([key, value]) => (
            <div class="field">
              <label for={`sh-${key}`}>{words[key] ?? key}</label>
              <input id={`sh-${key}`} name={`sheet.${key}`} type="number" min="0" value={value} required />
            </div>
          ))}
        </fieldset>
        <div class="field">
          <label for="ap-text">{insp.text}</label>
          <textarea id="ap-text" name="text" required maxlength={2000}>
            {given.text}
          </textarea>
        </div>
        <button class="btn go" type="submit">
          {insp.appraiseDo}
        </button>
      </form>
    </Frame>
  );
};

export const InspectionPaper: FC<Common & { paper: Paper; base: string; pdf: boolean; span?: Span }> = props => {
  const { visit, paper, base, pdf, span } = props;
  const { w } = visit;
  const { insp } = w;
  const join = base.includes('?') ? base.replace('?', '/word?') : `${base}/word`;
  const acts = (
    <>
      <a class="btn" href={join}>
        {insp.word2}
      </a>
      {pdf ? (
        <a class="btn" href={join.replace('/word', '/pdf')}>
          {insp.pdf}
        </a>
      ) : (
        ''
      )}
    </>
  );
  return (
    <Frame {...props} title={paper.title} acts={acts}>
      {span ? (
        <form class="acts sec no-print" method="get" action="/inspection/summary">
          <label for="su-from">{insp.summaryFrom}</label>
          <input id="su-from" class="inline" type="date" name="from" value={span.from} />
          <label for="su-to">{insp.summaryTo}</label>
          <input id="su-to" class="inline" type="date" name="to" value={span.to} />
          <button class="btn" type="submit">
            {insp.summaryGo}
          </button>
        </form>
      ) : (
        ''
      )}
      <PaperSheet paper={paper} w={w} />
    </Frame>
  );
};

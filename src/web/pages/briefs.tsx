/** Briefs: what the regulation asks for and what was drafted; one brief with its numbers, signatures and receipts. */
import { formatInstant } from '#core/calendar';
import type { ObligationLine } from '#core/obligations';
import type { Paper } from '#core/paper';
import {
  type Brief,
  BRIEF_KINDS,
  BRIEF_TITLES,
  documentOf,
  type Figure,
  lastSpan,
  ofCase,
  saySpan,
  sendsInformation,
  type TextChange,
} from '#report';
import type { FC } from 'hono/jsx';
import type { Dress } from '../actions/paper-dress.ts';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { PaperActs, TemplateGaps } from '../parts/paper-acts.tsx';
import { PaperSheet } from '../parts/paper.tsx';
import { Alert, Clause } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { askedBriefs } from '../view/briefs.ts';
import { caseHeads } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { dueText } from '../view/times.ts';
import { BriefSide } from './briefs-side.tsx';

const stateOf = ({ w }: Visit, brief: Brief): string => {
  if (brief.issued) return w.briefIssued(brief.issued.at.slice(0, 16).replace('T', ' '));
  if (brief.withheld) return w.briefBack(String(brief.withheld.data['reason']));
  return brief.signed.length > 0 ? w.briefSigned : w.briefDrafted(brief.versions);
};

/** When it is due, rest days rolled, and whether it was missed. */
function dueOf({ w, hall, language }: Visit, duty: ObligationLine): string {
  const due = duty.dueAt === null ? '' : w.dueAt(dueText(language, Date.parse(duty.dueAt), duty.dueOn, hall.now));
  return [due, duty.state === 'open' ? '' : w.states[duty.state]].filter(Boolean).join(' ');
}

export const BriefList: FC<{ visit: Visit; counts: Counts; briefs: readonly Brief[] }> = ({
  visit,
  counts,
  briefs,
}) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  const today = formatInstant(hall.now).slice(0, 10);
  const asked = askedBriefs(hall);
  const ready = BRIEF_KINDS.filter(k => !ofCase(k)).map(kind => ({
    kind,
    about: { kind, ...lastSpan(kind, today) },
    ...asked.find(a => a.kind === kind),
  }));
  return (
    <Page visit={visit} tab="briefs" title={w.briefsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.briefsTitle}</h1>
          <p class="sub">{w.briefsSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/papers">
            {w.papersOfHouse}
          </a>
          {sendsInformation(hall.rulebook.rules) ? (
            <a class="btn" href="/information">
              {w.informationTitle}
            </a>
          ) : (
            ''
          )}
        </div>
      </div>
      {permissionsOf(hall, user.office, user.person).has('enter') ? (
        <>
          <div class="scroll" tabindex={0}>
            <table>
              <thead>
                <tr>
                  <th>{w.briefName}</th>
                  <th>{w.briefNewSpan}</th>
                  <th>{w.briefAsked}</th>
                  <th>{w.briefState}</th>
                </tr>
              </thead>
              <tbody>
                {ready.map(({ kind, about, clause, duty }) => {
                  const known = briefs.find(b => b.document === documentOf(about));
                  return (
                    <tr>
                      <td lang="zh">{BRIEF_TITLES[kind]}</td>
                      <td class="nb" lang="zh">
                        {saySpan(about)}
                      </td>
                      <td>
                        {clause === undefined || clause === '' ? '—' : <Clause clause={names.clause(clause)} />}
                        {duty === undefined ? '' : ` ${dueOf(visit, duty)}`}
                      </td>
                      <td class="nb">
                        <a class={known ? '' : 'btn'} href={`/briefs/${documentOf(about)}`}>
                          {known ? stateOf(visit, known) : w.briefNew}
                        </a>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          <form class="pane inline" method="get" action="/briefs/new">
            <div class="three">
              <div class="field">
                <label for="b-kind">{w.briefName}</label>
                <select id="b-kind" name="kind">
                  {BRIEF_KINDS.filter(k => k !== 'issue').map(k => (
                    <option value={k}>{w.briefKinds[k]}</option>
                  ))}
                </select>
              </div>
              <div class="field">
                <label for="b-day">
                  {w.briefNewSpan}
                  <span class="opt-t">{w.briefDay}</span>
                </label>
                <input id="b-day" type="date" name="day" value={today} />
              </div>
              <div class="field">
                <label for="b-case">{w.briefCase}</label>
                <select id="b-case" name="case">
                  <option value="">{w.none}</option>
                  {caseHeads(hall, w)
                    .slice(0, 200)
                    .map(c => (
                      <option value={c.key}>{`${c.number} ${c.title}`}</option>
                    ))}
                </select>
              </div>
            </div>
            <button class="btn" type="submit">
              {w.briefNew}
            </button>
          </form>
        </>
      ) : (
        ''
      )}
      <h2 class="under">{w.briefList}</h2>
      {briefs.length === 0 ? (
        <p class="note">{w.briefNone}</p>
      ) : (
        <div class="scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th>{w.briefName}</th>
                <th>{w.paperNumber}</th>
                <th>{w.briefState}</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              {briefs.map(b => (
                <tr>
                  <td lang="zh">
                    <a href={`/briefs/${b.document}`}>{`${BRIEF_TITLES[b.about.kind]}：${b.read.title}`}</a>
                  </td>
                  <td class="nb">{b.number ?? ''}</td>
                  <td>{stateOf(visit, b)}</td>
                  <td class="nb">
                    <a href={`/briefs/${b.document}/word`}>{w.paperWord}</a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
};

export interface BriefShowProps {
  visit: Visit;
  counts: Counts;
  brief: Brief;
  /** A wording is in the log; else it is what the log would draft now. */
  kept: boolean;
  paper: Paper;
  figures: readonly Figure[];
  changes: readonly TextChange[];
  own: { readonly opening: string; readonly next: string };
  signsAs: readonly string[];
  pdf: boolean;
  dress: Dress;
  problems: readonly string[];
}

export const BriefShow: FC<BriefShowProps> = props => {
  const { visit, counts, brief, kept, paper, changes, pdf, dress, problems } = props;
  const { w } = visit;
  const here = `/briefs/${brief.document}`;
  return (
    <Page visit={visit} tab="briefs" title={brief.read.title} counts={counts}>
      <div class="page-head no-print">
        <p class="case-h">
          <a href="/briefs">{w.briefsTitle}</a> · {kept ? stateOf(visit, brief) : w.briefPreview}
        </p>
        <div class="acts">
          <PaperActs paper={paper} here={here} pdf={pdf} dress={dress} w={w} />
        </div>
      </div>
      {problems.length === 0 ? (
        ''
      ) : (
        <div class="no-print">
          <Alert title={w.notSaved} stop>
            {problems.map(p => (
              <p>{p}</p>
            ))}
          </Alert>
        </div>
      )}
      <TemplateGaps dress={dress} w={w} />
      {changes.length === 0 ? '' : <Changes visit={visit} changes={changes} />}
      <div class="cols brief">
        <PaperSheet paper={paper} w={w} />
        <BriefSide {...props} />
      </div>
    </Page>
  );
};

const Changes: FC<{ visit: Visit; changes: readonly TextChange[] }> = ({ visit: { w }, changes }) => (
  <details class="no-print pane">
    <summary>
      {w.briefChanged}（{changes.length}）
    </summary>
    <p class="note">{w.briefChangedSays}</p>
    <table>
      <thead>
        <tr>
          <th>{w.briefName}</th>
          <th>{w.briefWas}</th>
          <th>{w.briefIs}</th>
        </tr>
      </thead>
      <tbody>
        {changes.slice(0, 100).map(c => (
          <tr>
            <td lang="zh">{`${c.section}：${c.row}`}</td>
            <td lang="zh">{c.was === '' ? '—' : c.was}</td>
            <td lang="zh">{c.is === '' ? '—' : c.is}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

export const BriefBehind: FC<{ visit: Visit; counts: Counts; brief: Brief; figure: Figure }> = ({
  visit,
  counts,
  brief,
  figure,
}) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="briefs" title={figure.label} counts={counts}>
      <div class="page-head">
        <div>
          <p class="case-h" lang="zh">
            <a href={`/briefs/${brief.document}`}>{brief.read.title}</a>
          </p>
          <h1 lang="zh">{figure.label}</h1>
          <p class="sub">{w.briefBehindSub(figure.behind.length)}</p>
        </div>
      </div>
      <ol class="plain">
        {figure.behind.map(b => (
          <li lang="zh">
            <span class="nb">{b.at.slice(0, 16).replace('T', ' ')}</span>{' '}
            {b.case === undefined ? (
              b.text
            ) : (
              <a href={`/cases/${b.case}${b.event === undefined ? '' : `#${b.event}`}`}>{b.text}</a>
            )}
          </li>
        ))}
      </ol>
    </Page>
  );
};

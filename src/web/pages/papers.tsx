/** The papers of a case: the list of them, and one of them as it will stand on the page. */
import type { FC } from 'hono/jsx';
import { isComplete, type Paper } from '#core/paper';
import type { Dress } from '../actions/paper-dress.ts';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { PaperActs, TemplateGaps } from '../parts/paper-acts.tsx';
import { PaperSheet } from '../parts/paper.tsx';
import type { CaseHead } from '../view/cases.ts';

export const PaperList: FC<{ visit: Visit; counts: Counts; head: CaseHead; papers: readonly Paper[] }> = ({
  visit,
  counts,
  head,
  papers,
}) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="cases" title={w.papersOfCase} counts={counts}>
      <div class="page-head">
        <div>
          <p class="case-h">
            <a href={`/cases/${head.key}`}>{`${head.number} ${head.title}`}</a>
          </p>
          <h1>{w.papersOfCase}</h1>
          <p class="sub">{w.papersSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href={`/cases/${head.key}/archive`}>
            {w.paperArchive}
          </a>
        </div>
      </div>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>{w.paperName}</th>
              <th>{w.paperNumber}</th>
              <th>{w.paperIssuer}</th>
              <th>{w.paperState}</th>
              <th></th>
            </tr>
          </thead>
          <tbody>
            {papers.map(p => (
              <tr>
                <td lang="zh">
                  <a href={`/cases/${head.key}/papers/${p.id}`}>{p.title}</a>
                </td>
                <td class="nb">{p.number ?? ''}</td>
                <td lang="zh">{p.issuer}</td>
                <td lang={isComplete(p) ? undefined : 'zh'}>
                  {isComplete(p) ? w.paperComplete : w.paperMissing(p.missing.join('、'))}
                </td>
                <td class="nb">
                  <a href={`/cases/${head.key}/papers/${p.id}/word`}>{w.paperWord}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
};

export const PaperShow: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  paper: Paper;
  /** Whether a PDF can be made here. */
  pdf: boolean;
  dress: Dress;
}> = ({ visit, counts, head, paper, pdf, dress }) => {
  const { w } = visit;
  const here = `/cases/${head.key}/papers/${paper.id}`;
  const contacts = paper.blocks.some(b => b.block === 'boxes' && b.rows.some(r => r.contact));
  return (
    <Page visit={visit} tab="cases" title={paper.title} counts={counts}>
      <div class="page-head no-print">
        <p class="case-h">
          <a href={`/cases/${head.key}/papers`}>{w.paperBack}</a>
        </p>
        <div class="acts">
          <PaperActs paper={paper} here={here} pdf={pdf} dress={dress} w={w} />
          {contacts ? (
            <a class="btn" href={`${here}?copy=handling`}>
              {w.paperHandling}
            </a>
          ) : (
            ''
          )}
        </div>
      </div>
      <TemplateGaps dress={dress} w={w} />
      <PaperSheet paper={paper} w={w} />
    </Page>
  );
};

/** The papers of a case: the list of them, and one of them as it will stand on the page. */
import type { FC } from 'hono/jsx';
import { isComplete, type Paper, type PaperBlock } from '#core/paper';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import type { CaseHead } from '../view/cases.ts';
import type { Words } from '../words/index.ts';

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
}> = ({ visit, counts, head, paper, pdf }) => {
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
          <a class="btn go" href={`${here}/word`}>
            {w.paperWord}
          </a>
          {paper.layout === 'letter' ? (
            <a class="btn" href={`${here}/word?head=red`}>
              {w.paperRedHead}
            </a>
          ) : (
            ''
          )}
          {contacts ? (
            <a class="btn" href={`${here}?copy=handling`}>
              {w.paperHandling}
            </a>
          ) : (
            ''
          )}
          {pdf ? (
            <a class="btn" href={`${here}/pdf`}>
              {w.paperPdf}
            </a>
          ) : (
            <p class="note">{w.paperNoPdf}</p>
          )}
        </div>
      </div>
      <article class="paper" lang="zh">
        {paper.number === undefined ? '' : <p class="paper-no">{paper.number}</p>}
        <h1>{paper.title}</h1>
        {isComplete(paper) ? '' : <p class="paper-flag">{`未完成，缺：${paper.missing.join('、')}`}</p>}
        {paper.to.length === 0 ? '' : <p class="paper-to">{`${paper.to.join('、')}：`}</p>}
        {paper.blocks.map(block => (
          <Block block={block} w={w} />
        ))}
        <p class="paper-end">
          {paper.issuer}
          <br />
          {paper.date}
        </p>
        {paper.clause === undefined ? '' : <p class="note no-print">{paper.clause}</p>}
      </article>
    </Page>
  );
};

const Block: FC<{ block: PaperBlock; w: Words }> = ({ block, w }) => {
  switch (block.block) {
    case 'heading':
      return <h2>{block.text}</h2>;
    case 'text':
      return <p class="paper-text">{block.text}</p>;
    case 'note':
      return <p class="note">{block.text}</p>;
    case 'boxes':
      return (
        <table>
          <tbody>
            {block.rows.map(r => (
              <tr>
                <th scope="row">{r.label}</th>
                <td class={r.missing ? 'wanting' : undefined}>
                  {r.missing && r.value === '' ? w.paperPending : r.value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.heads.map(h => (
                <th scope="col">{h}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map(row => (
              <tr>
                {row.map(cell => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'signatures':
      return (
        <table>
          <tbody>
            {block.rows.map(r => (
              <tr>
                <th scope="row">{`${r.capacity}意见`}</th>
                <td>{r.office === '' ? '签字：　　　　　　年　　月　　日' : `${r.note}　${r.office}　${r.at}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
};

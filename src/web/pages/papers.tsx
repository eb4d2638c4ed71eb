/** The papers of a case: the list of them, and one of them as it will stand on the page. */
import type { FC } from 'hono/jsx';
import { isComplete, type Paper } from '#core/paper';
import type { Dress } from '../actions/paper-dress.ts';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { PaperActs, TemplateGaps } from '../parts/paper-acts.tsx';
import { PaperSheet } from '../parts/paper.tsx';
import { Empty } from '../parts/small.tsx';

export interface PaperPlace {
  readonly base: string;
  readonly above: { readonly href: string; readonly text: string };
  readonly heading: string;
  /** Where all of it can be had as one file. */
  readonly archive?: string;
  /** Where a special brief on it is begun. */
  readonly special?: string;
  readonly papers: readonly Paper[];
}
const tabOf = (place: PaperPlace): 'cases' | 'briefs' => (place.archive === undefined ? 'briefs' : 'cases');

export const PaperList: FC<{ visit: Visit; counts: Counts; place: PaperPlace }> = ({ visit, counts, place }) => {
  const { papers } = place;
  const { w } = visit;
  return (
    <Page visit={visit} tab={tabOf(place)} title={place.heading} counts={counts}>
      <div class="page-head">
        <div>
          <p class="case-h">
            <a href={place.above.href}>{place.above.text}</a>
          </p>
          <h1>{place.heading}</h1>
          <p class="sub">{w.papersSub}</p>
        </div>
        {place.archive === undefined ? (
          ''
        ) : (
          <div class="acts">
            {place.special === undefined ? (
              ''
            ) : (
              <a class="btn" href={place.special}>
                {w.paperSpecial}
              </a>
            )}
            <a class="btn" href={place.archive}>
              {w.paperArchive}
            </a>
          </div>
        )}
      </div>
      {papers.length === 0 ? (
        <Empty title={w.papersNone} says={w.papersNoneSays} />
      ) : (
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
                    <a href={`${place.base}/${p.id}`}>{p.title}</a>
                  </td>
                  <td class="nb">{p.number ?? ''}</td>
                  <td lang="zh">{p.issuer}</td>
                  <td lang={isComplete(p) ? undefined : 'zh'}>
                    {isComplete(p) ? w.paperComplete : w.paperMissing(p.missing.join('、'))}
                  </td>
                  <td class="nb">
                    <a href={`${place.base}/${p.id}/word`}>{w.paperWord}</a>
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

export const PaperShow: FC<{
  visit: Visit;
  counts: Counts;
  place: PaperPlace;
  paper: Paper;
  /** Whether a PDF can be made here. */
  pdf: boolean;
  dress: Dress;
}> = ({ visit, counts, place, paper, pdf, dress }) => {
  const { w } = visit;
  const here = `${place.base}/${paper.id}`;
  const contacts = paper.blocks.some(b => b.block === 'boxes' && b.rows.some(r => r.contact));
  return (
    <Page visit={visit} tab={tabOf(place)} title={paper.title} counts={counts}>
      <div class="page-head no-print">
        <p class="case-h">
          <a href={place.base}>{w.paperBack}</a>
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

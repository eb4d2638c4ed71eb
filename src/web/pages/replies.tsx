/** Texts listed, with how many of their signatures are there. */
import { titleAndBody } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty } from '../parts/small.tsx';
import { caseHeads } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';

export const Replies: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const all = caseHeads(hall, w).flatMap(head => documentsOf(hall, head.key).map(document => ({ head, document })));
  return (
    <Page visit={visit} tab="replies" title={w.repliesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.repliesTitle}</h1>
          <p class="sub">{w.repliesSub}</p>
        </div>
      </div>
      {all.length === 0 ? (
        <Empty title={w.noRepliesTitle} says={w.noRepliesSays}>
          <a class="btn" href="/cases">
            {w.casesTitle}
          </a>
        </Empty>
      ) : (
        <ol class="duties">
          {all.map(({ head, document }) => {
            const newest = document.versions.at(-1);
            const state = documentState(hall, document);
            const signed = state.chains.flatMap(c => c.steps).filter(s => s.signature).length;
            const wanted = state.chains.flatMap(c => c.steps).length;
            const out = document.publications.length > 0;
            return (
              <li class="duty" data-row>
                <Hui
                  look={out ? 'done' : signed === wanted ? '' : 'far'}
                  left={wanted === 0 ? 100 : 100 - (signed / wanted) * 100}
                />
                <div class="left">
                  <span>{names.form(document.form)}</span>
                  <span>{w.draftVersion(document.versions.length)}</span>
                </div>
                <div class="body">
                  <p class="what">
                    <a href={`/cases/${head.key}/reply/${document.key}`} data-go>
                      {titleAndBody(newest?.text ?? '').title || (newest?.text ?? document.key).slice(0, 40)}
                    </a>
                  </p>
                  <p class="of">
                    <a href={`/cases/${head.key}`}>
                      {head.title} {head.number}
                    </a>
                    <span>
                      {out
                        ? w.publishedHere(
                            momentText(language, Date.parse(document.publications.at(-1)?.at ?? ''), hall.now),
                          )
                        : `${signed}/${wanted}`}
                    </span>
                  </p>
                </div>
              </li>
            );
          })}
        </ol>
      )}
    </Page>
  );
};

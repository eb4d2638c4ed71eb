/** Cases listed: open ones with their next due moment, closed ones below. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, Grade } from '../parts/small.tsx';
import { type CaseHead, caseHeads, gradeOf } from '../view/cases.ts';
import { openRowsOfCase } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';

export const CaseList: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { hall, w } = visit;
  const heads = caseHeads(hall, w);
  const open = heads.filter(h => h.closedAt === undefined);
  const closed = heads.filter(h => h.closedAt !== undefined);
  return (
    <Page visit={visit} tab="cases" title={w.casesTitle} counts={counts}>
      <div class="page-head">
        <h1>{w.casesTitle}</h1>
        <div class="acts">
          <a class="btn" href="/cases/new">
            {w.newCaseTitle}
          </a>
        </div>
      </div>
      {heads.length === 0 ? (
        <Empty title={w.noCasesTitle} says={w.noCasesSays}>
          <a class="btn" href="/inbox">
            {w.toInbox}
          </a>
        </Empty>
      ) : (
        <>
          <CaseTable visit={visit} title={w.openCases} page="open" heads={open} />
          <CaseTable visit={visit} title={w.closedCases} page="closed" heads={closed} />
        </>
      )}
    </Page>
  );
};

/** Cases shown at once. */
const PAGE = 100;
const CaseTable: FC<{ visit: Visit; title: string; page: 'open' | 'closed'; heads: readonly CaseHead[] }> = ({
  visit,
  title,
  page,
  heads,
}) => {
  const { hall, w, language } = visit;
  const from = Math.max(0, Math.floor(Number(visit.c.req.query(page) ?? '0')) || 0);
  const names = naming(hall, language);
  if (heads.length === 0) return <></>;
  return (
    <section class="sec">
      <div class="sec-h">
        <h2>{title}</h2>
        <span class="num">{w.countItems(heads.length)}</span>
      </div>
      <ol class="duties">
        {heads.slice(from, from + PAGE).map(h => {
          const grade = gradeOf(hall, h);
          const [row] = h.closedAt === undefined ? openRowsOfCase(hall, w, language, names, h.key, 1) : [];
          return (
            <li class="duty" data-row>
              <Hui look={row ? lookOf(row.tone) : 'done'} left={row?.share ?? 100} />
              <div class="left">
                <span>{h.number}</span>
                <span>
                  {h.closedAt === undefined
                    ? w.openedOn(momentText(language, h.openedAt, hall.now))
                    : w.closedOn(momentText(language, h.closedAt, hall.now))}
                </span>
              </div>
              <div class="body">
                <p class="what">
                  <a href={`/cases/${h.key}`} data-go>
                    {h.title}
                  </a>
                </p>
                <p class="of">
                  {grade ? (
                    <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} />
                  ) : (
                    <span class="tag">{w.ungraded}</span>
                  )}
                  <span>{h.concerns.map(u => names.unit(u)).join(w.and)}</span>
                </p>
                {row ? (
                  <p class="then" data-lead={w.nextStep}>
                    {row.title}，{row.due}
                  </p>
                ) : (
                  ''
                )}
              </div>
              <div class="acts">
                {row ? (
                  <a class="btn" href={row.next.href}>
                    {row.next.label}
                  </a>
                ) : (
                  ''
                )}
              </div>
            </li>
          );
        })}
      </ol>
      {heads.length > from + PAGE ? (
        <p>
          <a class="btn" href={`/cases?${page}=${from + PAGE}`}>
            {w.moreOf(heads.length - from - PAGE)}
          </a>
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

/** Cases listed: open ones with their next due moment, closed ones below. */
import type { ObligationLine } from '#core/obligations';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, Grade } from '../parts/small.tsx';
import { type CaseHead, caseHeads, gradeOf } from '../view/cases.ts';
import { dutyRow, headsByKey } from '../view/duties.ts';
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
          <CaseTable visit={visit} title={w.openCases} heads={open} />
          <CaseTable visit={visit} title={w.closedCases} heads={closed} />
        </>
      )}
    </Page>
  );
};

const CaseTable: FC<{ visit: Visit; title: string; heads: readonly CaseHead[] }> = ({ visit, title, heads }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  if (heads.length === 0) return <></>;
  const open = hall.lines.filter(
    (l): l is ObligationLine => l.line === 'obligation' && !l.whole && (l.state === 'open' || l.state === 'late'),
  );
  const next = (key: string): ObligationLine | undefined =>
    open
      .filter(l => l.case === key)
      .toSorted((a, b) => Date.parse(a.dueAt ?? '9999') - Date.parse(b.dueAt ?? '9999'))[0];
  const byKey = headsByKey(hall, w);
  return (
    <section class="sec">
      <div class="sec-h">
        <h2>{title}</h2>
        <span class="num">{w.countItems(heads.length)}</span>
      </div>
      <ol class="duties">
        {heads.map(h => {
          const grade = gradeOf(hall, h);
          const line = h.closedAt === undefined ? next(h.key) : undefined;
          const row = line && dutyRow(hall, w, language, names, byKey, line);
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
    </section>
  );
};

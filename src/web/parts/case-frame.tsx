/** The frame of the pages inside a case: where one is, what the page is for, what went wrong when it was sent. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import type { CaseHead } from '../view/cases.ts';
import { gradeOf } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { type Counts, Page } from './layout.tsx';
import { Grade, NotSaved } from './small.tsx';

export const CaseFrame: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  title: string;
  says?: string;
  problem?: string;
  tab?: 'cases' | 'replies';
  acts?: Child;
  children: Child;
}> = ({ visit, counts, head, title, says, problem, tab, acts, children }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const grade = gradeOf(hall, head);
  return (
    <Page visit={visit} tab={tab ?? 'cases'} title={title} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/cases/${head.key}`}>
              {head.title} {head.number}
            </a>{' '}
            {grade ? <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} /> : ''}
          </p>
          <h1>{title}</h1>
          {says === undefined ? '' : <p class="note">{says}</p>}
        </div>
        {acts === undefined ? '' : <div class="acts">{acts}</div>}
      </div>
      <NotSaved w={w} why={problem} />
      {children}
    </Page>
  );
};

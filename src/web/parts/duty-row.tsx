/** A duty as a row: ring, time left and due moment, what and by which clause, case, one next step, one button. */
import type { Child, FC } from 'hono/jsx';
import type { DutyRow } from '../view/duties.ts';
import { momentText } from '../view/times.ts';
import { type Language, spellText, type Words } from '../words/index.ts';
import { Hui, lookOf } from './hui.tsx';
import { Clause, Countdown, Grade, SpellOf } from './small.tsx';

const Left: FC<{ w: Words; language: Language; row: DutyRow; now: number }> = ({ w, language, row, now }) => (
  <>
    {row.tone === 'missed' ? (
      <b>{w.watchMissed}</b>
    ) : row.dueAt === undefined ? (
      <b>
        <SpellOf w={w} seconds={row.elapsed} />
      </b>
    ) : (
      <Countdown w={w} dueAt={row.dueAt} now={now} from={row.line.startedAt} />
    )}
    <span>
      {row.tone === 'late' ? `${w.lateBy}，` : ''}
      {row.due}
      {row.moveBy === undefined ? '' : <em class="move-by">{w.moveBy(momentText(language, row.moveBy, now))}</em>}
    </span>
  </>
);

const What: FC<{ w: Words; row: DutyRow; lead: string }> = ({ w, row, lead }) => (
  <>
    <p class="what">
      <a href={row.next.href}>{row.title}</a>
      <Clause clause={row.clause} />
    </p>
    <p class="of">
      {row.bars ? <Grade bars={row.bars.bars} text={row.bars.text} /> : ''}
      {row.case ? (
        <a href={`/cases/${row.case.key}`} data-key="o">
          {row.case.title} {row.case.number}
        </a>
      ) : (
        ''
      )}
      {row.forUnit === undefined ? '' : <span class="unit-of">{w.forUnit(row.forUnit)}</span>}
      {row.line.term === undefined ? '' : <span class="tag">{w.softTerm(row.line.term)}</span>}
      {row.line.dueBasis === 'local' || row.line.local ? <span class="tag dash">{w.local}</span> : ''}
      {row.line.dueBasis === 'gap-filled' ? <span class="tag dash">{w.gapFilled}</span> : ''}
    </p>
    <p class="then" data-lead={lead}>
      {row.next.text}
    </p>
    <details class="why">
      <summary>{w.why}</summary>
      <ol>
        {row.steps.map(step => (
          <li>{step}</li>
        ))}
      </ol>
    </details>
  </>
);

export const Duty: FC<{ w: Words; language: Language; row: DutyRow; now: number }> = ({ w, language, row, now }) => (
  <li
    class={row.tone === 'late' || row.tone === 'missed' ? 'duty late' : 'duty'}
    id={row.id}
    data-row
    {...(row.also === undefined ? {} : { 'data-also': row.also.join(' ') })}
    {...(row.tone === 'soft' || row.tone === 'missed' ? { 'data-soft': '1' } : {})}
  >
    <Hui look={lookOf(row.tone)} left={row.share} />
    <div class="left">
      <Left w={w} language={language} row={row} now={now} />
    </div>
    <div class="body">
      <What w={w} row={row} lead={w.nextStep} />
    </div>
    <div class="acts">
      {row.tone === 'missed' && row.asksWhy ? (
        <></>
      ) : (
        <a class="btn" href={row.next.href} data-go>
          {row.next.label}
        </a>
      )}
      <Why w={w} row={row} />
    </div>
  </li>
);

/** What is late or missed asks for a sentence, once. */
const Why: FC<{ w: Words; row: DutyRow }> = ({ w, row }) =>
  row.asksWhy ? (
    <a class="btn" href={`/reason/${row.id}`} {...(row.tone === 'missed' ? { 'data-go': true } : {})}>
      {w.writeReason}
    </a>
  ) : (
    <></>
  );

/** The one to do first: large, with the steps that are left on its way. */
export const FirstDuty: FC<{
  w: Words;
  language: Language;
  row: DutyRow;
  now: number;
  path: Child;
  more?: Child;
}> = ({ w, language, row, now, path, more }) => (
  <ol class="first-wrap" aria-label={w.firstToDo}>
    <li class={row.tone === 'late' ? 'duty first late' : 'duty first'} id={row.id} data-row>
      <div class="ring">
        <Hui
          size="l"
          look={lookOf(row.tone)}
          left={row.share}
          label={row.left === undefined ? row.due : `${row.left < 0 ? w.lateBy : w.left} ${spellText(w, row.left)}`}
        />
      </div>
      <div class="body">
        <p class="left">
          <Left w={w} language={language} row={row} now={now} />
        </p>
        <p class="note">{row.anchor}</p>
        <What w={w} row={row} lead={w.nextStep} />
        <div class="acts">
          <a class="btn go" href={row.next.href} data-go>
            {row.next.label}
            <kbd>Enter</kbd>
          </a>
          <Why w={w} row={row} />
          {more ?? ''}
          {row.case ? (
            <a class="btn" href={`/cases/${row.case.key}`} data-key="o">
              {w.caseOf} {row.case.number}
            </a>
          ) : (
            ''
          )}
        </div>
      </div>
      {path}
    </li>
  </ol>
);

/** A sheet of a case: one part filled in at a time, its number proposed. */
import { formatInstant } from '#core/calendar';
import { nextNumber, numberSeries } from '#report';
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { CaseSheet } from '../pages/case-sheet.tsx';
import { contentOf, type Sheet, sheetsOf } from '../view/sheets.ts';
import type { Act, Show } from '../visiting.tsx';
import { headOf, missingPage, runInCase } from './in-case.tsx';

const sheetOf = ({ hall, c }: Visit): Sheet | undefined =>
  sheetsOf(hall.rulebook).find(s => s.form === c.req.param('form'));
function numberFor({ hall }: Visit, form: string): string {
  const series = numberSeries({ type: 'form.filled', data: { form } });
  return series ? nextNumber(hall.events, series, formatInstant(hall.now)) : '';
}

export const show: Show = (visit, counts) => {
  const [head, sheet] = [headOf(visit), sheetOf(visit)];
  if (!head || !sheet) return missingPage(visit);
  return <CaseSheet visit={visit} counts={counts} head={head} sheet={sheet} number={numberFor(visit, sheet.form)} />;
};

export const fill: Act = posted => {
  const { visit, sent, text } = posted;
  const [head, sheet] = [headOf(visit), sheetOf(visit)];
  const step = sheet?.steps[Number(text('part')) - 1];
  if (!head || !sheet || step?.step !== 'part') return missingPage(visit);
  const { w } = visit;
  return runInCase({
    posted,
    head,
    back: `/cases/${head.key}/sheet/${sheet.form}`,
    said: w.sheetFilled,
    again: (now: Visit, counts: Counts, problem: string) => (
      <CaseSheet
        visit={now}
        counts={counts}
        head={head}
        sheet={sheet}
        number={numberFor(now, sheet.form)}
        sent={sent}
        problem={problem}
      />
    ),
    decide: (_hall, events) => {
      const content = contentOf(events as typeof head.events, sheet.form);
      const open = step.rule.fields.filter(f => !content.fields.has(f.name));
      if (open.length === 0) return { problem: w.formOld };
      const fields = Object.fromEntries(open.map(f => [f.name, text(`field.${f.name}`)]));
      if (Object.values(fields).some(v => v === '')) return { problem: w.sheetEmpty };
      const number = content.number ?? (step.rule.number === undefined ? '' : text('number'));
      if (step.rule.number !== undefined && number === '') return { problem: w.sheetNoNumber };
      return {
        append: [{ type: 'form.filled', data: { form: sheet.form, ...(number === '' ? {} : { number }), fields } }],
      };
    },
  });
};

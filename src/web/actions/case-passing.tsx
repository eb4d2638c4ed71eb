/** A matter given, passed on, taken, sent back, ruled on. */
import { decidePassing, type PassCommand, type PassFault } from '#case';
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { CasePassing } from '../pages/case-passing.tsx';
import type { Act, Posted, Show } from '../visiting.tsx';
import { headOf, missingPage, runInCase } from './in-case.tsx';

export const show: Show = (visit, counts) => {
  const head = headOf(visit);
  return head ? <CasePassing visit={visit} counts={counts} head={head} /> : missingPage(visit);
};

const FAULTS: Readonly<Record<PassFault, (w: Visit['w']) => string>> = {
  'no-unit': w => w.passNoUnit,
  'no-reason': w => w.passNoReason,
  gone: w => w.formOld,
};

function commandOf({ text }: Posted): PassCommand | undefined {
  const what = text('do');
  const to = text('to');
  switch (what) {
    case 'give':
      return { do: what, to, as: text('as') || 'responsible', why: text('why') };
    case 'pass':
      return {
        do: what,
        to,
        form: text('form'),
        number: text('number'),
        answerWanted: text('answerWanted') === 'true',
        task: text('task') === 'true',
        why: text('why'),
      };
    case 'take':
    case 'back':
      return { do: what, id: text('id'), reason: text('reason') };
    case 'rule':
      return { do: what, id: text('id'), to, reason: text('reason') };
    default:
      return undefined;
  }
}

export const act: Act = posted => {
  const { visit, sent } = posted;
  const head = headOf(visit);
  const command = commandOf(posted);
  if (!head || !command) return missingPage(visit);
  return runInCase({
    posted,
    head,
    back: `/cases/${head.key}/passing`,
    said: visit.w.passDone[command.do],
    again: (now: Visit, counts: Counts, problem: string) => (
      <CasePassing visit={now} counts={counts} head={head} sent={sent} problem={problem} />
    ),
    decide: (_hall, events) => {
      const decided = decidePassing(command, events);
      return 'fault' in decided ? { problem: FAULTS[decided.fault](visit.w) } : decided;
    },
  });
};

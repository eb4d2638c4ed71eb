/** Press events of a case: planned, allowed by a leader, held. */
import type { Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { CaseEvents, MOST_STAGES } from '../pages/case-events.tsx';
import type { Act, Posted, Show } from '../visiting.tsx';
import { headOf, missingPage, runInCase } from './in-case.tsx';

export const show: Show = (visit, counts) => {
  const head = headOf(visit);
  return head ? <CaseEvents visit={visit} counts={counts} head={head} /> : missingPage(visit);
};

function proposalOf({ text, all, visit }: Posted, seq: number): Proposal | { readonly problem: string } {
  const optional = (name: string): Record<string, string> => (text(name) === '' ? {} : { [name]: text(name) });
  const pack = all('pack').length === 0 ? {} : { pack: all('pack') };
  switch (text('do')) {
    case 'plan':
      return text('topic') === ''
        ? { problem: visit.w.eventNoTopic }
        : {
            type: 'press-event.planned',
            data: { event: `event-${seq + 1}`, kind: text('kind'), topic: text('topic'), ...pack },
          };
    case 'allow':
      return {
        type: 'authorisation.given',
        data: { for: text('for') || 'interview', event: text('event'), ...optional('place') },
      };
    case 'held':
      return {
        type: 'press-event.held',
        data: {
          event: text('event'),
          kind: text('kind'),
          ...optional('place'),
          speakerRole: text('speakerRole') || 'spokesperson',
          ...optional('speakerReason'),
          ...pack,
          ...(text('authoritative') === 'true' ? { authoritative: true } : {}),
          ...optional('otherReason'),
        },
      };
    case 'stages': {
      const stages = Array.from({ length: MOST_STAGES }, (_, i) => i + 1).flatMap(n =>
        /^\d{4}-\d\d-\d\d$/.test(text(`on-${n}`)) && text(`what-${n}`) !== ''
          ? [{ on: text(`on-${n}`), what: text(`what-${n}`) }]
          : [],
      );
      return stages.length === 0
        ? { problem: visit.w.stagesNone }
        : { type: 'release-plan.made', data: { stages: stages.toSorted((a, b) => (a.on < b.on ? -1 : 1)) } };
    }
    default:
      return { problem: visit.w.formOld };
  }
}

export const act: Act = posted => {
  const { visit, sent } = posted;
  const head = headOf(visit);
  if (!head) return missingPage(visit);
  return runInCase({
    posted,
    head,
    back: `/cases/${head.key}/events`,
    said: visit.w.eventSaved,
    again: (now: Visit, counts: Counts, problem: string) => (
      <CaseEvents visit={now} counts={counts} head={head} sent={sent} problem={problem} />
    ),
    decide: hall => {
      const proposal = proposalOf(posted, hall.seq);
      return 'problem' in proposal ? proposal : { append: [proposal] };
    },
  });
};

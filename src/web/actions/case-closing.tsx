/** Closing a case by a named office with a reason; the gates say what is missing. */
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { CaseClosing } from '../pages/case-closing.tsx';
import type { Act, Show } from '../visiting.tsx';
import { headOf, missingPage, runInCase } from './in-case.tsx';

export const show: Show = (visit, counts) => {
  const head = headOf(visit);
  return head ? <CaseClosing visit={visit} counts={counts} head={head} /> : missingPage(visit);
};

export const close: Act = posted => {
  const { visit, text } = posted;
  const head = headOf(visit);
  if (!head) return missingPage(visit);
  const reason = text('reason');
  return runInCase({
    posted,
    head,
    back: `/cases/${head.key}/close`,
    said: visit.w.closeDone,
    again: (now: Visit, counts: Counts, problem: string) => (
      <CaseClosing visit={now} counts={counts} head={head} problem={problem} typed={reason} />
    ),
    decide: () =>
      reason === '' ? { problem: visit.w.closeNoReason } : { append: [{ type: 'case.closed', data: { reason } }] },
  }).then(response =>
    // Closed: back to the case itself, which now says so.
    response.status === 303 && !(response.headers.get('location') ?? '').includes('refused=')
      ? new Response(null, {
          status: 303,
          headers: { location: (response.headers.get('location') ?? '').replace('/close?', '?') },
        })
      : response,
  );
};

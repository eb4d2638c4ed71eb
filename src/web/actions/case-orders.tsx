/** Orders from above: recorded with what they ask, answered thing by thing in one form. */
import { answerOrder, type OrderFault, ordersIn } from '#case';
import type { Visit } from '../context.ts';
import { CaseOrders, MOST_ASKS } from '../pages/case-orders.tsx';
import { momentOfInput } from '../view/times.ts';
import type { Act, Posted, Show } from '../visiting.tsx';
import { headOf, missingPage, runInCase } from './in-case.tsx';
import type { Counts } from '../parts/layout.tsx';

export const show: Show = (visit, counts) => {
  const head = headOf(visit);
  if (!head) return missingPage(visit);
  return <CaseOrders visit={visit} counts={counts} head={head} orders={ordersIn(head.events)} />;
};

const FAULTS: Readonly<Record<OrderFault, (w: Visit['w']) => string>> = {
  'no-order': w => w.formOld,
  'must-decline': w => w.askMustDecline,
  'no-result': w => w.askNoResult,
  'no-reason': w => w.askNoReason,
  'not-told': w => w.askNotTold,
  nothing: w => w.askNothing,
};

export const act: Act = posted => {
  const { visit, sent } = posted;
  const head = headOf(visit);
  if (!head) return missingPage(visit);
  const again = (now: Visit, counts: Counts, problem: string) => (
    <CaseOrders visit={now} counts={counts} head={head} orders={ordersIn(head.events)} sent={sent} problem={problem} />
  );
  const answering = posted.text('do') === 'answer';
  return runInCase({
    posted,
    head,
    back: `/cases/${head.key}/orders`,
    said: answering ? visit.w.orderAnswered : visit.w.orderRecorded,
    again,
    decide: (hall, events) => (answering ? answered(posted, hall, events) : received(posted, hall.seq)),
  });
};

function answered(posted: Posted, hall: Visit['hall'], events: Parameters<typeof ordersIn>[0]) {
  const { text, visit } = posted;
  const order = ordersIn(events).find(o => o.key === text('instruction'));
  const answers = (order?.asks ?? [])
    .filter(a => ['yes', 'no'].includes(text(`${a.ask}.done`)))
    .map(a => ({
      ask: a.ask,
      done: text(`${a.ask}.done`) === 'yes',
      result: text(`${a.ask}.result`),
      clause: text(`${a.ask}.clause`),
      reason: text(`${a.ask}.reason`),
      substitute: text(`${a.ask}.substitute`),
    }));
  const decided = answerOrder(order, answers, text('told') === 'true', hall.rulebook.rules);
  return 'fault' in decided ? { problem: FAULTS[decided.fault](visit.w) } : decided;
}

function received({ text, visit }: Posted, seq: number) {
  const asks = Array.from({ length: MOST_ASKS }, (_, i) => i + 1).flatMap(n => {
    const act = text(`act-${n}`);
    const words = text(`text-${n}`);
    return act === '' ? [] : [{ ask: `a${n}`, act, ...(words === '' ? {} : { text: words }) }];
  });
  if (text('from') === '' || asks.length === 0) return { problem: visit.w.orderNeeds };
  const dueAt = text('dueAt') === '' ? undefined : momentOfInput(text('dueAt'));
  return {
    append: [
      {
        type: 'instruction.received',
        data: {
          instruction: `order-${seq + 1}`,
          from: text('from'),
          asks,
          ...(dueAt === undefined ? {} : { dueAt }),
          format: text('format') || 'call',
        },
      },
    ],
  };
}

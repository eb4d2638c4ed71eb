/** Orders from above: what can be done, what can only be declined, when an order is closed. */
import type { HuiyinEvent } from '#core/log';
import type { DeclinedRule, Rule } from '#core/rulebook';
import { expect, test } from 'vitest';
import { answerOrder, type AskAnswer, declinedFor, isDeclined, ordersIn, speaksOf } from './orders.ts';

const event = (type: string, data: Record<string, unknown>): HuiyinEvent => ({
  id: `${type}-${JSON.stringify(data).length}`,
  type,
  at: '2026-07-07T09:00:00+08:00',
  recordedAt: '2026-07-07T09:00:00+08:00',
  by: { unit: 'general-office', role: 'head' },
  data,
});
const ORDER = event('instruction.received', {
  instruction: 'o1',
  from: 'city-government',
  format: 'call',
  asks: [
    { ask: 'a1', act: 'send-facts' },
    { ask: 'a2', act: 'have-post-deleted' },
  ],
});
const declined = (askedActs: readonly string[], orders: string): DeclinedRule =>
  ({ kind: 'declined', clauses: ['X-1'], orders, why: 'w', instead: 'i', askedActs }) as unknown as DeclinedRule;
const RULES: readonly Rule[] = [
  declined(['comment-as'], '变换身份评论 / comment'),
  declined(['have-post-deleted'], '删帖 / delete'),
];
const answer = (ask: string, done: boolean, more: Partial<AskAnswer> = {}): AskAnswer => ({
  ask,
  done,
  result: done ? 'sent' : '',
  clause: done ? '' : 'X-1',
  reason: done ? '' : 'r',
  substitute: done ? '' : 's',
  ...more,
});
const decide = (answers: readonly AskAnswer[], told: boolean, events = [ORDER]): unknown => {
  const decided = answerOrder(ordersIn(events)[0], answers, told, RULES);
  return 'fault' in decided ? decided.fault : decided.append.map(e => e.type.replace('instruction.', ''));
};

test.each([
  // answers,                                                        told,  outcome,                                why
  [[answer('a1', true)], false, ['item-done'], 'one of two: the order stays open'],
  [
    [answer('a1', true), answer('a2', false)],
    true,
    ['item-done', 'item-declined', 'closed'],
    'the last answer closes it',
  ],
  [[answer('a2', false)], false, 'not-told', 'nobody is refused behind their back'],
  [[answer('a2', true)], true, 'must-decline', 'what the text declines is never done'],
  [[answer('a1', true, { result: ' ' })], true, 'no-result', 'done without a result is no answer'],
  [[answer('a2', false, { substitute: '' })], true, 'no-reason', 'clause, reason and substitute'],
  [[], true, 'nothing', 'an empty form'],
] as const)('%j, told %s: %j (%s)', (answers, told, outcome, _why) => expect(decide(answers, told)).toEqual(outcome));

test('an asked thing is answered once; what was answered before is left alone', () => {
  const before = event('instruction.item-done', { instruction: 'o1', ask: 'a1', result: 'sent' });
  expect(decide([answer('a1', true), answer('a2', false)], true, [ORDER, before])).toEqual(['item-declined', 'closed']);
});

test.each([
  ['have-post-deleted', true, true, 'its own clause'],
  ['filter-posts', true, false, 'no clause of its own: the nearest takes it, with the product’s own reason'],
  ['send-facts', false, true, 'what institutions do'],
])('%s: declined %s, reason of the clause %s (%s)', (act, is, speaks, _why) => {
  const rule = declinedFor(RULES, act);
  expect([isDeclined(RULES, act), rule === undefined || speaksOf(rule, act)]).toEqual([is, speaks]);
});

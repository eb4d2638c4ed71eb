/** Orders from above: what was asked, what of it is done or declined, and the entries that answer an order in one go. */
import type { HuiyinEvent } from '#core/log';
import type { DeclinedRule, Rule } from '#core/rulebook';

/** Asked acts that institutions do (names.md); every other one is declined by some clause. */
export const DOABLE_ACTS = ['send-facts', 'answer', 'publish-stages', 'report', 'hold-event'] as const;
export const DECLINED_ACTS = [
  'organise-comments',
  'comment-as',
  'build-commentators',
  'have-post-deleted',
  'have-post-blocked',
  'report-post',
  'identify-speaker',
  'refer-speaker',
  'control-discussion',
  'filter-posts',
] as const;

export interface Ask {
  readonly ask: string;
  readonly act: string;
  readonly text?: string;
  /** What became of it. */
  readonly answer?: HuiyinEvent;
}
export interface Order {
  readonly key: string;
  readonly from: string;
  readonly format: string;
  readonly received: HuiyinEvent;
  readonly dueAt?: string;
  readonly asks: readonly Ask[];
  readonly closed?: HuiyinEvent;
}

/** Orders of a case, oldest first. */
export function ordersIn(events: readonly HuiyinEvent[]): readonly Order[] {
  return events
    .filter(e => e.type === 'instruction.received')
    .map(received => {
      const key = String(received.data['instruction']);
      const about = events.filter(e => e.data['instruction'] === key && e !== received);
      const asks = (received.data['asks'] as readonly { ask: string; act: string; text?: string }[]).map(a => {
        const answer = about.findLast(
          e =>
            (e.type === 'instruction.item-done' || e.type === 'instruction.item-declined') && e.data['ask'] === a.ask,
        );
        return { ...a, ...(answer ? { answer } : {}) };
      });
      const closed = about.findLast(e => e.type === 'instruction.closed');
      const { dueAt } = received.data;
      return {
        key,
        from: String(received.data['from']),
        format: String(received.data['format']),
        received,
        ...(typeof dueAt === 'string' ? { dueAt } : {}),
        asks,
        ...(closed ? { closed } : {}),
      };
    });
}

/** The declined clause that takes an asked act: the one that names it, else the first of the book; none for what is done. */
export function declinedFor(rules: readonly Rule[], act: string): DeclinedRule | undefined {
  const declined = rules.filter((r): r is DeclinedRule => r.kind === 'declined');
  const own = declined.find(r => r.askedActs.includes(act));
  return own ?? ((DECLINED_ACTS as readonly string[]).includes(act) ? declined[0] : undefined);
}

/** Words by which a declined clause shows that it speaks of an asked act; comments are what most of them speak of. */
const SPOKEN: Readonly<Record<string, RegExp>> = {
  'have-post-deleted': /删|delet|remov/i,
  'have-post-blocked': /屏蔽|封|block|hid/i,
  'report-post': /举报|report/i,
  'identify-speaker': /身份|查人|谁|identi|trac/i,
  'refer-speaker': /移送|公安|追责|refer/i,
  'control-discussion': /管控|控制|讨论|control|steer/i,
  'filter-posts': /过滤|筛|filter/i,
};
/** Whether the reason a declined clause gives is a reason against this asked act, and not only against another one. */
export const speaksOf = (rule: DeclinedRule, act: string): boolean =>
  SPOKEN[act]?.test(`${rule.orders} ${rule.why}`) ?? true;

/** The reading that holds where a text says nothing of such orders: the lawful part is done, the refused part declined and told. */
export const BUILT_IN_READING = 'HC-64';
/**
 * Clauses on which something asked can be declined: the declined ones; where a text has none, the ones by which orders
 * are answered at all, done or declined; where it has neither, the reading for texts that are silent.
 */
export function decliningClauses(rules: readonly Rule[]): readonly string[] {
  const own = rules.flatMap(r => (r.kind === 'declined' ? r.clauses : []));
  if (own.length > 0) return own;
  const answering = rules.flatMap(r =>
    r.kind === 'duty' && r.done.patterns.some(p => p.on === 'event' && p.type.startsWith('instruction.item-'))
      ? r.clauses
      : [],
  );
  return answering.length > 0 ? answering : [BUILT_IN_READING];
}

/** Whether this institution's text, or the product itself, refuses an asked act. */
export const isDeclined = (rules: readonly Rule[], act: string): boolean =>
  (DECLINED_ACTS as readonly string[]).includes(act) || declinedFor(rules, act) !== undefined;

export interface AskAnswer {
  readonly ask: string;
  readonly done: boolean;
  readonly result: string;
  readonly clause: string;
  readonly reason: string;
  readonly substitute: string;
}
export type OrderFault = 'no-order' | 'must-decline' | 'no-result' | 'no-reason' | 'not-told' | 'nothing';
export interface OrderEntry {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Answers what is still open of an order; the last answer closes it. The sender is told of every refusal. */
export function answerOrder(
  order: Order | undefined,
  answers: readonly AskAnswer[],
  told: boolean,
  rules: readonly Rule[],
): { readonly append: readonly OrderEntry[] } | { readonly fault: OrderFault; readonly ask?: string } {
  if (!order) return { fault: 'no-order' };
  const open = order.asks.filter(a => !a.answer);
  const append: OrderEntry[] = [];
  for (const a of open) {
    const given = answers.find(x => x.ask === a.ask);
    if (!given) continue;
    const base = { instruction: order.key, ask: a.ask };
    if (given.done) {
      if (isDeclined(rules, a.act)) return { fault: 'must-decline', ask: a.ask };
      if (given.result.trim() === '') return { fault: 'no-result', ask: a.ask };
      append.push({ type: 'instruction.item-done', data: { ...base, result: given.result.trim() } });
    } else {
      if ([given.clause, given.reason, given.substitute].some(t => t.trim() === ''))
        return { fault: 'no-reason', ask: a.ask };
      if (!told) return { fault: 'not-told', ask: a.ask };
      append.push({
        type: 'instruction.item-declined',
        data: { ...base, clause: given.clause, reason: given.reason.trim(), substitute: given.substitute.trim() },
      });
    }
  }
  if (append.length === 0) return { fault: 'nothing' };
  if (append.length === open.length) append.push({ type: 'instruction.closed', data: { instruction: order.key } });
  return { append };
}

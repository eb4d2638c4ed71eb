/** Who has signed the newest wording, who is next, which earlier signatures its change has made void. */
import type { HuiyinEvent } from '#core/log';
import type { ApprovalRule, Condition, Rule } from '#core/rulebook';
import { type ReplyDocument, textsOf } from './versions.ts';

export interface ChainStep {
  readonly capacities: readonly string[];
  readonly signature?: HuiyinEvent;
  /** Signatures of this step under earlier wordings: void, and shown struck. */
  readonly voided: readonly HuiyinEvent[];
  readonly withheld?: HuiyinEvent;
  readonly turn: boolean;
}
export interface Chain {
  readonly approval: string;
  readonly clause: string;
  readonly order: 'listed' | 'any';
  readonly steps: readonly ChainStep[];
}
export interface Confirmation {
  readonly body: string;
  readonly event?: HuiyinEvent;
}
export interface SignState {
  readonly chains: readonly Chain[];
  readonly confirmations: readonly Confirmation[];
  /** Valid signatures under the newest wording: what a new draft would void. */
  readonly valid: number;
}
/** The value that stands on each scale of the case. */
export type Scales = Readonly<Record<string, readonly string[]>>;

export function signState(
  rules: readonly Rule[],
  events: readonly HuiyinEvent[],
  document: ReplyDocument,
  scales: Scales,
): SignState {
  const approvals = rules.filter(
    (r): r is ApprovalRule => r.kind === 'approval' && covers(r, document) && applies(r.condition, scales),
  );
  const chains = approvals.map(approval => chain(approval, events, document));
  const hash = document.versions.at(-1)?.hash;
  const given = events.filter(
    e => e.type === 'confirmation.given' && e.data['document'] === document.key && e.data['textHash'] === hash,
  );
  return {
    chains,
    confirmations: document.mentions.map(body => {
      const event = given.find(e => e.data['agency'] === body);
      return { body, ...(event ? { event } : {}) };
    }),
    valid: chains.reduce((n, c) => n + c.steps.filter(s => s.signature).length, 0) + given.length,
  };
}

const covers = (approval: ApprovalRule, document: ReplyDocument): boolean => {
  const forms = approval.covers['form'];
  const topics = approval.covers['topic'];
  return (
    (forms === undefined || forms.includes(document.form)) &&
    (topics === undefined || document.topic === undefined || topics.includes(document.topic))
  );
};
/** Conditions on scales only: what else an approval may depend on is judged by the engine when the act is tried. */
const applies = (condition: Condition | undefined, scales: Scales): boolean =>
  Object.entries(condition ?? {}).every(([field, values]) => {
    const standing = scales[field];
    return standing === undefined ? !isScale(field) : standing.some(v => values.includes(v));
  });
const NOT_SCALES = new Set([
  'matter',
  'negative',
  'sudden',
  'in-case',
  'published',
  'mentions',
  'form-complete',
  'channel',
  'origin',
  'instruction-act',
]);
const isScale = (field: string): boolean => !NOT_SCALES.has(field);

function chain(approval: ApprovalRule, events: readonly HuiyinEvent[], document: ReplyDocument): Chain {
  const row =
    approval.byTopic?.find(r => document.topic !== undefined && r.topic.includes(document.topic)) ??
    approval.byTopic?.find(r => r.topic.includes('otherwise'));
  const steps = row?.steps ?? approval.steps;
  const order = row?.order ?? approval.order;
  const hash = document.versions.at(-1)?.hash;
  const signed = events.filter(e => e.type === 'signature.given' && e.data['document'] === document.key);
  const withheld = events.filter(
    e => e.type === 'signature.withheld' && e.data['document'] === document.key && e.data['textHash'] === hash,
  );
  let open = false;
  return {
    approval: approval.name,
    clause: row?.clause ?? approval.clauses[0] ?? '',
    order,
    steps: steps.map(capacities => {
      const own = signed.filter(
        e => capacities.includes(String(e.data['as'])) || textsOf(e.data['step']).some(s => capacities.includes(s)),
      );
      const back = withheld.findLast(e => capacities.includes(String(e.data['as'])));
      const valid = own.findLast(e => e.data['textHash'] === hash && (!back || e.recordedAt > back.recordedAt));
      // Behind a missing step of a listed order a signature does not count.
      const counts = valid && !(order === 'listed' && open);
      const turn = !counts && (order === 'any' || !open);
      if (!counts) open = true;
      return {
        capacities,
        ...(counts ? { signature: valid } : {}),
        voided: own.filter(e => e.data['textHash'] !== hash),
        ...(back && !counts ? { withheld: back } : {}),
        turn,
      };
    }),
  };
}

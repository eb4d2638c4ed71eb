/** Approval chains: which steps a text still lacks. Listed steps count only in their order. */
import type { Instant } from '#core/calendar';
import type { ApprovalRule, ApprovalTopic, Step } from '#core/rulebook';
import { scaleValues } from './condition.ts';
import { field, type Fact } from './facts.ts';
import { countsFrom, draftOf, signaturesUnder, type Wording } from './texts.ts';
import type { View } from './view.ts';

export interface Chain {
  readonly steps: readonly Step[];
  readonly order: 'listed' | 'any';
  /** The clause of the row a topic selects; otherwise the approval's own. */
  readonly clauses: readonly string[];
}
export interface ChainState {
  readonly chain: Chain;
  readonly missing: readonly string[];
  /** The signatures that fill the steps, in order. */
  readonly signatures: readonly Fact[];
}

/** The steps that hold for a text: by its topic where the approval goes by topics, `otherwise` being the last resort. */
export function chainFor(view: View, approval: ApprovalRule, wording: Wording | undefined, at: Instant): Chain {
  const own = { steps: approval.steps, order: approval.order, clauses: approval.clauses };
  const rows = approval.byTopic;
  if (!rows || rows.length === 0) return own;
  const written = wording?.draft ? field(wording.draft, 'topic') : undefined;
  const topics = written === undefined ? scaleValues(view, 'topic', { at }) : [written];
  const pick = (want: (row: ApprovalTopic) => boolean): ApprovalTopic | undefined => rows.find(want);
  const row = pick(r => r.topic.some(t => topics.includes(t))) ?? pick(r => r.topic.includes('otherwise'));
  if (!row) return own;
  return { steps: row.steps, order: row.order, clauses: row.clause === undefined ? approval.clauses : [row.clause] };
}

const fills = (signature: Fact, step: Step): boolean =>
  step.includes(String(signature.data['as'])) ||
  (typeof signature.data['step'] === 'string' && step.includes(signature.data['step']));

/** What is missing under one wording at an instant; without a wording everything is. */
export function chainState(
  view: View,
  approval: ApprovalRule,
  wording: Wording | undefined,
  at: Instant,
  number?: string,
): ChainState {
  const chain = chainFor(view, approval, wording, at);
  const given = wording ? signaturesUnder(view, wording, at, number) : [];
  const missing: string[] = [];
  const signatures: Fact[] = [];
  let after: Fact | undefined;
  for (const step of chain.steps) {
    const signature = given.find(
      s =>
        fills(s, step) &&
        !signatures.includes(s) &&
        (chain.order === 'any' ||
          after === undefined ||
          countsFrom(s) > countsFrom(after) ||
          (countsFrom(s) === countsFrom(after) && s.seq > after.seq)),
    );
    if (signature) {
      signatures.push(signature);
      after = signature;
    } else {
      missing.push(`signature.given ${step.join(' or ')}`);
      // What stands behind a missing step in a listed order does not count either.
      if (chain.order === 'listed') {
        missing.push(...chain.steps.slice(chain.steps.indexOf(step) + 1).map(s => `signature.given ${s.join(' or ')}`));
        break;
      }
    }
  }
  return { chain, missing, signatures };
}

/** The wording an act carries itself. */
export function ownWording(view: View, act: Fact): Wording | undefined {
  const document = field(act, 'document') ?? field(act, 'notice');
  if (document === undefined) return undefined;
  const draft = draftOf(view, act, act.at);
  // A notice carries no hash of its own: it goes out in the wording that was drawn up last, else the one first signed.
  const hash =
    field(act, 'textHash') ??
    (draft
      ? String(draft.data['textHash'])
      : view.facts
          .about('signature.given', document)
          .map(s => field(s, 'textHash'))
          .find(h => h !== undefined));
  return hash === undefined
    ? { document, hash: '', form: undefined, draft }
    : { document, hash, form: draft ? field(draft, 'form') : undefined, draft };
}

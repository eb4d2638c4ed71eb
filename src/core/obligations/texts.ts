/**
 * Our own texts: which wording is the newest, what form a document is of, which signatures stand under one exact hash.
 * A new wording of the same document leaves every signature, confirmation and check behind (DR-16).
 */
import type { Instant } from '#core/calendar';
import type { ApprovalRule } from '#core/rulebook';
import { field, type Fact } from './facts.ts';
import { holdsCapacity } from './capacities.ts';
import type { View } from './view.ts';

/** One exact wording of one document. */
export interface Wording {
  readonly document: string;
  readonly hash: string;
  readonly form: string | undefined;
  readonly draft: Fact | undefined;
}

/** The document a fact speaks of: a text, or a notice. */
export const documentOf = (fact: Fact): string | undefined => field(fact, 'document') ?? field(fact, 'notice');

const draftsOf = (view: View, document: string, at: Instant): Fact[] =>
  [...view.facts.about('draft.written', document), ...view.facts.about('notice.drawn-up', document)].filter(
    f => f.at <= at,
  );

/** The draft that tells form, topic, mentions and parts of the text a fact carries: of that wording, else the latest. */
export function draftOf(view: View, fact: Fact, at: Instant): Fact | undefined {
  const document = documentOf(fact);
  if (document === undefined) return undefined;
  const drafts = draftsOf(view, document, at);
  const hash = field(fact, 'textHash');
  return drafts.findLast(f => f.data['textHash'] === hash) ?? drafts.at(-1);
}

const signaturesOn = (view: View, document: string, at: Instant): Fact[] =>
  view.facts.about('signature.given', document).filter(f => f.at <= at);

const capacitiesOf = (approval: ApprovalRule): ReadonlySet<string> =>
  new Set([...approval.steps, ...(approval.byTopic ?? []).flatMap(t => t.steps)].flat());

/** How many signatures of a document that never was drafted fit an approval: by step first, else by capacity. */
function fit(approval: ApprovalRule, signatures: readonly Fact[]): number {
  const capacities = capacitiesOf(approval);
  let score = 0;
  for (const { data } of signatures) {
    if (typeof data['step'] === 'string' && capacities.has(data['step'])) score += 2;
    else if (capacities.has(String(data['as']))) score += 1;
  }
  return score;
}

/** What share of an approval's steps these signatures would fill. */
function share(approval: ApprovalRule, signatures: readonly Fact[]): number {
  const chains = approval.steps.length > 0 ? [approval.steps] : (approval.byTopic ?? []).map(t => t.steps);
  const filled = (step: readonly string[]): boolean =>
    signatures.some(s => step.includes(String(s.data['step'])) || step.includes(String(s.data['as'])));
  return Math.max(0, ...chains.map(steps => steps.filter(filled).length / Math.max(1, steps.length)));
}

/**
 * The approval to whose form a document belongs that nobody drafted: whose steps its signatures fit best; of equals the one
 * they fill further, the one with fewer other capacities, the first.
 */
export function approvalByFit(view: View, document: string, at: Instant): ApprovalRule | undefined {
  const signatures = signaturesOn(view, document, at);
  let best: { approval: ApprovalRule; by: readonly [number, number, number] } | undefined;
  for (const approval of view.book.of('approval')) {
    const score = fit(approval, signatures);
    if (score === 0) continue;
    const by = [score, share(approval, signatures), -capacitiesOf(approval).size] as const;
    const before = best?.by;
    const place = before ? by.findIndex((n, i) => n !== before[i]) : 0;
    if (!before || (place >= 0 && (by[place] as number) > (before[place] as number))) best = { approval, by };
  }
  return best?.approval;
}

/** Forms that a notice of this kind may be called in a rulebook's `covers`. */
const noticeForms = (draft: Fact): readonly string[] => [String(draft.data['kind']), 'notice'];
/** The forms a document may be said to be of: its draft's, or the kind of a notice. */
export const formsOf = (draft: Fact): readonly string[] =>
  draft.type === 'notice.drawn-up' ? noticeForms(draft) : [String(draft.data['form'])];

/** Whether an approval is about this document: by the form of its draft, else by who has signed it. */
export function coversDocument(view: View, approval: ApprovalRule, document: string, at: Instant): boolean {
  const draft = draftsOf(view, document, at).at(-1);
  const wanted = approval.covers['form'];
  if (draft) return wanted === undefined || formsOf(draft).some(form => wanted.includes(form));
  return approvalByFit(view, document, at) === approval;
}

/** The newest wording of a document of the approval's form: what an act without a document is judged on. */
export function newestWording(view: View, approval: ApprovalRule, at: Instant): Wording | undefined {
  let newest: { at: Instant; wording: Wording } | undefined;
  const consider = (when: Instant, wording: Wording): void => {
    if (newest === undefined || when >= newest.at) newest = { at: when, wording };
  };
  const drafted = new Set<string>();
  for (const type of ['draft.written', 'notice.drawn-up'])
    for (const draft of view.facts.of(type)) {
      if (draft.at > at) break;
      const document = documentOf(draft);
      if (document === undefined) continue;
      drafted.add(document);
      if (coversDocument(view, approval, document, at))
        consider(draft.at, { document, hash: String(draft.data['textHash']), form: formsOf(draft)[0], draft });
    }
  const first = new Map<string, Fact>();
  for (const signature of view.facts.of('signature.given')) {
    const document = String(signature.data['document']);
    if (signature.at <= at && !drafted.has(document) && !first.has(document)) first.set(document, signature);
  }
  for (const [document, signature] of first)
    if (coversDocument(view, approval, document, at))
      consider(signature.at, {
        document,
        hash: String(signature.data['textHash']),
        form: approval.covers['form']?.[0],
        draft: undefined,
      });
  return newest?.wording;
}

/** When a signature counts: an oral one from the entry by its recorder. */
export const countsFrom = (signature: Fact): Instant =>
  signature.data['oral'] === true ? signature.rec : signature.at;

/** Valid signatures under one wording by an instant, in order; a later refusal of the same capacity takes them back. */
export function signaturesUnder(
  view: View,
  wording: Pick<Wording, 'document' | 'hash'>,
  at: Instant,
  number?: string,
): readonly Fact[] {
  const withheld = view.facts
    .about('signature.withheld', wording.document)
    .filter(f => f.data['textHash'] === wording.hash && f.at <= at);
  return view.facts.about('signature.given', wording.document).filter(f => {
    if (f.data['textHash'] !== wording.hash || countsFrom(f) > at) return false;
    const own = f.data['number'];
    if (number !== undefined && typeof own === 'string' && own !== number) return false;
    if (withheld.some(w => w.data['as'] === f.data['as'] && (w.at > f.at || (w.at === f.at && w.seq > f.seq))))
      return false;
    return holdsCapacity(view, f);
  });
}

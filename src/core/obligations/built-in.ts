/**
 * What holds in every rulebook (notation 2): nobody speaks for the institution without an approver of the exact text; a
 * letter that asks an outlet for a correction asks for nothing else; a complaint is not put aside without an answer.
 */
import type { GateRule } from '#core/rulebook';
import { chainState, ownWording } from './chains.ts';
import { field, type Fact } from './facts.ts';
import { unitsOfRelation, relationNamed } from './parties.ts';
import { newestWording, signaturesUnder, type Wording } from './texts.ts';
import { dateIn, near, type View } from './view.ts';

export interface Refusal {
  readonly clause: string;
  readonly reason: string;
  readonly missing: readonly string[];
  readonly opens?: string;
}
/** The acts in which an institution speaks. */
export const SPEAKING: ReadonlySet<string> = new Set(['publication.made', 'media.answered', 'press-event.held']);
/** The hard case that stands where a text names no approver. */
const NO_APPROVER = 'HC-63';
/** A complaint about one's own matter always gets an answer. */
const ALWAYS_ANSWERED = 'HC-45';
/** What a correction may never ask for. No override. */
const REMOVAL = /\b(?:delet\w*|remov\w*|block\w*|hid(?:e|es|ing|den)|account\w*)\b|删除|屏蔽|下架|封号|处置账号/iu;

export function builtInRefusals(view: View, act: Fact): Refusal[] {
  if (SPEAKING.has(act.type)) return defaultGate(view, act);
  if (act.type === 'correction.asked') return correctionGate(view, act);
  if (act.type === 'finding.dismissed') return dismissalGate(view, act);
  return [];
}

/** Whether the rulebook itself says who authorises acts of this type. */
export function authorisationStands(view: View, type: string): boolean {
  if (view.book.approvalsOn(type).length > 0) return true;
  return view.book.gatesOn(type).some(authorises);
}
/** A gate that says who authorises; one that only marks counts as one. */
export const authorises = (gate: GateRule): boolean =>
  gate.flagInstead !== undefined ||
  gate.needs.some(n => n.need === 'signed' || n.need === 'authorised' || n.need === 'consent');

/** Outside every case a routine item needs the standing review of its channel: an approval that covers it, else the locally named approver. */
export function routineRefusals(view: View, act: Fact): Refusal[] {
  if (act.type !== 'publication.made' || view.caseKey !== undefined || act.data['kind'] !== 'routine') return [];
  if (approverSigned(view, act)) return [];
  const clause = nearestApproval(view) ?? NO_APPROVER;
  return [{ clause, reason: 'no review of the exact text stands behind an item of routine', missing: ['an approver'] }];
}

function defaultGate(view: View, act: Fact): Refusal[] {
  if (authorisationStands(view, act.type)) return [];
  if (approverSigned(view, act)) return [];
  const clause = nearestApproval(view) ?? NO_APPROVER;
  return [{ clause, reason: 'nobody who may approve the exact text has signed it', missing: ['an approver'] }];
}

/** The approval of another speaking act, if the rulebook has one. */
export const nearestApproval = (view: View): string | undefined =>
  [...SPEAKING].flatMap(type => view.book.approvalsOn(type)).map(a => a.clauses[0])[0];

/** The office the institution has named to approve texts: `{ role, of }`. */
export function textApprover(view: View, at: number): { unit: string | undefined; role: string } | undefined {
  const value = view.book.local('text-approver');
  if (typeof value === 'string') {
    const [unit, role] = value.split('/');
    return role === undefined ? { unit: undefined, role: value } : { unit, role };
  }
  if (typeof value !== 'object' || value === null || typeof value['role'] !== 'string') return undefined;
  const of = value['of'];
  if (typeof of !== 'string') return { unit: undefined, role: value['role'] };
  const relation = relationNamed(of);
  if (relation === undefined) return { unit: of, role: value['role'] };
  const [unit] = unitsOfRelation(view, relation, at, undefined, true);
  return unit === undefined ? undefined : { unit, role: value['role'] };
}

/** Whether the locally named approver has signed the text the act carries. */
export function approverSigned(view: View, act: Fact): boolean {
  const approver = textApprover(view, act.at);
  const wording = ownWording(view, act) ?? newestDraft(view, act);
  if (!approver || !wording) return false;
  return signaturesUnder(view, wording, act.at).some(s =>
    view.holders.actsAs(s.by, approver.unit, approver.role, dateIn(view, s.at)),
  );
}

function newestDraft(view: View, act: Fact): Wording | undefined {
  const draft = view.facts.of('draft.written').findLast(f => f.at <= act.at);
  return (
    draft && {
      document: String(draft.data['document']),
      hash: String(draft.data['textHash']),
      form: field(draft, 'form'),
      draft,
    }
  );
}

/** Whether any signature at all stands behind the text of an act; a full chain of an approval does as well. */
export function anySignature(view: View, act: Fact): boolean {
  const wording = ownWording(view, act);
  if (wording) return signaturesUnder(view, wording, act.at).length > 0;
  return view.book
    .approvalsOn(act.type)
    .some(a => chainState(view, a, newestWording(view, a, act.at), act.at).signatures.length > 0);
}

/** The words of a letter that ask for a removal, if any. */
export function removalIn(view: View, act: Fact): string | undefined {
  const text = ownWording(view, act)?.draft?.data['text'];
  return typeof text === 'string' ? REMOVAL.exec(text)?.[0] : undefined;
}
export const removalClause = (view: View): string =>
  view.book.of('declined').find(d => d.askedActs.includes('have-post-deleted'))?.clauses[0] ??
  view.book.of('declined')[0]?.clauses[0] ??
  'HC-29';

function correctionGate(view: View, act: Fact): Refusal[] {
  const refusals: Refusal[] = [];
  const clause = removalClause(view);
  const outlet = String(act.data['outlet']);
  const listed = near(view, 'contact.entered').some(
    f => f.data['body'] === outlet && f.data['bodyKind'] === 'outlet' && f.at <= act.at,
  );
  if (!listed && view.book.rulebook.terms.bodies[outlet]?.kind !== 'outlet')
    refusals.push({
      clause,
      reason: `${outlet} is not entered as an outlet; only an outlet is asked, about its own text`,
      missing: [`contact.entered ${outlet}`],
    });
  const word = removalIn(view, act);
  if (word !== undefined)
    refusals.push({
      clause,
      reason: `the letter asks for more than a correction ("${word}")`,
      missing: ['a text that asks for a correction only'],
    });
  if (!anySignature(view, act))
    refusals.push({ clause, reason: 'the letter is not signed in this wording', missing: ['signature.given'] });
  return refusals;
}

function dismissalGate(view: View, act: Fact): Refusal[] {
  const finding =
    view.facts.all.find(f => f.id === act.data['finding']) ??
    view.institution.all.find(f => f.id === act.data['finding']);
  const matter = matterToAnswer(act, finding);
  if (matter === undefined) return [];
  return [{ clause: ALWAYS_ANSWERED, reason: `a ${matter} always gets an answer`, missing: ['another reason'] }];
}

/** What is at stake where a finding may not be put aside as nothing to answer: the dismissal is refused and has no effect. */
export function matterToAnswer(dismissal: Fact, finding: Fact | undefined): string | undefined {
  if (dismissal.data['reason'] !== 'nothing-to-answer' || finding === undefined) return undefined;
  const matter = String(finding.data['matter']);
  return ['complaint', 'question', 'request'].includes(matter) ? matter : undefined;
}

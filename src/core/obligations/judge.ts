/**
 * Acts, judged when they are tried (reading rule 2): an act that a gate, an approval, a route or an unfinished form holds
 * up is refused and has no effect. The verdict uses what had been entered before the act, and never changes afterwards.
 */
import type { Instant } from '#core/calendar';
import { isAct } from '#core/log';
import type { ApprovalRule, GateRule } from '#core/rulebook';
import type { Book } from './book.ts';
import { chainState, ownWording } from './chains.ts';
import { holds } from './condition.ts';
import { authorises, builtInRefusals, routineRefusals, type Refusal } from './built-in.ts';
import { factSet, field, inEntryOrder, standing, type Correction, type Fact, type FactSet } from './facts.ts';
import { missingIn } from './forms.ts';
import { matches } from './match.ts';
import { gateMissing, unmet, type DutyDone } from './needs.ts';
import { holders, type Holders } from './offices.ts';
import { actsFor, partyText } from './parties.ts';
import { coversDocument, documentOf, newestWording } from './texts.ts';
import type { View } from './view.ts';

export interface Verdict extends Refusal {
  readonly act: Fact;
}
export interface Judged {
  /** The facts that count: everything that was not refused. */
  readonly accepted: readonly Fact[];
  readonly refused: readonly Verdict[];
  /** Acts that passed a gate which only marks. */
  readonly flagged: readonly {
    readonly act: Fact;
    readonly flag: string;
    readonly clause: string;
    readonly missing: readonly string[];
  }[];
  /** Ids of everything that does not count. */
  readonly out: ReadonlySet<string>;
}
/** Verdicts given earlier, and what was entered after all that they rest on: a verdict never changes afterwards. */
export interface JudgedBefore {
  readonly judged: Judged;
  readonly added: readonly Fact[];
}
export interface JudgeContext {
  readonly book: Book;
  readonly caseKey: string | undefined;
  readonly institution: readonly Fact[];
  readonly corrections: readonly Correction[];
  readonly dutyDone: DutyDone;
  /** First instant at which the rulebook is in force: before it there is no rule, and nothing is refused. */
  readonly inForce: Instant;
  readonly roleHolders: (known: readonly Fact[]) => Holders;
}

/** Judges the acts of one case in the order in which they were entered; with `before`, only those that were added. */
export function judgeActs(context: JudgeContext, facts: readonly Fact[], before?: JudgedBefore): Judged {
  const fresh = before ? before.added : facts;
  if (before && !fresh.some(isJudged))
    return before.judged.out.size === 0
      ? { ...before.judged, accepted: facts }
      : { ...before.judged, accepted: facts.filter(f => !before.judged.out.has(f.id)) };
  const refused: Verdict[] = [...(before?.judged.refused ?? [])];
  const flagged: Judged['flagged'][number][] = [...(before?.judged.flagged ?? [])];
  const out = new Set<string>(before?.judged.out);
  const replaced = new Map(context.corrections.map(c => [c.replacement, c.entry]));
  const bearing = bearingOn(facts.toSorted(inEntryOrder));
  for (const act of fresh.toSorted(inEntryOrder)) {
    if (!isJudged(act) || act.at < context.inForce) continue;
    const entry = replaced.get(act.id);
    if (entry !== undefined && facts.some(f => f.id === entry && f.type === act.type)) {
      // What is corrected keeps the verdict it was given.
      if (out.has(entry)) out.add(act.id);
      continue;
    }
    const view = viewOf(context, bearing(act), act, out);
    const verdict = judge(view, act, context.dutyDone);
    for (const refusal of verdict.refusals) refused.push({ ...refusal, act });
    // What was refused did not go ahead: there is nothing to mark.
    if (verdict.refusals.length > 0) out.add(act.id);
    else for (const flag of verdict.flags) flagged.push({ ...flag, act });
  }
  return { accepted: out.size === 0 ? facts : facts.filter(f => !out.has(f.id)), refused, flagged, out };
}

const isJudged = (fact: Fact): boolean => isAct(fact.type) || fact.type === 'finding.dismissed';

/** What was known when the act was tried: entered before it, happened by then, not refused, corrected as far as corrected. */
function viewOf(context: JudgeContext, bearing: readonly Fact[], act: Fact, out: ReadonlySet<string>): View {
  const before = (f: Fact): boolean => f.at <= act.at && (f.rec < act.rec || (f.rec === act.rec && f.seq < act.seq));
  const corrections = context.corrections.filter(c => before(c.fact));
  const own = standing(
    bearing.filter(f => before(f) && !out.has(f.id)),
    corrections,
  );
  const institution = factSet(standing(context.institution.filter(before), corrections));
  return {
    book: context.book,
    caseKey: context.caseKey,
    facts: factSet(own),
    institution,
    holders: context.roleHolders([...own.filter(isRoleFact), ...institution.all.filter(isRoleFact)]),
  };
}

/** Facts that bear on one text only, and facts that bear on no act at all: most of a long log. */
const OF_A_TEXT: ReadonlySet<string> = new Set([
  'draft.written',
  'notice.drawn-up',
  'signature.given',
  'signature.withheld',
  'confirmation.given',
  'confidentiality.checked',
  'checklist.completed',
]);
const OF_NO_ACT: ReadonlySet<string> = new Set([
  'watch.done',
  'zero-report.filed',
  'item.matched',
  'lint.overridden',
  'coverage.entered',
  'adoption.entered',
  'shift.handed-over',
]);
/** What may bear on an act. Found by document, because a year of own items is judged text by text. */
function bearingOn(facts: readonly Fact[]): (act: Fact) => readonly Fact[] {
  const all = facts.filter(f => !OF_NO_ACT.has(f.type));
  const general = all.filter(f => !OF_A_TEXT.has(f.type));
  const byText = new Map<string, Fact[]>();
  for (const fact of all) {
    const document = OF_A_TEXT.has(fact.type) ? documentOf(fact) : undefined;
    if (document === undefined) continue;
    const list = byText.get(document);
    if (list) list.push(fact);
    else byText.set(document, [fact]);
  }
  return act => {
    // An act outside every case that carries a text is held to that text alone: the log there is the longest.
    const document = act.case === undefined ? documentOf(act) : undefined;
    return document === undefined ? all : [...general, ...(byText.get(document) ?? [])];
  };
}

interface Outcome {
  readonly refusals: readonly Refusal[];
  readonly flags: readonly { flag: string; clause: string; missing: readonly string[] }[];
}

function judge(view: View, act: Fact, dutyDone: DutyDone): Outcome {
  const { book } = view;
  const moment = { at: act.at, fact: act };
  const refusals: Refusal[] = [];
  const flags: { flag: string; clause: string; missing: readonly string[] }[] = [];
  let reviewed = false;
  const refuse = (clauses: readonly string[], reason: string, missing: readonly string[], opens?: string): void => {
    for (const clause of clauses) refusals.push({ clause, reason, missing, ...(opens === undefined ? {} : { opens }) });
  };
  for (const approval of book.approvalsOn(act.type)) {
    if (!approval.before.some(p => matches(p, act, view.facts)) || !holds(view, approval.condition, moment)) continue;
    const state = approvalState(view, approval, act);
    if (state) reviewed = true;
    if (state && state.missing.length > 0)
      refuse(
        state.chain.clauses,
        `${approval.name}: this wording has not been signed as the article asks`,
        state.missing,
      );
  }
  for (const gate of book.gatesOn(act.type)) {
    if (!gate.act.some(p => matches(p, act, view.facts)) || !holds(view, gate.condition, moment)) continue;
    if (authorises(gate)) reviewed = true;
    const missing = gateMissing(view, gate, act, dutyDone);
    if (missing.length === 0) continue;
    const [clause = ''] = gate.clauses;
    if (gate.flagInstead !== undefined) flags.push({ flag: gate.flagInstead, clause, missing });
    else refuse(gate.clauses, `${gate.name}: ${gate.needs.map(n => n.text).join(', ')}`, missing, openedForm(gate));
  }
  for (const route of book.routesOn(act.type)) {
    if (!route.when.some(p => matches(p, act, view.facts)) || !holds(view, route.condition, moment)) continue;
    const only = route.onlyBy;
    if (only && !only.some(party => actsFor(view, act.by, party, { at: act.at, trigger: act, strict: true })))
      refuse(
        route.clauses,
        `${route.name}: only ${only.map(partyText).join(' or ')} may send this`,
        only.map(p => `by ${partyText(p)}`),
      );
    const missing = (route.needs ?? []).flatMap(need => unmet(view, need, act, dutyDone));
    if (missing.length > 0)
      refuse(route.clauses, `${route.name}: ${(route.needs ?? []).map(n => n.text).join(', ')}`, missing);
  }
  for (const form of [...book.of('form'), ...book.of('ledger')]) {
    if (!form.completeBefore?.some(p => matches(p, act, view.facts))) continue;
    const missing = missingIn(view, form, moment);
    if (missing.length > 0) refuse(form.clauses, `the form ${form.name} is not complete`, missing);
  }
  refusals.push(...builtInRefusals(view, act));
  if (!reviewed && refusals.length === 0) refusals.push(...routineRefusals(view, act));
  return { refusals: onePerClause(refusals), flags };
}

/** Several rules under one clause hold an act up together: one refusal that says all that is missing. */
function onePerClause(refusals: readonly Refusal[]): readonly Refusal[] {
  const byClause = new Map<string, Refusal>();
  for (const refusal of refusals) {
    const first = byClause.get(refusal.clause);
    byClause.set(
      refusal.clause,
      first
        ? {
            ...first,
            missing: [...new Set([...first.missing, ...refusal.missing])],
            ...(first.opens === undefined && refusal.opens !== undefined ? { opens: refusal.opens } : {}),
          }
        : refusal,
    );
  }
  return [...byClause.values()];
}

/** The form a refusal opens to be filled: the one the pattern names, else the event type itself. */
function openedForm({ onRefusal }: GateRule): string | undefined {
  if (onRefusal?.on !== 'event') return undefined;
  return onRefusal.tests.find(t => t.field.join('.') === 'form' && t.op === 'is')?.values[0] ?? onRefusal.type;
}

/** How an approval stands for an act, or nothing where it is not about the act's text. */
export function approvalState(
  view: View,
  approval: ApprovalRule,
  act: Fact,
): ReturnType<typeof chainState> | undefined {
  const channels = approval.covers['channel'];
  if (channels && !channels.includes(field(act, 'channel') ?? '')) return undefined;
  const own = ownWording(view, act);
  if (!own) return chainState(view, approval, newestWording(view, approval, act.at), act.at, field(act, 'number'));
  const known = own.draft !== undefined || view.facts.about('signature.given', own.document).length > 0;
  // A text that nobody drafted and nobody signed is of no other form: it is held to every approval of this act.
  if (known && !coversDocument(view, approval, own.document, act.at)) return undefined;
  const topics = approval.covers['topic'];
  const topic = own.draft ? field(own.draft, 'topic') : undefined;
  if (topics && topic !== undefined && !topics.includes(topic)) return undefined;
  return chainState(view, approval, own, act.at, field(act, 'number'));
}

const ROLE_TYPES: ReadonlySet<string> = new Set(['role.assigned', 'role.vacated', 'leave.recorded', 'stand-in.named']);
/** Facts that say who holds an office, is away, or stands in. */
export const isRoleFact = ({ type }: { readonly type: string }): boolean => ROLE_TYPES.has(type);

/** The holders of offices as far as the facts of a moment tell; the same answer where nothing changed. */
export function holdersByKnowledge(book: Book, all: FactSet, full: Holders): (known: readonly Fact[]) => Holders {
  const total = all.all.filter(isRoleFact);
  const same = (known: readonly Fact[]): boolean =>
    known.length === total.length && known.every(f => total.includes(f));
  return known => (same(known) ? full : holders(book.org, book.setup, factSet(known)));
}

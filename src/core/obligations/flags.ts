/** Marks that refuse nothing: who signed or graded without holding the office, what was entered late, what went out uncovered. */
import { showInstant, type Instant } from '#core/calendar';
import type { ApprovalRule, GradesRule } from '#core/rulebook';
import { anySignature, approverSigned, SPEAKING } from './built-in.ts';
import { chainFor } from './chains.ts';
import { holderOf, holdsCapacity } from './capacities.ts';
import { field, listOf, type Fact } from './facts.ts';
import type { FlagLine } from './lines.ts';
import { matches } from './match.ts';
import { actsFor } from './parties.ts';
import { coversDocument, approvalByFit } from './texts.ts';
import type { View } from './view.ts';

const inCase = (view: View): { case?: string } => (view.caseKey === undefined ? {} : { case: view.caseKey });
const flag = (view: View, name: string, clause: string, fact: Fact, reason: string): FlagLine => ({
  line: 'flag',
  flag: name,
  clause,
  event: fact.id,
  ...inCase(view),
  reason,
});

/** Everything of one case (or outside cases) that is marked. `all` holds refused acts too. */
export function caseFlags(view: View, all: readonly Fact[], toleranceMs: number): readonly FlagLine[] {
  return [
    ...signatureFlags(view),
    ...gradeFlags(view),
    ...riskFlags(view),
    ...uncoveredFlags(view),
    ...foundFlags(view),
    ...entryFlags(view, all, toleranceMs),
  ];
}

/** The approval a signed document falls under, for the clause of a mark. */
function approvalFor(view: View, signature: Fact): ApprovalRule | undefined {
  const document = String(signature.data['document']);
  const as = String(signature.data['as']);
  const about = view.book.of('approval').filter(a => coversDocument(view, a, document, signature.at));
  const asks = (a: ApprovalRule): boolean =>
    [...a.steps, ...(a.byTopic ?? []).flatMap(t => t.steps)].some(step => step.includes(as));
  return (
    about.find(asks) ?? about[0] ?? approvalByFit(view, document, signature.at) ?? view.book.of('approval').find(asks)
  );
}

function signatureFlags(view: View): FlagLine[] {
  const flags: FlagLine[] = [];
  const confirmed = new Set(view.facts.of('signature.confirmed').map(f => String(f.data['signature'])));
  for (const signature of view.facts.of('signature.given')) {
    const approval = approvalFor(view, signature);
    const clause = approval ? (chainFor(view, approval, undefined, signature.at).clauses[0] ?? '') : 'HC-63';
    if (!holdsCapacity(view, signature))
      flags.push(
        flag(
          view,
          'wrong-signer',
          clause,
          signature,
          `${signature.by.unit}/${signature.by.role} does not hold the capacity ${String(signature.data['as'])}`,
        ),
      );
    if (signature.data['oral'] === true && !confirmed.has(signature.id))
      flags.push(flag(view, 'oral-unconfirmed', clause, signature, 'approved by word of mouth, not confirmed yet'));
    const twin = overlapping(view, signature);
    if (twin)
      flags.push(
        flag(
          view,
          'overlap-signer',
          clause,
          signature,
          `the same person signed as ${String(twin.data['as'])} (${twin.id})`,
        ),
      );
  }
  return flags;
}

/** An earlier signature under the same wording by the same person in another capacity. */
function overlapping(view: View, signature: Fact): Fact | undefined {
  const person = signature.data['oral'] === true ? undefined : holderOf(view, signature);
  if (typeof person !== 'string') return undefined;
  return view.facts
    .about('signature.given', String(signature.data['document']))
    .find(
      s =>
        s !== signature &&
        (s.at < signature.at || (s.at === signature.at && s.seq < signature.seq)) &&
        s.data['textHash'] === signature.data['textHash'] &&
        s.data['as'] !== signature.data['as'] &&
        holderOf(view, s) === person,
    );
}

/** Grades with neither a ticked criterion nor all the factors the scale names; grades set by another office than the one that decides. */
function gradeFlags(view: View): FlagLine[] {
  const flags: FlagLine[] = [];
  for (const fact of view.facts.of('classification.set')) {
    const rules = view.book.of('grades').filter(g => g.name === fact.data['scale']);
    const asking = rules.filter(g => g.factors.length > 0 || g.criteria.length > 0);
    if (asking.length > 0 && !isGrounded(fact, asking))
      flags.push(
        flag(
          view,
          'ungrounded-grade',
          asking[0]?.clauses[0] ?? '',
          fact,
          'neither a criterion ticked nor every factor noted',
        ),
      );
    const deciding = rules.find(g => g.decides !== undefined);
    if (deciding?.decides && !actsFor(view, fact.by, deciding.decides, { at: fact.at, trigger: fact }))
      flags.push(
        flag(
          view,
          'wrong-decider',
          deciding.clauses[0] ?? '',
          fact,
          `${fact.by.unit}/${fact.by.role} does not decide this scale`,
        ),
      );
  }
  return flags;
}
function isGrounded(fact: Fact, rules: readonly GradesRule[]): boolean {
  if (listOf(fact.data['criteria']).length > 0) return true;
  const noted = fact.data['factors'];
  const factors = typeof noted === 'object' && noted !== null ? (noted as Readonly<Record<string, unknown>>) : {};
  return rules.some(
    g =>
      g.factors.length > 0 &&
      g.factors.every(name => factors[name] !== undefined && factors[name] !== null && factors[name] !== ''),
  );
}

/** A decision proposed without its risks assessed. */
function riskFlags(view: View): FlagLine[] {
  return view.book.of('risk').flatMap(rule => {
    const { starts } = rule;
    if (starts?.on !== 'event' || rule.flag === undefined) return [];
    const name = rule.flag;
    return view.facts.of(starts.type).flatMap(fact => {
      if (!matches(starts, fact, view.facts)) return [];
      const assessed = view.facts
        .of('risk.assessed')
        .filter(a => fact.data['decision'] === undefined || a.data['decision'] === fact.data['decision']);
      const filled = assessed.some(a =>
        rule.fields.every(f => a.data[f] !== undefined && listOf(a.data[f]).join('') !== ''),
      );
      return filled ? [] : [flag(view, name, rule.clauses[0] ?? '', fact, 'its risks have not been assessed')];
    });
  });
}

/** What a gate let pass although nobody's signature stands behind the text. */
function uncoveredFlags(view: View): FlagLine[] {
  const flags: FlagLine[] = [];
  for (const type of SPEAKING)
    for (const act of view.facts.of(type)) {
      if (act.type === 'press-event.held') continue;
      if (anySignature(view, act) || approverSigned(view, act)) continue;
      flags.push(
        flag(
          view,
          'uncovered-publication',
          view.book.approvalsOn(type)[0]?.clauses[0] ?? 'HC-63',
          act,
          'no signature stands behind this text',
        ),
      );
    }
  return flags;
}

/** An answer given outside the procedure: never refused, marked under each breach that speaks of it. */
function foundFlags(view: View): FlagLine[] {
  const rules = view.book.of('breach').filter(b => b.from.some(source => source.publicationFound));
  return view.facts.of('publication.found').flatMap(fact =>
    (rules.length > 0 ? rules.map(r => r.clauses[0] ?? '') : ['HC-63']).map(clause => ({
      ...flag(view, 'unauthorised-publication', clause, fact, 'an answer outside the procedure'),
      unit: String(fact.data['unit']),
    })),
  );
}

/** Facts that happen outside: when they are entered is when we learn of them, not late entry. */
const LEARNED: ReadonlySet<string> = new Set(['incident.occurred', 'information.arose']);

function entryFlags(view: View, all: readonly Fact[], toleranceMs: number): FlagLine[] {
  const flags: FlagLine[] = [];
  const { offsetMinutes } = view.book.calendar;
  for (const fact of all) {
    if (fact.rec - fact.at > toleranceMs && !LEARNED.has(fact.type)) {
      const reason = fact.event.lateEntryReason;
      flags.push(
        flag(
          view,
          'late-entry',
          'DR-7',
          fact,
          `entered ${showInstant(fact.rec, offsetMinutes)} for ${showInstant(fact.at, offsetMinutes)}${reason === undefined ? ', no reason given' : `: ${reason}`}`,
        ),
      );
    } else if (fact.type === 'first-public-item.fixed' && movesLater(view, fact))
      flags.push(flag(view, 'late-entry', 'HC-42', fact, 'the first public item was moved to a later time by hand'));
  }
  return flags;
}

const movesLater = (view: View, fixed: Fact): boolean => {
  const before: Instant[] = view.facts
    .of('finding.recorded')
    .filter(f => f.rec <= fixed.rec && field(f, 'publishedAt') !== undefined)
    .map(f => Date.parse(String(f.data['publishedAt'])));
  return before.length > 0 && Date.parse(String(fixed.data['publishedAt'])) > Math.min(...before);
};

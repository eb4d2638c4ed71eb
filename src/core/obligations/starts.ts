/**
 * How a duty starts: each trigger, each member, the first instant at which the condition holds, and the anchor its limit
 * is counted from, also when a grade was raised meanwhile (DR-8) or lowered again (DR-9).
 */
import type { Instant } from '#core/calendar';
import type { Anchor, Condition, DutyRule, Pattern } from '#core/rulebook';
import { anchorValue, sinceOf, type AnchorContext } from './anchors.ts';
import { changeAt, changePoints, holds, scalesOf, valuedBefore } from './condition.ts';
import type { Fact } from './facts.ts';
import { isValid } from './discharge.ts';
import { matches } from './match.ts';
import { membersOf, type Member } from './members.ts';
import { isLate, type AnchorValue, type Owed, type Trigger } from './owed.ts';
import { opening, type View } from './view.ts';

/** A span of time in which the condition held. */
export interface Phase {
  readonly from: Instant;
  readonly to?: Instant;
  /** The classification that ended it. */
  readonly endedBy?: Fact;
  readonly anchor: AnchorValue;
  readonly raised: boolean;
  /** The facts whose entry made it known. */
  readonly made: readonly Fact[];
}
export interface Start {
  readonly trigger: Trigger;
  readonly member: Member;
  readonly phases: readonly [Phase, ...Phase[]];
}
export interface StartContext {
  readonly view: View;
  readonly owedOf: (name: string) => readonly Owed[];
  readonly inForce: Instant;
  /** Findings that are another sighting of a known one. */
  readonly folded: ReadonlyMap<string, string>;
  /** A finding that was put aside, and by what. */
  readonly dismissed: ReadonlyMap<string, Fact>;
}

/** Types that start one duty for each of them; all others start one for the case. */
const PER_TRIGGER =
  /^(?:instruction\.|notice\.|press-event\.|decision\.|transfer\.)|^(?:media\.called|report\.received|proposal\.made|trend\.noted|risk\.reviewed|publication\.made)$/;
export function perOf(rule: DutyRule, trigger: Trigger): 'case' | 'trigger' | 'standing' {
  if (rule.per !== undefined) return rule.per;
  return trigger.fact !== undefined &&
    rule.starts.some(p => p.on === 'event' && p.type === trigger.fact?.type) &&
    PER_TRIGGER.test(trigger.fact.type)
    ? 'trigger'
    : 'case';
}

const ofFact = (fact: Fact, text: string): Trigger => ({ at: fact.at, rec: fact.rec, seq: fact.seq, fact, text });

/** Everything that starts a duty of this rule in the case, in order. */
export function triggersOf(context: StartContext, starts: readonly Pattern[]): Trigger[] {
  const { view, owedOf } = context;
  const found = new Map<string, Trigger>();
  for (const pattern of starts) {
    if (pattern.on === 'event')
      for (const fact of view.facts.of(pattern.type)) {
        if (matches(pattern, fact, view.facts) && isValid(view, fact)) found.set(fact.id, ofFact(fact, pattern.type));
      }
    else if (pattern.on === 'case-opening') {
      const fact = view.caseKey === undefined ? undefined : opening(view);
      if (fact) found.set(`opening ${fact.id}`, ofFact(fact, 'case-opening'));
    } else if (pattern.on !== 'standing')
      for (const [i, owed] of owedOf(pattern.duty).entries()) {
        const trigger = stateTrigger(pattern.on, owed);
        if (trigger) found.set(`${pattern.on} ${pattern.duty} ${i}`, trigger);
      }
  }
  return [...found.values()]
    .filter(t => t.at >= context.inForce)
    .toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq);
}

/** The moment a duty was done, or passed its due time. */
function stateTrigger(on: 'done' | 'late' | 'missed', owed: Owed): Trigger | undefined {
  if (owed.whole || owed.state === 'replaced') return undefined;
  const text = `${on} ${owed.name}`;
  if (on === 'done') {
    const last = owed.met?.facts.at(-1);
    if (!owed.met || (owed.state !== 'done' && owed.state !== 'done-late')) return undefined;
    return { at: owed.met.at, rec: owed.met.rec, seq: last?.seq ?? 0, of: owed, text, ...(last ? { fact: last } : {}) };
  }
  const reached = on === 'late' ? isLate(owed) : owed.state === 'missed';
  const at = owed.due.at;
  return reached && at !== null ? { at, rec: Math.max(at, owed.bornAt), seq: 0, of: owed, text } : undefined;
}

/** All starts of a duty in one case: one for each member, and for each trigger where the rule says so. */
export function startsOf(context: StartContext, rule: DutyRule): Start[] {
  const { view, folded, dismissed } = context;
  const anchor = chosenAnchor(view, rule);
  const perCase = new Map<string, Start>();
  const all = new Map<string, Start[]>();
  const each: Start[] = [];
  for (const trigger of triggersOf(context, rule.starts)) {
    const per = view.caseKey === undefined ? 'trigger' : perOf(rule, trigger);
    if (trigger.fact && folded.has(trigger.fact.id) && (per === 'trigger' || view.caseKey === undefined)) continue;
    for (const member of membersOf(view, rule, trigger)) {
      const key = member.unit ?? '';
      const kept = perCase.get(key);
      const aside = kept?.trigger.fact !== undefined && dismissed.has(kept.trigger.fact.id);
      const start = startFor(context, rule, anchor, trigger, member);
      if (start === undefined) continue;
      if (per !== 'trigger') all.set(key, [...(all.get(key) ?? []), start]);
      if (per === 'trigger') each.push(start);
      else if (kept === undefined || aside || start.phases[0].from < kept.phases[0].from) perCase.set(key, start);
    }
  }
  const standing = (start: Start): boolean => start.trigger.fact === undefined || !dismissed.has(start.trigger.fact.id);
  const once = [...perCase].map(([key, start]) => alsoStarted(rule, start, (all.get(key) ?? []).filter(standing)));
  return [...once, ...each].toSorted((a, b) => a.phases[0].from - b.phases[0].from || a.trigger.seq - b.trigger.seq);
}

/** A classification that starts something is its condition as well, where the rule states none: lowered, it ends (DR-9). */
export function gradeOf(starts: readonly Pattern[], fact: Fact | undefined, view: View): Condition | undefined {
  if (fact?.type !== 'classification.set') return undefined;
  for (const pattern of starts) {
    if (pattern.on !== 'event' || !matches(pattern, fact, view.facts)) continue;
    const named = (name: string): readonly string[] | undefined =>
      pattern.tests.find(t => t.field.length === 1 && t.field[0] === name && t.op === 'is')?.values;
    const [scale, ...more] = named('scale') ?? [];
    const values = named('value');
    return scale === undefined || more.length > 0 || values === undefined ? undefined : { [scale]: values };
  }
  return undefined;
}

/** A duty of the case that a grade began and something else as well: lowered, it goes on for the other, or begins with it again. */
function alsoStarted(rule: DutyRule, start: Start, all: readonly Start[]): Start {
  const last = start.phases.at(-1);
  if (rule.condition !== undefined || last?.to === undefined) return start;
  const until = last.to;
  const others = all
    .filter(s => s.trigger.fact?.type !== 'classification.set')
    .toSorted((a, b) => a.phases[0].from - b.phases[0].from);
  if (others.some(s => s.phases[0].from <= until)) {
    const { to: _to, endedBy: _endedBy, ...open } = last;
    const [first, ...rest] = [...start.phases.slice(0, -1), open];
    return first ? { ...start, phases: [first, ...rest] } : start;
  }
  const [later] = others;
  return later ? { ...start, phases: [...start.phases, ...later.phases] } : start;
}

/** The classification that ended what a grade began, if its value is another by now. */
export function lowered(view: View, starts: readonly Pattern[], now: Instant): Fact | undefined {
  let ended: Fact | undefined;
  let wanted: Condition | undefined;
  for (const fact of view.facts.of('classification.set')) {
    if (fact.at > now) break;
    const own = gradeOf(starts, fact, view);
    if (own) [wanted, ended] = [own, undefined];
    else if (wanted && ended === undefined && String(fact.data['scale']) in wanted) ended = fact;
  }
  return ended;
}

/** The anchor the rule or the chosen reading of its switch names, and whether a reading replaced the rule's own. */
export function chosenAnchor(
  view: View,
  rule: DutyRule,
): { readonly anchor: Anchor; readonly reading?: string; readonly own: boolean } {
  const readings = rule.readings;
  if (!readings) return { anchor: rule.from, own: true };
  const names = Object.keys(readings);
  const chosen = view.book.switched(rule.switch) ?? names[0];
  const anchor = chosen === undefined ? undefined : readings[chosen];
  return anchor === undefined || chosen === undefined
    ? { anchor: rule.from, own: true }
    : { anchor, reading: `${rule.switch ?? 'switch'}: ${chosen}`, own: chosen === names[0] };
}

function startFor(
  context: StartContext,
  rule: DutyRule,
  { anchor, reading, own }: ReturnType<typeof chosenAnchor>,
  trigger: Trigger,
  member: Member,
): Start | undefined {
  const { view } = context;
  const condition = rule.condition ?? gradeOf(rule.starts, trigger.fact, view);
  const begins = Math.max(trigger.at, member.joined?.at ?? trigger.at);
  const phases: Phase[] = [];
  const holdsAt = (at: Instant, before = false): boolean =>
    holds(view, condition, { at, before, ...(trigger.fact ? { fact: trigger.fact } : {}) });
  const add = (from: Instant): void => {
    const at: AnchorContext = { trigger, member, each: rule.each, condition, becameTrue: from, owedOf: context.owedOf };
    const changes = condition ? changeAt(view, condition, from) : [];
    const raised =
      condition !== undefined && changes.length > 0 && valuedBefore(view, condition, from) && !holdsAt(from, true);
    const value = raised ? raisedValue(view, rule, anchor, own, at, changes) : anchorValue(view, anchor, at);
    if (value === undefined) return;
    const made = [
      ...(trigger.fact ? [trigger.fact] : []),
      ...(from > trigger.at ? changes : []),
      ...(member.joined && member.joined.at > trigger.at ? [member.joined] : []),
    ];
    phases.push({
      from,
      anchor: reading === undefined ? value : { ...value, readings: [...value.readings, reading] },
      raised,
      made,
    });
  };
  if (condition === undefined) add(begins);
  else {
    let on = holdsAt(begins);
    if (on) add(begins);
    for (const point of changePoints(view, condition)) {
      if (point <= begins) continue;
      const now = holdsAt(point);
      if (now && !on) add(point);
      if (!now && on) {
        const change = changeAt(view, condition, point)[0];
        // Only a classification lowers: a mark that comes and goes otherwise leaves the duty as it is.
        const last = phases.at(-1);
        if (change && last) phases[phases.length - 1] = { ...last, to: point, endedBy: change };
        if (!change && scalesOf(condition).length > 0) continue;
      }
      on = now;
    }
  }
  const [first, ...rest] = phases;
  return first && { trigger, member, phases: [first, ...rest] };
}

/** DR-8: what a raise does to the anchor. */
function raisedValue(
  view: View,
  rule: DutyRule,
  anchor: Anchor,
  own: boolean,
  context: AnchorContext,
  changes: readonly Fact[],
): AnchorValue | undefined {
  const decision = changes[0];
  const mode = (own ? rule.onRaise : undefined) ?? onRaiseByAnchor(anchor);
  if (mode === 'keep' || decision === undefined) return anchorValue(view, anchor, context);
  const fromDecision: AnchorValue = {
    name: 'decision',
    at: context.becameTrue,
    from: decision,
    readings: ['DR-8'],
    note: 'raised: counted from the decision',
  };
  if (mode === 'from decision') return fromDecision;
  const since = sinceOf(changes);
  if (since === undefined) return fromDecision;
  const kept = anchorValue(view, { kind: 'derived', name: 'occurrence' }, context);
  return kept && { ...kept, readings: ['DR-8'] };
}

function onRaiseByAnchor(anchor: Anchor): 'from decision' | 'from since' | 'keep' {
  if (anchor.kind === 'trigger') return 'from decision';
  if (anchor.kind !== 'derived') return 'keep';
  if (anchor.name === 'occurrence') return 'from since';
  return anchor.name === 'discovery' || anchor.name === 'grading' ? 'from decision' : 'keep';
}

/** The duties of one case: each rule's starts, settled. Rules that speak of other rules (done, late, before) wait for them. */
import type { Instant } from '#core/calendar';
import type { DutyRule, Party } from '#core/rulebook';
import { holds } from './condition.ts';
import { discharged, occurrences, sameThing, type Discharged, type Wanted } from './discharge.ts';
import { add, dueTime, isPast, localLimit } from './due.ts';
import { recipientsOf } from './recipients.ts';
import { endingOf } from './endings.ts';
import { field, type Correction, type Fact } from './facts.ts';
import { matches, patternText } from './match.ts';
import type { DueTime, LocalTarget, Met, Owed } from './owed.ts';
import { actsFor, roleText, unitsOfParty } from './parties.ts';
import { settle, settledDue, type Ending, type KnownDue, type Settled } from './settle.ts';
import { perOf, startsOf, type Phase, type Start, type StartContext } from './starts.ts';
import { knownDues } from './knowledge.ts';
import type { View } from './view.ts';

export interface CaseContext extends StartContext {
  readonly now: Instant;
  readonly corrections: readonly Correction[];
  /** The accepted facts before corrections, to see what was known when. */
  readonly raw: readonly Fact[];
  /** When this case became part of another. */
  readonly joined: Fact | undefined;
  /** Minutes after which an entry counts as late. */
  readonly toleranceMs: number;
}

/** All rows of one duty in the case. */
export function dutyRows(context: CaseContext, rule: DutyRule): readonly Owed[] {
  const { view } = context;
  const starts = startsOf(context, rule);
  const rows: Owed[] = [];
  const used = new Set<string>();
  for (const start of starts) {
    const perTrigger = view.caseKey === undefined || perOf(rule, start.trigger) === 'trigger';
    // A trigger that discharges an open instance of the same duty starts no new one.
    if (
      perTrigger &&
      start.trigger.fact &&
      rows.some(row => row.unit === start.member.unit && takesUp(view, rule, row, start.trigger.fact as Fact))
    )
      continue;
    const row = settleStart(context, rule, start, perTrigger, used);
    if (!row) continue;
    for (const fact of row.met?.facts ?? [])
      if (perTrigger && sameThing(start.trigger.fact, fact) === undefined) used.add(fact.id);
    rows.push(row);
  }
  return rows;
}

/** Whether an earlier row was open when this fact came, and the fact is part of what it waited for. */
function takesUp(view: View, rule: DutyRule, row: Owed, fact: Fact): boolean {
  if (row.trigger?.fact === undefined || row.trigger.fact === fact || sameThing(row.trigger.fact, fact) === false)
    return false;
  if (row.met && (row.met.at < fact.at || !row.met.facts.includes(fact))) return false;
  if (fact.at < row.anchor.at) return false;
  return rule.done.patterns.some(p => matches(p, fact, view.facts));
}

function settleStart(
  context: CaseContext,
  rule: DutyRule,
  start: Start,
  perTrigger: boolean,
  used: ReadonlySet<string>,
): Owed | undefined {
  const { view } = context;
  const { trigger, member } = start;
  const limitOf = (phase: Phase): DueTime => phaseDue(context, rule, start, phase);
  const history = knownDues(context, rule, start, limitOf);
  const bornAt = history[0].knownFrom;
  const since = Math.min(...history.map(h => h.anchor.at), ...start.phases.map(p => p.anchor.at));
  const wanted: Wanted = { rule, trigger, member: member.unit, since, perTrigger, used };
  const settled = rule.until ? undefined : settlePhases(context, rule, start, history, wanted, limitOf);
  const looped = rule.until ? settleLoop(context, rule, start, history, wanted) : undefined;
  const outcome = settled ?? looped;
  if (!outcome) return undefined;
  const { state } = outcome.settled;
  const discharge = outcome.discharge;
  const party = debtor(rule);
  const { anchor, due, met } = outcome.settled;
  const cause = bornLate(context, start, anchor, due, bornAt);
  const local = localTarget(context, rule, anchor.at, met);
  const missing =
    met === undefined && discharge.missing.length > 0 && discharge.counted.length + (rule.with?.length ?? 0) > 0
      ? discharge.missing
      : undefined;
  const { endedAt, endedBy, lateAt } = outcome.settled;
  const row: { -readonly [K in keyof Owed]: Owed[K] } = {
    clause: rule.clauses[0] ?? '',
    name: rule.name,
    kind: 'duty',
    case: view.caseKey,
    unit: member.unit,
    role: roleText(view, party, { at: context.now, trigger: trigger.fact, member: member.unit }),
    trigger,
    anchor,
    bornAt,
    due,
    limit: rule.within,
    state,
    wanted: rule.done.patterns.map(patternText),
    steps: NOTHING,
    readings:
      member.unit === undefined ? view.book.notesAbout(rule.name) : [...view.book.notesAbout(rule.name), 'DR-10'],
    basis: NOTHING,
  };
  if (met) row.met = met;
  if (endedAt !== undefined) row.endedAt = endedAt;
  if (endedBy !== undefined) row.endedBy = endedBy;
  if (lateAt !== undefined) row.lateAt = lateAt;
  if (cause) row.cause = cause;
  if (local) row.local = local;
  if (discharge.recipients && discharge.recipients.length > 0) row.recipients = discharge.recipients;
  if (outcome.rounds !== undefined) row.rounds = outcome.rounds;
  if (discharge.standIn !== undefined && met) row.standIn = discharge.standIn;
  if (missing) row.missing = missing;
  return row;
}
const NOTHING: readonly string[] = [];

/** Who is shown as owing: the first party of the list. */
const debtor = (rule: DutyRule): Party | undefined => rule.who[0];

function phaseDue(context: CaseContext, rule: DutyRule, start: Start, phase: Phase): DueTime {
  const { view } = context;
  const other =
    rule.within.kind === 'before'
      ? context
          .owedOf(rule.within.duty)
          .find(
            o => !o.whole && (o.unit === undefined || start.member.unit === undefined || o.unit === start.member.unit),
          )
      : undefined;
  const ordered = start.trigger.fact && field(start.trigger.fact, 'dueAt');
  const filled =
    rule.gapFills &&
    holds(view, rule.gapFills.when, { at: phase.from, ...(start.trigger.fact ? { fact: start.trigger.fact } : {}) });
  return dueTime(view, rule.within, phase.anchor.at, {
    unit: start.member.unit ?? firstUnit(view, rule, start.trigger),
    basis: filled ? 'gap-filled' : 'rule',
    orderedAt: ordered === undefined ? undefined : Date.parse(ordered),
    other,
  });
}
/** Whose office hours count: those of the unit that owes it, as far as one is named when it starts. */
const firstUnit = (view: View, rule: DutyRule, { at, fact }: Start['trigger']): string | undefined => {
  const [party] = rule.who;
  if (party === undefined || party.party === 'unit-kind') return undefined;
  return unitsOfParty(view, party, { at, trigger: fact })[0];
};

interface Outcome {
  readonly settled: Settled;
  readonly discharge: Discharged;
  readonly rounds?: number;
}

/** Phase after phase: lowered, it is lifted; raised again, the tighter of the due times holds. */
function settlePhases(
  context: CaseContext,
  rule: DutyRule,
  start: Start,
  history: readonly [KnownDue, ...KnownDue[]],
  wanted: Wanted,
  limitOf: (phase: Phase) => DueTime,
): Outcome {
  const { view, now } = context;
  const discharge = discharged(view, wanted);
  const ended = endingOf(context, rule, start);
  let current: KnownDue = settledDue(history, discharge.met);
  let outcome: Settled | undefined;
  for (const [i, phase] of start.phases.entries()) {
    if (i > 0) {
      const due = limitOf(phase);
      // What was lifted before it was due and has run out since is owed no longer: it cannot be late for the new grade.
      const ranOut = isPast(current.due, phase.from);
      const tighter = !ranOut && (due.at === null || (current.due.at !== null && current.due.at <= due.at));
      if (!tighter) current = { knownFrom: phase.from, anchor: phase.anchor, due };
      else if (current.due.at === null) current = { knownFrom: phase.from, anchor: phase.anchor, due };
    }
    const lowered: Ending | undefined =
      rule.onLower === 'cancel-not-due' && phase.to !== undefined && phase.endedBy
        ? { at: phase.to, by: phase.endedBy }
        : undefined;
    const ending = ended && (lowered === undefined || ended.at < lowered.at) ? ended : lowered;
    outcome = settle(current, discharge.met, ending, now);
    if (outcome.state !== 'lifted' || ending === ended) break;
  }
  return { settled: outcome ?? settle(current, discharge.met, ended, now), discharge };
}

/** A duty that repeats until something ends it: never late; done at the end if it happened at least once. */
function settleLoop(
  context: CaseContext,
  rule: DutyRule,
  start: Start,
  history: readonly [KnownDue, ...KnownDue[]],
  wanted: Wanted,
): Outcome {
  const { view, now } = context;
  const current = settledDue(history, undefined);
  const { anchor, due } = current;
  const end = rule.until === undefined ? undefined : endOfLoop(context, rule, start, anchor.at);
  const ended = endingOf(context, rule, start);
  const lowered = start.phases[0].to !== undefined && start.phases.length === 1 ? start.phases[0] : undefined;
  const stop = [
    ...(end ? [{ at: end.at, by: end, met: true }] : []),
    ...(ended ? [{ ...ended, met: false }] : []),
    ...(lowered?.to !== undefined && lowered.endedBy && rule.onLower === 'cancel-not-due'
      ? [{ at: lowered.to, by: lowered.endedBy, met: false }]
      : []),
  ].toSorted((a, b) => a.at - b.at)[0];
  const all = occurrences(view, wanted).filter(f => stop === undefined || f.at <= stop.at);
  const discharge: Discharged = { counted: all, missing: [], ...reached(rule, all) };
  const rounds = all.length;
  if (stop === undefined || stop.at > now) return { settled: { anchor, due, state: 'open' }, discharge, rounds };
  if (!stop.met || rounds === 0)
    return { settled: { anchor, due, state: 'lifted', endedAt: stop.at, endedBy: stop.by }, discharge, rounds };
  const met: Met = {
    at: stop.at,
    rec: Math.max(stop.by.rec, ...all.map(f => f.rec)),
    facts: [...all.filter(f => f !== stop.by), stop.by],
  };
  return { settled: { anchor, due, state: 'done', met }, discharge, rounds };
}

const reached = (rule: DutyRule, facts: readonly Fact[]): Pick<Discharged, 'recipients'> =>
  rule.to === undefined ? {} : { recipients: rule.to.map(to => ({ to, ...firstTo(to, facts) })) };
const firstTo = (to: string, facts: readonly Fact[]): { at?: Instant } => {
  const first = facts.find(f => recipientsOf(f).includes(to));
  return first ? { at: first.at } : {};
};

/** The event that ends a loop, or its closing by a named office with a reason. */
function endOfLoop(context: CaseContext, rule: DutyRule, start: Start, from: Instant): Fact | undefined {
  const { view } = context;
  const { until, orClose } = rule;
  const ends =
    until?.on === 'event' ? view.facts.of(until.type).filter(f => f.at >= from && matches(until, f, view.facts)) : [];
  const own = ends.find(f => sameThing(start.trigger.fact, f) !== false);
  const closed =
    orClose === undefined
      ? undefined
      : view.facts
          .of('case.closed')
          .find(
            f =>
              f.at >= from &&
              actsFor(view, f.by, orClose.by, { at: f.at, trigger: start.trigger.fact, member: start.member.unit }),
          );
  return [own, closed].filter((f): f is Fact => f !== undefined).toSorted((a, b) => a.at - b.at)[0];
}

/** Why it was late when it was born (DR-7): learned late, or only entered late. */
function bornLate(context: CaseContext, start: Start, anchor: AnchorOf, due: DueTime, bornAt: Instant): Owed['cause'] {
  const { view, toleranceMs } = context;
  const made = start.phases[0].made;
  const happened = Math.max(start.trigger.at, ...made.map(f => f.at));
  const source = anchor.from;
  const learned = source && LEARNED_WHEN_ENTERED.has(source.type) ? source.rec : undefined;
  if (due.at === null)
    return made.some(f => !LEARNED_WHEN_ENTERED.has(f.type) && f.rec - f.at > toleranceMs) ? 'late-entry' : undefined;
  if (!isPast(due, bornAt)) return undefined;
  if (learned !== undefined && isPast(due, learned)) return 'late-discovery';
  // Learned in time: late because it was classed late, or because the class was entered late.
  if (learned !== undefined) return isPast(due, happened) ? undefined : 'late-entry';
  const found = ['finding.recorded', 'media.called', 'agency-report.received']
    .flatMap(type => view.facts.of(type))
    .toSorted((a, b) => a.at - b.at)[0];
  if (found && isPast(due, found.at)) return 'late-discovery';
  if (!isPast(due, happened)) return 'late-entry';
  // Nobody could grade or open before the finding had been entered.
  if (source && source.rec - source.at > toleranceMs && isPast(due, source.rec)) return 'late-entry';
  return found === undefined ? 'late-discovery' : undefined;
}
type AnchorOf = Owed['anchor'];
/** Facts that happen outside: their entry is when the institution learned of them. */
const LEARNED_WHEN_ENTERED: ReadonlySet<string> = new Set(['incident.occurred', 'information.arose']);

/** A target the institution has set itself; shown, never a breach. */
function localTarget(
  context: CaseContext,
  rule: DutyRule,
  from: Instant,
  met: Met | undefined,
): LocalTarget | undefined {
  const { view, now } = context;
  if (rule.local === undefined || rule.until !== undefined) return undefined;
  const limit = localLimit(view, rule.local);
  if (!limit) return undefined;
  const due = add(view, from, limit.n, limit.unit);
  const past = (at: Instant): boolean => (due.dueKind === 'date' ? at >= due.dueAt : at > due.dueAt);
  const state = met ? (past(met.at) ? 'over' : 'inside') : past(now) ? 'over' : 'open';
  return { startedAt: from, dueAt: due.dueAt, ...(due.dueOn === undefined ? {} : { dueOn: due.dueOn }), state };
}

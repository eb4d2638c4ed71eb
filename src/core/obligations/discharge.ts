/**
 * What meets a duty: events of the wanted kind, by somebody who owes it or is named for it, about the same thing, with
 * everything that must go along, to everybody who must have it. The last one needed counts.
 */
import type { Instant } from '#core/calendar';
import { ACTS } from '#core/log';
import type { DutyRule, Party, Pattern } from '#core/rulebook';
import { field, inOrder, type Fact } from './facts.ts';
import { matches, patternText } from './match.ts';
import type { Met, Recipient, Trigger } from './owed.ts';
import { actsFor, namedFor, unitsOfParty, type PartyContext } from './parties.ts';
import { allAsked, allReceived, answersAsks, metBy } from './answers.ts';
import { brings, signedBy } from './brings.ts';
import { recipientsOf, wantedRecipients } from './recipients.ts';
import { SPEAKING } from './built-in.ts';
import { holdsCapacity } from './capacities.ts';
import type { View } from './view.ts';

export interface Wanted {
  readonly rule: DutyRule;
  readonly trigger: Trigger;
  readonly member: string | undefined;
  /** Nothing that happened before this counts. */
  readonly since: Instant;
  /** Nothing that happened at or after this counts (a duty that was ended). */
  readonly before?: Instant;
  /** Whether each instance belongs to its own trigger. */
  readonly perTrigger: boolean;
  /** Events that another instance of the rule has used up. */
  readonly used?: ReadonlySet<string>;
}
export interface Discharged {
  readonly met?: Met;
  readonly recipients?: readonly Recipient[];
  readonly missing: readonly string[];
  /** Everything that counted towards it, met or not. */
  readonly counted: readonly Fact[];
  readonly standIn?: string;
}

/** Events by which one side says it has what another sent: they count for the sender. */
const isReceipt = (type: string): boolean => type.endsWith('.received') || type.endsWith('.returned');
/** Fields by which one event answers another of the same thing. */
const SHARED_KEYS = ['instruction', 'notice', 'document', 'event', 'decision', 'dispute', 'risk', 'mechanism'];
/** Fields that hold the id of the event answered. */
const ANSWERS: Readonly<Record<string, string>> = {
  transfer: 'transfer.made',
  assignment: 'assignment.made',
  report: 'report.made',
  publication: 'publication.made',
  finding: 'finding.recorded',
};

/** True: about the trigger's thing; false: about another; undefined: it does not say. */
export function sameThing(trigger: Fact | undefined, fact: Fact): boolean | undefined {
  if (trigger === undefined || trigger.id === fact.id) return trigger === undefined ? undefined : true;
  let said: boolean | undefined;
  for (const key of SHARED_KEYS) {
    const own = trigger.data[key];
    const other = fact.data[key];
    if (own === undefined || other === undefined) continue;
    if (own !== other) return false;
    said = true;
  }
  const [number, form] = [field(fact, 'number'), field(fact, 'form')];
  if (
    number !== undefined &&
    field(trigger, 'number') !== undefined &&
    (form === undefined || form === field(trigger, 'form'))
  ) {
    if (number !== field(trigger, 'number')) return false;
    said = true;
  }
  for (const [key, type] of Object.entries(ANSWERS)) {
    if (trigger.type !== type || fact.data[key] === undefined) continue;
    if (fact.data[key] !== trigger.id) return false;
    said = true;
  }
  return said;
}

/** Whether the member of `each` is the one who owes, or the one addressed. */
function memberOwes(view: View, rule: DutyRule, member: string): boolean {
  const { each } = rule;
  return rule.who.some(party => {
    if (party.party === 'relation') return each?.party === 'relation' && each.relation === party.relation;
    if (party.party === 'unit-kind') return party.unitKind === view.book.org.kindOf(member);
    if (party.party === 'role') {
      const homes = view.book.org.unitsWithRole(party.role);
      return homes.length === 0 || homes.includes(member);
    }
    return party.unit === member;
  });
}

function byDebtor(view: View, wanted: Wanted, fact: Fact): boolean {
  const { rule, member, trigger } = wanted;
  // An approval by word of mouth is entered by a recorder, for whoever gave it (HC-60).
  if (fact.type === 'signature.given' && fact.data['oral'] === true) return holdsCapacity(view, fact);
  if (SPEAKING.has(fact.type)) {
    if (member === undefined) return true;
    return namedFor(fact).includes(member) || fact.by.unit === member;
  }
  const owes = member !== undefined && memberOwes(view, rule, member);
  const context: PartyContext = { at: fact.at, trigger: trigger.fact, member: owes ? member : undefined };
  const asked = rule.metBy ? [rule.metBy] : rule.who;
  if (isReceipt(fact.type)) return receivedFor(view, wanted, fact, context);
  if (asked.some(party => partyActs(view, fact, party, context, owes ? member : undefined))) return true;
  // Where the member itself owes it, what is entered for another member counts for that one only.
  const own = (party: Party): boolean => owes && (party.party === 'relation' || party.party === 'unit-kind');
  const debtors = asked.flatMap(party =>
    own(party) && member !== undefined ? [member] : unitsOfParty(view, party, { ...context, member }),
  );
  return namedFor(fact).some(unit => debtors.some(debtor => view.book.org.within(unit, debtor)));
}

/** An office that acts for the party; a member that owes is met by itself only. */
function partyActs(view: View, fact: Fact, party: Party, context: PartyContext, member: string | undefined): boolean {
  if (!actsFor(view, fact.by, party, context)) return false;
  if (member === undefined || party.party === 'role' || view.book.org.within(fact.by.unit, member)) return true;
  // Somebody who owes it together with the member acts for every member, unless the event names another.
  const named = namedFor(fact);
  return (party.party === 'unit' || party.party === 'office') && (named.length === 0 || named.includes(member));
}

function receivedFor(view: View, wanted: Wanted, fact: Fact, context: PartyContext): boolean {
  const { member, rule } = wanted;
  const from = field(fact, 'from');
  if (member !== undefined) return [field(fact, 'unit'), from, field(fact, 'to')].includes(member);
  if (from === undefined) return true;
  const debtors = rule.who.flatMap(party => unitsOfParty(view, party, context));
  return (
    debtors.length === 0 ||
    debtors.some(debtor => view.book.org.within(from, debtor)) ||
    rule.who.some(p => p.party === 'role')
  );
}

function addressed(view: View, wanted: Wanted, fact: Fact): boolean {
  const { member, rule } = wanted;
  if (member === undefined || memberOwes(view, rule, member) || SPEAKING.has(fact.type) || isReceipt(fact.type))
    return true;
  const reached = recipientsOf(fact);
  if (reached.length > 0) return reached.includes(member);
  const units = [...namedFor(fact), fact.by.unit];
  return units.includes(member);
}

/** A signature whose office does not hold its capacity starts nothing and meets nothing; it is marked. */
export const isValid = (view: View, fact: Fact): boolean =>
  fact.type !== 'signature.given' || holdsCapacity(view, fact);

/** An event of a form that no article names meets nothing until it says why it counts (HC-44). */
const lacksItsReason = ({ type, data }: Fact): boolean =>
  type === 'press-event.held' &&
  data['kind'] === 'other' &&
  (typeof data['otherReason'] !== 'string' || data['otherReason'].trim() === '');

/** Events in order that could count for one pattern. */
function candidates(view: View, wanted: Wanted, pattern: Pattern): readonly Fact[] {
  if (pattern.on !== 'event') return [];
  const { rule, trigger, since, before, perTrigger, used } = wanted;
  const early = trigger.fact && view.early?.get(trigger.fact.id)?.filter(f => f.type === pattern.type);
  const own = view.facts.of(pattern.type);
  return (early && early.length > 0 ? [...early, ...own].toSorted(inOrder) : own).filter(fact => {
    if (fact.at < since || (before !== undefined && fact.at >= before)) return false;
    if (!matches(pattern, fact, view.facts) || lacksItsReason(fact) || !isValid(view, fact)) return false;
    if (perTrigger) {
      const same = sameThing(trigger.fact, fact);
      if (same === false || (same === undefined && used?.has(fact.id))) return false;
    }
    if (!addressed(view, wanted, fact) || !byDebtor(view, wanted, fact)) return false;
    return rule.signedBy === undefined || !ACTS.has(fact.type) || signedBy(view, fact, rule.signedBy);
  });
}

/** One pattern: the instant at which enough of it has happened. */
function patternMet(view: View, wanted: Wanted, pattern: Pattern, to: readonly string[]): Discharged {
  const found = candidates(view, wanted, pattern);
  const { rule } = wanted;
  const text = patternText(pattern);
  if (pattern.on === 'event' && pattern.type === 'notice.received' && wanted.member === undefined)
    return allReceived(view, wanted, found, text);
  if (pattern.on === 'event' && answersAsks(pattern.type) && wanted.trigger.fact?.type === 'instruction.received')
    return allAsked(view, wanted, text);
  const withAll = rule.with ?? [];
  const reach = to.length > 0 && found.some(f => recipientsOf(f).length > 0) ? to : [];
  const left = new Set(reach);
  const got = new Set<string>();
  const at = new Map<string, Instant>();
  const counted: Fact[] = [];
  for (const fact of found) {
    const brought = withAll.length > 0 ? brings(view, fact) : undefined;
    const whole = brought === undefined || withAll.every(item => brought.has(item));
    // Papers filed one after the other add up; everything else must come whole.
    if (!whole && fact.type !== 'filing.made') continue;
    const useful = reach.length === 0 || recipientsOf(fact).some(r => left.has(r)) || counted.length === 0;
    if (brought) for (const item of brought) got.add(item);
    if (!useful && whole) continue;
    if (reach.length > 0 && !recipientsOf(fact).some(r => reach.includes(r))) continue;
    counted.push(fact);
    for (const recipient of recipientsOf(fact)) if (left.delete(recipient)) at.set(recipient, fact.at);
    const complete = left.size === 0 && (whole || withAll.every(item => got.has(item)));
    if (complete)
      return {
        met: metBy(counted),
        counted,
        missing: [],
        ...listRecipients(reach, at),
        ...standInOf(view, wanted, fact),
      };
  }
  const last = withAll.length > 0 ? found.at(-1) : undefined;
  const brought = last && brings(view, last);
  const lacking = withAll.filter(item => !got.has(item) && !brought?.has(item));
  const missing = [...left, ...lacking, ...(found.length === 0 ? [text] : [])];
  return {
    counted,
    missing: missing.length > 0 ? missing : [text],
    ...listRecipients(reach.length > 0 ? reach : to, at),
  };
}

const listRecipients = (
  to: readonly string[],
  at: ReadonlyMap<string, Instant>,
): { recipients?: readonly Recipient[] } =>
  to.length === 0 ? {} : { recipients: to.map(r => ({ to: r, ...(at.has(r) ? { at: at.get(r) as Instant } : {}) })) };

function standInOf(view: View, wanted: Wanted, fact: Fact): { standIn?: string } {
  for (const party of wanted.rule.metBy ? [wanted.rule.metBy] : wanted.rule.who) {
    if (party.party !== 'role' && party.party !== 'office') continue;
    const on = new Date(fact.at + view.book.calendar.offsetMinutes * 60_000).toISOString().slice(0, 10);
    const office = view.holders.standIn(fact.by, party.party === 'office' ? party.unit : undefined, party.role, on);
    if (office !== undefined) return { standIn: office };
  }
  return fact.by.standingInFor === undefined ? {} : { standIn: fact.by.role };
}

/** What has met a duty, or what is still wanting. */
export function discharged(view: View, wanted: Wanted): Discharged {
  const { patterns, mode } = wanted.rule.done;
  const to = wantedRecipients(view, wanted.rule, wanted);
  const earliest = (alternatives: readonly Pattern[]): Discharged => {
    const each = alternatives.map(pattern => patternMet(view, wanted, pattern, to));
    const first = each.filter(p => p.met).toSorted((a, b) => (a.met?.at ?? 0) - (b.met?.at ?? 0))[0];
    return first ?? each.toSorted((a, b) => b.counted.length - a.counted.length)[0] ?? { counted: [], missing: [] };
  };
  if (mode !== 'all') return earliest(patterns);
  const parts = (wanted.rule.done.parts ?? patterns.map(p => [p])).map(earliest);
  const counted = parts.flatMap(p => p.counted);
  const recipients =
    parts.find(p => p.recipients?.some(r => r.at !== undefined))?.recipients ??
    parts.find(p => p.recipients)?.recipients;
  const standIn = parts.find(p => p.standIn !== undefined)?.standIn;
  const said = { counted, ...(recipients ? { recipients } : {}), ...(standIn === undefined ? {} : { standIn }) };
  if (!parts.every(p => p.met)) return { ...said, missing: parts.flatMap(p => p.missing) };
  const facts = parts.flatMap(p => p.met?.facts ?? []);
  return { ...said, missing: [], met: metBy(facts.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) };
}

/** Every time the wanted thing happened, for duties that repeat until something ends them. */
export function occurrences(view: View, wanted: Wanted): readonly Fact[] {
  const found = new Set<Fact>();
  for (const pattern of wanted.rule.done.patterns)
    for (const fact of candidates(view, wanted, pattern)) found.add(fact);
  return [...found].toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq);
}

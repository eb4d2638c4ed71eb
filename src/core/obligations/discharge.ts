/**
 * What meets a duty: events of the wanted kind, by somebody who owes it or is named for it, about the same thing, with
 * everything that must go along, to everybody who must have it. The last one needed counts.
 */
import type { Instant } from '#core/calendar';
import { ACTS } from '#core/log';
import type { DutyRule, Party, Pattern } from '#core/rulebook';
import { field, listOf, type Fact } from './facts.ts';
import { matches, patternText } from './match.ts';
import type { Met, Recipient, Trigger } from './owed.ts';
import {
  actsFor,
  namedFor,
  notified,
  relationNamed,
  unitsOfParty,
  unitsOfRelation,
  type PartyContext,
} from './parties.ts';
import { countsFrom, draftOf } from './texts.ts';
import { scaleValues } from './condition.ts';
import { SPEAKING } from './built-in.ts';
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
  if (SPEAKING.has(fact.type)) {
    if (member === undefined) return true;
    return namedFor(fact).includes(member) || fact.by.unit === member;
  }
  const owes = member !== undefined && memberOwes(view, rule, member);
  const context: PartyContext = { at: fact.at, trigger: trigger.fact, member: owes ? member : undefined };
  const asked = rule.metBy ? [rule.metBy] : rule.who;
  if (isReceipt(fact.type)) return receivedFor(view, wanted, fact, context);
  if (asked.some(party => partyActs(view, fact, party, context, owes ? member : undefined))) return true;
  const debtors = asked.flatMap(party => unitsOfParty(view, party, { ...context, member }));
  return namedFor(fact).some(unit => debtors.some(debtor => view.book.org.within(unit, debtor)));
}

/** An office that acts for the party; a member that owes is met by itself only. */
function partyActs(view: View, fact: Fact, party: Party, context: PartyContext, member: string | undefined): boolean {
  if (!actsFor(view, fact.by, party, context)) return false;
  return member === undefined || party.party === 'role' || view.book.org.within(fact.by.unit, member);
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

/** Whom an event reaches. */
export function recipientsOf(fact: Fact): readonly string[] {
  const { data } = fact;
  return [data['to'], data['with'], data['units'], data['outlet'], data['participants'], data['tabledAt']].flatMap(v =>
    typeof v === 'object' && v !== null && !Array.isArray(v) ? [] : listOf(v),
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

/** What an event brings along: documents, parts, heads, kinds, fields that say something. */
function brings(view: View, fact: Fact): ReadonlySet<string> {
  const has = new Set<string>();
  for (const name of [
    'documents',
    'parts',
    'kinds',
    'pack',
    'form',
    'crossLinks',
    'participants',
    'conveners',
    'sources',
  ]) {
    const value = fact.data[name];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const key of Object.keys(value)) has.add(key);
    else for (const word of listOf(value)) has.add(word);
  }
  for (const name of ['heads', 'fields']) {
    const value = fact.data[name];
    if (typeof value === 'object' && value !== null)
      for (const [key, v] of Object.entries(value)) if (v !== null && v !== '') has.add(key);
  }
  for (const [key, v] of Object.entries(fact.data))
    if (v !== undefined && v !== null && v !== '' && v !== false && v !== 0) has.add(key);
  for (const part of listOf(draftOf(view, fact, fact.at)?.data['parts'])) has.add(part);
  return has;
}

/** A signature in the wanted capacity under the document an event files: its own, that of its written explanation, of its form. */
function signedBy(view: View, fact: Fact, capacity: string): boolean {
  const own = field(fact, 'document');
  const forms = listOf(fact.data['documents']);
  const unit = field(fact, 'unit') ?? fact.by.unit;
  const documents = new Set<string>(own === undefined ? [] : [own]);
  for (const explanation of view.facts.of('explanation.written'))
    if (explanation.data['unit'] === unit && explanation.at <= fact.at)
      documents.add(String(explanation.data['document']));
  for (const draft of view.facts.of('draft.written'))
    if (forms.includes(String(draft.data['form'])) && draft.at <= fact.at)
      documents.add(String(draft.data['document']));
  return view.facts
    .of('signature.given')
    .some(s => s.data['as'] === capacity && documents.has(String(s.data['document'])) && countsFrom(s) <= fact.at);
}

/** Events in order that could count for one pattern. */
function candidates(view: View, wanted: Wanted, pattern: Pattern): readonly Fact[] {
  if (pattern.on !== 'event') return [];
  const { rule, trigger, since, before, perTrigger, used } = wanted;
  return view.facts.of(pattern.type).filter(fact => {
    if (fact.at < since || (before !== undefined && fact.at >= before)) return false;
    if (!matches(pattern, fact, view.facts)) return false;
    if (perTrigger) {
      const same = sameThing(trigger.fact, fact);
      if (same === false || (same === undefined && used?.has(fact.id))) return false;
    }
    if (!addressed(view, wanted, fact) || !byDebtor(view, wanted, fact)) return false;
    return rule.signedBy === undefined || !ACTS.has(fact.type) || signedBy(view, fact, rule.signedBy);
  });
}

/** The recipients a rule names, with relations and local tables resolved for the case. */
export function wantedRecipients(
  view: View,
  rule: DutyRule,
  wanted: Pick<Wanted, 'trigger' | 'since' | 'member'>,
): readonly string[] {
  return (rule.to ?? []).flatMap(word => {
    const relation = relationNamed(word);
    if (relation !== undefined) return unitsOfRelation(view, relation, wanted.trigger.at, wanted.trigger.fact);
    const local = /^local (.+)$/.exec(word)?.[1];
    return local === undefined ? [word] : addresseeByGrade(view, local);
  });
}

/** A local table from the values of a scale to addressees; without a value, everybody it names. */
function addresseeByGrade(view: View, name: string): readonly string[] {
  const table = view.book.local(name);
  if (typeof table !== 'object' || table === null) return [];
  const scales = Object.keys(view.book.rulebook.terms.scales);
  const values = scales.flatMap(scale => scaleValues(view, scale, { at: Infinity }));
  const chosen = values.map(v => table[v]).filter((v): v is string => typeof v === 'string');
  return chosen.length > 0
    ? [...new Set(chosen)]
    : [
        ...new Set(
          listOf(table['values'])
            .map(v => table[v])
            .filter((v): v is string => typeof v === 'string'),
        ),
      ];
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
  const carries = found.filter(f => brings(view, f).size > 0);
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
        met: met(counted),
        counted,
        missing: [],
        ...listRecipients(reach, at),
        ...standInOf(view, wanted, fact),
      };
  }
  const lacking = withAll.filter(
    item => !got.has(item) && !carries.some(f => f === carries.at(-1) && brings(view, f).has(item)),
  );
  const missing = [
    ...left,
    ...(carries.length > 0 || withAll.length > 0 ? lacking : []),
    ...(found.length === 0 ? [text] : []),
  ];
  return {
    counted,
    missing: missing.length > 0 ? missing : [text],
    ...listRecipients(reach.length > 0 ? reach : to, at),
  };
}

const met = (facts: readonly Fact[]): Met => ({
  at: Math.max(...facts.map(f => f.at)),
  rec: Math.max(...facts.map(f => f.rec)),
  facts,
});
const listRecipients = (
  to: readonly string[],
  at: ReadonlyMap<string, Instant>,
): { recipients?: readonly Recipient[] } =>
  to.length === 0 ? {} : { recipients: to.map(r => ({ to: r, ...(at.has(r) ? { at: at.get(r) as Instant } : {}) })) };

/** Notices with receipts are met by the last receipt of everybody a notice went to. */
function allReceived(view: View, wanted: Wanted, found: readonly Fact[], text: string): Discharged {
  let best: Fact[] | undefined;
  let missing: readonly string[] = [text];
  const sent = new Map<string, Set<string>>();
  for (const notice of view.facts.of('notice.sent')) {
    if (wanted.perTrigger && sameThing(wanted.trigger.fact, notice) === false) continue;
    const key = String(notice.data['notice']);
    const units = sent.get(key) ?? new Set<string>();
    for (const unit of notified(notice)) units.add(unit);
    sent.set(key, units);
  }
  for (const [key, units] of sent) {
    const firsts = [...units].map(unit => ({
      unit,
      fact: found.find(f => f.data['notice'] === key && f.data['unit'] === unit),
    }));
    const received = firsts.map(f => f.fact).filter((f): f is Fact => f !== undefined);
    if (received.length < units.size) {
      if (!best && received.length > 0) missing = firsts.filter(f => !f.fact).map(f => f.unit);
      continue;
    }
    if (!best || Math.max(...received.map(f => f.at)) < Math.max(...best.map(f => f.at))) best = received;
  }
  return best ? { met: met(best), counted: best, missing: [] } : { counted: [], missing };
}

const answersAsks = (type: string): boolean =>
  type === 'instruction.item-done' || type === 'instruction.item-declined' || type === 'instruction.closed';

/** An instruction is carried out when every asked thing is done or declined. */
function allAsked(view: View, wanted: Wanted, text: string): Discharged {
  const order = wanted.trigger.fact;
  const asks = (order?.data['asks'] as readonly { ask: string }[] | undefined) ?? [];
  const about = (f: Fact): boolean => f.data['instruction'] === order?.data['instruction'] && f.at >= (order?.at ?? 0);
  const closed = view.facts.of('instruction.closed').find(about);
  const answers = [...view.facts.of('instruction.item-done'), ...view.facts.of('instruction.item-declined')].filter(
    about,
  );
  const firsts = asks.map(({ ask }) => answers.filter(f => f.data['ask'] === ask).toSorted((a, b) => a.at - b.at)[0]);
  const given = firsts.filter((f): f is Fact => f !== undefined);
  if (given.length === asks.length && given.length > 0) return { met: met(given), counted: given, missing: [] };
  if (closed) return { met: met([...given, closed]), counted: [...given, closed], missing: [] };
  return {
    counted: given,
    missing: given.length > 0 ? asks.filter((_, i) => firsts[i] === undefined).map(a => a.ask) : [text],
  };
}

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
  const parts = patterns.map(pattern => patternMet(view, wanted, pattern, to));
  if (mode !== 'all') {
    const first = parts.filter(p => p.met).toSorted((a, b) => (a.met?.at ?? 0) - (b.met?.at ?? 0))[0];
    if (first) return first;
    const most = parts.toSorted((a, b) => b.counted.length - a.counted.length)[0];
    return most ?? { counted: [], missing: [] };
  }
  const counted = parts.flatMap(p => p.counted);
  const recipients =
    parts.find(p => p.recipients?.some(r => r.at !== undefined))?.recipients ??
    parts.find(p => p.recipients)?.recipients;
  const standIn = parts.find(p => p.standIn !== undefined)?.standIn;
  const said = { counted, ...(recipients ? { recipients } : {}), ...(standIn === undefined ? {} : { standIn }) };
  if (!parts.every(p => p.met)) return { ...said, missing: parts.flatMap(p => p.missing) };
  const facts = parts.flatMap(p => p.met?.facts ?? []);
  return { ...said, missing: [], met: met(facts.toSorted((a, b) => a.at - b.at || a.seq - b.seq)) };
}

/** Every time the wanted thing happened, for duties that repeat until something ends them. */
export function occurrences(view: View, wanted: Wanted): readonly Fact[] {
  const found = new Set<Fact>();
  for (const pattern of wanted.rule.done.patterns)
    for (const fact of candidates(view, wanted, pattern)) found.add(fact);
  return [...found].toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq);
}

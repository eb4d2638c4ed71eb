/** The instant a limit is counted from (events.md, reading rule 3): found in the case, for the member where there is one. */
import { showInstant, type Instant } from '#core/calendar';
import type { Anchor, DerivedAnchor, Party } from '#core/rulebook';
import { changeAt } from './condition.ts';
import { field, listOf, type Fact } from './facts.ts';
import type { Member } from './members.ts';
import type { AnchorValue, Owed, Trigger } from './owed.ts';
import { namedFor } from './parties.ts';
import type { View } from './view.ts';
import type { Condition } from '#core/rulebook';

export interface AnchorContext {
  readonly trigger: Trigger;
  readonly member: Member;
  /** Whom the duty is for: whose finding counts as the member's own depends on it. */
  readonly each?: Party | undefined;
  readonly condition: Condition | undefined;
  /** The instant at which the condition became true. */
  readonly becameTrue: Instant;
  /** Duties of the case by name, for `done <name>`. */
  readonly owedOf: (name: string) => readonly Owed[];
}

const DISCOVERIES = ['finding.recorded', 'media.called', 'agency-report.received'];
const value = (name: string, fact: Fact, readings: readonly string[] = [], note?: string): AnchorValue => ({
  name,
  at: fact.at,
  from: fact,
  readings,
  ...(note === undefined ? {} : { note }),
});
const earliest = (facts: readonly Fact[]): Fact | undefined =>
  facts.toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq)[0];

/** The trigger's own time; a member that joined later counts from what named it. */
function triggerValue(context: AnchorContext, note?: string): AnchorValue {
  const { trigger, member } = context;
  const joined = member.joined;
  if (joined && joined.at > trigger.at) return { ...value('trigger', joined, ['DR-6', 'DR-10'], note) };
  return {
    name: 'trigger',
    at: trigger.at,
    readings: ['DR-6'],
    ...(trigger.fact ? { from: trigger.fact } : {}),
    ...(note === undefined ? {} : { note }),
  };
}

/** The anchor's value, or nothing while it has none (a receipt that has not come, a duty that is not done). */
export function anchorValue(view: View, anchor: Anchor, context: AnchorContext): AnchorValue | undefined {
  switch (anchor.kind) {
    case 'trigger':
      return triggerValue(context);
    case 'done': {
      const done = context
        .owedOf(anchor.duty)
        .filter(
          o => o.met && (o.unit === undefined || context.member.unit === undefined || o.unit === context.member.unit),
        );
      const first = done.map(o => o.met).toSorted((a, b) => (a?.at ?? 0) - (b?.at ?? 0))[0];
      return (
        first && {
          name: `done ${anchor.duty}`,
          at: first.at,
          readings: ['DR-6'],
          ...(first.facts.at(-1) ? { from: first.facts.at(-1) as Fact } : {}),
        }
      );
    }
    case 'event':
      return eventValue(view, anchor.type, anchor.pick, context);
    case 'derived':
      return derivedValue(view, anchor.name, context);
  }
}

function eventValue(
  view: View,
  type: string,
  pick: 'latest' | 'first' | 'last',
  context: AnchorContext,
): AnchorValue | undefined {
  const unit = context.member.unit;
  const all = view.facts.of(type);
  const own = unit === undefined ? all : all.filter(f => concernsUnit(f, unit));
  const facts = own.length > 0 ? own : all;
  const before = facts.filter(f => f.at <= context.trigger.at);
  const found = pick === 'first' ? facts[0] : pick === 'last' ? facts.at(-1) : before.at(-1);
  return found ? value(type, found, ['DR-6']) : triggerValue(context, `no ${type} in the case: the trigger counts`);
}
const concernsUnit = (fact: Fact, unit: string): boolean =>
  namedFor(fact).includes(unit) || fact.by.unit === unit || listOf(fact.data['to']).includes(unit);

function derivedValue(view: View, name: DerivedAnchor, context: AnchorContext): AnchorValue | undefined {
  switch (name) {
    case 'discovery':
      return discovery(view, context);
    case 'first-public-item':
      return firstPublicItem(view, context);
    case 'occurrence':
      return occurrence(view, context);
    case 'incident': {
      const incident = earliest(view.facts.of('incident.occurred'));
      return incident
        ? value('incident', incident, ['DR-7'])
        : triggerValue(context, 'no incident in the case: the trigger counts');
    }
    case 'awareness': {
      // What happens outside is learned when it is entered: the information the duty starts from, else the incident of the case.
      const { fact } = context.trigger;
      const incident =
        fact?.type === 'information.arose'
          ? fact
          : view.facts.of('incident.occurred').toSorted((a, b) => a.rec - b.rec)[0];
      return incident
        ? { ...value('awareness', incident, ['DR-7']), at: incident.rec }
        : triggerValue(context, 'no incident in the case: the trigger counts');
    }
    case 'receipt':
      return receipt(view, context);
    case 'grading': {
      const change = context.condition ? changeAt(view, context.condition, context.becameTrue)[0] : undefined;
      const graded = change ?? (context.trigger.fact?.type === 'classification.set' ? context.trigger.fact : undefined);
      return graded
        ? value('grading', graded, ['DR-6'])
        : triggerValue(context, 'nothing was graded: the trigger counts');
    }
    case 'completion':
      return completion(view, context);
  }
}

/** The earliest finding, call or agency report of the case; for a per-unit duty, that unit's earliest (HC-54). */
function discovery(view: View, context: AnchorContext): AnchorValue {
  const { trigger, member } = context;
  if (view.caseKey === undefined) return { ...triggerValue(context), name: 'discovery', readings: ['DR-6'] };
  const all = DISCOVERIES.flatMap(type => view.facts.of(type));
  const first = earliest(all);
  if (member.unit !== undefined) {
    const own = earliest(findingsOf(member.unit, context.each, all));
    if (own) return value('discovery', own, ['DR-6', 'HC-54']);
    if (member.joined && (!first || member.joined.at > first.at))
      return value('discovery', member.joined, ['DR-10'], 'the unit was first named here');
  }
  if (first) return value('discovery', first, ['DR-6', 'HC-54']);
  return {
    ...triggerValue(context, 'no finding in the case: the trigger counts'),
    name: 'discovery',
    at: Math.min(trigger.at, context.becameTrue),
  };
}

/**
 * A unit's findings (HC-54): for whoever found something, what it found itself; for whoever a matter is about, what is about
 * it, and only without that what it found about others; else either.
 */
function findingsOf(unit: string, each: Party | undefined, all: readonly Fact[]): readonly Fact[] {
  const by = all.filter(f => f.by.unit === unit || f.data['unit'] === unit);
  const about = all.filter(f => listOf(f.data['concerns']).includes(unit));
  const relation = each?.party === 'relation' ? each.relation : undefined;
  if (relation === 'unit of trigger' && by.length > 0) return by;
  if (relation === 'concerned units' && about.length > 0) return about;
  return [...by, ...about];
}

/** The earliest publication among the findings, unless it was settled by hand since; an older item that joins later moves it back. */
function firstPublicItem(view: View, context: AnchorContext): AnchorValue {
  const fixed = view.facts
    .of('first-public-item.fixed')
    .toSorted((a, b) => a.rec - b.rec || a.seq - b.seq)
    .at(-1);
  const dated = view.facts
    .of('finding.recorded')
    .filter(f => f.data['publishedAt'] !== undefined && (!fixed || f.rec > fixed.rec));
  const all = [...dated, ...(fixed ? [fixed] : [])].map(fact => ({
    fact,
    at: Date.parse(String(fact.data['publishedAt'])),
  }));
  const first = all.toSorted((a, b) => a.at - b.at)[0];
  if (first) return { name: 'first-public-item', at: first.at, from: first.fact, readings: ['HC-42'] };
  return {
    ...discovery(view, context),
    name: 'first-public-item',
    note: 'no item has a time of publication: discovery counts',
    readings: ['HC-53'],
  };
}

/** The later of the first public item and the time the criteria were met, as the change that made the condition true says. */
function occurrence(view: View, context: AnchorContext): AnchorValue {
  const first = firstPublicItem(view, context);
  const changes = context.condition ? changeAt(view, context.condition, context.becameTrue) : [];
  const own = changes.length > 0 || context.trigger.fact === undefined ? changes : [context.trigger.fact];
  const since = sinceOf(own);
  if (!since || since.at <= first.at) return { ...first, name: 'occurrence', readings: [...first.readings, 'DR-8'] };
  return {
    name: 'occurrence',
    at: since.at,
    from: since.fact,
    readings: ['DR-8'],
    note: `criteria met ${showInstant(since.at, view.book.calendar.offsetMinutes)}`,
  };
}

/** The latest `since` that the classifications of one change give. */
export function sinceOf(changes: readonly Fact[]): { readonly at: Instant; readonly fact: Fact } | undefined {
  return changes
    .flatMap(fact => (typeof fact.data['since'] === 'string' ? [{ fact, at: Date.parse(fact.data['since']) }] : []))
    .toSorted((a, b) => b.at - a.at)[0];
}

/** The member's earliest receipt of the trigger's notice or transfer. */
function receipt(view: View, { trigger, member }: AnchorContext): AnchorValue | undefined {
  const { fact } = trigger;
  const notice = fact && field(fact, 'notice');
  const transfer = fact?.type === 'transfer.made' ? fact.id : fact && field(fact, 'transfer');
  const all = [
    ...view.facts.of('notice.received').filter(f => notice === undefined || f.data['notice'] === notice),
    ...view.facts.of('transfer.received').filter(f => transfer === undefined || f.data['transfer'] === transfer),
  ];
  const asked =
    notice === undefined && transfer === undefined
      ? all
      : all.filter(f => (f.type === 'notice.received') === (notice !== undefined));
  const own = member.unit === undefined ? asked : asked.filter(f => f.data['unit'] === member.unit);
  const first = earliest(own);
  return first && value('receipt', first, member.unit === undefined ? ['DR-6'] : ['DR-6', 'DR-10']);
}

/** HC-06: the unit's final or first published reply, or its entry that an offline matter is finished; the later where both exist. */
function completion(view: View, context: AnchorContext): AnchorValue | undefined {
  const unit = context.member.unit;
  const mine = (fact: Fact): boolean =>
    unit === undefined || namedFor(fact).includes(unit) || fact.by.unit === unit || fact.data['speakerUnit'] === unit;
  const replies = view.facts.of('publication.made').filter(mine);
  const final = replies.find(f => f.data['kind'] === 'final');
  const reply = final ?? replies.find(f => f.data['kind'] === 'first-reply' || f.data['kind'] === 'reply');
  const finished = view.facts.of('handling.finished').filter(mine).at(-1);
  const later = [reply, finished].filter((f): f is Fact => f !== undefined).toSorted((a, b) => b.at - a.at)[0];
  return later && value('completion', later, ['HC-06']);
}

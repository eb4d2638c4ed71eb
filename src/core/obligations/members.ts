/** Whom a per-unit duty is for. A member joins when an event names it, and is never dropped afterwards (DR-10). */
import type { DutyRule, Party } from '#core/rulebook';
import { listOf, type Fact } from './facts.ts';
import type { Trigger } from './owed.ts';
import { notified } from './parties.ts';
import { concernedUnits, unitOfTrigger, type View } from './view.ts';

/** A member and the fact that named it; a rule without `each` has the one nameless member. */
export interface Member {
  readonly unit: string | undefined;
  readonly joined: Fact | undefined;
}
const NOBODY: readonly Member[] = [{ unit: undefined, joined: undefined }];
/** Fields in which an event names units. */
const NAMING = ['unit', 'forUnit', 'concerns', 'to', 'units', 'with', 'participants', 'from', 'designates'];
/** Events that speak of the case as a whole: who entered them says nothing about whom they are for. */
const OF_THE_CASE: ReadonlySet<string> = new Set([
  'classification.set',
  'case.opened',
  'finding.recorded',
  'decision.made',
  'instruction.received',
]);

export function membersOf(view: View, rule: DutyRule, trigger: Trigger): readonly Member[] {
  const each = rule.each;
  if (each === undefined) return NOBODY;
  const members = named(view, each, trigger);
  const kind = rule.ifUnitKind;
  return kind === undefined
    ? members
    : members.filter(m => m.unit !== undefined && view.book.org.kindOf(m.unit) === kind);
}

function named(view: View, each: Party, trigger: Trigger): readonly Member[] {
  const { fact, of } = trigger;
  if (of?.unit !== undefined) return [{ unit: of.unit, joined: undefined }];
  const all = candidates(view, each, trigger);
  // The opening of a case speaks of the case, whoever entered it.
  if (fact === undefined || trigger.text === 'case-opening') return all;
  const only = (units: readonly string[]): readonly Member[] =>
    units.map(unit => all.find(m => m.unit === unit) ?? { unit, joined: fact }).filter(m => fits(view, each, m.unit));
  if (each.party === 'relation') {
    if (each.relation === 'concerned units' && (fact.type === 'finding.recorded' || fact.type === 'case.opened'))
      return only(listOf(fact.data['concerns']));
    if (each.relation === 'notified units' && fact.type.startsWith('notice.') && fact.type !== 'notice.drawn-up')
      return only(notified(fact));
    if (each.relation === 'responsible unit' || each.relation === 'handling unit') return all;
  }
  const own = [fact.data['unit'], fact.data['forUnit']].filter((u): u is string => typeof u === 'string');
  if (own.length > 0) return only([...new Set(own)]);
  if (!OF_THE_CASE.has(fact.type) && all.some(m => m.unit === fact.by.unit)) return only([fact.by.unit]);
  return all;
}

const fits = (view: View, each: Party, unit: string | undefined): boolean =>
  unit !== undefined && (each.party !== 'unit-kind' || view.book.org.kindOf(unit) === each.unitKind);

/** Everybody a party means in the case, with the fact that named each first. */
export function candidates(view: View, each: Party, trigger: Trigger): readonly Member[] {
  switch (each.party) {
    case 'unit':
    case 'office':
      return [{ unit: each.unit, joined: undefined }];
    case 'unit-kind':
      return view.caseKey === undefined && trigger.fact === undefined
        ? view.book.org.unitsOfKind(each.unitKind).map(unit => ({ unit, joined: undefined }))
        : namedInCase(view, trigger, unit => view.book.org.kindOf(unit) === each.unitKind);
    case 'role': {
      const homes = new Set(view.book.org.unitsWithRole(each.role));
      return trigger.fact === undefined
        ? [...homes].map(unit => ({ unit, joined: undefined }))
        : namedInCase(view, trigger, unit => homes.has(unit));
    }
    case 'relation':
      break;
  }
  switch (each.relation) {
    case 'concerned units':
      return [...concernedUnits(view)].map(([unit, joined]) => ({ unit, joined }));
    case 'notified units':
      return firstNaming([...view.facts.of('notice.sent'), ...view.facts.of('notice.received')], notified);
    case 'responsible unit':
      return assigned(view, ['responsible'], trigger);
    case 'handling unit':
      return handling(view, trigger);
    case 'unit of trigger':
      return trigger.fact ? [{ unit: unitOfTrigger(trigger.fact), joined: trigger.fact }] : [];
    case 'recipients':
      return trigger.fact ? listOf(trigger.fact.data['to']).map(unit => ({ unit, joined: trigger.fact })) : [];
  }
}

function firstNaming(facts: readonly Fact[], units: (fact: Fact) => readonly string[]): Member[] {
  const found = new Map<string, Fact>();
  for (const fact of facts.toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq))
    for (const unit of units(fact)) if (!found.has(unit)) found.set(unit, fact);
  return [...found].map(([unit, joined]) => ({ unit, joined }));
}

function namedInCase(view: View, trigger: Trigger, wanted: (unit: string) => boolean): Member[] {
  const facts = view.caseKey === undefined && trigger.fact ? [trigger.fact] : view.facts.all;
  const units = (fact: Fact): string[] =>
    [
      fact.by.unit,
      ...NAMING.flatMap(name =>
        typeof fact.data[name] === 'object' && !Array.isArray(fact.data[name]) ? [] : listOf(fact.data[name]),
      ),
    ].filter(wanted);
  return firstNaming(facts, units);
}

/** Units a case was given to. Until there is one, the unit that opened the case: its own row ends then, and stays. */
function assigned(view: View, as: readonly string[], trigger: Trigger): Member[] {
  const given = firstNaming(
    view.facts.of('assignment.made').filter(f => as.includes(String(f.data['as']))),
    fact => [String(fact.data['to'])],
  );
  const owners = openers(view);
  const [first] = given;
  if (first === undefined)
    return owners.filter((m, i) => i === owners.length - 1 || trigger.at < (owners[i + 1]?.joined?.at ?? 0));
  const concerned = concernedUnits(view);
  const named = given.map(m => {
    const opener = owners.find(o => o.unit === m.unit);
    const earlier = m.unit === undefined ? undefined : concerned.get(m.unit);
    return opener ?? (earlier ? { unit: m.unit, joined: earlier } : m);
  });
  const before = owners.filter((m, i) => {
    const until = owners[i + 1]?.joined?.at ?? first.joined?.at ?? 0;
    return trigger.at < until && !named.some(n => n.unit === m.unit);
  });
  return [...before, ...named];
}

/** Whose matter it is before anybody is named: of who entered the first event, then of who opened the case. */
export function openers(view: View): readonly Member[] {
  const first = view.facts.all[0];
  const opened = view.facts.of('case.opened')[0];
  return [first, opened]
    .filter((f): f is Fact => f !== undefined)
    .filter((f, i, all) => i === all.length - 1 || f.by.unit !== all[i + 1]?.by.unit)
    .map(f => ({ unit: f.by.unit, joined: f }));
}

function handling(view: View, trigger: Trigger): Member[] {
  const given = assigned(view, ['handling'], trigger);
  if (view.facts.of('assignment.made').some(f => f.data['as'] === 'handling')) return given;
  const transferred = firstNaming(view.facts.of('transfer.made'), fact => [String(fact.data['to'])]);
  return transferred.length > 0 ? transferred : assigned(view, ['responsible'], trigger);
}

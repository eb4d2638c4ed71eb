/** How many of something a day or a year must have: counted over all accepted facts, with what is short (DR-12, DR-13, DR-15). */
import { dateOfDay, dayNumber, dayOfInstant, startOfDay, type CivilDate, type Instant } from '#core/calendar';
import type { Pattern, QuotaRule, Test } from '#core/rulebook';
import { field, listOf, type Fact, type FactSet } from './facts.ts';
import type { QuotaLine } from './lines.ts';
import { matches, passes } from './match.ts';
import type { View } from './view.ts';

/** A stretch of dates, both included. */
interface Stretch {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly firstDay: number;
  readonly lastDay: number;
}

export function quotaLines(view: View, events: FactSet, now: Instant): readonly QuotaLine[] {
  return view.book.of('quota').flatMap(rule => linesOf(view, rule, events, now));
}

function linesOf(view: View, rule: QuotaRule, events: FactSet, now: Instant): QuotaLine[] {
  const stretches = rule.per === 'day' ? datesOf(view, now) : yearsOf(view, events, now);
  const counted = countedFacts(view, rule, events);
  const members = membersOf(view, rule);
  return stretches.flatMap(stretch => members.map(unit => lineOf(view, rule, counted, stretch, unit, now, events)));
}

/** Dates of the period that have begun. */
function datesOf(view: View, now: Instant): Stretch[] {
  const { period } = view.book.setup;
  const [first, last] = [dayNumber(period.from), dayNumber(period.to)];
  const stretches: Stretch[] = [];
  if (first === undefined || last === undefined) return stretches;
  for (let day = first; day < last; day++) {
    if (startOfDay(day, view.book.calendar.offsetMinutes) > now) break;
    const date = dateOfDay(day);
    stretches.push({ from: date, to: date, firstDay: day, lastDay: day });
  }
  return stretches;
}

/** Every year that the period touches or an event falls in, once it has begun. */
export function yearsOf(view: View, events: FactSet, now: Instant): Stretch[] {
  const { period } = view.book.setup;
  const { offsetMinutes } = view.book.calendar;
  const lastDay = dayNumber(period.to);
  const years = new Set<number>();
  const end = Number((lastDay === undefined ? period.to : dateOfDay(lastDay - 1)).slice(0, 4));
  for (let year = Number(period.from.slice(0, 4)); year <= end; year++) years.add(year);
  const yearOf = (at: Instant): number => Number(dateOfDay(dayOfInstant(at, offsetMinutes)).slice(0, 4));
  for (const fact of events.all) {
    years.add(yearOf(fact.at));
    const on = field(fact, 'on');
    if (on !== undefined && /^\d{4}-/.test(on) && fact.type === 'coverage.entered') years.add(Number(on.slice(0, 4)));
  }
  return [...years]
    .toSorted((a, b) => a - b)
    .map(year => ({
      from: `${year}-01-01`,
      to: `${year}-12-31`,
      firstDay: dayNumber(`${year}-01-01`) ?? 0,
      lastDay: dayNumber(`${year}-12-31`) ?? 0,
    }))
    .filter(s => startOfDay(s.firstDay, offsetMinutes) <= now);
}

/** The date an entry counts for: that of the piece it tells of, else its own. */
export function countedOn(view: View, fact: Fact): number {
  const on = fact.type === 'coverage.entered' ? dayNumber(field(fact, 'on') ?? '') : undefined;
  return on ?? dayOfInstant(fact.at, view.book.calendar.offsetMinutes);
}

/** Facts of the quota's patterns, without what it or a ledger of that kind excludes. */
export function countedFacts(view: View, rule: QuotaRule, events: FactSet): readonly Fact[] {
  const types = new Set(rule.count.flatMap(p => (p.on === 'event' ? [p.type] : [])));
  const ledgers = view.book.of('ledger').filter(l => types.has(l.row));
  const found: Fact[] = [];
  for (const type of types)
    for (const fact of events.of(type)) {
      if (!rule.count.some(p => matchesLevel(view, p, fact))) continue;
      if (rule.excludes?.some(t => passes(t, fact, view.facts))) continue;
      if (
        ledgers.some(
          l =>
            l.row === type &&
            (l.excludes?.some(t => passes(t, fact, view.facts)) || !countsIf(view, l.countsOnlyIf, fact)),
        )
      )
        continue;
      found.push(withLevel(view, fact));
    }
  return found;
}
const countsIf = (view: View, tests: readonly Test[] | undefined, fact: Fact): boolean =>
  tests === undefined || tests.every(t => passes(t, fact, view.facts));

/** A coverage entry of unknown level takes the level of its outlet from the local table. */
export function withLevel(view: View, fact: Fact): Fact {
  if (fact.type !== 'coverage.entered' || fact.data['level'] !== 'unknown') return fact;
  const table = view.book.local('outlet-levels');
  const outlet = field(fact, 'outlet');
  const level =
    typeof table === 'object' && table !== null && outlet !== undefined ? levelIn(table, outlet) : undefined;
  return level === undefined ? fact : { ...fact, data: { ...fact.data, level } };
}
/** The table may say outlet → level, or level → outlets, also below `levels` or `values`. */
function levelIn(table: Readonly<Record<string, unknown>>, outlet: string): string | undefined {
  const direct = table[outlet];
  if (typeof direct === 'string') return direct;
  for (const [key, value] of Object.entries(table)) {
    if (Array.isArray(value) && listOf(value).includes(outlet)) return key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const inner = levelIn(value as Readonly<Record<string, unknown>>, outlet);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}
export const matchesLevel = (view: View, pattern: Pattern, fact: Fact): boolean =>
  matches(pattern, withLevel(view, fact), view.facts);

export function membersOf(view: View, rule: QuotaRule): readonly (string | undefined)[] {
  const { each } = rule;
  if (!each) return [undefined];
  if (each.party === 'unit-kind') return view.book.org.unitsOfKind(each.unitKind);
  if (each.party === 'unit' || each.party === 'office') return [each.unit];
  return each.party === 'role' ? view.book.org.unitsWithRole(each.role) : [undefined];
}

/** The one channel all patterns of a quota name, if they do. */
function channelOf(rule: QuotaRule): string | undefined {
  const channels = rule.count.map(p =>
    p.on === 'event' ? p.tests.find(t => t.field[0] === 'channel' && t.op === 'is')?.values : undefined,
  );
  const [first] = channels;
  return first?.length === 1 && channels.every(c => c?.length === 1 && c[0] === first[0]) ? first[0] : undefined;
}

function lineOf(
  view: View,
  rule: QuotaRule,
  counted: readonly Fact[],
  stretch: Stretch,
  unit: string | undefined,
  now: Instant,
  events: FactSet,
): QuotaLine {
  const own = counted.filter(f => {
    const day = countedOn(view, f);
    return (
      day >= stretch.firstDay &&
      day <= stretch.lastDay &&
      (unit === undefined || (field(f, 'unit') ?? f.by.unit) === unit)
    );
  });
  const parts = Object.entries(rule.ofWhich ?? {});
  const counts: Record<string, number> = { total: own.length };
  const targets: Record<string, number> = { total: rule.atLeast };
  for (const [text, target] of parts) {
    const label = labelOf(text);
    counts[label] = own.filter(f => partHolds(view, text, withLevel(view, f))).length;
    targets[label] = target;
  }
  const short: Record<string, number> = {};
  for (const [label, target] of Object.entries(targets))
    if ((counts[label] ?? 0) < target) short[label] = target - (counts[label] ?? 0);
  const failed = Object.keys(short);
  const over = now >= startOfDay(stretch.lastDay + 1, view.book.calendar.offsetMinutes);
  const missed = rule.soft === undefined ? (rule.per === 'year' ? 'short' : 'breach') : 'soft-miss';
  const channel = channelOf(rule);
  const withdrawn = events
    .of('publication.withdrawn')
    .map(f => String(f.data['publication']))
    .filter(id => own.some(f => f.id === id));
  return {
    line: 'quota',
    quota: rule.name,
    clause: rule.clauses[0] ?? '',
    ...(unit === undefined ? {} : { unit }),
    ...(channel === undefined ? {} : { channel }),
    from: stretch.from,
    to: stretch.to,
    soft: rule.soft !== undefined,
    counts,
    targets,
    ...(failed.length > 0 ? { short } : {}),
    ...(failed.length > 0 && over ? { failed } : {}),
    state: failed.length === 0 ? 'met' : over ? missed : 'open',
    ...(withdrawn.length > 0 ? { withdrawn } : {}),
  };
}

const CONDITION = /^([A-Za-z][\w.-]*)\s*(=|not)\s*(.+)$/;
/** "original" is counted under its own name, "by = provincial-court" under what it equals. */
const labelOf = (text: string): string => CONDITION.exec(text)?.[3]?.trim() ?? text;
/** A bare word is a mark of the entry, or a value of one of its fields; a condition is a test. */
function partHolds(view: View, text: string, fact: Fact): boolean {
  const [, name, op, values] = CONDITION.exec(text) ?? [];
  if (name === undefined || values === undefined)
    return (
      fact.data[text] === true || (!(text in fact.data) && Object.values(fact.data).some(v => listOf(v).includes(text)))
    );
  return passes(
    { field: name.split('.'), op: op === 'not' ? 'not' : 'is', values: values.split('|').map(v => v.trim()) },
    fact,
    view.facts,
  );
}

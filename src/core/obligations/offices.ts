/**
 * Units, offices and who holds them on a date: the setup, and what the log says of assignments, vacancies, leave and
 * stand-ins since. Everything about "may this office act for that one" is asked here.
 */
import { dateOfDay, dayOfInstant, type CivilDate, type Instant } from '#core/calendar';
import type { Office } from '#core/log';
import type { Rulebook } from '#core/rulebook';
import type { Fact, FactSet } from './facts.ts';
import type { Setup } from './setup.ts';

/** Kinds of unit that stand beside the institution, not below it. */
const BESIDE: ReadonlySet<string> = new Set(['superior', 'outside', 'contractor', 'lower-body']);

export interface Organisation {
  readonly kindOf: (unit: string) => string | undefined;
  readonly unitsOfKind: (kind: string) => readonly string[];
  readonly isUnit: (key: string) => boolean;
  readonly units: readonly string[];
  /** Whether `unit` is `target`, stands below it, or is its office. */
  readonly within: (unit: string, target: string) => boolean;
  readonly institution: string | undefined;
  /** Units that have an office of this name in the setup. */
  readonly unitsWithRole: (role: string) => readonly string[];
  /** Role → role that stands in for it by the rulebook's own pairs (A and B). */
  readonly pairs: ReadonlyMap<string, string>;
}

export function organisation(rulebook: Rulebook, setup: Setup): Organisation {
  const byKey = new Map(setup.units.map(u => [u.key, u]));
  const institution = setup.units.find(u => u.kind === 'institution')?.key;
  const officeOf = new Map<string, string>();
  const pairs = new Map<string, string>();
  for (const rule of rulebook.rules) {
    if (rule.kind !== 'seats') continue;
    const body = rule.body;
    if (rule.officeOf !== undefined && (body?.party === 'unit' || body?.party === 'unit-kind'))
      officeOf.set(body.party === 'unit' ? body.unit : body.unitKind, rule.officeOf);
    for (const [role, other] of Object.entries(rule.standIn ?? {})) pairs.set(role, other);
  }
  const parentOf = (unit: string): string | undefined => {
    const entry = byKey.get(unit);
    if (!entry) return undefined;
    if (entry.parent !== undefined) return entry.parent;
    return entry.key === institution || BESIDE.has(entry.kind) ? undefined : institution;
  };
  const within = (unit: string, target: string): boolean => {
    const seen = new Set<string>();
    const todo = [unit];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (next === target) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      for (const up of [parentOf(next), officeOf.get(next)]) if (up !== undefined) todo.push(up);
    }
    return false;
  };
  const ofKind = new Map<string, string[]>();
  for (const { key, kind } of setup.units) ofKind.set(kind, [...(ofKind.get(kind) ?? []), key]);
  const homes = new Map<string, string[]>();
  for (const { unit, role } of setup.roles)
    if (!homes.get(role)?.includes(unit)) homes.set(role, [...(homes.get(role) ?? []), unit]);
  const remembered = new Map<string, boolean>();
  return {
    kindOf: unit => byKey.get(unit)?.kind,
    unitsOfKind: kind => ofKind.get(kind) ?? [],
    isUnit: key => byKey.has(key),
    units: setup.units.map(u => u.key),
    within: (unit, target) => {
      const key = `${unit} ${target}`;
      const known = remembered.get(key);
      if (known !== undefined) return known;
      const answer = within(unit, target);
      remembered.set(key, answer);
      return answer;
    },
    institution,
    unitsWithRole: role => homes.get(role) ?? [],
    pairs,
  };
}

/** Who holds which office when, as far as the facts given go. */
export interface Holders {
  /** The staff code of the holder on a date; null where the office is vacant; undefined where there is no such office. */
  readonly holder: (unit: string, role: string, on: CivilDate) => string | null | undefined;
  /** Whether somebody else was named because the holder is the subject of the matter. */
  readonly conflicted: (unit: string, role: string, on: CivilDate) => boolean;
  readonly onLeave: (unit: string, role: string, on: CivilDate) => boolean;
  /** Whether `by` acts as this office on that date: holds it, stands in for it, or says it does. */
  readonly actsAs: (by: Office, unit: string | undefined, role: string, on: CivilDate) => boolean;
  /** The office that stood in, if `by` did not act in its own name. */
  readonly standIn: (by: Office, unit: string | undefined, role: string, on: CivilDate) => string | undefined;
  /** Whether somebody is there for the office on that date: its holder, or the one named to stand in. */
  readonly filled: (unit: string, role: string, on: CivilDate) => boolean;
  /** Units in which somebody is there for an office of this name on that date. */
  readonly heldIn: (role: string, on: CivilDate) => readonly string[];
}

interface Spell {
  readonly unit: string;
  readonly role: string;
  readonly holder: string | null;
  readonly from: CivilDate;
  readonly to: CivilDate;
}
const BEGINNING = '0000-01-01';
const FOREVER = '9999-12-31';
const covers = (spell: { from: CivilDate; to: CivilDate }, on: CivilDate): boolean =>
  spell.from <= on && on <= spell.to;

export function holders(org: Organisation, setup: Setup, facts: FactSet): Holders {
  const spells: Spell[] = setup.roles.map(r => ({ ...r, from: r.from ?? BEGINNING, to: r.to ?? FOREVER }));
  const text = (fact: Fact, name: string): string => String(fact.data[name]);
  for (const fact of [...facts.of('role.assigned'), ...facts.of('role.vacated')]) {
    const holder = fact.type === 'role.assigned' ? text(fact, 'holder') : null;
    spells.push({
      unit: text(fact, 'unit'),
      role: text(fact, 'role'),
      holder,
      from: text(fact, 'from'),
      to: fact.data['to'] === undefined ? FOREVER : text(fact, 'to'),
    });
  }
  const leaves = facts
    .of('leave.recorded')
    .map(f => ({ unit: text(f, 'unit'), role: text(f, 'role'), from: text(f, 'from'), to: text(f, 'to') }));
  const named = facts.of('stand-in.named').map(f => ({
    unit: text(f, 'unit'),
    role: text(f, 'role'),
    standIn: text(f, 'standIn'),
    why: text(f, 'why'),
    from: text(f, 'from'),
    to: f.data['to'] === undefined ? FOREVER : text(f, 'to'),
  }));
  const holder: Holders['holder'] = (unit, role, on) => {
    const own = spells.filter(s => s.unit === unit && s.role === role && covers(s, on));
    if (own.length === 0) return spells.some(s => s.unit === unit && s.role === role) ? null : undefined;
    // Several entries for one office may stand side by side (members of a group): any holder fills it.
    const latest = own.toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
    const newest = latest.filter(s => s.from === latest[0]?.from);
    return newest.find(s => s.holder !== null)?.holder ?? null;
  };
  const standIn: Holders['standIn'] = (by, unit, role, on) => {
    if (by.role === role && (unit === undefined || by.unit === unit)) return undefined;
    const sameUnit = unit === undefined || by.unit === unit;
    if (sameUnit && by.standingInFor === role) return by.role;
    if (sameUnit && org.pairs.get(role) === by.role) return by.role;
    const deputy = named.some(
      n =>
        n.role === role &&
        n.standIn === by.role &&
        covers(n, on) &&
        (unit === undefined ? n.unit === by.unit : n.unit === unit),
    );
    return deputy ? by.role : undefined;
  };
  const filled: Holders['filled'] = (unit, role, on) =>
    typeof holder(unit, role, on) === 'string' || named.some(n => n.unit === unit && n.role === role && covers(n, on));
  return {
    holder,
    filled,
    onLeave: (unit, role, on) => leaves.some(l => l.unit === unit && l.role === role && covers(l, on)),
    standIn,
    conflicted: (unit, role, on) =>
      named.some(n => n.why === 'subject-of-complaint' && n.unit === unit && n.role === role && covers(n, on)),
    actsAs: (by, unit, role, on) =>
      (by.role === role && (unit === undefined || by.unit === unit)) || standIn(by, unit, role, on) !== undefined,
    heldIn: (role, on) => org.units.filter(unit => filled(unit, role, on)),
  };
}

/** The civil date on which a fact happened. */
export const dateOfInstant = (at: Instant, offsetMinutes: number): CivilDate =>
  dateOfDay(dayOfInstant(at, offsetMinutes));

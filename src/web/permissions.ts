/**
 * Who may do what, read off the rulebook and the offices of the institution; nothing is set apart from them. The rules'
 * own gates judge every act again: this table only decides which pages and buttons an office is offered.
 */
import { formatInstant } from '#core/calendar';
import type { Office } from '#core/log';
import type { Party } from '#core/rulebook';
import type { Person } from './ports.ts';
import type { Hall } from './state.ts';
import { presenceIn } from './view/presence.ts';

export const PERMISSIONS = ['view', 'enter', 'sign', 'publish', 'administer', 'access', 'inspect'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Kinds of unit that belong to somebody else. */
const OUTSIDE = new Set(['superior', 'outside', 'contractor']);

/** Capacities in which an office may sign: its own, and those of offices for which it was named to stand in today. */
export function capacitiesOf(hall: Hall, office: Office): readonly string[] {
  const today = formatInstant(hall.now).slice(0, 10);
  const standing = presenceIn(hall).standsInFor(office, today);
  return [...new Set([office, ...standing].flatMap(o => ownCapacities(hall, o)))];
}

/** Capacities in which an office signs in its own name, by the rulebook's own entries. */
export function ownCapacities(hall: Hall, office: Office): readonly string[] {
  const { terms, rules } = hall.rulebook;
  const wanted = new Set<string>();
  for (const rule of rules)
    if (rule.kind === 'approval') {
      for (const step of rule.steps) for (const capacity of step) wanted.add(capacity);
      for (const row of rule.byTopic ?? [])
        for (const step of row.steps) for (const capacity of step) wanted.add(capacity);
    }
  const approver = hall.book.local('text-approver');
  if (typeof approver === 'object' && approver !== null && typeof approver['role'] === 'string')
    wanted.add(approver['role']);
  return [...wanted].filter(capacity => {
    const entry = terms.capacities[capacity];
    if (entry)
      return entry.heldBy === 'by-subject'
        ? capacity === office.role
        : entry.heldBy.some(p => isParty(hall, office, p) ?? true);
    if (capacity === office.role) return true;
    return hall.book.org.isUnit(capacity) && office.unit === capacity && office.role === 'head';
  });
}

/** Whether an office is a party that a rule names; undefined where the rule names a relation, which no office is by itself. */
export function isParty(hall: Hall, office: Office, party: Party): boolean | undefined {
  switch (party.party) {
    case 'office':
      return office.unit === party.unit && office.role === party.role;
    case 'role':
      return office.role === party.role;
    case 'unit':
      return office.unit === party.unit;
    case 'unit-kind':
      return hall.book.org.kindOf(office.unit) === party.unitKind;
    case 'relation':
      return undefined;
  }
}

/** Whether an office could be the named speaker of a publication. */
function maySpeak(hall: Hall, office: Office): boolean {
  const speakers = hall.rulebook.rules.flatMap(r =>
    r.kind === 'gate' && r.act.some(p => p.on === 'event' && p.type === 'publication.made')
      ? r.needs.flatMap(n => (n.need === 'speaker in' ? n.parties : []))
      : [],
  );
  if (speakers.length > 0) return speakers.some(p => isParty(hall, office, p) ?? true);
  return office.role === 'spokesperson' || office.role === 'head' || office.role === 'deputy';
}

export function permissionsOf(
  hall: Hall,
  office: Office | undefined,
  person: Person | undefined,
): ReadonlySet<Permission> {
  const held = new Set<Permission>(['view']);
  // The three who run a house are apart: who runs the machine, who lets people in, who inspects what both did.
  if (person?.administrator) held.add('administer');
  if (person?.duty === 'security' || person?.alsoDoes?.includes('security')) held.add('access');
  if (person?.duty === 'audit' || person?.alsoDoes?.includes('audit')) held.add('inspect');
  if (!office) return held;
  if (!OUTSIDE.has(hall.book.org.kindOf(office.unit) ?? '')) held.add('enter');
  if (capacitiesOf(hall, office).length > 0) held.add('sign');
  if (held.has('enter') && maySpeak(hall, office)) held.add('publish');
  return held;
}

/** Offices that staff codes hold on a date: by the setup, as changed by the log since. */
export function officesHeld(hall: Hall, on: string): readonly (Office & { readonly holder: string })[] {
  const spells = new Map<string, Office & { holder: string | null; from: string }>();
  const put = (unit: string, role: string, holder: string | null, from: string, to: string | undefined): void => {
    if (from > on || (to !== undefined && to < on)) return;
    // Members of a group share one office name: each keeps a spell of their own.
    const key = `${unit}/${role}/${role === 'member' ? (holder ?? '') : ''}`;
    const known = spells.get(key);
    if (!known || known.from <= from) spells.set(key, { unit, role, holder, from });
  };
  for (const r of hall.institution.setup.roles) put(r.unit, r.role, r.holder, r.from ?? '0000-01-01', r.to);
  for (const e of hall.kept?.offices ?? hall.events) {
    if (e.type === 'role.assigned')
      put(
        String(e.data['unit']),
        String(e.data['role']),
        String(e.data['holder']),
        String(e.data['from']),
        e.data['to'] === undefined ? undefined : String(e.data['to']),
      );
    if (e.type === 'role.vacated')
      put(String(e.data['unit']), String(e.data['role']), null, String(e.data['from']), undefined);
  }
  return [...spells.values()].flatMap(s =>
    s.holder === null ? [] : [{ unit: s.unit, role: s.role, holder: s.holder }],
  );
}

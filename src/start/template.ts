/** Units, offices and names proposed for a new institution, read off its rulebook; people change them to what is. */
import type { Party, Rulebook } from '#core/rulebook';
import type { Setup } from '#core/obligations';

export interface Template {
  readonly setup: Setup;
  readonly names: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
}
const readable = (key: string): string => key.replaceAll('-', ' ');

export function templateOf(book: Rulebook): Template {
  const { terms } = book;
  const units = new Map<string, string>(
    Object.values(terms.units).some(u => u.kind === 'institution') ? [] : [['institution', 'institution']],
  );
  const offices = new Map<string, { unit: string; role: string }>();
  const office = (unit: string, role: string): void => {
    if (units.has(unit)) offices.set(`${unit}/${role}`, { unit, role });
  };
  for (const [key, entry] of Object.entries(terms.units)) units.set(key, entry.kind ?? 'section');
  for (const [key, kind] of units) if (kind !== 'institution') office(key, 'head');
  for (const rule of book.rules) {
    if (rule.kind === 'seats') {
      const body = rule.body;
      if (body?.party === 'unit') for (const role of Object.keys(rule.seats)) office(body.unit, role);
    }
    if (rule.kind === 'duty' || rule.kind === 'rota') for (const party of rule.who ?? []) fromParty(party);
  }
  for (const capacity of Object.values(terms.capacities))
    if (capacity.heldBy !== 'by-subject') for (const party of capacity.heldBy) fromParty(party);
  function fromParty(party: Party): void {
    if (party.party === 'office') office(party.unit, party.role);
    // A role of no unit in particular is proposed where the work is organised: the first unit named.
    else if (party.party === 'role' && ![...offices.values()].some(o => o.role === party.role)) {
      const first = [...units.keys()].find(u => u !== 'institution');
      if (first !== undefined) office(first, party.role);
    }
  }
  const names: Record<string, { zh: string; en: string }> = { institution: { zh: '本单位', en: 'Institution' } };
  for (const table of [terms.units, terms.roles, terms.channels, terms.bodies])
    for (const [key, entry] of Object.entries(table))
      names[key] = { zh: entry.zh ?? readable(key), en: entry.en ?? readable(key) };
  return {
    setup: {
      institution: book.institution,
      timeZone: 'Asia/Shanghai',
      calendar: 'cn-2026',
      officeHours: [
        { opens: '08:30', closes: '12:00', label: 'local' },
        { opens: '14:00', closes: '17:30', label: 'local' },
      ],
      period: { from: '2026-01-01', to: '2099-12-31' },
      units: [...units].map(([key, kind]) => ({ key, kind })),
      roles: [...offices.values()].map(o => ({ ...o, holder: null })),
      local: {},
      switches: {},
    },
    names,
  };
}

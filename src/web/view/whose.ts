/** Whose a duty is: an office's own, its unit's, anybody's. */
import type { Office } from '#core/log';
import type { Whose } from '#core/obligations';
import type { Hall } from '../state.ts';

/** Who owes a duty, and for which unit, as its line names them. */
export interface Debtor {
  readonly role: string;
  readonly unit?: string | undefined;
}
/** Whether an office sees a duty as its own: it owes it, its unit does, or it is the office of the body that does. */
export function isMine(hall: Hall, line: Debtor, office: Office): boolean {
  const [first = '', second] = line.role.split('/');
  const { org } = hall.book;
  if (second !== undefined)
    return (first === office.unit && second === office.role) || org.within(office.unit, first) || first === office.unit;
  if (org.isUnit(first)) return org.within(office.unit, first);
  return (
    first === office.role &&
    (line.unit === undefined ||
      !org.isUnit(line.unit) ||
      office.unit === line.unit ||
      !org.unitsWithRole(first).includes(line.unit))
  );
}

/** How far a list reaches: what the office owes itself, what it and its unit owe, what anybody owes. */
export type Scope = 'mine' | 'unit' | 'all';
export function whoseOf(hall: Hall, office: Office | undefined, scope: Scope): Whose {
  if (scope === 'all' || !office) return () => true;
  if (scope === 'unit') return owed => isMine(hall, owed, office);
  const own = `${office.unit}/${office.role}`;
  return owed =>
    owed.role === own || (!owed.role.includes('/') && owed.role === office.role && isMine(hall, owed, office));
}

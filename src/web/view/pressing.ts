/** Reminders of a duty and the reason written for its lateness, read off the log. */
import type { ObligationLine } from '#core/obligations';
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';

/** The unit that owes a duty: named by the duty, by the office that owes it, or the only one that has such an office. */
export function owingUnit(
  hall: Hall,
  line: { readonly role: string; readonly unit?: string | undefined },
): string | undefined {
  const { org } = hall.book;
  const [first = '', second] = line.role.split('/');
  if (second !== undefined || org.isUnit(first)) return first;
  const units = org.unitsWithRole(first);
  if (line.unit !== undefined && units.includes(line.unit)) return line.unit;
  return units[0] ?? line.unit;
}

const isFor = (e: StoredEvent, line: ObligationLine, clauseField: string, unit: string | undefined): boolean =>
  e.case === line.case &&
  e.data[clauseField] === line.clause &&
  e.data['unit'] === unit &&
  Date.parse(e.at) >= Date.parse(line.startedAt);

export interface Reminded {
  readonly times: number;
  readonly last: number;
}
/** Reminders of this very duty: same case, clause and unit, since it began. */
export function remindersOf(hall: Hall, line: ObligationLine): Reminded | undefined {
  const unit = owingUnit(hall, line);
  const near = line.case === undefined ? (hall.kept?.said ?? hall.events) : (hall.byCase.get(line.case) ?? []);
  const pressed = near.filter(e => e.type === 'press.reminded' && isFor(e, line, 'clause', unit));
  const last = pressed.at(-1);
  return last && { times: pressed.length, last: Date.parse(last.at) };
}
/** When the unit wrote why this duty was late; undefined where it has not. */
export function reasonOf(hall: Hall, line: ObligationLine): number | undefined {
  const unit = owingUnit(hall, line);
  const near = line.case === undefined ? (hall.kept?.said ?? hall.events) : (hall.byCase.get(line.case) ?? []);
  const written = near.findLast(e => e.type === 'explanation.written' && isFor(e, line, 'about', unit));
  return written && Date.parse(written.at);
}
/** What the unit wrote about this duty since it began, the newest last. */
export function explanationsOf(hall: Hall, line: ObligationLine): readonly StoredEvent[] {
  const unit = owingUnit(hall, line);
  const near = line.case === undefined ? (hall.kept?.said ?? hall.events) : (hall.byCase.get(line.case) ?? []);
  return near.filter(e => e.type === 'explanation.written' && isFor(e, line, 'about', unit));
}

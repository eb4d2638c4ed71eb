/** Who is away today and who acts instead: named for a span, or by the regulation's own pairs (A and B). */
import type { Office } from '#core/log';
import type { Hall } from '../state.ts';
import { presenceIn } from './presence.ts';
import { dateText } from './times.ts';

/** The last day an office is away, if it is away today. */
export const awayUntil = (hall: Hall, office: Office): string | undefined =>
  presenceIn(hall).awayUntil(office.unit, office.role, dateText(hall.now));

/** Who stands in for an office today. */
export function standInOf(hall: Hall, office: Office): string | undefined {
  const [named] = presenceIn(hall).standIns(office.unit, office.role, dateText(hall.now));
  if (named) return named.role;
  if (awayUntil(hall, office) === undefined) return undefined;
  for (const r of hall.rulebook.rules)
    if (r.kind === 'seats' && r.standIn?.[office.role] !== undefined) return r.standIn[office.role];
  return undefined;
}

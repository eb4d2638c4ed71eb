/** When to tell: one moment before each due time and the due time itself, computed from what is owed. */
import type { ObligationLine } from '#core/obligations';
import type { Moment } from './remind.ts';

const HALF_HOUR = 30 * 60_000;
/** A moment that passed while nobody was there is caught up within this time; what is older is late on the desk anyway. */
const CATCH_UP = 24 * 3_600_000;

/** One duty by what makes it this one: a due time that moves makes its reminders anew. */
export const dutyKeyOf = (l: ObligationLine): string =>
  [l.clause, l.case ?? '', l.unit ?? '', l.startedAt, l.dueAt].join('|');

export const isOpen = (l: ObligationLine): boolean => !l.whole && (l.state === 'open' || l.state === 'late');

/** Half an hour before, or half-way where the limit itself is an hour or less; and at the due time. */
export function momentsOf(lines: readonly ObligationLine[], now: number): readonly Moment[] {
  return lines
    .filter(l => isOpen(l) && l.dueAt !== null)
    .flatMap(l => {
      const limitAt = Date.parse(l.dueAt ?? '');
      const started = Date.parse(l.startedAt);
      const before = limitAt - Math.min(HALF_HOUR, Math.max(0, (limitAt - started) / 2));
      const dutyKey = dutyKeyOf(l);
      const base = {
        dutyKey,
        ...(l.case === undefined ? {} : { caseId: l.case }),
        clause: l.clause,
        duty: l.duty,
        ...(l.unit === undefined ? {} : { unit: l.unit }),
        role: l.role,
        limitAt,
      };
      return [
        // "Soon" is no longer worth saying once the time is up.
        ...(limitAt > now ? [{ ...base, key: `${dutyKey}|soon`, what: 'soon' as const, dueAt: before }] : []),
        { ...base, key: `${dutyKey}|due`, what: 'due' as const, dueAt: limitAt },
      ].filter(m => m.dueAt > now - CATCH_UP);
    });
}

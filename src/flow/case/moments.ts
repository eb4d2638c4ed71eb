/** When to tell: one moment before each due time and the due time itself, computed from what is owed. */
import type { ObligationLine } from '#core/obligations';
import type { Moment } from './remind.ts';

const HALF_HOUR = 30 * 60_000;
/** A moment that passed while nobody was there is caught up within this time; what is older is late on the desk anyway. */
const CATCH_UP = 24 * 3_600_000;

/** One duty by what makes it this one: a due time that moves makes its reminders anew. */
export const dutyKeyOf = (l: ObligationLine): string =>
  [l.clause, l.case ?? '', l.unit ?? '', l.startedAt, l.dueAt].join('|');

/**
 * A watch slot is missed at the very instant at which it ends. An entry of that instant must not take away the word that it
 * is over, so the word stays for as long as the engine may reasonably come late; older ones are on the desk as missed.
 */
const TOLD_WITHIN = 15 * 60_000;
export const hasJustEnded = (l: ObligationLine, now: number): boolean =>
  !l.whole && l.state === 'missed' && l.dueAt !== null && Date.parse(l.dueAt) > now - TOLD_WITHIN;

export const isOpen = (l: ObligationLine): boolean => !l.whole && (l.state === 'open' || l.state === 'late');

/** Half an hour before, or half-way where the limit itself is an hour or less; and at the due time. */
export function momentsOf(lines: readonly ObligationLine[], now: number): readonly Moment[] {
  return lines
    .filter(l => (isOpen(l) && l.dueAt !== null) || hasJustEnded(l, now))
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

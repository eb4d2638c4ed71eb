/** Whom to tell when: one moment before each due time and the due time itself, computed from what is owed. */
import type { ObligationLine } from '#core/obligations';

export interface Moment {
  readonly key: string;
  readonly caseId?: string;
  readonly clause: string;
  readonly duty: string;
  readonly unit?: string;
  readonly role: string;
  readonly what: 'soon' | 'due';
  readonly dueAt: number;
}
const HALF_HOUR = 30 * 60_000;

/** Half an hour before, or half-way where the limit itself is an hour or less; and at the due time. */
export function momentsOf(lines: readonly ObligationLine[], now: number): readonly Moment[] {
  return lines
    .filter(l => !l.whole && l.state === 'open' && l.dueAt !== null)
    .flatMap(l => {
      const due = Date.parse(l.dueAt ?? '');
      const started = Date.parse(l.startedAt);
      const before = due - Math.min(HALF_HOUR, Math.max(0, (due - started) / 2));
      const base = {
        ...(l.case === undefined ? {} : { caseId: l.case }),
        clause: l.clause,
        duty: l.duty,
        ...(l.unit === undefined ? {} : { unit: l.unit }),
        role: l.role,
      };
      const key = [l.clause, l.case ?? '', l.unit ?? '', l.startedAt, l.dueAt].join('|');
      return [
        { ...base, key: `${key}|soon`, what: 'soon' as const, dueAt: before },
        { ...base, key: `${key}|due`, what: 'due' as const, dueAt: due },
      ].filter(m => m.dueAt > now);
    });
}

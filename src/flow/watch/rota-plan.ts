/**
 * Shifts of some weeks from a pattern: whoever has had the fewest takes the next, nights and rest days counted apart, and
 * nobody stands twice without the rest that was agreed. What nobody can take stays open, with the reason of each office.
 */
import { clockMinutes, DAY, dateOfDay, dayNumber, HOUR, MINUTE, startOfDay, type Instant } from '#core/calendar';

export interface PlannedShift {
  readonly date: string;
  readonly name: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Absent where nobody can. */
  readonly role?: string;
  /** Why each office could not, where nobody can. */
  readonly why?: readonly { readonly role: string; readonly why: 'away' | 'no-rest' | 'on-watch' }[];
}
export interface PlanQuestion {
  readonly shifts: readonly { readonly name: string; readonly opens: string; readonly closes: string }[];
  readonly offices: readonly string[];
  /** First date, and the first date that is no longer planned. */
  readonly from: string;
  readonly to: string;
  readonly restHours: number;
  readonly offsetMinutes: number;
  readonly isAway: (role: string, date: string) => boolean;
  readonly isRestDay: (date: string) => boolean;
  /** Shifts that stand already; they are kept and counted. */
  readonly standing: readonly { readonly from: Instant; readonly to: Instant; readonly role: string }[];
}
/** A shift that touches these hours is a night. */
const NIGHT_ENDS = 6;

/** The hours of one shift on a date; one that closes at or before it opens ends the next day. */
export function hoursOf(
  date: string,
  shift: { readonly opens: string; readonly closes: string },
  offsetMinutes: number,
): { readonly from: Instant; readonly to: Instant } {
  const midnight = startOfDay(dayNumber(date) ?? 0, offsetMinutes);
  const from = midnight + (clockMinutes(shift.opens) ?? 0) * MINUTE;
  const closes = midnight + (clockMinutes(shift.closes) ?? 0) * MINUTE;
  return { from, to: closes <= from ? closes + DAY : closes };
}
export function isNight(span: { readonly from: Instant; readonly to: Instant }, offsetMinutes: number): boolean {
  for (let day = Math.floor(span.from / DAY) - 1; day <= Math.floor(span.to / DAY) + 1; day++) {
    const midnight = day * DAY - offsetMinutes * MINUTE;
    if (span.from < midnight + NIGHT_ENDS * HOUR && span.to > midnight) return true;
  }
  return false;
}

export function planRota(question: PlanQuestion): readonly PlannedShift[] {
  const { shifts, offices, restHours, offsetMinutes, standing } = question;
  const taken: { from: Instant; to: Instant; role: string }[] = standing.map(s => ({ ...s }));
  const [first, last] = [dayNumber(question.from) ?? 0, dayNumber(question.to) ?? 0];
  const planned: PlannedShift[] = [];
  const weight = (role: string, night: boolean, rest: boolean): number => {
    const own = taken.filter(t => t.role === role);
    const alike = own.filter(
      t =>
        (night && isNight(t, offsetMinutes)) ||
        (rest && question.isRestDay(dateOfDay(Math.floor((t.from + offsetMinutes * MINUTE) / DAY)))),
    );
    // The burdens that are felt count first, then the sum of all.
    return alike.length * 1000 + own.length;
  };
  for (let day = first; day < last; day++) {
    const date = dateOfDay(day);
    for (const shift of shifts) {
      const span = hoursOf(date, shift, offsetMinutes);
      if (standing.some(s => s.from < span.to && s.to > span.from)) continue;
      const why: { role: string; why: 'away' | 'no-rest' | 'on-watch' }[] = [];
      const able = offices.filter(role => {
        const no = hindrance(role, span, taken, restHours, question.isAway(role, date));
        if (no) why.push({ role, why: no });
        return no === undefined;
      });
      const [night, rest] = [isNight(span, offsetMinutes), question.isRestDay(date)];
      const role = able.toSorted(
        (a, b) => weight(a, night, rest) - weight(b, night, rest) || offices.indexOf(a) - offices.indexOf(b),
      )[0];
      if (role === undefined) planned.push({ date, name: shift.name, ...span, why });
      else {
        planned.push({ date, name: shift.name, ...span, role });
        taken.push({ ...span, role });
      }
    }
  }
  return planned;
}

/** Why an office cannot take some hours, or undefined. */
export function hindrance(
  role: string,
  span: { readonly from: Instant; readonly to: Instant },
  taken: readonly { readonly from: Instant; readonly to: Instant; readonly role: string }[],
  restHours: number,
  away: boolean,
): 'away' | 'no-rest' | 'on-watch' | undefined {
  if (away) return 'away';
  const own = taken.filter(t => t.role === role);
  if (own.some(t => t.from < span.to && t.to > span.from)) return 'on-watch';
  const rest = restHours * HOUR;
  return own.some(t => span.from - t.to < rest && t.from - span.to < rest) ? 'no-rest' : undefined;
}

/**
 * Office hours: which spans a date has, when it closes, and adding working hours to an instant. An institution's
 * "8 working hours" stop at closing time and at lunch and go on at the next opening.
 */
import { isWorking } from './days.ts';
import { clockMinutes, dateOfDay, dayOfInstant, MINUTE, startOfDay, weekdayOf } from './instant.ts';
import type { AddOptions, Calendar, Instant, OfficeSpan } from './types.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
export interface Shift {
  readonly opensAt: Instant;
  readonly closesAt: Instant;
}

function isFor(span: OfficeSpan, day: number, weekday: number): boolean {
  if (span.from !== undefined || span.to !== undefined) {
    const date = dateOfDay(day);
    if ((span.from !== undefined && date < span.from) || (span.to !== undefined && date > span.to)) return false;
  }
  if (!span.days) return true;
  return span.days.some(d =>
    typeof d === 'number'
      ? d === weekday
      : (WEEKDAYS[weekday - 1] ?? '').startsWith(d.toLowerCase().slice(0, 3)) || d === String(weekday),
  );
}
const FRIDAY = 5;
/**
 * The spans of a date: a unit's own where it has any, else the institution's; dated spans (summer hours) before undated
 * ones. A Saturday or Sunday that no span names keeps the hours of a Friday: it is asked for only when made into a working
 * day, and hours set for Monday to Friday would otherwise leave it without any.
 */
export function spansOf(calendar: Calendar, day: number, unit?: string): readonly OfficeSpan[] {
  const own = unit === undefined ? [] : calendar.officeHours.filter(s => s.unit === unit);
  const general = calendar.officeHours.filter(s => s.unit === undefined);
  const candidates = own.length > 0 ? own : general;
  const weekday = weekdayOf(day);
  const named = candidates.filter(s => isFor(s, day, weekday));
  const spans = named.length > 0 || weekday <= FRIDAY ? named : candidates.filter(s => isFor(s, day, FRIDAY));
  const dated = spans.filter(s => s.from !== undefined || s.to !== undefined);
  return dated.length > 0 ? dated : spans;
}
/**
 * Close of business: the latest `closes` of the date; undefined where no office hours are set. A unit without hours on that
 * date closes with the institution, and a date without any hours at the institution's latest.
 */
export function closeOfBusiness(calendar: Calendar, day: number, unit?: string): Instant | undefined {
  const everywhere = () => calendar.officeHours.filter(s => s.unit === undefined || s.unit === unit);
  const spans =
    [() => spansOf(calendar, day, unit), () => spansOf(calendar, day), everywhere]
      .map(find => find())
      .find(found => found.length > 0) ?? [];
  if (spans.length === 0) return undefined;
  const minutes = Math.max(...spans.map(s => clockMinutes(s.closes) ?? 0));
  return startOfDay(day, calendar.offsetMinutes) + minutes * MINUTE;
}
/** The shifts of a day in order; none on a rest day. */
export function shiftsOf(calendar: Calendar, day: number, options: AddOptions = {}): Shift[] {
  if (!isWorking(calendar, day, options.beyond)) return [];
  const midnight = startOfDay(day, calendar.offsetMinutes);
  return spansOf(calendar, day, options.unit)
    .map(s => ({
      opensAt: midnight + (clockMinutes(s.opens) ?? 0) * MINUTE,
      closesAt: midnight + (clockMinutes(s.closes) ?? 0) * MINUTE,
    }))
    .sort((a, b) => a.opensAt - b.opensAt);
}

/** The stretches of office time that make up a span of working time from an instant. Ending at closing time counts as that day. */
export function workingStretches(
  calendar: Calendar,
  from: Instant,
  milliseconds: number,
  options: AddOptions = {},
): Shift[] {
  if (calendar.officeHours.length === 0) throw new RangeError('working hours need office hours: set officeHours');
  const stretches: Shift[] = [];
  let left = milliseconds;
  let empty = 0;
  for (let day = dayOfInstant(from, calendar.offsetMinutes); ; day++) {
    const shifts = shiftsOf(calendar, day, options);
    // A year without an hour of office time would be searched for ever.
    if (++empty > 800) throw new RangeError('no office hours in more than two years: check the dates of officeHours');
    for (const shift of shifts) {
      const opensAt = Math.max(from, shift.opensAt);
      if (opensAt >= shift.closesAt) continue;
      empty = 0;
      const closesAt = Math.min(shift.closesAt, opensAt + left);
      stretches.push({ opensAt, closesAt });
      left -= closesAt - opensAt;
      if (left <= 0) return stretches;
    }
  }
}
/** Office time between two instants, in milliseconds. */
export function workingTimeBetween(calendar: Calendar, from: Instant, to: Instant, options: AddOptions = {}): number {
  let sum = 0;
  for (let day = dayOfInstant(from, calendar.offsetMinutes); day <= dayOfInstant(to, calendar.offsetMinutes); day++)
    for (const shift of shiftsOf(calendar, day, options))
      sum += Math.max(0, Math.min(to, shift.closesAt) - Math.max(from, shift.opensAt));
  return sum;
}

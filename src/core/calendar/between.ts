/** How many whole units of a limit have passed between two instants. */
import { workingDaysBetween } from './days.ts';
import { dayOfInstant, HOUR, MINUTE } from './instant.ts';
import type { AddOptions, Calendar, Instant, TimeUnit } from './types.ts';
import { workingTimeBetween } from './working-time.ts';

/** Whole units passed; 0 where the second instant is not later. Days are dates passed, working days working dates after the first. */
export function unitsBetween(
  calendar: Calendar,
  from: Instant,
  to: Instant,
  unit: TimeUnit,
  options: AddOptions = {},
): number {
  if (to <= from) return 0;
  const first = dayOfInstant(from, calendar.offsetMinutes);
  const last = dayOfInstant(to, calendar.offsetMinutes);
  switch (unit) {
    case 'minutes':
      return Math.floor((to - from) / MINUTE);
    case 'hours':
      return Math.floor((to - from) / HOUR);
    case 'same day':
    case 'days':
      return last - first;
    case 'working days':
      return workingDaysBetween(calendar, first, last, options.beyond);
    case 'working hours':
      return Math.floor(workingTimeBetween(calendar, from, to, options) / HOUR);
  }
}

/** Whether the holiday notice of a date's year has been issued: a date beyond it is provisional and says so. */
import type { Calendar } from '#core/calendar';

export const isHolidayKnown = (calendar: Calendar, date: string): boolean =>
  calendar.tables.has(Number(date.slice(0, 4)));

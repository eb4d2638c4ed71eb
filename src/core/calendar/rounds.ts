/** The moments of one date at which somebody must look: every so often inside a window, at points, or once a day. */
import { isWorking } from './days.ts';
import { clockMinutes, DAY, MINUTE, startOfDay } from './instant.ts';
import type { AddOptions, Calendar, Instant } from './types.ts';

export type DayClass = 'working-days' | 'rest-days' | 'every-day';
export interface Slot {
  readonly from: Instant;
  /** End of a window, the point itself for a point. */
  readonly to: Instant;
}
export interface SlotQuestion {
  readonly on: DayClass;
  /** Milliseconds between two looks. */
  readonly every?: number;
  /** Times of day; absent = the whole date. A window that ends earlier than it begins runs past midnight. */
  readonly window?: { readonly from: string; readonly to: string };
  readonly points?: readonly string[];
}

/** Does the date belong to the class? DR-12, DR-14. */
export function isOnClass(calendar: Calendar, day: number, on: DayClass, beyond?: AddOptions['beyond']): boolean {
  return on === 'every-day' || isWorking(calendar, day, beyond) === (on === 'working-days');
}

/**
 * The slots of a date in order; none where the date is not of the class. The last one of a window may be shorter. Points
 * stand alone, or beside a window where one is given too.
 */
export function slotsOf(
  calendar: Calendar,
  day: number,
  question: SlotQuestion,
  beyond?: AddOptions['beyond'],
): Slot[] {
  if (!isOnClass(calendar, day, question.on, beyond)) return [];
  const midnight = startOfDay(day, calendar.offsetMinutes);
  if (question.points) {
    const points = [...new Set(question.points)]
      .map(point => midnight + (clockMinutes(point) ?? 0) * MINUTE)
      .map(at => ({ from: at, to: at }));
    const { points: _, ...window } = question;
    const more = question.every === undefined && !question.window ? [] : slotsOf(calendar, day, window, beyond);
    return [...points, ...more].sort((a, b) => a.from - b.from || a.to - b.to);
  }
  const opens = midnight + (question.window ? (clockMinutes(question.window.from) ?? 0) * MINUTE : 0);
  const until = midnight + (question.window ? (clockMinutes(question.window.to) ?? 0) * MINUTE : DAY);
  const closes = until <= opens ? until + DAY : until;
  if (question.every === undefined) return [{ from: opens, to: closes }];
  const slots: Slot[] = [];
  for (let from = opens; from < closes; from += question.every)
    slots.push({ from, to: Math.min(from + question.every, closes) });
  return slots;
}

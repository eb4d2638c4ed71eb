/** Moments as the pages write them: 5月2日 02:05, the year only when it differs, 24:00 for the end of a day. */
import { clockMinutes, dateOfDay, dayOfInstant, type Instant, weekdayOf } from '#core/calendar';
import type { Language, Words } from '../words/index.ts';

/** China keeps one zone; pages show its civil time whatever the machine's own zone is. */
export const OFFSET = 480;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

export const dateText = (at: Instant): string => dateOfDay(dayOfInstant(at, OFFSET));
export const clockText = (at: Instant): string => {
  const minutes = Math.floor((at + OFFSET * 60_000) / 60_000) % 1440;
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
/** `2026-05-02` as people write it beside `now`. */
export function dayText(language: Language, date: string, now: Instant): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const other = year !== dateText(now).slice(0, 4);
  if (language === 'zh') return `${other ? `${year}年` : ''}${Number(month)}月${Number(day)}日`;
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}${other ? ` ${year}` : ''}`;
}
/** The moment with its day, or only its time when it is today. */
export function momentText(language: Language, at: Instant, now: Instant): string {
  const date = dateText(at);
  return date === dateText(now) ? clockText(at) : `${dayText(language, date, now)} ${clockText(at)}`;
}
export const fullMoment = (language: Language, at: Instant, now: Instant): string =>
  `${dayText(language, dateText(at), now)} ${clockText(at)}`;
/** The first instant too late of a date duty is shown as 24:00 of the day itself. */
export function dueText(language: Language, at: Instant, dueOn: string | undefined, now: Instant): string {
  if (dueOn === undefined) return momentText(language, at, now);
  return dueOn === dateText(now) ? '24:00' : `${dayText(language, dueOn, now)} 24:00`;
}
export const weekdayText = (w: Words, at: Instant): string => w.weekdays[weekdayOf(dayOfInstant(at, OFFSET)) % 7] ?? '';
/** For `datetime-local` inputs: local civil time to the minute. */
export const inputMoment = (at: Instant): string => `${dateText(at)}T${clockText(at)}`;
/** What such an input says, as an event writes it; undefined where it says nothing readable. */
export function momentOfInput(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  return match ? `${match[1]}T${match[2]}:${match[3]}:${match[4] ?? '00'}+08:00` : undefined;
}
export const minutesOfDay = clockMinutes;

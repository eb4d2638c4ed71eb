/** Instants and civil dates: reading them strictly, counting days, writing them. China is one zone without summer time. */
import type { CivilDate, Instant } from './types.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const CHINA_OFFSET_MINUTES = 480;

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const CLOCK = /^(\d\d):(\d\d)$/;

/** A number of days since 1970-01-01, or undefined where there is no such date (2026-02-30). */
export function dayNumber(date: CivilDate): number | undefined {
  const [, year, month, day] = DATE.exec(date)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const at = Date.UTC(year, month - 1, day);
  const back = new Date(at);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || year < 1900) return undefined;
  return at / DAY;
}
/** The civil date of a day number. */
export function dateOfDay(day: number): CivilDate {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
/** The instant, or why it is none. Seconds and offset are required. */
export function parseInstant(text: string): Instant | { readonly reason: string } {
  const match = INSTANT.exec(text);
  if (!match) {
    if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text))
      return { reason: 'an offset is needed, as in 2026-09-18T22:30:00+08:00' };
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(text))
      return { reason: 'seconds are needed, as in 2026-09-18T22:30:00+08:00' };
    return { reason: 'an instant is written as 2026-09-18T22:30:00+08:00' };
  }
  const [, year = '', month = '', dayOfMonth = '', hour = '', minute = '', second = '', zone = ''] = match;
  const day = dayNumber(`${year}-${month}-${dayOfMonth}`);
  if (day === undefined) return { reason: `there is no date ${year}-${month}-${dayOfMonth}` };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return { reason: `there is no time ${hour}:${minute}:${second}` };
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  if (Math.abs(offset) > 14 * 60) return { reason: `there is no offset ${zone}` };
  return day * DAY + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * 1000 - offset * MINUTE;
}
/** An instant that has been checked before; throws on one that has not. */
export function instantOf(text: string): Instant {
  const at = parseInstant(text);
  if (typeof at === 'number') return at;
  throw new RangeError(`"${text}": ${at.reason}`);
}
/** As it is written everywhere: `2026-09-18T22:30:00+08:00`. */
export function formatInstant(at: Instant, offsetMinutes: number = CHINA_OFFSET_MINUTES): string {
  const sign = offsetMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes);
  const zone = `${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${new Date(at + offsetMinutes * MINUTE).toISOString().slice(0, 19)}${zone}`;
}
/** As the arithmetic shows it: `2026-09-18 22:30`, with seconds where there are any. */
export function showInstant(at: Instant, offsetMinutes: number = CHINA_OFFSET_MINUTES): string {
  const text = new Date(at + offsetMinutes * MINUTE).toISOString();
  return `${text.slice(0, 10)} ${text.slice(17, 19) === '00' ? text.slice(11, 16) : text.slice(11, 19)}`;
}
/** The day number of an instant in the zone. */
export function dayOfInstant(at: Instant, offsetMinutes: number = CHINA_OFFSET_MINUTES): number {
  return Math.floor((at + offsetMinutes * MINUTE) / DAY);
}
/** 00:00:00 of a day in the zone. */
export function startOfDay(day: number, offsetMinutes: number = CHINA_OFFSET_MINUTES): Instant {
  return day * DAY - offsetMinutes * MINUTE;
}
/** Minutes since midnight of `08:30`; `24:00` is the end of a day. Undefined where it is no time of day. */
export function clockMinutes(text: string): number | undefined {
  const [, hour, minute] = CLOCK.exec(text)?.map(Number) ?? [];
  if (hour === undefined || minute === undefined || minute > 59 || hour > 24 || (hour === 24 && minute > 0))
    return undefined;
  return hour * 60 + minute;
}

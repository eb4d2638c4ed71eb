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
const TWO = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));
/** The civil date of a day number: whole years of 400, 100, 4 and 1, counted from 1 March of the year 0. */
export function dateOfDay(day: number): CivilDate {
  const from = day + 719_468;
  const era = Math.floor(from / 146_097);
  const ofEra = from - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * ofYear + 2) / 153);
  const date = ofYear - Math.floor((153 * march + 2) / 5) + 1;
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${TWO[month]}-${TWO[date]}`;
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
  if (Math.abs(offset) > 14 * 60 || Number(zone.slice(4)) > 59) return { reason: `there is no offset ${zone}` };
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
  return `${wallClock(at, offsetMinutes, 'T', true)}${sign}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}`;
}
/** Date and time of day in the zone. */
function wallClock(at: Instant, offsetMinutes: number, between: string, seconds: boolean): string {
  const local = at + offsetMinutes * MINUTE;
  const day = Math.floor(local / DAY);
  const second = Math.floor((local - day * DAY) / 1000);
  const clock = `${TWO[Math.floor(second / 3600)]}:${TWO[Math.floor(second / 60) % 60]}`;
  const rest = second % 60;
  return `${dateOfDay(day)}${between}${clock}${seconds || rest > 0 ? `:${TWO[rest]}` : ''}`;
}
/** As the arithmetic shows it: `2026-09-18 22:30`, with seconds where there are any. */
export function showInstant(at: Instant, offsetMinutes: number = CHINA_OFFSET_MINUTES): string {
  return wallClock(at, offsetMinutes, ' ', false);
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

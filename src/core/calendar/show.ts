/** Dates as Chinese official papers write them (GB/T 9704: Arabic figures, no leading zeros). */
import { dateOfDay, dayOfInstant, MINUTE, weekdayOf } from './instant.ts';
import { CHINA_OFFSET_MINUTES } from './instant.ts';
import type { CivilDate, Instant } from './types.ts';

const WEEKDAYS = '一二三四五六日';

/** `2026年9月18日`. */
export function showDateZh(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}
/** `9月18日 22:30`, with the year where `withYear`. */
export function showInstantZh(
  at: Instant,
  options: { readonly year?: boolean; readonly weekday?: boolean } = {},
): string {
  const day = dayOfInstant(at, CHINA_OFFSET_MINUTES);
  const date = showDateZh(dateOfDay(day));
  const clock = new Date(at + CHINA_OFFSET_MINUTES * MINUTE).toISOString().slice(11, 16);
  const weekday = options.weekday ? `(周${WEEKDAYS[weekdayOf(day) - 1] ?? ''})` : '';
  return `${options.year ? date : date.slice(5)}${weekday} ${clock}`;
}

/**
 * Is this a working day? Monday to Friday, unless a notice says otherwise: holidays, and weekends made into working days.
 * A year without a table is a fault that names the year, never a silent weekday rule.
 */
import { dateOfDay, dayNumber, weekdayOf } from './instant.ts';
import type { Calendar, CivilDate, DayAnswer, DayKind, HolidayTable } from './types.ts';

/** The holiday table of that year has not been announced, or is not loaded. */
export class CalendarTooShort extends Error {
  override readonly name = 'CalendarTooShort';
  readonly year: number;
  constructor(year: number) {
    super(`there is no holiday table for ${year}: its working days are not announced yet`);
    this.year = year;
  }
}

interface Special {
  readonly name: string;
  readonly isOffDay: boolean;
  readonly notice: string;
}
interface Index {
  readonly special: ReadonlyMap<number, Special>;
  readonly notice: ReadonlyMap<number, string>;
  /** First and last day covered by a run of announced years that is never interrupted. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Working days before each day of the run, so that the n-th one is found by searching. */
  readonly workingBefore: Int32Array;
}
const indexes = new WeakMap<ReadonlyMap<number, HolidayTable>, Index>();

/** Derived once for a set of tables; the same tables always give the same index. */
function indexOf(tables: ReadonlyMap<number, HolidayTable>): Index {
  const known = indexes.get(tables);
  if (known) return known;
  const special = new Map<number, Special>();
  const notice = new Map<number, string>();
  const years = [...tables.keys()].sort((a, b) => a - b);
  for (const year of years) {
    const table = tables.get(year);
    // Where a year was changed by a second notice the source does not say which day is whose: both are named.
    const paper = table?.papers.join(' ') ?? '';
    notice.set(year, paper);
    // A notice may speak of the last days of the year before it; the later notice wins.
    for (const d of table?.days ?? [])
      special.set(dayNumber(d.date) ?? 0, { name: d.name, isOffDay: d.isOffDay, notice: paper });
  }
  const last = years.at(-1);
  let first = last;
  while (first !== undefined && tables.has(first - 1)) first--;
  const firstDay = first === undefined ? 0 : (dayNumber(`${first}-01-01`) ?? 0);
  const lastDay = last === undefined ? -1 : (dayNumber(`${last}-12-31`) ?? 0);
  const workingBefore = new Int32Array(lastDay - firstDay + 2);
  for (let day = firstDay; day <= lastDay; day++) {
    const s = special.get(day);
    const working = s ? !s.isOffDay : weekdayOf(day) <= 5;
    workingBefore[day - firstDay + 1] = (workingBefore[day - firstDay] ?? 0) + (working ? 1 : 0);
  }
  const index = { special, notice, firstDay, lastDay, workingBefore };
  indexes.set(tables, index);
  return index;
}

const yearOfDay = (day: number): number => Number(dateOfDay(day).slice(0, 4));
/** Has the calendar of this day been announced? */
export function isAnnounced(calendar: Calendar, day: number): boolean {
  const { firstDay, lastDay } = indexOf(calendar.tables);
  return (day >= firstDay && day <= lastDay) || calendar.tables.has(yearOfDay(day));
}
/** What sort of day it is; beyond the announced calendar the weekday stands in only where the caller allows it. */
export function kindOf(calendar: Calendar, day: number, beyond: 'refuse' | 'provisional' = 'refuse'): DayKind {
  if (beyond === 'refuse' && !isAnnounced(calendar, day)) throw new CalendarTooShort(yearOfDay(day));
  const special = indexOf(calendar.tables).special.get(day);
  if (special) return special.isOffDay ? 'holiday' : 'make-up';
  return weekdayOf(day) <= 5 ? 'weekday' : 'weekend';
}

/** What a date is; throws CalendarTooShort where its year has no table. */
export function dayOf(calendar: Calendar, date: CivilDate): DayAnswer {
  const day = dayNumber(date);
  if (day === undefined) throw new RangeError(`there is no date ${date}`);
  const why = kindOf(calendar, day);
  const working = why === 'weekday' || why === 'make-up';
  const { special, notice } = indexOf(calendar.tables);
  const s = special.get(day);
  if (s) return { date, working, why, name: s.name, notice: s.notice };
  return { date, working, why, notice: notice.get(Number(date.slice(0, 4))) ?? '' };
}

/** Whether a day is worked; beyond the announced calendar the weekday rule stands in only where the caller allows it. */
export function isWorking(calendar: Calendar, day: number, beyond: 'refuse' | 'provisional' = 'refuse'): boolean {
  const index = indexOf(calendar.tables);
  if (day >= index.firstDay && day <= index.lastDay)
    return (index.workingBefore[day - index.firstDay + 1] ?? 0) > (index.workingBefore[day - index.firstDay] ?? 0);
  const kind = kindOf(calendar, day, beyond);
  return kind === 'weekday' || kind === 'make-up';
}

/** The n-th working day after a day (the day itself not counted). */
export function workingDayAfter(
  calendar: Calendar,
  day: number,
  n: number,
  beyond: 'refuse' | 'provisional' = 'refuse',
): number {
  const { firstDay, lastDay, workingBefore } = indexOf(calendar.tables);
  const from = day + 1 - firstDay;
  if (from >= 0 && from < workingBefore.length) {
    const wanted = (workingBefore[from] ?? 0) + n;
    if (wanted <= (workingBefore[workingBefore.length - 1] ?? 0)) {
      // The smallest day whose count, itself included, reaches the wanted one.
      let low = from;
      let high = lastDay - firstDay;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((workingBefore[middle + 1] ?? 0) >= wanted) high = middle;
        else low = middle + 1;
      }
      return low + firstDay;
    }
  }
  let left = n;
  for (let d = day + 1; ; d++) if (isWorking(calendar, d, beyond) && --left === 0) return d;
}

/** Working dates after one day up to and including another; 0 where the second is not later. */
export function workingDaysBetween(
  calendar: Calendar,
  from: number,
  to: number,
  beyond: 'refuse' | 'provisional' = 'refuse',
): number {
  const { firstDay, lastDay, workingBefore } = indexOf(calendar.tables);
  if (from >= to) return 0;
  if (from + 1 >= firstDay && to <= lastDay)
    return (workingBefore[to + 1 - firstDay] ?? 0) - (workingBefore[from + 1 - firstDay] ?? 0);
  let n = 0;
  for (let d = from + 1; d <= to; d++) if (isWorking(calendar, d, beyond)) n++;
  return n;
}

/** The first date beyond the holiday tables: what is planned by date must end there until the next notice comes. */
export const announcedUntil = (calendar: Calendar): CivilDate =>
  `${Math.max(1970, ...calendar.tables.keys()) + 1}-01-01`;

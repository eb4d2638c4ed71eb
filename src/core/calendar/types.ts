/** Time as institutions count it. Instants are milliseconds since 1970-01-01T00:00Z; a civil date is `2026-09-18`. */

export type Instant = number;
export type CivilDate = string;
export type TimeUnit = 'minutes' | 'hours' | 'same day' | 'days' | 'working days' | 'working hours';
export type DayKind = 'weekday' | 'weekend' | 'holiday' | 'make-up';

/** One year of `calendars/cn-<year>.json`: only the days that differ from Monday-to-Friday, with the notices they come from. */
export interface HolidayTable {
  readonly year: number;
  readonly papers: readonly string[];
  readonly days: readonly { readonly date: CivilDate; readonly name: string; readonly isOffDay: boolean }[];
}
/** A span of office hours, local to the institution or to one unit, for some dates or weekdays. */
export interface OfficeSpan {
  readonly opens: string;
  readonly closes: string;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
  /** ISO weekdays 1-7 or their English names; absent = every working day. */
  readonly days?: readonly (number | string)[];
  readonly unit?: string;
  readonly label?: string;
}
export interface Calendar {
  /** Minutes east of UTC; China is 480 without summer time. */
  readonly offsetMinutes: number;
  readonly tables: ReadonlyMap<number, HolidayTable>;
  readonly officeHours: readonly OfficeSpan[];
}
/** What adding a limit gives: the due instant, its arithmetic in words, and whether the calendar for it has been announced. */
export interface Due {
  /** For `dueKind` date: the first instant that is too late, 00:00:00 of the date after `dueOn`. */
  readonly dueAt: Instant;
  readonly dueOn?: CivilDate;
  readonly dueKind: 'instant' | 'date';
  /** One step a line, in plain English, instants as `2026-09-18 22:30`. */
  readonly steps: readonly string[];
  readonly provisional: boolean;
}
export interface AddOptions {
  /** Whose office hours count; absent = the institution's. */
  readonly unit?: string;
  /** DR-4 switch: whether calendar days that end on a rest day move to the next working day. */
  readonly roll?: 'stay' | 'move';
  /**
   * What to do beyond the announced calendar: refuse (default; throws CalendarTooShort), or count Monday to Friday and
   * say `provisional`, for planning.
   */
  readonly beyond?: 'refuse' | 'provisional';
}
export interface DayAnswer {
  readonly date: CivilDate;
  readonly working: boolean;
  readonly why: DayKind;
  readonly name?: string;
  readonly notice: string;
}

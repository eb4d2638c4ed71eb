/** Time as institutions count it. */
export { addLimit } from './add.ts';
export { unitsBetween } from './between.ts';
export {
  announcedUntil,
  CalendarTooShort,
  dayOf,
  isAnnounced,
  isWorking,
  workingDayAfter,
  workingDaysBetween,
} from './days.ts';
export {
  CHINA_OFFSET_MINUTES,
  clockMinutes,
  dateOfDay,
  DAY,
  dayNumber,
  dayOfInstant,
  formatInstant,
  HOUR,
  instantOf,
  MINUTE,
  parseInstant,
  showInstant,
  startOfDay,
  weekdayOf,
} from './instant.ts';
export { type DayClass, isOnClass, type Slot, type SlotQuestion, slotsOf } from './rounds.ts';
export { showDateZh, showInstantZh } from './show.ts';
export { makeCalendar, readOfficeHours, readTable } from './table.ts';
export type * from './types.ts';
export { closeOfBusiness, shiftsOf, workingTimeBetween } from './working-time.ts';

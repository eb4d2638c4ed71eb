/** Civil dates of forms: counted on, and read as they are typed. */
import { dateOfDay, dayNumber } from '#core/calendar';

export const addDays = (date: string, days: number): string => dateOfDay((dayNumber(date) ?? 0) + days);
/** A date of a form, or undefined where it is none. */
export const dateTyped = (text: string): string | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(text) && dayNumber(text) !== undefined ? text : undefined;

/** What a reminder is about, in the words of the duty. */
import type { ReminderRow } from '../ports.ts';
import type { Hall } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import { halfOf } from './bilingual.ts';
import { dutyTitle } from './duties.ts';
import type { Naming } from './naming.ts';

/** As the desk writes the duty while it stands there; else the rule's own words. */
export function reminderTitle(hall: Hall, w: Words, language: Language, names: Naming, r: ReminderRow): string {
  // Owed to no clause: a source that is not read.
  if (r.clause === '') return w.sourceAlarm;
  const rule = hall.rulebook.rules.find(x => 'name' in x && x.name === r.duty);
  const title = rule
    ? dutyTitle(hall, language, names, r)
    : halfOf(language, hall.book.duty(r.duty)?.must ?? r.duty.replaceAll('-', ' '));
  return r.unit === undefined ? title : `${title}${w.colon}${names.unit(r.unit)}`;
}

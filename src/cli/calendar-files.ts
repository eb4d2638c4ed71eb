/** Opens the holiday tables of the checkout: all announced years at once, they are small and a due time may reach into any. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Calendar, type HolidayTable, makeCalendar, type OfficeSpan, readTable } from '#core/calendar';

/** The calendar of `calendars/cn-*.json` under `root`; throws where a file is broken (they are part of the product). */
export function readCalendar(root: string, options: { readonly officeHours?: readonly OfficeSpan[] } = {}): Calendar {
  const folder = join(root, 'calendars');
  const tables: HolidayTable[] = readdirSync(folder)
    .filter(name => /^cn-\d{4}\.json$/.test(name))
    .sort()
    .map(name => {
      const table = readTable(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      if ('problems' in table) throw new Error(`calendars/${name}: ${table.problems.join('; ')}`);
      return table;
    });
  return makeCalendar(tables, options.officeHours);
}

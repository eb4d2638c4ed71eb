/** Reads the content of one `calendars/cn-<year>.json`; says everything that is wrong with it. */
import { dayNumber } from './instant.ts';
import type { Calendar, HolidayTable, OfficeSpan } from './types.ts';
import { CHINA_OFFSET_MINUTES, clockMinutes } from './instant.ts';

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

/** The table, or a list of sentences about what is wrong. */
export function readTable(value: unknown): HolidayTable | { readonly problems: readonly string[] } {
  if (!isObject(value)) return { problems: ['a holiday table is one object with year, papers, days'] };
  const { year, papers, days } = value;
  const problems: string[] = [];
  if (!Number.isInteger(year)) problems.push('"year" is a whole number');
  if (!Array.isArray(papers) || papers.length === 0 || papers.some(p => typeof p !== 'string'))
    problems.push('"papers" lists the notices the table comes from');
  if (!Array.isArray(days)) problems.push('"days" is a list');
  const seen = new Set<unknown>();
  for (const [i, d] of (Array.isArray(days) ? days : []).entries()) {
    if (!isObject(d) || typeof d['date'] !== 'string' || dayNumber(d['date']) === undefined)
      problems.push(`days[${i}]: "date" is a date such as 2026-10-01`);
    else if (seen.has(d['date'])) problems.push(`days[${i}]: ${d['date']} stands twice`);
    else if (Math.abs(Number(d['date'].slice(0, 4)) - Number(year)) > 1)
      problems.push(`days[${i}]: ${d['date']} does not belong to ${String(year)}`);
    if (isObject(d)) {
      seen.add(d['date']);
      if (typeof d['name'] !== 'string') problems.push(`days[${i}]: "name" is a text`);
      if (typeof d['isOffDay'] !== 'boolean') problems.push(`days[${i}]: "isOffDay" is true or false`);
    }
  }
  return problems.length > 0 ? { problems } : (value as unknown as HolidayTable); // every key has just been checked
}

/** A calendar of China from its tables. */
export function makeCalendar(tables: readonly HolidayTable[], officeHours: readonly OfficeSpan[] = []): Calendar {
  return { offsetMinutes: CHINA_OFFSET_MINUTES, tables: new Map(tables.map(t => [t.year, t])), officeHours };
}

/** `08:30-12:00,14:00-17:30` as spans, or a sentence about what is wrong. */
export function readOfficeHours(text: string): readonly OfficeSpan[] | { readonly problem: string } {
  const spans: OfficeSpan[] = [];
  for (const part of text.split(',')) {
    const [opens = '', closes = '', more] = part.trim().split('-');
    const from = clockMinutes(opens);
    const to = clockMinutes(closes);
    if (more !== undefined || from === undefined || to === undefined || from >= to)
      return { problem: `office hours are written as 08:30-12:00,14:00-17:30, not "${part.trim()}"` };
    if (spans.some(s => (clockMinutes(s.closes) ?? 0) > from && (clockMinutes(s.opens) ?? 0) < to))
      return { problem: `"${part.trim()}" overlaps another span` };
    spans.push({ opens, closes });
  }
  return spans;
}

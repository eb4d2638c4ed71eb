/** Due times taken from other systems' own tests: those whose rule the product offers must hold; the rest say why they are not ours. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { readCalendar } from '../../cli/calendar-files.ts';
import { NO_SHARED_FILES, sharedPath } from '../../../tests/shared-files.ts';
import {
  addLimit,
  type Calendar,
  dateOfDay,
  dayNumber,
  dayOf,
  dayOfInstant,
  instantOf,
  makeCalendar,
  type OfficeSpan,
  workingTimeBetween,
} from './index.ts';

afterEach(() => vi.unstubAllEnvs());

interface Case {
  readonly suite: string;
  readonly start?: string;
  readonly n_days?: number;
  readonly n?: number;
  readonly factor?: number;
  readonly unit?: string;
  readonly op?: string;
  readonly calendar?: string;
  readonly from?: string;
  readonly to?: string;
  readonly at?: string;
  readonly work_in_days?: boolean;
  readonly expect?: string | boolean;
  readonly expect_hours?: number;
}
/** The systems count in their own zones; arithmetic on civil time is the same in ours. */
const at = (text: string) =>
  instantOf(`${text.replace(' ', 'T').padEnd(10)}${text.length === 10 ? 'T12:00:00' : ''}+08:00`);
const GLPI: readonly OfficeSpan[] = [{ opens: '08:00', closes: '20:00' }];

function calendarOf(holidays: readonly string[], office: readonly OfficeSpan[]): Calendar {
  const years = Array.from({ length: 20 }, (_, i) => 2004 + i);
  return makeCalendar(
    years.map(year => ({
      year,
      papers: ['test'],
      days: holidays.filter(d => d.startsWith(String(year))).map(date => ({ date, name: 'holiday', isOffDay: true })),
    })),
    office,
  );
}

/** What the product answers, or why it offers no such rule. */
function judge(c: Case, holidays: readonly string[]): { readonly ours: unknown } | { readonly reason: string } {
  const onDate = (calendar: Calendar, unit: 'days' | 'working days') =>
    addLimit(calendar, at(c.start ?? ''), c.n_days ?? 0, unit, { roll: 'move' });
  if (c.op === 'sub' || c.op === 'before')
    return { reason: 'counts backwards: a limit of ours runs forwards from its anchor' };
  if (c.suite === 'alaveteli-holiday') {
    const calendar = calendarOf(holidays, []);
    return { ours: onDate(calendar, c.unit === 'working_days' ? 'working days' : 'days').dueOn };
  }
  if (c.suite === 'amsterdam-signals') {
    if (c.unit !== 'calendar_days')
      return { reason: 'its working day is 24 hours from the anchor; ours ends at close of business (DR-5)' };
    const due = addLimit(calendarOf([], []), at(c.start ?? ''), 24 * (c.n_days ?? 0) * (c.factor ?? 1), 'hours').dueAt;
    return { ours: new Date(due + 8 * 3_600_000).toISOString().slice(0, 19) };
  }
  if (c.suite === 'glpi-calendar') {
    if (c.calendar !== 'mon-fri 08-20')
      return { reason: 'a day of 24 office hours closes at 24:00, which we write as a date limit' };
    const calendar = calendarOf([], GLPI);
    if (c.unit === 'working_days')
      return {
        ours: new Date(onDate(calendar, 'working days').dueAt + 8 * 3_600_000)
          .toISOString()
          .slice(0, 19)
          .replace('T', ' '),
      };
    if (c.op === 'active_time_between' && !c.work_in_days)
      return { ours: workingTimeBetween(calendar, at(c.from ?? ''), at(c.to ?? '')) / 3_600_000 };
    if (c.op === 'is_working_day') return { ours: dayOf(calendar, dateOfDay(dayOfInstant(at(c.at ?? '')))).working };
    return {
      reason: 'asks for a form of question the product does not have (work counted in whole days, is it open now)',
    };
  }
  if (c.suite === 'zendesk-biz')
    return { reason: 'Saturday office hours without a notice that makes Saturday a working day, and limits of 0' };
  if (c.suite === 'zammad-sla')
    return { reason: 'clocks that pause and restart with every message; version 1 has no pauses' };
  if (c.suite === 'fixmystreet-workingdays')
    return { reason: 'counts Saturdays by a flag; ours are worked only where a notice says so' };
  return { reason: 'another rule' };
}

test('every case is ours and holds, or says why it is not ours', context => {
  const file = sharedPath('data/deadlines/deadline_cases.jsonl');
  const days = sharedPath('data/deadlines/alaveteli_holidays.json');
  if (!file || !days) return context.skip(NO_SHARED_FILES);
  const holidays = JSON.parse(readFileSync(days, 'utf8')) as string[];
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Case);
  const judged = cases.map(c => ({ c, answer: judge(c, holidays) }));
  const ours = judged.filter(j => 'ours' in j.answer);
  expect(ours.length).toBeGreaterThanOrEqual(20);
  const wrong = ours.filter(j => 'ours' in j.answer && j.answer.ours !== (j.c.expect ?? j.c.expect_hours));
  expect(wrong).toEqual([]);
});

const DATES = Array.from({ length: 16 * 366 }, (_, i) => dateOfDay((dayNumber('2010-01-01') ?? 0) + i)).filter(
  date => date < '2026-01-01',
);
test('an independent library counts the same working days in every announced year it knows, whatever the zone here', async () => {
  const calendar = readCalendar(new URL('../../..', import.meta.url).pathname);
  const working = (zone: string, hours: number, ask: (date: string) => boolean): string[] => {
    vi.stubEnv('TZ', zone);
    expect(new Date(0).getHours(), 'the zone is in force').toBe(hours);
    return DATES.filter(ask);
  };
  const ours = (date: string) => dayOf(calendar, date).working;
  // The library answers differently in the zone of another host, already when it is loaded: China's is set before.
  vi.stubEnv('TZ', 'Asia/Shanghai');
  const { isWorkday } = await import('chinese-days');
  const theirs = working('Asia/Shanghai', 8, date => isWorkday(date));
  expect(theirs.length).toBeGreaterThan(3900);
  expect(working('Asia/Shanghai', 8, ours)).toEqual(theirs);
  expect(working('America/New_York', 19, ours)).toEqual(theirs);
});

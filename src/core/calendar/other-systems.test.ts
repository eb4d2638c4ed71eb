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
  formatInstant,
  instantOf,
  makeCalendar,
  MINUTE,
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
  readonly hours?: Readonly<Record<string, string | readonly string[]>>;
  readonly holidays?: unknown;
  readonly created_at?: string;
  readonly sla_minutes?: { readonly first_response: number };
  readonly events?: readonly (readonly [string, string])[];
  readonly expect?: string | boolean | Readonly<Record<string, unknown>>;
  readonly expect_hours?: number;
}
/** The systems count in their own zones; arithmetic on civil time is the same in ours. */
const at = (text: string) =>
  instantOf(`${text.replace(' ', 'T').padEnd(10)}${text.length === 10 ? 'T12:00:00' : ''}+08:00`);
const GLPI: Readonly<Record<string, OfficeSpan>> = {
  'mon-fri 08-20': { opens: '08:00', closes: '20:00' },
  'mon-fri 24h': { opens: '00:00', closes: '24:00' },
};
/** As our own clock shows it, at whole seconds. */
const shown = (at: number) => formatInstant(at).slice(0, 19);

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

type Judged = { readonly ours: unknown; readonly expected?: unknown } | { readonly reason: string };
const BACKWARDS = { reason: 'counts backwards: a limit of ours runs forwards from its anchor' };
const weekOf = (c: Case): OfficeSpan[] =>
  Object.entries(c.hours ?? {}).flatMap(([day, spans]) =>
    [spans].flat().map(span => ({ opens: span.slice(0, 5), closes: span.slice(6), days: [day] })),
  );

/** Its answers before a clock is stopped or begun again: the first reply, in working time of Berlin. */
function zammad(c: Case): Judged {
  const wanted = c.expect as Readonly<Record<string, unknown>>;
  const stops = (c.events ?? []).some(([, what]) => what !== 'first_response');
  if (stops) return { reason: 'clocks that pause and restart with every message; version 1 has no pauses' };
  const [span = ''] = Object.values(c.hours ?? {}).flat();
  const created = instantOf(c.created_at ?? '');
  const berlin = {
    ...calendarOf(c.holidays as readonly string[], [{ opens: span.slice(0, 5), closes: span.slice(6) }]),
    offsetMinutes: c.created_at?.startsWith('2015-09') ? 120 : 60,
  };
  const [answered] = c.events ?? [];
  if (answered)
    return {
      ours: workingTimeBetween(berlin, created, instantOf(answered[0])) / MINUTE,
      expected: wanted['first_response_in_min'],
    };
  const due = addLimit(berlin, created, (c.sla_minutes?.first_response ?? 0) / 60, 'working hours').dueAt;
  return { ours: due, expected: instantOf(String(wanted['first_response_due'])) };
}

/** What the product answers, or why it offers no such rule. */
function judge(c: Case, holidays: readonly string[]): Judged {
  const onDate = (calendar: Calendar, unit: 'days' | 'working days') =>
    addLimit(calendar, at(c.start ?? ''), c.n_days ?? 0, unit, { roll: 'move' });
  if (c.op === 'sub' || c.op === 'before') return BACKWARDS;
  if (c.suite === 'alaveteli-holiday') {
    const calendar = calendarOf(holidays, []);
    return { ours: onDate(calendar, c.unit === 'working_days' ? 'working days' : 'days').dueOn };
  }
  if (c.suite === 'amsterdam-signals') {
    if (c.unit !== 'calendar_days')
      return { reason: 'its working day is 24 hours from the anchor; ours ends at close of business (DR-5)' };
    const due = addLimit(calendarOf([], []), at(c.start ?? ''), 24 * (c.n_days ?? 0) * (c.factor ?? 1), 'hours').dueAt;
    return { ours: shown(due) };
  }
  if (c.suite === 'glpi-calendar') {
    const office = GLPI[c.calendar ?? ''];
    const calendar = calendarOf([], office ? [office] : []);
    if ((c.n_days ?? 0) < 0) return BACKWARDS;
    if (c.unit === 'working_days') return { ours: shown(onDate(calendar, 'working days').dueAt).replace('T', ' ') };
    if (c.op === 'active_time_between' && !c.work_in_days)
      return { ours: workingTimeBetween(calendar, at(c.from ?? ''), at(c.to ?? '')) / 3_600_000 };
    if (c.op === 'is_working_day') return { ours: dayOf(calendar, dateOfDay(dayOfInstant(at(c.at ?? '')))).working };
    return {
      reason: 'asks for a form of question the product does not have (work counted in whole days, is it open now)',
    };
  }
  if (c.suite === 'zendesk-biz') {
    if (c.op === 'within')
      return { reason: 'a week with its Saturday: ours is worked only where a notice makes it a working day' };
    const n = (c.n ?? 0) / (c.unit === 'minutes' ? 60 : 1);
    return { ours: shown(addLimit(calendarOf([], weekOf(c)), at(c.at ?? ''), n, 'working hours').dueAt) };
  }
  if (c.suite === 'zammad-sla') return zammad(c);
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
  const wrong = judged.filter(
    ({ c, answer }) => 'ours' in answer && answer.ours !== (answer.expected ?? c.expect ?? c.expect_hours),
  );
  expect(wrong).toEqual([]);
  const split: Record<string, [ours: number, not: number]> = {};
  for (const { c, answer } of judged) (split[c.suite] ??= [0, 0])['ours' in answer ? 0 : 1]++;
  expect(split).toEqual({
    // system                    ours, not ours
    'amsterdam-signals': [4, 11],
    'fixmystreet-workingdays': [0, 2],
    'alaveteli-holiday': [13, 0],
    'glpi-calendar': [6, 3],
    'zendesk-biz': [3, 5],
    'zammad-sla': [2, 5],
  });
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

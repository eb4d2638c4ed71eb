/**
 * Adding a limit to an anchor (DR-2 to DR-5). Five units that are never converted into each other, and "same day".
 * Every result carries its arithmetic in words.
 */
import { dayOf, isAnnounced, isWorking, workingDayAfter } from './days.ts';
import { dateOfDay, dayOfInstant, HOUR, MINUTE, showInstant, startOfDay } from './instant.ts';
import type { AddOptions, Calendar, Due, Instant, TimeUnit } from './types.ts';
import { closeOfBusiness, workingStretches } from './working-time.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** Longer spans name their first and last working days only. */
const MOST_STEPS = 12;

/** When a limit of `n` units, counted from `from`, is over. */
export function addLimit(calendar: Calendar, from: Instant, n: number, unit: TimeUnit, options: AddOptions = {}): Due {
  switch (unit) {
    case 'minutes':
    case 'hours': {
      const dueAt = from + n * (unit === 'hours' ? HOUR : MINUTE);
      return {
        dueAt,
        dueKind: 'instant',
        steps: [`${plural(n, unit)} on the clock: ${showInstant(dueAt, calendar.offsetMinutes)}`],
        provisional: false,
      };
    }
    case 'same day': {
      const day = dayOfInstant(from, calendar.offsetMinutes);
      return endOfDate(calendar, day, [`same day: ends at 24:00 of ${dateOfDay(day)}`], false);
    }
    case 'days':
      return addDays(calendar, from, n, options);
    case 'working days':
      return addWorkingDays(calendar, from, n, options);
    case 'working hours':
      return addWorkingHours(calendar, from, n, options);
  }
}

/** DR-3, DR-4: the whole date counts; the first instant that is too late is 00:00:00 of the next one. */
function endOfDate(calendar: Calendar, day: number, steps: readonly string[], provisional: boolean): Due {
  return {
    dueAt: startOfDay(day + 1, calendar.offsetMinutes),
    dueOn: dateOfDay(day),
    dueKind: 'date',
    steps,
    provisional,
  };
}

function addDays(calendar: Calendar, from: Instant, n: number, options: AddOptions): Due {
  const anchor = dayOfInstant(from, calendar.offsetMinutes);
  const end = anchor + n;
  const steps = [`anchor date ${dateOfDay(anchor)} not counted`, `day ${n} is ${dateOfDay(end)}`];
  let last = end;
  if (options.roll === 'move') {
    while (!isWorking(calendar, last, options.beyond)) last++;
    if (last !== end) steps.push(`${dateOfDay(end)} is a rest day: moved to ${dateOfDay(last)}`);
  }
  steps.push(`ends at 24:00 of ${dateOfDay(last)}`);
  return endOfDate(calendar, last, steps, options.roll === 'move' && !isAnnounced(calendar, last));
}

function addWorkingDays(calendar: Calendar, from: Instant, n: number, options: AddOptions): Due {
  const anchor = dayOfInstant(from, calendar.offsetMinutes);
  const last = n === 0 ? anchor : workingDayAfter(calendar, anchor, n, options.beyond);
  const closes = closeOfBusiness(calendar, last, options.unit);
  const steps = [`anchor date ${dateOfDay(anchor)} not counted`, ...walk(calendar, anchor, last, options)];
  const provisional = !isAnnounced(calendar, last);
  if (closes === undefined)
    return endOfDate(calendar, last, [...steps, 'no office hours set: ends at 24:00'], provisional);
  const end = steps.length - 1;
  steps[end] = `${steps[end] ?? ''}; close of business ${showInstant(closes, calendar.offsetMinutes).slice(11)}`;
  return { dueAt: closes, dueKind: 'instant', steps, provisional };
}

/** The days from after the anchor to the last one, rest days gathered into runs. */
function walk(calendar: Calendar, anchor: number, last: number, options: AddOptions): string[] {
  const steps: string[] = [];
  let n = 0;
  let rest: { readonly from: number; to: number; readonly why: string } | undefined;
  const close = () => {
    if (rest) steps.push(`${run(rest.from, rest.to)}: ${rest.why}`);
    rest = undefined;
  };
  for (let day = anchor + 1; day <= last; day++) {
    if (isWorking(calendar, day, options.beyond)) {
      close();
      const makeUp = isAnnounced(calendar, day) && dayOf(calendar, dateOfDay(day)).why === 'make-up';
      steps.push(`${dateOfDay(day)} is working day ${++n}${makeUp ? ' (a rest day made into a working day)' : ''}`);
      continue;
    }
    const why = isAnnounced(calendar, day) ? dayOf(calendar, dateOfDay(day)).why : 'weekend';
    if (rest && rest.why === why) rest.to = day;
    else {
      close();
      rest = { from: day, to: day, why };
    }
  }
  if (steps.length <= MOST_STEPS) return steps;
  return [...steps.slice(0, 3), `… ${n} working days in all …`, ...steps.slice(-3)];
}
function run(from: number, to: number): string {
  const part = (day: number) => {
    const [, month = '', date = ''] = dateOfDay(day).split('-');
    return { month: MONTHS[Number(month) - 1] ?? '', date: Number(date) };
  };
  const a = part(from);
  const b = part(to);
  if (from === to) return `${a.date} ${a.month}`;
  return a.month === b.month ? `${a.date} to ${b.date} ${b.month}` : `${a.date} ${a.month} to ${b.date} ${b.month}`;
}

function addWorkingHours(calendar: Calendar, from: Instant, n: number, options: AddOptions): Due {
  const stretches = workingStretches(calendar, from, n * HOUR, options);
  const dueAt = stretches.at(-1)?.closesAt ?? from;
  const steps = stretches.map(s => {
    const minutes = (s.closesAt - s.opensAt) / MINUTE;
    const length =
      minutes % 60 === 0 ? plural(minutes / 60, 'hours') : plural(Math.round(minutes * 100) / 100, 'minutes');
    return `${showInstant(s.opensAt, calendar.offsetMinutes)} to ${showInstant(s.closesAt, calendar.offsetMinutes).slice(11)}: ${length}`;
  });
  const shown =
    steps.length <= MOST_STEPS
      ? steps
      : [...steps.slice(0, 3), `… ${steps.length} stretches of office time …`, ...steps.slice(-3)];
  return {
    dueAt,
    dueKind: 'instant',
    steps: [...shown, `${plural(n, 'working hours')}: ${showInstant(dueAt, calendar.offsetMinutes)}`],
    provisional: !isAnnounced(calendar, dayOfInstant(dueAt, calendar.offsetMinutes)),
  };
}

const plural = (n: number, unit: string): string => `${n} ${n === 1 ? unit.replace(/s$/, '') : unit}`;

/**
 * Adding a limit to an anchor (DR-2 to DR-5). Five units that are never converted into each other, and "same day".
 * Every result carries its arithmetic in words.
 */
import { isAnnounced, isWorking, kindOf, workingDayAfter } from './days.ts';
import { dateOfDay, dayOfInstant, HOUR, MINUTE, showInstant, startOfDay } from './instant.ts';
import type { AddOptions, Calendar, Due, Instant, TimeUnit } from './types.ts';
import { walk } from './walk.ts';
import { closeOfBusiness, workingStretches } from './working-time.ts';

/** More stretches than this: the first and the last are named only. */
const MOST_STEPS = 12;

/** When a limit of `n` units, counted from `from`, is over. Days are counted whole; hours may be broken. */
export function addLimit(calendar: Calendar, from: Instant, n: number, unit: TimeUnit, options: AddOptions = {}): Due {
  const whole = unit === 'days' || unit === 'working days';
  if (!Number.isFinite(from) || !(n >= 0 && n < Infinity) || (whole && !Number.isInteger(n)))
    throw new RangeError(`a limit is ${whole ? 'a whole number' : 'a number'} of ${unit} from an instant, not ${n}`);
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
      return endOfDate(calendar, day, { steps: [`same day: ends at 24:00 of ${dateOfDay(day)}`], provisional: false });
    }
    case 'days':
      return addDays(calendar, from, n, options);
    case 'working days':
      return addWorkingDays(calendar, from, n, options);
    case 'working hours':
      return addWorkingHours(calendar, from, n, options);
  }
}

/** A due time beyond the announced calendar says so, with the year whose notice is still to come. */
function told(calendar: Calendar, day: number, steps: readonly string[]): Pick<Due, 'steps' | 'provisional'> {
  if (isAnnounced(calendar, day)) return { steps, provisional: false };
  const year = dateOfDay(day).slice(0, 4);
  return {
    steps: [...steps, `provisional: the holidays of ${year} are not announced, Monday to Friday assumed`],
    provisional: true,
  };
}

/** DR-3, DR-4: the whole date counts; the first instant that is too late is 00:00:00 of the next one. */
function endOfDate(calendar: Calendar, day: number, said: Pick<Due, 'steps' | 'provisional'>): Due {
  return {
    dueAt: startOfDay(day + 1, calendar.offsetMinutes),
    dueOn: dateOfDay(day),
    dueKind: 'date',
    ...said,
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
  return endOfDate(
    calendar,
    last,
    options.roll === 'move' ? told(calendar, last, steps) : { steps, provisional: false },
  );
}

function addWorkingDays(calendar: Calendar, from: Instant, n: number, options: AddOptions): Due {
  const anchor = dayOfInstant(from, calendar.offsetMinutes);
  if (n === 0) return sameBusinessDay(calendar, from, anchor, options);
  const last = workingDayAfter(calendar, anchor, n, options.beyond);
  const closes = closeOfBusiness(calendar, last, options.unit);
  const steps = [`anchor date ${dateOfDay(anchor)} not counted`, ...walk(calendar, anchor, last, options)];
  if (closes === undefined)
    return endOfDate(calendar, last, told(calendar, last, [...steps, 'no office hours set: ends at 24:00']));
  const end = steps.length - 1;
  steps[end] = `${steps[end] ?? ''}; close of business ${showInstant(closes, calendar.offsetMinutes).slice(11)}`;
  return { dueAt: closes, dueKind: 'instant', ...told(calendar, last, steps) };
}

/** 0 working days: until close of business of the anchor's own date, and never before the anchor. */
function sameBusinessDay(calendar: Calendar, from: Instant, anchor: number, options: AddOptions): Due {
  kindOf(calendar, anchor, options.beyond); // refuses a year that is not announced
  const closes = closeOfBusiness(calendar, anchor, options.unit);
  const date = dateOfDay(anchor);
  if (closes === undefined)
    return endOfDate(calendar, anchor, told(calendar, anchor, [`0 working days: ends at 24:00 of ${date}`]));
  const clock = showInstant(closes, calendar.offsetMinutes).slice(11);
  const step =
    closes >= from
      ? `0 working days: close of business ${clock} of ${date}`
      : `0 working days: ${date} closed at ${clock}, due at once`;
  return { dueAt: Math.max(from, closes), dueKind: 'instant', ...told(calendar, anchor, [step]) };
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
    ...told(calendar, dayOfInstant(dueAt, calendar.offsetMinutes), [
      ...shown,
      `${plural(n, 'working hours')}: ${showInstant(dueAt, calendar.offsetMinutes)}`,
    ]),
  };
}

const plural = (n: number, unit: string): string => `${n} ${n === 1 ? unit.replace(/s$/, '') : unit}`;

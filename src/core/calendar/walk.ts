/**
 * The way from an anchor date to the last working day, in words. A short way names every working day; a long one gathers
 * weeks, so that each holiday and each rest day made into a working day still stands in it.
 */
import { kindOf } from './days.ts';
import { dateOfDay } from './instant.ts';
import type { AddOptions, Calendar, DayKind } from './types.ts';

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
/** More working days than this are gathered into weeks. */
const MOST_DAYS = 10;

/** Days of one kind that follow each other; `n` counts the working days up to the first of them. */
interface Run {
  readonly kind: DayKind;
  readonly from: number;
  to: number;
  readonly n: number;
  count: number;
  /** Weekends inside a run of weekdays. */
  weekends: boolean;
}

/** One step for each run from after the anchor to the last day. */
export function walk(calendar: Calendar, anchor: number, last: number, options: AddOptions): string[] {
  const runs = runsOf(calendar, anchor, last, options);
  const days = runs.reduce((sum, run) => sum + (isWorked(run.kind) ? run.count : 0), 0);
  return (days > MOST_DAYS ? gathered(runs) : runs).flatMap(run =>
    !isWorked(run.kind)
      ? [`${restDates(run.from, run.to)}: ${run.kind}`]
      : days > MOST_DAYS && run.count > 1
        ? [manyDays(run)]
        : Array.from({ length: run.count }, (_, i) => oneDay(run.from + i, run.n + i, run.kind)),
  );
}

const isWorked = (kind: DayKind): boolean => kind === 'weekday' || kind === 'make-up';

function runsOf(calendar: Calendar, anchor: number, last: number, options: AddOptions): Run[] {
  const runs: Run[] = [];
  let n = 0;
  for (let day = anchor + 1; day <= last; day++) {
    const kind = kindOf(calendar, day, options.beyond);
    if (isWorked(kind)) n++;
    const run = runs.at(-1);
    if (run?.kind === kind) {
      run.to = day;
      run.count++;
    } else runs.push({ kind, from: day, to: day, n, count: 1, weekends: false });
  }
  return runs;
}

/** Weekends between two runs of weekdays disappear into one longer run. */
function gathered(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const weekend = out.at(-1);
    const before = out.at(-2);
    if (run.kind === 'weekday' && weekend?.kind === 'weekend' && before?.kind === 'weekday') {
      out.pop();
      before.to = run.to;
      before.count += run.count;
      before.weekends = true;
    } else out.push(run);
  }
  return out;
}

function oneDay(day: number, n: number, kind: DayKind): string {
  const note = kind === 'make-up' ? ' (a rest day made into a working day)' : '';
  return `${dateOfDay(day)} is working day ${n}${note}`;
}
function manyDays(run: Run): string {
  const note =
    run.kind === 'make-up' ? ' (rest days made into working days)' : run.weekends ? ' (weekends not counted)' : '';
  return `${dateOfDay(run.from)} to ${dateOfDay(run.to)} are working days ${run.n} to ${run.n + run.count - 1}${note}`;
}
function restDates(from: number, to: number): string {
  const a = monthAndDate(from);
  const b = monthAndDate(to);
  if (from === to) return `${a.date} ${a.month}`;
  return a.month === b.month ? `${a.date} to ${b.date} ${b.month}` : `${a.date} ${a.month} to ${b.date} ${b.month}`;
}
function monthAndDate(day: number): { readonly month: string; readonly date: number } {
  const [, month = '', date = ''] = dateOfDay(day).split('-');
  return { month: MONTHS[Number(month) - 1] ?? '', date: Number(date) };
}

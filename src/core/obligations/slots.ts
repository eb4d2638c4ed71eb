/** The slots of a rota on each date of the period: a date, windows of the day, points with their tolerance, a weekly date. */
import {
  dateOfDay,
  dayNumber,
  isOnClass,
  isWorking,
  slotsOf,
  startOfDay,
  weekdayOf,
  type CivilDate,
  type Instant,
} from '#core/calendar';
import { DAY, HOUR, MINUTE } from '#core/calendar';
import type { Interval, Round } from '#core/rulebook';
import { intervalLimit } from './due.ts';
import type { View } from './view.ts';

export interface SlotTime {
  readonly date: CivilDate;
  /** Listed from here on. */
  readonly startsAt: Instant;
  /** A check-in inside counts, both ends included. */
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly dueKind: 'instant' | 'date';
  readonly local: boolean;
  readonly steps: readonly string[];
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const CHINESE_WEEKDAYS = '一二三四五六日';

/** 1 to 7 of a weekday's name, its number, or the Chinese word. */
export function weekdayNumber(word: unknown): number | undefined {
  if (typeof word === 'number') return word >= 1 && word <= 7 ? word : undefined;
  if (typeof word !== 'string') return undefined;
  const plain = word.trim().toLowerCase();
  const english = WEEKDAYS.findIndex(d => plain === d || (plain.length >= 3 && d.startsWith(plain)));
  if (english >= 0) return english + 1;
  const chinese = CHINESE_WEEKDAYS.indexOf(word.replace(/^(?:周|星期|礼拜)/, '').replace('天', '日'));
  return chinese >= 0 ? chinese + 1 : Number(word) >= 1 && Number(word) <= 7 ? Number(word) : undefined;
}

/** All slots of a round in the setup's period, in order. */
export function slotsOfRound(view: View, round: Round): SlotTime[] {
  const { period } = view.book.setup;
  const first = dayNumber(period.from);
  const last = dayNumber(period.to);
  if (first === undefined || last === undefined) return [];
  return round.per === 'week' ? weekly(view, round, first, last) : daily(view, round, first, last);
}

function daily(view: View, round: Round, first: number, last: number): SlotTime[] {
  const { calendar } = view.book;
  const slots: SlotTime[] = [];
  for (let day = first; day < last; day++) {
    if (!isOnClass(calendar, day, round.on)) continue;
    if (round.at) slots.push(...points(view, round, day));
    else if (round.every) slots.push(...windows(view, round, day));
    else slots.push(wholeDate(view, day, false, []));
  }
  return slots;
}

function wholeDate(view: View, day: number, local: boolean, steps: readonly string[]): SlotTime {
  const startsAt = startOfDay(day, view.book.calendar.offsetMinutes);
  const date = dateOfDay(day);
  return {
    date,
    startsAt,
    opensAt: startsAt,
    dueAt: startsAt + DAY,
    dueKind: 'date',
    local,
    steps: [...steps, `the date ${date} until 24:00`],
  };
}

function points(view: View, round: Round, day: number): SlotTime[] {
  const tolerance = spanMs(view, round.tolerance) ?? 0;
  return slotsOf(view.book.calendar, day, { on: round.on, points: round.at ?? [] }).map(({ from }) => ({
    date: dateOfDay(day),
    startsAt: from,
    opensAt: from - tolerance,
    dueAt: from + tolerance,
    dueKind: 'instant' as const,
    local: round.tolerance?.kind === 'local',
    steps: [`point of ${dateOfDay(day)}${tolerance > 0 ? `, tolerance ${tolerance / MINUTE} minutes` : ''}`],
  }));
}

/** Windows of equal length inside the day window; the last may be shorter. */
function windows(view: View, round: Round, day: number): SlotTime[] {
  const every = spanMs(view, round.every);
  const between = windowOf(view, round);
  if (every === undefined || between === undefined) return [];
  const { window, local } = between;
  const question = { on: round.on, every, ...(window ? { window } : {}) };
  return slotsOf(view.book.calendar, day, question).map(({ from, to }) => ({
    date: dateOfDay(day),
    startsAt: from,
    opensAt: from,
    dueAt: to,
    dueKind: 'instant' as const,
    local: local || round.every?.kind === 'local',
    steps: [`window of ${dateOfDay(day)}`],
  }));
}

/** The day window; nothing at all where it is local and has not been set. */
function windowOf(view: View, round: Round): { window?: { from: string; to: string }; local: boolean } | undefined {
  const { between } = round;
  if (between === undefined) return { local: false };
  if ('from' in between) return { window: between, local: false };
  const value = view.book.local(between.local);
  if (typeof value !== 'object' || value === null) return undefined;
  const { from, to } = value;
  return typeof from === 'string' && typeof to === 'string' ? { window: { from, to }, local: true } : undefined;
}

export function spanMs(view: View, interval: Interval | undefined): number | undefined {
  const limit = interval && intervalLimit(view, interval);
  if (!limit) return undefined;
  const unit =
    limit.unit === 'minutes' ? MINUTE : limit.unit === 'hours' ? HOUR : limit.unit === 'days' ? DAY : undefined;
  return unit === undefined ? undefined : limit.n * unit;
}

/** One date a week, moved to the next working day where the round or the local parameter says so; what falls on one date is one slot. */
function weekly(view: View, round: Round, first: number, last: number): SlotTime[] {
  const { calendar } = view.book;
  const named = typeof round.weekday === 'object' ? round.weekday.local : undefined;
  const value = named === undefined ? undefined : view.book.local(named);
  const table = typeof value === 'object' && value !== null ? value : undefined;
  const weekday = weekdayNumber(named === undefined ? round.weekday : (table?.['weekday'] ?? value));
  if (weekday === undefined) return [];
  const rolls = rollOf(view, round, table);
  const from = typeof table?.['from'] === 'string' ? (dayNumber(table['from']) ?? first) : first;
  const days = new Map<number, string>();
  // A date of the week before may roll into the period.
  for (let day = first - 14; day < last; day++) {
    if (weekdayOf(day) !== weekday || day < Math.min(from, last)) continue;
    let rolled = day;
    if (rolls) while (!isWorking(calendar, rolled)) rolled++;
    if (rolled >= first && rolled < last && !days.has(rolled))
      days.set(rolled, rolled === day ? '' : `${dateOfDay(day)} is a rest day: next working day`);
  }
  return [...days].map(([day, step]) => wholeDate(view, day, named !== undefined, step === '' ? [] : [step]));
}

function rollOf(view: View, round: Round, table: Readonly<Record<string, unknown>> | undefined): boolean {
  const own = typeof round.roll === 'object' ? view.book.local(round.roll.local) : round.roll;
  const value = (typeof own === 'object' && own !== null ? own['roll'] : own) ?? table?.['roll'];
  return (
    value === true ||
    (typeof value === 'string' && !/^(?:no|none|stay|false|not|never|keep|same|off|不|原日)/i.test(value.trim()))
  );
}

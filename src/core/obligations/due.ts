/** When something owed is due, from its limit and anchor, with the arithmetic in words (DR-2 to DR-6, DR-11, DR-13). */
import { addLimit, dayOfInstant, startOfDay, type Due, type Instant } from '#core/calendar';
import type { Interval, Limit, LimitUnit } from '#core/rulebook';
import type { DueTime, Owed } from './owed.ts';
import type { View } from './view.ts';

const DR_OF: Readonly<Record<LimitUnit | 'same day', string>> = {
  minutes: 'DR-2',
  hours: 'DR-2',
  'same day': 'DR-3',
  days: 'DR-4',
  'working days': 'DR-5',
  'working hours': 'DR-5',
};

export interface DueContext {
  /** Whose office hours count. */
  readonly unit?: string | undefined;
  readonly basis?: DueTime['basis'];
  /** The due time an order gave. */
  readonly orderedAt?: Instant | undefined;
  /** The other duty, for `before <duty>`. */
  readonly other?: Owed | undefined;
}

const none = (readings: readonly string[], steps: readonly string[] = []): DueTime => ({
  kind: 'none',
  at: null,
  steps,
  readings,
});

export function add(view: View, from: Instant, n: number, unit: LimitUnit | 'same day', whose?: string): Due {
  const { calendar, switched } = view.book;
  const roll = switched('days-on-rest-day') === 'move' ? 'move' : 'stay';
  const own = whose !== undefined && calendar.officeHours.some(span => span.unit === whose);
  return addLimit(calendar, from, n, unit, { roll, ...(own ? { unit: whose } : {}) });
}

/**
 * Where a window of an interval ends that begins at `from`. One that begins with a date owns that date, so every seven days
 * are seven dates; after anything that happened during a date, the date itself is not counted (DR-4).
 */
export function windowEnd(view: View, from: Instant, n: number, unit: LimitUnit): Due {
  const { offsetMinutes } = view.book.calendar;
  if (unit !== 'days' || n < 1 || startOfDay(dayOfInstant(from, offsetMinutes), offsetMinutes) !== from)
    return add(view, from, n, unit);
  return n === 1 ? add(view, from, 1, 'same day') : add(view, from, n - 1, 'days');
}

export function dueTime(view: View, limit: Limit, from: Instant, context: DueContext = {}): DueTime {
  const basis = context.basis ?? 'rule';
  const of = (due: Due, reading: string): DueTime => ({
    kind: due.dueKind,
    at: due.dueAt,
    ...(due.dueOn === undefined ? {} : { on: due.dueOn }),
    basis,
    steps: due.steps,
    readings: [reading],
  });
  switch (limit.kind) {
    case 'span':
      return of(add(view, from, limit.n, limit.unit, context.unit), DR_OF[limit.unit]);
    case 'same day':
      return of(add(view, from, 1, 'same day'), 'DR-3');
    case 'soft':
      return {
        kind: 'soft',
        at: null,
        term: limit.word,
        steps: [`"${limit.word}": no figure in the text`],
        readings: ['DR-11'],
      };
    case 'before': {
      const other = context.other;
      if (!other) return none([], [`no due time: "${limit.duty}" has not started`]);
      return { ...other.due, steps: [`before ${limit.duty} is due`, ...other.due.steps] };
    }
    case 'as instructed':
      if (context.orderedAt === undefined) return none(['DR-11'], ['the order gives no time']);
      return {
        kind: 'instant',
        at: context.orderedAt,
        basis: 'instruction',
        steps: ['as the order says'],
        readings: [],
      };
    case 'none':
    case 'continuous':
    case 'not stated':
      return none([]);
  }
}

/** Late from here on: an instant itself is still on time, the first instant after a date is not. */
export const isPast = (due: DueTime, at: Instant): boolean =>
  due.at !== null && (due.kind === 'date' ? at >= due.at : at > due.at);

/** A local parameter as a limit: `{minutes: 30}`, `{hours: 2}`, `{days: 30}`, "2 hours", a number of its block's unit. */
export function localLimit(view: View, name: string): { readonly n: number; readonly unit: LimitUnit } | undefined {
  const rule = view.book.of('local').find(l => l.name === name);
  const value = view.book.local(name) ?? (rule?.value as ReturnType<typeof view.book.local>);
  if (typeof value === 'number') return { n: value, unit: unitNamed(rule?.unit) ?? 'minutes' };
  if (typeof value === 'string') {
    const [, n, unit] = /^(\d+)\s*(.+)$/.exec(value.trim()) ?? [];
    const known = unitNamed(unit);
    return n === undefined || known === undefined ? undefined : { n: Number(n), unit: known };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, n] of Object.entries(value)) {
    const unit = unitNamed(key);
    if (unit !== undefined && typeof n === 'number') return { n, unit };
  }
  return undefined;
}
function unitNamed(word: string | undefined): LimitUnit | undefined {
  const plain = word?.replaceAll('-', ' ').trim();
  const found = (['minutes', 'hours', 'days', 'working days', 'working hours'] as const).find(
    u => u === plain || u === `${plain}s`,
  );
  return found;
}

export function intervalLimit(
  view: View,
  interval: Interval,
): { readonly n: number; readonly unit: LimitUnit; readonly local: boolean } | undefined {
  if (interval.kind === 'local') {
    const limit = localLimit(view, interval.name);
    return limit && { ...limit, local: true };
  }
  return interval.limit.kind === 'span' ? { n: interval.limit.n, unit: interval.limit.unit, local: false } : undefined;
}

/**
 * Proof of silence: for any period, when a source was read and when it was not. "Nothing was said" is worth as much as the
 * reading behind it. What no reading covers is a gap, never a zero.
 */
import { longestBetween, type Pace } from './pace.ts';

export interface Span {
  readonly beganAt: number;
  readonly endedAt: number;
  readonly state: 'read' | 'failed';
  readonly readings: number;
  readonly items: number;
  /** New to us. */
  readonly fresh: number;
  readonly added: number;
  readonly milliseconds: number;
  readonly fault?: string;
}
export interface Outcome {
  readonly at: number;
  readonly state: 'read' | 'failed';
  readonly items: number;
  readonly fresh: number;
  readonly added: number;
  readonly milliseconds: number;
  readonly fault?: string;
}
const DAY = 86_400_000;
/** Days are China's. */
const dayOf = (at: number): number => Math.floor((at + 8 * 3_600_000) / DAY);

/** Whether a reading goes on with the last stretch: the same outcome, in time, on the same day. */
export const goesOn = (last: Span | undefined, outcome: Outcome, pace: Pace): boolean =>
  last !== undefined &&
  last.state === outcome.state &&
  dayOf(last.beganAt) === dayOf(outcome.at) &&
  outcome.at - last.endedAt <= longestBetween(pace);

export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly state: 'read' | 'unread';
  /** What kept it from being read, where that is known; else nobody tried (the product stood still, or it was not due). */
  readonly fault?: string;
}
/**
 * A period cut into what was read and what was not. `since` is when the source was switched on: before it nothing was
 * promised. A reading covers the time since the one before it, if that was no longer ago than the pace allows.
 */
export function stretches(
  spans: readonly Span[],
  pace: Pace,
  period: { readonly from: number; readonly to: number },
  since: number,
): readonly Stretch[] {
  const start = Math.max(period.from, since);
  if (start >= period.to) return [];
  const allowed = longestBetween(pace);
  const sorted = spans.toSorted((a, b) => a.beganAt - b.beganAt);
  const read = sorted.filter(s => s.state === 'read');
  const faultBetween = (from: number, to: number): string | undefined =>
    sorted.findLast(s => s.state === 'failed' && s.beganAt < to && s.endedAt >= from && s.fault !== undefined)?.fault;
  const out: Stretch[] = [];
  const add = (from: number, to: number, state: Stretch['state']): void => {
    const [a, b] = [Math.max(from, start), Math.min(to, period.to)];
    if (a >= b) return;
    const last = out.at(-1);
    if (last && last.state === state && last.to === a) {
      out[out.length - 1] = { ...last, to: b };
      return;
    }
    const fault = state === 'unread' ? faultBetween(a, b) : undefined;
    out.push({ from: a, to: b, state, ...(fault === undefined ? {} : { fault }) });
  };
  // The last reading before the period may still cover its beginning.
  let coveredUntil = since;
  for (const span of read) {
    add(coveredUntil, span.beganAt, span.beganAt - coveredUntil <= allowed ? 'read' : 'unread');
    add(Math.max(coveredUntil, span.beganAt), span.endedAt, 'read');
    coveredUntil = Math.max(coveredUntil, span.endedAt);
  }
  // Not due yet is not unread.
  add(coveredUntil, period.to, period.to - coveredUntil <= allowed ? 'read' : 'unread');
  return out;
}
/** Milliseconds that were not read. */
export const unreadMs = (cut: readonly Stretch[]): number =>
  cut.reduce((n, s) => n + (s.state === 'unread' ? s.to - s.from : 0), 0);

export type Ailment =
  /** Not read for longer than its pace allows. */
  | { readonly what: 'dead'; readonly since: number; readonly fault?: string }
  /** Read all the time, and nothing new for much longer than it ever was quiet. */
  | { readonly what: 'silent'; readonly since: number; readonly expected: number }
  /** Read all the time, and far less new than it used to give. */
  | { readonly what: 'thin'; readonly found: number; readonly expected: number };
/** A Poisson count of this mean is zero once in 400 such windows: few false alarms, and never less than a day. */
const MEAN_FOR_SILENCE = 6;
const MEAN_FOR_THIN = 24;
const LONGEST_WINDOW_DAYS = 14;

/** What is wrong with a source, from its stretches of the last 28 days and before; undefined where nothing is. */
export function ailmentOf(spans: readonly Span[], pace: Pace, since: number, now: number): Ailment | undefined {
  const lastRead = Math.max(since, ...spans.filter(s => s.state === 'read').map(s => s.endedAt));
  const failed = spans.findLast(s => s.state === 'failed' && s.endedAt >= lastRead);
  if (now - lastRead > longestBetween(pace))
    return { what: 'dead', since: lastRead, ...(failed?.fault === undefined ? {} : { fault: failed.fault }) };
  const daily = baselineOf(spans, since, now);
  if (daily === undefined || daily <= 0) return undefined;
  const freshSince = (from: number): number =>
    spans.filter(s => s.state === 'read' && s.endedAt >= from).reduce((n, s) => n + s.fresh, 0);
  const quiet = Math.max(1, MEAN_FOR_SILENCE / daily);
  if (quiet <= LONGEST_WINDOW_DAYS && freshSince(now - quiet * DAY) === 0)
    return { what: 'silent', since: now - quiet * DAY, expected: Math.round(daily * quiet) };
  const thin = Math.max(1, MEAN_FOR_THIN / daily);
  const found = freshSince(now - thin * DAY);
  if (thin <= LONGEST_WINDOW_DAYS && found < daily * thin * 0.2)
    return { what: 'thin', found, expected: Math.round(daily * thin) };
  return undefined;
}
/** New items a day over the 28 days before the last one, of days on which it was read; undefined before there are seven. */
export function baselineOf(spans: readonly Span[], since: number, now: number): number | undefined {
  const today = dayOf(now);
  const byDay = new Map<number, number>();
  for (const s of spans)
    if (s.state === 'read') byDay.set(dayOf(s.beganAt), (byDay.get(dayOf(s.beganAt)) ?? 0) + s.fresh);
  // The first day holds whatever the source had gathered before it was connected.
  const days = [...byDay].filter(([day]) => day < today && day >= today - 28 && day > dayOf(since));
  return days.length < 7 ? undefined : days.reduce((n, [, fresh]) => n + fresh, 0) / days.length;
}

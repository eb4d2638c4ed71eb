/** The next instant at which the answer could change by itself: the engine sleeps until then. */
import { dayNumber, dayOfInstant, startOfDay, type Instant } from '#core/calendar';
import type { Owed } from './owed.ts';
import { slotsOfRound } from './slots.ts';
import type { Replay } from './replay.ts';
import type { View } from './view.ts';

/** The instant at which a row passes from open to late or missed: after an instant that still counts, at the end of a date. */
export function turnsAt(row: Owed): Instant | undefined {
  if (row.state !== 'open' || row.due.at === null) return undefined;
  return row.due.kind === 'date' ? row.due.at : row.due.at + 1000;
}

/** The earliest turn of these rows and of their local targets after `now`. */
export function nextTurn(rows: readonly Owed[], now: Instant): Instant | undefined {
  let next: Instant | undefined;
  for (const row of rows) {
    const local = row.local?.state === 'open' ? row.local.dueAt + 1000 : undefined;
    for (const at of [turnsAt(row), local])
      if (at !== undefined && at > now && (next === undefined || at < next)) next = at;
  }
  return next;
}

/** The next instant at which a watch slot begins. */
export function nextSlotStart(view: View, now: Instant): Instant | undefined {
  let next: Instant | undefined;
  for (const rota of view.book.of('rota'))
    for (const round of rota.rounds)
      for (const { startsAt } of slotsOfRound(view, round))
        if (startsAt > now && (next === undefined || startsAt < next)) next = startsAt;
  return next;
}

export function nextWake(result: Replay): Instant | undefined {
  const { now, view, book } = result;
  const { offsetMinutes } = book.calendar;
  const turns = [nextTurn([...result.cases.flatMap(c => c.rows), ...result.standing], now)];
  turns.push(nextSlotStart(view, now));
  const end = dayNumber(book.setup.period.to);
  const midnight = startOfDay(dayOfInstant(now, offsetMinutes) + 1, offsetMinutes);
  // Daily counts begin and end with each date of the period.
  if (end !== undefined && midnight <= startOfDay(end, offsetMinutes) && book.of('quota').length > 0)
    turns.push(midnight);
  const known = turns.filter((at): at is Instant => at !== undefined && at > now);
  return known.length === 0 ? undefined : Math.min(...known);
}

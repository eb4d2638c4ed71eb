/** When a source is read again: its pace, faster while a case is open, slower after failures. Pure; chance is handed in. */
export type Pace = 'five-minutes' | 'hour' | 'day';

const MINUTE = 60_000;
export const PACE_MS: Readonly<Record<Pace, number>> = {
  'five-minutes': 5 * MINUTE,
  hour: 60 * MINUTE,
  day: 1440 * MINUTE,
};
const FASTER: Readonly<Record<Pace, Pace>> = { 'five-minutes': 'five-minutes', hour: 'five-minutes', day: 'hour' };
/** A dead source is still asked once in this time, so that it is found when it comes back. */
const LONGEST_BACK_OFF_MS = 6 * 60 * MINUTE;

/** While a case rests on what a source said, it is read one pace faster. */
export const paceNow = (pace: Pace, caseOpen: boolean): Pace => (caseOpen ? FASTER[pace] : pace);

/** Milliseconds until the next reading after a success. A tenth of chance keeps sources from marching in step. */
export function nextAfterSuccess(pace: Pace, chance: number): number {
  return Math.round(PACE_MS[pace] * (0.95 + chance * 0.1));
}
/**
 * After failures: twice as long each time, beginning with a fifth of the pace (a passing fault costs little), never
 * shorter than the site asked for. Full jitter over the upper half, so that sources of one site do not come back at once.
 */
export function nextAfterFailure(pace: Pace, failures: number, chance: number, retryAfterMs = 0): number {
  const first = Math.max(MINUTE, PACE_MS[pace] / 5);
  const back = Math.min(first * 2 ** Math.min(20, failures - 1), Math.max(LONGEST_BACK_OFF_MS, PACE_MS[pace]));
  return Math.max(retryAfterMs, Math.round(back * (0.5 + chance * 0.5)));
}
/** Between two readings at most this long, or the time between them counts as not read. */
export const longestBetween = (pace: Pace): number => PACE_MS[pace] * 2 + 5 * MINUTE;

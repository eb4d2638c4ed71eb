/**
 * Is more being said now than usual? Three documented baselines, each of windows as long as the one that is judged:
 *
 *   hour      the last hour                        against the 12 hours before it
 *   day       the last 24 hours                    against the 14 days before them
 *   weekday   this date up to this time of day     against the same weekday of the 4 weeks before, up to the same time
 *
 * A window's value is the sum of copy × outlet weights of its sightings (heat.ts; nothing is forgotten inside a window).
 * With m and s the mean and the standard deviation of the baseline's windows, excess = (value − m) / max(s, √m, 1): √m is
 * what a Poisson stream would scatter, 1 keeps a single item from being a spike where nothing was ever said. A spike is an
 * excess of at least 3 with at least 3 sightings. Windows in which sources could not be read are left out of the baseline,
 * never counted as silence; with fewer than half of its windows known a baseline says nothing.
 */
import { DAY_MS, HEAT_DEFAULTS, type HeatFormula, HOUR_MS, inOrder, rounded, type Sighting, weightOf } from './heat.ts';

export type BaselineName = 'hour' | 'day' | 'weekday';
export interface Gap {
  readonly from: number;
  readonly to: number;
}
export interface Spike {
  readonly baseline: BaselineName;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly value: number;
  /** Mean of the windows that could be read; null where fewer than half could. */
  readonly usual: number | null;
  readonly excess: number | null;
  readonly spike: boolean;
  /** The baseline's windows, oldest first; a value of null is a window with a gap in the reading. */
  readonly windows: readonly { readonly from: number; readonly to: number; readonly value: number | null }[];
}
export interface SpikeOptions {
  readonly formula: HeatFormula;
  readonly excess: number;
  readonly least: number;
  /** Minutes east of UTC: where the date of the weekday baseline begins. */
  readonly offsetMinutes: number;
  /** Times in which sources were silent because they could not be read. */
  readonly gaps: readonly Gap[];
}
export const SPIKE_DEFAULTS: SpikeOptions = {
  formula: HEAT_DEFAULTS,
  excess: 3,
  least: 3,
  offsetMinutes: 480,
  gaps: [],
};
export const BASELINES = { hour: 12, day: 14, weekday: 4 } as const;

/** The three verdicts of one story (or of everything) at an instant. Windows hold their end and not their start. */
export function spikesAt(
  sightings: readonly Sighting[],
  at: number,
  given: Partial<SpikeOptions> = {},
): readonly Spike[] {
  const options = { ...SPIKE_DEFAULTS, ...given };
  const seen = inOrder(sightings).filter(s => s.at <= at);
  const offset = options.offsetMinutes * 60_000;
  const sinceMidnight = (((at + offset) % DAY_MS) + DAY_MS) % DAY_MS;
  return [
    judge('hour', HOUR_MS, HOUR_MS, at, seen, options),
    judge('day', DAY_MS, DAY_MS, at, seen, options),
    // At midnight itself the date has no length yet: it is judged as the whole day that just ended.
    judge('weekday', sinceMidnight === 0 ? DAY_MS : sinceMidnight, 7 * DAY_MS, at, seen, options),
  ];
}

function judge(
  baseline: BaselineName,
  length: number,
  step: number,
  at: number,
  seen: readonly Sighting[],
  options: SpikeOptions,
): Spike {
  const inside = (to: number): readonly Sighting[] => seen.filter(s => s.at > to - length && s.at <= to);
  const valueOf = (list: readonly Sighting[]): number =>
    rounded(list.reduce((sum, s) => sum + weightOf(s, options.formula), 0));
  const unread = (to: number): boolean => options.gaps.some(g => g.from < to && g.to > to - length);
  const windows = Array.from({ length: BASELINES[baseline] }, (_, i) => {
    const to = at - (BASELINES[baseline] - i) * step;
    return { from: to - length, to, value: unread(to) ? null : valueOf(inside(to)) };
  });
  const now = inside(at);
  const value = valueOf(now);
  const known = windows.flatMap(w => (w.value === null ? [] : [w.value]));
  const base = { baseline, from: at - length, to: at, count: now.length, value, windows };
  if (known.length * 2 < windows.length) return { ...base, usual: null, excess: null, spike: false };
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, v) => sum + (v - mean) ** 2, 0) / known.length);
  const excess = rounded((value - mean) / Math.max(deviation, Math.sqrt(mean), 1));
  return { ...base, usual: rounded(mean), excess, spike: excess >= options.excess && now.length >= options.least };
}

/**
 * Two lists that need no rule: what grows fast near us although nothing watched for it, and what people keep asking.
 *
 * Growing: only items that no rule caught, near us by region or by a place named in them, gathered by story. Growth is the
 * excess of the last six hours over the four spans of six hours before them, measured as in spikes.ts:
 * (now − mean) / max(deviation, √mean, 1). A list for a person to read: what should have been caught goes to the miss register.
 *
 * Recurring: questions ranked by how often they were asked, then by on how many days. A matter of one day is an event, not
 * a recurring question; two days make it one.
 */
import { fold } from './fold.ts';
import { byStory, DAY_MS, HEAT_DEFAULTS, type HeatFormula, HOUR_MS, rounded, type Sighting, weightOf } from './heat.ts';

export interface Unfiltered extends Sighting {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly region?: string;
  /** A rule caught it: then it is not missed. */
  readonly caught: boolean;
}
export interface Nearness {
  /** Keys of regions that are ours: an item of "qj" or of "qj.east" is near "qj". */
  readonly regions: readonly string[];
  /** Names of places as people write them. */
  readonly places: readonly string[];
}
export interface Growing {
  readonly story: string;
  readonly items: readonly string[];
  /** Weighted value of the last six hours, and the mean of the four spans before. */
  readonly now: number;
  readonly before: number;
  readonly growth: number;
  /** Why it counts as near us: the regions and places found. */
  readonly near: readonly string[];
}
export const GROWING = { hours: 6, spans: 4, least: 2 } as const;

/** Stories nobody watched for that grow near us, the fastest first. */
export function growingNear(
  items: readonly Unfiltered[],
  at: number,
  nearness: Nearness,
  formula: HeatFormula = HEAT_DEFAULTS,
): readonly Growing[] {
  const length = GROWING.hours * HOUR_MS;
  const out: Growing[] = [];
  for (const [story, all] of byStory(items)) {
    // One copy that a rule caught means that the story is known.
    if (all.some(i => i.caught)) continue;
    const seen = all.filter(i => i.at <= at);
    const near = [...new Set(seen.flatMap(i => reasonsOf(i, nearness)))].sort();
    const inside = (to: number): readonly Unfiltered[] => seen.filter(i => i.at > to - length && i.at <= to);
    const valueOf = (to: number): number => inside(to).reduce((sum, i) => sum + weightOf(i, formula), 0);
    const recent = inside(at);
    if (near.length === 0 || recent.length < GROWING.least) continue;
    const before = Array.from({ length: GROWING.spans }, (_, n) => valueOf(at - (n + 1) * length));
    const mean = before.reduce((a, b) => a + b, 0) / before.length;
    const deviation = Math.sqrt(before.reduce((sum, v) => sum + (v - mean) ** 2, 0) / before.length);
    const growth = (valueOf(at) - mean) / Math.max(deviation, Math.sqrt(mean), 1);
    if (growth <= 0) continue;
    out.push({
      story,
      items: recent.map(i => i.id),
      now: rounded(valueOf(at)),
      before: rounded(mean),
      growth: rounded(growth),
      near,
    });
  }
  return out.sort((a, b) => b.growth - a.growth || (a.story < b.story ? -1 : 1));
}
function reasonsOf(item: Unfiltered, nearness: Nearness): readonly string[] {
  const { region } = item;
  const regions = region === undefined ? [] : nearness.regions.filter(r => region === r || region.startsWith(`${r}.`));
  const said = fold(`${item.title}\n${item.text}`);
  return [...regions, ...nearness.places.filter(p => p !== '' && said.includes(fold(p)))];
}

export interface Asked {
  readonly story: string;
  readonly at: number;
}
export interface Recurring {
  readonly story: string;
  readonly count: number;
  readonly days: number;
  readonly first: number;
  readonly last: number;
}
/** Questions asked on at least two days, the most asked first. `from` and `to` bound the time, `to` excluded. */
export function recurringQuestions(
  asked: readonly Asked[],
  period: { readonly from: number; readonly to: number },
  offsetMinutes = 480,
): readonly Recurring[] {
  const dayOf = (at: number): number => Math.floor((at + offsetMinutes * 60_000) / DAY_MS);
  return [...byStory(asked.filter(a => a.at >= period.from && a.at < period.to))]
    .map(([story, list]) => ({
      story,
      count: list.length,
      days: new Set(list.map(a => dayOf(a.at))).size,
      first: list.reduce((least, a) => Math.min(least, a.at), Infinity),
      last: list.reduce((most, a) => Math.max(most, a.at), -Infinity),
    }))
    .filter(q => q.days >= 2)
    .sort((a, b) => b.count - a.count || b.days - a.days || (a.story < b.story ? -1 : 1));
}

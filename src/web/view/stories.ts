/** Stories as the list and the pane show them: how many of what kind, how they run, against what, and who was silent. */
import { heatAt, type Heat, type Spike, spikesAt } from '#core/text';
import type { TriageSettings } from '#triage';
import type { RuleVersion, SourceGap, Story, StorySighting, TriagePort } from '../ports-triage.ts';
import type { Desk } from '../ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly hot: boolean;
  readonly gap: boolean;
}
export interface StoryView {
  readonly story: Story;
  /** Origin or kind of outlet → how many, the most first. */
  readonly kinds: readonly { readonly key: string; readonly n: number }[];
  readonly rules: readonly string[];
  /** Rows of hotline and petition on the same topic in the same days: a count, never which. */
  readonly hotline: number;
  readonly bars: readonly Bar[];
  readonly step: number;
  readonly spikes: readonly Spike[];
  readonly heat: Heat;
}
const SPARK_BARS = 24;
const MOST_BARS = 48;
/** A topic's rows count for a story from a week before it began to a day after it was last seen. */
const TOPIC_BEFORE_MS = 7 * DAY_MS;
/** What is measured against baselines needs four weeks behind it. */
const MEASURED_MS = 29 * DAY_MS;
const STEPS = [5 * 60_000, 15 * 60_000, HOUR_MS, 6 * HOUR_MS, DAY_MS] as const;

/** Bars from `from` to `to`; those of a spike's window are hot, those with a gap in the reading are hatched. */
export function barsOf(
  sightings: readonly StorySighting[],
  span: { readonly from: number; readonly to: number; readonly step: number },
  spikes: readonly Spike[],
  gaps: readonly SourceGap[],
): Bar[] {
  const count = Math.max(1, Math.ceil((span.to - span.from) / span.step));
  const hotFrom = Math.min(...spikes.filter(s => s.spike).map(s => s.from));
  const bars = Array.from({ length: count }, (_, i) => {
    const from = span.from + i * span.step;
    const to = from + span.step;
    return { from, to, n: 0, hot: from >= hotFrom, gap: gaps.some(g => g.from < to && g.to > from) };
  });
  for (const s of sightings) {
    const bar = bars[Math.min(count - 1, Math.floor((s.at - span.from) / span.step))];
    if (s.at >= span.from && bar) bar.n++;
  }
  return bars;
}
const roundUp = (at: number, step: number): number => Math.ceil(at / step) * step;

export function sparkSpan(story: Story, now: number): { from: number; to: number; step: number } {
  const span = Math.min(14 * DAY_MS, Math.max(DAY_MS, now - story.firstAt));
  const step = roundUp(span / SPARK_BARS, HOUR_MS);
  const to = roundUp(now, step);
  return { from: to - SPARK_BARS * step, to, step };
}
export function heatSpan(story: Story, now: number): { from: number; to: number; step: number } {
  const began = Math.min(story.firstAt, now - 2 * HOUR_MS);
  const step = STEPS.find(s => (now - began) / s <= MOST_BARS) ?? DAY_MS;
  const to = roundUp(now, step);
  const from = Math.max(Math.floor(began / step) * step - step, to - MOST_BARS * step);
  return { from, to, step };
}
const toHeat = (list: readonly StorySighting[]): Parameters<typeof heatAt>[0] =>
  list.map(s => ({
    story: s.story,
    at: s.at,
    kind: s.kind,
    ...(s.outletKind === undefined ? {} : { outletKind: s.outletKind }),
  }));

/** Everything the list shows of these stories, read in five questions however many there are. */
export async function storyViews(
  desk: Desk,
  stories: readonly Story[],
  settings: TriageSettings,
  gaps: readonly SourceGap[],
): Promise<readonly StoryView[]> {
  const now = desk.now();
  const { triage } = desk;
  const ids = stories.map(s => s.id);
  if (ids.length === 0) return [];
  const [sightings, origins, topics] = await Promise.all([
    triage.sightings(ids, now - MEASURED_MS),
    triage.byOrigin(ids),
    triage.topicsOf(ids),
  ]);
  const counts = await topicCounts(triage, stories);
  const byStory = Map.groupBy(sightings, s => s.story);
  return stories.map(story => {
    const own = byStory.get(story.id) ?? [];
    const rules = topics.filter(t => t.story === story.id).map(t => t.rule);
    const spikes = spikesAt(toHeat(own), now, { ...settings.spike, formula: settings.heat, gaps });
    const span = sparkSpan(story, now);
    return {
      story,
      kinds: kindsOf(origins.filter(o => o.story === story.id)),
      rules,
      hotline: story.lane === 'hotline' ? 0 : hotlineOf(story, rules, counts),
      bars: barsOf(own, span, spikes, []),
      step: span.step,
      spikes,
      heat: heatAt(toHeat(own), now, settings.heat),
    };
  });
}
type Counts = Awaited<ReturnType<TriagePort['topicCounts']>>;
const topicCounts = (triage: TriagePort, stories: readonly Story[]): Promise<Counts> =>
  triage.topicCounts(
    Math.min(...stories.map(s => s.firstAt)) - TOPIC_BEFORE_MS,
    Math.max(...stories.map(s => s.lastAt)) + DAY_MS,
  );
const dayOf = (at: number): string => new Date(at + 8 * HOUR_MS).toISOString().slice(0, 10);
function hotlineOf(story: Story, rules: readonly string[], counts: Counts): number {
  const [from, to] = [dayOf(story.firstAt - TOPIC_BEFORE_MS), dayOf(story.lastAt + DAY_MS)];
  // Of several topics the largest: a row that hits two rules is counted under both.
  const sums = rules.map(rule =>
    counts.filter(c => c.topic === rule && c.day >= from && c.day <= to).reduce((n, c) => n + c.n, 0),
  );
  return Math.max(0, ...sums);
}
function kindsOf(
  origins: readonly { readonly origin: string; readonly outletKind?: string; readonly n: number }[],
): StoryView['kinds'] {
  const sums = new Map<string, number>();
  for (const o of origins) {
    const key = o.outletKind ?? o.origin;
    sums.set(key, (sums.get(key) ?? 0) + o.n);
  }
  return [...sums].map(([key, n]) => ({ key, n })).sort((a, b) => b.n - a.n);
}

/** The version of a rule that counts now, by rule. */
export const titlesOf = (versions: readonly RuleVersion[]): ReadonlyMap<string, RuleVersion> =>
  new Map(
    [...versions]
      .sort((a, b) => (a.onAt === undefined ? 0 : 1) - (b.onAt === undefined ? 0 : 1) || a.version - b.version)
      .map(v => [v.rule, v]),
  );

/**
 * A rule is tried before it counts: what it would have hit in the last days, what it gains and loses against the version
 * that is on, and how it does on items of which somebody has said whether they were ours.
 */
import { compileRules, type Item, makeMatcher, type RuleSource } from '#core/text';

export interface TrialItem extends Item {
  readonly title: string;
}
export interface LabelledItem extends TrialItem {
  /** Ours: it went into a case, or was registered as missed by this rule. */
  readonly ours: boolean;
  /** A miss that this rule should have caught: it must hit. */
  readonly mustHit?: boolean;
}
export interface Trial {
  readonly days: number;
  readonly looked: number;
  readonly hits: number;
  readonly gained: readonly TrialHit[];
  readonly lost: readonly TrialHit[];
  readonly gainedCount: number;
  readonly lostCount: number;
  readonly labelled: number;
  /** Of the labelled items it hits, how many are ours; of ours, how many it hits. Null where there is nothing to divide by. */
  readonly precision: number | null;
  readonly recall: number | null;
  /** Misses it should have caught and still does not, with what failed. */
  readonly stillMissed: readonly { readonly id: string; readonly title: string; readonly because: string }[];
  readonly mustHit: number;
}
export interface TrialHit {
  readonly id: string;
  readonly title: string;
  readonly terms: readonly string[];
}
const SHOWN = 20;

const judge = (rule: RuleSource | undefined): ((item: Item) => readonly string[] | undefined) => {
  if (!rule) return () => undefined;
  const matcher = makeMatcher(compileRules([rule]));
  return item => {
    const [hit] = matcher.match(item).matched;
    return hit && [...new Set(hit.spans.map(s => s.term))];
  };
};

/** `labelled` are judged for this rule only: pass what concerns it. */
export function tryRule(
  candidate: RuleSource,
  current: RuleSource | undefined,
  items: readonly TrialItem[],
  labelled: readonly LabelledItem[],
  days: number,
): Trial {
  const [now, before] = [judge(candidate), judge(current)];
  const gained: TrialHit[] = [];
  const lost: TrialHit[] = [];
  let hits = 0;
  for (const item of items) {
    const [a, b] = [now(item), before(item)];
    if (a) hits++;
    if (a && !b) gained.push({ id: item.id, title: headOf(item), terms: a });
    if (b && !a) lost.push({ id: item.id, title: headOf(item), terms: b });
  }
  const ours = labelled.filter(l => l.ours);
  const hit = labelled.filter(l => now(l) !== undefined);
  const rightly = hit.filter(l => l.ours);
  const must = labelled.filter(l => l.mustHit);
  const why = makeMatcher(compileRules([candidate]));
  return {
    days,
    looked: items.length,
    hits,
    gained: gained.slice(0, SHOWN),
    lost: lost.slice(0, SHOWN),
    gainedCount: gained.length,
    lostCount: lost.length,
    labelled: labelled.length,
    precision: hit.length === 0 ? null : share(rightly.length, hit.length),
    recall: ours.length === 0 ? null : share(rightly.length, ours.length),
    stillMissed: must
      .filter(l => now(l) === undefined)
      .map(l => ({
        id: l.id,
        title: headOf(l),
        because: why.match(l, { why: true }).not?.[0]?.because ?? '',
      })),
    mustHit: must.length,
  };
}
const share = (a: number, b: number): number => Math.round((a / b) * 1000) / 1000;
const headOf = (item: TrialItem): string => (item.title || item.text).slice(0, 60);

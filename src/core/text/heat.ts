/**
 * Heat: how much is being said about a matter at an instant, as a formula that anybody can recompute for any day.
 *
 *   heat(t) = Σ over the sightings seen by t of  copy(kind) × outlet(outletKind) × 2^(−(t − at) / halfLife)
 *
 * `copy` weighs a first publication 1, a changed one (update) 0.5, a near copy 0.3, an exact copy 0.2: being copied is being
 * read, but it says nothing new. `outlet` weighs by the kind of place of publication, 1 where the table says nothing.
 * `halfLife` is the number of hours after which a sighting weighs half (exponential forgetting, as in Cormode, Shkapenyuk,
 * Srivastava and Xu, "Forward decay", 2009). Every parameter is the institution's; the defaults are ours. No figure depends
 * on who spoke, on the clock or on the order of the sightings, and heat sets only how fast we answer.
 */
export interface Sighting {
  /** The story, topic or rule that is measured. */
  readonly story: string;
  /** When it was published, or first seen where it bears no date; milliseconds. */
  readonly at: number;
  readonly kind: 'first' | 'exact' | 'near' | 'update';
  readonly outletKind?: string;
}
export interface HeatFormula {
  readonly halfLifeHours: number;
  readonly copy: Readonly<Record<Sighting['kind'], number>>;
  /** Kind of outlet → weight; kinds not named weigh 1. */
  readonly outlet: Readonly<Record<string, number>>;
}
export const HEAT_DEFAULTS: HeatFormula = {
  halfLifeHours: 24,
  copy: { first: 1, update: 0.5, near: 0.3, exact: 0.2 },
  outlet: {},
};
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** One line of the sum: sightings of one kind from one kind of outlet, how many, and what they add. */
export interface HeatPart {
  readonly kind: Sighting['kind'];
  readonly outletKind: string | null;
  readonly count: number;
  /** What one of them weighed when it was published. */
  readonly weight: number;
  readonly heat: number;
}
export interface Heat {
  readonly heat: number;
  readonly count: number;
  readonly parts: readonly HeatPart[];
}
/** What one sighting weighs before anything is forgotten. */
export const weightOf = (s: Sighting, formula: HeatFormula): number =>
  formula.copy[s.kind] * (s.outletKind === undefined ? 1 : (formula.outlet[s.outletKind] ?? 1));

/** What is wrong with a formula, or nothing. */
export function faultOfFormula(formula: HeatFormula): string | undefined {
  if (!(formula.halfLifeHours > 0 && formula.halfLifeHours <= 24 * 365))
    return `the half-life is ${formula.halfLifeHours} hours: it must be above 0 and at most a year`;
  for (const [name, weight] of [...Object.entries(formula.copy), ...Object.entries(formula.outlet)])
    if (!(weight >= 0 && weight <= 1000)) return `the weight of "${name}" is ${weight}: it must be 0 to 1000`;
  return undefined;
}

/** The heat of some sightings at an instant, with the lines it is the sum of; later sightings do not count. */
export function heatAt(sightings: readonly Sighting[], at: number, formula: HeatFormula = HEAT_DEFAULTS): Heat {
  const parts = new Map<
    string,
    { kind: Sighting['kind']; outletKind: string | null; count: number; weight: number; heat: number }
  >();
  for (const s of inOrder(sightings)) {
    if (s.at > at) continue;
    const key = `${s.kind} ${s.outletKind ?? ''}`;
    const part = parts.get(key);
    const weight = weightOf(s, formula);
    const heat = weight * 2 ** (-(at - s.at) / (formula.halfLifeHours * HOUR_MS));
    if (part) {
      part.count++;
      part.heat += heat;
    } else parts.set(key, { kind: s.kind, outletKind: s.outletKind ?? null, count: 1, weight, heat });
  }
  const list = [...parts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, p]) => ({ ...p, heat: rounded(p.heat) }));
  return {
    heat: rounded(list.reduce((sum, p) => sum + p.heat, 0)),
    count: list.reduce((n, p) => n + p.count, 0),
    parts: list,
  };
}
/** The heat at each of several instants: a curve. */
export const heatCurve = (
  sightings: readonly Sighting[],
  instants: readonly number[],
  formula: HeatFormula = HEAT_DEFAULTS,
): readonly { readonly at: number; readonly heat: number }[] =>
  instants.map(at => ({ at, heat: heatAt(sightings, at, formula).heat }));

/** Stories by heat, the hottest first; equal heat by name, so that the order is one. */
export function hottest(
  sightings: readonly Sighting[],
  at: number,
  formula: HeatFormula = HEAT_DEFAULTS,
): readonly (Heat & { readonly story: string })[] {
  return [...byStory(sightings)]
    .map(([story, list]) => ({ story, ...heatAt(list, at, formula) }))
    .filter(s => s.count > 0)
    .sort((a, b) => b.heat - a.heat || (a.story < b.story ? -1 : 1));
}

/** Sums of fractions depend on their order: a fixed one makes the same sightings the same figure, however they came. */
export const inOrder = (sightings: readonly Sighting[]): readonly Sighting[] =>
  [...sightings].sort((a, b) => a.at - b.at);
export function byStory<T extends { readonly story: string }>(list: readonly T[]): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const one of list) {
    const known = out.get(one.story);
    if (known) known.push(one);
    else out.set(one.story, [one]);
  }
  return out;
}
export const rounded = (x: number): number => Math.round(x * 1000) / 1000;

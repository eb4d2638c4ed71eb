/** Thresholds of triage: the institution's to change, shown on the page that uses them, never hidden in the code. */
import {
  faultOfFormula,
  HEAT_DEFAULTS,
  type HeatFormula,
  SAME_DEFAULTS,
  type SameOptions,
  STORY_DEFAULTS,
  type StoryOptions,
} from '#core/text';

import { LOCAL_GRADING, type LocalGrading } from './grade.ts';

export interface TriageSettings {
  readonly same: SameOptions;
  readonly story: StoryOptions;
  /** How far the threshold of a story falls for an item that a rule of the same matter hits: 0.5 halves it. */
  readonly sameMatter: number;
  readonly heat: HeatFormula;
  readonly spike: { readonly excess: number; readonly least: number };
  /** Days for which passed items are kept. */
  readonly keepPassedDays: number;
  /** Days for which the words of findings outside every case are kept. */
  readonly keepTextDays: number;
  /** Newest items that stay comparable for sameness. */
  readonly window: number;
  /** Names of places as people write them, by which a passed item counts as near us. */
  readonly places: readonly string[];
  /** Items looked at in a monthly recall drill. */
  readonly drill: number;
  /** By what a grade is proposed where the rulebook computes none. */
  readonly grading: LocalGrading;
}
export const TRIAGE_DEFAULTS: TriageSettings = {
  same: SAME_DEFAULTS,
  // The date is evidence, not a wall: likeness falls by a fifth over two months, and ends there.
  story: { ...STORY_DEFAULTS, windowHours: 60 * 24 },
  sameMatter: 0.5,
  heat: HEAT_DEFAULTS,
  spike: { excess: 3, least: 3 },
  keepPassedDays: 14,
  // Three years: a year can be held against the two before it, and a proof of silence can still be looked into.
  keepTextDays: 1096,
  window: 20_000,
  places: [],
  drill: 50,
  grading: LOCAL_GRADING,
};

/** A year of comparison at the least; past ten years, which is what files of a case are kept, nothing outside a case is needed. */
const TEXT_DAYS = { least: 366, most: 3653 };
const isTextDays = (days: number | undefined): days is number =>
  days !== undefined && Number.isInteger(days) && days >= TEXT_DAYS.least && days <= TEXT_DAYS.most;

/** What is stored of the settings over the defaults; a value of the wrong form falls back. */
export function readTriageSettings(stored: unknown): TriageSettings {
  const given = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<TriageSettings>;
  const heat = { ...TRIAGE_DEFAULTS.heat, ...given.heat };
  return {
    ...TRIAGE_DEFAULTS,
    ...given,
    same: { ...TRIAGE_DEFAULTS.same, ...given.same },
    story: { ...TRIAGE_DEFAULTS.story, ...given.story },
    heat: faultOfFormula(heat) === undefined ? heat : TRIAGE_DEFAULTS.heat,
    spike: { ...TRIAGE_DEFAULTS.spike, ...given.spike },
    places: given.places ?? TRIAGE_DEFAULTS.places,
    // What deletes is never led by a number that nobody could have entered.
    keepTextDays: isTextDays(given.keepTextDays) ? given.keepTextDays : TRIAGE_DEFAULTS.keepTextDays,
  };
}

export type SettingsFault =
  | 'near'
  | 'threshold'
  | 'share'
  | 'price'
  | 'apart'
  | 'window'
  | 'matter'
  | 'halfLife'
  | 'excess'
  | 'keep'
  | 'keepTexts'
  | 'drill';
/** What is wrong with settings that somebody entered, by field. */
export function faultsOfSettings(s: TriageSettings): readonly SettingsFault[] {
  const within = (n: number | undefined, from: number, to: number): boolean => n !== undefined && n >= from && n <= to;
  const good: Readonly<Record<SettingsFault, boolean>> = {
    near: within(s.same.near, 0.3, 1),
    threshold: within(s.story.threshold, 0.05, 0.9),
    share: within(s.story.evidence.share, 0.05, 0.5),
    price: within(s.story.evidence.price, 0, 3),
    apart: within(s.story.evidence.apart, 0, 0.9),
    window: within(s.story.windowHours, 24, 24 * 365),
    matter: within(s.sameMatter, 0.3, 1),
    halfLife: faultOfFormula(s.heat) === undefined,
    excess: within(s.spike.excess, 1, 20),
    keep: within(s.keepPassedDays, 1, 60),
    keepTexts: isTextDays(s.keepTextDays),
    drill: Number.isInteger(s.drill) && within(s.drill, 10, 500),
  };
  return (Object.keys(good) as SettingsFault[]).filter(name => !good[name]);
}

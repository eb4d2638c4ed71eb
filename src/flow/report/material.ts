/** What papers are made from: one case as the log and the rules tell it at a moment. */
import type { HuiyinEvent } from '#core/log';
import type { FormContent, ObligationLine } from '#core/obligations';
import type { Rule } from '#core/rulebook';

export interface CaseMaterial {
  /** Empty for what stands outside every case. */
  readonly key: string;
  readonly number: string;
  readonly title: string;
  /** Entries of the case that stand (refused acts left out), oldest first. */
  readonly events: readonly HuiyinEvent[];
  readonly duties: readonly ObligationLine[];
  readonly forms: readonly FormContent[];
  readonly rules: readonly Rule[];
  /** ISO instant at which it was looked at. */
  readonly now: string;
}

/** Entries of some types. */
export const ofType = (material: CaseMaterial, ...types: readonly string[]): readonly HuiyinEvent[] =>
  material.events.filter(e => types.includes(e.type));

/** What a brief is made from: the log as it was known at a moment, and what the rules made of it. */
import type { HuiyinEvent } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { Rule } from '#core/rulebook';
import type { BriefKey } from './kinds.ts';
import { addDays } from './kinds.ts';

export interface BriefCase {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly openedAt: string;
  readonly closedAt?: string;
}
/** A source and since when nothing has been heard from it. */
export interface SourceState {
  readonly title: string;
  readonly readAt?: string;
  readonly problem?: string;
  /** How it reaches us; what is `bought` was read by somebody else. */
  readonly how?: 'read' | 'bought' | 'sent';
  /** Times of the span in which it was not read. */
  readonly unread?: readonly { readonly from: string; readonly to: string }[];
}
export interface BriefMaterial {
  readonly about: BriefKey;
  /** ISO instant up to which entries were known. */
  readonly now: string;
  /** Entries that stand, refused acts left out, in the order of entry. */
  readonly events: readonly HuiyinEvent[];
  readonly refused: readonly HuiyinEvent[];
  readonly duties: readonly ObligationLine[];
  readonly cases: readonly BriefCase[];
  readonly rules: readonly Rule[];
  /** Absent where nobody can say any more how the sources stood. */
  readonly sources?: readonly SourceState[];
}

/** Whether an instant lies in a span of days; instants bear the same offset as the days are counted in. */
export const inSpan = (at: string | undefined, span: { readonly from: string; readonly to: string }): boolean =>
  at !== undefined && at >= span.from && at < addDays(span.to, 1);

/** What is known of the date of something found: claimed by its source, said by its page, first seen by us. With confidence. */
export interface KnownDates {
  readonly claimedAt?: number;
  readonly extractedAt?: number;
  readonly firstSeenAt: number;
  /** It was not there yet at this moment: the reading before. */
  readonly notBefore?: number;
}
export type DateConfidence =
  /** Source and page say the same day. */
  | 'agreed'
  | 'claimed'
  | 'extracted'
  /** They say different days: both are shown. */
  | 'disagree'
  /** Nobody says; it appeared between two readings. */
  | 'between'
  /** Nobody says, and it was there at the first reading: any time before. Counted on no day. */
  | 'unknown';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A date ahead of its being seen is a slip of the source: kept as its claim, never used as the date. */
export const isAhead = (at: number, seenAt: number): boolean => at > seenAt + HOUR;

export function confidenceOf(d: KnownDates): { readonly confidence: DateConfidence; readonly at?: number } {
  const claimed = d.claimedAt !== undefined && !isAhead(d.claimedAt, d.firstSeenAt) ? d.claimedAt : undefined;
  const extracted = d.extractedAt !== undefined && !isAhead(d.extractedAt, d.firstSeenAt) ? d.extractedAt : undefined;
  if (claimed !== undefined && extracted !== undefined)
    return Math.abs(claimed - extracted) <= DAY
      ? { confidence: 'agreed', at: claimed }
      : { confidence: 'disagree', at: Math.min(claimed, extracted) };
  if (claimed !== undefined) return { confidence: 'claimed', at: claimed };
  if (extracted !== undefined) return { confidence: 'extracted', at: extracted };
  if (d.notBefore !== undefined && d.firstSeenAt - d.notBefore <= DAY)
    return { confidence: 'between', at: d.firstSeenAt };
  return { confidence: 'unknown' };
}

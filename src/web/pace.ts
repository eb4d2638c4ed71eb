/**
 * How fast one session, or one address nobody has signed in from, may ask for pages: a bucket of tokens (Turner's leaky bucket as
 * a meter, 1986; ITU-T I.371) that fills by the clock. A person with ten tabs never meets it; a program that copies the house does.
 */
import type { Instant } from '#core/calendar';

export interface PaceLimit {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once after a rest. */
  readonly burst: number;
}
/** Twenty a second is ten live tabs that all are told of two entries a second. */
export const SESSION_PACE: PaceLimit = { perSecond: 20, burst: 600 };
/** An office, or a village, may read the public answers from behind one address. */
export const ADDRESS_PACE: PaceLimit = { perSecond: 20, burst: 600 };

/** What became of a request: it may go on, or wait so many seconds; `first` says that this one found the bucket empty. */
export type Paced =
  { readonly ok: true } | { readonly ok: false; readonly waitSeconds: number; readonly first: boolean };
export interface Pacer {
  readonly ask: (key: string, now: Instant, limit: PaceLimit) => Paced;
  /** Buckets held now. */
  readonly size: () => number;
}
interface Bucket {
  tokens: number;
  at: Instant;
  empty: boolean;
}
/** More askers than this at once are no office: the buckets that are full again are forgotten first, then the oldest. */
const MOST_BUCKETS = 20_000;

export function makePacer(most: number = MOST_BUCKETS): Pacer {
  const buckets = new Map<string, Bucket>();
  const full = (bucket: Bucket, now: Instant, { perSecond, burst }: PaceLimit): boolean =>
    bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond >= burst;
  const makeRoom = (now: Instant, limit: PaceLimit): void => {
    for (const [key, bucket] of buckets) if (full(bucket, now, limit)) buckets.delete(key);
    for (const key of buckets.keys()) {
      if (buckets.size < most) return;
      buckets.delete(key);
    }
  };
  return {
    ask: (key, now, limit) => {
      let bucket = buckets.get(key);
      if (!bucket) {
        if (buckets.size >= most) makeRoom(now, limit);
        bucket = { tokens: limit.burst, at: now, empty: false };
        buckets.set(key, bucket);
      }
      // A clock that was set back fills nothing, and takes nothing away.
      bucket.tokens = Math.min(limit.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * limit.perSecond);
      bucket.at = now;
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        // It counts as met again only after a real rest, or every second request would be a new finding.
        if (bucket.tokens > limit.burst / 2) bucket.empty = false;
        return { ok: true };
      }
      const first = !bucket.empty;
      bucket.empty = true;
      return { ok: false, waitSeconds: Math.max(1, Math.ceil((1 - bucket.tokens) / limit.perSecond)), first };
    },
    size: () => buckets.size,
  };
}

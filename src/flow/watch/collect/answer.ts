/**
 * What an answer of a site means for the next question: unchanged or new, trusted or not. ETags lie (a site sends the same
 * one for new content, or a new one for the same), so the body's digest decides, and every so often the whole is asked for.
 */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Digest of the last body. */
  readonly digest?: string;
  /** When the whole was last asked for, milliseconds in words. */
  readonly wholeAt?: string;
  /** Until when the site's validators are not believed. */
  readonly distrustUntil?: string;
}
/** What else a kind remembers stands beside these under its own names. */
export const VALIDATOR_NAMES = [
  'etag',
  'lastModified',
  'digest',
  'wholeAt',
  'distrustUntil',
  'seen',
  'seenRules',
] as const;

const HOUR = 3_600_000;
/** Without believing anything, the whole is read every twelfth time, and once in six hours at the least. */
const wholeEvery = (paceMs: number): number => Math.min(6 * HOUR, 12 * paceMs);
const DISTRUST_MS = 7 * 24 * HOUR;

/** Which validators to send; none when the whole is due or the site was caught lying. */
export function conditions(
  v: Validators,
  now: number,
  paceMs: number,
): { readonly etag?: string; readonly lastModified?: string } {
  if (
    now < Number(v.distrustUntil ?? 0) ||
    v.digest === undefined ||
    now - Number(v.wholeAt ?? 0) >= wholeEvery(paceMs)
  )
    return {};
  return {
    ...(v.etag === undefined ? {} : { etag: v.etag }),
    ...(v.lastModified === undefined ? {} : { lastModified: v.lastModified }),
  };
}
/** The validators after a whole body came, and whether it says anything new. */
export function afterBody(
  before: Validators,
  answer: { readonly etag?: string; readonly lastModified?: string; readonly digest: string },
  now: number,
): { readonly changed: boolean; readonly validators: Validators } {
  const changed = before.digest !== answer.digest;
  // The same mark on another body: whoever trusted it would have missed what is new.
  const lied =
    changed &&
    before.digest !== undefined &&
    ((answer.etag !== undefined && answer.etag === before.etag) ||
      (answer.etag === undefined && answer.lastModified !== undefined && answer.lastModified === before.lastModified));
  const distrustUntil = lied ? String(now + DISTRUST_MS) : before.distrustUntil;
  return {
    changed,
    validators: {
      digest: answer.digest,
      wholeAt: String(now),
      ...(answer.etag === undefined ? {} : { etag: answer.etag }),
      ...(answer.lastModified === undefined ? {} : { lastModified: answer.lastModified }),
      ...(distrustUntil === undefined || Number(distrustUntil) < now ? {} : { distrustUntil }),
    },
  };
}

/** When a channel may send next: its limits over what it sent before, kept in the store so that a restart forgets nothing. */
import type { Limit } from '../notify/index.ts';
import type { Query } from '../store/index.ts';

interface Pace extends Record<string, unknown> {
  readonly recent: readonly (number | string)[];
  readonly rests_until: number | null;
}

/** A receiver's minute is not ours to the millisecond: every stretch is kept this much longer. */
const MARGIN = 1.02;

/** The first instant at which one more message keeps every limit. `recent` in any order. */
export function opensAt(limits: readonly Limit[], recent: readonly number[], now: number): number {
  return limits.reduce((at, limit) => {
    const [most, perMs] = [limit.most, Math.ceil(limit.perMs * MARGIN)];
    const inside = recent.filter(t => t > now - perMs).toSorted((a, b) => a - b);
    const oldest = inside.at(-most);
    return oldest === undefined ? at : Math.max(at, oldest + perMs);
  }, now);
}

/** Locks the channel's pace for the claim's own transaction; `opens` in the future says when to come again. */
export async function lockPace(
  query: Query,
  institution: string,
  channel: string,
  limits: readonly Limit[],
  now: number,
): Promise<{ readonly opens: number; readonly take: () => Promise<unknown> }> {
  const [pace] = await query<Pace>(
    `insert into channel_pace (institution_id, channel) values ($1, $2)
     on conflict (institution_id, channel) do update set channel = excluded.channel returning recent, rests_until`,
    [institution, channel],
  );
  const widest = Math.max(0, ...limits.map(l => Math.ceil(l.perMs * MARGIN)));
  const recent = (pace?.recent ?? []).map(Number).filter(t => t > now - widest);
  return {
    opens: Math.max(opensAt(limits, recent, now), pace?.rests_until ?? now),
    take: () =>
      query(
        'update channel_pace set recent = $3::bigint[], rests_until = null where institution_id = $1 and channel = $2',
        [institution, channel, [...recent, now]],
      ),
  };
}

/**
 * After sending: the receiver counts from when it took the message, which is at the latest now. Counting from the claim
 * let a slow first message and a quick last one into one minute of the receiver's (found by the bench on the real clock).
 */
export const settlePace = (
  query: Query,
  institution: string,
  channel: string,
  claimedAt: number,
  endedAt: number,
  restsUntil: number | undefined,
): Promise<unknown> =>
  query(
    'update channel_pace set recent = array_replace(recent, $3::bigint, $4::bigint), rests_until = coalesce($5, rests_until) where institution_id = $1 and channel = $2',
    [institution, channel, claimedAt, endedAt, restsUntil === undefined ? null : new Date(restsUntil).toISOString()],
  );

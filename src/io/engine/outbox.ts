/**
 * The outbox: a notice is claimed before it is sent and its end recorded after. What a crash leaves between the two is
 * "perhaps sent" on channels that take no key: shown, never silently repeated (docs/decisions/0004-outbox.md).
 */
import type { Channel, Message } from '../notify/index.ts';
import type { Query, StorePool } from '../store/index.ts';
import { lockPace, settlePace } from './pace.ts';

export type ChannelOf = (institution: string, channel: string) => Promise<Channel | undefined>;
export type SendPause = (name: 'claimed' | 'sent') => Promise<void>;
interface Waiting extends Record<string, unknown> {
  readonly institution_id: string;
  readonly id: number;
  readonly channel: string;
}
interface Lane extends Record<string, unknown> {
  readonly institution_id: string;
  readonly channel: string;
}
interface Claim extends Lane {
  readonly batch: number;
  /** Also the token of the claim: only who made it ends it. */
  readonly claimed_at: string;
  readonly attempts: number;
  readonly message: Message;
}
const MOST_LANES = 1000;
const MOST_ATTEMPTS = 8;
/** One message names at most so many notices; the rest goes with the next. */
const MOST_TOGETHER = 50;
/** A claim older than this belongs to a process that is gone: sending takes at most two time limits. */
const CLAIM_GONE_MS = 120_000;
/** A process that finds its own claim this old has been asleep: well before the claim counts as gone. */
const CLAIM_STALE_MS = 60_000;
/** A round gives timers and sources a look in after this long. */
const ROUND_MS = 5_000;

/**
 * Settles what a dead process left: tried again where the receiver drops copies, else "perhaps sent". `alone` says that no
 * other process works on this store, so that every claim found at the start is a dead one.
 */
export async function settleClaims(
  pool: StorePool,
  channelOf: ChannelOf,
  now: number,
  alone: boolean,
): Promise<number> {
  const before = new Date(alone ? now : now - CLAIM_GONE_MS).toISOString();
  const left = await pool.scan<Waiting>(
    "select institution_id, id, channel from notice where state = 'claimed' and claimed_at <= $1 order by id limit 1000",
    [before],
  );
  for (const n of left) {
    const keyed = (await channelOf(n.institution_id, n.channel))?.keyed ?? false;
    await pool.inTenant(n.institution_id, query =>
      query(
        `update notice set state = $3, ended_at = case when $3 = 'perhaps-sent' then $4::timestamptz end, fault = 'the process ended while sending'
         where institution_id = $1 and id = $2 and state = 'claimed' and claimed_at <= $5`,
        [n.institution_id, n.id, keyed ? 'waiting' : 'perhaps-sent', new Date(now).toISOString(), before],
      ),
    );
  }
  return left.length;
}

/**
 * Sends what is due and fits the channels' limits; returns how many messages went out. Channels that take no key are
 * served one message at a time, whatever their number: a crash then leaves at most one message whose fate is unknown.
 */
export function makeSender(pool: StorePool, channelOf: ChannelOf, pause: SendPause = async () => undefined) {
  /** What this process knows of when a lane opens; the store decides. */
  const closedUntil = new Map<string, number>();
  const keyOf = (lane: Lane): string => `${lane.institution_id}/${lane.channel}`;

  /** One message of a lane: 'sent', 'ended' in another way, or 'closed' where nothing more can go now. */
  const sendOne = async (lane: Lane, channel: Channel, now: () => number): Promise<'sent' | 'ended' | 'closed'> => {
    const claim = await pool.inTenant(lane.institution_id, query => claimNext(query, lane, channel, now()));
    if (claim === undefined) return 'closed';
    if (typeof claim === 'number') {
      closedUntil.set(keyOf(lane), claim);
      return 'closed';
    }
    await pause('claimed');
    // A process that was frozen in between has been taken for dead: others may have acted on that, so it sends nothing.
    if (now() - Date.parse(claim.claimed_at) > CLAIM_STALE_MS) {
      await pool.inTenant(lane.institution_id, query =>
        again(query, claim, now(), 'the process was held up before sending', false),
      );
      return 'ended';
    }
    const outcome = await channel.send(claim.message);
    await pause('sent');
    const restMs = outcome.result === 'not-sent' ? outcome.restMs : undefined;
    if (restMs !== undefined) closedUntil.set(keyOf(lane), now() + restMs);
    await pool.inTenant(lane.institution_id, async query => {
      const until = restMs === undefined ? undefined : now() + restMs;
      await settlePace(query, lane.institution_id, lane.channel, Date.parse(claim.claimed_at), now(), until);
      if (outcome.result === 'sent') return end(query, claim, 'sent', now());
      if (outcome.result === 'unknown')
        return channel.keyed
          ? again(query, claim, now() + 60_000, outcome.fault, true)
          : end(query, claim, 'perhaps-sent', now(), outcome.fault);
      const { fault, retryAfterMs, busy } = outcome;
      if (retryAfterMs === undefined || (!busy && claim.attempts >= MOST_ATTEMPTS))
        return end(query, claim, 'failed', now(), fault);
      const wait = busy ? retryAfterMs : retryAfterMs * 2 ** Math.min(4, claim.attempts - 1);
      return again(query, claim, now() + wait, fault, !busy);
    });
    return outcome.result === 'sent' ? 'sent' : 'ended';
  };

  return async (now: () => number): Promise<number> => {
    const started = now();
    const lanes = await pool.scan<Lane>(
      "select institution_id, channel from notice where state = 'waiting' and not_before <= $1 group by institution_id, channel order by min(not_before) limit $2",
      [new Date(started).toISOString(), MOST_LANES],
    );
    let sent = 0;
    const inTime = (): boolean => now() - started < ROUND_MS;
    const open: { readonly lane: Lane; readonly channel: Channel }[] = [];
    for (const lane of lanes) {
      if ((closedUntil.get(keyOf(lane)) ?? 0) > started) continue;
      const channel = await channelOf(lane.institution_id, lane.channel);
      if (channel) open.push({ lane, channel });
      else await failLane(pool, lane, started);
    }
    const drain = async ({ lane, channel }: (typeof open)[number]): Promise<void> => {
      for (let said = await sendOne(lane, channel, now); said !== 'closed'; said = await sendOne(lane, channel, now)) {
        if (said === 'sent') sent++;
        if (!inTime()) return;
      }
    };
    const inTurn = async (): Promise<void> => {
      let left = open.filter(o => !o.channel.keyed);
      while (left.length > 0 && inTime()) {
        const still: typeof left = [];
        for (const one of left) {
          const said = await sendOne(one.lane, one.channel, now);
          if (said === 'sent') sent++;
          if (said !== 'closed') still.push(one);
        }
        left = still;
      }
    };
    await Promise.all([inTurn(), ...open.filter(o => o.channel.keyed).map(drain)]);
    return sent;
  };
}

/** Claims the next message of a lane; a number says when the lane opens, nothing that none waits. */
async function claimNext(query: Query, lane: Lane, channel: Channel, now: number): Promise<Claim | number | undefined> {
  const { institution_id: institution } = lane;
  const at = new Date(now).toISOString();
  // The lane's lock first: another worker may be claiming from it.
  const { opens, take } = await lockPace(query, institution, lane.channel, channel.limits, now);
  const [head] = await query<{ id: number; batch: number | null; destination: string; group_key: string | null }>(
    `select id, batch, destination, group_key from notice
     where institution_id = $1 and channel = $2 and state = 'waiting' and not_before <= $3 order by urgency desc, not_before, id limit 1`,
    [institution, lane.channel, at],
  );
  if (!head) return undefined;
  if (opens > now) return opens;
  await take();
  const batch = head.batch ?? head.id;
  if (head.batch === null && head.group_key !== null)
    await query(
      `update notice set batch = $3 where institution_id = $1 and id in (
         select id from notice where institution_id = $1 and channel = $2 and state = 'waiting' and batch is null and not_before <= $4
           and destination = $5 and group_key = $6 order by id = $3 desc, urgency desc, not_before, id limit $7)`,
      [institution, lane.channel, batch, at, head.destination, head.group_key, MOST_TOGETHER],
    );
  const claimed = await query<{ id: number; key: string; subject: string; text: string; attempts: number }>(
    `update notice set state = 'claimed', claimed_at = $3, batch = $2, attempts = attempts + 1
     where institution_id = $1 and (batch = $2 or id = $2) and state = 'waiting' returning id, key, subject, text, attempts`,
    [institution, batch, at],
  );
  const parts = claimed.toSorted((a, b) => (a.id === batch ? -1 : b.id === batch ? 1 : a.id - b.id));
  const [first] = parts;
  if (!first) return undefined;
  return {
    ...lane,
    batch,
    claimed_at: at,
    attempts: first.attempts,
    message: {
      key: first.key,
      destination: head.destination,
      subject: parts.length === 1 ? first.subject : `${first.subject}(共 ${parts.length} 件)`,
      text: parts.map(p => p.text).join('\n\n'),
    },
  };
}

const MINE = "institution_id = $1 and batch = $2 and claimed_at = $3 and state in ('claimed', 'perhaps-sent')";
async function end(
  query: Query,
  claim: Claim,
  state: 'sent' | 'perhaps-sent' | 'failed',
  now: number,
  fault?: string,
): Promise<void> {
  await query(`update notice set state = $4, ended_at = $5, fault = $6 where ${MINE}`, [
    claim.institution_id,
    claim.batch,
    claim.claimed_at,
    state,
    new Date(now).toISOString(),
    fault ?? null,
  ]);
}
async function again(query: Query, claim: Claim, at: number, fault: string, counts: boolean): Promise<void> {
  await query(
    `update notice set state = 'waiting', not_before = $4, fault = $5, attempts = attempts - $6 where ${MINE}`,
    [claim.institution_id, claim.batch, claim.claimed_at, new Date(at).toISOString(), fault, counts ? 0 : 1],
  );
}
/** A channel that was taken away: what waits for it cannot go and says so. */
async function failLane(pool: StorePool, lane: Lane, now: number): Promise<void> {
  await pool.inTenant(lane.institution_id, query =>
    query(
      `update notice set state = 'failed', ended_at = $3, fault = $4 where institution_id = $1 and channel = $2 and state = 'waiting' and not_before <= $3`,
      [lane.institution_id, lane.channel, new Date(now).toISOString(), `the channel "${lane.channel}" is not set up`],
    ),
  );
}

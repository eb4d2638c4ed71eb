/**
 * The outbox: a notice is claimed before it is sent and its end recorded after. What a crash leaves between the two is
 * "perhaps sent" on channels that take no key: shown, never silently repeated (docs/decisions/0004-outbox.md).
 */
import type { Channel } from '../notify/index.ts';
import type { StorePool } from '../store/index.ts';

export type ChannelOf = (institution: string, channel: string) => Promise<Channel | undefined>;
interface Waiting extends Record<string, unknown> {
  readonly institution_id: string;
  readonly id: number;
  readonly channel: string;
}
const BATCH = 100;
const MOST_ATTEMPTS = 8;
/** A claim older than this belongs to a process that is gone: sending takes at most two time limits. */
const CLAIM_GONE_MS = 120_000;

/** Settles what a dead process left: tried again where the receiver drops copies, else "perhaps sent". */
export async function settleClaims(
  pool: StorePool,
  channelOf: ChannelOf,
  now: number,
  atStart: boolean,
): Promise<number> {
  const before = new Date(atStart ? now : now - CLAIM_GONE_MS).toISOString();
  const left = await pool.scan<Waiting>(
    "select institution_id, id, channel from notice where state = 'claimed' and claimed_at <= $1 order by id limit 1000",
    [before],
  );
  for (const n of left) {
    const keyed = (await channelOf(n.institution_id, n.channel))?.keyed ?? false;
    await pool.inTenant(n.institution_id, query =>
      query(
        `update notice set state = $3, ended_at = case when $3 = 'perhaps-sent' then $4::timestamptz end, fault = 'the process ended while sending'
         where institution_id = $1 and id = $2 and state = 'claimed'`,
        [n.institution_id, n.id, keyed ? 'waiting' : 'perhaps-sent', new Date(now).toISOString()],
      ),
    );
  }
  return left.length;
}

/** Sends what is due and fits the channels' rates; returns how many were sent. */
export function makeSender(
  pool: StorePool,
  channelOf: ChannelOf,
  pause: (name: 'claimed' | 'sent') => Promise<void> = async () => undefined,
) {
  /** Moments of the last sendings, by institution and channel. */
  const recent = new Map<string, number[]>();
  const mayGo = (key: string, perMinute: number, now: number): boolean => {
    const list = (recent.get(key) ?? []).filter(t => t > now - 60_000);
    recent.set(key, list);
    if (list.length >= perMinute) return false;
    list.push(now);
    return true;
  };
  return async (now: () => number): Promise<number> => {
    const due = await pool.scan<Waiting>(
      "select institution_id, id, channel from notice where state = 'waiting' and not_before <= $1 order by not_before, id limit $2",
      [new Date(now()).toISOString(), BATCH],
    );
    let sent = 0;
    for (const n of due) {
      const channel = await channelOf(n.institution_id, n.channel);
      if (!channel) {
        await end(pool, n, 'failed', now(), `the channel "${n.channel}" is not set up`);
        continue;
      }
      if (!mayGo(`${n.institution_id}/${n.channel}`, channel.perMinute, now())) continue;
      const [claimed] = await pool.inTenant(n.institution_id, query =>
        query<{ key: string; destination: string; subject: string; text: string; attempts: number }>(
          `update notice set state = 'claimed', claimed_at = $3, attempts = attempts + 1 where institution_id = $1 and id = $2 and state = 'waiting'
           returning key, destination, subject, text, attempts`,
          [n.institution_id, n.id, new Date(now()).toISOString()],
        ),
      );
      if (!claimed) continue; // another worker has it
      await pause('claimed');
      const outcome = await channel.send(claimed);
      await pause('sent');
      if (outcome.result === 'sent') {
        await end(pool, n, 'sent', now());
        sent++;
      } else if (
        outcome.result === 'not-sent' &&
        outcome.retryAfterMs !== undefined &&
        claimed.attempts < MOST_ATTEMPTS
      ) {
        await pool.inTenant(n.institution_id, query =>
          query(
            "update notice set state = 'waiting', not_before = $3, fault = $4 where institution_id = $1 and id = $2 and state = 'claimed'",
            [
              n.institution_id,
              n.id,
              new Date(now() + (outcome.retryAfterMs ?? 0) * 2 ** Math.min(4, claimed.attempts - 1)).toISOString(),
              outcome.fault,
            ],
          ),
        );
      } else if (outcome.result === 'unknown' && channel.keyed) {
        await pool.inTenant(n.institution_id, query =>
          query(
            "update notice set state = 'waiting', not_before = $3, fault = $4 where institution_id = $1 and id = $2 and state = 'claimed'",
            [n.institution_id, n.id, new Date(now() + 60_000).toISOString(), outcome.fault],
          ),
        );
      } else await end(pool, n, outcome.result === 'unknown' ? 'perhaps-sent' : 'failed', now(), outcome.fault);
    }
    return sent;
  };
}

async function end(
  pool: StorePool,
  n: Waiting,
  state: 'sent' | 'perhaps-sent' | 'failed',
  now: number,
  fault?: string,
): Promise<void> {
  await pool.inTenant(n.institution_id, query =>
    query('update notice set state = $3, ended_at = $4, fault = $5 where institution_id = $1 and id = $2', [
      n.institution_id,
      n.id,
      state,
      new Date(now).toISOString(),
      fault ?? null,
    ]),
  );
}

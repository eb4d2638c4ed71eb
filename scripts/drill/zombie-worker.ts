/**
 * A worker freezes between claiming a notice and sending it, long enough to be taken for dead, and wakes again: the other
 * worker goes on, and nothing goes out twice.
 */
import { makeSender, settleClaims } from '#io/engine';
import type { Channel } from '#io/notify';
import { onGround, type Trouble } from './trouble.ts';

const MINUTE = 60_000;

export const zombieWorker: Trouble = {
  name: 'zombie-worker',
  expected: 'a claim older than two minutes is taken over; the worker that wakes sends nothing; nobody is told twice',
  run: rounds =>
    onGround(async ({ store, tenant }) => {
      const faults: string[] = [];
      let now = Date.parse('2026-07-10T12:00:00+08:00');
      const out: string[] = [];
      const channel: Channel = {
        name: 'mail',
        keyed: false,
        limits: [],
        send: async message => {
          out.push(message.key);
          return { result: 'sent' };
        },
      };
      const channelOf = async (): Promise<Channel> => channel;
      for (let n = 0; n < rounds; n++) {
        const key = `n-${n}`;
        await tenant.addNotices([{ key, channel: 'mail', destination: 'x', subject: 's', text: 't', notBefore: now }]);
        let wake = (): void => undefined;
        let claimed = (): void => undefined;
        const hasClaimed = new Promise<void>(done => (claimed = done));
        const zombie = makeSender(store.pool, channelOf, async point => {
          if (point !== 'claimed') return;
          claimed();
          await new Promise<void>(done => (wake = done));
        });
        const asleep = zombie(() => now);
        await hasClaimed;
        now += 3 * MINUTE; // frozen
        await settleClaims(store.pool, channelOf, now, false);
        // A person looks, decides that it did not go out, and has it sent once more; or nobody does.
        const again = n % 2 === 0;
        if (again)
          await store.pool.inTenant(tenant.institution.id, query =>
            query(
              "update notice set state = 'waiting', claimed_at = null where institution_id = $1 and key = $2 and state = 'perhaps-sent'",
              [tenant.institution.id, key],
            ),
          );
        await makeSender(store.pool, channelOf)(() => now);
        wake();
        await asleep;
        await makeSender(store.pool, channelOf)(() => now + 1);
        const times = out.filter(k => k === key).length;
        if (times !== 1) faults.push(`${key} went out ${times} times`);
        now += MINUTE;
      }
      return { seen: `${rounds} frozen workers, ${out.length} notices out`, faults };
    }),
};

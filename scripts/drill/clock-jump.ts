/** The machine's clock jumps ahead by a day and back by hours: every duty fires once, and a clock that lags is refused. */
import { formatInstant } from '#core/calendar';
import { clockProblem, fireDue } from '#io/engine';
import { onGround, timerAt, type Trouble } from './trouble.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-07-10T12:00:00+08:00');

export const clockJump: Trouble = {
  name: 'clock-jump',
  expected: 'every duty fires exactly once; a start with a clock over five minutes behind the log is refused',
  run: rounds =>
    onGround(async ({ store, tenant }) => {
      const faults: string[] = [];
      const fired = new Map<string, number>();
      let now = NOON;
      const look = async (): Promise<void> => {
        for (const f of await fireDue(store.pool, async () => [], now))
          fired.set(f.timer.key, (fired.get(f.timer.key) ?? 0) + 1);
      };
      for (let n = 0; n < rounds; n++) {
        const timers = [-HOUR, HOUR, 23 * HOUR].map((ahead, i) => timerAt(`${n}-${i}`, now + ahead));
        await tenant.setTimers(timers.map(t => ({ caseId: t.caseId ?? null, timers: [t] })));
        await look();
        now += 24 * HOUR; // a day ahead at once
        await look();
        now -= 3 * HOUR; // and back
        await look();
        await look();
      }
      const wrong = [...fired].filter(([, times]) => times !== 1).length;
      if (fired.size !== rounds * 3) faults.push(`${rounds * 3 - fired.size} duties never fired`);
      if (wrong > 0) faults.push(`${wrong} duties fired more than once`);
      const at = formatInstant(now);
      await tenant.append([
        { id: 'last', type: 'watch.done', at, recordedAt: at, by: { unit: 'u', role: 'r' }, data: { found: 0 } },
      ]);
      if ((await clockProblem(store, { now: () => now - 6 * 60_000 })) === undefined)
        faults.push('a clock six minutes behind the log was accepted');
      if ((await clockProblem(store, { now: () => now - 4 * 60_000 })) !== undefined)
        faults.push('a clock four minutes behind the log was refused');
      return { seen: `${rounds} jumps ahead and back, ${fired.size} duties fired once`, faults };
    }),
};

/** Runs timers and outbox until told to stop; what is being done is finished first. */
import { type Clock, sleep } from '../clock/index.ts';
import type { Store } from '../store/index.ts';
import { escalateDue, type OnSilence } from './escalations.ts';
import { type ChannelOf, makeSender, settleClaims } from './outbox.ts';
import { type Fired, fireDue, nextDue, type OnDue } from './timers.ts';

export { escalateDue, type OnSilence } from './escalations.ts';
export { type ChannelOf, makeSender, type SendPause, settleClaims } from './outbox.ts';
export { type Fired, fireDue, nextDue, type OnDue, overdueTimers } from './timers.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly onDue: OnDue;
  readonly onSilence: OnSilence;
  readonly channelOf: ChannelOf;
  /** No other process works on this store: what a dead one left is settled at once. */
  readonly alone: boolean;
  /** Told of faults; the engine goes on, a duty must not be lost to a passing one. */
  readonly onFault: (error: unknown) => void;
  /** Other work of every round, such as reading the sources that are due. */
  readonly alsoDo?: (now: number) => Promise<void>;
  /** Told of every moment that has come, and how late it was noticed. */
  readonly onFired?: (fired: readonly Fired[]) => void;
}
/** A new timer may be written by another process: look at least this often. */
const LONGEST_SLEEP_MS = 5_000;
const SHORTEST_SLEEP_MS = 20;
const CLOCK_BEHIND_MS = 5 * 60_000;

export interface Engine {
  /** Look again now: something was written. */
  readonly wake: () => void;
  readonly stop: () => Promise<void>;
}

export function startEngine({
  store,
  clock,
  onDue,
  onSilence,
  channelOf,
  alone,
  onFault,
  alsoDo,
  onFired,
}: EngineOptions): Engine {
  const stopping = new AbortController();
  let waking = new AbortController();
  const send = makeSender(store.pool, channelOf);
  const round = async (): Promise<number> => {
    onFired?.(await fireDue(store.pool, onDue, clock.now()));
    await escalateDue(store.pool, onSilence, clock.now());
    await settleClaims(store.pool, channelOf, clock.now(), false);
    await send(clock.now);
    await alsoDo?.(clock.now());
    const next = await nextDue(store.pool);
    return Math.max(SHORTEST_SLEEP_MS, Math.min(LONGEST_SLEEP_MS, (next ?? Infinity) - clock.now()));
  };
  const running = (async () => {
    await settleClaims(store.pool, channelOf, clock.now(), alone).catch(onFault);
    while (!stopping.signal.aborted) {
      let pause = LONGEST_SLEEP_MS;
      try {
        pause = await round();
      } catch (error) {
        onFault(error);
        pause = 1_000;
      }
      waking = new AbortController();
      await sleep(pause, AbortSignal.any([stopping.signal, waking.signal]));
    }
  })();
  return {
    wake: () => waking.abort(),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Refuses a clock that stands well behind the last event: every deadline computed from it would be wrong. */
export async function clockProblem(store: Store, clock: Clock): Promise<string | undefined> {
  const [row] = await store.pool.scan<{ last: number | null }>(
    'select max(last_recorded_at) as last from log_head',
    [],
  );
  const last = row?.last;
  if (last === null || last === undefined || clock.now() >= last - CLOCK_BEHIND_MS) return undefined;
  const minutes = Math.round((last - clock.now()) / 60_000);
  return `this machine's clock is ${minutes} minutes behind the last recorded event: every deadline would be wrong. Set the clock and start again`;
}

/**
 * Workers that read feeds and pages, with limits: memory, time, number. A worker that dies or takes too long is replaced;
 * what it was reading is refused with one sentence and everything else goes on.
 */
import { Worker } from 'node:worker_threads';
import type { SourceReading, SourceResponse, SourceSettings, SourceState } from '#watch';

export type ReadingTask =
  | {
      readonly what: 'source';
      readonly kind: string;
      readonly response: SourceResponse;
      readonly settings: SourceSettings;
      readonly state: SourceState;
    }
  | {
      readonly what: 'page';
      readonly url: string;
      readonly body: Uint8Array;
      readonly contentType?: string;
      readonly at: number;
    };
export interface ReadPage {
  readonly title: string;
  /** The article; empty where there is none. */
  readonly text: string;
  /** All that can be read on it. */
  readonly whole: string;
  readonly charset: string;
  readonly publishedAt?: number;
  readonly publishedAtFrom?: string;
  readonly problems: readonly string[];
}
export type Reading =
  | { readonly what: 'source'; readonly reading: SourceReading }
  | { readonly what: 'page'; readonly page: ReadPage }
  | { readonly what: 'refused'; readonly problem: string };
export interface ReadingPool {
  readonly read: (task: ReadingTask) => Promise<Reading>;
  readonly close: () => Promise<void>;
}
export interface PoolOptions {
  readonly workers?: number;
  readonly timeoutMs?: number;
}
const WORKERS = 2;
const TIMEOUT_MS = 10_000;
const MEMORY_MB = 192;
/** Nothing to read for this long: the worker's memory is given back. */
const IDLE_MS = 60_000;

interface Job {
  readonly id: number;
  readonly task: ReadingTask;
  readonly done: (reading: Reading) => void;
}
interface Hand {
  readonly worker: Worker;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

export function openReadingPool(options: PoolOptions = {}): ReadingPool {
  const most = options.workers ?? WORKERS;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const hands = new Set<Hand>();
  const waiting: Job[] = [];
  let count = 0;
  let closed = false;

  const drop = (hand: Hand, problem: string): void => {
    if (!hands.delete(hand)) return;
    clearTimeout(hand.timer);
    void hand.worker.terminate();
    const job = hand.job;
    hand.job = undefined;
    job?.done({ what: 'refused', problem });
    next();
  };
  const give = (hand: Hand, job: Job): void => {
    clearTimeout(hand.timer);
    hand.job = job;
    hand.timer = setTimeout(() => drop(hand, `it took longer than ${timeoutMs / 1000} s to read`), timeoutMs);
    hand.worker.ref();
    hand.worker.postMessage({ id: job.id, task: job.task });
  };
  const rest = (hand: Hand): void => {
    hand.timer = setTimeout(() => drop(hand, 'idle'), IDLE_MS);
    hand.timer.unref();
    // A resting worker keeps no process alive.
    hand.worker.unref();
  };
  const hire = (): Hand => {
    const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      stdout: true,
      stderr: true,
    });
    const hand: Hand = { worker, job: undefined, timer: undefined };
    worker.on('message', ({ reading }: { readonly reading: Reading }) => {
      clearTimeout(hand.timer);
      const job = hand.job;
      hand.job = undefined;
      const more = waiting.shift();
      if (more) give(hand, more);
      else rest(hand);
      job?.done(reading);
    });
    worker.on('error', error =>
      drop(
        hand,
        (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? 'it needs more memory than a page should'
          : `it cannot be read: ${error.message.slice(0, 200)}`,
      ),
    );
    worker.on('exit', () => drop(hand, 'it cannot be read: it ended the reader'));
    hands.add(hand);
    return hand;
  };
  function next(): void {
    if (closed) return;
    while (waiting.length > 0) {
      const free = [...hands].find(h => h.job === undefined) ?? (hands.size < most ? hire() : undefined);
      const job = free && waiting.shift();
      if (!free || !job) return;
      give(free, job);
    }
  }
  return {
    read: task =>
      new Promise(done => {
        if (closed) return done({ what: 'refused', problem: 'the product is stopping' });
        waiting.push({ id: ++count, task, done });
        next();
      }),
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) job.done({ what: 'refused', problem: 'the product is stopping' });
      await Promise.all(
        [...hands].map(async hand => {
          hands.delete(hand);
          clearTimeout(hand.timer);
          hand.job?.done({ what: 'refused', problem: 'the product is stopping' });
          await hand.worker.terminate();
        }),
      );
    },
  };
}

/**
 * Threads that prepare items while the owner of the window places and stores those before them. One that dies or takes too
 * long is replaced, and what it had in hand is given out again, delivery by delivery: the one that ends two threads is
 * refused with a sentence, and the others go on. Nothing is stored here, so nothing is lost and nothing doubled.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Incoming, prepareItem } from './prepare.ts';
import type { PrepareAnswer, PreparedDelivery, PrepareTask } from './prepare-worker.ts';
import { type KnownRules, MOST_INSTITUTIONS } from './rules.ts';

export interface Delivery {
  readonly items: readonly Incoming[];
  readonly now: number;
}
export interface Hands {
  /** Answers in the order of the deliveries. */
  readonly prepare: (
    institution: string,
    rules: KnownRules,
    deliveries: readonly Delivery[],
  ) => Promise<readonly PreparedDelivery[]>;
  readonly close: () => Promise<void>;
}
export interface HandsOptions {
  /** 0: everything is prepared in this thread. */
  readonly workers?: number;
  readonly timeoutMs?: number;
  /** For drills: each thread as it is started. */
  readonly onHire?: (worker: Worker) => void;
}
/** Given to a thread beforehand, so that it need not wait for us. */
const IN_HAND = 2;
const TIMEOUT_MS = 30_000;
/** Nothing to prepare for this long: the thread's memory is given back. */
const IDLE_MS = 5 * 60_000;
const MEMORY_MB = 1024;
const YOUNG_MB = 48;
/** One is enough for what one owner places and stores; with many processors a second serves other institutions. */
export const workersHere = (processors: number = availableParallelism()): number =>
  processors < 2 ? 0 : processors < 8 ? 1 : 2;

interface Job {
  readonly institution: string;
  readonly rules: KnownRules;
  readonly deliveries: readonly Delivery[];
  readonly done: (prepared: readonly PreparedDelivery[]) => void;
  /** How many threads it has ended. */
  deaths: number;
  /** The rules were compiled: what ended the thread was an item. */
  hasRules: boolean;
}
interface Hand {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
  /** By institution, the mark of the rules it knows; those asked for last are at the end. */
  readonly marks: Map<string, string>;
  timer: NodeJS.Timeout | undefined;
}

export function openHands(options: HandsOptions = {}): Hands {
  const most = options.workers ?? workersHere();
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const hands = new Set<Hand>();
  const waiting: Job[] = [];
  let count = 0;
  let closed = false;

  function give(hand: Hand, job: Job): void {
    const { institution, rules, deliveries } = job;
    const id = ++count;
    const knows = hand.marks.get(institution) === rules.mark;
    hand.marks.delete(institution);
    hand.marks.set(institution, rules.mark);
    const old = hand.marks.size > MOST_INSTITUTIONS ? [hand.marks.keys().next().value ?? ''] : [];
    for (const one of old) hand.marks.delete(one);
    hand.jobs.set(id, job);
    const task: PrepareTask = { id, institution, deliveries, forget: old, ...(knows ? {} : { rules: rules.sources }) };
    hand.worker.ref();
    hand.worker.postMessage(task);
    watch(hand);
  }
  /** The time limit holds for the job a thread is at; a thread at rest keeps no process alive. */
  function watch(hand: Hand): void {
    clearTimeout(hand.timer);
    const isBusy = hand.jobs.size > 0;
    hand.timer = setTimeout(() => drop(hand), isBusy ? timeoutMs : IDLE_MS);
    if (isBusy) return;
    hand.timer.unref();
    hand.worker.unref();
  }
  function hire(): Hand {
    const worker = new Worker(new URL('./prepare-worker.ts', import.meta.url), {
      resourceLimits: {
        maxOldGenerationSizeMb: MEMORY_MB,
        // Everything here is short-lived: room for a whole batch spares moving it about.
        maxYoungGenerationSizeMb: YOUNG_MB,
      },
      stdout: true,
      stderr: true,
    });
    const hand: Hand = { worker, jobs: new Map(), marks: new Map(), timer: undefined };
    worker.on('message', (answer: PrepareAnswer) => {
      const job = hand.jobs.get(answer.id);
      if (!job) return;
      if (answer.what === 'rules') {
        job.hasRules = true;
        return;
      }
      hand.jobs.delete(answer.id);
      watch(hand);
      job.done(answer.deliveries);
      next();
    });
    worker.on('error', () => drop(hand));
    worker.on('exit', () => drop(hand));
    hands.add(hand);
    options.onHire?.(worker);
    return hand;
  }
  function drop(hand: Hand): void {
    if (!hands.delete(hand)) return;
    clearTimeout(hand.timer);
    void hand.worker.terminate();
    // It works in the order in which it was given: what it was at is the first, the others never began.
    const [at, ...others] = hand.jobs.values();
    hand.jobs.clear();
    if (closed) return;
    waiting.unshift(...(at === undefined ? [] : again(at)), ...others);
    next();
  }
  /** What a thread ended at, given out anew. */
  function again(job: Job): readonly Job[] {
    job.deaths++;
    if (!job.hasRules && job.deaths > 1) {
      // The rules themselves ask too much of a thread.
      job.done(prepareHere(job));
      return [];
    }
    if (job.deliveries.length > 1) return apart(job);
    if (job.deaths < 2) return [job];
    job.done([{ problem: 'one of its items ended two threads that were to read it' }]);
    return [];
  }
  function apart(job: Job): readonly Job[] {
    const all: PreparedDelivery[] = [];
    let left = job.deliveries.length;
    return job.deliveries.map((delivery, i) => ({
      ...job,
      deliveries: [delivery],
      done: ([prepared]) => {
        all[i] = prepared ?? { problem: 'nothing came back' };
        if (--left === 0) job.done(all);
      },
    }));
  }
  function next(): void {
    while (waiting.length > 0) {
      const job = waiting[0] as Job;
      const free = [...hands].filter(h => h.jobs.size < IN_HAND);
      const chosen =
        free.find(h => h.jobs.size === 0 && h.marks.get(job.institution) === job.rules.mark) ??
        free.find(h => h.jobs.size === 0) ??
        (hands.size < most ? hire() : free[0]);
      if (!chosen) return;
      waiting.shift();
      give(chosen, job);
    }
  }
  return {
    prepare: (institution, rules, deliveries) =>
      new Promise(done => {
        const job: Job = { institution, rules, deliveries, done, deaths: 0, hasRules: false };
        if (most === 0 || closed) return done(prepareHere(job));
        waiting.push(job);
        next();
      }),
    close: async () => {
      closed = true;
      const left = [...[...hands].flatMap(h => [...h.jobs.values()]), ...waiting.splice(0)];
      const ended = [...hands].map(hand => {
        hands.delete(hand);
        clearTimeout(hand.timer);
        return hand.worker.terminate();
      });
      // Whoever waits still gets an answer: what was asked before the end is done.
      for (const job of left) job.done(prepareHere(job));
      await Promise.all(ended);
    },
  };
}
/** In this thread. */
function prepareHere({ rules, deliveries }: Pick<Job, 'rules' | 'deliveries'>): readonly PreparedDelivery[] {
  const match = rules.match();
  return deliveries.map(({ items, now }) => {
    try {
      return { items: items.map(item => prepareItem(item, match, now)) };
    } catch (error) {
      return { problem: (error as Error).message.slice(0, 200) };
    }
  });
}

/** By the database of an institution; without any its items are prepared in this thread. */
const employed = new WeakMap<object, Hands>();
export const employ = (scope: object, hands: Hands): void => void employed.set(scope, hands);
const noHands: Hands = {
  prepare: async (_institution, rules, deliveries) => prepareHere({ rules, deliveries }),
  close: async () => undefined,
};
export const handsOf = (scope: object): Hands => employed.get(scope) ?? noHands;

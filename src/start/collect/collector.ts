/**
 * The collector: reads every source that is due, many at once within limits, each by one process, and looks at the pages of
 * findings. One source's failure delays no other; whatever a reader held when it died is free again after its lease.
 */
import {
  goesOn,
  nextAfterFailure,
  nextAfterSuccess,
  type Pace,
  PACE_MS,
  paceNow,
  SOURCE_KINDS,
  type SourceSettings,
  sourceKind,
} from '#watch';
import { type Clock, sleep } from '#io/clock';
import type { Door, DoorRequest, DoorResult } from '#io/fetch';
import { type Claimed, dueEvidence, type DueSource, dueSources, type Store, type Tenant } from '#io/store';
import { randomInt, randomUUID } from 'node:crypto';
import { createHash } from 'node:crypto';
import { rulesOf } from '../intake/index.ts';
import { type AskedLook, doPlannedLook, lookAt } from './evidence.ts';
import { type Fetched, fetchPolitely, type FetchTools, fetchSource } from './fetch-source.ts';
import { hostOf, makeHostTurns, MOST_PER_HOST } from './host-turns.ts';
import { openReadingPool, type ReadingPool } from './reading-pool.ts';
import { makeRobotsGate } from './robots-gate.ts';
import { takeReading } from './take-reading.ts';

export interface CollectorOptions {
  readonly store: Store;
  readonly door: Door;
  readonly clock: Clock;
  /** As robots.txt files name us. */
  readonly agent?: string;
  readonly pool?: ReadingPool;
  /** How a mailbox is read; absent: mailboxes are left to another process. */
  readonly readLetters?: (tenant: Tenant, source: Claimed) => Promise<Fetched>;
  readonly mostAtOnce?: number;
  readonly pacePerHostMs?: number;
  /** Told of faults of our own; the collector goes on. */
  readonly onFault: (error: unknown) => void;
  /** Told when something new was taken in. */
  readonly onTaken?: (institution: string) => void;
}
export interface ReadNow {
  readonly added: number;
  readonly problem?: string;
}
export interface Collector {
  /** Starts what is due and may be started now; says how many. Does not wait for them. */
  readonly fill: () => Promise<number>;
  /** Waits until nothing runs. */
  readonly drain: () => Promise<void>;
  /** Reads one source at once, whatever its pace. */
  readonly readNow: (tenant: Tenant, key: string) => Promise<ReadNow>;
  /** Reads what is not kept, for a page of the desk or for an own channel, within the same limits: robots.txt, turns, sizes. */
  readonly look: (tenant: Tenant, kind: string, settings: SourceSettings) => Promise<Fetched>;
  /** One page of a site for the desk, within the same limits. */
  readonly page: (tenant: Tenant, request: DoorRequest) => Promise<DoorResult>;
  readonly lookNow: (tenant: Tenant, finding: string, asked?: AskedLook) => ReturnType<typeof lookAt>;
  /** Goes on until stopped. */
  readonly run: () => void;
  readonly stop: () => Promise<void>;
}
const AGENT = 'Huiyin/1';
const MOST_AT_ONCE = 48;
const LOOKS_AT_ONCE = 4;
const PACE_PER_HOST_MS = 1_000;
/** Longer than a reading with all its parts can take. */
const LEASE_MS = 5 * 60_000;
const LOOK_LEASE_MS = 10 * 60_000;
/** Looks from the desk at once, over all sites. */
const ASKED_AT_ONCE = 8;
/** How long somebody at the desk waits for a site that is being read. */
const PATIENCE_MS = 10_000;
const BUSY = 'the site is being read at this moment: try again in a minute';
const SCAN = 500;
const TICK_MS = 500;
/** How long it may be remembered which sources a case rests on, and which words of concern there are. */
const MEMORY_MS = 30_000;
const PACES = Object.keys(PACE_MS) as Pace[];
/** What could not be taken in one reading is taken soon. */
const MORE_MS = 60_000;
const chance = (): number => randomInt(1_000_000) / 1_000_000;

export function makeCollector(options: CollectorOptions): Collector {
  const { store, door, clock, onFault } = options;
  const by = randomUUID();
  const pool = options.pool ?? openReadingPool();
  const turns = makeHostTurns(options.pacePerHostMs ?? PACE_PER_HOST_MS);
  const mostAtOnce = options.mostAtOnce ?? MOST_AT_ONCE;
  const agent = options.agent ?? AGENT;
  const tools: FetchTools = { door, mayRead: makeRobotsGate(door, agent, clock.now), pool, now: clock.now };
  const isRead = (kind: string): boolean => {
    const way = sourceKind(kind)?.way;
    return way === 'fetched' || (way === 'mailbox' && options.readLetters !== undefined);
  };
  const kinds = SOURCE_KINDS.map(k => k.kind).filter(isRead);
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const tenants = new Map<string, Tenant>();
  const tenantOf = async (id: string): Promise<Tenant | undefined> => {
    const known = tenants.get(id) ?? (await store.tenant(id));
    if (known) tenants.set(id, known);
    return known;
  };
  const underCase = remembered(clock, async (tenant: Tenant) => {
    const cases = await tenant.collecting.openCases();
    const keys = cases.length === 0 ? [] : await tenant.collecting.sourcesOfCases(cases);
    // What was planned at the slow pace is brought forward; it was set before the case was opened.
    for (const pace of PACES)
      if (keys.length > 0) await tenant.collecting.hasten(keys, pace, clock.now() + PACE_MS[paceNow(pace, true)]);
    return new Set(keys);
  });
  const rulesMark = remembered(clock, async (tenant: Tenant) =>
    createHash('sha256')
      .update(JSON.stringify(await rulesOf(tenant)))
      .digest('base64url')
      .slice(0, 10),
  );

  const readClaimed = async (tenant: Tenant, source: Claimed): Promise<ReadNow> => {
    const began = clock.now();
    const mark = await rulesMark(tenant);
    const pace = paceNow(source.pace, (await underCase(tenant)).has(source.key));
    const settle = async (
      outcome: {
        readonly state: 'read' | 'failed';
        readonly items: number;
        readonly fresh: number;
        readonly added: number;
        readonly fault?: string;
      },
      waitMs: number,
      validators?: Readonly<Record<string, string>>,
    ): Promise<void> => {
      const at = clock.now();
      const whole = { ...outcome, milliseconds: at - began };
      await tenant.collecting.settle({
        key: source.key,
        by,
        at,
        nextDueAt: at + waitMs,
        ...(validators === undefined ? {} : { validators }),
        outcome: whole,
        goesOn: last => goesOn(last, { ...whole, at }, source.pace),
      });
    };
    const anew = source.validators['seenRules'] !== mark;
    const letters = sourceKind(source.kind)?.way === 'mailbox' ? options.readLetters : undefined;
    const fetched = letters
      ? await letters(tenant, source)
      : await fetchSource(tools, tenant, source.kind, source.settings, source.validators, PACE_MS[pace], anew);
    if (fetched.result === 'failed') {
      const wait = nextAfterFailure(pace, source.failures + 1, chance(), fetched.retryAfterMs);
      await settle({ state: 'failed', items: 0, fresh: 0, added: 0, fault: fetched.fault }, wait);
      return { added: 0, problem: fetched.fault };
    }
    const wait = nextAfterSuccess(pace, chance());
    if (fetched.result === 'unchanged') {
      await settle({ state: 'read', items: 0, fresh: 0, added: 0 }, wait, fetched.validators);
      return { added: 0 };
    }
    const { state, ...figures } = await takeReading(tenant, source, fetched.reading, mark, clock.now());
    await settle({ state: 'read', ...figures }, fetched.more ? Math.min(wait, MORE_MS) : wait, {
      ...fetched.validators,
      ...state,
    });
    if (figures.added > 0) options.onTaken?.(tenant.institution.id);
    return { added: figures.added };
  };
  /** Reads a source that this process holds; a fault of our own costs the source a failure and nobody else anything. */
  const readOne = async (tenant: Tenant, source: Claimed, host: string): Promise<ReadNow> => {
    try {
      return await readClaimed(tenant, source);
    } catch (error) {
      onFault(error);
      const at = clock.now();
      const fault = 'a fault of the product; see its log';
      await tenant.collecting
        .settle({
          key: source.key,
          by,
          at,
          nextDueAt: at + nextAfterFailure(source.pace, source.failures + 1, chance()),
          outcome: { state: 'failed', items: 0, fresh: 0, added: 0, milliseconds: 0, fault },
          goesOn: last =>
            goesOn(last, { at, state: 'failed', items: 0, fresh: 0, added: 0, milliseconds: 0 }, source.pace),
        })
        // The store itself may be away; the lease ends by itself.
        .catch(onFault);
      return { added: 0, problem: fault };
    } finally {
      turns.ended(host);
    }
  };
  const track = (work: Promise<unknown>): void => {
    const kept = work.catch(onFault).finally(() => running.delete(kept));
    running.add(kept);
  };
  const hostOfSource = (s: Pick<DueSource, 'kind' | 'settings'>): string =>
    // A mailbox stands at a server of its own, which serves no pages.
    sourceKind(s.kind)?.way === 'mailbox'
      ? `imap ${s.settings['host'] ?? ''}`
      : hostOf(sourceKind(s.kind)?.request?.(s.settings, {}).url ?? '');

  const fillSources = async (): Promise<number> => {
    const now = clock.now();
    const free = mostAtOnce - running.size;
    if (free <= 0) return 0;
    const due = await dueSources(store.pool, kinds, now, SCAN);
    /** By institution: what may be started now, each host's share held at once. */
    const chosen = new Map<string, { readonly key: string; readonly host: string }[]>();
    let count = 0;
    for (const source of due) {
      if (count >= free) break;
      const host = hostOfSource(source);
      if (!turns.isFree(host, now)) continue;
      // The example speaks of invented sites.
      if ((await tenantOf(source.institution))?.institution.isExample !== false) continue;
      turns.began(host, now);
      count++;
      chosen.set(source.institution, [...(chosen.get(source.institution) ?? []), { key: source.key, host }]);
    }
    let started = 0;
    for (const [institution, sources] of chosen) {
      const tenant = await tenantOf(institution);
      const claimed =
        (await tenant?.collecting.claim(
          sources.map(s => s.key),
          by,
          now,
          now + LEASE_MS,
        )) ?? [];
      for (const { key, host } of sources) {
        const source = claimed.find(c => c.key === key);
        if (!tenant || !source) {
          // Another process was faster, or it was switched off.
          turns.ended(host);
          continue;
        }
        started++;
        track(readOne(tenant, source, host));
      }
    }
    return started;
  };
  let asked = 0;
  /** Takes a turn at a host as a source does; undefined where the site stays busy. The pace between two is the door's. */
  const inTurn = async <T>(host: string, work: () => Promise<T>): Promise<T | undefined> => {
    const busy = (): boolean => asked >= ASKED_AT_ONCE || turns.running(host) >= MOST_PER_HOST;
    for (let waited = 0; busy(); waited += TICK_MS / 5) {
      if (waited >= PATIENCE_MS || stopping.signal.aborted) return undefined;
      await sleep(TICK_MS / 5, stopping.signal);
    }
    turns.began(host, clock.now());
    asked++;
    try {
      return await work();
    } finally {
      asked--;
      turns.ended(host);
    }
  };
  let looking = 0;
  const fillLooks = async (): Promise<number> => {
    if (looking >= LOOKS_AT_ONCE) return 0;
    const due = await dueEvidence(store.pool, clock.now(), LOOKS_AT_ONCE - looking);
    for (const { institution, finding } of due) {
      const tenant = await tenantOf(institution);
      if (!tenant) continue;
      looking++;
      track(doPlannedLook(tools, tenant, finding, LOOK_LEASE_MS).finally(() => looking--));
    }
    return due.length;
  };
  let lookedRoundAt = -Infinity;
  /** Also where nothing is due: a case that was just opened hastens its sources. */
  const lookRound = async (): Promise<void> => {
    if (clock.now() - lookedRoundAt < MEMORY_MS) return;
    lookedRoundAt = clock.now();
    for (const { id } of await store.institutions()) {
      const tenant = await tenantOf(id);
      if (tenant) await underCase(tenant);
    }
  };
  const fill = async (): Promise<number> => {
    await lookRound();
    return (await fillSources()) + (await fillLooks());
  };
  let loop: Promise<void> | undefined;
  return {
    fill,
    drain: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    readNow: async (tenant, key) => {
      const source = (await tenant.sources()).find(s => s.key === key);
      if (!source) return { added: 0, problem: 'there is no such source' };
      if (source.state !== 'on') return { added: 0, problem: 'the source is not switched on' };
      if (!isRead(source.kind)) return { added: 0, problem: 'this kind of source is not fetched' };
      const now = clock.now();
      await tenant.collecting.makeDue(key, now);
      const [claimed] = await tenant.collecting.claim([key], by, now, now + LEASE_MS);
      if (!claimed) return { added: 0, problem: 'it is being read at this moment' };
      const host = hostOfSource(source);
      turns.began(host, now);
      const work = readOne(tenant, claimed, host);
      track(work);
      return work;
    },
    look: async (tenant, kind, settings) =>
      (await inTurn(hostOfSource({ kind, settings }), () => fetchSource(tools, tenant, kind, settings, {}, 0))) ?? {
        result: 'failed',
        fault: BUSY,
      },
    page: async (tenant, request) =>
      (await inTurn(hostOf(request.url), () => fetchPolitely(tools, tenant, request))) ?? {
        result: 'failed',
        reason: BUSY,
      },
    lookNow: (tenant, finding, asked) => lookAt(tools, tenant, finding, 'asked', asked),
    run: () => {
      loop ??= (async () => {
        while (!stopping.signal.aborted) {
          let started = 0;
          try {
            started = await fill();
          } catch (error) {
            onFault(error);
          }
          await sleep(started > 0 ? TICK_MS / 5 : TICK_MS, stopping.signal);
        }
      })();
    },
    stop: async () => {
      stopping.abort();
      await loop;
      while (running.size > 0) await Promise.all(running);
      await pool.close();
    },
  };
}

/** An answer about an institution that may be half a minute old. */
function remembered<T>(clock: Clock, ask: (tenant: Tenant) => Promise<T>): (tenant: Tenant) => Promise<T> {
  const known = new Map<string, { readonly at: number; readonly value: Promise<T> }>();
  return tenant => {
    const now = clock.now();
    const kept = known.get(tenant.institution.id);
    if (kept && now >= kept.at && now - kept.at < MEMORY_MS) return kept.value;
    const value = ask(tenant);
    known.set(tenant.institution.id, { at: now, value });
    // A failure is not remembered.
    value.catch(() => known.delete(tenant.institution.id));
    return value;
  };
}

/**
 * Pages that stay open are told of what changes: one look at the log for all listeners, one state for each office, sent
 * when it differs from the last. A stream ends with its session; a session has few of them.
 */
import type { Office } from '#core/log';
import { dateText } from './view/times.ts';
import { officesHeld } from './permissions.ts';
import type { Desk } from './ports.ts';
import type { HallKeeper } from './state.ts';
import { liveState } from './view/live-state.ts';
import { type Language, words } from './words/index.ts';

export interface Listener {
  readonly tokenHash: string;
  readonly code: string;
  readonly office: Office | undefined;
  readonly language: Language;
}
export interface LiveHub {
  /** A stream of states, or nothing where there are too many. */
  readonly open: (listener: Listener) => Promise<ReadableStream<Uint8Array> | undefined>;
  readonly stateOf: (listener: Listener) => Promise<string>;
  /** Something was entered here: whoever listens is told without waiting for the next look. */
  readonly poke: () => void;
  readonly endSession: (tokenHash: string) => void;
  readonly endPerson: (code: string) => void;
  readonly listeners: () => number;
}

/** A browser holds one stream for all its tabs; a few more while it goes from page to page. */
const MOST_OF_A_SESSION = 4;
const MOST_OF_ALL = 2000;
const LOOK_MS = 700;
const BEAT_MS = 15_000;
/** A reader that takes nothing any more is let go; it comes back by itself. */
const MOST_UNREAD = 32;

interface Open extends Listener {
  readonly group: string;
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
}
const encoder = new TextEncoder();
const groupOf = (l: Listener): string => `${l.language} ${l.office ? `${l.office.unit}/${l.office.role}` : ''}`;

export function makeHub(desk: Desk, keeper: HallKeeper): LiveHub {
  const open = new Set<Open>();
  const last = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  let again = false;
  let beatAt = 0;
  let seen = '';

  const drop = (one: Open): void => {
    if (!open.delete(one)) return;
    try {
      one.controller.close();
    } catch {
      // The other side has gone already.
    }
  };
  const send = (one: Open, text: string): void => {
    if ((one.controller.desiredSize ?? 0) < -MOST_UNREAD) return drop(one);
    try {
      one.controller.enqueue(encoder.encode(text));
    } catch {
      open.delete(one);
    }
    return undefined;
  };
  const stateText = async (listener: Listener): Promise<string> => {
    const [hall, inbox] = await Promise.all([keeper.look(), desk.findings.count('new')]);
    return JSON.stringify(liveState(hall, words(listener.language), listener.language, listener.office, inbox));
  };
  const eventOf = (state: string): string => `event: state\ndata: ${state}\n\n`;
  /** Without the clock, which goes on by itself. */
  const changing = (state: string): string => state.replace(/"now":"[^"]*",/, '');

  const look = async (): Promise<void> => {
    const [hall, inbox] = await Promise.all([keeper.look(), desk.findings.count('new')]);
    const version = `${hall.seq} ${hall.kept?.duties.version() ?? 0} ${inbox} ${Math.floor(hall.now / 60_000)}`;
    if (version === seen) return;
    seen = version;
    const byGroup = new Map<string, Open[]>();
    for (const one of open) byGroup.set(one.group, [...(byGroup.get(one.group) ?? []), one]);
    for (const group of last.keys()) if (!byGroup.has(group)) last.delete(group);
    for (const [group, all] of byGroup) {
      const [first] = all as [Open];
      const state = JSON.stringify(liveState(hall, words(first.language), first.language, first.office, inbox));
      if (last.get(group) === changing(state)) continue;
      last.set(group, changing(state));
      for (const one of all) send(one, eventOf(state));
      // Other requests come in between two offices.
      await new Promise(done => setImmediate(done));
    }
  };
  /** Every stream belongs to a session that is still there, and to an office that is still held. */
  const beat = async (): Promise<void> => {
    const hall = await keeper.look();
    const held = new Set(officesHeld(hall, dateText(hall.now)).map(o => `${o.holder} ${o.unit}/${o.role}`));
    const alive = new Map<string, boolean>();
    const active = new Map<string, boolean>();
    for (const one of open) {
      if (!active.has(one.code)) active.set(one.code, (await desk.people.byCode(one.code))?.active === true);
      if (!alive.has(one.tokenHash))
        alive.set(
          one.tokenHash,
          (await desk.sessions.byHash(one.tokenHash)) !== undefined && active.get(one.code) === true,
        );
      const stands = one.office === undefined || held.has(`${one.code} ${one.office.unit}/${one.office.role}`);
      if (alive.get(one.tokenHash) === true && stands) send(one, ': here\n\n');
      else drop(one);
    }
  };
  const round = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      await look();
      // Asking after hundreds of sessions takes a while: nobody waits for it.
      if (Date.now() - beatAt > BEAT_MS) {
        beatAt = Date.now();
        beat().catch(() => undefined);
      }
    } catch {
      // The store does not answer: the page says so where it is asked; the next look comes by itself.
    }
    looking = false;
    if (again) {
      again = false;
      void round();
    } else arm();
  };
  const arm = (): void => {
    clearTimeout(timer);
    if (open.size === 0) return;
    timer = setTimeout(() => void round(), LOOK_MS);
    timer.unref();
  };

  return {
    open: async listener => {
      const own = [...open].filter(o => o.tokenHash === listener.tokenHash);
      if (open.size >= MOST_OF_ALL) return undefined;
      for (const one of own.slice(0, Math.max(0, own.length - MOST_OF_A_SESSION + 1))) drop(one);
      const state = await stateText(listener);
      let mine: Open | undefined;
      const stream = new ReadableStream<Uint8Array>({
        start: controller => {
          mine = { ...listener, group: groupOf(listener), controller };
          open.add(mine);
          send(mine, `retry: 3000\n${eventOf(state)}`);
        },
        cancel: () => {
          if (mine) open.delete(mine);
        },
      });
      arm();
      return stream;
    },
    stateOf: stateText,
    poke: () => {
      if (open.size > 0) void round();
    },
    endSession: tokenHash => {
      for (const one of open) if (one.tokenHash === tokenHash) drop(one);
    },
    endPerson: code => {
      for (const one of open) if (one.code === code) drop(one);
    },
    listeners: () => open.size,
  };
}

/** The desk as it is, with those told who listen: what is entered here is said at once, a session that ends takes its streams along. */
export function told(desk: Desk, hub: () => LiveHub): Desk {
  const counted = new Map<string, { readonly at: number; readonly n: Promise<number> }>();
  const anew =
    <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await work(...args);
      counted.clear();
      return result;
    };
  return {
    ...desk,
    log: {
      ...desk.log,
      append: async (events, expected) => {
        const done = await desk.log.append(events, expected);
        counted.clear();
        if (done.ok) hub().poke();
        return done;
      },
    },
    findings: {
      ...desk.findings,
      // Every page shows it: counted at most every two seconds, and anew after what is done here.
      count: state => {
        const known = counted.get(state);
        if (known && Date.now() - known.at < COUNT_MS) return known.n;
        const n = desk.findings.count(state);
        counted.set(state, { at: Date.now(), n });
        n.catch(() => counted.delete(state));
        return n;
      },
      add: anew(desk.findings.add),
      settle: anew(desk.findings.settle),
    },
    sessions: {
      ...desk.sessions,
      end: async tokenHash => {
        await desk.sessions.end(tokenHash);
        hub().endSession(tokenHash);
      },
      endAll: async code => {
        await desk.sessions.endAll(code);
        hub().endPerson(code);
      },
    },
  };
}
const COUNT_MS = 2_000;

/**
 * Deliveries of one institution, one behind the other. What waits while a batch is stored becomes the next batch, so that
 * small deliveries share a transaction where there are many and none waits where there are few; and while one batch is
 * placed those before it are stored and the next is prepared. The order is that of arrival.
 */
import type { Tenant } from '#io/store';
import type { Fate } from '../triage.ts';
import { type Delivery, handsOf } from './hands.ts';
import { type Ahead, giveUp, type Looked, lookFor, placeAhead, placeTurn, RulesMoved, storeAhead } from './placing.ts';
import type { Incoming, ToPlace } from './prepare.ts';
import { rulesNow } from './rules.ts';

/** What became of the items of a delivery, in their order. */
export type Fates = readonly { readonly id: string; readonly fate: Fate }[];
interface Part extends Delivery {
  readonly done: (fates: Fates) => void;
  readonly failed: (error: unknown) => void;
}
interface Group {
  readonly parts: readonly Part[];
  readonly prepared: Promise<Prepared>;
  /** What the store says about them, where it was asked beforehand. */
  looked?: Promise<Looked> | undefined;
}
interface Prepared {
  readonly rulesTurn: number;
  readonly items: ReadonlyMap<Part, readonly ToPlace[]>;
}
interface Line {
  readonly waiting: Part[];
  readonly groups: Group[];
  isPlacing: boolean;
}
/** Items of a delivery that are prepared and placed together. */
const PART = 500;
/** Items prepared in one go, and stored in one transaction. */
const GROUP = 500;
/** Long texts fill a group, and the memory of a thread, sooner than many. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** Groups made ready beforehand: what waits behind them is held as it came. */
const AHEAD = 2;
/** A word of concern that changes again and again while items wait holds them up no longer than this. */
const MOST_TRIES = 3;
const lines = new WeakMap<object, Map<string, Line>>();

export async function deliver(tenant: Tenant, items: readonly Incoming[], now: number): Promise<Fates> {
  const line = lineOf(tenant);
  const parts: Promise<Fates>[] = [];
  let hasFailed = false;
  for (let i = 0; i < items.length; i += PART) {
    if (hasFailed) break;
    const part = new Promise<Fates>((done, failed) =>
      line.waiting.push({ items: items.slice(i, i + PART), now, done, failed }),
    );
    part.catch(() => (hasFailed = true));
    parts.push(part);
    goOn(tenant, line);
    // No more of one delivery than is needed to keep everybody busy.
    if (parts.length > AHEAD + 1) await parts[parts.length - AHEAD - 2]?.catch(() => undefined);
  }
  return (await Promise.all(parts)).flat();
}
function lineOf(tenant: Tenant): Line {
  const here = lines.get(tenant.triage.scope) ?? new Map<string, Line>();
  lines.set(tenant.triage.scope, here);
  const line = here.get(tenant.institution.id) ?? { waiting: [], groups: [], isPlacing: false };
  here.set(tenant.institution.id, line);
  return line;
}

function goOn(tenant: Tenant, line: Line): void {
  while (line.groups.length < AHEAD && line.waiting.length > 0) {
    const parts = nextParts(line.waiting, GROUP);
    const prepared = prepare(tenant, parts);
    // Whoever places it is told.
    prepared.catch(() => undefined);
    line.groups.push({ parts, prepared });
  }
  if (line.isPlacing || line.groups.length === 0) return;
  line.isPlacing = true;
  void placeAll(tenant, line).finally(() => {
    line.isPlacing = false;
    goOn(tenant, line);
  });
}
/** As many as go together; months have tables of their own. */
function nextParts(waiting: Part[], most: number): Part[] {
  const first = waiting.shift();
  if (!first) return [];
  const parts = [first];
  let size = first.items.length;
  let characters = charactersOf(first);
  for (let next = waiting[0]; next && size + next.items.length <= most; next = waiting[0]) {
    characters += charactersOf(next);
    if (characters > MOST_CHARACTERS || monthOf(next.now) !== monthOf(first.now)) break;
    size += next.items.length;
    parts.push(next);
    waiting.shift();
  }
  return parts;
}
const charactersOf = ({ items }: Delivery): number => items.reduce((sum, i) => sum + i.title.length + i.text.length, 0);
const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

async function prepare(tenant: Tenant, parts: readonly Part[]): Promise<Prepared> {
  const rules = await rulesNow(tenant);
  const hands = handsOf(tenant.triage.scope);
  const deliveries = parts.map(({ items: own, now }) => ({ items: own, now }));
  const prepared = await hands.prepare(tenant.institution.id, rules, deliveries);
  const items = new Map<Part, readonly ToPlace[]>();
  parts.forEach((part, i) => {
    const own = prepared[i];
    if (own && 'items' in own) items.set(part, own.items);
    else part.failed(new Error(`a delivery could not be prepared: ${own?.problem ?? 'nothing came back'}`));
  });
  return { rulesTurn: rules.turn, items };
}
/** Turns that follow each other into the store while the next are placed: one may take longer than the other. */
const MOST_ON_WAY = 2;
async function placeAll(tenant: Tenant, line: Line): Promise<void> {
  /** Of each turn on its way to the store, whether it arrived as it was placed. */
  const ways: Promise<boolean>[] = [];
  /** Keys of the newest turns: those the store may not have had when it was asked about what comes next. */
  let recent: readonly ReadonlySet<string>[] = [];
  let isSound = true;
  const allArrived = async (): Promise<void> => {
    await Promise.all(ways.splice(0));
    isSound = true;
  };
  while (line.groups.length > 0 || ways.length > 0) {
    const group = line.groups.shift();
    if (!group) {
      // What comes meanwhile is placed behind it.
      await ways.shift();
      continue;
    }
    goOn(tenant, line);
    const prepared = await settled(group);
    if (!prepared) continue;
    const runs = [...runsOf(prepared)];
    const isOne = runs.length === 1;
    // The store is asked about the next items while these are placed.
    const next = isOne ? line.groups[0] : undefined;
    if (next) next.looked ??= lookedAt(tenant, next.prepared);
    for (const run of runs) {
      // A turn is placed again, and what was placed behind it: nothing is placed ahead of those.
      if (!isSound) await allArrived();
      // Who is alone goes the short way.
      const isBusy = ways.length > 0 || line.groups.length > 0;
      const ahead = isBusy ? await placedAhead(tenant, run, recent, isOne ? group.looked : undefined) : undefined;
      if (!ahead) {
        await allArrived();
        // What the store said of the next items, it said before it had these.
        if (next) next.looked = undefined;
        await place(tenant, run, 1);
        recent = [];
        continue;
      }
      const before = ways.at(-1) ?? Promise.resolve(true);
      const arrived = before.then(async isBefore => {
        if (isBefore && (await store(tenant, run, ahead))) return true;
        isSound = false;
        giveUp(tenant, ahead);
        await place(tenant, run, 1);
        return false;
      });
      ways.push(arrived);
      recent = [...recent, ahead.keys].slice(-MOST_ON_WAY - 1);
      if (ways.length > MOST_ON_WAY) await ways.shift();
    }
  }
}
function lookedAt(tenant: Tenant, prepared: Promise<Prepared>): Promise<Looked> {
  const looked = prepared.then(({ items }) => lookFor(tenant, [...items.values()]));
  // Whoever places them is told.
  looked.catch(() => undefined);
  return looked;
}
const placedAhead = async (
  tenant: Tenant,
  { items }: Prepared,
  onWay: readonly ReadonlySet<string>[],
  looked: Promise<Looked> | undefined,
): Promise<Ahead | undefined> => {
  const deliveries = [...items.values()];
  try {
    return items.size === 0
      ? undefined
      : await placeAhead(tenant, deliveries, onWay, looked ?? lookFor(tenant, deliveries));
  } catch {
    // The other way says what is wrong.
    return undefined;
  }
};
/** Stored as it was placed, or not at all: then it goes the other way. */
async function store(tenant: Tenant, run: Prepared, ahead: Ahead): Promise<boolean> {
  const parts = [...run.items.keys()];
  try {
    const fates = await storeAhead(tenant, ahead, parts[0]?.now ?? 0, run.rulesTurn);
    parts.forEach((part, i) => part.done(fatesOf(run.items.get(part) ?? [], fates[i] ?? new Map())));
    return true;
  } catch {
    return false;
  }
}
/** What two deliveries hold of one item follows each other, each in a transaction of its own. */
function* runsOf({ rulesTurn, items }: Prepared): Generator<Prepared> {
  let run = new Map<Part, readonly ToPlace[]>();
  const keys = new Set<string>();
  for (const [part, own] of items) {
    if (own.some(i => keys.has(i.key))) {
      yield { rulesTurn, items: run };
      run = new Map();
      keys.clear();
    }
    run.set(part, own);
    for (const { key } of own) keys.add(key);
  }
  yield { rulesTurn, items: run };
}
async function settled(group: Group): Promise<Prepared | undefined> {
  try {
    return await group.prepared;
  } catch (error) {
    for (const part of group.parts) part.failed(error);
    return undefined;
  }
}

async function place(tenant: Tenant, { rulesTurn, items }: Prepared, tries: number): Promise<void> {
  const parts = [...items.keys()];
  if (parts.length === 0) return;
  try {
    const fates = await placeTurn(
      tenant,
      parts.map(p => items.get(p) ?? []),
      parts[0]?.now ?? 0,
      tries < MOST_TRIES ? rulesTurn : undefined,
    );
    parts.forEach((part, i) => part.done(fatesOf(items.get(part) ?? [], fates[i] ?? new Map())));
  } catch (error) {
    if (error instanceof RulesMoved) {
      const anew = await settled({ parts, prepared: prepare(tenant, parts) });
      if (anew) await place(tenant, anew, tries + 1);
    } else if (parts.length > 1 && isOfOne(error))
      // What one delivery holds must not cost the others anything.
      for (const part of parts)
        await place(tenant, { rulesTurn, items: new Map([[part, items.get(part) ?? []]]) }, tries);
    else for (const part of parts) part.failed(error);
  }
}
/** A fault of what was to be stored (classes 22 and 23 of SQLSTATE) or of our own, not of the line to the server. */
const isOfOne = (error: unknown): boolean => {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' ? /^2[23]/.test(code) : error instanceof RangeError || error instanceof TypeError;
};
function fatesOf(items: readonly ToPlace[], fates: ReadonlyMap<string, Fate>): Fates {
  const left = new Map(fates);
  return items.map(({ id }) => {
    const fate = left.get(id) ?? 'known';
    // The same item twice in one delivery is added once.
    left.set(id, 'known');
    return { id, fate };
  });
}

/**
 * Prepared deliveries get their places and are stored, one turn each. Two ways that end alike: a turn that does all of it
 * under the lock, and, where the turn before is still on its way to the store, places given ahead of the lock. Those count
 * only if the store is found as they took it to be; otherwise they are thrown away and the first way is gone.
 */
import { readTriageSettings, type Stream, type TriageSettings } from '#triage';
import type { PlacedItem, Tenant } from '#io/store';
import { at, type Fate, isFit, placeOne, tellFolds, type Window, windowFor, windowsOf } from '../triage.ts';
import type { ToPlace } from './prepare.ts';

/** A word of concern was changed after these items were matched. */
export class RulesMoved extends Error {
  override readonly name = 'RulesMoved';
}
/** Somebody else took items in, or people moved stories, since places were given. */
class HeadMoved extends Error {
  override readonly name = 'HeadMoved';
}
export type Fates = ReadonlyMap<string, Fate>;
type Deliveries = readonly (readonly ToPlace[])[];
/** Placed before they are sent to the server, which is at work on them while the next are placed. */
const SENT_AT_ONCE = 250;
/** Placing holds up pages, and what the server says of the turn before, no longer than this. */
const BREATH_MS = 2;
const DAY_MS = 86_400_000;

/**
 * Places deliveries, one behind the other, and stores them in one transaction; says of each item of each, by id, what became
 * of it. `rulesTurn`: the turn of the rules by which they were matched; none: they are placed as they are.
 */
export async function placeTurn(
  tenant: Tenant,
  deliveries: Deliveries,
  now: number,
  rulesTurn: number | undefined,
): Promise<readonly Fates[]> {
  const kept = windowsOf(tenant);
  const id = tenant.institution.id;
  const { fates, folded, whole } = await tenant.triage.intake(now, async turn => {
    if (rulesTurn !== undefined && rulesTurn !== turn.head.rules) throw new RulesMoved();
    const settings = readTriageSettings(await turn.setting('triage'));
    // Until this turn is written, what is remembered is ahead of the store: a failure must not leave it so.
    const window = await windowFor(kept.get(id), turn, settings);
    kept.delete(id);
    const all = deliveries.flat();
    const taken = new Set(await turn.known(all.map(b => b.key)));
    // What went by and is wanted now (a word was added, its page says more) is admitted under the name it has.
    const held = await turn.wentBy(all.filter(b => b.matched.length > 0 && taken.has(b.key)).map(b => b.key));
    await turn.release([...held.values()].map(h => h.id));
    const placed = await placeInto(window.stream, deliveries, taken, new Map(held), settings, rows => {
      // Not waited for: the turn ends when all is there, and the next are placed meanwhile.
      void turn.write(rows);
    });
    const inCase = placed.firsts.length === 0 ? [] : await turn.inCase(placed.firsts);
    window.n = turn.head.n + placed.count;
    // Where something was released, the window is made anew from the store.
    return { fates: placed.fates, folded: inCase, whole: held.size === 0 ? window : undefined };
  });
  if (whole) kept.set(id, whole);
  if (folded.length > 0) await tellFolds(tenant, now, folded);
  return fates;
}

/** What the store says about items that are to be placed ahead. */
export interface Looked {
  readonly settings: TriageSettings;
  readonly known: ReadonlySet<string>;
  /** Something that went by is hit now: it would have to be admitted under the lock. */
  readonly mustAdmit: boolean;
}
/** Can be asked while the items before are still being placed: `onWay` then names what those are, too. */
export const lookFor = (tenant: Tenant, deliveries: Deliveries): Promise<Looked> =>
  tenant.triage.look(async look => {
    const all = deliveries.flat();
    const known = await look.known(all.map(b => b.key));
    const hit = all.filter(b => b.matched.length > 0 && known.has(b.key)).map(b => b.key);
    const mustAdmit = hit.length > 0 && (await look.wentBy(hit)).size > 0;
    return { settings: readTriageSettings(await look.setting('triage')), known, mustAdmit };
  });

/** Places that hold if nothing comes between. */
export interface Ahead {
  readonly window: Window;
  /** The head they were given behind. */
  readonly before: number;
  readonly rows: readonly PlacedItem[];
  readonly firsts: readonly string[];
  readonly fates: readonly Fates[];
  /** Of what is to be stored. */
  readonly keys: ReadonlySet<string>;
}
/**
 * Gives places behind what is on its way (`onWay`: keys of all that the store may not have had when it was asked), without a
 * lock; undefined where that cannot be done: nothing is remembered, or something that went by would have to be admitted.
 */
export async function placeAhead(
  tenant: Tenant,
  deliveries: Deliveries,
  onWay: readonly ReadonlySet<string>[],
  looked: Promise<Looked>,
): Promise<Ahead | undefined> {
  const kept = windowsOf(tenant);
  const id = tenant.institution.id;
  const window = kept.get(id);
  const all = deliveries.flat();
  if (!window || all.some(i => i.matched.length > 0 && onWay.some(keys => keys.has(i.key)))) return undefined;
  try {
    const { settings, known: taken, mustAdmit } = await looked;
    if (mustAdmit || kept.get(id) !== window || !isFit(window, settings)) return undefined;
    const rows: PlacedItem[] = [];
    const known = new Set(taken);
    for (const keys of onWay) for (const key of keys) known.add(key);
    const placed = await placeInto(window.stream, deliveries, known, new Map(), settings, some => rows.push(...some));
    const before = window.n;
    window.n += placed.count;
    return { window, before, rows, ...placed, keys: new Set(rows.map(r => r.key)) };
  } catch (error) {
    forget(tenant, window);
    throw error;
  }
}
/** Stores what was placed ahead; where the store is not as it was taken to be, nothing is stored and the window is forgotten. */
export async function storeAhead(
  tenant: Tenant,
  { window, before, rows, firsts, fates }: Ahead,
  now: number,
  rulesTurn: number,
): Promise<readonly Fates[]> {
  let folded: readonly string[];
  try {
    folded = await tenant.triage.intake(now, async turn => {
      if (rulesTurn !== turn.head.rules) throw new RulesMoved();
      if (turn.head.n !== before || turn.head.turn !== window.turn) throw new HeadMoved();
      void turn.write(rows);
      return firsts.length === 0 ? [] : turn.inCase(firsts);
    });
  } catch (error) {
    forget(tenant, window);
    throw error;
  }
  if (folded.length > 0) await tellFolds(tenant, now, folded);
  return fates;
}
/** These places count for nothing. */
export const giveUp = (tenant: Tenant, { window }: Ahead): void => forget(tenant, window);
function forget(tenant: Tenant, window: Window): void {
  const kept = windowsOf(tenant);
  if (kept.get(tenant.institution.id) === window) kept.delete(tenant.institution.id);
}

interface Placed {
  readonly fates: readonly Fates[];
  /** Those of which something is a copy. */
  readonly firsts: readonly string[];
  readonly count: number;
}
async function placeInto(
  stream: Stream,
  deliveries: Deliveries,
  taken: Set<string>,
  released: Map<string, Released>,
  settings: TriageSettings,
  hand: (rows: readonly PlacedItem[]) => void,
): Promise<Placed> {
  const firsts = new Set<string>();
  const fates: Fates[] = [];
  let rows: PlacedItem[] = [];
  let count = 0;
  let breathedAt = performance.now();
  for (const delivery of deliveries) {
    const own = new Map<string, Fate>();
    fates.push(own);
    // Items of one delivery are placed in the order in which they were published, whatever order they stand in.
    for (const given of [...delivery].sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1))) {
      const row = takeOne(stream, given, released, taken, own, settings);
      if (!row) continue;
      rows.push(row);
      count++;
      if (row.of !== null && row.lane !== 'passed') firsts.add(row.of);
      if (rows.length === SENT_AT_ONCE) {
        hand(rows);
        rows = [];
      }
      if (performance.now() - breathedAt < BREATH_MS) continue;
      await breathe();
      breathedAt = performance.now();
    }
  }
  if (rows.length > 0) hand(rows);
  return { fates, firsts: [...firsts], count };
}
const breathe = (): Promise<void> => new Promise(done => void setImmediate(done));
interface Released {
  readonly id: string;
  readonly seenAt: number;
}

/** The row of an item that is to be written, or undefined; its fate is noted. */
function takeOne(
  stream: Stream,
  given: ToPlace,
  released: Map<string, Released>,
  taken: Set<string>,
  fates: Map<string, Fate>,
  settings: TriageSettings,
): PlacedItem | undefined {
  const before = given.matched.length > 0 ? released.get(given.key) : undefined;
  const item = before ? { ...given, ...before } : given;
  if (before) {
    released.delete(item.key);
    taken.delete(item.key);
  }
  if (taken.has(item.key)) {
    if (!fates.has(item.id)) fates.set(item.id, 'known');
    return undefined;
  }
  // What is too old to be kept is not worth comparing either.
  if (!item.wanted && at(item) < given.seenAt - settings.keepPassedDays * DAY_MS) {
    fates.set(item.id, 'passed');
    return undefined;
  }
  taken.add(item.key);
  const row = placeOne(stream, item);
  fates.set(given.id, row.lane === 'passed' ? 'passed' : row.of === null ? 'added' : 'copy');
  return row;
}

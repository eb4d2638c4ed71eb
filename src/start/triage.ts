/**
 * Items that have been masked and matched are placed and stored: turns of one transaction each under the institution's
 * intake lock. What a process remembers of the window is rebuilt from the store: after a start, after another process took
 * items in, after people split a story, and when it has grown to twice its size or past its memory. Nothing here decides: `#triage` does.
 */
import { formatInstant } from '#core/calendar';
import {
  type Lane,
  makeStream,
  type Placed,
  readTriageSettings,
  remembered,
  sideOf,
  type Stream,
  type TriageSettings,
  WINDOW_CHARACTERS,
} from '#triage';
import type { HeldItem, IntakeTurn, KnownItem, NewFinding, PlacedItem, Tenant } from '#io/store';
import type { ToPlace } from './intake/prepare.ts';

export type Fate = 'added' | 'copy' | 'known' | 'passed';
interface Window {
  readonly stream: Stream;
  readonly turn: number;
  readonly settings: string;
  /** What it took, and how many items it remembered, when it was made. */
  readonly bytesAtFirst: number;
  readonly from: number;
  n: number;
}
/** Placed before they are sent to the server, which is at work on them while the next are placed. */
const SENT_AT_ONCE = 250;
/** Placing holds up pages no longer than this. */
const BREATH_MS = 4;
const MOST_FOLDS = 500;
/** An institution's window is bounded in items and in memory; past this it is made anew from the newest texts. */
const MOST_BYTES = 128 * 1024 * 1024;
const DAY_MS = 86_400_000;
const windows = new WeakMap<object, Map<string, Window>>();

export const settingsOf = async (tenant: Tenant): Promise<TriageSettings> =>
  readTriageSettings(await tenant.setting('triage'));

/** A word of concern was changed after these items were matched. */
export class RulesMoved extends Error {
  override readonly name = 'RulesMoved';
}
type Fates = Map<string, Fate>;
/**
 * Places deliveries, one behind the other, and stores them in one transaction; says of each item of each, by id, what became
 * of it. `rulesTurn`: the turn of the rules by which they were matched; none: they are placed as they are.
 */
export async function placeTurn(
  tenant: Tenant,
  deliveries: readonly (readonly ToPlace[])[],
  now: number,
  rulesTurn: number | undefined,
): Promise<readonly ReadonlyMap<string, Fate>[]> {
  const { fates, folded } = await tenant.triage.intake(now, turn => placeAll(tenant, turn, deliveries, rulesTurn));
  if (folded.length > 0) await tellFolds(tenant, now, folded);
  return fates;
}

async function placeAll(
  tenant: Tenant,
  turn: IntakeTurn,
  deliveries: readonly (readonly ToPlace[])[],
  rulesTurn: number | undefined,
): Promise<{ readonly fates: readonly Fates[]; readonly folded: readonly string[] }> {
  if (rulesTurn !== undefined && rulesTurn !== turn.head.rules) throw new RulesMoved();
  const settings = readTriageSettings(await turn.setting('triage'));
  const kept = windows.get(tenant.triage.scope) ?? new Map<string, Window>();
  windows.set(tenant.triage.scope, kept);
  const id = tenant.institution.id;
  // Until this turn is written, what is remembered is ahead of the store: a failure must not leave it so.
  const window = await windowFor(kept.get(id), turn, settings);
  kept.delete(id);
  const all = deliveries.flat();
  const taken = new Set(await turn.known(all.map(b => b.key)));
  // What went by and is wanted now (a word was added, its page says more) is admitted under the name it has.
  const held = await turn.wentBy(all.filter(b => b.matched.length > 0 && taken.has(b.key)).map(b => b.key));
  await turn.release([...held.values()].map(h => h.id));
  const released = new Map(held);
  const fates = deliveries.map((): Fates => new Map());
  const firsts = new Set<string>();
  let rows: PlacedItem[] = [];
  let placed = 0;
  let breathedAt = performance.now();
  for (const [d, delivery] of deliveries.entries()) {
    // Items of one delivery are placed in the order in which they were published, whatever order they stand in.
    for (const given of [...delivery].sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1))) {
      const row = takeOne(window.stream, given, released, taken, fates[d] ?? new Map(), settings);
      if (!row) continue;
      rows.push(row);
      placed++;
      if (row.of !== null && row.lane !== 'passed') firsts.add(row.of);
      if (rows.length === SENT_AT_ONCE) {
        // Not waited for: the turn ends when all is there, and the next are placed meanwhile.
        void turn.write(rows);
        rows = [];
      }
      if (performance.now() - breathedAt < BREATH_MS) continue;
      await breathe();
      breathedAt = performance.now();
    }
  }
  await turn.write(rows);
  const folded = firsts.size === 0 ? [] : await turn.inCase([...firsts]);
  // Where something was released, the window is made anew from the store.
  if (held.size === 0) {
    window.n = turn.head.n + placed;
    kept.set(id, window);
  }
  return { fates, folded };
}
const breathe = (): Promise<void> => new Promise(done => void setImmediate(done));

/** The row of an item that is to be written, or undefined; its fate is noted. */
function takeOne(
  stream: Stream,
  given: ToPlace,
  released: Map<string, { readonly id: string; readonly seenAt: number }>,
  taken: Set<string>,
  fates: Fates,
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

/**
 * What went by is looked through, and what is chosen is placed again in one turn with its copies: as if it had been wanted
 * when it came. Doing it twice adds nothing: what was taken in has gone by no more.
 */
export async function placeHeld(
  tenant: Tenant,
  now: number,
  choose: (item: HeldItem) => ToPlace | undefined,
  only?: readonly string[],
): Promise<number> {
  const settings = await settingsOf(tenant);
  const taken = await tenant.triage.intake(now, async turn => {
    const chosen = new Map<string, ToPlace>();
    const copies: ToPlace[] = [];
    let n = 0;
    for (;;) {
      const page = await turn.heldAfter(now - settings.keepPassedDays * DAY_MS, n, HELD_PAGE, only);
      for (const item of page) {
        const own = choose(item);
        if (own) chosen.set(item.id, own);
        // A first stands before its copies.
        else if (item.of !== null && chosen.has(item.of)) copies.push({ ...item, wanted: false });
        n = item.n;
      }
      if (page.length < HELD_PAGE) break;
    }
    if (chosen.size === 0) return 0;
    windows.get(tenant.triage.scope)?.delete(tenant.institution.id);
    const first = [...chosen.values()].sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1));
    await turn.release([...first, ...copies].map(i => i.id));
    const { stream } = await windowFor(undefined, turn, settings);
    await turn.write([...first, ...copies].map(item => placeOne(stream, item)));
    return chosen.size;
  });
  if (taken > 0) await tellFolds(tenant, now);
  return taken;
}
const HELD_PAGE = 2000;
function placeOne(stream: Stream, item: ToPlace): PlacedItem {
  const matters = item.matched.map(m => m.rule);
  return rowOf(item, stream.place({ ...textOf(item), side: sideOf(item.origin), wanted: item.wanted, matters }));
}
const at = (item: NewFinding): number => item.publishedAt ?? item.seenAt;

/** What is remembered, brought up to the head of the store; made anew where that cannot be done. */
async function windowFor(known: Window | undefined, turn: IntakeTurn, settings: TriageSettings): Promise<Window> {
  const form = JSON.stringify([settings.same, settings.story, settings.window]);
  const good =
    known !== undefined &&
    known.turn === turn.head.turn &&
    known.settings === form &&
    known.n <= turn.head.n &&
    turn.head.n - known.n < settings.window &&
    known.stream.size() - known.from < 2 * settings.window &&
    // One that is large from the start would be made anew at every turn.
    known.stream.bytes() < Math.max(MOST_BYTES, 2 * known.bytesAtFirst);
  const stream = good ? known.stream : makeStream(settings);
  const after = good ? known.n : 0;
  if (after < turn.head.n)
    for (const item of await turn.since(after, remembered(settings), WINDOW_CHARACTERS)) stream.adopt(placeOf(item));
  if (good) return known;
  const { turn: made, n } = turn.head;
  return { stream, turn: made, settings: form, bytesAtFirst: stream.bytes(), from: stream.size(), n };
}
const placeOf = (item: KnownItem): Parameters<Stream['adopt']>[0] => {
  const { lane, of, story } = item;
  // Only public media go by: what people send in is kept whatever it says.
  const side = lane === 'hotline' ? 'hotline' : 'public';
  return { ...textOf(item), side, lane: lane as Lane, of, story, matters: item.matters };
};
const textOf = (item: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly url?: string;
  readonly publishedAt?: number;
}) => ({
  id: item.id,
  title: item.title,
  text: item.text,
  ...(item.outlet === undefined ? {} : { outlet: item.outlet }),
  ...(item.url === undefined ? {} : { url: item.url }),
  ...(item.publishedAt === undefined ? {} : { publishedAt: new Date(item.publishedAt).toISOString() }),
});
function rowOf(item: ToPlace, where: Placed): PlacedItem {
  return {
    ...item,
    lane: where.lane,
    of: where.of,
    kind: where.kind,
    likeness: where.similarity,
    story: where.story,
    topics: where.lane === 'hotline' ? [...new Set(item.matched.map(m => m.rule))] : [],
  };
}

/** A copy of something that is in a case is a fact of that case: `item.folded`, once for each. */
export async function tellFolds(tenant: Tenant, now: number, firsts?: readonly string[]): Promise<void> {
  const untold = await tenant.triage.untoldFolds(MOST_FOLDS, firsts);
  if (untold.length === 0) return;
  const recordedAt = formatInstant(Math.floor(now / 1000) * 1000);
  await tenant.append(
    untold.map(fold => ({
      id: `fold-${fold.id}`,
      case: fold.caseId,
      type: 'item.folded',
      at: recordedAt,
      recordedAt,
      by: { unit: 'institution', role: 'system' },
      data: { item: fold.id, into: fold.into, similarity: Math.round(fold.likeness * 100) / 100 },
    })),
    {
      findings: untold.map(fold => ({
        id: fold.id,
        state: 'folded' as const,
        caseId: fold.caseId,
        eventId: `fold-${fold.id}`,
      })),
    },
  );
}

/**
 * The second pass, now and then: stories of one item that belong to another by now are joined, in the log with the
 * likeness that decided it. Stories on which somebody has decided are left alone.
 */
export async function settleStories(tenant: Tenant, now: number): Promise<number> {
  const settings = await settingsOf(tenant);
  const joins = await tenant.triage.intake(now, async turn => {
    // What settling changes in memory is made again from the store, where the joins are written.
    windows.get(tenant.triage.scope)?.delete(tenant.institution.id);
    return (await windowFor(undefined, turn, settings)).stream.settle();
  });
  let done = 0;
  // What a person took apart stays apart.
  const apart = new Set(
    (await tenant.triage.acts(0)).flatMap(a => (a.what === 'split' ? [String(a.detail['new'])] : [])),
  );
  const recordedAt = formatInstant(Math.floor(now / 1000) * 1000);
  for (const { story, into, similarity } of joins) {
    const [one, other] = [await tenant.triage.story(story), await tenant.triage.story(into)];
    const open = one !== undefined && other !== undefined && one.id === story && one.id !== other.id;
    if (!open || apart.has(story) || one.fresh === 0 || one.fresh < one.originals || one.lane !== other.lane) continue;
    await tenant.append([
      {
        id: `join-${story}`.slice(0, 64),
        type: 'story.joined',
        at: recordedAt,
        recordedAt,
        by: { unit: 'institution', role: 'system' },
        data: {
          story,
          into: other.id,
          reason: `第二遍归并，相似度 ${similarity} / second pass, likeness ${similarity}`,
        },
      },
    ]);
    await tenant.triage.merge(story, other.id);
    done++;
  }
  return done;
}

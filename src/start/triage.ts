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
export interface Window {
  readonly stream: Stream;
  readonly turn: number;
  readonly settings: string;
  /** What it took, and how many items it remembered, when it was made. */
  readonly bytesAtFirst: number;
  readonly from: number;
  n: number;
}
const MOST_FOLDS = 500;
/** An institution's window is bounded in items and in memory; past this it is made anew from the newest texts. */
const MOST_BYTES = 128 * 1024 * 1024;
const DAY_MS = 86_400_000;
const windows = new WeakMap<object, Map<string, Window>>();
/** What this process remembers, by institution. */
export function windowsOf(tenant: Tenant): Map<string, Window> {
  const kept = windows.get(tenant.triage.scope) ?? new Map<string, Window>();
  windows.set(tenant.triage.scope, kept);
  return kept;
}

export const settingsOf = async (tenant: Tenant): Promise<TriageSettings> =>
  readTriageSettings(await tenant.setting('triage'));

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
    windowsOf(tenant).delete(tenant.institution.id);
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
export function placeOne(stream: Stream, item: ToPlace): PlacedItem {
  const matters = item.matched.map(m => m.rule);
  return rowOf(item, stream.place({ ...textOf(item), side: sideOf(item.origin), wanted: item.wanted, matters }));
}
export const at = (item: NewFinding): number => item.publishedAt ?? item.seenAt;

/** What is remembered, brought up to the head of the store; made anew where that cannot be done. */
export async function windowFor(
  known: Window | undefined,
  turn: IntakeTurn,
  settings: TriageSettings,
): Promise<Window> {
  const good =
    known !== undefined &&
    known.turn === turn.head.turn &&
    known.n <= turn.head.n &&
    turn.head.n - known.n < settings.window &&
    isFit(known, settings);
  const stream = good ? known.stream : makeStream(settings);
  const after = good ? known.n : 0;
  if (after < turn.head.n)
    for (const item of await turn.since(after, remembered(settings), WINDOW_CHARACTERS)) stream.adopt(placeOf(item));
  if (good) return known;
  const { turn: made, n } = turn.head;
  return { stream, turn: made, settings: formOf(settings), bytesAtFirst: stream.bytes(), from: stream.size(), n };
}
const formOf = (settings: TriageSettings): string => JSON.stringify([settings.same, settings.story, settings.window]);
/** Of these settings, and neither so long nor so large that it is to be made anew. */
export const isFit = (window: Window, settings: TriageSettings): boolean =>
  window.settings === formOf(settings) &&
  window.stream.size() - window.from < 2 * settings.window &&
  // One that is large from the start would be made anew at every turn.
  window.stream.bytes() < Math.max(MOST_BYTES, 2 * window.bytesAtFirst);
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
    windowsOf(tenant).delete(tenant.institution.id);
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

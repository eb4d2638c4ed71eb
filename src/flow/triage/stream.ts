/**
 * The stream of items as it comes in: the same thing once, one story. Pure and without a store: whoever runs it hands in
 * what is already known (after a restart, or when another process took items in) and then the new items in their order.
 *
 * Two sides that never meet: what stands in public media, and what people sent to the institution (hotline, petition). A
 * text of one is never compared with a text of the other: they have folders and stories of their own.
 *
 * What no rule of concern hits goes by, but it is compared all the same: a repost that lost the matched word is still a
 * copy of what was found, and a passed item that is changed until a rule hits becomes a finding of its own.
 *
 * Each lane has firsts and stories of its own, and what becomes of an item depends on the newest `remembered` firsts of
 * its lane and on nothing else: a process that starts anew from those decides as the one that never stopped.
 */
import { appendFolded, type Item, makeFolded, makeFolder, makeStories, type Sameness } from '#core/text';
import type { TriageSettings } from './settings.ts';

export type Side = 'public' | 'hotline';
/** Where an item ends up: before people (by side), or passed over for want of a rule that hits. */
export type Lane = Side | 'passed';
export interface Incoming extends Item {
  readonly side: Side;
  /** Rules of concern that hit it: what it is about is evidence for a story beside its words. */
  readonly matters?: readonly string[];
  /** A rule hits it, or it is kept whatever it says. */
  readonly wanted: boolean;
}
export interface Known extends Item {
  readonly side: Side;
  readonly matters?: readonly string[];
  readonly lane: Lane;
  readonly of: string | null;
  readonly story: string;
}
export interface Placed {
  readonly id: string;
  readonly lane: Lane;
  readonly kind: Sameness['kind'];
  /** The first finding of which it is a copy. */
  readonly of: string | null;
  readonly similarity: number;
  readonly story: string;
  /** It began the story. */
  readonly isNew: boolean;
}
export interface Stream {
  readonly place: (item: Incoming) => Placed;
  /** Takes in what was placed before, in its order. Copies teach nothing: they are compared with their first. */
  readonly adopt: (known: Known) => void;
  /**
   * The second pass: stories of one item that what came later shows to belong to another. Only what it would join: a story
   * is joined in the store and in the log, with its reason.
   */
  readonly settle: () => readonly { readonly story: string; readonly into: string; readonly similarity: number }[];
  /** How many items it remembers: it is made anew now and then, to give back what left the windows. */
  readonly size: () => number;
  /** Roughly how much memory that takes: long texts fill it sooner than many. */
  readonly bytes: () => number;
}
const SIDE_OF_ORIGIN: Readonly<Record<string, Side>> = { hotline: 'hotline', petition: 'hotline' };
/** What people sent to the institution stands apart from what was published. */
export const sideOf = (origin: string): Side => SIDE_OF_ORIGIN[origin] ?? 'public';

/** How many of a lane's newest firsts tell all that a stream has to know of it. */
export const remembered = (settings: TriageSettings): number => Math.max(settings.window, 2 * settings.story.window);
const LANES = ['public', 'hotline', 'passed'] as const satisfies readonly Lane[];
/** Long texts leave a lane's window sooner than many: it holds so many characters. */
export const WINDOW_CHARACTERS = 16 * 1024 * 1024;
const TELLING_SHARE = 0.34;
/** What stands beside the comparisons: the item's head, its story, the matters of that. */
const BYTES_AN_ITEM = 700;

export function makeStream(settings: TriageSettings): Stream {
  const story = {
    ...settings.story,
    copies: false,
    places: [...settings.story.places, ...settings.places],
  };
  const make = (lane: Lane) => ({
    lane,
    folder: makeFolder({ ...settings.same, window: settings.window, characters: WINDOW_CHARACTERS }),
    stories: makeStories(story),
    /** Of a first: the story in which it stands. */
    storyOf: new Map<string, string>(),
    /** Stories of the newest firsts with what those are about: what the matters of stories are known from. */
    newest: [] as { readonly story: string; readonly matters: readonly string[] }[],
  });
  const lanes = Object.fromEntries(LANES.map(lane => [lane, make(lane)])) as Record<Lane, ReturnType<typeof make>>;
  /** Matters of the items of each story with their number, and in how many stories each matter stands. */
  const mattersOf = new Map<string, Map<string, number>>();
  const spread = new Map<string, number>();
  let size = 0;
  const units = makeFolded();

  const count = (story: string, matters: readonly string[], by: 1 | -1): void => {
    if (matters.length === 0) return;
    const known = mattersOf.get(story) ?? new Map<string, number>();
    mattersOf.set(story, known);
    for (const matter of new Set(matters)) {
      const before = known.get(matter) ?? 0;
      known.set(matter, before + by);
      if (before + by === 0) known.delete(matter);
      if (before === 0 || before + by === 0) spread.set(matter, (spread.get(matter) ?? 0) + by);
    }
    if (known.size === 0) mattersOf.delete(story);
  };
  /** Notes a first; what it was about leaves with it when it leaves the window of stories. */
  const note = ({ storyOf, newest }: (typeof lanes)[Lane], id: string, story: string, of: readonly string[]): void => {
    storyOf.set(id, story);
    newest.push({ story, matters: of });
    count(story, of, 1);
    const left = newest.length > settings.story.window ? newest.shift() : undefined;
    if (left) count(left.story, left.matters, -1);
  };
  /** A rule that hits in very many stories (our own name, for one) tells none from another. */
  const tells = (matter: string): boolean => (spread.get(matter) ?? 0) <= Math.max(1, mattersOf.size * TELLING_SHARE);
  const take = (item: Item): void => {
    units.length = 0;
    if (item.title !== undefined) appendFolded(units, item.title);
    appendFolded(units, item.text);
  };

  function place(item: Incoming): Placed {
    size++;
    take(item);
    // What people sent is never passed over: each is owed a look. A copy belongs to what it copies; what goes by is
    // compared with what was found first, and then with what went by.
    const asked = item.wanted || item.side === 'hotline' ? [lanes[item.side]] : [lanes[item.side], lanes.passed];
    const own = asked.at(-1) ?? lanes[item.side];
    for (const { lane, folder, storyOf } of asked) {
      // The last that is asked keeps what none knows.
      const fold = lane === own.lane ? folder.judge(item, units) : folder.find(item, units);
      const of = fold.of === null ? undefined : storyOf.get(fold.of);
      if (of !== undefined) return { ...base(fold), lane, of: fold.of, story: of, isNew: false };
      // A first whose story nobody knows any more tells nothing.
      if (lane === own.lane && fold.of !== null) folder.remember(item, units);
    }
    // A story of the same matter takes what is less alike: words differ, what they are about does not.
    const ease = item.matters?.length
      ? (story: string): number =>
          item.matters?.some(m => tells(m) && mattersOf.get(story)?.has(m)) ? settings.sameMatter : 1
      : undefined;
    const placed = own.stories.place(item, ease);
    note(own, item.id, placed.story, item.matters ?? []);
    const { similarity, isNew } = placed;
    return { id: item.id, lane: own.lane, kind: 'first', of: null, similarity, story: placed.story, isNew };
  }
  function adopt(known: Known): void {
    if (known.of !== null) return;
    size++;
    const own = lanes[known.lane];
    take(known);
    own.folder.remember(known, units);
    own.stories.adopt(known, known.story);
    note(own, known.id, known.story, known.matters ?? []);
  }
  return {
    place,
    adopt,
    settle: () => [...lanes.public.stories.settle().joined, ...lanes.hotline.stories.settle().joined],
    size: () => size,
    bytes: () =>
      size * BYTES_AN_ITEM +
      LANES.map(lane => lanes[lane]).reduce(
        (sum, { folder, stories }) => sum + folder.bytes() + 2 * folder.characters() + stories.bytes(),
        0,
      ),
  };
}
const base = (fold: Sameness): Pick<Placed, 'id' | 'kind' | 'similarity'> => ({
  id: fold.id,
  kind: fold.kind === 'first' ? 'near' : fold.kind,
  similarity: fold.similarity,
});

/**
 * The stream of items as it comes in: the same thing once, one story. Pure and without a store: whoever runs it hands in
 * what is already known (after a restart, or when another process took items in) and then the new items in their order.
 *
 * Two sides that never meet: what stands in public media, and what people sent to the institution (hotline, petition). A
 * text of one is never compared with a text of the other: they have folders and stories of their own.
 *
 * What no rule of concern hits goes by, but it is compared all the same: a repost that lost the matched word is still a
 * copy of what was found, and a passed item that is changed until a rule hits becomes a finding of its own.
 */
import { type Item, makeFolder, makeStories, type Sameness } from '#core/text';
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
  readonly adopt: (known: Known) => void;
  /**
   * The second pass: stories of one item that what came later shows to belong to another. Only what it would join: a story
   * is joined in the store and in the log, with its reason.
   */
  readonly settle: () => readonly { readonly story: string; readonly into: string; readonly similarity: number }[];
  /** How many items it remembers: past `capacity` it is made anew from the newest ones. */
  readonly size: () => number;
  /** Roughly how much memory that takes: long texts fill it sooner than many. */
  readonly bytes: () => number;
}
const SIDE_OF_ORIGIN: Readonly<Record<string, Side>> = { hotline: 'hotline', petition: 'hotline' };
/** What people sent to the institution stands apart from what was published. */
export const sideOf = (origin: string): Side => SIDE_OF_ORIGIN[origin] ?? 'public';

const TELLING_SHARE = 0.34;
/** What stands beside the comparisons: the item's head, its root, the matters of its story. */
const BYTES_AN_ITEM = 700;
interface Root {
  readonly id: string;
  readonly lane: Lane;
  readonly story: string;
}

export function makeStream(settings: TriageSettings): Stream {
  const story = { ...settings.story, copies: false };
  const folders = { public: makeFolder(settings.same), hotline: makeFolder(settings.same) };
  const stories = { public: makeStories(story), hotline: makeStories(story), passed: makeStories(story) };
  /** By the id of a first (as the folder sees it): the item that stands for it, which may be a later one. */
  const roots = new Map<string, Root>();
  /** Matters of the items of each story, and in how many stories each matter stands. */
  const mattersOf = new Map<string, Set<string>>();
  const spread = new Map<string, number>();
  let size = 0;
  const note = (story: string, matters: readonly string[] | undefined): void => {
    if (!matters || matters.length === 0) return;
    const known = mattersOf.get(story) ?? new Set<string>();
    mattersOf.set(story, known);
    for (const matter of matters) {
      if (known.has(matter)) continue;
      known.add(matter);
      spread.set(matter, (spread.get(matter) ?? 0) + 1);
    }
  };
  /** A rule that hits in very many stories (our own name, for one) tells none from another. */
  const tells = (matter: string): boolean => (spread.get(matter) ?? 0) <= Math.max(1, mattersOf.size * TELLING_SHARE);

  function place(item: Incoming): Placed {
    size++;
    const fold = folders[item.side](item);
    const root = fold.of === null ? undefined : roots.get(fold.of);
    // What people sent is never passed over: each is owed a look.
    const lane: Lane = item.wanted || item.side === 'hotline' ? item.side : 'passed';
    // A copy belongs to what it copies, unless that went by and this one does not.
    if (root && (root.lane !== 'passed' || lane === 'passed')) {
      roots.set(item.id, root);
      return { ...base(fold), lane: root.lane, of: root.id, story: root.story, isNew: false };
    }
    // A story of the same matter takes what is less alike: words differ, what they are about does not.
    const ease = item.matters?.length
      ? (story: string): number =>
          item.matters?.some(m => tells(m) && mattersOf.get(story)?.has(m)) ? settings.sameMatter : 1
      : undefined;
    const placed = stories[lane].place(item, ease);
    note(placed.story, item.matters);
    const own: Root = { id: item.id, lane, story: placed.story };
    roots.set(item.id, own);
    if (fold.of !== null) roots.set(fold.of, own);
    return {
      id: item.id,
      lane,
      kind: 'first',
      of: null,
      similarity: placed.similarity,
      story: placed.story,
      isNew: placed.isNew,
    };
  }
  function adopt(known: Known): void {
    size++;
    const fold = folders[known.side](known);
    const root = { id: known.of ?? known.id, lane: known.lane, story: known.story };
    roots.set(known.id, root);
    if (known.of !== null && !roots.has(known.of)) roots.set(known.of, root);
    // The folder may know a first that stands before the window under another name.
    if (fold.of !== null) {
      const before = roots.get(fold.of);
      if (!before || (before.lane === 'passed' && root.lane !== 'passed')) roots.set(fold.of, root);
    }
    if (known.of === null) {
      stories[known.lane].adopt(known, known.story);
      note(known.story, known.matters);
    }
  }
  return {
    place,
    adopt,
    settle: () => [...stories.public.settle().joined, ...stories.hotline.settle().joined],
    size: () => size,
    bytes: () =>
      size * BYTES_AN_ITEM +
      [folders.public, folders.hotline].reduce((sum, f) => sum + f.bytes() + 2 * f.characters(), 0) +
      [stories.public, stories.hotline, stories.passed].reduce((sum, s) => sum + s.bytes(), 0),
  };
}
const base = (fold: Sameness): Pick<Placed, 'id' | 'kind' | 'similarity'> => ({
  id: fold.id,
  kind: fold.kind === 'first' ? 'near' : fold.kind,
  similarity: fold.similarity,
});

/**
 * Items that tell one story: online single-pass clustering (Allan, Papka and Lavrenko, "On-line new event detection and
 * tracking", 1998) over tf-idf vectors of character bigrams with incremental document frequencies and an inverted index.
 * A vector keeps only the item's most telling bigrams, so that template phrases and numbers weld nothing together.
 * An item joins the story to which the mean of its best and its average likeness is highest; copies join their first.
 * A second pass places the items left alone again, now with what came after them in view.
 * Lexical: it cannot join two short comments that share no words. Same order, same answer.
 */
import { appendFolded, makeFolded } from './comparable.ts';
import { makeKinds } from './kinds.ts';
import type { Item } from './match.ts';
import { type Evidence, makeNearest } from './nearest-story.ts';
import { makeFolder } from './same.ts';
import { makeVectors, type Vector } from './vectors.ts';

export interface StoryOptions {
  /** Least likeness to a story at which an item joins it. Tuned on labelled events: bench/text/RESULTS.md. */
  readonly threshold: number;
  /**
   * How many of the newest items stay comparable; the frequencies of words come from as many. What becomes of an item depends
   * on the last two windows only: a process that starts anew from those decides the same.
   */
  readonly window: number;
  /** If given, only items published at most this many hours apart are compared; undated ones always are. */
  readonly windowHours?: number;
  /** Bigrams kept of each item, and how much more one in the title weighs. */
  readonly features: number;
  readonly titleWeight: number;
  /** Copies join their first. Off where the caller has folded them already and hands in firsts only. */
  readonly copies: boolean;
  /** How place, institution, matter and date count as evidence of their own. */
  readonly evidence: Evidence;
  /** Names of places and of institutions as people write them, beside those known by their endings. */
  readonly places: readonly string[];
  readonly institutions: readonly string[];
}
export const STORY_DEFAULTS: StoryOptions = {
  threshold: 0.16,
  window: 5000,
  features: 16,
  titleWeight: 4,
  copies: true,
  evidence: { share: 0.2, price: 0.75, apart: 0.2 },
  places: [],
  institutions: [],
};

export interface Placement {
  readonly id: string;
  readonly story: string;
  /** It began the story. */
  readonly isNew: boolean;
  /** Likeness to the story it joined, four decimals; 0 where it began one. */
  readonly similarity: number;
}
/** A story that the second pass joined to another, with the likeness that decided it. */
export interface Join {
  readonly story: string;
  readonly into: string;
  readonly similarity: number;
}
export interface Stories {
  /**
   * Places one item; call in order. `ease` says by what else than words a story speaks for taking it (place, institution,
   * matter): 1 leaves the threshold as it is, 0.6 lowers it to six tenths for that story.
   */
  readonly place: (item: Item, ease?: (story: string) => number) => Placement;
  /** Takes an item whose story is known (from the store, or because a person said so); it is comparable from then on. */
  readonly adopt: (item: Item, story: string) => void;
  /** The second pass: final placements of all items in order, and what was joined. */
  readonly settle: () => { readonly placements: readonly Placement[]; readonly joined: readonly Join[] };
  /** Roughly what it holds. */
  readonly bytes: () => number;
}

/** An object with its id and its place in a map, as measured. */
const BYTES_A_MEMBER = 250;

export function makeStories(given: Partial<StoryOptions> = {}): Stories {
  const options = { ...STORY_DEFAULTS, ...given };
  const vectors = makeVectors(options);
  const foldCopy = options.copies ? makeFolder() : undefined;
  const nearest = makeNearest(options);
  const kinds = makeKinds(options);
  const numberOf = new Map<string, number>();
  const storyIds: string[] = [];
  const nameOf = (story: number): string => storyIds[story] ?? '';
  /** Member → its item's id. */
  const ids: string[] = [];
  const placed = new Map<string, { readonly id: string; story: number; isNew: boolean; similarity: number }>();
  const storyOfItem = new Map<string, number>();
  const folded = makeFolded();

  function place(item: Item, ease?: (story: string) => number): Placement {
    const titleLength = take(item);
    const copy = foldCopy?.judge(item, folded);
    const publishedAt = timeOf(item);
    if (copy && copy.of !== null) {
      const story = storyOfItem.get(copy.of) ?? 0;
      storyOfItem.set(item.id, story);
      return note(item.id, story, false, copy.similarity);
    }
    const vector = vectors.vectorOf(folded, titleLength, kinds?.(folded, titleLength));
    const { story: like, score, joins } = nearest.nearest(vector, publishedAt, 'window', nameOf, ease);
    const story = joins ? like : numberFor(`st-${item.id}`);
    remember(item.id, vector, story, publishedAt);
    return note(item.id, story, !joins, joins ? score : 0);
  }
  function adopt(item: Item, story: string): void {
    const titleLength = take(item);
    const vector = vectors.vectorOf(folded, titleLength, kinds?.(folded, titleLength));
    remember(item.id, vector, numberFor(story), timeOf(item));
  }
  /** Folds the item's title and text into the buffer; returns where the title ends. */
  function take(item: Item): number {
    folded.length = 0;
    if (item.title !== undefined) appendFolded(folded, item.title);
    const titleLength = folded.length;
    appendFolded(folded, item.text);
    return titleLength;
  }
  function numberFor(id: string): number {
    const known = numberOf.get(id);
    if (known !== undefined) return known;
    const number = storyIds.push(id) - 1;
    numberOf.set(id, number);
    return number;
  }
  function remember(id: string, vector: Vector, story: number, publishedAt: number): void {
    ids.push(id);
    nearest.add(vector, story, publishedAt);
    // Only copies ask for it.
    if (foldCopy) storyOfItem.set(id, story);
  }
  function note(id: string, story: number, isNew: boolean, similarity: number): Placement {
    placed.set(id, { id, story, isNew, similarity });
    return { id, story: nameOf(story), isNew, similarity: rounded(similarity) };
  }

  function settle(): ReturnType<Stories['settle']> {
    const joined: Join[] = [];
    const into = storyIds.map((_, i) => i);
    for (let member = 0; member < ids.length; member++) {
      const story = nearest.storyOf(member);
      if (nearest.sizeOf(story) !== 1) continue;
      const among = { but: member };
      const found = nearest.nearest(nearest.vectorOf(member), nearest.timeOf(member), among, nameOf);
      if (!found.joins || found.story === story) continue;
      joined.push({ story: nameOf(story), into: nameOf(found.story), similarity: rounded(found.score) });
      into[story] = found.story;
      nearest.move(member, found.story);
      const entry = placed.get(ids[member] ?? '');
      if (entry) Object.assign(entry, { isNew: false, similarity: found.score });
    }
    const end = (story: number): number => (into[story] === story ? story : end(into[story] ?? story));
    const placements = [...placed.values()].map(p => ({
      id: p.id,
      story: nameOf(end(p.story)),
      isNew: p.isNew,
      similarity: rounded(p.similarity),
    }));
    return { placements, joined };
  }
  const bytes = (): number => nearest.bytes() + vectors.bytes() + BYTES_A_MEMBER * (ids.length + placed.size);
  return { place, adopt, settle, bytes };
}

/** An undated item has no time: NaN compares as false, so it is never left out. */
const timeOf = (item: Item): number => (item.publishedAt === undefined ? Number.NaN : Date.parse(item.publishedAt));
const rounded = (x: number): number => Math.round(Math.min(1, x) * 10_000) / 10_000;

/**
 * Items that tell one story: online single-pass clustering (Allan, Papka and Lavrenko, "On-line new event detection and
 * tracking", 1998) over tf-idf vectors of character bigrams with incremental document frequencies and an inverted index.
 * A vector keeps only the item's most telling bigrams, so that template phrases and numbers weld nothing together.
 * An item joins the story to which the mean of its best and its average likeness is highest; copies join their first.
 * A second pass places the items left alone again, now with what came after them in view.
 * Lexical: it cannot join two short comments that share no words. Same order, same answer.
 */
import { appendFolded, makeFolded } from './comparable.ts';
import type { Item } from './match.ts';
import { makeFolder } from './same.ts';
import { makePostings } from './postings.ts';
import { makeVectors, type Vector } from './vectors.ts';

export interface StoryOptions {
  /** Least likeness to a story at which an item joins it. Tuned on labelled events: bench/text/RESULTS.md. */
  readonly threshold: number;
  /** How many of the newest items stay comparable. */
  readonly window: number;
  /**
   * From how many of the newest items the frequencies of words come; all where it is absent. With it, what becomes of an
   * item depends on the last `window + statistics` items only: a process that starts anew from those decides the same.
   */
  readonly statistics?: number;
  /** If given, only items published at most this many hours apart are compared; undated ones always are. */
  readonly windowHours?: number;
  /** Bigrams kept of each item, and how much more one in the title weighs. */
  readonly features: number;
  readonly titleWeight: number;
  /** Copies join their first. Off where the caller has folded them already and hands in firsts only. */
  readonly copies: boolean;
}
export const STORY_DEFAULTS: StoryOptions = {
  threshold: 0.18,
  window: 5000,
  features: 16,
  titleWeight: 4,
  copies: true,
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

interface Member {
  readonly id: string;
  readonly publishedAt: number;
  story: number;
}

export function makeStories(given: Partial<StoryOptions> = {}): Stories {
  const options = { ...STORY_DEFAULTS, ...given };
  const vectors = makeVectors(options);
  const foldCopy = options.copies ? makeFolder() : undefined;
  const numberOf = new Map<string, number>();
  const members: Member[] = [];
  const postings = makePostings();
  /** Story number → its id, how many members it has, and how many of those can be compared. */
  const stories: { readonly id: string; size: number; near: number }[] = [];
  /** The first member that has not left the window. */
  let leaving = 0;
  const placed = new Map<string, { readonly id: string; story: number; isNew: boolean; similarity: number }>();
  const storyOfItem = new Map<string, number>();
  const folded = makeFolded();
  /** Of the item at hand: its likeness to members, and to stories the best and the sum of those; noted places are cleared. */
  let scores = new Float64Array(1024);
  let bestOf = new Float64Array(1024);
  let sumOf = new Float64Array(1024);
  let touched = new Int32Array(1024);
  let near: number[] = [];

  /** Likeness of a vector to every member in the window, gathered by story. */
  function likeness(vector: Vector, publishedAt: number, except: number, wholeStream: boolean): void {
    for (const s of near) bestOf[s] = sumOf[s] = 0;
    near = [];
    const oldest = wholeStream ? 0 : members.length - options.window;
    let count = 0;
    for (let f = 0; f < vector.features.length; f++) {
      const weight = vector.weights[f] as number;
      postings.each(vector.features[f] as number, oldest, (m, of) => {
        if (scores[m] === 0) touched[count++] = m;
        scores[m] = (scores[m] as number) + weight * of;
      });
    }
    const limit = (options.windowHours ?? Infinity) * 3_600_000;
    for (let i = 0; i < count; i++) {
      const m = touched[i] as number;
      const score = scores[m] as number;
      scores[m] = 0;
      const member = members[m] as Member;
      // An undated item has NaN for its time: the comparison is false, so it is never left out.
      if (m === except || Math.abs(member.publishedAt - publishedAt) > limit) continue;
      const { story } = member;
      if (sumOf[story] === 0) near.push(story);
      bestOf[story] = Math.max(bestOf[story] as number, score);
      sumOf[story] = (sumOf[story] as number) + score;
    }
  }
  /** The story to which likeness is highest, measured against what each story asks for. */
  function nearestStory(
    wholeStream: boolean,
    ease?: (story: string) => number,
  ): {
    readonly story: number;
    readonly score: number;
    readonly joins: boolean;
  } {
    let story = -1;
    let most = 0;
    let score = 0;
    for (const s of near) {
      const { id = '', size = 1, near: comparable = 1 } = stories[s] ?? {};
      const mean = ((bestOf[s] as number) + (sumOf[s] as number) / Math.max(1, wholeStream ? size : comparable)) / 2;
      const eased = ease ? mean / ease(id) : mean;
      // By name where they are level: the numbers depend on when this process began.
      if (eased > most || (eased === most && story >= 0 && id < (stories[story]?.id ?? '')))
        [story, most, score] = [s, eased, mean];
    }
    return { story, score, joins: story >= 0 && most >= options.threshold };
  }

  function place(item: Item, ease?: (story: string) => number): Placement {
    const titleLength = take(item);
    const copy = foldCopy?.judge(item, folded);
    const publishedAt = timeOf(item);
    if (copy && copy.of !== null) {
      const story = storyOfItem.get(copy.of) ?? 0;
      storyOfItem.set(item.id, story);
      return note(item.id, story, false, copy.similarity);
    }
    const vector = vectors.vectorOf(folded, titleLength);
    likeness(vector, publishedAt, -1, false);
    const { story: nearest, score, joins } = nearestStory(false, ease);
    const story = joins ? nearest : numberFor(`st-${item.id}`);
    remember({ id: item.id, publishedAt, story }, vector);
    return note(item.id, story, !joins, joins ? score : 0);
  }
  function adopt(item: Item, story: string): void {
    const number = numberFor(story);
    const titleLength = take(item);
    const vector = vectors.vectorOf(folded, titleLength);
    remember({ id: item.id, publishedAt: timeOf(item), story: number }, vector);
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
    const number = stories.push({ id, size: 0, near: 0 }) - 1;
    numberOf.set(id, number);
    return number;
  }
  function remember(member: Member, vector: Vector): void {
    const index = members.push(member) - 1;
    if (index >= scores.length) {
      [scores, bestOf, sumOf] = [longer(scores), longer(bestOf), longer(sumOf)];
      touched = new Int32Array(scores.length);
    }
    postings.add(index, vector);
    const story = stories[member.story];
    if (story) {
      story.size++;
      story.near++;
    }
    for (; leaving < members.length - options.window; leaving++) {
      const left = stories[members[leaving]?.story ?? -1];
      if (left) left.near--;
    }
    // Only copies ask for it.
    if (foldCopy) storyOfItem.set(member.id, member.story);
  }
  function note(id: string, story: number, isNew: boolean, similarity: number): Placement {
    placed.set(id, { id, story, isNew, similarity });
    return { id, story: stories[story]?.id ?? '', isNew, similarity: rounded(similarity) };
  }

  function settle(): ReturnType<Stories['settle']> {
    const joined: Join[] = [];
    const into = stories.map((_, i) => i);
    members.forEach((member, index) => {
      const story = stories[member.story];
      if (!story || story.size !== 1) return;
      likeness(postings.vectorOf(index), member.publishedAt, index, true);
      const { story: nearest, score } = nearestStory(true);
      if (nearest < 0 || score < options.threshold || nearest === member.story) return;
      joined.push({ story: story.id, into: stories[nearest]?.id ?? '', similarity: rounded(score) });
      into[member.story] = nearest;
      story.size = 0;
      member.story = nearest;
      const target = stories[nearest];
      if (target) target.size++;
      const entry = placed.get(member.id);
      if (entry) Object.assign(entry, { isNew: false, similarity: score });
    });
    const end = (story: number): number => (into[story] === story ? story : end(into[story] ?? story));
    const placements = [...placed.values()].map(p => ({
      id: p.id,
      story: stories[end(p.story)]?.id ?? '',
      isNew: p.isNew,
      similarity: rounded(p.similarity),
    }));
    return { placements, joined };
  }
  const bytes = (): number =>
    postings.bytes() + vectors.bytes() + 36 * scores.length + BYTES_A_MEMBER * (members.length + placed.size);
  return { place, adopt, settle, bytes };
}

function longer(old: Float64Array): Float64Array<ArrayBuffer> {
  const next = new Float64Array(old.length * 2);
  next.set(old);
  return next;
}
/** An undated item has no time: NaN compares as false, so it is never left out. */
const timeOf = (item: Item): number => (item.publishedAt === undefined ? Number.NaN : Date.parse(item.publishedAt));
const rounded = (x: number): number => Math.round(Math.min(1, x) * 10_000) / 10_000;

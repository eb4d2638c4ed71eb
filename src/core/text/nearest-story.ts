/**
 * Which story an item is most like: its likeness to every member in the window, gathered by story through an inverted
 * index; a story's is the mean of its best and its average member's. Numbers in typed arrays: this runs for every item.
 *
 * Place, institution and matter are separate evidence. Where an item and a story both say a good deal of one kind and no
 * member has it in common with the item, what they share of the others counts for less: two potholes in different streets,
 * a noise and a pothole at the same estate. What they lack is measured against what they would have in common if they were
 * alike in it. The date counts too: in a window by time, the further apart, the less.
 */
import { makePostings, SUMS } from './postings.ts';
import { longer } from './shelf.ts';
import { DAY, INSTITUTION, KINDS, MATTER, PLACE } from './kinds.ts';
import type { Vector } from './vectors.ts';

export interface Evidence {
  /** The part of what two items say of a kind that they should have in common: 0.2 asks for a fifth. */
  readonly share: number;
  /** What each hundredth that is missing takes off their likeness; 0 lets kinds count alike, as if they were one. */
  readonly price: number;
  /** What the likeness of two items loses at the far end of the window by time; 0.2: a fifth. Nothing without a window. */
  readonly apart: number;
}
export interface NearestOptions {
  readonly threshold: number;
  readonly window: number;
  readonly windowHours?: number;
  readonly evidence: Evidence;
}
/** No easing goes further: a story that is less like than this part of the threshold is not asked about at all. */
const LEAST_EASE = 0.25;
/** As much as a member can say of one kind, in whole numbers. */
const WHOLE = 255;
const NO_STORY = { story: -1, score: 0, joins: false };

export function makeNearest(options: NearestOptions) {
  const postings = makePostings();
  const { share, price, apart } = options.evidence;
  const limit = (options.windowHours ?? Infinity) * 3_600_000;
  const fading = options.windowHours === undefined ? 0 : apart;
  /** Of each member: its story, when it was published, how much it says of each kind. */
  let storyOf = new Int32Array(256);
  let times = new Float64Array(256);
  let says = new Uint8Array(256 * KINDS);
  let sums = new Float64Array(256 * SUMS);
  let touched = new Int32Array(256);
  let members = 0;
  /** The first member that has not left the window. */
  let leaving = 0;
  /** Of each story: how many members, and how many of those can be compared; what the item at hand has in common with it. */
  let sizes = new Int32Array(256);
  let inWindow = new Int32Array(256);
  let bestOf = new Float64Array(256);
  let sumOf = new Float64Array(256);
  /** Of each kind: the most that a member has in common with the item, and what those of the window say of it together. */
  let commonOf = new Float64Array(256 * KINDS);
  let saidOf = new Int32Array(256 * KINDS);
  let near: number[] = [];
  /** Members met in the last gathering; stories whose kinds are asked for. */
  let met = 0;
  let asked = new Uint8Array(256);
  const own = new Float64Array(KINDS);

  function weigh(vector: Vector): void {
    own.fill(0);
    for (let f = 0; f < vector.features.length; f++) {
      const kind = vector.kinds[f] as number;
      own[kind] = (own[kind] as number) + (vector.weights[f] as number) ** 2;
    }
    for (let kind = 0; kind < KINDS; kind++) own[kind] = Math.sqrt(own[kind] as number);
  }
  /** What a story and the item at hand lack in common, of all kinds that both speak of. */
  function lack(story: number): number {
    let all = 0;
    for (let kind = MATTER; kind <= INSTITUTION; kind++) {
      const said = (saidOf[story * KINDS + kind] as number) / Math.max(1, inWindow[story] as number) / WHOLE;
      all += Math.max(0, share * (own[kind] as number) * said - (commonOf[story * KINDS + kind] as number));
    }
    return all;
  }
  /** Likeness of a vector to every member from `oldest` on, gathered by story. */
  function gather(vector: Vector, publishedAt: number, except: number, oldest: number): void {
    for (const s of near) bestOf[s] = sumOf[s] = 0;
    near = [];
    if (price > 0) weigh(vector);
    met = postings.gather(vector, oldest, sums, touched);
    for (let i = 0; i < met; i++) {
      const m = touched[i] as number;
      const all = sums[m * SUMS] as number;
      // An undated item has NaN for its time: the comparison is false, so it is never left out.
      const hours = Math.abs((times[m] as number) - publishedAt);
      if (m === except || hours > limit) {
        sums[m * SUMS] = 0;
        continue;
      }
      const score = fading > 0 && hours > 0 ? all * (1 - fading * (hours / limit)) : all;
      const story = storyOf[m] as number;
      if (sumOf[story] === 0) near.push(story);
      if (score > (bestOf[story] as number)) bestOf[story] = score;
      sumOf[story] = (sumOf[story] as number) + score;
    }
  }
  /** What the item has in common, by kind, with the stories that are asked about; the sums are empty afterwards. */
  function gatherKinds(): void {
    for (let i = 0; i < met; i++) {
      const m = touched[i] as number;
      const at = m * SUMS;
      const story = storyOf[m] as number;
      if (asked[story] === 1 && (sums[at] as number) > 0) {
        const place = sums[at + PLACE] as number;
        const institution = sums[at + INSTITUTION] as number;
        const matter = (sums[at] as number) - place - institution - (sums[at + DAY] as number);
        const common = story * KINDS;
        if (matter > (commonOf[common + MATTER] as number)) commonOf[common + MATTER] = matter;
        if (place > (commonOf[common + PLACE] as number)) commonOf[common + PLACE] = place;
        if (institution > (commonOf[common + INSTITUTION] as number)) commonOf[common + INSTITUTION] = institution;
      }
      sums[at] = sums[at + PLACE] = sums[at + INSTITUTION] = sums[at + DAY] = 0;
    }
  }
  /** Counts a member of the window into what its story says, or out of it. In whole numbers: a sum forgets nothing. */
  function count(member: number, story: number, by: 1 | -1): void {
    inWindow[story] = (inWindow[story] as number) + by;
    for (let kind = 0; kind < KINDS; kind++)
      saidOf[story * KINDS + kind] =
        (saidOf[story * KINDS + kind] as number) + by * (says[member * KINDS + kind] as number);
  }
  return {
    /**
     * The story to which likeness is highest, measured against what each story asks for. `among`: members of the window, or
     * all but one, for the second pass.
     */
    nearest(
      vector: Vector,
      publishedAt: number,
      among: { readonly but: number } | 'window',
      nameOf: (story: number) => string,
      ease?: (story: string) => number,
    ): { readonly story: number; readonly score: number; readonly joins: boolean } {
      const whole = among !== 'window';
      gather(vector, publishedAt, whole ? among.but : -1, whole ? 0 : members - options.window);
      const least = options.threshold * (ease ? LEAST_EASE : 1);
      let story = -1;
      let most = 0;
      let score = 0;
      const meanOf = (s: number): number =>
        ((bestOf[s] as number) + (sumOf[s] as number) / Math.max(1, (whole ? sizes : inWindow)[s] as number)) / 2;
      // What they lack only takes off: few stories are worth asking.
      const worth = near.filter(s => (bestOf[s] as number) >= least && meanOf(s) >= least);
      for (const s of worth) asked[s] = 1;
      gatherKinds();
      for (const s of worth) {
        const mean = meanOf(s) - (price > 0 ? price * lack(s) : 0);
        asked[s] = 0;
        commonOf.fill(0, s * KINDS, (s + 1) * KINDS);
        const eased = ease ? mean / Math.max(LEAST_EASE, ease(nameOf(s))) : mean;
        // By name where they are level: the numbers depend on when this process began.
        if (eased > most || (eased === most && story >= 0 && nameOf(s) < nameOf(story)))
          [story, most, score] = [s, eased, mean];
      }
      return story >= 0 && most >= options.threshold ? { story, score, joins: true } : NO_STORY;
    },
    /** Takes the next member into a story. */
    add(vector: Vector, story: number, publishedAt: number): void {
      const member = members++;
      if (member === storyOf.length) {
        storyOf = longer(storyOf);
        touched = new Int32Array(storyOf.length);
        times = wider(times, storyOf.length);
        sums = wider(sums, storyOf.length * SUMS);
        const old = says;
        says = new Uint8Array(storyOf.length * KINDS);
        says.set(old);
      }
      while (story >= sizes.length) {
        [sizes, inWindow] = [longer(sizes), longer(inWindow)];
        [bestOf, sumOf] = [wider(bestOf, sizes.length), wider(sumOf, sizes.length)];
        asked = new Uint8Array(sizes.length);
        [saidOf, commonOf] = [longer(saidOf, KINDS), wider(commonOf, sizes.length * KINDS)];
      }
      storyOf[member] = story;
      times[member] = publishedAt;
      weigh(vector);
      for (let kind = 0; kind < KINDS; kind++) says[member * KINDS + kind] = Math.round((own[kind] as number) * WHOLE);
      postings.add(member, vector);
      sizes[story] = (sizes[story] as number) + 1;
      count(member, story, 1);
      for (; leaving < members - options.window; leaving++) count(leaving, storyOf[leaving] as number, -1);
    },
    vectorOf: postings.vectorOf,
    sizeOf: (story: number): number => sizes[story] as number,
    storyOf: (member: number): number => storyOf[member] as number,
    timeOf: (member: number): number => times[member] as number,
    count: (): number => members,
    /** The only member of a story goes over to another. */
    move(member: number, story: number): void {
      const before = storyOf[member] as number;
      sizes[before] = (sizes[before] as number) - 1;
      sizes[story] = (sizes[story] as number) + 1;
      storyOf[member] = story;
      if (member < leaving) return;
      count(member, before, -1);
      count(member, story, 1);
    },
    bytes: (): number =>
      postings.bytes() +
      storyOf.byteLength * 2 +
      times.byteLength +
      says.byteLength +
      sums.byteLength +
      2 * (sizes.byteLength + bestOf.byteLength) +
      commonOf.byteLength +
      saidOf.byteLength,
  };
}
function wider(old: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(length);
  next.set(old);
  return next;
}

/**
 * What is remembered of each first: its id, a few numbers, and, of the newest, the compared text. Numbers in typed arrays:
 * an object a first, as there was, took several times as much.
 */
import type { Folded } from './comparable.ts';
import type { Item } from './match.ts';
import { longer, makeShelf } from './shelf.ts';

/** Whole numbers of one first, in one line. */
const WORDS = 7;
const [LENGTH, UNITS, SIZE, SAMPLED, DISTINCT, PAGE, TITLE] = [0, 1, 2, 3, 4, 5, 6] as const;

/** What a byte cannot say. */
const TOO_MANY = 255;

/**
 * `texts`: how many compared characters are kept, of the newest firsts; the newest first's always are. `least`: the
 * estimated share of common shingles below which nobody asks further.
 */
export function makeFirsts(texts: number, least: number) {
  const ids: (string | undefined)[] = [];
  let words = new Int32Array(256 * WORDS);
  let times = new Float64Array(256);
  /**
   * For each first two bytes that all fit into the cache: how many of its sampled shingles a text as long as it must have, and for
   * how many shingles a sampled one stands. A common phrase leads to ten thousand firsts, and most end here.
   */
  let hints = new Uint8Array(512);
  const shelf = makeShelf<Uint16Array>(Uint16Array);
  /** The first whose text is still kept, and characters from it on. */
  let oldestText = 0;
  let characters = 0;
  const view: Folded = { units: new Uint16Array(0), length: 0 };
  const at = (number: number, word: number): number => words[number * WORDS + word] as number;
  function giveBack(before: number): void {
    for (; oldestText < before; oldestText++) characters -= at(oldestText, UNITS);
    shelf.release(oldestText);
  }
  function text(number: number): Folded {
    view.length = at(number, UNITS);
    view.units = shelf.get(number, view.length);
    return view;
  }
  return {
    count: (): number => ids.length,
    id: (number: number): string => ids[number] ?? '',
    /** Characters of its text as it came. */
    length: (number: number): number => at(number, LENGTH),
    /** Shingles, repetitions counted: enough for an estimate. */
    size: (number: number): number => at(number, SIZE),
    sampled: (number: number): number => Math.max(1, at(number, SAMPLED)),
    /** Whether a text of `size` shingles that has `count` of its sampled ones may reach the least share; no only where it cannot. */
    mayResemble(number: number, count: number, size: number): boolean {
      if (count >= (hints[2 * number] as number)) return true;
      const each = hints[2 * number + 1] as number;
      return each === TOO_MANY || count * each >= least * size;
    },
    /** Distinct shingles; 0 until somebody has counted them. */
    distinct: (number: number): number => at(number, DISTINCT),
    setDistinct: (number: number, distinct: number): void => void (words[number * WORDS + DISTINCT] = distinct),
    hasText: (number: number): boolean => number >= oldestText,
    /** Its compared text, until the next question. */
    text,
    /** Whether it is this text; where its own is no longer kept its length speaks, beside the sums that led here. */
    isText(number: number, units: Folded): boolean {
      if (at(number, UNITS) !== units.length) return false;
      if (number < oldestText) return true;
      const own = text(number).units;
      for (let i = 0; i < units.length; i++) if (own[i] !== units.units[i]) return false;
      return true;
    },
    add(item: Item, folded: Folded, size: number, sampled: number): number {
      const number = ids.push(item.id) - 1;
      if (number === times.length) {
        const [oldTimes, oldHints] = [times, hints];
        words = longer(words, WORDS);
        times = new Float64Array(words.length / WORDS);
        times.set(oldTimes);
        hints = new Uint8Array(times.length * 2);
        hints.set(oldHints);
      }
      words.set(
        [
          item.text.length,
          folded.length,
          size,
          sampled,
          0,
          sumOf(item.outlet, item.url),
          sumOf(item.outlet, item.title),
        ],
        number * WORDS,
      );
      times[number] = item.publishedAt === undefined ? Number.NaN : Date.parse(item.publishedAt);
      hints[2 * number] = Math.min(TOO_MANY, Math.floor(least * Math.max(1, sampled)));
      hints[2 * number + 1] = Math.min(TOO_MANY, Math.ceil(size / Math.max(1, sampled)));
      shelf.put(folded.units, folded.length);
      characters += folded.length;
      let before = oldestText;
      for (let left = characters; before < number && left > texts; before++) left -= at(before, UNITS);
      if (before > oldestText) giveBack(before);
      return number;
    },
    /** The same outlet published the same page or headline again later, with a changed text. */
    isUpdate(number: number, item: Item): boolean {
      const page = sumOf(item.outlet, item.url);
      const title = sumOf(item.outlet, item.title);
      if ((page === 0 || page !== at(number, PAGE)) && (title === 0 || title !== at(number, TITLE))) return false;
      // An undated one has NaN for its time: the comparison is false.
      return item.publishedAt !== undefined && Date.parse(item.publishedAt) > (times[number] as number);
    },
    /** Forgets what is older. */
    release(before: number): void {
      giveBack(Math.max(before, oldestText));
      for (let n = before - 1; n >= 0 && ids[n] !== undefined; n--) ids[n] = undefined;
    },
    /** Without the ids and the texts. */
    bytes: (): number => words.byteLength + times.byteLength + hints.byteLength + shelf.bytes() - shelf.held(),
    characters: (): number => characters,
  };
}

/** Thirty-two bits of an outlet and something of it; 0 where either is absent or empty. */
function sumOf(outlet: string | undefined, of: string | undefined): number {
  if (outlet === undefined || of === undefined || of === '') return 0;
  let sum = outlet.length;
  for (const part of [outlet, of])
    for (let i = 0; i < part.length; i++) sum = Math.imul(sum ^ part.charCodeAt(i), 0x01000193) ^ (sum >>> 15);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return sum ^ (sum >>> 13) || 1;
}

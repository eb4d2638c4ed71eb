/**
 * The form in which two texts are compared: title and text, NFKC, look-alikes as what they look like, traditional to
 * simplified, spaces and punctuation dropped; and its set of character 4-shingles as sorted 32-bit hashes (Broder, "On the resemblance and containment of
 * documents", 1997). For comparison only: what is stored and shown is never this.
 *
 * Nearly every unit has one answer whatever stands beside it: those are looked up in a table. A text with a unit that may
 * join its neighbours (combining marks, Hangul letters, halves of surrogate pairs) or that becomes several goes the long way,
 * with the one before it; the rest of its text does not.
 */
import { SIMPLIFIED, TRADITIONAL } from './characters.generated.ts';
import { LOOK_ALIKES } from './look-alikes.ts';

/** Beside punctuation, symbols, spaces and controls: what no font draws, and marks that stand over or round anything. */
const DROPPED = /[\p{P}\p{S}\p{Z}\p{C}\p{DI}\u0300-\u036f\u20d0-\u20ff]+/gu;
const ANY_LOOK_ALIKE = new RegExp(`[${[...LOOK_ALIKES.keys()].join('')}]`, 'g');
const SIMPLE: ReadonlyMap<string, string> = new Map([...TRADITIONAL].map((ch, i) => [ch, SIMPLIFIED[i] ?? ch]));
const ANY_TRADITIONAL = new RegExp(`[${TRADITIONAL}]`, 'g');
export const SHINGLE = 4;

/** A lone half of a surrogate pair would make normalising throw in some engines; it becomes U+FFFD first. */
function longWay(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .replace(ANY_LOOK_ALIKE, ch => LOOK_ALIKES.get(ch) ?? ch)
    .replace(DROPPED, '')
    .replace(ANY_TRADITIONAL, ch => SIMPLE.get(ch) ?? ch);
}
/** Beside its folded form a unit may be dropped, or ask for the long way. */
const DROP = 0;
const LONG_WAY = 0xffff;
/** Marks and the letters of Hangul join what stands before them. */
const JOINS = /[\p{M}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uac00-\ud7a3]/u;
let table: Uint16Array | undefined;
function makeTable(): Uint16Array {
  const out = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    if (unit >= 0xd800 && unit <= 0xdfff) {
      out[unit] = LONG_WAY;
      continue;
    }
    const ch = String.fromCharCode(unit);
    const form = longWay(ch);
    const joins = JOINS.test(ch) || JOINS.test(ch.normalize('NFKC'));
    out[unit] = joins || form.length > 1 ? LONG_WAY : form === '' ? DROP : form.charCodeAt(0);
  }
  return out;
}

/** Units of a folded text in a buffer that is used again: what holds is `units.subarray(0, length)`. */
export interface Folded {
  units: Uint16Array;
  length: number;
}
export const makeFolded = (): Folded => ({ units: new Uint16Array(4096), length: 0 });

/** Appends the compared form of a text. */
export function appendFolded(folded: Folded, text: string): void {
  table ??= makeTable();
  const of = table;
  const begin = folded.length;
  if (folded.units.length < begin + text.length) widen(folded, begin + text.length);
  let { units } = folded;
  let length = begin;
  for (let i = 0; i < text.length; i++) {
    const form = of[text.charCodeAt(i)] as number;
    if (form === DROP) continue;
    if (form !== LONG_WAY) {
      units[length++] = form;
      continue;
    }
    // What stands before may be joined; what follows until the next plain unit, too. No plain unit joins a plain one.
    const from = i > 0 ? i - 1 : i;
    if (from < i && (of[text.charCodeAt(from)] as number) !== DROP) length--;
    while (i + 1 < text.length && of[text.charCodeAt(i + 1)] === LONG_WAY) i++;
    folded.length = length;
    const part = longWay(text.slice(from, i + 1));
    // A character may become eighteen: room for it, and for all that is still to come.
    if (units.length < length + part.length + text.length - i) widen(folded, length + part.length + text.length - i);
    ({ units } = folded);
    for (let p = 0; p < part.length; p++) units[length++] = part.charCodeAt(p);
  }
  folded.length = length;
}
function widen(folded: Folded, least: number): void {
  const units = new Uint16Array(Math.max(least, folded.units.length * 2));
  units.set(folded.units);
  folded.units = units;
}
/** The units of a text that is folded already. */
export function takeText(folded: Folded, text: string): void {
  folded.length = 0;
  if (folded.units.length < text.length) widen(folded, text.length);
  for (let i = 0; i < text.length; i++) folded.units[i] = text.charCodeAt(i);
  folded.length = text.length;
}
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
export const textOf = (folded: Folded): string => decoder.decode(folded.units.subarray(0, folded.length));

const scratch = makeFolded();
/** The compared form as a text; title and text never join each other's characters. */
export function comparable(title: string | undefined, text: string): string {
  scratch.length = 0;
  if (title !== undefined && title !== '') appendFolded(scratch, title);
  appendFolded(scratch, text);
  return textOf(scratch);
}

/** Spreads a sum over all bits (the finisher of MurmurHash3, Appleby 2011): high bits as good as low ones. */
const finish = (sum: number): number => {
  let h = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};
const FACTOR = 0x01000193;
const FACTOR_TO_4 = Math.imul(Math.imul(FACTOR, FACTOR), Math.imul(FACTOR, FACTOR));
/**
 * Shingles of a folded text, in the order of the text and with repetitions; fewer than four characters make one. A rolling
 * hash (Karp and Rabin, 1987): one unit comes in, one goes out.
 */
export function hashInto(out: Uint32Array, folded: Folded): number {
  const { units, length } = folded;
  let sum = 0;
  let n = 0;
  for (let i = 0; i < length; i++) {
    sum = (Math.imul(sum, FACTOR) + (units[i] as number) + 1) | 0;
    if (i >= SHINGLE) sum = (sum - Math.imul((units[i - SHINGLE] as number) + 1, FACTOR_TO_4)) | 0;
    if (i >= SHINGLE - 1) out[n++] = finish(sum);
  }
  if (n === 0 && length > 0) out[n++] = finish(sum);
  return n;
}

/** Distinct shingle hashes in ascending order. */
export function shingles(folded: string): Uint32Array {
  takeText(scratch, folded);
  const hashes = new Uint32Array(Math.max(1, scratch.length));
  return distinctOf(hashes.subarray(0, hashInto(hashes, scratch)));
}
/** Sorts hashes in place and drops repetitions. */
export function distinctOf(hashes: Uint32Array): Uint32Array {
  hashes.sort();
  let distinct = 0;
  for (let i = 0; i < hashes.length; i++)
    if (i === 0 || hashes[i] !== hashes[i - 1]) hashes[distinct++] = hashes[i] ?? 0;
  return hashes.subarray(0, distinct);
}

/** The larger of the two containments of two sorted sets: 1 where one text holds the whole other. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) {
      common++;
      i++;
      j++;
    } else if (x < y) i++;
    else j++;
  }
  return common / Math.min(a.length, b.length);
}

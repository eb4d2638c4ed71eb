/**
 * The form in which two texts are compared: title and text, NFKC, traditional to simplified, spaces and punctuation
 * dropped; and its set of character 4-shingles as sorted 32-bit hashes (Broder, "On the resemblance and containment of
 * documents", 1997). For comparison only: what is stored and shown is never this.
 */
import { SIMPLIFIED, TRADITIONAL } from './characters.generated.ts';

const DROPPED = /[\p{P}\p{S}\p{Z}\p{C}]+/gu;
const SIMPLE: ReadonlyMap<string, string> = new Map([...TRADITIONAL].map((ch, i) => [ch, SIMPLIFIED[i] ?? ch]));
const ANY_TRADITIONAL = new RegExp(`[${TRADITIONAL}]`, 'g');
export const SHINGLE = 4;

/** A lone half of a surrogate pair would make normalising throw in some engines; it becomes U+FFFD first. */
export function comparable(title: string | undefined, text: string): string {
  const whole = (title === undefined || title === '' ? text : `${title}\n${text}`).toWellFormed().normalize('NFKC');
  return whole.replace(DROPPED, '').replace(ANY_TRADITIONAL, ch => SIMPLE.get(ch) ?? ch);
}

/** Distinct shingle hashes in ascending order; fewer than four characters make one shingle of what there is. */
export function shingles(folded: string): Uint32Array {
  const n = Math.max(1, folded.length - SHINGLE + 1);
  const hashes = new Uint32Array(folded.length === 0 ? 0 : n);
  for (let i = 0; i < hashes.length; i++) {
    let h = 0x811c9dc5;
    const end = Math.min(i + SHINGLE, folded.length);
    for (let j = i; j < end; j++) h = Math.imul(h ^ folded.charCodeAt(j), 0x01000193);
    h ^= h >>> 15;
    h = Math.imul(h, 0x2c1b3c6d);
    h ^= h >>> 12;
    hashes[i] = h >>> 0;
  }
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

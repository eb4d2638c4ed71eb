/**
 * Folding for comparison only: lower case, full-width to half-width, traditional to simplified, one UTF-16 unit to one
 * UTF-16 unit. Lengths never change, so an offset in the folded text is the same offset in the text as given.
 */
import { SIMPLIFIED, TRADITIONAL } from './characters.generated.ts';

/** Unit → folded unit. Surrogates map to themselves: a lone one is compared as it is. */
export const FOLD: Uint16Array = makeTable();

function makeTable(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const surrogate = unit >= 0xd800 && unit <= 0xdfff;
    const lower = surrogate ? '' : String.fromCharCode(unit).toLowerCase();
    // A character whose lower case is two units (İ) keeps itself: offsets must not move.
    table[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit;
  }
  for (let unit = 0xff01; unit <= 0xff5e; unit++) table[unit] = table[unit - 0xfee0] ?? unit;
  table[0x3000] = 0x20;
  for (let i = 0; i < TRADITIONAL.length; i++) table[TRADITIONAL.charCodeAt(i)] = SIMPLIFIED.charCodeAt(i);
  return table;
}

/** The folded text: same length, same offsets. */
export function fold(text: string): string {
  let out = '';
  for (let start = 0; start < text.length; start += 4096) {
    const end = Math.min(start + 4096, text.length);
    const units = new Array<number>(end - start);
    for (let i = start; i < end; i++) units[i - start] = FOLD[text.charCodeAt(i)] ?? 0;
    out += String.fromCharCode(...units);
  }
  return out;
}

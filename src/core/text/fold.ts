/**
 * Folding for comparison only: lower case, full-width to half-width, look-alikes and compatibility forms of one character
 * (⻓, ⼯, ⑤, Cyrillic а) to what they stand for, traditional to simplified, one UTF-16 unit to one UTF-16 unit. Lengths
 * never change, so an offset in the folded text is the same offset in the text as given.
 */
import { SIMPLIFIED, TRADITIONAL } from './characters.generated.ts';
import { LOOK_ALIKES_FOLDED } from './look-alikes.ts';

/** Circled digits, Kangxi radicals and compatibility ideographs: NFKC makes one character of each. */
const COMPATIBLE = [
  [0x2460, 0x2468],
  [0x24ea, 0x24ea],
  [0x2f00, 0x2fd5],
  [0xf900, 0xfaff],
] as const;

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
  const simple = new Map<number, number>();
  for (let i = 0; i < TRADITIONAL.length; i++) simple.set(TRADITIONAL.charCodeAt(i), SIMPLIFIED.charCodeAt(i));
  for (const [first, last] of COMPATIBLE)
    for (let unit = first; unit <= last; unit++) {
      const form = String.fromCharCode(unit).normalize('NFKC');
      if (form.length === 1) table[unit] = form.charCodeAt(0);
    }
  for (let unit = 0; unit < 0x10000; unit++) {
    const alike = LOOK_ALIKES_FOLDED.get(String.fromCharCode(table[unit] ?? unit));
    if (alike !== undefined) table[unit] = alike.toLowerCase().charCodeAt(0);
    table[unit] = simple.get(table[unit] ?? unit) ?? table[unit] ?? unit;
  }
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

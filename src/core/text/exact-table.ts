/**
 * Which text has been seen word for word: 64 bits of it (two sums of 32, each mixed by multiplication; Knuth, "Sorting and
 * searching", 6.4) in an open-addressed table. Two different texts of a million share all 64 with a chance of one in
 * 37 million; whoever still has the text looks at it too.
 */
import type { Folded } from './comparable.ts';
import { longer } from './shelf.ts';

const NONE = -1;
export interface ExactTable {
  /** Takes the sums of a text for the next two questions. */
  readonly sum: (folded: Folded) => void;
  /** The newest number from `oldest` on that was added with these sums; -1 where there is none. */
  readonly find: (oldest: number) => number;
  /** Numbers are added in their order, each once. What is older than `oldest` may be forgotten. */
  readonly add: (oldest: number) => void;
  readonly bytes: () => number;
}
export function makeExactTable(): ExactTable {
  let high = new Int32Array(256);
  let low = new Int32Array(256);
  let slots = new Int32Array(512).fill(NONE);
  let used = 0;
  let count = 0;
  let ownHigh = 0;
  let ownLow = 0;
  /** The place of these sums, or the free one where they would stand. */
  function slotOf(h: number, l: number): number {
    const all = slots.length;
    let slot = Math.floor((l >>> 0) * (all / 2 ** 32));
    for (;;) {
      const number = slots[slot] as number;
      if (number === NONE || (low[number] === l && high[number] === h)) return slot;
      if (++slot === all) slot = 0;
    }
  }
  /** A table for what still counts, at most half full. */
  function renew(oldest: number): void {
    const old = slots;
    const living = old.reduce((n, number) => n + (number >= oldest ? 1 : 0), 0);
    slots = new Int32Array(Math.max(512, Math.ceil(living * 1.7))).fill(NONE);
    used = 0;
    for (const number of old) {
      if (number < Math.max(0, oldest)) continue;
      slots[slotOf(high[number] as number, low[number] as number)] = number;
      used++;
    }
  }
  return {
    sum({ units, length }) {
      let a = 0x2e1f_5b3c;
      let b = 0x41c6_4e6d ^ length;
      for (let i = 0; i < length; i++) {
        const unit = units[i] as number;
        a = Math.imul(a ^ unit, 0x9e3779b1);
        b = Math.imul(b + unit, 0x5f356495) ^ (b >>> 17);
      }
      ownHigh = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
      ownLow = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
    },
    find(oldest) {
      const number = slots[slotOf(ownHigh, ownLow)] as number;
      return number >= oldest ? number : NONE;
    },
    add(oldest) {
      if (used * 4 > slots.length * 3) renew(oldest);
      if (count === high.length) [high, low] = [longer(high), longer(low)];
      high[count] = ownHigh;
      low[count] = ownLow;
      const slot = slotOf(ownHigh, ownLow);
      if (slots[slot] === NONE) used++;
      slots[slot] = count++;
    },
    bytes: () => high.byteLength + low.byteLength + slots.byteLength,
  };
}

/**
 * Ascending lists of members in large typed arrays, each list in one piece, so that counting through it reads memory in its
 * order: a piece has room for 2, 3, 4, 6, 8, 12 … members, and one that is full moves into the next size. What it leaves
 * is taken by another list. Of the memory a sixth is free in the mean; chains of single members, as there were, took twice as
 * much and a miss of the cache a member.
 */

/** Members of boilerplate are very many; its lists stop growing here, or only so many of the newest count. */
const LONGEST = 4096;
const CHUNK_BITS = 16;
const CHUNK = 2 ** CHUNK_BITS;

export interface MemberLists {
  /** A list of two; where it stands. */
  readonly begin: (first: number, second: number) => number;
  /** Adds a later member; where the list stands now. */
  readonly add: (list: number, member: number) => number;
  /** Counts each member from `oldest` on; `found` of `touched` are filled already, what is filled then comes back. */
  readonly count: (list: number, counts: Uint16Array, touched: Int32Array, found: number, oldest: number) => number;
  readonly bytes: () => number;
}
/** `newest`: a long list forgets its oldest members; else it takes no more. */
export function makeMemberLists(newest: boolean): MemberLists {
  const most = newest ? 2 * LONGEST : LONGEST;
  const chunks: Int32Array[] = [];
  let used = CHUNK;
  /** Room for so many members → the pieces of that size that stand empty. */
  const empty = new Map<number, number[]>();

  /** A piece for so many members, and a word before them for how many there are. */
  function take(room: number): number {
    const left = empty.get(room)?.pop();
    if (left !== undefined) return left;
    if (used + room + 1 > CHUNK) {
      chunks.push(new Int32Array(CHUNK));
      used = 0;
    }
    const list = (chunks.length - 1) * CHUNK + used;
    used += room + 1;
    return list;
  }
  const giveBack = (list: number, room: number): void => {
    const others = empty.get(room);
    if (others) others.push(list);
    else empty.set(room, [list]);
  };
  return {
    begin(first, second) {
      const list = take(2);
      (chunks[list >>> CHUNK_BITS] as Int32Array).set([2, first, second], list & (CHUNK - 1));
      return list;
    },
    add(list, member) {
      const chunk = chunks[list >>> CHUNK_BITS] as Int32Array;
      const at = list & (CHUNK - 1);
      const size = chunk[at] as number;
      const room = roomFor(size);
      if (size < room) {
        chunk[at + 1 + size] = member;
        chunk[at] = size + 1;
        return list;
      }
      if (size === most && !newest) return list;
      // The older half of a list that is full to its end no longer counts.
      const from = size === most ? LONGEST : 0;
      const next = take(roomFor(size - from + 1));
      const to = chunks[next >>> CHUNK_BITS] as Int32Array;
      const start = next & (CHUNK - 1);
      to.set(chunk.subarray(at + 1 + from, at + 1 + size), start + 1);
      to[start + 1 + size - from] = member;
      to[start] = size - from + 1;
      giveBack(list, room);
      return next;
    },
    count(list, counts, touched, found, oldest) {
      const chunk = chunks[list >>> CHUNK_BITS] as Int32Array;
      const first = (list & (CHUNK - 1)) + 1;
      const end = first + (chunk[first - 1] as number);
      // Backwards: past the oldest that counts, none does.
      for (let i = end - 1, last = Math.max(first, end - LONGEST); i >= last; i--) {
        const member = chunk[i] as number;
        if (member < oldest) break;
        found = countOne(member, counts, touched, found);
      }
      return found;
    },
    bytes: () => chunks.length * CHUNK * 4,
  };
}
/** The least of 2, 3, 4, 6, 8, 12 … that is no less. */
function roomFor(size: number): number {
  const power = 2 ** (31 - Math.clz32(Math.max(2, size)));
  if (size <= power) return power;
  return size <= power * 1.5 ? power * 1.5 : power * 2;
}
/** A text of ten million equal characters has one shingle ten million times: the count ends somewhere. */
export function countOne(member: number, counts: Uint16Array, touched: Int32Array, found: number): number {
  const before = counts[member] as number;
  if (before === 0) touched[found++] = member;
  if (before < 0xffff) counts[member] = before + 1;
  return found;
}

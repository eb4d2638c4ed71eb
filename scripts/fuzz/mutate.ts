/** Changes bytes the way hostile and broken files are changed: bits, ranges, copies, other files, words of the format, depth. */
export type Random = () => number;
const upTo = (random: Random, n: number): number => Math.floor(random() * n);
const pick = <T>(random: Random, list: readonly T[]): T => list[upTo(random, list.length)] as T;
const LONGEST = 64 * 1024;
const NUMBERS = ['0', '-1', '1e999', '9007199254740993', '65536', '4294967296', '-0', '0x10', 'NaN', '٣', '1,5'];
const CHARACTERS = [
  '\0',
  '\ufeff',
  '\u2028',
  '\u202e',
  '\ud800',
  '👩‍👩‍👧',
  '　',
  '﷽',
  '\r',
  '\x1b[2J',
  '%00',
  '=1+1',
  "'",
  '"',
  '<',
  ']]>',
];

export function mutate(
  input: Uint8Array,
  corpus: readonly Uint8Array[],
  words: readonly string[],
  random: Random,
): Uint8Array {
  let bytes = Buffer.from(input);
  const times = 1 + upTo(random, 4);
  for (let i = 0; i < times; i++) bytes = Buffer.from(once(bytes, corpus, words, random));
  return bytes.subarray(0, LONGEST);
}
function once(bytes: Buffer, corpus: readonly Uint8Array[], words: readonly string[], random: Random): Uint8Array {
  const at = upTo(random, bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + upTo(random, 2 ** upTo(random, 10)));
  const put = (middle: Uint8Array | string, to = at): Buffer =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(middle), bytes.subarray(to)]);
  switch (upTo(random, 11)) {
    case 0: {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 << upTo(random, 8));
      return copy;
    }
    case 1:
      return put(Uint8Array.of(upTo(random, 256)), Math.min(bytes.length, at + 1));
    case 2:
      return put('', end);
    case 3:
      return put(bytes.subarray(at, end));
    case 4: {
      const other = pick(random, corpus);
      const from = upTo(random, other.length);
      return put(other.subarray(from, from + upTo(random, 400)), random() < 0.5 ? at : end);
    }
    case 5:
      return put(pick(random, words));
    case 6:
      return put(pick(random, words), end);
    case 7:
      return put(pick(random, NUMBERS), random() < 0.5 ? at : end);
    case 8:
      return put(pick(random, CHARACTERS));
    case 9:
      // Depth and length: the same thing many times.
      return put(
        (random() < 0.5 ? pick(random, words) : bytes.toString('latin1', at, end))
          .repeat(2 ** upTo(random, 9))
          .slice(0, 8192),
      );
    default: {
      const other = pick(random, corpus);
      return Buffer.concat([bytes.subarray(0, at), other.subarray(upTo(random, other.length))]);
    }
  }
}

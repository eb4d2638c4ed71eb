/**
 * Distinct texts without end that read like real ones to a near-copy index: a chain of characters (Shannon, "A mathematical
 * theory of communication", 1948), each drawn from what follows the two before it somewhere in the citizens' messages and
 * official replies. Sentences stitched together, as the other measurements use them, repeat each other a hundred times over in a
 * million texts; a chain makes new sequences of four and keeps the common ones common.
 */
import { generator, messages, rows } from './data.ts';

/** A sign that stands between the texts of the corpus: a chain that meets it goes on as a text begins. */
const END = 0x0a;
/** Real messages and the official replies to others. */
export const realTexts = (): string[] => [
  ...messages().map(m => m.text),
  ...rows<Record<string, unknown>>('taidi2020c/annex4_replies.jsonl').flatMap(r =>
    Object.values(r).filter((v): v is string => typeof v === 'string' && v.length > 60),
  ),
];

export function makeChain(texts: readonly string[], seed: number): (characters: number) => string {
  const random = generator(seed);
  const corpus = texts.map(t => t.replaceAll(/\s+/g, '')).join('\n') + '\n';
  /** Which pair of characters ends at each place, numbered as they appear. */
  const pairAt = new Int32Array(corpus.length);
  const numbers = new Map<string, number>();
  for (let i = 1; i < corpus.length; i++) {
    const pair = corpus.slice(i - 1, i + 1);
    const number = numbers.get(pair) ?? numbers.size;
    numbers.set(pair, number);
    pairAt[i] = number;
  }
  // The places of each pair stand together: what follows one of them, drawn evenly, is what follows in the corpus.
  const from = new Int32Array(numbers.size + 1);
  const more = (list: Int32Array, at: number, by: number): number => (list[at] = (list[at] as number) + by);
  for (let i = 1; i < corpus.length - 1; i++) more(from, (pairAt[i] as number) + 1, 1);
  for (let n = 0; n < numbers.size; n++) more(from, n + 1, from[n] as number);
  const places = new Int32Array(corpus.length);
  const filled = from.slice();
  for (let i = 1; i < corpus.length - 1; i++) places[more(filled, pairAt[i] as number, 1) - 1] = i;
  let at = 1;
  let units = new Uint16Array(1024);
  return characters => {
    if (units.length < characters) units = new Uint16Array(characters);
    for (let length = 0; length < characters;) {
      const pair = pairAt[at] as number;
      const [first, last] = [from[pair] as number, from[pair + 1] as number];
      at = first === last ? 1 : (places[first + Math.floor(random() * (last - first))] as number) + 1;
      const unit = corpus.charCodeAt(at);
      if (unit !== END) units[length++] = unit;
    }
    // At once: a text joined character by character would be held as a tree of its characters.
    return String.fromCharCode(...units.subarray(0, characters));
  };
}

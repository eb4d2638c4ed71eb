/** Makes the traditional-to-simplified table of core/text from the OpenCC dictionary that npm installs for development. */
import characters from 'opencc-js/dict/TSCharacters';

/** Path in the repository → content. One pair of strings of equal length: unit i of the first folds to unit i of the second. */
export async function generate(_root: string): Promise<Map<string, string>> {
  const pairs = new Map<string, string>();
  for (const line of String(characters).split('|')) {
    const [from = '', to = ''] = line.split(/\s+/);
    if (from.length === 1 && to.length === 1 && from !== to) pairs.set(from, to);
  }
  // Some take two steps (薴 → 苧 → 苎): each is led to the end, so that folding twice changes nothing.
  for (const [from, to] of pairs) {
    const end = pairs.get(to);
    if (end !== undefined && end !== from) pairs.set(from, pairs.get(end) ?? end);
  }
  const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `// Made by: node scripts/generate.ts (scripts/generate/characters.ts). Source: OpenCC TSCharacters (Apache-2.0), first value, BMP only.
/** ${sorted.length} traditional characters, in code order. */
export const TRADITIONAL =
  '${sorted.map(([from]) => from).join('')}';
/** The simplified character of each, at the same place. */
export const SIMPLIFIED =
  '${sorted.map(([, to]) => to).join('')}';
`;
  return new Map([['src/core/text/characters.generated.ts', text]]);
}

/** What a copy cut from its first, what it added, what it put in other words: sentence by sentence, as people read. */
import { comparable } from '#core/text';

export interface Change {
  readonly from: string;
  readonly to: string;
}
export interface Difference {
  readonly cut: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly Change[];
}
/** A sentence with its stop; a line break ends one too. */
const SENTENCE = /[^。！？!?；;\n\r]+[。！？!?；;]?["”’）)]?/g;
const MOST_SENTENCES = 400;
/** Two sentences that share at least this much of their two-character sequences are one sentence put differently. */
const SAME_SENTENCE = 0.5;

const sentencesOf = (text: string): string[] =>
  [...text.slice(0, 40_000).matchAll(SENTENCE)]
    .map(m => m[0].trim())
    .filter(s => comparable(undefined, s) !== '')
    .slice(0, MOST_SENTENCES);
const pairsOf = (sentence: string): Set<string> => {
  const folded = comparable(undefined, sentence);
  return new Set(Array.from({ length: Math.max(1, folded.length - 1) }, (_, i) => folded.slice(i, i + 2)));
};
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return common / Math.max(1, Math.max(a.size, b.size));
}

/** Sentences that are equal but for spaces, punctuation and traditional forms do not count as a difference. */
export function differenceOf(first: string, copy: string): Difference {
  const [mine, theirs] = [sentencesOf(first), sentencesOf(copy)];
  const inFirst = new Set(mine.map(s => comparable(undefined, s)));
  const inCopy = new Set(theirs.map(s => comparable(undefined, s)));
  const cut = mine.filter(s => !inCopy.has(comparable(undefined, s)));
  const added = theirs.filter(s => !inFirst.has(comparable(undefined, s)));
  const changed: Change[] = [];
  const left = added.map(s => ({ sentence: s, pairs: pairsOf(s) }));
  const gone: string[] = [];
  for (const from of cut) {
    const own = pairsOf(from);
    let best = -1;
    let most = SAME_SENTENCE;
    for (const [i, candidate] of left.entries()) {
      const likeness = alike(own, candidate.pairs);
      if (likeness >= most) [best, most] = [i, likeness];
    }
    const found = left[best];
    if (!found) gone.push(from);
    else {
      changed.push({ from, to: found.sentence });
      left.splice(best, 1);
    }
  }
  return { cut: gone, added: left.map(l => l.sentence), changed };
}
export const isSame = (d: Difference): boolean => d.cut.length + d.added.length + d.changed.length === 0;

/** Copies that differ in the same way are one line: how many, and how. The most frequent first. */
export function groupDifferences(
  first: string,
  copies: readonly { readonly id: string; readonly text: string }[],
): readonly { readonly ids: readonly string[]; readonly difference: Difference }[] {
  const groups = new Map<string, { ids: string[]; difference: Difference }>();
  for (const { id, text } of copies) {
    const difference = differenceOf(first, text);
    const key = JSON.stringify(difference);
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { ids: [id], difference });
  }
  return [...groups.values()].sort((a, b) => b.ids.length - a.ids.length);
}

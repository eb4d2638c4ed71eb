/** Which open case an item looks like: shared two-character sequences, weighed by how rare they are among the cases. */

export interface Known {
  readonly key: string;
  readonly text: string;
}
export interface Resemblance {
  readonly key: string;
  /** 0 to 1. */
  readonly likeness: number;
}
/** Below this nothing is proposed: a wrong proposal costs more than none. */
const LEAST = 0.3;

const pairs = (text: string): Set<string> => {
  const folded = text
    .normalize('NFKC')
    .replaceAll(/[\s\p{P}]/gu, '')
    .toLowerCase();
  return new Set(Array.from({ length: Math.max(0, folded.length - 1) }, (_, i) => folded.slice(i, i + 2)));
};

/** The most similar case, if one is similar enough to be worth saying. A person decides. */
export function resembling(text: string, known: readonly Known[]): Resemblance | undefined {
  const own = pairs(text);
  if (own.size === 0 || known.length === 0) return undefined;
  const sets = known.map(k => ({ key: k.key, pairs: pairs(k.text) }));
  const count = new Map<string, number>();
  for (const s of sets) for (const p of s.pairs) count.set(p, (count.get(p) ?? 0) + 1);
  const weight = (p: string): number => Math.log(1 + (known.length + 1) / (1 + (count.get(p) ?? 0)));
  const total = (set: ReadonlySet<string>): number => [...set].reduce((n, p) => n + weight(p), 0);
  const mine = total(own);
  let best: Resemblance | undefined;
  for (const s of sets) {
    const shared = [...own].filter(p => s.pairs.has(p)).reduce((n, p) => n + weight(p), 0);
    const smaller = Math.min(mine, total(s.pairs));
    const likeness = smaller === 0 ? 0 : shared / smaller;
    if (likeness >= LEAST && (!best || likeness > best.likeness)) best = { key: s.key, likeness };
  }
  return best;
}

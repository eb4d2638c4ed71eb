/**
 * The monthly recall drill: a sample of what no rule hit, read by a person. The draw is fixed by month and item, so that
 * drawing again gives the same sample; the estimate says how little a small sample can say.
 */
export interface Read {
  readonly verdict?: 'ours' | 'not-ours';
}
/** FNV-1a (Fowler, Noll, Vo): a fixed order that has nothing to do with what an item says. */
function mark(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 0;
}
export function drawSample<T extends { readonly id: string }>(items: readonly T[], month: string, size: number): T[] {
  return [...items]
    .map(item => ({ item, at: mark(`${month} ${item.id}`) }))
    .sort((a, b) => a.at - b.at || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, size)
    .map(x => x.item);
}

/**
 * Recall = found / (found + missed), where missed is the share of the sample that was ours times what was passed over.
 * The low end takes the upper end of Wilson's 95 % interval (1927) for that share. Nothing before ten were read.
 */
export function recallOf(
  read: readonly Read[],
  found: number,
  passed: number,
): { readonly recall: number; readonly low: number } | undefined {
  const said = read.filter(r => r.verdict !== undefined);
  if (said.length < 10 || found + passed === 0) return undefined;
  const share = said.filter(r => r.verdict === 'ours').length / said.length;
  const z = 1.96;
  const n = said.length;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const upper = Math.min(1, (centre + spread) / (1 + (z * z) / n));
  const at = (s: number): number => Math.round((found / Math.max(1e-9, found + s * passed)) * 1000) / 1000;
  return { recall: at(share), low: at(upper) };
}

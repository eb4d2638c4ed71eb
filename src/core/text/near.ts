/** Distances between the hits of two sets of terms, for NEAR: a sweep over both in order, linear but for the sort. */
export interface Hit {
  readonly term: number;
  /** 0 = title, 1 = text. */
  readonly field: number;
  readonly from: number;
  readonly to: number;
}
export const byPlace = (a: Hit, b: Hit): number =>
  a.field - b.field || a.from - b.from || a.to - b.to || a.term - b.term;

/** Up to so many pairs are looked at one by one. */
const FEW_PAIRS = 16;
/** Fewest characters between a hit of `a` and another hit of `b` in one field; 0 where they touch or overlap. */
export function closest(a: readonly Hit[], b: readonly Hit[]): { readonly gap: number } {
  let gap = Infinity;
  if (a.length * b.length <= FEW_PAIRS) {
    for (const x of a)
      for (const y of b)
        if (x.field === y.field && (x.from !== y.from || x.to !== y.to))
          gap = Math.min(gap, Math.max(0, y.from - x.to, x.from - y.to));
    return { gap };
  }
  eachNearest(a, b, (_hit, apart) => {
    gap = Math.min(gap, apart);
  });
  return { gap };
}
/** Hits of either side that have a partner of the other within the distance. */
export function partners(a: readonly Hit[], b: readonly Hit[], within: number): Hit[] {
  const out: Hit[] = [];
  const keep = (hit: Hit, apart: number) => void (apart <= within && out.push(hit));
  eachNearest(a, b, keep);
  eachNearest(b, a, keep);
  return out;
}
/**
 * For each hit of `a`, its distance to the nearest other hit of `b` in the same field, in time linear in the hits but for
 * the sort: a text of ten million equal characters must not cost their square.
 */
function eachNearest(a: readonly Hit[], b: readonly Hit[], tell: (hit: Hit, apart: number) => void): void {
  if (a.length === 0 || b.length === 0) return;
  const right = [...b].sort(byPlace);
  /** Furthest end among the hits of one field up to a place, for partners that start earlier. */
  const reach: number[] = [];
  right.forEach((h, i) => reach.push(Math.max(h.to, right[i - 1]?.field === h.field ? (reach[i - 1] ?? 0) : 0)));
  let j = 0;
  for (const hit of [...a].sort(byPlace)) {
    while (
      j < right.length &&
      ((right[j] as Hit).field < hit.field ||
        ((right[j] as Hit).field === hit.field && (right[j] as Hit).from < hit.from))
    )
      j++;
    let apart = Infinity;
    const before = right[j - 1];
    if (before?.field === hit.field) apart = Math.max(0, hit.from - (reach[j - 1] ?? 0));
    for (let k = j; k < right.length; k++) {
      const after = right[k] as Hit;
      if (after.field !== hit.field) break;
      if (after.from === hit.from && after.to === hit.to) continue; // the same occurrence is no pair
      apart = Math.min(apart, Math.max(0, after.from - hit.to));
      break;
    }
    if (apart !== Infinity) tell(hit, apart);
  }
}

/**
 * Which items of a source were taken in already, so that each reading hands on only what is new. Digests of the newest few
 * hundred, in one text of fixed width; an item that was edited is another item.
 */
const WIDTH = 8;
/** More than a feed holds at once; the oldest are forgotten. */
const MOST = 600;

/** Items with a digest that is not remembered, each once, and the memory after them. */
export function freshOf<T>(
  items: readonly T[],
  digest: (item: T) => string,
  before: string,
): { readonly fresh: readonly T[]; readonly seen: string } {
  const known = new Set<string>();
  for (let i = 0; i < before.length; i += WIDTH) known.add(before.slice(i, i + WIDTH));
  const now: string[] = [];
  const fresh = items.filter(item => {
    const mark = digest(item).slice(0, WIDTH);
    now.push(mark);
    if (known.has(mark)) return false;
    known.add(mark);
    return true;
  });
  // What the source shows now comes first: it is what the next reading will show again.
  const kept = [...new Set([...now, ...chunks(before)])].slice(0, Math.max(MOST, now.length));
  return { fresh, seen: kept.join('') };
}
function chunks(text: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < text.length; i += WIDTH) out.push(text.slice(i, i + WIDTH));
  return out;
}

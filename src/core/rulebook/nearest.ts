/** The nearest known words to a misspelt one. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
/** What is longer is no misspelt word, and comparing it would take its length times that of every name. */
const LONGEST = 64;
/** At most three, nearest first; nothing that differs in more than two letters of five. */
export function nearest(word: string, known: readonly string[]): string[] {
  if (word.length > LONGEST) return [];
  const limit = Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length * 0.4));
  return [...new Set(known)]
    .map(name => ({ name, far: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(x => x.far <= limit && x.far < Math.max(word.length, x.name.length))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(x => x.name);
}

/** The nearest known names to a misspelt one, for messages that can be acted on. */

/** How many letters must be changed, added or left out to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** "bulletin.recieved" means something.received: the word after the point is the better remembered one. */
function sameEnding(a: string, b: string): boolean {
  const [, endA] = a.split('.');
  const [, endB] = b.split('.');
  return endA !== undefined && endB !== undefined && distance(endA, endB) <= Math.floor(endA.length * 0.25);
}

/** At most `most` names, nearest first; nothing that differs in more than two letters of five (two of four). */
export function nearestNames(word: string, known: Iterable<string>, most = 3): string[] {
  const lower = word.toLowerCase();
  const limit = Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length * 0.4));
  return [...known]
    .map(name => ({ name, far: distance(lower, name.toLowerCase()) }))
    .filter(({ name, far }) => far <= limit || sameEnding(lower, name.toLowerCase()))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** `Did you mean "a" or "b"?`, or nothing where no name is near. */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const near = nearestNames(word, known);
  return near.length === 0 ? undefined : `Did you mean ${near.map(name => `"${name}"`).join(' or ')}?`;
}

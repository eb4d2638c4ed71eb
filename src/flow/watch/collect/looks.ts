/** When a page is looked at again, what a look found, and whose bytes may be kept. Pure. */
export const LOOKS = ['first', 'hour', 'six-hours', 'day', 'week'] as const;
export type Look = (typeof LOOKS)[number];
const HOUR = 3_600_000;
const AFTER_MS: Readonly<Record<Look, number>> = {
  first: 0,
  hour: HOUR,
  'six-hours': 6 * HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
};
/** The looks of a page found at a moment. */
export const looksOf = (foundAt: number): { readonly why: Look; readonly dueAt: number }[] =>
  LOOKS.map(why => ({ why, dueAt: foundAt + AFTER_MS[why] }));

/** Where members of the public speak, only the digest of the bytes is kept; an outlet's and an authority's page is kept whole. */
export const keepsBytes = (sourceClass: string): boolean => sourceClass === 'outlet' || sourceClass === 'authority';

export interface SeenPage {
  readonly digest: string;
  readonly text: string;
}
/**
 * What a look found beside the last one that reached the page. Pages change in every counter and advert: an edit is a
 * change of the text; other bytes under the same text are the same page.
 */
export function compareLooks(before: SeenPage | undefined, now: SeenPage): 'kept' | 'same' | 'changed' {
  if (!before) return 'kept';
  if (before.digest === now.digest) return 'same';
  // Without any text on both sides only the bytes can tell.
  if (before.text === '' && now.text === '') return 'changed';
  return before.text === now.text ? 'same' : 'changed';
}
/** Statuses by which a site says that a page is gone for good. Everything else may pass. */
export const isGone = (status: number | undefined): boolean => status === 404 || status === 410 || status === 451;

/** Two texts side by side, paragraph by paragraph: what stayed, what went, what came. */
export function sideBySide(
  before: string,
  after: string,
): readonly { readonly before?: string; readonly after?: string }[] {
  const [a, b] = [paragraphs(before), paragraphs(after)];
  // Longest common subsequence; pages of more than a few hundred paragraphs are compared by their heads.
  const rows = a.length + 1;
  const width = b.length + 1;
  const table = new Uint16Array(rows * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const out: { before?: string; after?: string }[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      out.push({ before: x, after: x });
      i++;
      j++;
    } else if (
      y === undefined ||
      (x !== undefined && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))
    ) {
      out.push({ before: x ?? '' });
      i++;
    } else {
      out.push({ after: y });
      j++;
    }
  }
  return pair(out);
}
const MOST_PARAGRAPHS = 400;
const paragraphs = (text: string): string[] => text.split(/\n+/).filter(Boolean).slice(0, MOST_PARAGRAPHS);
/** What went and what came in its place stand on one line. */
function pair(rows: readonly { before?: string; after?: string }[]): { before?: string; after?: string }[] {
  const out: { before?: string; after?: string }[] = [];
  for (const row of rows) {
    const last = out.at(-1);
    if (row.before === undefined && last && last.after === undefined && row.after !== undefined) last.after = row.after;
    else out.push({ ...row });
  }
  return out;
}

/** Whether a page outside says what was signed: each paragraph of the signed text is looked for among the page's words. */
import { titleAndBody } from './versions.ts';

export interface FoundParagraph {
  readonly signed: string;
  readonly state: 'same' | 'changed' | 'missing';
  /** What the page says there instead. */
  readonly page?: string;
}
export interface OnPage {
  readonly paragraphs: readonly FoundParagraph[];
  readonly same: number;
  readonly all: boolean;
}
/** Spaces, line ends and the width of punctuation are the page's own affair: they change no word. */
const bare = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '');

/** Pairs of characters, for telling which line of the page a changed paragraph has become. */
function pairs(text: string): Set<string> {
  const characters = [...text];
  return new Set(characters.slice(1).map((c, i) => `${characters[i]}${c}`));
}
function likeness(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  return (2 * both) / (a.size + b.size);
}
/** Below this a line of the page is about something else. */
const ALIKE = 0.5;
/** More lines than a notice ever has; the rest of a huge page is not searched for changed paragraphs. */
const MOST_LINES = 5_000;

export function foundOnPage(signed: string, page: string): OnPage {
  const whole = bare(page);
  const lines = page
    .split('\n')
    .map(l => l.trim())
    .filter(l => l.length > 3)
    .slice(0, MOST_LINES);
  const known = lines.map(l => ({ line: l, pairs: pairs(bare(l)) }));
  const { title, paragraphs } = titleAndBody(signed);
  const wanted = title === '' ? paragraphs : [title, ...paragraphs];
  const found = wanted.map((text): FoundParagraph => {
    if (whole.includes(bare(text))) return { signed: text, state: 'same' };
    const own = pairs(bare(text));
    let best: { readonly line: string; readonly alike: number } | undefined;
    for (const { line, pairs: of } of known) {
      const alike = likeness(own, of);
      if (alike >= ALIKE && alike > (best?.alike ?? 0)) best = { line, alike };
    }
    return best ? { signed: text, state: 'changed', page: best.line } : { signed: text, state: 'missing' };
  });
  const same = found.filter(f => f.state === 'same').length;
  return { paragraphs: found, same, all: same === found.length };
}

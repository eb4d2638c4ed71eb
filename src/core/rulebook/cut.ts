/** A rulebook file cut into front matter, headings, paragraphs and fenced blocks. No other Markdown is understood. */
import { chineseNumber } from './check-figures.ts';

export interface Heading {
  readonly kind: 'heading';
  readonly depth: number;
  readonly text: string;
  readonly line: number;
}
export interface Prose {
  readonly kind: 'prose';
  readonly text: string;
  readonly line: number;
  /** Counted from 1 below each heading. */
  readonly paragraph: number;
}
export interface Block {
  readonly kind: 'block';
  readonly info: string;
  readonly body: string;
  /** Line of the opening fence. */
  readonly line: number;
  readonly heading: string;
  readonly paragraph: number;
  readonly paraphrase: string;
}
export interface Cut {
  readonly front: { readonly text: string; readonly line: number } | undefined;
  readonly pieces: readonly (Heading | Prose | Block)[];
  /** Opening line of a fence that is never closed. */
  readonly openFence?: number;
  /** The front matter is opened and never closed. */
  readonly openFront?: true;
}

export function cut(source: string): Cut {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const pieces: (Heading | Prose | Block)[] = [];
  let i = 0;
  let front: Cut['front'];
  if (lines[0]?.trim() === '---') {
    const end = lines.findIndex((text, n) => n > 0 && text.trim() === '---');
    if (end < 0) return { front: undefined, pieces, openFront: true };
    front = { text: lines.slice(1, end).join('\n'), line: 2 };
    i = end + 1;
  }
  let heading = '';
  let paragraph = 0;
  let paraphrase = '';
  while (i < lines.length) {
    const text = lines[i] ?? '';
    // A line may hold U+2028 or a lone carriage return: dots take those too.
    const title = /^(#{1,6})\s+(.*?)\s*#*$/s.exec(text);
    const fence = /^(`{3,})(.*)$/s.exec(text);
    if (title) {
      heading = title[2] ?? '';
      paragraph = 0;
      paraphrase = '';
      pieces.push({ kind: 'heading', depth: title[1]?.length ?? 1, text: heading, line: i + 1 });
      i++;
    } else if (fence) {
      const marks = fence[1] ?? '```';
      let end = i + 1;
      while (end < lines.length && (lines[end] ?? '').trim() !== marks) end++;
      if (end >= lines.length) return { front, pieces, openFence: i + 1 };
      const body = lines.slice(i + 1, end).join('\n');
      pieces.push({ kind: 'block', info: (fence[2] ?? '').trim(), body, line: i + 1, heading, paragraph, paraphrase });
      i = end + 1;
    } else if (text.trim() === '') i++;
    else {
      const from = i++; // a line that looks like a heading and is none is prose all the same
      while (i < lines.length && (lines[i] ?? '').trim() !== '' && !/^(#{1,6}\s|`{3,})/.test(lines[i] ?? '')) i++;
      paragraph++;
      paraphrase = lines.slice(from, i).join('\n').trim();
      pieces.push({ kind: 'prose', text: paraphrase, line: from + 1, paragraph });
    }
  }
  return { front, pieces };
}

/** The number of an article in its heading: "Article 4  Duties", "第四条", "1.2 Watch", "A-4 Response". */
export function articleNumber(heading: string): string {
  const match =
    /^(?:Article|Section|Part|Chapter)\s+([A-Za-z0-9.-]+)/i.exec(heading) ??
    /^([A-Z]?-?\d+(?:\.[\dA-Za-z]+)*)\b/.exec(heading) ??
    /^第\s*([一二三四五六七八九十百零〇\d]+)\s*[条章节]/.exec(heading);
  const number = match?.[1] ?? '';
  return /^[一二三四五六七八九十百零〇]+$/.test(number) ? String(chineseNumber(number) ?? number) : number;
}

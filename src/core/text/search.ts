/**
 * Looking for words in Chinese texts: pairs of neighbouring characters find the candidates, the folded text itself decides.
 * No segmenter is asked, so nothing is lost to a cut in the wrong place.
 */
import { fold } from './fold.ts';

export interface Sought {
  /** Each must stand in the text as it is written here, folded. */
  readonly terms: readonly string[];
  /** Pairs of which a text must hold all; none where every term is a single character. */
  readonly pairs: readonly number[];
}
/** A stretch of a text, and whether it is what was looked for. */
export interface Stretch {
  readonly text: string;
  readonly hit: boolean;
}
const MOST_TERMS = 8;
const WORD = /[\p{L}\p{N}]+/gu;

/** Two UTF-16 units as one number below 2^32. */
const pairOf = (text: string, at: number): number => text.charCodeAt(at) * 0x10000 + text.charCodeAt(at + 1);

/** Every pair of neighbouring letters or figures, each once. */
export function pairsOf(text: string): readonly number[] {
  const found = new Set<number>();
  for (const [word] of fold(text).matchAll(WORD))
    for (let at = 0; at + 1 < word.length; at++) found.add(pairOf(word, at));
  return [...found];
}

/** Words with a space between must all be there; in quotation marks they stand side by side. */
export function readSought(text: string): Sought {
  const terms: string[] = [];
  for (const [, quoted, open] of fold(text).matchAll(/["“”「」]([^"“”「」]+)["“”「」]|([^\s"“”「」]+)/gu)) {
    const term = (quoted ?? open ?? '').trim().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (term !== '' && !terms.includes(term) && terms.length < MOST_TERMS) terms.push(term);
  }
  return { terms, pairs: [...new Set(terms.flatMap(pairsOf))] };
}

/** Whether a text holds every term. */
export function holdsAll(text: string, { terms }: Sought): boolean {
  const folded = fold(text);
  return terms.every(term => folded.includes(term));
}

/** The part of a text where the terms stand closest to its beginning, with what was found marked. */
export function snippet(text: string, { terms }: Sought, length = 110): readonly Stretch[] {
  const folded = fold(text);
  const first = Math.min(...terms.map(t => folded.indexOf(t)).filter(at => at >= 0), text.length);
  const from = first === text.length ? 0 : Math.max(0, first - Math.floor(length / 4));
  const to = Math.min(text.length, from + length);
  const marks = new Array<boolean>(to - from).fill(false);
  for (const term of terms)
    for (let at = folded.indexOf(term, from); at >= 0 && at < to; at = folded.indexOf(term, at + 1))
      marks.fill(true, at - from, Math.min(to, at + term.length) - from);
  const stretches: { text: string; hit: boolean }[] = [];
  const add = (part: string, hit: boolean): void => {
    const last = stretches.at(-1);
    if (last?.hit === hit) last.text += part;
    else stretches.push({ text: part, hit });
  };
  if (from > 0) add('…', false);
  for (let at = from; at < to; at++) add(text[at] ?? '', marks[at - from] ?? false);
  if (to < text.length) add('…', false);
  return stretches;
}

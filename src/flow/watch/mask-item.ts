/** What is left of an item after masking: the only form in which it may be shown, matched or stored. */
import { maskText } from './masking.ts';
import type { ReadItem } from './source-kind.ts';

export interface MaskedItem extends ReadItem {
  /** How many of each kind were masked; no value is kept. */
  readonly masked: Readonly<Record<string, number>>;
}

export function maskItem(item: ReadItem): MaskedItem {
  const masked: Record<string, number> = {};
  const clean = (text: string): string => {
    const { text: out, counts } = maskText(text);
    for (const [kind, n] of Object.entries(counts)) masked[kind] = (masked[kind] ?? 0) + n;
    return out;
  };
  const { title, text, outlet, ...rest } = item;
  return {
    ...rest,
    title: clean(title),
    text: clean(text),
    ...(outlet === undefined ? {} : { outlet: clean(outlet) }),
    masked,
  };
}

/** What is left of an item after masking: the only form in which it may be shown, matched or stored. */
import { maskText } from './masking.ts';
import { cleanUrl } from './masking-links.ts';
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
  const { title, text, outlet, url, ...rest } = item;
  const clear = url === undefined ? undefined : cleanUrl(url);
  if (clear !== url) masked['link'] = (masked['link'] ?? 0) + 1;
  return {
    ...rest,
    title: clean(title),
    text: clean(text),
    ...(clear === undefined ? {} : { url: clear }),
    ...(outlet === undefined ? {} : { outlet: clean(outlet) }),
    masked,
  };
}

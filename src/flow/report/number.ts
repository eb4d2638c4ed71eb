/**
 * Numbers of papers without holes per kind and year: a number stands in the entry that issues the paper, the next one is
 * counted from the log, and entries are stored on the condition that nobody was faster. What is not stored takes no number.
 */
import type { HuiyinEvent } from '#core/log';
import { readDocument } from './brief/kinds.ts';

/** 〔2026〕12号 (GB/T 9704-2012, 7.2.5: six-pointed brackets, no leading zero, no 第). */
export const showNumber = (year: number, n: number): string => `〔${year}〕${n}号`;

/** The year and the running number; undefined for numbers of another shape. `2026-017` is read too: older ledgers write it. */
export function readNumber(text: string): { readonly year: number; readonly n: number } | undefined {
  const found = /〔(\d{4})〕(\d+)号$/.exec(text) ?? /^(\d{4})-(\d+)$/.exec(text);
  return found ? { year: Number(found[1]), n: Number(found[2]) } : undefined;
}

/** What numbers of one kind share: the kind of a notice or brief, else the form's name. */
export const numberSeries = (event: Pick<HuiyinEvent, 'type' | 'data'>): string | undefined => {
  if (event.type === 'notice.drawn-up') return `notice ${String(event.data['kind'])}`;
  if (event.type === 'form.filled') return `form ${String(event.data['form'])}`;
  if (event.type === 'signature.given' && event.data['number'] !== undefined) {
    const kind = readDocument(String(event.data['document']))?.kind;
    return kind === undefined ? undefined : `brief ${kind}`;
  }
  return undefined;
};

/** The next number of a series in the year of `at` (an ISO instant). */
export function nextNumber(events: readonly HuiyinEvent[], series: string, at: string): string {
  const year = Number(at.slice(0, 4));
  let last = 0;
  for (const event of events) {
    if (numberSeries(event) !== series) continue;
    const read = readNumber(String(event.data['number'] ?? ''));
    if (read?.year === year) last = Math.max(last, read.n);
  }
  return showNumber(year, last + 1);
}

/** Numbers missing between the first and the last of each series and year: entered by hand, or lost with an older ledger. */
export function holes(events: readonly HuiyinEvent[]): readonly string[] {
  const used = new Map<string, Set<number>>();
  for (const event of events) {
    const series = numberSeries(event);
    const read = readNumber(String(event.data['number'] ?? ''));
    if (series === undefined || !read) continue;
    const key = `${series} ${read.year}`;
    used.set(key, (used.get(key) ?? new Set()).add(read.n));
  }
  return [...used].flatMap(([key, numbers]) => {
    const from = Math.min(...numbers);
    return Array.from({ length: Math.max(...numbers) - from }, (_, i) => from + i)
      .filter(n => !numbers.has(n))
      .map(n => `${key.slice(0, -5)} ${showNumber(Number(key.slice(-4)), n)}`);
  });
}

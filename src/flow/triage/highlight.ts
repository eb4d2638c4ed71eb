/** Matched words shown in their text: offsets of the certificates become runs of marked and plain text. */
import type { MatchCertificate } from '#core/text';

export interface Run {
  readonly text: string;
  readonly marked: boolean;
}

/** Overlapping spans are joined; offsets beyond the text are cut; the runs give back the text exactly. */
export function runsOf(text: string, field: 'title' | 'text', matched: readonly MatchCertificate[]): readonly Run[] {
  const spans = matched
    .flatMap(m => m.spans)
    .filter(s => s.field === field)
    .map(s => ({ from: Math.max(0, s.from), to: Math.min(text.length, s.to) }))
    .filter(s => s.to > s.from)
    .sort((a, b) => a.from - b.from);
  const runs: Run[] = [];
  let at = 0;
  for (const { from, to } of spans) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    if (start > at) runs.push({ text: text.slice(at, start), marked: false });
    const last = runs.at(-1);
    if (last?.marked && start === at) runs[runs.length - 1] = { text: last.text + text.slice(start, to), marked: true };
    else runs.push({ text: text.slice(start, to), marked: true });
    at = to;
  }
  if (at < text.length || runs.length === 0) runs.push({ text: text.slice(at), marked: false });
  return runs;
}

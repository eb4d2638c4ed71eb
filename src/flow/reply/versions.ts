/** The texts of a case as people drafted them: every document with its wordings, oldest first, found in the log. */
import type { HuiyinEvent } from '#core/log';

export interface Version {
  /** 1 for the first wording. */
  readonly n: number;
  readonly hash: string;
  readonly text: string;
  readonly event: HuiyinEvent;
}
export interface ReplyDocument {
  readonly key: string;
  readonly form: string;
  readonly versions: readonly Version[];
  /** What the newest wording says about itself. */
  readonly mentions: readonly string[];
  readonly parts: readonly string[];
  readonly topic?: string;
  readonly forUnit?: string;
  readonly publications: readonly HuiyinEvent[];
}
export const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String);

/** Documents in the order of their first wording. A wording that was written twice in a row is one. */
export function documentsIn(events: readonly HuiyinEvent[]): readonly ReplyDocument[] {
  const drafts = new Map<string, HuiyinEvent[]>();
  for (const event of events) {
    if (event.type !== 'draft.written') continue;
    const key = String(event.data['document']);
    const list = drafts.get(key);
    if (list) list.push(event);
    else drafts.set(key, [event]);
  }
  return [...drafts].map(([key, all]) => {
    const versions: Version[] = [];
    for (const event of all) {
      const hash = String(event.data['textHash']);
      if (versions.at(-1)?.hash === hash) continue;
      versions.push({ n: versions.length + 1, hash, text: String(event.data['text'] ?? ''), event });
    }
    const newest = all.at(-1) as HuiyinEvent;
    const { topic, forUnit } = newest.data;
    return {
      key,
      form: String(newest.data['form']),
      versions,
      mentions: textsOf(newest.data['mentions']),
      parts: textsOf(newest.data['parts']),
      ...(typeof topic === 'string' ? { topic } : {}),
      ...(typeof forUnit === 'string' ? { forUnit } : {}),
      publications: events.filter(e => e.type === 'publication.made' && e.data['document'] === key),
    };
  });
}
/** The version that a hash means, if it was drafted here. */
export const versionOf = (document: ReplyDocument, hash: unknown): Version | undefined =>
  document.versions.find(v => v.hash === hash);

/** Title and paragraphs: the first line is the title. */
export function titleAndBody(text: string): { readonly title: string; readonly paragraphs: readonly string[] } {
  const lines = text
    .split('\n')
    .map(l => l.trim())
    .filter(l => l !== '');
  // A text of one paragraph has no title of its own.
  if (lines.length < 2) return { title: '', paragraphs: lines };
  return { title: lines[0] ?? '', paragraphs: lines.slice(1) };
}

/** Looking through cases and answers: in the texts of the log as they are kept, newest first. */
import { holdsAll, type Sought } from '#core/text';
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
import type { Words } from '../words/index.ts';
import { type CaseHead, caseHeads } from './cases.ts';

export interface FoundText {
  readonly kind: 'case' | 'answer';
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly at: number;
  readonly case: CaseHead;
}
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Fields of entries in which people write what a matter is about and what was done. */
const WRITTEN = ['subject', 'what', 'matter', 'reason', 'result', 'text', 'conclusion', 'summary', 'title', 'said'];
const texts = new WeakMap<readonly StoredEvent[], string>();
function textOf(head: CaseHead): string {
  const known = texts.get(head.events);
  if (known !== undefined) return known;
  const parts = head.events.flatMap(e =>
    WRITTEN.flatMap(field => {
      const value = e.data[field];
      // A key of the vocabulary is not something anybody wrote.
      return typeof value === 'string' && e.type !== 'draft.written' && !/^[a-z-]+$/.test(value) ? [value] : [];
    }),
  );
  const text = [...new Set([head.title, ...parts])].join('\n');
  texts.set(head.events, text);
  return text;
}

/** Published wordings of a case: the draft whose hash the publication names. */
function answersOf(head: CaseHead): readonly { readonly text: string; readonly at: number; readonly href: string }[] {
  const drafts = new Map(
    head.events.filter(e => e.type === 'draft.written').map(e => [String(e.data['textHash']), e] as const),
  );
  return head.events.flatMap(e => {
    const draft = e.type === 'publication.made' ? drafts.get(String(e.data['textHash'])) : undefined;
    const text = draft?.data['text'];
    if (typeof text !== 'string') return [];
    return [{ text, at: Date.parse(e.at), href: `/cases/${head.key}/reply/${String(e.data['document'])}` }];
  });
}

/** Newest first; one more than `limit` where there are more. */
export function searchCases(
  hall: Hall,
  w: Words,
  sought: Sought,
  span: Span,
  kinds: ReadonlySet<string>,
  limit: number,
): readonly FoundText[] {
  const found: FoundText[] = [];
  for (const head of caseHeads(hall, w)) {
    if (found.length > limit) break;
    if (kinds.has('case') && head.openedAt >= span.from && head.openedAt < span.to) {
      const text = textOf(head);
      if (holdsAll(`${head.number}\n${text}`, sought))
        found.push({
          kind: 'case',
          title: head.title,
          text,
          href: `/cases/${head.key}`,
          at: head.openedAt,
          case: head,
        });
    }
    if (kinds.has('answer'))
      for (const { text, at, href } of answersOf(head))
        if (at >= span.from && at < span.to && holdsAll(text, sought))
          found.push({ kind: 'answer', title: text.split('\n')[0] ?? head.title, text, href, at, case: head });
  }
  return found.slice(0, limit + 1);
}

/**
 * What an own channel's feed shows, held against what was signed: a post that no signed or published text stands behind is
 * put before a person. This says where to look and never that somebody did wrong.
 */
import type { Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { comparable, shingles, similarity } from '#core/text';

export interface SignedText {
  readonly document: string;
  readonly text: string;
  /** Addresses under which it was published. */
  readonly urls: readonly string[];
}
export interface SeenItem {
  readonly title: string;
  readonly text: string;
  readonly url?: string;
  readonly publishedAt?: Instant;
}
export interface Judged {
  readonly state: 'before' | 'backed' | 'unbacked';
  /** The nearest signed text, and how much of the shorter of the two stands in the other. */
  readonly document?: string;
  readonly likeness: number;
}
/** A signed text cut for a platform, with a greeting before it, still keeps this much; two texts of one topic stay far below. */
const ENOUGH = 0.6;

/** Wordings that somebody signed or that were published, newest last; only what the log keeps the words of. */
export function signedTexts(events: readonly HuiyinEvent[]): readonly SignedText[] {
  const stood = new Map<string, string[]>();
  for (const { type, data } of events) {
    if (type !== 'signature.given' && type !== 'publication.made') continue;
    const key = `${String(data['document'])} ${String(data['textHash'])}`;
    const urls = stood.get(key) ?? [];
    if (typeof data['url'] === 'string') urls.push(data['url']);
    stood.set(key, urls);
  }
  return events.flatMap(({ type, data }) => {
    if (type !== 'draft.written' || typeof data['text'] !== 'string') return [];
    const urls = stood.get(`${String(data['document'])} ${String(data['textHash'])}`);
    return urls ? [{ document: String(data['document']), text: data['text'], urls }] : [];
  });
}

/** `since`: the first reading of the feed; what is older, or without a date on that reading, is none of our watching. */
export function judgeOwnItem(
  item: SeenItem,
  signed: readonly SignedText[],
  since: Instant | undefined,
  publishedUrls: ReadonlySet<string>,
): Judged {
  if (item.url !== undefined && publishedUrls.has(item.url)) {
    const own = signed.find(s => s.urls.includes(item.url ?? ''));
    return { state: 'backed', likeness: 1, ...(own ? { document: own.document } : {}) };
  }
  const [whole, body] = [shingles(comparable(item.title, item.text)), shingles(comparable(undefined, item.text))];
  let best: { document: string; likeness: number } | undefined;
  for (const { document, text } of signed) {
    const own = shingles(comparable(undefined, text));
    const likeness = Math.max(similarity(whole, own), item.text === '' ? 0 : similarity(body, own));
    if (!best || likeness >= best.likeness) best = { document, likeness };
  }
  const said = {
    likeness: Math.round((best?.likeness ?? 0) * 1000) / 1000,
    ...(best ? { document: best.document } : {}),
  };
  if (best && best.likeness >= ENOUGH) return { state: 'backed', ...said };
  const older = since === undefined || (item.publishedAt !== undefined && item.publishedAt < since);
  return { state: older ? 'before' : 'unbacked', ...said };
}

/** Addresses of everything published by the book, with or without words kept. */
export const publishedUrls = (events: readonly HuiyinEvent[]): ReadonlySet<string> =>
  new Set(
    events.flatMap(e => (e.type === 'publication.made' && typeof e.data['url'] === 'string' ? [e.data['url']] : [])),
  );

/**
 * What is done to each item by itself, before anything knows of the others: masked, given its key, matched. It touches
 * nothing else, so a worker can do it (`prepare-worker.ts`); what it hands on is all that the owner of the window needs.
 */
import type { MatchResult } from '#core/text';
import type { NewFinding } from '#io/store';
import { hash } from 'node:crypto';
// Not by way of the room's index: a worker that only masks starts without the readers of pages.
import { sideOf } from '../../flow/triage/stream.ts';
import { maskItem } from '../../flow/watch/mask-item.ts';
import type { ReadItem } from '../../flow/watch/source-kind.ts';

export interface Incoming extends ReadItem {
  /** Key of the source, or `desk`. */
  readonly source: string;
  /** One of the vocabulary's origins. */
  readonly origin: string;
  readonly outletKind?: string;
  /** Key of the region it is about, as rules of concern name it. */
  readonly region?: string;
  /** Of public media only what the words of concern hit is put before people; what was sent to us is kept whole. */
  readonly keeps: 'matched' | 'everything';
  /** Given where a page must know it in advance. */
  readonly id?: string;
}
export interface ToPlace extends NewFinding {
  /** A rule hits it, or it is kept whatever it says. */
  readonly wanted: boolean;
}
export type Match = (item: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly region?: string;
  readonly publishedAt?: string;
  readonly url?: string;
}) => MatchResult;

const sha = (text: string): string => hash('sha256', text, 'hex');
/**
 * A text of its own. What was cut out of a feed keeps the whole feed in memory for as long as it is remembered, which for
 * items in the window of comparison is days.
 */
const apart = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

/** Keys are made of what is left after masking: a digest of a telephone number can be tried out. */
export function prepareItem(item: Incoming, match: Match | undefined, seenAt: number): ToPlace {
  const masked = maskItem(item);
  const { source, origin, outletKind } = item;
  const { publishedAt, ref, version } = masked;
  const [title, text] = [apart(masked.title), apart(masked.text)];
  // A link that is only somebody's page is gone after masking.
  const url = masked.url === undefined ? undefined : apart(masked.url);
  const outlet = masked.outlet === undefined ? undefined : apart(masked.outlet);
  if (publishedAt !== undefined && !Number.isFinite(publishedAt))
    throw new RangeError(`the date of "${title.slice(0, 40)}" is no date`);
  // What people sent and what was published are never told to be the same: without an address or a reference the key says
  // on which side it stands.
  const side = sideOf(origin) === 'public' ? '' : 'sent-';
  // Another state of a page that changed is another item.
  const place = url === undefined || version === undefined ? url : `${url}\n${version}`;
  const key =
    place ?? (ref === undefined ? `${side}text:${sha(`${title}\n${text}`)}` : `${origin}:${sha(`${source}\n${ref}`)}`);
  const id = item.id ?? `${origin === 'hotline' ? 'hl' : 'it'}-${sha(key).slice(0, 20)}`;
  const finding: NewFinding = {
    id,
    title,
    text,
    ...(outlet === undefined ? {} : { outlet }),
    key,
    sourceKey: source,
    origin,
    ...(url === undefined ? {} : { url }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(outletKind === undefined ? {} : { outletKind }),
    ...(item.region === undefined ? {} : { region: item.region }),
    matched: [],
    seenAt,
  };
  const judged = match && judgeItem(finding, match);
  return {
    ...finding,
    matched: judged?.matched ?? [],
    // Without any words of concern everything is put before people: an empty list would look like silence. So is a text
    // that hits so often that not all of it was judged: nobody hides by repeating.
    wanted: item.keeps === 'everything' || !judged || judged.matched.length > 0 || judged.problem !== undefined,
  };
}
export const judgeItem = (item: NewFinding, match: Match): MatchResult =>
  match({
    id: item.id,
    title: item.title,
    text: item.text,
    ...(item.outlet === undefined ? {} : { outlet: item.outlet }),
    ...(item.outletKind === undefined ? {} : { outletKind: item.outletKind }),
    ...(item.region === undefined ? {} : { region: item.region }),
    ...(item.publishedAt === undefined ? {} : { publishedAt: new Date(item.publishedAt).toISOString() }),
    ...(item.url === undefined ? {} : { url: item.url }),
  });

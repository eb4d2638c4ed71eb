/**
 * What a kind of source is: an object of one folder under sources/. Pure on both sides: it says what to ask for and reads
 * what came back; whoever collects does the asking. Nothing it returns has a place for an author.
 */
import type { RefusedShape } from './private-pages.ts';

export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}
export interface SourceSetting {
  readonly name: string;
  readonly label: BilingualText;
  readonly needed: boolean;
  /** What to write there, said under the field. */
  readonly hint?: BilingualText;
  /** Kept sealed, never shown again. */
  readonly secret?: true;
  /** Closed values; the first is the default. */
  readonly choices?: readonly { readonly value: string; readonly label: BilingualText }[];
  /** Several lines. */
  readonly long?: true;
}
export type SourceSettings = Readonly<Record<string, string>>;
/** What a source remembers between two readings, beside the validators of its last answer. */
export type SourceState = Readonly<Record<string, string>>;

export interface SourceRequest {
  readonly url: string;
  readonly accept?: string;
}
export interface SourceResponse {
  /** After redirects. For what is not fetched: where it came from, or an empty text. */
  readonly url: string;
  readonly body: Uint8Array;
  readonly contentType?: string;
  /** When it was received: what 昨天 on a page is counted from. Never the date of an item. */
  readonly at?: number;
}
/** One item as its source gives it, before masking. One link, the whole title, and no date unless the source states one. */
export interface ReadItem {
  readonly title: string;
  readonly text: string;
  readonly url?: string;
  readonly publishedAt?: number;
  /** Where the date was found: `pubDate`, `meta`, `url`, … */
  readonly publishedAtFrom?: string;
  readonly outlet?: string;
  /** What the sender calls it (a ticket, a letter): the same reference again is the same item. */
  readonly ref?: string;
  /** Names the state of a page that changed: another state of the same address is another item. */
  readonly version?: string;
}
export type SourceReading =
  | {
      readonly ok: true;
      /** What the source calls itself. */
      readonly title?: string;
      readonly items: readonly ReadItem[];
      readonly problems: readonly string[];
      /** Remembered for the next reading; absent = as before. */
      readonly state?: SourceState;
      /** Also to be asked for, and read by the same kind: the parts of a sitemap. */
      readonly next?: readonly SourceRequest[];
      /** What a watched page says now, where its history is kept. */
      readonly page?: { readonly title: string; readonly text: string };
    }
  /** It cannot be read: never an empty list for a broken page. */
  | { readonly ok: false; readonly problem: string };

/** How what a source says reaches the institution. */
export type SourceWay = 'fetched' | 'mailbox' | 'pushed' | 'file' | 'by-hand';
/** The collector asks for it on its pace: when it says nothing, that is silence or a gap, and which must be known. */
export const isCollected = (way: SourceWay): boolean => way === 'fetched' || way === 'mailbox';

export interface SourceKind {
  readonly kind: string;
  readonly title: BilingualText;
  /** One sentence on what it is for. */
  readonly says: BilingualText;
  readonly way: SourceWay;
  readonly settings: readonly SourceSetting[];
  /** Of public media only what the words of concern hit is put before people; what was sent to us is kept whole. */
  readonly keeps: 'matched' | 'everything';
  /** `origin` of its items, one of the vocabulary; a setting called `origin` may choose another. */
  readonly origin: string;
  /** Addresses that are a person and not an outlet, beside those that no kind may have. */
  readonly refuses: readonly RefusedShape[];
  /** Why these settings cannot be used, each with the setting it speaks of; empty where they can. */
  readonly judge?: (settings: SourceSettings) => readonly SettingProblem[];
  /** What to ask for; only where the way is `fetched`. */
  readonly request?: (settings: SourceSettings, state: SourceState) => SourceRequest;
  /** Where to ask whether the service behind a source is up at all, so that a fault can be told from a broken route. */
  readonly health?: (settings: SourceSettings) => SourceRequest;
  readonly read: (response: SourceResponse, settings: SourceSettings, state: SourceState) => SourceReading;
}
export interface SettingProblem {
  readonly setting: string;
  readonly says: BilingualText;
}

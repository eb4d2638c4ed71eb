/** Sources as the pages see them: what the kinds are, what is connected, who answers for it. */
import type { Instant } from '#core/calendar';
import type { BilingualText, MaskedItem, SourceKind } from '#watch';

export const SOURCE_CLASSES = ['outlet', 'authority', 'public-board', 'search', 'bought', 'own-desk'] as const;
export type SourceClass = (typeof SOURCE_CLASSES)[number];
export const SOURCE_PACES = ['five-minutes', 'hour', 'day'] as const;
export type SourcePace = (typeof SOURCE_PACES)[number];
export type SourceReach = 'domestic' | 'foreign';
export type SourceStage = 'proposed' | 'tried' | 'on' | 'off';

export interface Source {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly state: SourceStage;
  /** The unit that answers for it, and what it is read for: both public. */
  readonly ownerUnit: string;
  readonly purpose: string;
  readonly class: SourceClass;
  readonly reach: SourceReach;
  readonly outletKind?: string;
  readonly pace: SourcePace;
  /** Staff codes; nobody switches on what they proposed. */
  readonly proposedBy?: string;
  readonly switchedOnBy?: string;
  readonly switchedOnAt?: Instant;
  readonly triedAt?: Instant;
  readonly triedItems?: number;
  readonly lastReadAt?: Instant;
  /** What went wrong at the last reading; absent when it went well. */
  readonly problem?: string;
}
/** What a source holds now, masked. */
export type SourceTry =
  | {
      readonly ok: true;
      readonly title?: string;
      readonly items: readonly MaskedItem[];
      readonly problems: readonly string[];
      /** What a watched page says now. */
      readonly page?: { readonly title: string; readonly text: string };
    }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      /** The same in both languages, where the settings are what is wrong. */
      readonly said?: readonly BilingualText[];
    };
/** A proposal that could be read. */
export interface FoundSource {
  readonly kind: string;
  readonly title: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly tried: SourceTry;
}
export interface PageVersion {
  readonly seenAt: Instant;
  readonly title: string;
  readonly text: string;
}
/** What institutions of a kind usually read; the addresses are for them to fill in. */
export interface StarterPack {
  /** Key of the kind of institution. */
  readonly for: string;
  readonly title: BilingualText;
  readonly sources: readonly {
    readonly kind: string;
    readonly title: BilingualText;
    readonly purpose: BilingualText;
    readonly class: SourceClass;
    readonly pace: SourcePace;
  }[];
}
/** What became of each item of a delivery, in its order. */
export interface PushTaken {
  readonly items: readonly {
    readonly ref: string | null;
    readonly id: string | null;
    readonly result: 'added' | 'copy' | 'known' | 'unmatched' | 'refused';
    readonly reason?: string;
  }[];
  /** Fields that name a private person: dropped, and how often. */
  readonly dropped: Readonly<Record<string, number>>;
}
export interface SourcePort {
  readonly kinds: readonly SourceKind[];
  readonly list: () => Promise<readonly Source[]>;
  /** Why it was not kept, or undefined. Judges the settings, the address, and who switches on. */
  readonly save: (source: Source) => Promise<BilingualText | undefined>;
  /** Reads it once and stores nothing. */
  readonly try: (
    kind: string,
    settings: Readonly<Record<string, string>>,
    /** Of a source that is kept: its secrets are used where none are given. */
    key?: string,
  ) => Promise<SourceTry>;
  /** What a site offers, from one address of it. */
  readonly find: (
    address: string,
  ) => Promise<{ readonly found: readonly FoundSource[]; readonly problem?: BilingualText }>;
  /** New items of each source since a moment. */
  readonly fresh: (since: Instant) => Promise<ReadonlyMap<string, number>>;
  readonly packs: () => Promise<readonly StarterPack[]>;
  /** Takes in what a vendor sends to one source. */
  readonly push: (
    key: string,
    body: Uint8Array,
  ) => Promise<PushTaken | { readonly problem: string; readonly off?: true }>;
  /** What a watched page said, newest first. */
  readonly versions: (key: string) => Promise<readonly PageVersion[]>;
  /** Reads it now and keeps what is new; returns how many were added. */
  readonly readNow: (key: string) => Promise<{ readonly added: number; readonly problem?: string }>;
}

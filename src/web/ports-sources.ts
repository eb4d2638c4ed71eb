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
    }
  | { readonly ok: false; readonly problems: readonly string[] };
export interface SourcePort {
  readonly kinds: readonly SourceKind[];
  readonly list: () => Promise<readonly Source[]>;
  /** Why it was not kept, or undefined. Judges the settings, the address, and who switches on. */
  readonly save: (source: Source) => Promise<BilingualText | undefined>;
  /** Reads it once and stores nothing. */
  readonly try: (kind: string, settings: Readonly<Record<string, string>>) => Promise<SourceTry>;
  /** Reads it now and keeps what is new; returns how many were added. */
  readonly readNow: (key: string) => Promise<{ readonly added: number; readonly problem?: string }>;
}

/** Proof of silence and evidence as the pages see them: when each source was read, and what a page held when it was looked at. */
import type { Instant } from '#core/calendar';
import type { Office } from '#core/log';
import type { Ailment, KnownDates, SourceWay, Stretch } from '#watch';
import type { Source } from './ports-sources.ts';

export interface SourceCoverage {
  readonly source: Source;
  readonly way: SourceWay;
  /** Read and unread time of the period; empty for a source that nobody fetches. */
  readonly stretches: readonly Stretch[];
  readonly readings: number;
  readonly failures: number;
  /** New to us in the period, and of these taken in. */
  readonly fresh: number;
  readonly added: number;
  /** Milliseconds of a reading in the mean. */
  readonly tookMs?: number;
  /** New items a day over 28 days; absent before there are seven days. */
  readonly baseline?: number;
  /** What is wrong with it now. */
  readonly ailment?: Ailment;
  readonly nextAt: Instant;
}
export interface SilencePort {
  readonly coverage: (period: { readonly from: Instant; readonly to: Instant }) => Promise<readonly SourceCoverage[]>;
  readonly alarmOffice: () => Promise<Office | undefined>;
  readonly setAlarmOffice: (office: Office | undefined) => Promise<void>;
}

export type LookWhy = 'first' | 'hour' | 'six-hours' | 'day' | 'week' | 'asked';
export type LookOutcome = 'kept' | 'same' | 'changed' | 'gone' | 'unreachable' | 'refused';
export interface EvidenceLook {
  readonly n: number;
  readonly lookedAt: Instant;
  readonly why: LookWhy;
  readonly outcome: LookOutcome;
  readonly url: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly digest?: string;
  readonly size?: number;
  readonly title?: string;
  readonly text?: string;
  readonly fault?: string;
  readonly bytes: 'kept' | 'sealed' | 'deleted' | 'none';
  readonly sealed?: {
    readonly unit: string;
    readonly role: string;
    readonly reason: string;
    readonly sealedAt: Instant;
    readonly keepUntil: Instant;
  };
}
export interface EvidenceOf {
  /** Whether bytes are kept: an outlet's or an authority's page. Else members of the public speak there. */
  readonly keeps: 'bytes' | 'digest';
  readonly looks: readonly EvidenceLook[];
  readonly planned: readonly { readonly why: LookWhy; readonly dueAt: Instant }[];
  readonly dates?: KnownDates;
}
export interface EvidencePort {
  readonly of: (finding: string) => Promise<EvidenceOf | undefined>;
  /** The bytes of an outlet's or authority's page. */
  readonly body: (finding: string, n: number) => Promise<Uint8Array | undefined>;
  /** Looks now; for a page where the public speaks the bytes are sealed for the office that asks, for 30 days. */
  readonly look: (
    finding: string,
    asked: Office & { readonly staffCode: string; readonly reason: string },
  ) => Promise<LookOutcome | undefined>;
  /** Sealed bytes, for the office that asked; the audit entry is written before. */
  readonly open: (finding: string, n: number, office: Office) => Promise<Uint8Array | undefined>;
}

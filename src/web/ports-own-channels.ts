/** What the page of own channels needs beside the log: who holds the keys, what is planned, what a channel's own feed shows. */
import type { Instant } from '#core/calendar';
import type { Office } from '#core/log';

export type ChannelState = 'in-use' | 'paused' | 'closed';
export interface OwnChannel {
  readonly channel: string;
  readonly state: ChannelState;
  readonly holder: Office;
  readonly since: Instant;
  readonly site?: string;
  /** Key of the source that reads it. */
  readonly source?: string;
  readonly readAt?: Instant;
  readonly problem?: string;
  readonly firstReadAt?: Instant;
  /** Told when something stands there that nobody signed. */
  readonly alarm: Office;
}
export interface Holding extends Office {
  readonly channel: string;
  readonly since: Instant;
  readonly note: string;
}
export interface PlannedItem {
  readonly id: string;
  readonly channel: string;
  readonly on: string;
  readonly title: string;
  readonly unit: string;
}
/** before: older than our watching. unbacked: nobody signed it, nobody has looked yet. */
export type OwnItemState = 'before' | 'backed' | 'unbacked' | 'explained' | 'recorded';
export interface OwnItem {
  readonly channel: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly url?: string;
  readonly publishedAt?: Instant;
  readonly seenAt: Instant;
  readonly state: OwnItemState;
  /** The nearest text that somebody signed. */
  readonly document?: string;
  /** How much of the shorter of the two stands in the other, 0 to 1. */
  readonly likeness: number;
  readonly lookedBy?: Office;
  readonly lookedAt?: Instant;
  readonly why?: string;
  readonly event?: string;
}
export interface OwnChannelPort {
  readonly list: () => Promise<readonly OwnChannel[]>;
  /** Registers or changes it; a new holder is one more line of its history. */
  readonly put: (channel: OwnChannel, note: string) => Promise<void>;
  readonly holdings: () => Promise<readonly Holding[]>;
  readonly planned: (from: string, to: string) => Promise<readonly PlannedItem[]>;
  readonly plan: (item: PlannedItem) => Promise<void>;
  readonly drop: (id: string) => Promise<void>;
  /** Newest first. */
  readonly items: (limit: number, state?: OwnItemState) => Promise<readonly OwnItem[]>;
  readonly item: (channel: string, id: string) => Promise<OwnItem | undefined>;
  /** False when somebody has looked before. */
  readonly settle: (
    channel: string,
    id: string,
    to: {
      readonly state: 'explained' | 'recorded';
      readonly by: Office;
      readonly at: Instant;
      readonly why: string;
      readonly document?: string;
      readonly event?: string;
    },
  ) => Promise<boolean>;
  /** Reads its feed now and compares what is new with what was signed. Writes nothing into the log. */
  readonly readNow: (channel: string) => Promise<{ readonly unbacked: number; readonly problem?: string }>;
}

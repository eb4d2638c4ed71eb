/** Files that people add to cases, documents and registers; what they have typed and not sent; exercises. */
import type { Instant } from '#core/calendar';
import type { Desk } from './ports.ts';

export interface Attachment {
  readonly id: string;
  /** Hex of the SHA-256 of the content. */
  readonly digest: string;
  readonly subject: string;
  readonly name: string;
  readonly note: string;
  readonly kind: string;
  readonly size: number;
  readonly public: boolean;
  /** `unit/role` */
  readonly addedBy: string;
  readonly addedAt: Instant;
  readonly removedAt?: Instant;
  readonly hasText: boolean;
}
export const FILE_FAULTS = [
  'empty',
  'too-large',
  'unknown',
  'active',
  'macros',
  'bomb',
  'locked',
  'torn',
  'nested',
  'name',
  'reader-died',
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];
export interface AttachmentPort {
  readonly list: (subject: string, removed?: boolean) => Promise<readonly Attachment[]>;
  readonly get: (id: string) => Promise<Attachment | undefined>;
  /** Looks into the file where it may do no harm, then keeps it; or says why not. */
  readonly add: (
    about: { readonly subject: string; readonly name: string; readonly note: string; readonly addedBy: string },
    bytes: Uint8Array,
  ) => Promise<{ readonly id: string } | { readonly fault: FileFault }>;
  readonly read: (file: Attachment) => Promise<Uint8Array | undefined>;
  /** The picture without what the camera wrote into it. */
  readonly picture: (file: Attachment) => Promise<{ readonly bytes: Uint8Array; readonly type: string } | undefined>;
  readonly text: (file: Attachment) => Promise<string | undefined>;
  readonly setPublic: (id: string, on: boolean) => Promise<void>;
  readonly setRemoved: (id: string, at: Instant | undefined) => Promise<void>;
}
export interface DraftPort {
  readonly read: (
    code: string,
    form: string,
  ) => Promise<{ readonly fields: Readonly<Record<string, readonly string[]>>; readonly savedAt: Instant } | undefined>;
  readonly put: (
    code: string,
    form: string,
    fields: Readonly<Record<string, readonly string[]>> | undefined,
  ) => Promise<void>;
}
export interface PracticePort {
  readonly running: () => Promise<
    { readonly id: string; readonly startedAt: Instant; readonly entries: number } | undefined
  >;
  /** Copies offices, rules and settings of the house into a log of its own. */
  readonly start: () => Promise<void>;
  readonly discard: () => Promise<boolean>;
  /** The desk of the exercise that runs now; absent where that id is no running exercise of this house. */
  readonly desk: (id: string) => Promise<Desk | undefined>;
}

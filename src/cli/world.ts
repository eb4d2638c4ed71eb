/**
 * The doors to the rooms that touch the world, as the command line needs them. `main.ts` opens them; a command that
 * only computes never does, so it starts without a database driver or a web server in memory.
 */
import type { FolderParts } from '#core/log';

export interface World {
  /** Runs the product until it is told to stop; returns the exit code. */
  readonly start: (options: StartOptions) => Promise<number>;
  /** Opens the store of `HUIYIN_DATA` or `DATABASE_URL` for one command. */
  readonly store: () => Promise<StoreCommands>;
  /** Reads a workbook or CSV in a worker with limits. */
  readonly readTable: (
    bytes: Uint8Array,
  ) => Promise<
    | { readonly headings: readonly string[]; readonly rows: readonly Readonly<Record<string, string>>[] }
    | { readonly fault: string }
  >;
}
export interface StartOptions {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly empty: boolean;
  readonly role: string;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
}
/** A log to be written as a folder, and what is said about it. */
export interface LogFiles extends FolderParts {
  readonly head: string;
  readonly entries: number;
  readonly erasedBodies: number;
}
/** A row before masking. Everything handed in is kept, whatever the words of concern say. */
export interface ImportedItem {
  readonly source: string;
  readonly origin: string;
  readonly ref?: string;
  readonly publishedAt?: number;
  readonly title: string;
  readonly text: string;
  readonly keeps: 'everything';
}
export interface StoreCommands {
  readonly institutions: () => Promise<readonly string[]>;
  readonly addInstitution: (institution: {
    readonly id: string;
    readonly titleZh: string;
    readonly titleEn: string;
  }) => Promise<void>;
  /** The log of one institution with a checkpoint signed over all of it, and the rulebooks it names. */
  readonly exportLog: (institution: string, caseId?: string) => Promise<LogFiles>;
  /** Who co-signs whose log. */
  readonly witness: (institution: string) => Promise<WitnessSettings>;
  /** The keys of one institution's log, those that still sign and those that did. */
  readonly keys: (institution: string) => Promise<readonly string[]>;
  /** Another key signs from now on; returns it. */
  readonly changeKey: (institution: string, kind: KeyKind) => Promise<string>;
  /** A new sealing key, and every secret of every institution sealed anew with it; or, without one, the old ones forgotten. */
  readonly changeSeal: () => Promise<{ readonly key: string; readonly sealed: number }>;
  readonly forgetOldSeals: () => Promise<number>;
  /** Takes a duty of the house from its holders; their staff codes. */
  readonly releaseDuty: (institution: string, duty: 'security' | 'audit') => Promise<readonly string[]>;
  readonly backup: () => Promise<ReadonlyMap<string, string>>;
  readonly isEmpty: () => Promise<boolean>;
  /** Fills an empty store from a backup's tables; all or nothing. */
  readonly restore: (tables: ReadonlyMap<string, string>, options: { readonly replace: boolean }) => Promise<void>;
  /** Masks, matches and keeps items once, as everything that comes in; the answer is in their order. */
  readonly takeIn: (
    institution: string,
    items: readonly ImportedItem[],
  ) => Promise<readonly { readonly id: string; readonly result: 'added' | 'copy' | 'known' | 'unmatched' }[]>;
  readonly importRun: (institution: string, digest: string) => Promise<boolean>;
  readonly putImportRun: (
    institution: string,
    run: {
      readonly digest: string;
      readonly fileName: string;
      readonly rows: number;
      readonly imported: number;
      readonly duplicates: number;
      readonly refused: number;
      readonly dropped: readonly string[];
    },
  ) => Promise<void>;
  readonly now: () => number;
  readonly close: () => Promise<void>;
}
export type KeyKind = 'log' | 'heartbeat' | 'witness';
export interface WitnessSettings {
  /** The key this institution co-signs with. */
  readonly own: string;
  /** The keys of its own log. */
  readonly keys: readonly string[];
  readonly trusts: readonly { readonly origin: string; readonly entries: number }[];
  readonly asks: readonly { readonly url: string; readonly key: string }[];
  readonly trust: (key: string) => Promise<void>;
  readonly ask: (witness: { readonly url: string; readonly key: string }) => Promise<void>;
}

/** Tables handed in: looked at, mapped, imported row by row. The file itself stays in memory and is never kept. */
import type { Instant } from '#core/calendar';
import type { BilingualText, Target } from '#watch';

export interface HeldTable {
  readonly key: string;
  readonly name: string;
  readonly rows: number;
  readonly headings: readonly string[];
  readonly mapping: Readonly<Record<string, Target>>;
  /** Columns that name a private person: they have no target. */
  readonly dropped: readonly string[];
  /** Whether such headings were mapped by somebody before. */
  readonly remembered: boolean;
  /** First rows, masked, without the dropped columns. */
  readonly sample: readonly Readonly<Record<string, string>>[];
  readonly problem?: string;
}
export interface ImportRun {
  readonly digest: string;
  readonly fileName: string;
  readonly rows: number;
  readonly doneRows: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly dropped: readonly string[];
  readonly masked: Readonly<Record<string, number>>;
  readonly refusals: readonly { readonly n: number; readonly reason: string }[];
  readonly state: 'running' | 'paused' | 'stopped' | 'done';
  readonly beganBy?: string;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** Rows a second of this process; absent where it does not run. */
  readonly perSecond?: number;
  /** Whether this process still has the table: otherwise the same file goes on where it stopped. */
  readonly inMemory: boolean;
}
export interface ImportPort {
  readonly hold: (name: string, bytes: Uint8Array) => Promise<HeldTable | { readonly problem: string }>;
  /** The same table under another mapping, for a look. */
  readonly held: (key: string, mapping?: Readonly<Record<string, Target>>) => Promise<HeldTable | undefined>;
  readonly begin: (
    key: string,
    how: { readonly mapping: Readonly<Record<string, Target>>; readonly origin: string; readonly by: string },
  ) => Promise<{ readonly digest: string; readonly known: boolean } | { readonly problem: BilingualText }>;
  readonly runs: (limit: number) => Promise<readonly ImportRun[]>;
  readonly run: (digest: string) => Promise<ImportRun | undefined>;
  readonly change: (digest: string, to: 'paused' | 'running' | 'stopped') => Promise<void>;
}

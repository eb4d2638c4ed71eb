/** What the pages of rotas need beside the log: shift patterns, swaps that are asked, which kind of source a feed belongs to. */
import type { Instant } from '#core/calendar';

export interface PatternShift {
  readonly name: string;
  /** "08:30" */
  readonly opens: string;
  readonly closes: string;
}
export interface RotaPattern {
  readonly rota: string;
  readonly unit: string;
  readonly shifts: readonly PatternShift[];
  /** Roles of the unit, in the order of their turn. */
  readonly offices: readonly string[];
  /** Between two shifts of one office. */
  readonly restHours: number;
}
export type SwapState = 'asked' | 'accepted' | 'declined' | 'withdrawn';
export interface ShiftSwap {
  readonly id: string;
  readonly rota: string;
  readonly unit: string;
  readonly role: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly with: string;
  readonly back?: { readonly from: Instant; readonly to: Instant };
  readonly askedAt: Instant;
  readonly state: SwapState;
  readonly settledAt?: Instant;
  readonly event?: string;
}
export interface RotaPort {
  readonly patterns: () => Promise<readonly RotaPattern[]>;
  readonly putPattern: (pattern: RotaPattern) => Promise<void>;
  /** The newest first. */
  readonly swaps: () => Promise<readonly ShiftSwap[]>;
  readonly askSwap: (swap: ShiftSwap) => Promise<void>;
  /** False when it was settled before. */
  readonly settleSwap: (
    id: string,
    to: { readonly state: Exclude<SwapState, 'asked'>; readonly at: Instant; readonly event?: string },
  ) => Promise<boolean>;
  /** Source → the kind of source, in the rulebook's words, that its reading covers. */
  readonly sourceKinds: () => Promise<Readonly<Record<string, string>>>;
  readonly putSourceKinds: (kinds: Readonly<Record<string, string>>) => Promise<void>;
}

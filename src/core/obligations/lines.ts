/** The lines a replay says: one object each, told apart by `line`; instants are texts here and nowhere else in this room. */

export type ObligationState = 'open' | 'late' | 'done' | 'done-late' | 'missed' | 'replaced' | 'lifted';
export interface ObligationLine {
  readonly line: 'obligation';
  readonly clause: string;
  readonly duty: string;
  readonly case?: string;
  readonly unit?: string;
  readonly role: string;
  readonly whole?: true;
  readonly startedAt: string;
  readonly bornAt: string;
  readonly dueAt: string | null;
  readonly dueOn?: string;
  readonly dueKind: 'instant' | 'date' | 'soft' | 'none';
  readonly dueBasis?: 'rule' | 'local' | 'gap-filled' | 'instruction';
  readonly term?: string;
  readonly state: ObligationState;
  readonly doneAt?: string;
  readonly lateBySeconds?: number;
  readonly lateByWorkingDays?: number;
  readonly elapsedSeconds: number;
  readonly cause?: 'late-discovery' | 'late-entry';
  readonly local?: {
    readonly targetSeconds?: number;
    readonly dueOn?: string;
    readonly state: 'inside' | 'over' | 'open';
    readonly label: 'local';
  };
  readonly recipients?: readonly { readonly to: string; readonly at?: string; readonly elapsedSeconds?: number }[];
  readonly rounds?: number;
  readonly standIn?: string;
  readonly explainedBy?: string;
  readonly replacedBy?: string;
  readonly missing?: readonly string[];
  readonly basis: readonly string[];
  readonly steps: readonly string[];
  readonly readings: readonly string[];
}
export interface RefusedLine {
  readonly line: 'refused';
  readonly refused: string;
  readonly event: string;
  readonly clause: string;
  readonly reason: string;
  readonly case?: string;
  readonly at: string;
  readonly missing: readonly string[];
  /** Entries that would have opened the gate, had they been there in time; shown beside the refusal, which stands. */
  readonly enteredLater?: readonly string[];
  /** The form that a refusal opens to be filled. */
  readonly opens?: string;
}
export interface GapLine {
  readonly line: 'gap';
  readonly gap: string;
  readonly clause: string;
  readonly unit?: string;
  readonly role?: string;
  readonly from?: string;
  readonly to?: string;
}
export interface QuotaLine {
  readonly line: 'quota';
  readonly quota: string;
  readonly clause: string;
  readonly unit?: string;
  readonly channel?: string;
  readonly from: string;
  readonly to: string;
  readonly soft: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly targets: Readonly<Record<string, number>>;
  readonly short?: Readonly<Record<string, number>>;
  readonly failed?: readonly string[];
  readonly state: 'open' | 'met' | 'breach' | 'soft-miss' | 'short';
  /** Own items that were taken back later; they count all the same. */
  readonly withdrawn?: readonly string[];
}
export interface ScoreLineItem {
  readonly clause: string;
  readonly n: number;
  readonly points: number;
  readonly basis: readonly string[];
}
export interface ScoreOutputLine {
  readonly line: 'score';
  readonly score: string;
  readonly clause: string;
  readonly unit: string;
  readonly year: number;
  readonly base: 'met' | 'missed' | 'none';
  readonly points: number;
  readonly lines: readonly ScoreLineItem[];
  readonly veto: boolean;
  readonly barred?: readonly string[];
  readonly unscored: readonly { readonly clause: string; readonly work: string }[];
}
export interface FormLine {
  readonly line: 'form';
  readonly form: string;
  readonly clause: string;
  readonly case?: string;
  readonly number?: string;
  readonly complete: boolean;
  readonly missing: readonly string[];
}
export interface StagesLine {
  readonly line: 'stages';
  readonly stages: string;
  readonly clause: string;
  readonly case?: string;
  readonly reached: readonly { readonly mark: string; readonly at: string; readonly event: string }[];
  readonly open: readonly string[];
  readonly skipped?: readonly { readonly mark: string; readonly reason: string }[];
}
export interface FlagLine {
  readonly line: 'flag';
  readonly flag: string;
  readonly lint?: string;
  readonly clause: string;
  readonly event?: string;
  readonly case?: string;
  readonly unit?: string;
  readonly missing?: readonly string[];
  readonly reason: string;
}
export interface LocalLine {
  readonly line: 'local';
  readonly local: 'interval' | 'target';
  readonly clause: string;
  readonly case?: string;
  readonly unit?: string;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly state: 'open' | 'done' | 'missed';
  readonly doneAt?: string;
}
export interface MeasureLine {
  readonly line: 'measure';
  readonly measure: string;
  readonly case: string;
  readonly unit?: string;
  readonly seconds: number;
  readonly from: string;
  readonly to: string;
}
export interface CountLine {
  readonly line: 'count';
  readonly count: string;
  readonly kind: string;
  readonly value: number;
  readonly of: readonly string[];
}
export interface AccountLine {
  readonly line: 'account';
  readonly account: string;
  readonly kind: string;
  readonly clause?: string;
  readonly case?: string;
  readonly unit?: string;
  readonly event?: string;
  readonly to?: readonly string[];
}
export interface DeclinedLine {
  readonly line: 'declined';
  readonly declined: string;
  readonly reason: string;
  readonly substitute: string;
  readonly case?: string;
  readonly event?: string;
}
export type Line =
  | ObligationLine
  | RefusedLine
  | GapLine
  | QuotaLine
  | ScoreOutputLine
  | FormLine
  | StagesLine
  | FlagLine
  | LocalLine
  | MeasureLine
  | CountLine
  | AccountLine
  | DeclinedLine;

/** One thing owed, before it is written down as a line: who, since when, until when, what met it, and why all that is so. */
import type { CivilDate, Instant } from '#core/calendar';
import type { Limit } from '#core/rulebook';
import type { Fact } from './facts.ts';
import type { ObligationState } from './lines.ts';

/** What started a duty: an event, or the moment another duty was done, late or missed. */
export interface Trigger {
  readonly at: Instant;
  readonly rec: Instant;
  readonly seq: number;
  readonly fact?: Fact;
  /** The duty whose state was the trigger. */
  readonly of?: Owed;
  readonly text: string;
}
/** The instant a limit is counted from, and where it was found. */
export interface AnchorValue {
  readonly name: string;
  readonly at: Instant;
  readonly from?: Fact;
  readonly note?: string;
  readonly readings: readonly string[];
}
export interface DueTime {
  readonly kind: 'instant' | 'date' | 'soft' | 'none';
  readonly at: Instant | null;
  readonly on?: CivilDate;
  readonly basis?: 'rule' | 'local' | 'gap-filled' | 'instruction';
  readonly term?: string;
  readonly steps: readonly string[];
  readonly readings: readonly string[];
}
/** The facts that met it, and when the last of them happened. */
export interface Met {
  readonly at: Instant;
  /** When all of it had been entered. */
  readonly rec: Instant;
  readonly facts: readonly Fact[];
}
export interface Recipient {
  readonly to: string;
  readonly at?: Instant;
}
export interface Owed {
  readonly clause: string;
  readonly name: string;
  readonly kind: 'duty' | 'approval' | 'form' | 'retention' | 'rota' | 'quota';
  readonly case: string | undefined;
  readonly unit: string | undefined;
  readonly role: string;
  readonly whole?: true;
  readonly trigger: Trigger | undefined;
  readonly anchor: AnchorValue;
  readonly bornAt: Instant;
  readonly due: DueTime;
  readonly limit: Limit;
  readonly state: ObligationState;
  readonly met?: Met;
  /** Everything in order, for a slot or loop that ended otherwise than by being met. */
  readonly endedAt?: Instant;
  readonly endedBy?: Fact;
  readonly lateAt?: Instant;
  readonly cause?: 'late-discovery' | 'late-entry';
  readonly local?: LocalTarget;
  readonly recipients?: readonly Recipient[];
  readonly rounds?: number;
  readonly standIn?: string;
  readonly explainedBy?: string;
  readonly replacedBy?: string;
  readonly missing?: readonly string[];
  /** Lateness of a whole row is that of its worst part: done late by so much, or late since then. */
  readonly lateParts?: { readonly doneMs: number; readonly since?: Instant };
  readonly wanted: readonly string[];
  readonly steps: readonly string[];
  readonly readings: readonly string[];
  readonly basis: readonly string[];
}
export interface LocalTarget {
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly dueOn?: CivilDate;
  readonly state: 'inside' | 'over' | 'open';
}
export const isDone = (owed: Owed): boolean => owed.state === 'done' || owed.state === 'done-late';
export const isLate = (owed: Owed): boolean => owed.state === 'late' || owed.state === 'done-late';
/** Undone, not ended, not past its due time. */
export const isOpen = (owed: Owed): boolean => owed.state === 'open';

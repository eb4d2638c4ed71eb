/** What an inspector keeps beside the log: whom he asked for a word before finding a fault, which dismissals he looked at. */
import type { Instant } from '#core/calendar';
import type { Office } from '#core/log';

export interface Hearing {
  /** The duty as the pages name it. */
  readonly duty: string;
  readonly unit: string;
  readonly clause: string;
  readonly case?: string;
  readonly by: Office;
  readonly askedAt: Instant;
  readonly answerBy: Instant;
}
export interface DismissalLook {
  readonly event: string;
  readonly by: Office;
  readonly at: Instant;
  readonly verdict: 'fine' | 'take-up';
  readonly note: string;
}
export interface InspectionPort {
  readonly hearings: () => Promise<readonly Hearing[]>;
  /** The first asking stands. */
  readonly ask: (hearing: Hearing) => Promise<void>;
  readonly looks: () => Promise<readonly DismissalLook[]>;
  readonly look: (look: DismissalLook) => Promise<void>;
}

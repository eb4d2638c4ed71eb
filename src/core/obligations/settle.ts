/**
 * What became of a duty by now: its phases, how its due time moved as things became known, whether it was met in time.
 * An anchor may move a due time earlier at any time, later only while the duty is neither met nor late (reading rule 3).
 */
import type { Instant } from '#core/calendar';
import { isPast } from './due.ts';
import type { Fact } from './facts.ts';
import type { ObligationState } from './lines.ts';
import type { AnchorValue, DueTime, Met } from './owed.ts';

/** A due time as it was known from some moment on. */
export interface KnownDue {
  readonly knownFrom: Instant;
  readonly anchor: AnchorValue;
  readonly due: DueTime;
}
export interface Settled {
  readonly anchor: AnchorValue;
  readonly due: DueTime;
  readonly state: ObligationState;
  readonly met?: Met;
  readonly endedAt?: Instant;
  readonly endedBy?: Fact;
  readonly lateAt?: Instant;
}

/** The due time that holds after everything that became known, in the order in which it did. */
export function settledDue(history: readonly [KnownDue, ...KnownDue[]], met: Met | undefined): KnownDue {
  let current = history[0];
  for (const next of history.slice(1)) {
    if (met && met.rec <= next.knownFrom) break;
    const [old, moved] = [current.due.at, next.due.at];
    if (old !== null && moved !== null && moved > old && isPast(current.due, next.knownFrom)) continue;
    current = next;
  }
  return current;
}

export interface Ending {
  readonly at: Instant;
  readonly by: Fact;
}

/** The state at `now`, given what met it and what ended it. What is done stays done; what was late before the end stays late. */
export function settle(current: KnownDue, met: Met | undefined, ended: Ending | undefined, now: Instant): Settled {
  const { anchor, due } = current;
  const base = { anchor, due };
  if (met && (ended === undefined || met.at <= ended.at)) {
    const late = isPast(due, met.at);
    return { ...base, met, state: late ? 'done-late' : 'done', ...(late && due.at !== null ? { lateAt: due.at } : {}) };
  }
  if (ended && !isPast(due, ended.at)) return { ...base, state: 'lifted', endedAt: ended.at, endedBy: ended.by };
  if (met) return { ...base, met, state: 'done-late', ...(due.at === null ? {} : { lateAt: due.at }) };
  if (isPast(due, now) && due.at !== null) return { ...base, state: 'late', lateAt: due.at };
  return { ...base, state: 'open' };
}

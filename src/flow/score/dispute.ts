/**
 * A unit contests a point; somebody decides, with a name and a reason. Points are never written: a decision that changes
 * them enters what was missing or puts another entry in the place of a wrong one, and the points follow from the log.
 */
export interface Entry {
  readonly id?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
/** What the decision enters: a new work, or one in the place of an entry that was wrong. */
export interface Correction {
  readonly type: 'coverage.entered' | 'award.entered' | 'praise.entered' | 'submission.entered' | 'adoption.entered';
  readonly data: Readonly<Record<string, unknown>>;
  /** The entry that was wrong; absent where one was missing. */
  readonly instead?: string;
}
export type DisputeCommand =
  | {
      readonly do: 'contest';
      readonly unit: string;
      readonly clause: string;
      readonly year: number;
      readonly reason: string;
    }
  | { readonly do: 'uphold'; readonly dispute: string; readonly reason: string }
  | { readonly do: 'change'; readonly dispute: string; readonly reason: string; readonly correction: Correction };
export type DisputeFault = 'no-reason' | 'no-correction';

export function decideDispute(
  command: DisputeCommand,
  ids: () => string,
): { readonly append: readonly Entry[] } | { readonly fault: DisputeFault } {
  const reason = command.reason.trim();
  if (reason === '') return { fault: 'no-reason' };
  switch (command.do) {
    case 'contest':
      return {
        append: [
          {
            type: 'score.disputed',
            data: { unit: command.unit, clause: command.clause, reason: `${command.year}: ${reason}` },
          },
        ],
      };
    case 'uphold':
      return { append: [{ type: 'score.settled', data: { dispute: command.dispute, outcome: 'upheld', reason } }] };
    case 'change': {
      const { correction } = command;
      if (Object.keys(correction.data).length === 0) return { fault: 'no-correction' };
      const id = ids();
      return {
        append: [
          { id, type: correction.type, data: correction.data },
          ...(correction.instead === undefined
            ? []
            : [{ type: 'entry.corrected', data: { entry: correction.instead, replacement: id, reason } }]),
          { type: 'score.settled', data: { dispute: command.dispute, outcome: 'changed', reason } },
        ],
      };
    }
  }
}

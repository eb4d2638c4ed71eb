/** A matter on its way between units: given or passed on, taken or sent back with a reason, and what was heard since. */
import type { HuiyinEvent } from '#core/log';

export type PassingState = 'waiting' | 'taken' | 'returned' | 'received';
export interface Passing {
  readonly id: string;
  readonly kind: 'assignment' | 'transfer';
  readonly to: string;
  /** `responsible`, `handling` … of an assignment; the form of a transfer. */
  readonly as?: string;
  readonly made: HuiyinEvent;
  readonly state: PassingState;
  /** The receiver's own entry. */
  readonly answer?: HuiyinEvent;
  readonly reason?: string;
  /** What the receiving unit has entered since: the progress feed. */
  readonly progress: readonly HuiyinEvent[];
}
const PROGRESS = new Set([
  'handling.entered',
  'handling.finished',
  'facts.verified',
  'measure.taken',
  'report.made',
  'reception.held',
  'arrival.recorded',
  'track.finished',
  'form.returned',
]);

/** Newest first. */
export function passingsIn(events: readonly HuiyinEvent[]): readonly Passing[] {
  return events
    .filter(e => e.type === 'assignment.made' || e.type === 'transfer.made')
    .map((made): Passing => {
      const kind = made.type === 'assignment.made' ? 'assignment' : 'transfer';
      const to = String(made.data['to']);
      const about = events.filter(e => e.data[kind] === made.id);
      const answer = about.findLast(e => /^(assignment\.(accepted|returned)|transfer\.received)$/.test(e.type));
      const progress = events.filter(
        e =>
          PROGRESS.has(e.type) &&
          Date.parse(e.at) >= Date.parse(made.at) &&
          (e.data['unit'] === to || e.by.unit === to || e.data['from'] === to),
      );
      const { as, form } = made.data;
      const word = kind === 'assignment' ? as : form;
      return {
        id: made.id,
        kind,
        to,
        ...(typeof word === 'string' ? { as: word } : {}),
        made,
        state: !answer
          ? 'waiting'
          : answer.type === 'assignment.accepted'
            ? 'taken'
            : answer.type === 'transfer.received'
              ? 'received'
              : 'returned',
        ...(answer ? { answer } : {}),
        ...(answer?.type === 'assignment.returned' ? { reason: String(answer.data['reason']) } : {}),
        progress,
      };
    })
    .toReversed();
}

export type PassCommand =
  | { readonly do: 'give'; readonly to: string; readonly as: string; readonly why: string }
  | {
      readonly do: 'pass';
      readonly to: string;
      readonly form: string;
      readonly number: string;
      readonly answerWanted: boolean;
      /** Also given as a task, so that it can be taken or sent back. */
      readonly task: boolean;
      readonly why: string;
    }
  | { readonly do: 'take' | 'back'; readonly id: string; readonly reason: string }
  /** A ruling on what was sent back: to whom it goes, and why. */
  | { readonly do: 'rule'; readonly id: string; readonly to: string; readonly reason: string };
export type PassFault = 'no-unit' | 'no-reason' | 'gone';
export interface PassEntry {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a command about passing a matter on adds to the log. */
export function decidePassing(
  command: PassCommand,
  events: readonly HuiyinEvent[],
): { readonly append: readonly PassEntry[] } | { readonly fault: PassFault } {
  const why = (text: string): { why?: string } => (text.trim() === '' ? {} : { why: text.trim() });
  switch (command.do) {
    case 'give':
      if (command.to === '') return { fault: 'no-unit' };
      return {
        append: [{ type: 'assignment.made', data: { to: command.to, as: command.as, ...why(command.why) } }],
      };
    case 'pass': {
      if (command.to === '') return { fault: 'no-unit' };
      const transfer = {
        type: 'transfer.made',
        data: {
          to: command.to,
          ...(command.form === '' ? {} : { form: command.form }),
          ...(command.number.trim() === '' ? {} : { number: command.number.trim() }),
          ...(command.answerWanted ? { answerWanted: true } : {}),
        },
      };
      const task = { type: 'assignment.made', data: { to: command.to, as: 'handling', ...why(command.why) } };
      return { append: command.task ? [transfer, task] : [transfer] };
    }
    case 'take':
    case 'back':
      return answerPassing(command, events);
    case 'rule': {
      const sent = passingsIn(events).find(p => p.id === command.id && p.state === 'returned');
      if (!sent) return { fault: 'gone' };
      if (command.to === '') return { fault: 'no-unit' };
      if (command.reason.trim() === '') return { fault: 'no-reason' };
      return {
        append: [
          {
            type: 'assignment.made',
            data: { to: command.to, as: sent.as ?? 'handling', why: command.reason.trim() },
          },
        ],
      };
    }
  }
}

/** One press takes or returns the task, and says that the sheet that came with it has arrived. */
function answerPassing(
  command: Extract<PassCommand, { do: 'take' | 'back' }>,
  events: readonly HuiyinEvent[],
): ReturnType<typeof decidePassing> {
  const all = passingsIn(events);
  const one = all.find(p => p.id === command.id && p.state === 'waiting');
  if (!one) return { fault: 'gone' };
  if (command.do === 'back' && command.reason.trim() === '') return { fault: 'no-reason' };
  const together = all.filter(p => p.state === 'waiting' && p.to === one.to && (p === one || p.kind !== one.kind));
  return {
    append: together.flatMap<PassEntry>(p =>
      p.kind === 'transfer'
        ? [{ type: 'transfer.received', data: { transfer: p.id, unit: p.to } }]
        : command.do === 'take'
          ? [{ type: 'assignment.accepted', data: { assignment: p.id, unit: p.to } }]
          : [{ type: 'assignment.returned', data: { assignment: p.id, unit: p.to, reason: command.reason.trim() } }],
    ),
  };
}

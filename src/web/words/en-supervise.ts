/** Supervision: what each unit still owes, how often it was reminded, how far each case has come. */
import type { Same } from './same.ts';
import type { zhSupervise } from './zh-supervise.ts';

export const enSupervise: Same<typeof zhSupervise> = {
  superviseTitle: 'Supervision',
  superviseSub:
    'What each unit still owes, the most urgent first. A reminder is recorded and told to the office that owes; it moves no deadline.',
  superviseAll: 'All units',
  superviseUnit: 'Unit',
  superviseNone: 'No unit owes anything',
  superviseNoneSays:
    'Everything with a deadline is done, and so is everything without one. You may look at the closed cases.',
  superviseTo: 'Cases',
  superviseOwes: (n: number) => (n === 1 ? '1 duty' : `${n} duties`),
  superviseLate: (n: number) => `${n} late`,
  remindNow: 'Remind',
  remindAgain: 'Remind again',
  reminded: (n: number, last: string) => (n === 1 ? `reminded once, ${last}` : `reminded ${n} times, last ${last}`),
  remindedFlash: (who: string) => `${who} was reminded; it is recorded.`,
  remindOwn: 'Your own office owes this: simply do it.',
  remindGone: 'This has been done: nobody needs to be reminded.',
  loopTitle: 'The loop of each case',
  loopSays: 'One box a step: filled is done, hollow is not yet, struck is not asked for by the rules.',
  loopSteps: {
    opened: 'Taken in',
    graded: 'Graded',
    assigned: 'Assigned',
    handled: 'Handled',
    answered: 'Answered',
    evaluated: 'Evaluated',
    archived: 'Archived',
    closed: 'Closed',
  },
  loopDone: 'done',
  loopNotYet: 'not yet',
  loopNotAsked: 'not asked',
  writeReason: 'Write why',
  reasonTitle: 'Say why in a sentence',
  reasonSays:
    'This one is past its deadline. Say why it was not done in time and how it was made good. It explains; it finds no fault: that takes a person and a finding of its own.',
  reasonPrivate: 'Leave out names, numbers and addresses of people concerned; they would be masked.',
  reasonSaved: 'The reason is recorded and stands with this duty.',
  reasonGiven: (when: string) => `reason written ${when}`,
  reasonText: 'Reason',
};

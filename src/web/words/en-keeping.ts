/** Words about how long cases are kept. */
import type { Same } from './same.ts';
import type { zhKeeping } from './zh-keeping.ts';

export const enKeeping: Same<typeof zhKeeping> = {
  wordsErased: (on: string) =>
    `Title, words and link were deleted on ${on}, when their time was over. When and where it was seen and what was done about it is still here.`,
  wordsErasedWithCase: (on: string) =>
    `Title, words and link were destroyed with the case on ${on}. When and where it was seen and what was done about it is still here.`,
  titleErased: '(words deleted on their date)',
  searchErased: (before: string) =>
    `Words of items before ${before} of which no case was made have been deleted on their date; they cannot be searched.`,
  keepingTitle: 'Keeping of cases',
  keepingSub: (years: number, says: string) =>
    `Kept ${years} years after closing (${says}). Then the contents are erased; that they were stays on record for ever, and the log still verifies.`,
  keepingUsual: 'the regulation is silent: the term of ordinary files',
  keepingNone: 'No case has been closed yet',
  keepingNoneSays: 'Once a case is closed, the day until which it is kept stands here.',
  keepingNoneTo: 'To the cases',
  keepingCase: 'Case',
  keepingClosed: 'Closed',
  keepingUntil: 'Kept until',
  keepingState: 'State',
  keepingOn: 'kept',
  keepingDue: 'term over',
  keepingErased: (n: number) => `${n} contents erased`,
  keepingWhy: 'Authority for erasing (number of the approval, opinion)',
  keepingErase: 'Erase contents',
  keepingSure:
    'I have checked: the volume is with the archive, or need not be kept. What is erased cannot be read again.',
  keepingSureNeeded: 'Nothing erased: give the authority and tick that you have checked.',
  keepingNotDue: 'Nothing erased: its term is not over, or it has been erased already.',
  keepingDone: (n: number) => `${n} contents erased, each with an entry of its own`,
};

/** What the default readings say, in one sentence each; a rulebook's own notes stand beside them. */
import type { Rulebook } from '#core/rulebook';

export const DEFAULT_READINGS: Readonly<Record<string, string>> = {
  'DR-1': 'One time zone, Asia/Shanghai; every event has its own time and the time it was entered.',
  'DR-2': 'Hours and minutes run on the clock without pause; done at the due instant is on time.',
  'DR-3': 'Same day ends at 24:00 of the anchor date.',
  'DR-4':
    'Days are calendar days; the anchor date is not counted; rest days do not move the end unless the switch says so.',
  'DR-5': 'Working days end at close of business of the last one; the anchor date is not counted; make-up days count.',
  'DR-6': 'A limit runs from the event its clause names; where it names none, from its trigger.',
  'DR-7': 'A limit runs from an older incident or item all the same; it may be born late, and is due at once.',
  'DR-8':
    'After a raise a limit runs from the later of the first public item and the time the criteria were met, or from the decision; never later than what was owed already.',
  'DR-9': 'A lowered grade ends what is not yet due; what is late stays late.',
  'DR-10': 'Several units owe one each, from their own anchor; the case is done with the last.',
  'DR-11': 'Words without a figure give no due time; the time taken is measured.',
  'DR-12': 'Daily means all seven days.',
  'DR-13': 'Within and not fewer than include the figure itself.',
  'DR-14': 'A rest day is a holiday or a weekend day that was not made a working day.',
  'DR-15': 'A year is a calendar year.',
  'DR-16': 'An approval holds for one exact text; any change leaves it behind.',
  'DR-17': 'The rulebook in force at the trigger governs the duty.',
  'HC-05': 'The approvals of a reply must be finished inside the same limit as the reply.',
  'HC-06':
    'Handling is complete with its published reply or the entry that the matter is finished, whichever is later.',
  'HC-13': 'The longest gap runs from the last update to 24:00 of the last date allowed.',
  'HC-42':
    'The opinion occurs with its first public item; an older item that joins later moves it back and makes nothing late that was met.',
  'HC-53': 'A missing time of publication falls back to discovery.',
  'HC-54': "Discovery is the earliest finding of the institution; for a unit, that unit's earliest.",
};

export interface ReadingText {
  readonly id: string;
  readonly text: string;
  readonly decidedBy: string;
}

/** A reading in words, and who settled it: the rulebook's note where one speaks of it, else the default of the product. */
export function readingText(rulebook: Rulebook, id: string): ReadingText {
  for (const rule of rulebook.rules) {
    if (rule.kind !== 'note') continue;
    const named =
      id === `note ${rule.clauses[0] ?? ''}` ||
      `${rule.reading} ${rule.question}`.match(/\b(?:DR|HC)-\d+\b/g)?.includes(id);
    if (named) return { id, text: rule.reading, decidedBy: rule.decidedBy };
  }
  const [name, value] = id.split(': ');
  if (value !== undefined) {
    const note = rulebook.rules.find(r => r.kind === 'note' && r.switch === name);
    return {
      id,
      text: `of the readings of ${name ?? ''}, "${value}" was chosen`,
      decidedBy: note?.kind === 'note' ? note.decidedBy : 'default',
    };
  }
  return { id, text: DEFAULT_READINGS[id] ?? 'a reading of the clause table', decidedBy: 'default' };
}

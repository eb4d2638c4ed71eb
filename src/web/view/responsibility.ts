/** Which unit answers for which matter: the regulation's own seats first, then the institution's list of words. */
import type { Responsibility } from '../ports.ts';
import type { Hall } from '../state.ts';

export interface SeatLine {
  readonly clause: string;
  /** A unit, a role of the body that seats it, or `each section` and the like. */
  readonly owner: string;
  /** Subjects as the rulebook words them; `own-field` = whatever lies in the owner's own field. */
  readonly subjects: readonly string[];
}
/** What the rulebook says of who leads which work. */
export const seatLines = (hall: Hall): readonly SeatLine[] =>
  hall.rulebook.rules.flatMap(r =>
    r.kind === 'seats' && r.responsibleFor
      ? Object.entries(r.responsibleFor).map(([owner, subjects]) => ({
          clause: r.clauses[0] ?? '',
          owner,
          subjects: subjects === 'own-field' ? ['own-field'] : subjects,
        }))
      : [],
  );

/** Words of a line as they were typed, one by one. */
export const wordsOf = (line: Responsibility): readonly string[] =>
  line.words
    .split(/[\s、,，;；]+/)
    .map(word => word.trim())
    .filter(word => word !== '');

export interface Answering {
  readonly line: Responsibility;
  /** The words that stood in the text. */
  readonly hits: readonly string[];
}
/** The unit that answers for a text by the list; the line with the most words wins, then the earlier one. */
export function answersFor(map: readonly Responsibility[], text: string): Answering | undefined {
  const found = map
    .map(line => ({ line, hits: wordsOf(line).filter(word => text.includes(word)) }))
    .filter(a => a.hits.length > 0);
  return found.toSorted((a, b) => b.hits.length - a.hits.length)[0];
}

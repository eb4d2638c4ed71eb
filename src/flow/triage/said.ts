/**
 * What looks like a person's name and is none (a place, a shop) may stand in a rule once its author has said what it is; who
 * switches the rule on sees it. What looks like a name is decided where rules are read (`#core/text`), here and nowhere else
 * is it lifted: never for numbers, accounts or forms of address.
 */
import { A_NAME, personalTerm } from '#core/text';

export interface Said {
  readonly term: string;
  /** What its author says the term is. */
  readonly is: string;
}
export const KINDS_OF_TERM = ['place', 'institution', 'shop', 'matter', 'event'] as const;
/** Terms that may stand in a rule because their author has said what they are. */
export const explained = (said: readonly Said[]): readonly string[] =>
  said
    .filter(s => KINDS_OF_TERM.includes(s.is as (typeof KINDS_OF_TERM)[number]) && personalTerm(s.term) === A_NAME)
    .map(s => s.term);

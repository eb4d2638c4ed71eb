/** One block to one rule, kind by kind. Every value is read by the small readers; what fails becomes a problem at its place. */
import { type Get, type Reader } from './block.ts';
import { COUNT_READERS } from './read-counts.ts';
import { DUTY_READERS } from './read-duties.ts';
import { PAPER_READERS } from './read-papers.ts';
import { readNeeds, readParties, readParty } from './read-party.ts';
import type * as R from './types.ts';

/** `terms` are read before all others: read-terms.ts. */
const READERS: Readonly<Record<Exclude<R.RuleKind, 'terms'>, Reader>> = {
  ...DUTY_READERS,
  ...PAPER_READERS,
  ...COUNT_READERS,
};

/** The rule of a block, or undefined where a required part is missing or faulty. `base` holds place and clauses. */
export function readRule(kind: R.RuleKind, base: R.RuleBase, get: Get, terms: R.Terms): R.Rule | undefined {
  if (kind === 'terms') return undefined;
  return READERS[kind]({
    base,
    get,
    terms,
    party: v => readParty(v, terms),
    each: v => readParty(v, terms, 'each'),
    parties: v => readParties(v, terms),
    needs: v => readNeeds(v, terms),
  });
}

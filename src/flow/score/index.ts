/** Evaluation by the regulation's own points: sheets of a year, disputes, ledgers. Units and promptness, never people who spoke. */
export { type Correction, decideDispute, type DisputeCommand, type DisputeFault } from './dispute.ts';
export type { Ignored } from './fairness.ts';
export {
  type ExplainedQuota,
  type ExplainedScore,
  ownerOf,
  type Promptness,
  readYear,
  scoredUnits,
  type Sheet,
  sheetOf,
  type Year,
} from './sheet.ts';

/** Evaluation by the regulation's own points: sheets of a year, disputes, ledgers. Units and promptness, never people who spoke. */
export { type Correction, decideDispute, type DisputeCommand, type DisputeFault } from './dispute.ts';
export { type Commitment, commitmentsIn } from './commitments.ts';
export type { Ignored } from './fairness.ts';
export {
  importLedger,
  type ImportedRow,
  type ImportWords,
  isIdentity,
  type RowFault,
  targetsOf,
} from './ledger-import.ts';
export {
  type CellKind,
  type Column,
  type Ledger,
  type LedgerKey,
  ledgerOf,
  type LedgerRow,
  ledgerRows,
  LEDGERS,
  todayOf,
} from './ledgers.ts';
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

/** Who owes what by when. */
export { prepareBook, type Book } from './book.ts';
export type * from './lines.ts';
export { inLineOrder } from './order.ts';
export { linesOf, obligations } from './obligations.ts';
export { replay, type Replay } from './replay.ts';
export type { LocalValue, Setup, SetupChannel, SetupRole, SetupUnit } from './setup.ts';
export { localSpans } from './setup-local.ts';
export { readSetup, type SetupFault, type SetupRead } from './setup-read.ts';
export { why, type Question, type WhyAnswer, type WhyNot } from './why.ts';
export { nextTurn, nextWake, turnsAt } from './next-wake.ts';
export { board, urgencyOf, type BoardOptions, type Desk, type Urgency } from './board.ts';
export { compareLines, type Change, type ChangeSummary } from './compare.ts';
export {
  allowanceText,
  planBackwards,
  readAllowance,
  sameKind,
  workingOrder,
  type Allowance,
  type Plan,
  type PlannedStep,
  type PlanStep,
} from './plan.ts';
export { chainOfClause } from './plan-chain.ts';
export { limitText } from './limit-text.ts';
export { DEFAULT_READINGS, readingText } from './readings-text.ts';
export { evaluateCase, type CaseResult, type InstitutionContext } from './evaluate-case.ts';
export { type Dispute, disputesOf } from './disputes.ts';
export { explainScore, type Explained } from './score-explain.ts';
export { openLive, type Live, type Turned } from './live.ts';
export { dutyIndex, type DutyIndex, type OpenDuty, type Standing, type Whose } from './duty-index.ts';
export { safePath, type SafePath, type SafeStep } from './safe-moment.ts';
export type { CaseLines } from './obligations.ts';
export type { Owed } from './owed.ts';
export { formContents, type FormContent } from './form-contents.ts';
export { escalationChain, officesOf } from './escalation.ts';
export { presenceOf, type Presence, type StandIn } from './presence.ts';
export { coveredHours, holesIn, isRosterOf, type Shift, type Span } from './roster.ts';

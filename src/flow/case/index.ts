/** A case with duties, roles and deadlines: facts entered by the offices that act. */
export { openCase, type Opening, type OpeningFault, OPENINGS } from './opening.ts';
export { readFields, type FieldFault, type FieldRead, type Sent } from './fields.ts';
export {
  type Ask,
  type AskAnswer,
  answerOrder,
  BUILT_IN_READING,
  DECLINED_ACTS,
  declinedFor,
  decliningClauses,
  DOABLE_ACTS,
  isDeclined,
  type Order,
  type OrderFault,
  ordersIn,
  speaksOf,
} from './orders.ts';
export {
  decidePassing,
  type PassCommand,
  type PassFault,
  type Passing,
  type PassingState,
  passingsIn,
} from './passing.ts';
export {
  evaluationHeads,
  nextRound,
  type PlannedEvent,
  pressEvents,
  reportSeries,
  type ReportStep,
  satisfactionRounds,
} from './rounds.ts';
export { dutyKeyOf, hasJustEnded, isOpen, momentsOf } from './moments.ts';
export {
  type ChannelSetting,
  type Moment,
  nextStepAt,
  NO_NOTICES,
  type NoticeSettings,
  type QuietHours,
  quietUntil,
  remind,
  type Told,
  whenToTell,
} from './remind.ts';

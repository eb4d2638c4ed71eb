export type * from './types.ts';
export {
  ACTS,
  EVENT_TYPES,
  REFERENCES,
  VOCABULARY,
  isAct,
  type EventShape,
  type EventType,
  type FieldShape,
} from './vocabulary.ts';
export { asksForIdentity, identityIn } from './identity.ts';
export { didYouMean, nearestNames } from './nearest.ts';
export { checkInstant, type Fault } from './check-value.ts';
export { checkEvent, validateEvents, type KnownNames, type LogProblem, type LogRead } from './validate.ts';

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
export { bodyOf, canonicalJson } from './canonical.ts';
export { type Bytes, fromHex, readHash, sha256, showHash, toHex } from './digest.ts';
export { bodyDigest, leafHash, type LeafParts, NO_RULEBOOK } from './leaf.ts';
export { appendLeaf, EMPTY_TREE, rootOf, type TreeState } from './tree.ts';
export { type ExportFiles, verifyExport, type Verdict } from './verify/index.ts';

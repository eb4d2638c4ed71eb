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
export { bodyDigest, leafBytes, leafHash, type LeafParts, NO_RULEBOOK } from './leaf.ts';
export { appendLeaf, EMPTY_TREE, rootOf, type TreeState } from './tree.ts';
export { isSignature, publicKeyOf, SEED_LENGTH, signBytes } from './ed25519.ts';
export {
  cosign,
  isKeyName,
  KEY_TYPE,
  keyOf,
  type NoteKey,
  type OpenedNote,
  openNote,
  readKey,
  showKey,
  type Signer,
  signNote,
} from './note.ts';
export { type Checkpoint, readCheckpoint, showCheckpoint } from './checkpoint.ts';
export { isConsistent, type PerfectRange, proveConsistency, proveInclusion, rangesOf } from './prove.ts';
export { bundleBytes, tileBytes, type TileName, tilePath, tilesOf } from './tile.ts';
export { type ProofExtra, showProof } from './tlog-proof.ts';
export { type Heartbeat, showHeartbeat } from './heartbeat.ts';
export { type FolderParts, folderOf } from './folder.ts';
export {
  type Break,
  type ExportFiles,
  exportOf,
  type JudgedProof,
  type OtherFiles,
  readLines,
  verifyExport,
  verifyProof,
  type Verdict,
} from './verify/index.ts';

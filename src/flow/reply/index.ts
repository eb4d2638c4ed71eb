/** A named, approved, public answer: texts and their wordings, who signs, what changed, what goes into the log. */
export { type Chain, type ChainStep, signState, type SignState } from './chain.ts';
export { decideReply, normaliseText, type ReplyCommand, type ReplyFault } from './decide.ts';
export { diffTexts, type Diff, type Piece } from './diff.ts';
export { documentsIn, type ReplyDocument, textsOf, titleAndBody, type Version, versionOf } from './versions.ts';

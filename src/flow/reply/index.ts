/** A named, approved, public answer: texts and their wordings, who signs, what changed, what goes into the log. */
export { type Chain, type ChainStep, signState, type SignState } from './chain.ts';
export { TAKE_BACK_MS } from './after-draft.ts';
export { decideReply, normaliseText, NOTICE_FORMS, type ReplyCommand, type ReplyFault } from './decide.ts';
export { diffTexts, type Diff, type Piece } from './diff.ts';
export { documentsIn, type ReplyDocument, textsOf, titleAndBody, type Version, versionOf } from './versions.ts';
export { foundOnPage, type FoundParagraph, type OnPage } from './on-page.ts';
export { paragraphOf, secrecyRule, standingOf, type Standing, wantsHandOver } from './standing.ts';

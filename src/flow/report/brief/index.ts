/** Briefs: drafted from the log, put into words, signed, numbered and issued. */
export { type Brief, type BriefCommand, type BriefFault, briefsIn, decideBrief } from './decide.ts';
export { annexHash, type DraftedBrief, draftBrief, NEXT, OPENING, type OwnWords } from './draft.ts';
export { type Figure, figuresOf } from './figures.ts';
export {
  BRIEF_KINDS,
  BRIEF_TITLES,
  type BriefKey,
  type BriefKind,
  documentOf,
  formOf,
  lastSpan,
  ofCase,
  readDocument,
  saySpan,
  spanAround,
} from './kinds.ts';
export type { BriefCase, BriefMaterial, SourceState } from './material.ts';
export { briefPaper } from './paper.ts';
export { changesOf, readText, sectionOf, type TextChange, writeText } from './text.ts';

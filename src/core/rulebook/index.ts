/** The regulation, read. */
export { CODES, type Code } from './codes.ts';
export { KEYWORDS, KIND_ZH, KINDS, ABOUT_THE_TEXT, VALUE_WORDS, UNIT_WORDS } from './keywords.ts';
export { cells, makeProblem, printProblem } from './problem.ts';
export { readRulebook, type RulebookFile } from './read.ts';
export type * from './types.ts';
export { checkRulebook, type CheckOptions, type Coverage, coverageOf, type KnownEvents } from './check.ts';
export { chineseNumber, figuresIn } from './check-figures.ts';
export { gapsOf, openQuestions, type Question } from './questions.ts';

/** From items to findings worth a case: what matched, what it looks like, what a person decides. */
export {
  type About,
  type Decided,
  decideTriage,
  type JoinFault,
  joinStories,
  splitStory,
  type TriageCommand,
  type TriageFault,
  undoTriage,
} from './decide.ts';
export { DISMISSALS, proposeMatter, type Proposed, proposeUnit } from './propose.ts';
export { runsOf, type Run } from './highlight.ts';
export { resembling } from './resemble.ts';
export { type Difference, differenceOf, groupDifferences, isSame } from './differences.ts';
export {
  faultsOfSettings,
  readTriageSettings,
  type SettingsFault,
  TRIAGE_DEFAULTS,
  type TriageSettings,
} from './settings.ts';
export {
  type Known as KnownPlace,
  type Lane,
  makeStream,
  type Placed,
  remembered,
  sideOf,
  type Stream,
  WINDOW_CHARACTERS,
} from './stream.ts';
export { explained, KINDS_OF_TERM, type Said } from './said.ts';
export { type Labelled, LEAST_LABELLED, type Trained, trainRouting, weightsOf } from './routing.ts';
export { type LabelledItem, type Trial, type TrialItem, tryRule } from './trial.ts';
export { drawSample, recallOf } from './recall.ts';
export {
  type Counted,
  GRADING_COUNTS,
  type LocalGrading,
  proposeGrade,
  type Proposal as ProposedGrade,
  readGrading,
  sayGrading,
} from './grade.ts';

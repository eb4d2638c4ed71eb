/** Words: matching, sameness, stories, routing. Everything here takes strings and numbers. */
export { fold } from './fold.ts';
export { type Expression, ExpressionFault, type Field, readExpression, show as showExpression } from './expression.ts';
export { compileRules, type CompiledRules, readRules, type RuleFault, type RuleSource } from './rules.ts';
export { type Hits, makeHits, makeScanner, type Scanner } from './scan.ts';
export { type Item, makeMatcher, type MatchCertificate, type MatchResult, type Span } from './match.ts';
export { appendFolded, comparable, makeFolded, shingles, similarity } from './comparable.ts';
export { A_NAME, AN_ADDRESS, personalTerm } from './personal.ts';
export { makeFolder, SAME_DEFAULTS, type Sameness, type SameOptions, SHORTEST_NEAR } from './same.ts';
export { type Join, makeStories, type Placement, type Stories, STORY_DEFAULTS, type StoryOptions } from './story.ts';
export { makeRouter, type Message, type Proposal, type RouteModel, trainRoute } from './route.ts';
export { makeSimilar, type Pair, type SimilarModel, type SimilarTask, trainSimilar } from './similar.ts';
export {
  faultOfFormula,
  type Heat,
  HEAT_DEFAULTS,
  heatAt,
  heatCurve,
  type HeatFormula,
  type HeatPart,
  hottest,
  type Sighting,
} from './heat.ts';
export {
  type BaselineName,
  BASELINES,
  type Gap,
  type Spike,
  SPIKE_DEFAULTS,
  type SpikeOptions,
  spikesAt,
} from './spikes.ts';
export {
  type Asked,
  type Growing,
  GROWING,
  growingNear,
  type Nearness,
  type Recurring,
  recurringQuestions,
  type Unfiltered,
} from './recurring.ts';
export { holdsAll, pairsOf, readSought, snippet, type Sought, type Stretch } from './search.ts';

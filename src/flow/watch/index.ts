/** Public media and complaints come in. */
export {
  type HotlineRow,
  type MappedColumns,
  type Mapping,
  mapColumns,
  mappingProblem,
  readRow,
  readTime,
  isIdentityHeading,
  type Target,
  TARGETS,
} from './hotline-mapping.ts';
export { type Masked, maskText } from './masking.ts';
export { maskItem, type MaskedItem } from './mask-item.ts';
export { PRIVATE_PAGES, privatePage, type RefusedShape } from './private-pages.ts';
export { isCollected } from './source-kind.ts';
export type {
  BilingualText,
  ReadItem,
  SettingProblem,
  SourceKind,
  SourceReading,
  SourceRequest,
  SourceResponse,
  SourceSetting,
  SourceSettings,
  SourceState,
  SourceWay,
} from './source-kind.ts';
export { type Proposal, proposalsOf, sitemapsIn } from './discover.ts';
export { type Outline, readOpml, writeOpml } from './opml.ts';
export { type Organisation, organisationOf, readOrganisations } from './sources/mailbox/source.ts';
export { itemOfRow } from './sources/hotline-file/source.ts';
export { readPushed } from './sources/push/source.ts';
export { judgeSource, SOURCE_KINDS, sourceKind } from './sources/index.ts';
export { charsetInHeader, type Decoded, decode } from './charset.ts';
export { CHINA_MINUTES, readDate } from './dates.ts';
export { type DateInWords, findDateWords, readDateWords } from './date-words.ts';
export { plainText } from './plain-text.ts';
export { type Feed, type FeedItem, readFeed } from './sources/rss/feed.ts';
export { FeedRefused } from './sources/rss/xml.ts';
export { mayFetch } from './robots.ts';
export { extractPage, type Page, PageRefused } from './page/extract.ts';
export { rotaFeed, type RotaEntry } from './rota-feed.ts';
export { judgeOwnItem, publishedUrls, type SeenItem, type SignedText, signedTexts } from './own-channel.ts';
export { hindrance, hoursOf, isNight, type PlannedShift, planRota } from './rota-plan.ts';
export { afterBody, conditions, VALIDATOR_NAMES, type Validators } from './collect/answer.ts';
export { errorPageProblem } from './collect/error-page.ts';
export { longestBetween, nextAfterFailure, nextAfterSuccess, type Pace, PACE_MS, paceNow } from './collect/pace.ts';
export { afterRobots, isFresh, type RobotsAnswer, type RobotsFile, robotsProblem } from './collect/robots-state.ts';
export {
  type Ailment,
  ailmentOf,
  baselineOf,
  goesOn,
  type Outcome,
  type Span,
  type Stretch,
  stretches,
  unreadMs,
} from './collect/silence.ts';
export { confidenceOf, type DateConfidence, isAhead, type KnownDates } from './collect/dates-of.ts';
export { freshOf } from './collect/seen.ts';
export {
  compareLooks,
  isGone,
  keepsBytes,
  type Look,
  LOOKS,
  looksOf,
  type SeenPage,
  sideBySide,
} from './collect/looks.ts';

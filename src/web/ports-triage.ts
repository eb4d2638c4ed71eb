/** What the pages need of triage: stories and their items, what was passed over, rules in versions, misses, routing. */
import type { Instant } from '#core/calendar';
import type { MatchCertificate, RouteModel } from '#core/text';
import type { TriageSettings } from '#triage';

export type StoryLane = 'public' | 'hotline' | 'passed';
export type StoryTab = 'new' | 'taken' | 'dismissed';
export type SameKind = 'first' | 'exact' | 'near' | 'update';
export interface Story {
  readonly id: string;
  readonly lane: StoryLane;
  readonly title: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Place of its newest item in the order of intake. */
  readonly n: number;
  readonly originals: number;
  readonly copies: number;
  /** Items on which nobody has decided yet. */
  readonly fresh: number;
  readonly caseId?: string;
}
export interface StoryItem {
  readonly id: string;
  readonly n: number;
  readonly lane: StoryLane;
  readonly origin: string;
  readonly sourceKey: string;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly url?: string;
  readonly publishedAt?: Instant;
  readonly seenAt: Instant;
  readonly title: string;
  readonly text: string;
  readonly matched: readonly MatchCertificate[];
  readonly state: 'new' | 'in-case' | 'dismissed' | 'folded';
  readonly caseId?: string;
  readonly eventId?: string;
  /** When its words were deleted; title and text are empty since. */
  readonly erasedAt?: Instant;
  readonly story?: string;
  readonly sameOf?: string;
  readonly sameKind: SameKind;
  readonly likeness: number;
}
export interface StorySighting {
  readonly story: string;
  readonly at: Instant;
  readonly kind: SameKind;
  readonly outlet?: string;
  readonly outletKind?: string;
}
export interface PassedItem {
  readonly id: string;
  readonly seenAt: Instant;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly region?: string;
  readonly url?: string;
  readonly publishedAt?: Instant;
  readonly title: string;
  readonly text: string;
  readonly story: string;
  readonly kind: SameKind;
}
/** What somebody did with a story: taken back within half a minute. */
export interface TriageAct {
  readonly id: string;
  readonly at: Instant;
  readonly staffCode: string;
  readonly what: 'open' | 'join' | 'dismiss' | 'merge' | 'split' | 'undo';
  readonly story: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly undoneAt?: Instant;
}
/** A time in which a source could not be read. */
export interface SourceGap {
  readonly source: string;
  readonly title: string;
  readonly from: Instant;
  readonly to: Instant;
  /** It cannot be read now. */
  readonly open: boolean;
}
export interface SourceNote {
  readonly key: string;
  readonly title: string;
  readonly lastReadAt?: Instant;
}
export interface RuleVersion {
  readonly rule: string;
  readonly version: number;
  readonly title: string;
  readonly body: unknown;
  /** The unit that is proposed for what it hits. */
  readonly unit?: string;
  readonly note: string;
  /** Terms that look like a person's name, and what the author says they are. */
  readonly said: readonly { readonly term: string; readonly is: string }[];
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly triedAt?: Instant;
  readonly trial?: unknown;
  readonly onBy?: string;
  readonly onAt?: Instant;
  readonly offBy?: string;
  readonly offAt?: Instant;
  /** How many items that had gone by it brought in when it was switched on. */
  readonly takenIn?: number;
}
export interface Miss {
  readonly id: string;
  readonly foundAt: Instant;
  readonly how: 'phone' | 'superior' | 'growing' | 'drill' | 'other';
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly rule?: string;
  readonly why: string;
  readonly passedItem?: string;
  readonly enteredBy: string;
}
export interface DrillItem {
  readonly item: string;
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly verdict?: 'ours' | 'not-ours';
  readonly saidBy?: string;
  readonly saidAt?: Instant;
}
export interface DrillMonth {
  readonly month: string;
  readonly items: number;
  readonly said: number;
  readonly ours: number;
}
export interface TriagePort {
  readonly settings: () => Promise<TriageSettings>;
  readonly saveSettings: (settings: TriageSettings) => Promise<void>;
  readonly head: () => Promise<number>;
  readonly stories: (query: {
    readonly tab: StoryTab;
    readonly from?: Instant;
    readonly limit: number;
  }) => Promise<readonly Story[]>;
  readonly count: () => Promise<{ readonly fresh: number; readonly findings: number }>;
  /** By its id, or by that of an item in it; a joined story leads to the one it went into. */
  readonly story: (id: string) => Promise<Story | undefined>;
  readonly items: (story: string, limit: number) => Promise<readonly StoryItem[]>;
  readonly sightings: (stories: readonly string[], from: Instant) => Promise<readonly StorySighting[]>;
  readonly byOrigin: (stories: readonly string[]) => Promise<
    readonly {
      readonly story: string;
      readonly origin: string;
      readonly outletKind?: string;
      readonly n: number;
    }[]
  >;
  readonly topicsOf: (
    stories: readonly string[],
  ) => Promise<readonly { readonly story: string; readonly rule: string }[]>;
  readonly topicCounts: (
    from: Instant,
    to: Instant,
  ) => Promise<readonly { readonly topic: string; readonly day: string; readonly n: number }[]>;
  /** Sources that are read, and when they could not be. */
  readonly silence: (
    from: Instant,
    to: Instant,
  ) => Promise<{ readonly sources: readonly SourceNote[]; readonly gaps: readonly SourceGap[] }>;
  /** Looks at the pages of items: how often, how often they had changed, whether the last found none. */
  readonly evidenceOf: (
    items: readonly string[],
  ) => Promise<
    readonly { readonly finding: string; readonly looks: number; readonly changed: number; readonly gone: boolean }[]
  >;
  readonly settle: (
    items: readonly string[],
    to: {
      readonly state: StoryItem['state'];
      readonly caseId?: string;
      readonly events?: Readonly<Record<string, string>>;
    },
  ) => Promise<void>;
  /** Copies of what is in a case are told to the log. */
  readonly tellFolds: () => Promise<void>;
  readonly merge: (story: string, into: string) => Promise<readonly string[]>;
  readonly move: (items: readonly string[], from: string, to: string) => Promise<void>;
  readonly acts: (since: Instant) => Promise<readonly TriageAct[]>;
  readonly putAct: (act: TriageAct) => Promise<void>;
  readonly passed: (from: Instant, limit: number) => Promise<readonly PassedItem[]>;
  readonly passedOf: (ids: readonly string[]) => Promise<readonly PassedItem[]>;
  readonly findPassed: (id: string) => Promise<boolean>;
  readonly recent: (from: Instant, limit: number) => Promise<readonly StoryItem[]>;
  readonly ruleVersions: () => Promise<readonly RuleVersion[]>;
  readonly addRuleVersion: (version: Omit<RuleVersion, 'version'>) => Promise<number>;
  readonly tried: (rule: string, version: number, at: Instant, trial: unknown) => Promise<void>;
  /** False where it was not tried, or where its own author asks. */
  readonly switchOn: (rule: string, version: number, by: string, at: Instant) => Promise<boolean>;
  /** What went by within its days and is hit by the rule that was just switched on is taken in; how much that was. */
  readonly takeInHeld: (rule: string) => Promise<number>;
  readonly switchOff: (rule: string, by: string, at: Instant) => Promise<void>;
  /** Takes a switching off back, by the hand that did it; false where another version is on by now. */
  readonly switchBack: (rule: string, version: number, by: string) => Promise<boolean>;
  readonly misses: () => Promise<readonly Miss[]>;
  readonly addMiss: (miss: Miss) => Promise<void>;
  readonly drill: (month: string) => Promise<readonly DrillItem[]>;
  readonly drillMonths: () => Promise<readonly DrillMonth[]>;
  readonly addDrill: (month: string, items: readonly DrillItem[]) => Promise<void>;
  readonly sayDrill: (
    month: string,
    item: string,
    verdict: 'ours' | 'not-ours',
    by: string,
    at: Instant,
  ) => Promise<void>;
  readonly route: () => Promise<
    | { readonly model: RouteModel; readonly madeAt: Instant; readonly items: number; readonly accuracy?: number }
    | undefined
  >;
  /** Trains it now from what the institution assigned before; how many examples there were, and whether they were enough. */
  readonly train: () => Promise<{ readonly examples: number; readonly trained: boolean }>;
}

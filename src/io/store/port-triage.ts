/** What the store keeps of triage: items in the order of intake, stories, rule versions, misses, drills, the routing model. */
import type { Finding, NewFinding } from './port.ts';

export type Lane = 'public' | 'hotline' | 'passed';
export type SameKind = 'first' | 'exact' | 'near' | 'update';
/** An item whose place is decided, ready to be written. */
export interface PlacedItem extends NewFinding {
  readonly lane: Lane;
  readonly of: string | null;
  readonly kind: SameKind;
  readonly likeness: number;
  readonly story: string;
  /** Rules whose count by day it adds to; only for what people sent to the institution. */
  readonly topics: readonly string[];
}
/** An item as a process must know it to compare new ones with it. */
export interface KnownItem {
  readonly n: number;
  readonly id: string;
  readonly lane: Lane;
  readonly of: string | null;
  readonly story: string;
  /** Rules that hit it. */
  readonly matters: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly outlet?: string;
  readonly url?: string;
  readonly publishedAt?: number;
}
/** One turn at taking items in: nobody else takes any until it ends. */
export interface IntakeTurn {
  readonly head: { readonly n: number; readonly turn: number; readonly rules: number };
  readonly setting: (key: string) => Promise<unknown>;
  /**
   * Of each lane the newest firsts after a place, at most so many, in the order in which they came in: whole for the newest
   * so many characters of a lane, of the older ones the head.
   */
  readonly since: (n: number, most: number, characters: number) => Promise<readonly KnownItem[]>;
  /** Which of these keys have been taken in before. */
  readonly known: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Of these keys those that went by: what is held under each. */
  readonly wentBy: (
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly id: string; readonly seenAt: number }>>;
  /** What went by since an instant, after a place in the order of intake; only these where ids are given. */
  readonly heldAfter: (from: number, n: number, most: number, ids?: readonly string[]) => Promise<readonly HeldItem[]>;
  /** These have not gone by after all, or are to be placed again: their rows and keys go, to be written anew in this turn. */
  readonly release: (ids: readonly string[]) => Promise<void>;
  /** Which of these findings are in a case. */
  readonly inCase: (ids: readonly string[]) => Promise<readonly string[]>;
  /** Behind what was written before in this turn; need not be waited for: the turn ends when all is there, or fails. */
  readonly write: (items: readonly PlacedItem[]) => Promise<void>;
}
/** What went by, whole enough to be placed again. */
export interface HeldItem extends NewFinding {
  readonly n: number;
  readonly of: string | null;
}
export interface StoryRow {
  readonly id: string;
  readonly lane: Lane;
  readonly title: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly n: number;
  readonly originals: number;
  readonly copies: number;
  readonly fresh: number;
  readonly caseId?: string;
  readonly joinedInto?: string;
}
/** A finding with its place among its likes. */
export interface StoryFinding extends Finding {
  readonly n: number;
  readonly lane: Lane;
  readonly sameOf?: string;
  readonly sameKind: SameKind;
  readonly likeness: number;
}
export interface SightingRow {
  readonly story: string;
  readonly at: number;
  readonly kind: SameKind;
  readonly outlet?: string;
  readonly outletKind?: string;
}
export interface PassedItem {
  readonly id: string;
  readonly seenAt: number;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly region?: string;
  readonly url?: string;
  readonly publishedAt?: number;
  readonly title: string;
  readonly text: string;
  readonly story: string;
  readonly kind: SameKind;
}
export interface TriageAct {
  readonly id: string;
  readonly at: number;
  readonly staffCode: string;
  readonly what: 'open' | 'join' | 'dismiss' | 'merge' | 'split' | 'undo';
  readonly story: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly undoneAt?: number;
}
export interface RuleVersion {
  readonly rule: string;
  readonly version: number;
  readonly title: string;
  readonly body: unknown;
  readonly unit?: string;
  readonly note: string;
  readonly said: readonly { readonly term: string; readonly is: string }[];
  readonly madeBy: string;
  readonly madeAt: number;
  readonly triedAt?: number;
  readonly trial?: unknown;
  readonly onBy?: string;
  readonly onAt?: number;
  readonly offBy?: string;
  readonly offAt?: number;
  /** How many items that had gone by it brought in when it was switched on. */
  readonly takenIn?: number;
}
export interface Miss {
  readonly id: string;
  readonly foundAt: number;
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
  readonly saidAt?: number;
}
export interface TriageStore {
  /** `seenAt`: when the items of this turn are seen. */
  readonly intake: <T>(seenAt: number, work: (turn: IntakeTurn) => Promise<T>) => Promise<T>;
  /** The same questions without the lock: what is answered may be out of date by the time a turn begins. */
  readonly look: <T>(work: (look: Pick<IntakeTurn, 'known' | 'wentBy' | 'setting'>) => Promise<T>) => Promise<T>;
  /** One and the same for every view of one store: what a process remembers of the window hangs on it. */
  readonly scope: object;
  /** Findings of earlier versions get a story each; passed items past their days go. */
  readonly tidy: (now: number, keepDays: number) => Promise<void>;
  readonly head: () => Promise<number>;
  /** Goes up whenever a word of concern is written, switched on or off. */
  readonly rulesTurn: () => Promise<number>;
  readonly stories: (query: {
    readonly tab: 'new' | 'taken' | 'dismissed';
    readonly from?: number;
    readonly limit: number;
  }) => Promise<readonly StoryRow[]>;
  readonly countStories: () => Promise<{ readonly fresh: number; readonly findings: number }>;
  /** The story, or the one it was joined into. */
  readonly story: (id: string) => Promise<StoryRow | undefined>;
  readonly storyOf: (finding: string) => Promise<string | undefined>;
  readonly findingsOf: (story: string, limit: number) => Promise<readonly StoryFinding[]>;
  readonly sightings: (stories: readonly string[], from: number) => Promise<readonly SightingRow[]>;
  /** Sightings of a side by kind of outlet, for the list: how many of each in each story. */
  readonly byOrigin: (
    stories: readonly string[],
  ) => Promise<
    readonly { readonly story: string; readonly origin: string; readonly outletKind?: string; readonly n: number }[]
  >;
  /** Rules that hit in a story, the commonest first. */
  readonly topicsOf: (
    stories: readonly string[],
  ) => Promise<readonly { readonly story: string; readonly rule: string }[]>;
  /** Hotline rows of a topic between two days, both included. */
  readonly topicCounts: (
    from: number,
    to: number,
  ) => Promise<readonly { readonly topic: string; readonly day: string; readonly n: number }[]>;
  /** Looks at the pages of findings: how often, how often they had changed, whether the last found none. */
  readonly evidenceOf: (
    findings: readonly string[],
  ) => Promise<
    readonly { readonly finding: string; readonly looks: number; readonly changed: number; readonly gone: boolean }[]
  >;
  readonly settle: (
    findings: readonly string[],
    to: {
      readonly state: 'new' | 'in-case' | 'dismissed' | 'folded';
      readonly caseId?: string;
      readonly events?: Readonly<Record<string, string>>;
    },
  ) => Promise<void>;
  readonly setStoryCase: (story: string, caseId: string | undefined) => Promise<void>;
  readonly merge: (story: string, into: string) => Promise<readonly string[]>;
  /** Moves findings, with their copies, out into a story of their own (or back into a known one). */
  readonly move: (findings: readonly string[], from: string, to: string) => Promise<void>;
  /** Copies of findings that are in a case and of which the log does not know yet; of these findings where any are named. */
  readonly untoldFolds: (
    limit: number,
    firsts?: readonly string[],
  ) => Promise<
    readonly {
      readonly id: string;
      readonly into: string;
      readonly caseId: string;
      readonly likeness: number;
      readonly at: number;
    }[]
  >;
  readonly acts: (since: number) => Promise<readonly TriageAct[]>;
  readonly putAct: (act: TriageAct) => Promise<void>;
  readonly passed: (from: number, limit: number) => Promise<readonly PassedItem[]>;
  readonly passedOf: (ids: readonly string[]) => Promise<readonly PassedItem[]>;
  readonly countPassed: (from: number, to: number) => Promise<number>;
  readonly recent: (from: number, limit: number) => Promise<readonly StoryFinding[]>;
  readonly ruleVersions: () => Promise<readonly RuleVersion[]>;
  readonly addRuleVersion: (version: Omit<RuleVersion, 'version'>) => Promise<number>;
  readonly tried: (rule: string, version: number, at: number, trial: unknown) => Promise<void>;
  /** Switches one version on and the one before it off. False where it was not tried or its author asks. */
  readonly switchOn: (rule: string, version: number, by: string, at: number) => Promise<boolean>;
  /** Adds to how many items that had gone by a version brought in. */
  readonly tookIn: (rule: string, version: number, items: number) => Promise<void>;
  readonly switchOff: (rule: string, by: string, at: number) => Promise<void>;
  /** Takes a switching off back, by the hand that did it; false where another version is on by now. */
  readonly switchBack: (rule: string, version: number, by: string) => Promise<boolean>;
  readonly misses: () => Promise<readonly Miss[]>;
  readonly addMiss: (miss: Miss) => Promise<void>;
  readonly drill: (month: string) => Promise<readonly DrillItem[]>;
  readonly drillMonths: () => Promise<
    readonly { readonly month: string; readonly items: number; readonly said: number; readonly ours: number }[]
  >;
  readonly addDrill: (month: string, items: readonly DrillItem[]) => Promise<void>;
  readonly sayDrill: (
    month: string,
    item: string,
    verdict: 'ours' | 'not-ours',
    by: string,
    at: number,
  ) => Promise<void>;
  readonly routeModel: () => Promise<
    { readonly model: unknown; readonly madeAt: number; readonly items: number; readonly accuracy?: number } | undefined
  >;
  readonly putRouteModel: (
    model: unknown,
    madeAt: number,
    items: number,
    accuracy: number | undefined,
  ) => Promise<void>;
}

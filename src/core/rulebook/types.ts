/**
 * A regulation as data. The reader makes it, everything else reads it; nothing in it knows an institution's name.
 * Spellings follow the notation (docs/specs/rulebook-notation.md): one key of a block is one property, in camelCase.
 */

export interface Position {
  /** 1-based line in the rulebook file. */
  readonly line: number;
  /** 1-based column in screen cells: a Chinese character counts as two. */
  readonly column: number;
}

export type LimitUnit = 'minutes' | 'hours' | 'days' | 'working days' | 'working hours';
/** How long: five units that are never converted into each other, or words that are not a figure. */
export type Limit =
  | { readonly kind: 'span'; readonly n: number; readonly unit: LimitUnit }
  | { readonly kind: 'same day' }
  | { readonly kind: 'soft'; readonly word: string }
  | { readonly kind: 'none' | 'continuous' | 'as instructed' | 'not stated' }
  | { readonly kind: 'before'; readonly duty: string };

export type DerivedAnchor =
  'discovery' | 'first-public-item' | 'occurrence' | 'incident' | 'awareness' | 'receipt' | 'grading' | 'completion';
export type Anchor =
  | { readonly kind: 'trigger' }
  | { readonly kind: 'derived'; readonly name: DerivedAnchor }
  | { readonly kind: 'event'; readonly type: string; readonly pick: 'latest' | 'first' | 'last' }
  | { readonly kind: 'done'; readonly duty: string };

/** `field = a | b` or `field not a | b`. Values are the words as written; `true`, `false` and numbers compare by their text. */
export interface Test {
  readonly field: readonly string[];
  readonly op: 'is' | 'not';
  readonly values: readonly string[];
}
export type Pattern =
  | { readonly on: 'event'; readonly type: string; readonly tests: readonly Test[] }
  | { readonly on: 'done' | 'late' | 'missed'; readonly duty: string }
  | { readonly on: 'case-opening' }
  | { readonly on: 'standing' };
/** What discharges a duty: one pattern, all of them (met by the last), or any of them (met by the first). */
export type Discharge = {
  readonly mode: 'one' | 'all' | 'any';
  /** Every pattern in order, alternatives of one part side by side. */
  readonly patterns: readonly Pattern[];
  /** With `all`, where a part may be met by any of several: the parts. Absent = each pattern is a part. */
  readonly parts?: readonly (readonly Pattern[])[];
};

export type Relation =
  'concerned units' | 'notified units' | 'responsible unit' | 'handling unit' | 'unit of trigger' | 'recipients';
export type Party =
  | { readonly party: 'unit'; readonly unit: string }
  | { readonly party: 'role'; readonly role: string }
  | { readonly party: 'office'; readonly unit: string; readonly role: string }
  | { readonly party: 'unit-kind'; readonly unitKind: string }
  | { readonly party: 'relation'; readonly relation: Relation };

/** `if:` — fields are joined by and, the values of one field are alternatives. Values by their text. */
export type Condition = Readonly<Record<string, readonly string[]>>;

/** `every:` — a figure, or the name of a local parameter. */
export type Interval =
  { readonly kind: 'limit'; readonly limit: Limit } | { readonly kind: 'local'; readonly name: string };

export interface TermEntry {
  readonly zh?: string;
  readonly en?: string;
  readonly kind?: string;
  readonly aliases?: readonly string[];
  readonly level?: string;
  readonly field?: string;
  readonly parent?: string;
}
export interface Capacity {
  readonly zh?: string;
  /** Who may sign in this capacity: parties, or the leader responsible for the case's subject. */
  readonly heldBy: readonly Party[] | 'by-subject';
}
export interface Terms {
  readonly units: Readonly<Record<string, TermEntry>>;
  readonly roles: Readonly<Record<string, TermEntry>>;
  readonly scales: Readonly<Record<string, TermEntry>>;
  readonly channels: Readonly<Record<string, TermEntry>>;
  readonly forms: Readonly<Record<string, TermEntry>>;
  readonly documents: Readonly<Record<string, TermEntry>>;
  readonly bodies: Readonly<Record<string, TermEntry>>;
  readonly words: Readonly<Record<string, string>>;
  readonly capacities: Readonly<Record<string, Capacity>>;
}

export interface RuleBase {
  /** The clause ids of the fence, in order; a rule of several clauses with rows or lines that name one says so there. */
  readonly clauses: readonly string[];
  readonly at: Position;
  /** Text of the nearest heading above, without its marks, and the number found in it ("4"). */
  readonly article: string;
  readonly articleNumber: string;
  /** Paragraphs are counted below each heading from 1. */
  readonly paragraph: number;
  /** The prose the block stands under. */
  readonly paraphrase: string;
}

export interface DutyRule extends RuleBase {
  readonly kind: 'duty';
  readonly name: string;
  readonly starts: readonly Pattern[];
  readonly condition?: Condition;
  readonly ifUnitKind?: string;
  readonly from: Anchor;
  readonly each?: Party;
  /** As written; absent means the default of the trigger's type (notation 4). */
  readonly per?: 'case' | 'trigger' | 'standing';
  readonly every?: Interval;
  readonly who: readonly Party[];
  readonly metBy?: Party;
  readonly must: string;
  readonly done: Discharge;
  readonly to?: readonly string[];
  readonly with?: readonly string[];
  readonly within: Limit;
  readonly until?: Pattern;
  readonly onRaise?: 'from decision' | 'from since' | 'keep';
  readonly onLower: 'cancel-not-due' | 'keep';
  readonly group?: string;
  readonly late?: string;
  readonly gapFills?: { readonly when: Condition; readonly label: string };
  readonly local?: string;
  readonly signedBy?: string;
  readonly switch?: string;
  readonly readings?: Readonly<Record<string, Anchor>>;
  readonly orClose?: { readonly by: Party; readonly with: string };
  readonly afterClose: boolean;
}
export interface SeatsRule extends RuleBase {
  readonly kind: 'seats';
  readonly body?: Party;
  readonly each?: Party;
  readonly seats: Readonly<Record<string, { readonly n: number; readonly orMore: boolean }>>;
  readonly standIn?: Readonly<Record<string, string>>;
  readonly officeOf?: string;
  readonly responsibleFor?: Readonly<Record<string, readonly string[] | 'own-field'>>;
}
export interface SourcesRule extends RuleBase {
  readonly kind: 'sources';
  readonly kinds: readonly string[];
  readonly topics?: readonly string[];
  readonly reach?: 'domestic' | 'foreign' | readonly ('domestic' | 'foreign')[];
  readonly methods?: readonly string[];
  readonly publicOnly: true;
}
export interface Criterion {
  readonly value: string;
  readonly clause?: string;
  readonly judged: boolean;
  /** `when` as written: a declared input to an interval or a set. */
  readonly when?: Readonly<Record<string, unknown>>;
  readonly reasonRequired: boolean;
}
export interface GradesRule extends RuleBase {
  readonly kind: 'grades';
  readonly name: string;
  /** Slowest to fastest answer, unless `unordered`. May be empty where the scale is set locally. */
  readonly values: readonly string[];
  readonly unordered: boolean;
  readonly many: boolean;
  readonly factors: readonly string[];
  readonly criteria: readonly Criterion[];
  readonly hit: 'unique' | 'first' | 'highest' | 'any';
  readonly decides?: Party;
  readonly with?: readonly Party[];
  readonly since?: 'required-on-raise' | 'default';
  readonly picks?: 'workflow' | 'addressee';
  readonly uncertain?: 'tighter';
  /** A local parameter that supplies the values, where the text gives none. */
  readonly local?: string;
}
export type DayClass = 'working-days' | 'rest-days' | 'every-day';
export interface Round {
  readonly clause?: string;
  readonly on: DayClass;
  readonly must: string;
  /** Points of the day, "00:00". */
  readonly at?: readonly string[];
  readonly every?: Interval;
  /** A local window's name, or a literal "08:00-22:00". */
  readonly between?: { readonly local: string } | { readonly from: string; readonly to: string };
  readonly per?: 'day' | 'week';
  readonly weekday?: string | { readonly local: string };
  readonly roll?: string | { readonly local: string };
  readonly tolerance?: Interval;
  readonly done?: Pattern;
  readonly annotateWith?: string;
}
export interface RotaRule extends RuleBase {
  readonly kind: 'rota';
  readonly name: string;
  readonly who?: readonly Party[];
  readonly each?: Party;
  readonly rounds: readonly Round[];
  readonly cover?: '24h' | 'working-hours';
  /** Source kinds that a watch must list, or the clause of a `sources` block that lists them. */
  readonly covers?: { readonly kinds: readonly string[] } | { readonly sourcesOf: string };
  readonly mode?: Readonly<Record<string, { readonly every: Interval }>>;
  readonly done: Pattern;
}
/** The texts a rule is about: `{ form: reply, topic: x, channel: weibo }`, values as lists. */
export type DocumentSelector = Readonly<Record<string, readonly string[]>>;
export interface ApprovalTopic {
  readonly topic: readonly string[];
  readonly steps: readonly Step[];
  readonly order: 'listed' | 'any';
  readonly clause?: string;
}
/** One step: any one of these capacities (usually one). */
export type Step = readonly string[];
export interface ApprovalRule extends RuleBase {
  readonly kind: 'approval';
  readonly name: string;
  readonly covers: DocumentSelector;
  readonly steps: readonly Step[];
  readonly byTopic?: readonly ApprovalTopic[];
  readonly order: 'listed' | 'any';
  readonly before: readonly Pattern[];
  readonly condition?: Condition;
  readonly inside?: { readonly limitOf: readonly string[]; readonly each?: Party; readonly endsWith?: Pattern };
  readonly sameHolder?: string;
  readonly standIn?: string;
  readonly reject?: 'back-to-draft';
  readonly allow?: Readonly<Record<string, Interval>>;
}
export interface FormField {
  readonly name: string;
  /** "key", "text", "hash", "online-release | expert-explanation", "number", "date", "list" … as written. */
  readonly type: string;
  readonly optional: boolean;
  /** Required only when another field has this value: `takenBy: key if written = false`. */
  readonly requiredIf?: Test;
}
export interface FormRule extends RuleBase {
  readonly kind: 'form';
  readonly name: string;
  readonly fields: readonly FormField[];
  readonly filledBy: Pattern;
  readonly number?: string;
  readonly completeBefore?: readonly Pattern[];
  readonly after?: Pattern;
  readonly parts?: readonly string[];
  readonly print?: string;
}
export interface LedgerRule extends RuleBase {
  readonly kind: 'ledger';
  readonly name: string;
  readonly row: string;
  readonly fields: readonly FormField[];
  readonly countsOnlyIf?: readonly Test[];
  readonly excludes?: readonly Test[];
  readonly completeBefore?: readonly Pattern[];
}
export interface RouteRule extends RuleBase {
  readonly kind: 'route';
  readonly name: string;
  readonly when: readonly Pattern[];
  readonly to?: readonly Party[];
  readonly condition?: Condition;
  readonly onlyBy?: readonly Party[];
  readonly needs?: readonly Need[];
  readonly byCategory: boolean;
  readonly within?: Limit;
  readonly downTo?: Party;
  readonly feedback?: Pattern;
  readonly series?: readonly string[];
}
export interface QuotaRule extends RuleBase {
  readonly kind: 'quota';
  readonly name: string;
  readonly count: readonly Pattern[];
  readonly per: 'day' | 'year';
  readonly atLeast: number;
  /** `of-which: { original: 2 }`, or a condition text to a number. */
  readonly ofWhich?: Readonly<Record<string, number>>;
  readonly each?: Party;
  readonly soft?: string;
  readonly gap?: {
    readonly atMost: Limit;
    readonly from?: Anchor;
    readonly switch?: string;
    readonly readings?: Readonly<Record<string, Limit>>;
  };
  readonly excludes?: readonly Test[];
  readonly hits?: string;
}
export interface ScoreLine {
  readonly clause: string;
  readonly count: Pattern;
  /** Points apiece, or by a value of the event (`prize`). */
  readonly points: number | Readonly<Record<string, number>>;
  /** Only what lies beyond this many counts. */
  readonly beyond?: number;
  readonly needsBase: boolean;
  readonly notFor?: readonly string[];
}
export interface ScoreRule extends RuleBase {
  readonly kind: 'score';
  readonly name: string;
  readonly each: Party;
  readonly base: readonly string[];
  readonly lines: readonly ScoreLine[];
  readonly stacking: boolean;
  readonly veto?: { readonly when: string; readonly bars: readonly string[]; readonly keepsPoints: boolean };
}
/** What a gate, route or approval wants to hold (notation 7). `text` is the need as written, for messages. */
export type Need = { readonly text: string } & (
  | { readonly need: 'signed'; readonly approval: string }
  | { readonly need: 'confirmed'; readonly by: string | 'each mentioned body' }
  | { readonly need: 'checked confidentiality'; readonly by: Party }
  /** One office, or several of which any one will do: `in-charge-leader | main-leader`. */
  | { readonly need: 'consent'; readonly role: string }
  | { readonly need: 'authorised'; readonly what: 'interview' | 'visit' | 'release' }
  | { readonly need: 'form complete'; readonly form: string }
  | { readonly need: 'ledger complete'; readonly ledger: string }
  | { readonly need: 'track finished'; readonly track: 'offline' | 'online' }
  | { readonly need: 'done'; readonly duty: string }
  | { readonly need: 'outside confirmed'; readonly rule: string }
  | { readonly need: 'speaker in'; readonly parties: readonly Party[] }
  | { readonly need: 'reason recorded' }
  | { readonly need: 'risk assessed' }
  | { readonly need: 'checklist clear'; readonly checklist: string }
  | { readonly need: 'tells'; readonly part: string }
);
export interface GateRule extends RuleBase {
  readonly kind: 'gate';
  readonly name: string;
  readonly act: readonly Pattern[];
  readonly condition?: Condition;
  readonly needs: readonly Need[];
  readonly flagInstead?: string;
  readonly onRefusal?: Pattern;
}
export interface Mark {
  readonly mark: string;
  readonly by: readonly Pattern[];
}
export interface StagesRule extends RuleBase {
  readonly kind: 'stages';
  readonly name: string;
  readonly of: 'case' | 'standing';
  readonly marks: readonly Mark[];
  readonly order: 'strict-unless-reason' | 'free';
  readonly remind?: Interval;
}
export interface LintRule extends RuleBase {
  readonly kind: 'lint';
  readonly name: string;
  readonly on: DocumentSelector;
  readonly rule: 'words' | 'stale' | 'parts' | 'cause-before-finding' | 'facts' | 'checklist';
  readonly words?: readonly string[];
  readonly olderThan?: Limit;
  readonly asks?: readonly string[];
  readonly override?: 'with-reason';
  readonly returns: boolean;
}
export interface BreachSource {
  readonly duties?: readonly string[];
  readonly states?: readonly string[];
  readonly finding?: readonly string[];
  readonly gravity?: readonly string[];
  readonly publicationFound?: true;
}
export interface BreachRule extends RuleBase {
  readonly kind: 'breach';
  readonly name: string;
  readonly from: readonly BreachSource[];
  /** Whether one of the sources is enough or all are needed. */
  readonly mode: 'any' | 'all';
  /** `about: same` binds all sources to one unit and case. */
  readonly aboutSame: boolean;
  readonly to: readonly string[];
  readonly by?: 'person';
}
export interface RiskRule extends RuleBase {
  readonly kind: 'risk';
  readonly name: string;
  readonly before?: readonly Pattern[];
  readonly every?: Interval;
  readonly fields: readonly string[];
  readonly starts?: Pattern;
  readonly done?: Pattern;
  readonly flag?: string;
}
export interface RetentionRule extends RuleBase {
  readonly kind: 'retention';
  readonly what: 'bundle' | 'evaluation';
  readonly name: string;
  /** Kinds of material for a bundle, heads for an evaluation. */
  readonly items: readonly string[];
  readonly by?: readonly Party[];
  readonly after?: readonly Pattern[];
  readonly within?: Limit;
  readonly interval?: Interval;
  readonly erase?: string;
}
export interface OutsideRule extends RuleBase {
  readonly kind: 'outside';
  readonly name: string;
  readonly owner: string;
  readonly status: 'not-supplied' | 'supplied';
  readonly confirmBefore?: readonly Pattern[];
}
export interface NoteRule extends RuleBase {
  readonly kind: 'note';
  readonly about: string;
  readonly question: string;
  readonly reading: string;
  readonly alternatives: readonly string[];
  /** An office, or `open`. */
  readonly decidedBy: string;
  readonly on?: string;
  readonly switch?: string;
}
export interface LocalRule extends RuleBase {
  readonly kind: 'local';
  readonly name: string;
  readonly value?: unknown;
  readonly unit?: string;
  readonly min?: unknown;
  readonly max?: unknown;
  readonly for: readonly string[];
  readonly unset: 'gap' | 'none';
}
export interface DeclinedRule extends RuleBase {
  readonly kind: 'declined';
  readonly orders: string;
  readonly why: string;
  readonly instead: string;
  readonly askedActs: readonly string[];
}
export interface HumanRule extends RuleBase {
  readonly kind: 'human';
  readonly why?: string;
}
export interface TermsRule extends RuleBase {
  readonly kind: 'terms';
  readonly terms: Terms;
}

export type Rule =
  | TermsRule
  | SeatsRule
  | SourcesRule
  | DutyRule
  | GradesRule
  | RotaRule
  | ApprovalRule
  | FormRule
  | LedgerRule
  | RouteRule
  | QuotaRule
  | ScoreRule
  | GateRule
  | StagesRule
  | LintRule
  | BreachRule
  | RiskRule
  | RetentionRule
  | OutsideRule
  | NoteRule
  | LocalRule
  | DeclinedRule
  | HumanRule;
export type RuleKind = Rule['kind'];

/** One clause as the book tells it: where it stands, what it says, and what kinds of block hold it. */
export interface Clause {
  readonly id: string;
  readonly article: string;
  readonly articleNumber: string;
  readonly paragraph: number;
  readonly prose: string;
  readonly line: number;
  readonly kinds: readonly RuleKind[];
}
/** What the page shows in order: headings, prose and blocks, with their source text. */
export type Passage =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string; readonly line: number }
  | { readonly kind: 'prose'; readonly text: string; readonly line: number; readonly paragraph: number }
  | { readonly kind: 'block'; readonly source: string; readonly line: number; readonly rule?: Rule };

export interface Rulebook {
  readonly file: string;
  /** `sha256:` + hex over the file's bytes. Given by the caller: the reader has no hash of its own. */
  readonly digest: string;
  readonly institution: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly version: string;
  readonly inForce: string;
  readonly source: string;
  readonly scope: { readonly binds: readonly string[]; readonly advises: readonly string[] };
  readonly parent?: string;
  /** Switch or DR name to the chosen value. */
  readonly readings: Readonly<Record<string, string>>;
  readonly language: readonly string[];
  /** All `terms` blocks merged. */
  readonly terms: Terms;
  readonly rules: readonly Rule[];
  readonly clauses: readonly Clause[];
  readonly passages: readonly Passage[];
}

export type Severity = 'error' | 'warning' | 'note';
/** One thing a person can mend in a rulebook. Never thrown; all of them are returned at once, by line. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  readonly at: Position;
  readonly length?: number;
  readonly clause?: string;
  readonly article?: string;
  readonly paragraph?: number;
  readonly message: string;
  /** What would happen to people. */
  readonly harm: string;
  readonly mend: string;
  readonly near: readonly string[];
}
export type ReadResult =
  | { readonly ok: true; readonly rulebook: Rulebook; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

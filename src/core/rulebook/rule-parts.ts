/** What rules are made of: places, limits, anchors, patterns, parties, terms, and what every rule has. */

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

/**
 * A regulation as data. The reader makes it, everything else reads it; nothing in it knows an institution's name.
 * Spellings follow the notation (docs/specs/rulebook-notation.md): one key of a block is one property, in camelCase.
 */
import type { Position, Terms } from './rule-parts.ts';
import type {
  ApprovalRule,
  DutyRule,
  FormRule,
  GradesRule,
  LedgerRule,
  RotaRule,
  RouteRule,
  SeatsRule,
  SourcesRule,
} from './owing-rules.ts';
import type {
  BreachRule,
  DeclinedRule,
  GateRule,
  HumanRule,
  LintRule,
  LocalRule,
  NoteRule,
  OutsideRule,
  QuotaRule,
  RetentionRule,
  RiskRule,
  ScoreRule,
  StagesRule,
  TermsRule,
} from './judging-rules.ts';

export type * from './rule-parts.ts';
export type * from './owing-rules.ts';
export type * from './judging-rules.ts';

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

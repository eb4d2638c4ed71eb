/** Rules that say who must do what, by when, on which paper: duties, grades, rotas, approvals, forms, routes. */
import type { Anchor, Condition, Discharge, Interval, Limit, Party, Pattern, RuleBase, Test } from './rule-parts.ts';
import type { Need } from './judging-rules.ts';

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
  /** `signed: signature sign-result`: no hand fills it, but the signature in this step or capacity under the finished form. */
  readonly signedAs?: string;
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

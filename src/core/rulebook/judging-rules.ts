/** Rules that count, hold back, remember or explain: quotas, scores, gates, breaches, keeping, what is open or declined. */
import type { Anchor, Condition, Interval, Limit, Party, Pattern, RuleBase, Terms, Test } from './rule-parts.ts';
import type { DocumentSelector } from './owing-rules.ts';

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
export type Need = { readonly text: string } &
  /** `onThisText`: the text the act carries itself must have been signed, whatever its form; else the newest text of the approval's form will do. */
  (
    | { readonly need: 'signed'; readonly approval: string; readonly onThisText?: true }
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

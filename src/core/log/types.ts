/**
 * The shape of a fact. What each type may carry is data (`vocabulary.generated.ts`, from the event vocabulary);
 * here is only the envelope, which is the same for all of them.
 */

/** An instant as it is written everywhere outside arithmetic: `2026-09-18T22:30:00+08:00`, seconds and offset required. */
export type InstantText = string;
/** A civil date in the institution's zone: `2026-09-18`. */
export type DateText = string;
/** An office, never a person. */
export interface Office {
  readonly unit: string;
  readonly role: string;
  readonly standingInFor?: string;
}
export type Scalar = string | number | boolean | null;
/** A flat map from the field names a rulebook's form declares to scalars or lists of them. */
export type FormContent = Readonly<Record<string, Scalar | readonly Scalar[]>>;

/** One event of the log. `data` has been checked against the vocabulary at the border, so inside it is read by field name. */
export interface HuiyinEvent {
  readonly id: string;
  readonly case?: string;
  readonly type: string;
  readonly at: InstantText;
  readonly recordedAt: InstantText;
  readonly lateEntryReason?: string;
  readonly by: Office;
  readonly data: Readonly<Record<string, unknown>>;
}

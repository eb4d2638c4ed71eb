/** Who and what an institution is when a log is replayed: its units, offices, channels, local parameters and switches. */
import type { CivilDate, OfficeSpan } from '#core/calendar';

export interface SetupUnit {
  readonly key: string;
  readonly kind: string;
  readonly parent?: string;
  readonly aliases?: readonly string[];
}
/** An office; `holder` is a staff code, or null for a vacancy. */
export interface SetupRole {
  readonly unit: string;
  readonly role: string;
  readonly holder: string | null;
  readonly from?: CivilDate;
  readonly to?: CivilDate;
}
export interface SetupChannel {
  readonly key: string;
  readonly kind: string;
}
export interface Setup {
  readonly scenario?: string;
  readonly institution: string;
  readonly timeZone: string;
  readonly calendar: string;
  readonly officeHours: readonly OfficeSpan[];
  /** Bounds standing duties only; `to` is excluded. */
  readonly period: { readonly from: CivilDate; readonly to: CivilDate };
  readonly units: readonly SetupUnit[];
  readonly roles: readonly SetupRole[];
  readonly channels?: readonly SetupChannel[];
  readonly local: Readonly<Record<string, LocalValue>>;
  readonly switches: Readonly<Record<string, string>>;
}
/** A local parameter: a bare value, or an object of one of the shapes of the command line's section 2.1. */
export type LocalValue = string | number | boolean | null | { readonly [key: string]: unknown };

/** What the rest of the product may ask of the store. Small on purpose: append, read, project; nothing speculative. */
import type { FindingSearch, FoundFindings } from './search.ts';
import type { HuiyinEvent } from '#core/log';
import type { Access } from './access.ts';
import type { Collecting } from './collecting.ts';
import type { ForgetTexts, ForgottenTexts } from './erasing.ts';
import type { Evidence } from './evidence.ts';
import type { Attachments } from './attachments.ts';
import type { Drafts } from './drafts.ts';
import type { Contacts } from './contacts.ts';
import type { Writing } from './writing.ts';
import type { Forgotten } from './retention.ts';
import type { TriageStore } from './port-triage.ts';
import type { InspectionStore } from './inspection.ts';
import type { OwnChannelStore } from './own-channels.ts';
import type { RotaStore } from './rota.ts';
import type { LogProofs } from './proofs.ts';
import type { WitnessAnswer } from './witnessing.ts';

export interface StoredEvent extends HuiyinEvent {
  /** Its place in the institution's log, from 1. */
  readonly n: number;
}
export interface Institution {
  readonly id: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly isExample: boolean;
  /** The real institution whose exercise this is. */
  readonly practiceOf?: string;
}
/** A moment at which somebody is to be told, computed from the log; a cache for the timers. */
export interface Timer {
  readonly key: string;
  readonly caseId?: string;
  readonly clause: string;
  readonly duty: string;
  readonly unit?: string;
  readonly role?: string;
  readonly what: string;
  readonly dueAt: number;
}
export interface NewNotice {
  /** The same key is never sent twice. */
  readonly key: string;
  readonly channel: string;
  readonly destination: string;
  readonly subject: string;
  readonly text: string;
  readonly notBefore: number;
  /** Waiting notices of one group, channel and destination go out as one message. */
  readonly group?: string;
  /** Higher goes first where a channel's limit makes them queue. */
  readonly urgency?: number;
  /** When it would have gone out had quiet hours not moved it. */
  readonly heldFrom?: number;
  /** What it reminds of; written with the first notice of it. */
  readonly reminder?: NewReminder;
}
/** One moment of one duty that somebody is to take note of. Taking note of it is no act of the log. */
export interface NewReminder extends Timer {
  readonly dutyKey: string;
  readonly raisedAt: number;
  /** When the next in the chain is told unless somebody takes note; absent = nobody is. */
  readonly escalateAt?: number;
}
export interface Reminder extends NewReminder {
  readonly level: number;
  readonly acknowledgedAt?: number;
  readonly acknowledgedBy?: string;
  readonly closedAt?: number;
}
export type NoticeState = 'waiting' | 'claimed' | 'sent' | 'perhaps-sent' | 'failed' | 'withdrawn';
export interface Notice extends Omit<NewNotice, 'reminder'> {
  readonly id: string;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly reminderKey?: string;
  /** The notice whose message it went out with. */
  readonly batch?: string;
  readonly endedAt?: number;
  readonly fault?: string;
}
/** Thrown where somebody was faster than a caller who had named the counter it had seen; nothing has been written. */
export class LogMoved extends Error {
  override readonly name = 'LogMoved';
}
/** What goes into the database together with events, in the same transaction. */
export interface Along {
  /** The counter the caller has seen last: LogMoved where the log has gone on since. */
  readonly expected?: number;
  /** The timers of these cases as they are now; what is not listed is gone. `null` stands for the institution itself. */
  readonly timers?: readonly { readonly caseId: string | null; readonly timers: readonly Timer[] }[];
  readonly notices?: readonly NewNotice[];
  readonly findings?: readonly {
    readonly id: string;
    readonly state: FindingState;
    readonly caseId?: string;
    readonly eventId?: string;
  }[];
}
export type FindingState = 'new' | 'in-case' | 'dismissed' | 'folded';
export interface NewFinding {
  readonly id: string;
  /** What makes it the same finding when it comes again. */
  readonly key: string;
  readonly sourceKey: string;
  readonly origin: string;
  readonly outlet?: string;
  readonly url?: string;
  readonly publishedAt?: number;
  readonly title: string;
  readonly text: string;
  readonly matched: readonly {
    readonly rule: string;
    readonly version: string;
    readonly spans: readonly {
      readonly field: 'title' | 'text';
      readonly term: string;
      readonly from: number;
      readonly to: number;
    }[];
  }[];
  readonly story?: string;
  /** Key of the kind of outlet, and of the region it is of. */
  readonly outletKind?: string;
  readonly region?: string;
  readonly seenAt: number;
}
export interface Finding extends Omit<NewFinding, 'key'> {
  readonly state: FindingState;
  readonly caseId?: string;
  readonly eventId?: string;
  /** When its words were deleted; title and text are empty since. */
  readonly erasedAt?: number;
}
export interface Source {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  readonly ownerUnit: string;
  readonly purpose: string;
  readonly settings: Readonly<Record<string, string>>;
  /** `tried`: read once for a look; a second person may switch it on. */
  readonly state: 'proposed' | 'tried' | 'on' | 'off';
  readonly validators: Readonly<Record<string, string>>;
  readonly nextDueAt: number;
  readonly lastSuccessAt?: number;
  readonly lastFault?: string;
  readonly class: SourceClass;
  readonly reach: 'domestic' | 'foreign';
  readonly outletKind?: string;
  readonly pace: SourcePace;
  /** Staff codes. Nobody switches on what they proposed. */
  readonly proposedBy?: string;
  readonly switchedOnBy?: string;
  readonly switchedOnAt?: number;
  readonly triedAt?: number;
  readonly triedItems?: number;
}
export type SourceClass = 'outlet' | 'authority' | 'public-board' | 'search' | 'bought' | 'own-desk';
export type SourcePace = 'five-minutes' | 'hour' | 'day';
/** What a watched page said from a moment on, masked. */
export interface PageVersion {
  readonly sourceKey: string;
  readonly seenAt: number;
  readonly digest: string;
  readonly title: string;
  readonly text: string;
}
export interface Staff {
  readonly code: string;
  readonly login: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly mustChange: boolean;
  readonly administrator: boolean;
  readonly failures: number;
  readonly lockedUntil?: number;
  readonly disabled: boolean;
  /** Looks after who gets in, or inspects; never together with running the machine. */
  readonly duty?: 'security' | 'audit';
  /** Filled in when read; set by `access.putSecondFactor`. */
  readonly secondFactor?: boolean;
}
export interface Session {
  readonly staffCode: string;
  readonly csrf: string;
  readonly unit?: string;
  readonly role?: string;
  readonly language: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** `second`: the password was right, the second factor is still to come. */
  readonly stage: 'in' | 'second';
  /** How somebody came in: by password, or which other system vouched. */
  readonly via: string;
  readonly cameFrom?: string;
  readonly device?: string;
  readonly newPlace?: string;
}
/** The store, seen by one institution: every statement below carries its id, and row-level security checks it again. */
export interface Tenant {
  readonly institution: Institution;
  readonly attachments: Attachments;
  readonly drafts: Drafts;
  /** Appends in one transaction, in order; an event whose id is there already is left out. Returns the new ones. */
  readonly append: (events: readonly HuiyinEvent[], along?: Along) => Promise<readonly StoredEvent[]>;
  readonly events: (after?: number) => Promise<readonly StoredEvent[]>;
  readonly head: () => Promise<{ readonly counter: number; readonly root: string }>;
  readonly setTimers: (along: NonNullable<Along['timers']>) => Promise<void>;
  readonly findings: (query: {
    readonly state?: FindingState;
    readonly from?: number;
    readonly to?: number;
    readonly limit: number;
    readonly text?: string;
  }) => Promise<readonly Finding[]>;
  readonly finding: (id: string) => Promise<Finding | undefined>;
  readonly search: {
    /** Enters the next findings for searching; says how many. */
    readonly enter: (most: number) => Promise<number>;
    readonly findings: (search: FindingSearch) => Promise<FoundFindings>;
  };
  /** The words of every finding of a case go, with where they stood. */
  readonly eraseFindings: (caseId: string, at: number) => Promise<void>;
  /** The words of the next findings outside every case go; one transaction, with its line in the audit. */
  readonly forgetTexts: (asked: ForgetTexts, at: number) => Promise<ForgottenTexts>;
  readonly setFinding: (
    id: string,
    change: { readonly state: FindingState; readonly caseId?: string; readonly eventId?: string },
  ) => Promise<void>;
  readonly notices: (limit: number) => Promise<readonly Notice[]>;
  /** The first that went out for a reminder. */
  readonly firstNotice: (reminder: string) => Promise<Notice | undefined>;
  readonly addNotices: (notices: readonly NewNotice[]) => Promise<void>;
  /** Newest first; the open ones only, or all. */
  readonly reminders: (query: { readonly open: boolean; readonly limit: number }) => Promise<readonly Reminder[]>;
  /** Somebody takes note: nobody further is told. Says whether it was still open. */
  readonly acknowledge: (key: string, by: string, at: number) => Promise<boolean>;
  /**
   * Closes the reminders of every duty that is not among these, and withdraws what has not gone out for them. With `cases`,
   * only what belongs to these is looked at; null = what belongs to no case.
   */
  /** One that rests on no clause: it is over. */
  readonly closeReminder: (dutyKey: string, at: number) => Promise<void>;
  readonly closeReminders: (
    openDuties: readonly string[],
    at: number,
    cases?: readonly (string | null)[],
  ) => Promise<void>;
  readonly sources: () => Promise<readonly Source[]>;
  readonly putSource: (source: Source) => Promise<void>;
  readonly rules: () => Promise<
    readonly { readonly id: string; readonly version: string; readonly rule: unknown; readonly state: 'on' | 'off' }[]
  >;
  /** Changes whenever a rule is written; while it is the same, compiled rules need not be read again. */
  readonly rulesMark: () => Promise<string>;
  readonly putRule: (rule: {
    readonly id: string;
    readonly version: string;
    readonly rule: unknown;
    readonly state: 'on' | 'off';
  }) => Promise<void>;
  readonly staff: () => Promise<readonly Staff[]>;
  readonly putStaff: (staff: Staff) => Promise<void>;
  readonly session: (tokenDigest: Uint8Array) => Promise<Session | undefined>;
  readonly putSession: (tokenDigest: Uint8Array, session: Session) => Promise<void>;
  readonly endSession: (tokenDigest: Uint8Array) => Promise<void>;
  readonly setting: (key: string) => Promise<unknown>;
  readonly putSetting: (key: string, value: unknown) => Promise<void>;
  readonly importRun: (digest: string) => Promise<ImportRun | undefined>;
  /** Newest first. */
  readonly importRuns: (limit: number) => Promise<readonly ImportRun[]>;
  readonly putImportRun: (run: ImportRun) => Promise<void>;
  /** Which heading is what, by the signature of a table's headings. */
  readonly importMapping: (signature: string) => Promise<Readonly<Record<string, string>> | undefined>;
  readonly putImportMapping: (mapping: {
    readonly signature: string;
    readonly origin: string;
    readonly mapping: Readonly<Record<string, string>>;
    readonly setBy?: string;
    readonly usedAt: number;
  }) => Promise<void>;
  /** Newest first. */
  readonly pageVersions: (sourceKey: string, limit: number) => Promise<readonly PageVersion[]>;
  readonly addPageVersion: (version: PageVersion) => Promise<void>;
  readonly audit: (at: number, staffCode: string | undefined, what: string, detail: string) => Promise<void>;
  /** The log as `huiyin verify` reads it; up to an entry where a checkpoint ends there. */
  readonly exportLog: (caseId?: string, upTo?: number) => Promise<LogExport>;
  readonly proofs: LogProofs;
  readonly access: Access;
  readonly contacts: Contacts;
  readonly collecting: Collecting;
  readonly evidence: Evidence;
  readonly writing: Writing;
  /** Deletes what has outlived its purpose; the audit is kept `auditDays`, six months at the least. */
  readonly forgetOld: (at: number, auditDays: number, textsBefore: number) => Promise<Forgotten>;
  readonly triage: TriageStore;
  readonly rota: RotaStore;
  readonly ownChannels: OwnChannelStore;
  readonly inspection: InspectionStore;
  readonly witnessing: {
    readonly trust: (key: string) => Promise<void>;
    readonly logs: () => Promise<readonly { readonly origin: string; readonly size: number }[]>;
    readonly see: (request: string, now: number) => Promise<WitnessAnswer>;
  };
}
export interface ImportRun {
  readonly digest: string;
  readonly fileName: string;
  readonly rows: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly dropped: readonly string[];
  readonly endedAt?: number;
  readonly state: 'running' | 'paused' | 'stopped' | 'done';
  /** Rows that have been judged: where it goes on. */
  readonly doneRows: number;
  readonly sourceKey?: string;
  readonly beganBy?: string;
  readonly startedAt?: number;
  /** How many of each kind were masked. */
  readonly masked: Readonly<Record<string, number>>;
  readonly refusals: readonly { readonly n: number; readonly reason: string }[];
}
export interface LogExport {
  readonly events: readonly string[];
  readonly chain: readonly string[];
  readonly salts: readonly string[];
  readonly head: string;
  readonly entries: number;
  readonly erasedBodies: number;
}
export interface Store {
  readonly institutions: () => Promise<readonly Institution[]>;
  readonly addInstitution: (institution: Institution, at: number) => Promise<void>;
  /** Deletes an exercise and everything in it; a real institution is never deleted. */
  readonly discardPractice: (id: string) => Promise<boolean>;
  readonly tenant: (id: string) => Promise<Tenant | undefined>;
  readonly putRulebook: (book: {
    readonly digest: string;
    readonly institution: string;
    readonly version: string;
    readonly text: string;
  }) => Promise<void>;
  readonly rulebook: (digest: string) => Promise<string | undefined>;
  /** All tables as NDJSON texts, of one moment. */
  readonly dump: () => Promise<Map<string, string>>;
  readonly isEmpty: () => Promise<boolean>;
  /** Puts a dump back in one transaction; `replace` empties the store first. */
  readonly restore: (dump: ReadonlyMap<string, string>, options: { readonly replace: boolean }) => Promise<void>;
  /** The key that seals secrets: a new one before the others, or only the newest kept. */
  readonly sealing: { readonly rotate: () => string; readonly forgetOld: () => number };
  /** For the engine: raw access by institution, and the scans over all of them. */
  readonly pool: StorePool;
  readonly close: () => Promise<void>;
}
export interface StorePool {
  /** One transaction of one institution under the application's role. */
  readonly inTenant: <T>(institution: string, work: (query: Query) => Promise<T>) => Promise<T>;
  /** One statement over all institutions, as the owner: only the listed scans. */
  readonly scan: <R extends Record<string, unknown>>(sql: string, values: readonly unknown[]) => Promise<readonly R[]>;
}
export type Query = <R extends Record<string, unknown> = Record<string, unknown>>(
  sql: string,
  values?: readonly unknown[],
) => Promise<readonly R[]>;

/**
 * What the pages need from the world, and nothing more: the plug (src/start.ts) adapts store, door and notices to it.
 * Instants are milliseconds; texts of events keep their written form.
 */
import type { Calendar, Instant, OfficeSpan } from '#core/calendar';
import type { HuiyinEvent, Office } from '#core/log';
import type { Paper } from '#core/paper';
import type { TemplateFields } from '#report';
import type { ObligationLine, Setup } from '#core/obligations';
import type { MatchCertificate, RuleSource } from '#core/text';
import type { ChannelSetting, NoticeSettings } from '#case';
import type { SearchPort } from './ports-search.ts';
import type { AttachmentPort, DraftPort, PracticePort } from './ports-attachments.ts';
import type { AccessPort, WayPort } from './ports-access.ts';
import type { TriagePort } from './ports-triage.ts';
import type { EvidencePort, SilencePort } from './ports-silence.ts';
import type { ImportPort } from './ports-imports.ts';
import type { SourcePort } from './ports-sources.ts';

export type { Source, SourcePort, SourceTry } from './ports-sources.ts';
import type { ContactPort } from './ports-contacts.ts';
import type { InspectionPort } from './ports-inspection.ts';
import type { OwnChannelPort } from './ports-own-channels.ts';
import type { RotaPort } from './ports-rota.ts';
import type { LookPort, WritingPort } from './ports-writing.ts';

export interface BilingualName {
  readonly zh: string;
  readonly en: string;
}
/** The institution that is served. Its units and offices are data; what they are called stands in `names`. */
export interface Institution {
  /** Key in the store. */
  readonly id: string;
  readonly name: BilingualName;
  /** An invented institution for trying things out; every page says so. */
  readonly example: boolean;
  /** An exercise of a real institution, in a log of its own: nothing of it leaves the house. */
  readonly practice?: boolean;
  readonly rulebook: { readonly folder: string; readonly text: string; readonly digest: string };
  readonly setup: Setup;
  /** Display names of units and roles by key. */
  readonly names: Readonly<Record<string, BilingualName>>;
}

export interface StoredEvent extends HuiyinEvent {
  /** Counter in the institution's log, from 1. */
  readonly seq: number;
}
export type Appended = { readonly ok: true; readonly seq: number } | { readonly ok: false; readonly why: 'moved' };
export interface LogPort {
  /** Entries with a counter above `after`, in order. */
  readonly read: (after: number) => Promise<readonly StoredEvent[]>;
  /** All or none. `expected` is the counter the caller has seen last; when others were faster nothing is written. */
  readonly append: (events: readonly HuiyinEvent[], expected: number) => Promise<Appended>;
  readonly head: () => Promise<{ readonly entries: number; readonly root: string }>;
}

export type FindingState = 'new' | 'taken' | 'dismissed';
/** What is kept of an item: where it stood, when, what it says. Never who said it. */
export interface Item {
  readonly id: string;
  readonly origin: string;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly url?: string;
  /** As claimed by its source; absent where it gave none. */
  readonly publishedAt?: Instant;
  readonly title: string;
  readonly text: string;
  readonly source?: string;
}
/** As it comes in, before masking; everything is kept whatever the words of concern say. */
export type NewItem = Omit<Item, 'id'> & { readonly id?: string; readonly ref?: string };
export interface Finding extends Item {
  readonly state: FindingState;
  readonly seenAt: Instant;
  readonly matched: readonly MatchCertificate[];
  /** Other places where the same text stood. */
  readonly sightings: number;
  readonly case?: string;
  readonly event?: string;
  /** When its words were deleted; that it was found stays. */
  readonly erasedAt?: Instant;
}
export interface FindingPort {
  /** The words of every finding of a case go; that it was found stays. */
  readonly erase: (caseId: string) => Promise<void>;
  readonly list: (query: { readonly state?: FindingState; readonly limit: number }) => Promise<readonly Finding[]>;
  readonly get: (id: string) => Promise<Finding | undefined>;
  readonly count: (state: FindingState) => Promise<number>;
  /** Masked, matched and kept once; `id` is kept where it is given. */
  readonly add: (items: readonly NewItem[]) => Promise<{ readonly added: number; readonly duplicates: number }>;
  readonly settle: (
    id: string,
    to: { readonly state: FindingState; readonly event?: string; readonly case?: string },
  ) => Promise<void>;
}

/** Somebody of the institution who signs in. The log knows the staff code only, as the holder of an office. */
export interface Person {
  readonly code: string;
  readonly login: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly mustChange: boolean;
  readonly failed: number;
  readonly lockedUntil: Instant | null;
  readonly administrator: boolean;
  readonly active: boolean;
  /** Looks after who gets in, or inspects; never together with running the machine. */
  readonly duty?: 'security' | 'audit';
  /** What an administrator does as well, because nobody has been named for it; filled in when read. */
  readonly alsoDoes?: readonly ('security' | 'audit')[];
  /** Has a second factor; filled in when read. */
  readonly secondFactor?: boolean;
}
export interface PeoplePort {
  readonly byLogin: (login: string) => Promise<Person | undefined>;
  readonly byCode: (code: string) => Promise<Person | undefined>;
  readonly list: () => Promise<readonly Person[]>;
  readonly save: (person: Person) => Promise<void>;
}
export interface SessionRow {
  /** SHA-256 of the token; the token itself is only in the cookie. */
  readonly tokenHash: string;
  readonly code: string;
  readonly csrf: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** `unit/role` of the office that acts. */
  readonly office?: string;
  /** `second`: the first step was good, the second factor is still to come. */
  readonly stage: 'in' | 'second';
  /** `password`, or the key of the other system that vouched. */
  readonly via: string;
  readonly cameFrom?: string;
  readonly device?: string;
  /** Somebody signed in from where this person had not been before, and they have not looked at it yet. */
  readonly newPlace?: string;
}
export interface SessionPort {
  readonly open: (session: SessionRow) => Promise<void>;
  readonly byHash: (tokenHash: string) => Promise<SessionRow | undefined>;
  readonly touch: (tokenHash: string, seenAt: Instant, office?: string) => Promise<void>;
  readonly end: (tokenHash: string) => Promise<void>;
  readonly endAll: (code: string) => Promise<void>;
}

/** How a paper is dressed: the name that stands in red above a letter, the picture of the seal. */
export interface PaperLook {
  readonly redHead?: string;
  readonly seal?: Uint8Array;
}
/** Papers laid out, and what the institution brings for them. */
export interface PaperPort {
  readonly word: (paper: Paper, look: PaperLook) => Promise<Uint8Array>;
  /** A Word file of the institution's own with the fields of a paper in it. */
  readonly fill: (
    template: Uint8Array,
    fields: TemplateFields,
  ) => { readonly bytes: Uint8Array; readonly unknown: readonly string[]; readonly unused: readonly string[] };
  /** Absent where nothing on this server can make one. */
  readonly pdf?: (paper: Paper, look: PaperLook) => Promise<Uint8Array>;
}
/** A Word file that the institution laid out for papers of one name; several of one name are variants of the form. */
export interface PaperTemplate {
  readonly key: string;
  /** The name of the paper, or the head of a serial. */
  readonly for: string;
  /** What the variant is called. */
  readonly name: string;
  readonly tags: readonly string[];
}
export interface PaperLooks {
  readonly templates: () => Promise<readonly PaperTemplate[]>;
  /** Why it was not kept, or undefined. A template of the same paper and name is replaced. */
  readonly addTemplate: (
    about: { readonly for: string; readonly name: string },
    bytes: Uint8Array,
  ) => Promise<string | undefined>;
  readonly removeTemplate: (key: string) => Promise<void>;
  readonly template: (key: string) => Promise<Uint8Array | undefined>;
  readonly seal: () => Promise<Uint8Array | undefined>;
  /** Why it was not kept, or undefined; without bytes the seal is taken away. */
  readonly putSeal: (bytes: Uint8Array | undefined) => Promise<string | undefined>;
}

/** A case as it is put away. */
export interface CaseVolume {
  readonly case: string;
  readonly number: string;
  readonly title: string;
  readonly institution: string;
  /** Lines of the first page: what, and its value. */
  readonly facts: readonly (readonly [string, string])[];
  readonly papers: readonly Paper[];
}

/** A line of the responsibility map: matters in which one of the words stands are this unit's to answer. */
export interface Responsibility {
  readonly topic: string;
  /** As typed: separated by spaces or commas. */
  readonly words: string;
  readonly unit: string;
}
/** What an office sets for itself; unknown names come back undefined. */
/** A figure of the house's own that one person has written down and a second has not switched on yet. */
export interface LocalProposal {
  readonly key: string;
  readonly value: string | number;
  readonly clause: string;
  readonly reason: string;
  readonly decidedBy: string;
  /** Staff code of who wrote it; it is switched on by somebody else. */
  readonly by: string;
  readonly at: Instant;
}
export interface Settings {
  readonly responsibilities?: readonly Responsibility[];
  readonly proposedLocals?: readonly LocalProposal[];
  readonly matchRules: readonly RuleSource[];
  /** Units ordered by points; off unless an administrator wants it. */
  readonly leagueTables?: boolean;
  /** Numbers shown first where people look for help: number and what it is for. */
  readonly helpNumbers: readonly { readonly number: string; readonly label: BilingualName }[];
}
export interface SettingsPort {
  readonly read: () => Promise<Settings>;
  readonly save: (settings: Settings) => Promise<void>;
}

/** A kind of channel over which notices go out, and what it must be told. */
export interface NoticeKind {
  readonly kind: string;
  readonly title: BilingualName;
  readonly fields: readonly {
    readonly name: string;
    readonly label: BilingualName;
    readonly needed: boolean;
    readonly secret?: true;
  }[];
  /** What single offices have as addresses; absent where a message goes to a group. */
  readonly address?: BilingualName;
}
export type NoticeState = 'waiting' | 'claimed' | 'sent' | 'perhaps-sent' | 'failed' | 'withdrawn';
export interface NoticeRow {
  readonly id: string;
  readonly key: string;
  readonly channel: string;
  readonly destination: string;
  readonly subject: string;
  readonly text: string;
  readonly notBefore: Instant;
  readonly state: NoticeState;
  readonly attempts: number;
  readonly reminderKey?: string;
  readonly batch?: string;
  readonly heldFrom?: Instant;
  readonly endedAt?: Instant;
  readonly fault?: string;
}
export interface ReminderRow {
  readonly key: string;
  readonly caseId?: string;
  readonly clause: string;
  readonly duty: string;
  readonly unit?: string;
  readonly role?: string;
  readonly what: string;
  readonly dueAt: Instant;
  readonly raisedAt: Instant;
  readonly level: number;
  readonly escalateAt?: Instant;
  readonly acknowledgedAt?: Instant;
  readonly acknowledgedBy?: string;
  readonly closedAt?: Instant;
}
export interface NoticePort {
  readonly kinds: readonly NoticeKind[];
  readonly settings: () => Promise<NoticeSettings>;
  readonly save: (settings: NoticeSettings) => Promise<void>;
  /** Why a channel cannot be used as it is set, or undefined. */
  readonly problem: (channel: ChannelSetting) => string | undefined;
  /** Sends one test notice now, outside the outbox. */
  readonly test: (
    channel: string,
    to: string,
  ) => Promise<{ readonly result: 'sent' | 'perhaps-sent' | 'failed'; readonly fault?: string }>;
  /** Newest first. */
  readonly list: (limit: number) => Promise<readonly NoticeRow[]>;
  readonly reminders: (open: boolean) => Promise<readonly ReminderRow[]>;
  readonly acknowledge: (key: string, by: string) => Promise<boolean>;
  /** Supervision reminds the office that owes a duty, now; `entry` is the id of the entry that says so. */
  readonly press: (line: ObligationLine, entry: string) => Promise<void>;
  /** Tells offices something that is not a duty: it never breaks the quiet hours. `key` keeps it from being told twice. */
  readonly tell: (message: {
    readonly key: string;
    readonly offices: readonly Office[];
    readonly subject: string;
    readonly text: string;
    /** Where it can be read on the desk. */
    readonly path: string;
  }) => Promise<void>;
  /** A person has decided that a notice whose fate is unknown, or that failed, goes out once more. */
  readonly again: (id: string) => Promise<boolean>;
}

/** A regulation that a new institution may choose. */
export interface RulebookChoice {
  readonly folder: string;
  readonly title: BilingualName;
  readonly institution: string;
  readonly text: string;
  readonly digest: string;
  /** Units and roles proposed for it. */
  readonly template: { readonly setup: Setup; readonly names: Readonly<Record<string, BilingualName>> };
}
/** One sheet of a workbook or a delimited file, as rows of text. */
export type ReadTable = (
  name: string,
  bytes: Uint8Array,
) => Promise<{ readonly rows: readonly (readonly string[])[] } | { readonly problem: string }>;

/** Proofs that anybody may ask for, without signing in. */
export interface ProofPort {
  /** Verifier keys of the log and its witnesses, one a line. */
  readonly keys: () => Promise<readonly string[]>;
  /** The newest signed checkpoint. */
  readonly checkpoint: () => Promise<string>;
  readonly tile: (level: number, index: number, width: number) => Promise<Uint8Array | undefined>;
  /** The `.tlog-proof` of one entry. Ask only for entries that are public. */
  readonly ofEntry: (n: number) => Promise<string | undefined>;
  /** Another log asks this institution to co-sign its checkpoint. */
  readonly witness: (request: string) => Promise<{ readonly status: number; readonly body: string }>;
}
/** One sheet of a workbook: typed columns, rows of values. */
export interface SheetTable {
  readonly title: string;
  readonly columns: readonly { readonly label: string; readonly type: 'text' | 'number' | 'date' | 'moment' }[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

export interface Desk {
  readonly attachments: AttachmentPort;
  readonly drafts: DraftPort;
  /** Absent in an exercise itself. */
  readonly practice?: PracticePort;
  readonly now: () => Instant;
  readonly calendar: (officeHours: readonly OfficeSpan[]) => Calendar;
  readonly institution: () => Promise<Institution | undefined>;
  /** Founds the institution or replaces its record (units, names); its log and people stay. */
  readonly saveInstitution: (institution: Institution) => Promise<void>;
  /** Leaves the example behind: the next institution starts with an empty log and no people but the given one. */
  readonly startEmpty: (administrator: Person) => Promise<void>;
  readonly choices: () => Promise<readonly RulebookChoice[]>;
  readonly log: LogPort;
  readonly findings: FindingPort;
  readonly triage: TriagePort;
  readonly search: SearchPort;
  readonly people: PeoplePort;
  readonly sessions: SessionPort;
  readonly access: AccessPort;
  readonly ways: WayPort;
  readonly contacts: ContactPort;
  readonly rota: RotaPort;
  readonly ownChannels: OwnChannelPort;
  readonly inspection: InspectionPort;
  readonly writing: WritingPort;
  readonly look: LookPort;
  readonly sources: SourcePort;
  readonly imports: ImportPort;
  readonly settings: SettingsPort;
  readonly notices: NoticePort;
  /** When each source was read, and what pages held. */
  readonly silence: SilencePort;
  readonly evidence: EvidencePort;
  /** The coming rota as iCalendar. */
  readonly rotaCalendar: () => Promise<string>;
  readonly readTable: ReadTable;
  /** What a scored unit needs to recompute its points by itself. */
  readonly recomputeKit: (year: number) => Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  readonly papers: PaperPort;
  readonly looks: PaperLooks;
  readonly writeWorkbook: (tables: readonly SheetTable[]) => Uint8Array;
  /** One case as a file that opens without the product. */
  readonly caseArchive: (volume: CaseVolume) => Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  /** Who came in and went out, who was let in or barred: kept apart from the log of the matter. */
  readonly audit: (code: string | undefined, what: string, detail: string) => Promise<void>;
  /** The whole log of the institution as an archive that `huiyin verify` checks. */
  readonly exportLog: () => Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  readonly proofs: ProofPort;
  /** What keeps the product from doing its work now, in words for an operator; empty when all is well. */
  readonly faults: () => Promise<readonly string[]>;
}

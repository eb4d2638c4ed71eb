/** What the pages need to know about who gets in. Secrets come in and go out as bytes; at rest they are sealed or hashed. */
import type { Instant } from '#core/calendar';

export interface OpenSession {
  readonly mark: string;
  readonly via: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  readonly cameFrom?: string;
  readonly device?: string;
}
export interface StaffLink {
  readonly provider: string;
  readonly subject: string;
  readonly code: string;
}
/** What a machine may read with a token. The one thing written by token is what a vendor pushes (`push:<source>`). */
export const SCOPES = ['duties', 'cases', 'public-answers'] as const;
export type Scope = (typeof SCOPES)[number];
export interface ApiToken {
  readonly id: string;
  readonly title: string;
  readonly scopes: readonly string[];
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
  readonly endedAt?: Instant;
}
export interface AuditRow {
  readonly n: number;
  readonly at: Instant;
  readonly code?: string;
  readonly what: string;
  readonly detail: string;
}
/** How strict the house is. */
export interface AccessRules {
  /** Who must have a second factor: nobody, the three who run the house, or everybody. */
  readonly secondFactorFor: 'nobody' | 'house' | 'everybody';
  /** Nobody signs what the same person drafted (notation, "Four eyes"); without it such a signature is only shown and counted. */
  readonly fourEyes?: boolean;
}
export interface AccessPort {
  readonly sessionsOf: (code: string) => Promise<readonly OpenSession[]>;
  readonly endMarked: (code: string, mark: string) => Promise<boolean>;
  /** Whether this address is new for somebody who has signed in before; each of their sessions then says `said`. */
  readonly arrive: (code: string, from: string, said: string, since: Instant) => Promise<boolean>;
  readonly placeSeen: (code: string) => Promise<void>;
  readonly letIn: (tokenHash: string) => Promise<void>;
  readonly secondFactor: (code: string) => Promise<Uint8Array | undefined>;
  readonly putSecondFactor: (
    code: string,
    secret: Uint8Array | undefined,
    recoveryHashes: readonly string[],
  ) => Promise<void>;
  readonly useStep: (code: string, step: number) => Promise<boolean>;
  readonly useRecovery: (code: string, hash: string) => Promise<boolean>;
  readonly recoveryLeft: (code: string) => Promise<number>;
  readonly links: () => Promise<readonly StaffLink[]>;
  readonly linked: (provider: string, subject: string) => Promise<string | undefined>;
  readonly link: (link: StaffLink) => Promise<boolean>;
  readonly unlink: (provider: string, subject: string) => Promise<void>;
  readonly tokens: () => Promise<readonly ApiToken[]>;
  readonly addToken: (token: ApiToken, hash: string) => Promise<void>;
  readonly endToken: (id: string) => Promise<void>;
  readonly useToken: (hash: string) => Promise<ApiToken | undefined>;
  /** Counts a try before it is judged; says how many there were within the span. */
  readonly countTry: (key: string, spanMs: number) => Promise<number>;
  readonly clearTries: (key: string) => Promise<void>;
  readonly audit: (before: number | undefined, limit: number) => Promise<readonly AuditRow[]>;
  readonly rules: () => Promise<AccessRules>;
  readonly saveRules: (rules: AccessRules) => Promise<void>;
}

/** Another system that vouches for somebody, as the institution has set it. */
export interface WaySetting {
  readonly key: string;
  readonly kind: string;
  readonly title: string;
  /** Our own address as that system knows it: it sends the browser back there and nowhere else. */
  readonly home: string;
  readonly values: Readonly<Record<string, string>>;
}
export interface WayPort {
  readonly kinds: readonly {
    readonly kind: string;
    readonly title: { readonly zh: string; readonly en: string };
    readonly fields: readonly {
      readonly name: string;
      readonly label: { readonly zh: string; readonly en: string };
      readonly needed: boolean;
      readonly secret?: true;
    }[];
  }[];
  readonly list: () => Promise<readonly WaySetting[]>;
  readonly save: (ways: readonly WaySetting[]) => Promise<void>;
  readonly problem: (way: WaySetting) => string | undefined;
  readonly begin: (
    key: string,
    back: string,
    state: string,
  ) => Promise<
    { readonly url: string; readonly remember: Readonly<Record<string, string>> } | { readonly fault: string }
  >;
  readonly finish: (
    key: string,
    back: string,
    came: URL,
    remembered: Readonly<Record<string, string>>,
    state: string,
  ) => Promise<{ readonly subject: string } | { readonly fault: string }>;
}

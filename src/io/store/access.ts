/** Who gets in: sessions as their owner sees them, second factors, links to other systems, tokens, counted tries, the audit. */
import type { Seal } from '../seal/index.ts';
import { contactPurpose } from './contacts.ts';
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
export interface OpenSession {
  /** The beginning of the digest of its token: enough to end it, never enough to use it. */
  readonly mark: string;
  readonly via: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly cameFrom?: string;
  readonly device?: string;
}
export interface StaffLink {
  readonly provider: string;
  readonly subject: string;
  readonly code: string;
}
export interface ApiToken {
  readonly id: string;
  readonly title: string;
  readonly scopes: readonly string[];
  readonly madeBy: string;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly usedAt?: number;
  readonly endedAt?: number;
}
export interface AuditRow {
  readonly n: number;
  readonly at: number;
  readonly code?: string;
  readonly what: string;
  readonly detail: string;
}
export interface Access {
  readonly sessionsOf: (code: string) => Promise<readonly OpenSession[]>;
  readonly endMarked: (code: string, mark: string) => Promise<boolean>;
  /**
   * Whether somebody who has signed in before does so from an address that none of the sign-ins since `since` came from; then
   * each of their sessions says so until it is looked at. Asked before the sign-in is noted in the audit.
   */
  readonly arrive: (code: string, from: string, said: string, since: number) => Promise<boolean>;
  readonly placeSeen: (code: string) => Promise<void>;
  /** The second step was good: the session is in. */
  readonly letIn: (tokenDigest: Uint8Array) => Promise<void>;
  readonly secondFactor: (code: string) => Promise<Uint8Array | undefined>;
  /** Sets or removes it; codes for when it is lost are replaced with it. */
  readonly putSecondFactor: (
    code: string,
    secret: Uint8Array | undefined,
    recovery: readonly Uint8Array[],
  ) => Promise<void>;
  /** Uses one time step up; false when it, or a later one, was used before. */
  readonly useStep: (code: string, step: number) => Promise<boolean>;
  readonly useRecovery: (code: string, digest: Uint8Array, at: number) => Promise<boolean>;
  readonly recoveryLeft: (code: string) => Promise<number>;
  readonly links: () => Promise<readonly StaffLink[]>;
  readonly linked: (provider: string, subject: string) => Promise<string | undefined>;
  /** False when that subject belongs to somebody already. */
  readonly link: (link: StaffLink, at: number) => Promise<boolean>;
  readonly unlink: (provider: string, subject: string) => Promise<void>;
  readonly tokens: () => Promise<readonly ApiToken[]>;
  readonly addToken: (token: ApiToken, digest: Uint8Array) => Promise<void>;
  readonly endToken: (id: string, at: number) => Promise<void>;
  /** The token of this digest if it may be used now; notes that it was. */
  readonly useToken: (digest: Uint8Array, at: number) => Promise<ApiToken | undefined>;
  /** Counts a try before it is judged and says how many there were within the span; tries at once are all counted. */
  readonly countTry: (key: string, at: number, spanMs: number) => Promise<number>;
  readonly clearTries: (key: string) => Promise<void>;
  /** A setting that holds secrets: sealed at rest. */
  readonly secret: (key: string) => Promise<unknown>;
  readonly putSecret: (key: string, value: unknown) => Promise<void>;
  /** Seals anew whatever is still sealed with an older key; returns how many. */
  readonly sealAnew: () => Promise<number>;
  readonly auditRows: (before: number, limit: number) => Promise<readonly AuditRow[]>;
}
const iso = (at: number): string => new Date(at).toISOString();
const DAY = 86_400_000;
const SEALED = 'sealed:';
/** A session's used-up moment is written at most this often for tokens. */
const TOUCH = 60_000;

export function openAccess(id: string, run: Run, seal: Seal): Access {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [id, ...values]));
  const done = async (sql: string, values: readonly unknown[] = []): Promise<void> => void (await rows(sql, values));
  const secretPurpose = (key: string): string => `setting ${id} ${key}`;
  const purpose = (code: string): string => `second-factor ${id} ${code}`;
  return {
    sessionsOf: async code =>
      (
        await rows(
          `select encode(token_digest, 'hex') as digest, via, created_at, seen_at, came_from, device from session
           where institution_id = $1 and staff_code = $2 and stage = 'in' order by seen_at desc`,
          [code],
        )
      ).map(r => ({
        mark: String(r['digest']).slice(0, 16),
        via: String(r['via']),
        createdAt: Number(r['created_at']),
        seenAt: Number(r['seen_at']),
        ...(typeof r['came_from'] === 'string' ? { cameFrom: r['came_from'] } : {}),
        ...(typeof r['device'] === 'string' ? { device: r['device'] } : {}),
      })),
    endMarked: async (code, mark) =>
      (
        await rows(
          `delete from session where institution_id = $1 and staff_code = $2 and left(encode(token_digest, 'hex'), 16) = $3
           returning staff_code`,
          [code, mark],
        )
      ).length > 0,
    arrive: (code, from, said, since) =>
      run(async query => {
        const [row] = await query<{ before: boolean; here: boolean }>(
          `select count(*) > 0 as before,
             coalesce(bool_or(at >= $4 and right(detail, length($3) + 1) = ' ' || $3), false) as here
           from audit where institution_id = $1 and staff_code = $2 and what = 'sign-in'`,
          [id, code, from, iso(since)],
        );
        if (row?.before !== true || row.here) return false;
        await query('update session set new_place = $3 where institution_id = $1 and staff_code = $2', [
          id,
          code,
          said,
        ]);
        return true;
      }),
    placeSeen: code =>
      done('update session set new_place = null where institution_id = $1 and staff_code = $2', [code]),
    letIn: digest =>
      done("update session set stage = 'in' where institution_id = $1 and token_digest = $2", [Buffer.from(digest)]),
    secondFactor: async code => {
      const [row] = await rows('select second_factor from staff where institution_id = $1 and code = $2', [code]);
      const sealed = row?.['second_factor'];
      return typeof sealed === 'string' ? seal.open(sealed, purpose(code)) : undefined;
    },
    putSecondFactor: (code, secret, recovery) =>
      run(async query => {
        await query('update staff set second_factor = $3, second_step = 0 where institution_id = $1 and code = $2', [
          id,
          code,
          secret ? seal.seal(secret, purpose(code)) : null,
        ]);
        await query('delete from recovery_code where institution_id = $1 and staff_code = $2', [id, code]);
        for (const digest of recovery)
          await query('insert into recovery_code (institution_id, staff_code, digest) values ($1, $2, $3)', [
            id,
            code,
            Buffer.from(digest),
          ]);
      }),
    useStep: async (code, step) =>
      (
        await rows(
          'update staff set second_step = $3 where institution_id = $1 and code = $2 and second_step < $3 returning code',
          [code, step],
        )
      ).length > 0,
    useRecovery: async (code, digest, at) =>
      (
        await rows(
          `update recovery_code set used_at = $4 where institution_id = $1 and staff_code = $2 and digest = $3
           and used_at is null returning staff_code`,
          [code, Buffer.from(digest), iso(at)],
        )
      ).length > 0,
    recoveryLeft: async code =>
      Number(
        (
          await rows(
            'select count(*) as n from recovery_code where institution_id = $1 and staff_code = $2 and used_at is null',
            [code],
          )
        )[0]?.['n'] ?? 0,
      ),
    links: async () =>
      (
        await rows(
          'select provider, subject, staff_code from staff_link where institution_id = $1 order by staff_code, provider, subject',
        )
      ).map(linkOf),
    linked: async (provider, subject) => {
      const [row] = await rows(
        'select staff_code from staff_link where institution_id = $1 and provider = $2 and subject = $3',
        [provider, subject],
      );
      return row ? String(row['staff_code']) : undefined;
    },
    link: async (link, at) =>
      (
        await rows(
          `insert into staff_link (institution_id, provider, subject, staff_code, made_at) values ($1, $2, $3, $4, $5)
           on conflict do nothing returning subject`,
          [link.provider, link.subject, link.code, iso(at)],
        )
      ).length > 0,
    unlink: (provider, subject) =>
      done('delete from staff_link where institution_id = $1 and provider = $2 and subject = $3', [provider, subject]),
    tokens: async () =>
      (await rows('select * from api_token where institution_id = $1 order by made_at desc, id')).map(tokenOf),
    addToken: (t, digest) =>
      done(
        `insert into api_token (institution_id, id, digest, title, scopes, made_by, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [t.id, Buffer.from(digest), t.title, [...t.scopes], t.madeBy, iso(t.madeAt), iso(t.expiresAt)],
      ),
    endToken: (tokenId, at) =>
      done('update api_token set ended_at = coalesce(ended_at, $3) where institution_id = $1 and id = $2', [
        tokenId,
        iso(at),
      ]),
    useToken: async (digest, at) => {
      const [row] = await rows(
        `select * from api_token where institution_id = $1 and digest = $2 and ended_at is null and expires_at > $3`,
        [Buffer.from(digest), iso(at)],
      );
      if (!row) return undefined;
      const token = tokenOf(row);
      if (at - (token.usedAt ?? 0) > TOUCH)
        await done('update api_token set used_at = $3 where institution_id = $1 and id = $2', [token.id, iso(at)]);
      return token;
    },
    countTry: (key, at, spanMs) =>
      run(async query => {
        await query('delete from sign_in_try where institution_id = $1 and first_at < $2', [id, iso(at - DAY)]);
        const [row] = await query<{ tries: number }>(
          `insert into sign_in_try (institution_id, key, tries, first_at) values ($1, $2, 1, $3)
           on conflict (institution_id, key) do update set
             tries = case when sign_in_try.first_at < $4 then 1 else sign_in_try.tries + 1 end,
             first_at = case when sign_in_try.first_at < $4 then excluded.first_at else sign_in_try.first_at end
           returning tries`,
          [id, key, iso(at), iso(at - spanMs)],
        );
        return Number(row?.tries ?? 1);
      }),
    clearTries: key => done('delete from sign_in_try where institution_id = $1 and key = $2', [key]),
    secret: async key => {
      const [row] = await rows('select value from setting where institution_id = $1 and key = $2', [SEALED + key]);
      const sealed = row?.['value'];
      return typeof sealed === 'string'
        ? (JSON.parse(Buffer.from(seal.open(sealed, secretPurpose(key))).toString('utf8')) as unknown)
        : undefined;
    },
    putSecret: (key, value) =>
      done(
        'insert into setting (institution_id, key, value) values ($1, $2, $3) on conflict (institution_id, key) do update set value = excluded.value',
        [SEALED + key, JSON.stringify(seal.seal(Buffer.from(JSON.stringify(value)), secretPurpose(key)))],
      ),
    sealAnew: () =>
      run(async query => {
        let changed = 0;
        const anew = (sealed: string, why: string): string | undefined => {
          if (!seal.isOld(sealed)) return undefined;
          changed++;
          return seal.seal(seal.open(sealed, why), why);
        };
        for (const r of await query<{ kind: string; sealed: string; public_key: Uint8Array }>(
          'select kind, sealed, public_key from log_key where institution_id = $1 for update',
          [id],
        )) {
          const sealed = anew(r.sealed, `log-key ${id} ${r.kind}`);
          if (sealed !== undefined)
            await query('update log_key set sealed = $4 where institution_id = $1 and kind = $2 and public_key = $3', [
              id,
              r.kind,
              Buffer.from(r.public_key),
              sealed,
            ]);
        }
        for (const r of await query<{ code: string; second_factor: string }>(
          'select code, second_factor from staff where institution_id = $1 and second_factor is not null for update',
          [id],
        )) {
          const sealed = anew(r.second_factor, purpose(r.code));
          if (sealed !== undefined)
            await query('update staff set second_factor = $3 where institution_id = $1 and code = $2', [
              id,
              r.code,
              sealed,
            ]);
        }
        for (const r of await query<{ key: string; value: string }>(
          "select key, value from setting where institution_id = $1 and key like 'sealed:%' for update",
          [id],
        )) {
          const sealed = anew(r.value, secretPurpose(r.key.slice(SEALED.length)));
          if (sealed !== undefined)
            await query('update setting set value = $3 where institution_id = $1 and key = $2', [
              id,
              r.key,
              JSON.stringify(sealed),
            ]);
        }
        for (const r of await query<{ id: string; sealed: string }>(
          'select id, sealed from hotline_contact where institution_id = $1 and sealed is not null for update',
          [id],
        )) {
          const sealed = anew(r.sealed, contactPurpose(id, r.id));
          if (sealed !== undefined)
            await query('update hotline_contact set sealed = $3 where institution_id = $1 and id = $2', [
              id,
              r.id,
              sealed,
            ]);
        }
        return changed;
      }),
    auditRows: async (before, limit) =>
      (
        await rows(
          'select id, at, staff_code, what, detail from audit where institution_id = $1 and id < $2 order by id desc limit $3',
          [before, limit],
        )
      ).map(r => ({
        n: Number(r['id']),
        at: Number(r['at']),
        ...(typeof r['staff_code'] === 'string' ? { code: r['staff_code'] } : {}),
        what: String(r['what']),
        detail: String(r['detail']),
      })),
  };
}
const linkOf = (r: Row): StaffLink => ({
  provider: String(r['provider']),
  subject: String(r['subject']),
  code: String(r['staff_code']),
});
const tokenOf = (r: Row): ApiToken => ({
  id: String(r['id']),
  title: String(r['title']),
  scopes: r['scopes'] as string[],
  madeBy: String(r['made_by']),
  madeAt: Number(r['made_at']),
  expiresAt: Number(r['expires_at']),
  ...(typeof r['used_at'] === 'number' ? { usedAt: r['used_at'] } : {}),
  ...(typeof r['ended_at'] === 'number' ? { endedAt: r['ended_at'] } : {}),
});

/** One institution's rows. Every statement names the institution first; row-level security checks it again. */
import { showHash } from '#core/log';
import { openAccess } from './access.ts';
import { appendEvents, type PausePoint, writeTimers } from './append.ts';
import { openContacts } from './contacts.ts';
import { openWriting } from './writing.ts';
import { changeFinding, findingOf, listFindings } from './findings.ts';
import type { Seal } from '../seal/index.ts';
import { openAttachments } from './attachments.ts';
import { openDrafts } from './drafts.ts';
import { exportLog } from './export-log.ts';
import { openInspection } from './inspection.ts';
import { openOwnChannels } from './own-channels.ts';
import { indexFindings, searchFindings } from './search.ts';
import { openProofs } from './proofs.ts';
import { openCollecting } from './collecting.ts';
import { eraseCase, forgetNext } from './erasing.ts';
import { openEvidence } from './evidence.ts';
import { sourceStatements } from './sources.ts';
import { forgetOld } from './retention.ts';
import { turnRules } from './registry.ts';
import { openTriage, recountOf } from './stories.ts';
import { openRota } from './rota.ts';
import { seeCheckpoint, trustedLogs, trustLog } from './witnessing.ts';
import { acknowledge, closeReminder, closeReminders, listReminders, noticeOf, writeNotices } from './notices.ts';
import type { Institution, Query, Session, Staff, StoredEvent, StorePool, Tenant } from './port.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const when = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
/** Leaves out members that are null or undefined. */
const given = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;

export function openTenant(
  institution: Institution,
  pool: StorePool,
  keeper: { readonly ensureMonths: (instants: readonly number[]) => Promise<void> },
  pause: PausePoint,
  signing: { readonly seal: Seal; readonly origin: string },
): Tenant {
  const id = institution.id;
  const run = <T>(work: (query: Query) => Promise<T>): Promise<T> => pool.inTenant(id, work);
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [id, ...values]));
  const done = async (sql: string, values: readonly unknown[] = []): Promise<void> => void (await rows(sql, values));

  const contacts = openContacts(id, run, signing.seal);
  const attachments = openAttachments(id, run);
  const drafts = openDrafts(id, run);
  const proofs = openProofs(id, run, signing.seal, signing.origin);

  return {
    institution,
    attachments,
    drafts,
    append: (events, along = {}) => run(query => appendEvents(id, query, events, along, pause)),
    events: async (after = 0) => {
      const found = await rows(
        'select e.n, e.id, e.case_id, e.type, e.at, e.recorded_at, b.body from log_entry e left join log_body b on b.institution_id = e.institution_id and b.n = e.n where e.institution_id = $1 and e.n > $2 order by e.n',
        [after],
      );
      return found.flatMap(r => (typeof r['body'] === 'string' ? [eventOf(r)] : []));
    },
    head: async () => {
      const [head] = await rows('select counter, root from log_head where institution_id = $1');
      return { counter: Number(head?.['counter'] ?? 0), root: head ? showHash(head['root'] as Uint8Array) : '' };
    },
    setTimers: timers => run(query => writeTimers(id, query, timers)),
    findings: query => run(q => listFindings(id, q, query)),
    finding: async findingId => {
      const [row] = await rows(
        'select f.* from finding f join finding_key k on k.institution_id = f.institution_id and k.id = f.id and k.seen_at = f.seen_at where f.institution_id = $1 and f.id = $2',
        [findingId],
      );
      return row ? findingOf(row) : undefined;
    },
    search: {
      enter: most => run(query => indexFindings(id, query, most)),
      findings: search => run(query => searchFindings(id, query, search)),
    },
    eraseFindings: (caseId, at) => run(query => eraseCase(id, query, caseId, at)),
    forgetTexts: (asked, at) => run(query => forgetNext(id, query, asked, at)),
    setFinding: (findingId, change) =>
      run(async query => {
        await changeFinding(id, query, findingId, change);
        await recountOf(id, query, [findingId]);
      }),
    notices: async limit =>
      (await rows('select * from notice where institution_id = $1 order by id desc limit $2', [limit])).map(noticeOf),
    firstNotice: reminder =>
      run(async query => {
        const [row] = await query<Row>(
          'select * from notice where institution_id = $1 and reminder_key = $2 order by id limit 1',
          [id, reminder],
        );
        return row && noticeOf(row);
      }),
    addNotices: notices => run(query => writeNotices(id, query, notices)),
    reminders: query => run(q => listReminders(id, q, query)),
    acknowledge: (key, by, at) => run(query => acknowledge(id, query, key, by, at)),
    closeReminder: (dutyKey, at) => run(query => closeReminder(id, query, dutyKey, at)),
    closeReminders: (open, at, cases) => run(query => closeReminders(id, query, open, at, cases)),
    ...sourceStatements(id, run),
    rules: async () =>
      (await rows('select id, version, rule, state from match_rule where institution_id = $1 order by id')).map(r => ({
        id: String(r['id']),
        version: String(r['version']),
        rule: r['rule'],
        state: r['state'] as 'on' | 'off',
      })),
    rulesMark: async () => {
      const [row] = await rows(
        "select md5(string_agg(id || ' ' || xmin::text, ' ' order by id)) as mark from match_rule where institution_id = $1",
      );
      return String(row?.['mark'] ?? '');
    },
    putRule: r =>
      run(async query => {
        await query(
          'insert into match_rule (institution_id, id, version, rule, state) values ($1, $2, $3, $4, $5) on conflict (institution_id, id) do update set version = excluded.version, rule = excluded.rule, state = excluded.state',
          [id, r.id, r.version, JSON.stringify(r.rule), r.state],
        );
        await turnRules(id, query);
      }),
    staff: async () => (await rows('select * from staff where institution_id = $1 order by code')).map(staffOf),
    putStaff: s =>
      done(
        `insert into staff (institution_id, code, login, display_name, password_hash, must_change, administrator, failures, locked_until, disabled_at, house_duty)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $10 then now() end, $11)
         on conflict (institution_id, code) do update set login = excluded.login, display_name = excluded.display_name, password_hash = excluded.password_hash, must_change = excluded.must_change,
           administrator = excluded.administrator, failures = excluded.failures, locked_until = excluded.locked_until, disabled_at = excluded.disabled_at,
           house_duty = excluded.house_duty`,
        [
          s.code,
          s.login,
          s.displayName,
          s.passwordHash,
          s.mustChange,
          s.administrator,
          s.failures,
          iso(s.lockedUntil),
          s.disabled,
          s.duty ?? null,
        ],
      ),
    session: async digest => {
      const [row] = await rows('select * from session where institution_id = $1 and token_digest = $2', [
        Buffer.from(digest),
      ]);
      return row ? sessionOf(row) : undefined;
    },
    putSession: (digest, s) =>
      done(
        `insert into session (institution_id, token_digest, staff_code, csrf, unit, role, language, created_at, seen_at, expires_at, stage, via, came_from, device) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (institution_id, token_digest) do update set unit = excluded.unit, role = excluded.role, language = excluded.language, seen_at = excluded.seen_at`,
        [
          Buffer.from(digest),
          s.staffCode,
          s.csrf,
          s.unit ?? null,
          s.role ?? null,
          s.language,
          iso(s.createdAt),
          iso(s.seenAt),
          iso(s.expiresAt),
          s.stage,
          s.via,
          s.cameFrom ?? null,
          s.device ?? null,
        ],
      ),
    endSession: digest =>
      done('delete from session where institution_id = $1 and token_digest = $2', [Buffer.from(digest)]),
    setting: async key =>
      (await rows('select value from setting where institution_id = $1 and key = $2', [key]))[0]?.['value'],
    putSetting: (key, value) =>
      done(
        'insert into setting (institution_id, key, value) values ($1, $2, $3) on conflict (institution_id, key) do update set value = excluded.value',
        [key, JSON.stringify(value)],
      ),
    audit: (at, staffCode, what, detail) =>
      done('insert into audit (institution_id, at, staff_code, what, detail) values ($1, $2, $3, $4, $5)', [
        iso(at),
        staffCode ?? null,
        what,
        detail,
      ]),
    exportLog: (caseId, upTo) => run(query => exportLog(id, query, caseId, upTo)),
    triage: openTriage(id, run, keeper.ensureMonths, pool),
    proofs,
    access: openAccess(id, run, signing.seal),
    contacts,
    collecting: openCollecting(id, run),
    evidence: openEvidence(id, run, signing.seal),
    writing: openWriting(id, run),
    rota: openRota(id, run),
    ownChannels: openOwnChannels(id, run),
    inspection: openInspection(id, run),
    forgetOld: (at, auditDays, textsBefore) =>
      forgetOld(
        id,
        run,
        { contacts: contacts.expire, files: attachments.forget, drafts: drafts.forget },
        at,
        auditDays,
        textsBefore,
      ),
    witnessing: {
      trust: key => trustLog(id, run, key),
      logs: () => trustedLogs(id, run),
      see: (request, now) => seeCheckpoint(id, run, proofs.witness, request, now),
    },
  };
}

function eventOf(r: Row): StoredEvent {
  // The body was written by `bodyOf` from an event that had been checked.
  const body = JSON.parse(String(r['body'])) as Pick<StoredEvent, 'by' | 'data' | 'lateEntryReason' | 'case' | 'id'>;
  return {
    n: Number(r['n']),
    type: String(r['type']),
    at: String(r['at']),
    recordedAt: String(r['recorded_at']),
    ...body,
  };
}
const staffOf = (r: Row): Staff =>
  given({
    code: String(r['code']),
    login: String(r['login']),
    displayName: String(r['display_name']),
    passwordHash: String(r['password_hash']),
    mustChange: r['must_change'] === true,
    administrator: r['administrator'] === true,
    failures: Number(r['failures']),
    lockedUntil: when(r['locked_until']) as number,
    disabled: r['disabled_at'] !== null,
    duty: r['house_duty'] as 'audit',
    secondFactor: typeof r['second_factor'] === 'string',
  });
const sessionOf = (r: Row): Session =>
  given({
    staffCode: String(r['staff_code']),
    csrf: String(r['csrf']),
    unit: r['unit'] as string,
    role: r['role'] as string,
    language: String(r['language']),
    createdAt: Number(r['created_at']),
    seenAt: Number(r['seen_at']),
    expiresAt: Number(r['expires_at']),
    stage: r['stage'] as Session['stage'],
    via: String(r['via']),
    cameFrom: r['came_from'] as string,
    device: r['device'] as string,
    newPlace: r['new_place'] as string,
  });

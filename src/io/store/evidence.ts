/**
 * What a page held when it was looked at. Bytes of outlets and authorities are kept; of pages where members of the public
 * speak the digest is, and the bytes only where a named office asked with a reason: sealed one by one, for 30 days, outside
 * every backup and export.
 */
import { instants, texts } from './arrays.ts';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Seal } from '../seal/index.ts';
import type { Query, StorePool } from './port.ts';

type Row = Record<string, unknown>;
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
export type LookWhy = 'first' | 'hour' | 'six-hours' | 'day' | 'week' | 'asked';
export interface NewLook {
  readonly findingId: string;
  readonly lookedAt: number;
  readonly why: LookWhy;
  /** `refused`: the site asks not to be read, or the door stayed closed. */
  readonly outcome: 'kept' | 'same' | 'changed' | 'gone' | 'unreachable' | 'refused';
  readonly keeps: 'bytes' | 'digest';
  readonly url: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** `sha256:…` of the bytes as they came. */
  readonly digest?: string;
  readonly size?: number;
  readonly title?: string;
  readonly text?: string;
  readonly fault?: string;
}
export interface EvidenceLook extends NewLook {
  readonly n: number;
  /** Whether the bytes can be had: kept, or sealed and not yet deleted. */
  readonly bytes: 'kept' | 'sealed' | 'deleted' | 'none';
  readonly sealed?: {
    readonly unit: string;
    readonly role: string;
    readonly reason: string;
    readonly sealedAt: number;
    readonly keepUntil: number;
  };
}
export interface Asked {
  readonly unit: string;
  readonly role: string;
  readonly staffCode?: string;
  readonly reason: string;
  readonly at: number;
  readonly keepUntil: number;
}
export interface Evidence {
  /** Records a look; `body` is kept only where the look says that bytes are. Returns its number. */
  readonly addLook: (look: NewLook, body?: Uint8Array, asked?: Asked) => Promise<number>;
  readonly looks: (finding: string) => Promise<readonly EvidenceLook[]>;
  /** Every look at a page of the findings of a case, without text and bytes. */
  readonly ofCase: (caseId: string) => Promise<
    readonly {
      readonly title: string;
      readonly lookedAt: number;
      readonly outcome: NewLook['outcome'];
      readonly url: string;
      readonly digest?: string;
    }[]
  >;
  /** The bytes of an outlet's or authority's page. */
  readonly body: (finding: string, n: number) => Promise<Uint8Array | undefined>;
  /** Sealed bytes, for the office that asked and before their date; the caller writes the audit entry first. */
  readonly openSealed: (
    finding: string,
    n: number,
    office: { readonly unit: string; readonly role: string },
    now: number,
  ) => Promise<Uint8Array | undefined>;
  readonly expireSealed: (now: number) => Promise<number>;
  readonly plan: (
    findings: readonly string[],
    looks: readonly { readonly why: LookWhy; readonly dueAt: number }[],
  ) => Promise<void>;
  /** Takes the looks of a finding that are due for this reader until a moment; after a standstill several are due at once. */
  readonly take: (
    finding: string,
    now: number,
    until: number,
  ) => Promise<readonly { readonly why: LookWhy; readonly tries: number }[]>;
  readonly finish: (finding: string, why: readonly LookWhy[]) => Promise<void>;
  readonly planned: (finding: string) => Promise<readonly { readonly why: LookWhy; readonly dueAt: number }[]>;
}
const iso = (at: number): string => new Date(at).toISOString();
const given = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;
export const sealedPurpose = (institution: string, finding: string, n: number): string =>
  `evidence ${institution} ${finding} ${n}`;

/** Looks that are due over all institutions; each is taken inside its institution afterwards. */
export async function dueEvidence(
  pool: StorePool,
  now: number,
  limit: number,
): Promise<readonly { readonly institution: string; readonly finding: string }[]> {
  const rows = await pool.scan(
    'select institution_id, finding_id from evidence_due where due_at <= $1 group by institution_id, finding_id order by min(due_at) limit $2',
    [iso(now), limit],
  );
  return rows.map(r => ({
    institution: String(r['institution_id']),
    finding: String(r['finding_id']),
  }));
}

/** A finding's looks are numbered without holes: two at once meet on the key, and the second is written again. */
async function again<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 3; ; tries--)
    try {
      return await write();
    } catch (error) {
      if ((error as { readonly code?: string }).code !== UNIQUE_VIOLATION || tries === 0) throw error;
    }
}
const UNIQUE_VIOLATION = '23505';

export function openEvidence(id: string, run: Run, seal: Seal): Evidence {
  const rows = (sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    run(query => query<Row>(sql, [id, ...values]));
  return {
    addLook: (look, body, asked) =>
      again(() =>
        run(async query => {
          const [last] = await query(
            'select n from evidence_look where institution_id = $1 and finding_id = $2 order by n desc limit 1',
            [id, look.findingId],
          );
          const n = Number(last?.['n'] ?? 0) + 1;
          await query(
            `insert into evidence_look (institution_id, finding_id, n, looked_at, why, outcome, keeps, url, status, headers, digest, size, title, text, fault, body)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
            [
              id,
              look.findingId,
              n,
              iso(look.lookedAt),
              look.why,
              look.outcome,
              look.keeps,
              look.url,
              look.status ?? null,
              JSON.stringify(look.headers),
              look.digest ?? null,
              look.size ?? null,
              look.title ?? null,
              look.text ?? null,
              look.fault ?? null,
              look.keeps === 'bytes' && body ? gzipSync(body) : null,
            ],
          );
          if (asked && body)
            await query(
              `insert into evidence_sealed (institution_id, finding_id, n, sealed, unit, role, staff_code, reason, sealed_at, keep_until)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
              [
                id,
                look.findingId,
                n,
                seal.seal(gzipSync(body), sealedPurpose(id, look.findingId, n)),
                asked.unit,
                asked.role,
                asked.staffCode ?? null,
                asked.reason,
                iso(asked.at),
                iso(asked.keepUntil),
              ],
            );
          return n;
        }),
      ),
    looks: async finding =>
      (
        await rows(
          `select l.n, l.looked_at, l.why, l.outcome, l.keeps, l.url, l.status, l.headers, l.digest, l.size, l.title, l.text, l.fault, l.body is not null as has_body,
             s.unit, s.role, s.reason, s.sealed_at, s.keep_until, s.deleted_at
             from evidence_look l left join evidence_sealed s on s.institution_id = l.institution_id and s.finding_id = l.finding_id and s.n = l.n
             where l.institution_id = $1 and l.finding_id = $2 order by l.n`,
          [finding],
        )
      ).map(r => lookOf(finding, r)),
    ofCase: async caseId =>
      (
        await rows(
          `select f.title, l.looked_at, l.outcome, l.url, l.digest from finding f
             join evidence_look l on l.institution_id = f.institution_id and l.finding_id = f.id
             where f.institution_id = $1 and f.case_id = $2 order by l.finding_id, l.n`,
          [caseId],
        )
      ).map(r =>
        given({
          title: String(r['title']),
          lookedAt: Number(r['looked_at']),
          outcome: r['outcome'] as NewLook['outcome'],
          url: String(r['url']),
          digest: r['digest'] as string,
        }),
      ),
    body: async (finding, n) => {
      const [r] = await rows(
        'select body from evidence_look where institution_id = $1 and finding_id = $2 and n = $3 and body is not null',
        [finding, n],
      );
      return r && new Uint8Array(gunzipSync(r['body'] as Uint8Array));
    },
    openSealed: async (finding, n, office, now) => {
      const [r] = await rows(
        `select sealed from evidence_sealed where institution_id = $1 and finding_id = $2 and n = $3 and unit = $4 and role = $5 and deleted_at is null and keep_until > $6`,
        [finding, n, office.unit, office.role, iso(now)],
      );
      return r && new Uint8Array(gunzipSync(seal.open(String(r['sealed']), sealedPurpose(id, finding, n))));
    },
    expireSealed: async now =>
      (
        await rows(
          'update evidence_sealed set sealed = null, deleted_at = $2 where institution_id = $1 and deleted_at is null and keep_until <= $2 returning n',
          [iso(now)],
        )
      ).length,
    plan: async (findings, looks) => {
      if (findings.length === 0) return;
      await rows(
        `insert into evidence_due (institution_id, finding_id, why, due_at)
         select $1, f.id, l.why, l.due_at from unnest($2::text[]) as f (id) cross join unnest($3::text[], $4::timestamptz[]) as l (why, due_at) on conflict do nothing`,
        [texts(findings), texts(looks.map(l => l.why)), instants(looks.map(l => l.dueAt))],
      );
    },
    take: async (finding, now, until) =>
      (
        await rows(
          'update evidence_due set due_at = $4, tries = tries + 1 where institution_id = $1 and finding_id = $2 and due_at <= $3 returning why, tries',
          [finding, iso(now), iso(until)],
        )
      ).map(r => ({ why: r['why'] as LookWhy, tries: Number(r['tries']) })),
    finish: async (finding, why) =>
      void (await rows('delete from evidence_due where institution_id = $1 and finding_id = $2 and why = any($3)', [
        finding,
        [...why],
      ])),
    planned: async finding =>
      (
        await rows(
          'select why, due_at from evidence_due where institution_id = $1 and finding_id = $2 order by due_at',
          [finding],
        )
      ).map(r => ({ why: r['why'] as LookWhy, dueAt: Number(r['due_at']) })),
  };
}

function lookOf(finding: string, r: Row): EvidenceLook {
  const sealed =
    r['sealed_at'] === null
      ? undefined
      : {
          unit: String(r['unit']),
          role: String(r['role']),
          reason: String(r['reason']),
          sealedAt: Number(r['sealed_at']),
          keepUntil: Number(r['keep_until']),
        };
  return given({
    findingId: finding,
    n: Number(r['n']),
    lookedAt: Number(r['looked_at']),
    why: r['why'] as LookWhy,
    outcome: r['outcome'] as EvidenceLook['outcome'],
    keeps: r['keeps'] as EvidenceLook['keeps'],
    url: String(r['url']),
    status: r['status'] as number,
    headers: r['headers'] as Record<string, string>,
    digest: r['digest'] as string,
    size: r['size'] as number,
    title: r['title'] as string,
    text: r['text'] as string,
    fault: r['fault'] as string,
    bytes:
      r['has_body'] === true ? 'kept' : sealed === undefined ? 'none' : r['deleted_at'] === null ? 'sealed' : 'deleted',
    sealed: sealed as NonNullable<typeof sealed>,
  });
}

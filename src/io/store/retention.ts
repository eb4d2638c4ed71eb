/** What is not kept for ever: contacts on their date, counted tries and ended sessions after a day, the audit by its rule. */
import type { Query } from './port.ts';

type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
export interface Forgotten {
  readonly contacts: number;
  readonly sessions: number;
  readonly tries: number;
  readonly audit: number;
  /** Files that were taken away thirty days ago and that nothing uses any more. */
  readonly files: number;
  readonly drafts: number;
}
/** Shortest time the audit is kept, in days: six months and a day over the floor of the database. */
const LEAST_AUDIT_DAYS = 184;
const DAY = 86_400_000;
const MONTH = 30 * DAY;
const iso = (at: number): string => new Date(at).toISOString();

/** Deletes what has outlived its purpose at `at` (milliseconds) and says how much. Running it twice deletes nothing twice. */
export async function forgetOld(
  id: string,
  run: Run,
  expire: {
    readonly contacts: (at: number) => Promise<number>;
    readonly files: (at: number) => Promise<number>;
    readonly drafts: (at: number) => Promise<number>;
  },
  at: number,
  auditDays: number,
): Promise<Forgotten> {
  const rows = (sql: string, until: number): Promise<readonly { readonly n?: string }[]> =>
    run(query => query<{ n?: string }>(sql, [id, iso(until)]));
  return {
    contacts: await expire.contacts(at),
    files: await expire.files(at - MONTH),
    drafts: await expire.drafts(at - MONTH),
    sessions: (
      await rows('delete from session where institution_id = $1 and expires_at < $2 returning staff_code', at - DAY)
    ).length,
    tries: (await rows('delete from sign_in_try where institution_id = $1 and first_at < $2 returning key', at - DAY))
      .length,
    audit: Number(
      (await rows('select forget_audit($1, $2) as n', at - Math.max(auditDays, LEAST_AUDIT_DAYS) * DAY))[0]?.n ?? 0,
    ),
  };
}

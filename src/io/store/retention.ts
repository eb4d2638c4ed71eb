/** What is not kept for ever: contacts on their date, counted tries and ended sessions after a day, the audit by its rule, words by theirs. */
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
  /** Words of findings that stood in other places as well: samples, trials of rules, earlier states of watched pages. */
  readonly words: number;
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
  textsBefore: number,
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
    words: (
      await Promise.all([
        rows(TAKING_BACK, at - DAY).then(() => []),
        ...[SAMPLES, TRIALS, EARLIER_STATES].map(sql => rows(sql, textsBefore)),
      ])
    ).reduce((n, found) => n + found.length, 0),
  };
}
/** What a person did with a story can be taken back for half a minute: what it was called is needed no longer than that. */
const TAKING_BACK =
  "update triage_act set detail = detail - 'title' - 'decided' where institution_id = $1 and at < $2 and (detail ? 'title' or detail ? 'decided')";
/** Verdicts and counts of a drill stay. */
const SAMPLES =
  "update recall_drill set title = '', text = '' where institution_id = $1 and month < to_char($2::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM') and (title <> '' or text <> '') returning item";
/** How many a version gained and lost stays; which they were called goes. */
const TRIALS = `update rule_version set trial = trial || '{"gained": [], "lost": []}' where institution_id = $1 and tried_at < $2
  and jsonb_typeof(trial) = 'object' and (jsonb_array_length(coalesce(trial -> 'gained', '[]')) > 0 or jsonb_array_length(coalesce(trial -> 'lost', '[]')) > 0) returning rule`;
/** The state that a page is in now stays, however old it is: the next one is held against it. */
const EARLIER_STATES = `delete from page_version v where v.institution_id = $1 and v.seen_at < $2
  and exists (select 1 from page_version n where n.institution_id = $1 and n.source_key = v.source_key and n.seen_at > v.seen_at) returning v.source_key`;

/**
 * Collection: which sources are due, who reads one now, how long each was read, robots.txt as it was fetched, and the dates
 * of what was found. Two processes never read one source at once: a claim is a row that only one of them can update.
 */
import { instants, texts } from './arrays.ts';
import type { Query, Source, StorePool } from './port.ts';
import { sourceOf } from './sources.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const when = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const given = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;

export interface DueSource {
  readonly institution: string;
  readonly key: string;
  readonly kind: string;
  /** Whose turn it is depends on the host that they lead to. */
  readonly settings: Readonly<Record<string, string>>;
}
/** Every source that is due and that nobody reads, over all institutions. Without locks: each is claimed afterwards. */
export async function dueSources(
  pool: StorePool,
  kinds: readonly string[],
  now: number,
  limit: number,
): Promise<readonly DueSource[]> {
  const rows = await pool.scan(
    `select institution_id, key, kind, settings from source
       where state = 'on' and next_due_at <= $1 and (claimed_until is null or claimed_until < $1) and kind = any($3) order by next_due_at limit $2`,
    [iso(now), limit, [...kinds]],
  );
  return rows.map(r => ({
    institution: String(r['institution_id']),
    key: String(r['key']),
    kind: String(r['kind']),
    settings: r['settings'] as Record<string, string>,
  }));
}

export interface SourceSpan {
  readonly sourceKey: string;
  readonly beganAt: number;
  readonly endedAt: number;
  readonly state: 'read' | 'failed';
  readonly readings: number;
  readonly items: number;
  readonly fresh: number;
  readonly added: number;
  readonly milliseconds: number;
  readonly fault?: string;
}
export interface Claimed extends Source {
  readonly failures: number;
}
export interface Settled {
  readonly key: string;
  readonly by: string;
  readonly at: number;
  readonly nextDueAt: number;
  /** Absent = as before. */
  readonly validators?: Readonly<Record<string, string>>;
  readonly outcome: Omit<SourceSpan, 'sourceKey' | 'beganAt' | 'endedAt' | 'readings'>;
  /** Whether it goes on with the last stretch is for whoever collects to say. */
  readonly goesOn: (last: SourceSpan | undefined) => boolean;
}
export interface KeptRobots {
  readonly fetchedAt: number;
  readonly state: 'rules' | 'none' | 'unreachable';
  readonly text: string;
  readonly unreachableSince?: number;
}
export interface FindingDate {
  readonly findingId: string;
  readonly claimedAt?: number;
  readonly claimedFrom?: string;
  readonly extractedAt?: number;
  readonly extractedFrom?: string;
  readonly firstSeenAt: number;
  /** It was not there yet at this moment. */
  readonly notBefore?: number;
}
export interface Told {
  readonly key: string;
  readonly at: number;
  readonly what: string;
}
export interface Collecting {
  /** Takes these sources for one reader until a moment; what somebody else has is left out. */
  readonly claim: (keys: readonly string[], by: string, now: number, until: number) => Promise<readonly Claimed[]>;
  /** Records one reading and frees the source; false where the claim had run out and another reader has it. */
  readonly settle: (settled: Settled) => Promise<boolean>;
  /** Frees what a reader still holds. */
  readonly release: (by: string) => Promise<void>;
  /** Stretches that touch a period, of one source or of all. */
  readonly spans: (
    period: { readonly from: number; readonly to: number },
    key?: string,
  ) => Promise<readonly SourceSpan[]>;
  readonly robots: (origin: string) => Promise<KeptRobots | undefined>;
  readonly putRobots: (origin: string, file: KeptRobots) => Promise<void>;
  /** The first word on a claim stands; what is extracted later is added. */
  readonly putDates: (dates: readonly FindingDate[]) => Promise<void>;
  readonly dateOf: (finding: string) => Promise<FindingDate | undefined>;
  readonly told: () => Promise<readonly Told[]>;
  readonly setTold: (key: string, told: { readonly at: number; readonly what: string } | undefined) => Promise<void>;
  /** The next reading is now, whatever the pace. */
  readonly makeDue: (key: string, now: number) => Promise<void>;
  /** Brings the next reading of sources with this pace forward to a moment, never back. */
  readonly hasten: (keys: readonly string[], pace: Source['pace'], to: number) => Promise<void>;
  /** Cases that were opened and are not closed. */
  readonly openCases: () => Promise<readonly string[]>;
  /** Sources of which a finding lies in one of these cases. */
  readonly sourcesOfCases: (cases: readonly string[]) => Promise<readonly string[]>;
}

export function openCollecting(id: string, run: <T>(work: (query: Query) => Promise<T>) => Promise<T>): Collecting {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [id, ...values]));
  const done = async (sql: string, values: readonly unknown[] = []): Promise<void> => void (await rows(sql, values));
  return {
    claim: async (keys, by, now, until) =>
      (
        await rows(
          `update source set claimed_until = $5, claimed_by = $3
             where institution_id = $1 and key = any($2) and state = 'on' and next_due_at <= $4 and (claimed_until is null or claimed_until < $4) returning *`,
          [[...keys], by, iso(now), iso(until)],
        )
      ).map(r => ({ ...sourceOf(r), failures: Number(r['failures']) })),
    settle: s =>
      run(async query => {
        const read = s.outcome.state === 'read';
        const mine = await query(
          `update source set claimed_until = null, claimed_by = null, next_due_at = $4, validators = coalesce($5::jsonb, validators),
             failures = case when $6 then 0 else failures + 1 end, last_success_at = case when $6 then $7::timestamptz else last_success_at end, last_fault = $8
             where institution_id = $1 and key = $2 and claimed_by = $3 returning key`,
          [
            id,
            s.key,
            s.by,
            iso(s.nextDueAt),
            s.validators === undefined ? null : JSON.stringify(s.validators),
            read,
            iso(s.at),
            s.outcome.fault ?? null,
          ],
        );
        if (mine.length === 0) return false;
        const [lastRow] = await query(
          'select * from source_span where institution_id = $1 and source_key = $2 order by began_at desc limit 1',
          [id, s.key],
        );
        const last = lastRow && spanOf(lastRow);
        const { state, items, fresh, added, milliseconds, fault } = s.outcome;
        const figures = [items, fresh, added, Math.round(milliseconds), fault ?? null];
        if (last && s.goesOn(last))
          await query(
            `update source_span set ended_at = $4, readings = readings + 1, items = $5, fresh = fresh + $6, added = added + $7, milliseconds = milliseconds + $8, fault = $9
               where institution_id = $1 and source_key = $2 and began_at = $3`,
            [id, s.key, iso(last.beganAt), iso(s.at), ...figures],
          );
        else
          await query(
            `insert into source_span (institution_id, source_key, began_at, ended_at, state, readings, items, fresh, added, milliseconds, fault)
               values ($1, $2, $3, $3, $4, 1, $5, $6, $7, $8, $9) on conflict do nothing`,
            [id, s.key, iso(s.at), state, ...figures],
          );
        return true;
      }),
    release: by =>
      done('update source set claimed_until = null, claimed_by = null where institution_id = $1 and claimed_by = $2', [
        by,
      ]),
    spans: async ({ from, to }, key) =>
      (
        await rows(
          `select * from source_span where institution_id = $1 and ended_at >= $2 and began_at < $3 and ($4::text is null or source_key = $4) order by source_key, began_at`,
          [iso(from), iso(to), key ?? null],
        )
      ).map(spanOf),
    robots: async origin => {
      const [r] = await rows('select * from robots_file where institution_id = $1 and origin = $2', [origin]);
      return (
        r &&
        given({
          fetchedAt: Number(r['fetched_at']),
          state: r['state'] as KeptRobots['state'],
          text: String(r['text']),
          unreachableSince: when(r['unreachable_since']) as number,
        })
      );
    },
    putRobots: (origin, f) =>
      done(
        `insert into robots_file (institution_id, origin, fetched_at, state, text, unreachable_since) values ($1, $2, $3, $4, $5, $6)
         on conflict (institution_id, origin) do update set fetched_at = excluded.fetched_at, state = excluded.state, text = excluded.text, unreachable_since = excluded.unreachable_since`,
        [origin, iso(f.fetchedAt), f.state, f.text, iso(f.unreachableSince)],
      ),
    putDates: dates =>
      run(async query => {
        // A statement touches a row once: of two that speak of one finding the first counts.
        const list = [...new Map([...dates].reverse().map(d => [d.findingId, d])).values()].reverse();
        if (list.length > 0)
          await query(
            `insert into finding_date (institution_id, finding_id, claimed_at, claimed_from, extracted_at, extracted_from, first_seen_at, not_before)
             select $1, * from unnest($2::text[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::timestamptz[])
             on conflict (institution_id, finding_id) do update set extracted_at = coalesce(finding_date.extracted_at, excluded.extracted_at), extracted_from = coalesce(finding_date.extracted_from, excluded.extracted_from)`,
            [
              id,
              texts(list.map(d => d.findingId)),
              instants(list.map(d => d.claimedAt)),
              texts(list.map(d => d.claimedFrom)),
              instants(list.map(d => d.extractedAt)),
              texts(list.map(d => d.extractedFrom)),
              instants(list.map(d => d.firstSeenAt)),
              instants(list.map(d => d.notBefore)),
            ],
          );
      }),
    dateOf: async finding => {
      const [r] = await rows('select * from finding_date where institution_id = $1 and finding_id = $2', [finding]);
      return (
        r &&
        given({
          findingId: finding,
          claimedAt: when(r['claimed_at']) as number,
          claimedFrom: r['claimed_from'] as string,
          extractedAt: when(r['extracted_at']) as number,
          extractedFrom: r['extracted_from'] as string,
          firstSeenAt: Number(r['first_seen_at']),
          notBefore: when(r['not_before']) as number,
        })
      );
    },
    told: async () =>
      (await rows('select key, told_at, told_what from source where institution_id = $1 and told_at is not null')).map(
        r => ({ key: String(r['key']), at: Number(r['told_at']), what: String(r['told_what']) }),
      ),
    setTold: (key, told) =>
      done('update source set told_at = $3, told_what = $4 where institution_id = $1 and key = $2', [
        key,
        iso(told?.at),
        told?.what ?? null,
      ]),
    makeDue: (key, now) =>
      done('update source set next_due_at = $3 where institution_id = $1 and key = $2', [key, iso(now)]),
    hasten: (keys, pace, to) =>
      done(
        "update source set next_due_at = $4 where institution_id = $1 and key = any($2) and pace = $3 and state = 'on' and failures = 0 and next_due_at > $4",
        [[...keys], pace, iso(to)],
      ),
    openCases: async () => {
      const open = new Set<string>();
      for (const r of await rows(
        "select case_id, type from log_entry where institution_id = $1 and type in ('case.opened', 'case.closed') and case_id is not null order by n",
      ))
        if (r['type'] === 'case.opened') open.add(String(r['case_id']));
        else open.delete(String(r['case_id']));
      return [...open];
    },
    sourcesOfCases: async cases =>
      (
        await rows('select distinct source_key from finding where institution_id = $1 and case_id = any($2)', [
          [...cases],
        ])
      ).map(r => String(r['source_key'])),
  };
}

const spanOf = (r: Row): SourceSpan =>
  given({
    sourceKey: String(r['source_key']),
    beganAt: Number(r['began_at']),
    endedAt: Number(r['ended_at']),
    state: r['state'] as SourceSpan['state'],
    readings: Number(r['readings']),
    items: Number(r['items']),
    fresh: Number(r['fresh']),
    added: Number(r['added']),
    milliseconds: Number(r['milliseconds']),
    fault: r['fault'] as string,
  });

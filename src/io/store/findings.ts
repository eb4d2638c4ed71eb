/** Findings: stored once whatever way they come, in monthly partitions. No author, no account: there is no column for one. */
import type { Finding, FindingState, Query, Tenant } from './port.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** Statement that makes the partition of a month; run by the keeper before the first finding of that month. */
export function partitionOf(at: number): { readonly name: string; readonly sql: string } {
  const date = new Date(at);
  const from = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
  const to = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  const name = `finding_${from.toISOString().slice(0, 7).replace('-', '_')}`;
  return {
    name,
    sql: `create table if not exists ${name} partition of finding for values from ('${from.toISOString()}') to ('${to.toISOString()}')`,
  };
}

export async function listFindings(
  institution: string,
  query: Query,
  q: Parameters<Tenant['findings']>[0],
): Promise<Finding[]> {
  const rows = await query(
    `select * from finding where institution_id = $1 and ($2::text is null or state = $2) and seen_at >= coalesce($3::timestamptz, '-infinity') and seen_at < coalesce($4::timestamptz, 'infinity')
       and ($5::text is null or title like '%' || $5 || '%' or text like '%' || $5 || '%')
     order by seen_at desc, id limit $6`,
    [
      institution,
      q.state ?? null,
      iso(q.from),
      iso(q.to),
      q.text === undefined ? null : q.text.replace(/[\\%_]/g, c => `\\${c}`),
      q.limit,
    ],
  );
  return rows.map(findingOf);
}
export function findingOf(r: Row): Finding {
  const parts = {
    id: String(r['id']),
    sourceKey: String(r['source_key']),
    origin: String(r['origin']),
    outlet: r['outlet'],
    url: r['url'],
    publishedAt: r['published_at'],
    title: String(r['title']),
    text: String(r['text']),
    matched: r['matched'],
    story: r['story'],
    seenAt: Number(r['seen_at']),
    state: r['state'] as FindingState,
    caseId: r['case_id'],
    eventId: r['event_id'],
    erasedAt: r['erased_at'],
  };
  return Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== null)) as unknown as Finding; // column types are those of the schema
}

/** What became of a finding. It is found by its key: its month is named, so only that partition is looked at. */
export const changeFinding = (
  institution: string,
  query: Query,
  finding: string,
  change: { readonly state: FindingState; readonly caseId?: string; readonly eventId?: string },
): Promise<unknown> =>
  query(
    'update finding set state = $3, case_id = coalesce($4, case_id), event_id = coalesce($5, event_id) where institution_id = $1 and id = $2 and seen_at = (select k.seen_at from finding_key k where k.institution_id = $1 and k.id = $2 limit 1)',
    [institution, finding, change.state, change.caseId ?? null, change.eventId ?? null],
  );

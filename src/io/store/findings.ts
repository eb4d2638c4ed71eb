/** Findings: stored once whatever way they come, in monthly partitions. No author, no account: there is no column for one. */
import type { Finding, FindingState, NewFinding, Query, Tenant } from './port.ts';

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

export async function addFindings(
  institution: string,
  query: Query,
  findings: readonly NewFinding[],
): ReturnType<Tenant['addFindings']> {
  const added: string[] = [];
  const known: string[] = [];
  for (const f of findings) {
    const fresh = await query(
      'insert into finding_key (institution_id, key, id, seen_at) values ($1, $2, $3, $4) on conflict do nothing returning id',
      [institution, f.key, f.id, iso(f.seenAt)],
    );
    if (fresh.length === 0) {
      known.push(f.id);
      continue;
    }
    await query(
      `insert into finding (institution_id, seen_at, id, source_key, origin, outlet, url, published_at, title, text, matched, story, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'new')`,
      [
        institution,
        iso(f.seenAt),
        f.id,
        f.sourceKey,
        f.origin,
        f.outlet ?? null,
        f.url ?? null,
        iso(f.publishedAt),
        f.title,
        f.text,
        JSON.stringify(f.matched),
        f.story ?? null,
      ],
    );
    added.push(f.id);
  }
  return { added, known };
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
  };
  return Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== null)) as unknown as Finding; // column types are those of the schema
}

/**
 * Finding texts again among what came in. Entries are made behind the intake; a search goes back day by day, in growing
 * steps, and stops when it has enough. Candidates are judged by their own text, so what was erased is never shown.
 */
import { holdsAll, pairsOf, type Sought } from '#core/text';
import { findingOf } from './findings.ts';
import type { Finding, Query } from './port.ts';

type Row = Record<string, unknown>;
const DAY = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
/** Days repeat after eleven years and marks of institutions after 512: both are checked again on the row itself. */
const DAYS = 4096;
const MARKS = 512;

function markOf(institution: string): number {
  let mark = 7;
  for (let i = 0; i < institution.length; i++) mark = (mark * 31 + institution.charCodeAt(i)) % MARKS;
  return mark;
}
/** One number below 2^53: whose, on which day, which pair. */
const gramsOf = (institution: string, day: number, pairs: readonly number[]): number[] => {
  const base = (markOf(institution) * DAYS + (day % DAYS)) * 2 ** 32;
  return pairs.map(pair => base + pair);
};
const literal = (grams: readonly number[]): string => `{${grams.join(',')}}`;

/** Enters the next findings in the order of intake; says how many. */
export async function indexFindings(institution: string, query: Query, most: number): Promise<number> {
  const rows = await query<Row>(
    `select f.n, f.id, f.seen_at, f.title, f.text from finding f
     where f.institution_id = $1 and f.n > coalesce((select h.n from search_head h where h.institution_id = $1), 0) order by f.n limit $2`,
    [institution, most],
  );
  const last = rows.at(-1);
  if (!last) return 0;
  const entries = rows.map(r => {
    const seenAt = Number(r['seen_at']);
    const pairs = pairsOf(`${String(r['title'])}\n${String(r['text'])}`);
    return { seenAt, id: String(r['id']), grams: literal(gramsOf(institution, Math.floor(seenAt / DAY), pairs)) };
  });
  await query(
    `insert into search_entry (institution_id, seen_at, finding_id, grams)
     select $1, s::timestamptz, i, g::bigint[] from unnest($2::text[], $3::text[], $4::text[]) as t (s, i, g) on conflict do nothing`,
    [institution, entries.map(e => iso(e.seenAt)), entries.map(e => e.id), entries.map(e => e.grams)],
  );
  await query(
    `insert into search_head (institution_id, n) values ($1, $2)
     on conflict (institution_id) do update set n = greatest(search_head.n, excluded.n)`,
    [institution, String(last['n'])],
  );
  return rows.length;
}

export interface FindingSearch {
  readonly asked: Sought;
  /** Seen in this span; the end is not in it. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}
export interface FoundFindings {
  /** Newest first. */
  readonly hits: readonly Finding[];
  readonly more: boolean;
  /** Came in so lately that they are not entered yet; their texts were looked through one by one. */
  readonly behind: number;
}
/** So many of what is not entered yet are looked through. */
const MOST_BEHIND = 2_000;
/** Where pairs alone find more than this without the words themselves, the search gives up looking further back. */
const MOST_CANDIDATES = 5_000;

export async function searchFindings(institution: string, query: Query, search: FindingSearch): Promise<FoundFindings> {
  const { asked, from, limit } = search;
  const fits = (f: Finding): boolean => holdsAll(`${f.title}\n${f.text}`, asked);
  const fresh = (
    await query<Row>(
      `select f.* from finding f
       where f.institution_id = $1 and f.n > coalesce((select h.n from search_head h where h.institution_id = $1), 0)
         and f.seen_at >= $2 and f.seen_at < $3 order by f.n desc limit $4`,
      [institution, iso(from), iso(search.to), MOST_BEHIND],
    )
  ).map(findingOf);
  const hits = new Map<string, Finding>();
  for (const finding of fresh) if (fits(finding)) hits.set(finding.id, finding);
  if (asked.pairs.length === 0) return { hits: [...hits.values()].slice(0, limit), more: false, behind: fresh.length };
  const firstDay = Math.floor(from / DAY);
  let day = Math.floor((search.to - 1) / DAY);
  let step = 1;
  let seen = 0;
  // From here backwards; the end of the span is not in it. An empty id stands before every id of the same instant.
  let before: { readonly at: number; readonly id: string } = { at: search.to - 1, id: '' };
  while (day >= firstDay && hits.size <= limit && seen < MOST_CANDIDATES) {
    const until = Math.max(firstDay, day - step + 1);
    const days = Array.from({ length: day - until + 1 }, (_, i) => day - i);
    const wanted = days.map((_, i) => `s.grams @> $${i + 6}::bigint[]`).join(' or ');
    const rows = await query<Row>(
      `select f.* from search_entry s join finding f on f.institution_id = s.institution_id and f.seen_at = s.seen_at and f.id = s.finding_id
       where s.institution_id = $1 and f.institution_id = $1 and s.seen_at >= $2 and (s.seen_at < $3 or (s.seen_at = $3 and s.finding_id > $4)) and (${wanted})
       order by s.seen_at desc, s.finding_id limit $5`,
      [
        institution,
        iso(Math.max(from, until * DAY)),
        iso(before.at),
        before.id,
        limit + PAGE_MORE,
        ...days.map(d => literal(gramsOf(institution, d, asked.pairs))),
      ],
    );
    seen += rows.length;
    for (const finding of rows.map(findingOf)) if (fits(finding)) hits.set(finding.id, finding);
    const last = rows.at(-1);
    if (rows.length === limit + PAGE_MORE && last && hits.size <= limit) {
      // More of the same days: on from the last one that was read.
      before = { at: Number(last['seen_at']), id: String(last['id']) };
      continue;
    }
    day = until - 1;
    // Nothing of the first instant of a day is in the day before.
    before = { at: (day + 1) * DAY - 1, id: '' };
    step = Math.min(step * 2, MOST_DAYS);
  }
  const all = [...hits.values()].sort((a, b) => b.seenAt - a.seenAt);
  return { hits: all.slice(0, limit), more: all.length > limit || seen >= MOST_CANDIDATES, behind: fresh.length };
}
/** Read beyond what is shown: pairs may stand apart in a text that does not hold the word. */
const PAGE_MORE = 20;
const MOST_DAYS = 32;

/**
 * Finding texts again among what came in. Entries are made behind the intake. A search looks through the newest entries one
 * by one first: a common word is found there often enough, and nothing else is asked. Only what is rarer goes to the index.
 * Candidates are judged by their own text, so what was erased is never shown.
 */
import { holdsAll, pairsOf, type Sought } from '#core/text';
import { findingOf } from './findings.ts';
import type { Finding, Query } from './port.ts';

type Row = Record<string, unknown>;
const iso = (at: number): string => new Date(at).toISOString();
/** Marks of institutions repeat after 2,048: the row says itself whose it is. */
const MARKS = 2048;

function markOf(institution: string): number {
  let mark = 7;
  for (let i = 0; i < institution.length; i++) mark = (mark * 31 + institution.charCodeAt(i)) % MARKS;
  return mark;
}
/** One number below 2^43: whose, and which pair. */
const gramsOf = (institution: string, pairs: readonly number[]): number[] => {
  const base = markOf(institution) * 2 ** 32;
  return pairs.map(pair => base + pair);
};
const literal = (grams: readonly number[]): string => `{${grams.join(',')}}`;
/** What is kept of a text for searching, as the column takes it. */
export const entryOf = (institution: string, text: string): string => literal(gramsOf(institution, pairsOf(text)));

/**
 * Compared with a bare number: under row security anything that might raise an error on the way (COALESCE is taken for such)
 * is asked row by row, and then every finding of the house was read for each of these.
 */
export const NEXT_TO_ENTER = `select f.n, f.id, f.seen_at, f.title, f.text from finding f
  where f.institution_id = $1 and f.n > (select coalesce(max(h.n), 0) from search_head h where h.institution_id = $1) order by f.n limit $2`;
/** Enters the next findings in the order of intake; says how many. */
export async function indexFindings(institution: string, query: Query, most: number): Promise<number> {
  const rows = await query<Row>(NEXT_TO_ENTER, [institution, most]);
  const last = rows.at(-1);
  if (!last) return 0;
  const entries = rows.map(r => {
    const grams = entryOf(institution, `${String(r['title'])}\n${String(r['text'])}`);
    return { seenAt: Number(r['seen_at']), id: String(r['id']), grams };
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
/** So many of the newest entries are looked through before the index is asked, and so many where a word turns out to be common. */
const FIRST_IN_ORDER = 1_500;
const NEXT_IN_ORDER = 4_000;
const MOST_IN_ORDER = 25_000;
/** Read at once; beyond what is shown, for pairs may stand apart in a text that does not hold the word. */
const STEP = 200;
/** Pairs that find so much without the words themselves standing there: the search gives up looking further back. */
const MOST_CANDIDATES = 4_000;
/** A place in the order of a search: newest first, then by id. An empty id stands before every id of its instant. */
interface Place {
  readonly at: number;
  readonly id: string;
}
const placeOf = (row: Row | undefined): Place | undefined =>
  row && { at: Number(row['seen_at']), id: String(row['finding_id'] ?? row['id']) };
/** Found so often in what was read that reading on will have found enough before the index has handed over all it holds. */
const isCommon = (seen: number, read: number, limit: number): boolean => (seen / read) * MOST_IN_ORDER > limit;
/** One by one by their keys: no estimate may lead the database to read all findings for the sake of a few. */
const FOUND = `select f.* from hit s cross join lateral
  (select f.* from finding f where f.institution_id = $1 and f.seen_at = s.seen_at and f.id = s.finding_id limit 1) f order by f.seen_at desc, f.id`;
const BEFORE =
  's.institution_id = $1 and s.seen_at >= $2 and (s.seen_at < $3 or (s.seen_at = $3 and s.finding_id > $4))';

export async function searchFindings(institution: string, query: Query, search: FindingSearch): Promise<FoundFindings> {
  const { asked, from, limit } = search;
  const fits = (f: Finding): boolean => holdsAll(`${f.title}\n${f.text}`, asked);
  const [head] = await query<Row>('select h.n from search_head h where h.institution_id = $1', [institution]);
  const fresh = (
    await query<Row>('select f.* from finding f where f.institution_id = $1 and f.n > $2 order by f.n desc limit $3', [
      institution,
      String(head?.['n'] ?? 0),
      MOST_BEHIND,
    ])
  )
    .map(findingOf)
    .filter(f => f.seenAt >= from && f.seenAt < search.to);
  const hits = new Map<string, Finding>();
  for (const finding of fresh) if (fits(finding)) hits.set(finding.id, finding);
  if (asked.pairs.length === 0) return { hits: [...hits.values()].slice(0, limit), more: false, behind: fresh.length };
  const grams = literal(gramsOf(institution, asked.pairs));
  const begin: Place = { at: search.to - 1, id: '' };
  const values = (place: Place): unknown[] => [institution, iso(from), iso(place.at), place.id, grams];
  const take = (rows: readonly Row[]): void => {
    for (const finding of rows.map(findingOf)) if (fits(finding)) hits.set(finding.id, finding);
  };
  // The newest first, one by one, and on from there as long as that is the shorter way to enough of them.
  let place: Place | undefined = begin;
  let [read, seen, step] = [0, 0, FIRST_IN_ORDER];
  while (place && hits.size <= limit && read < MOST_IN_ORDER && (read === 0 || isCommon(seen, read, limit))) {
    const [end]: readonly Row[] = await query<Row>(
      `select s.seen_at, s.finding_id from search_entry s where ${BEFORE} order by s.seen_at desc, s.finding_id offset $5 limit 1`,
      [...values(place).slice(0, 4), step - 1],
    );
    const rows: readonly Row[] = await query<Row>(
      `with hit as (select n.seen_at, n.finding_id from (select s.seen_at, s.finding_id, s.grams from search_entry s where ${BEFORE} order by s.seen_at desc, s.finding_id limit $6) n
         where n.grams @> $5::bigint[] order by n.seen_at desc, n.finding_id limit $7)
       ${FOUND}`,
      [...values(place), step, limit + STEP],
    );
    take(rows);
    place = rows.length === limit + STEP ? placeOf(rows.at(-1)) : placeOf(end);
    read += step;
    seen += rows.length;
    step = NEXT_IN_ORDER;
  }
  while (place && hits.size <= limit && seen < MOST_CANDIDATES) {
    const rows: readonly Row[] = await query<Row>(
      `with hit as materialized (select c.seen_at, c.finding_id from search_candidates($1, $2, $3, $4, $5::bigint[], $6) c)
       ${FOUND}`,
      [...values(place), limit + STEP],
    );
    take(rows);
    seen += rows.length;
    place = rows.length === limit + STEP ? placeOf(rows.at(-1)) : undefined;
  }
  const all = [...hits.values()].sort((a, b) => b.seenAt - a.seenAt);
  return { hits: all.slice(0, limit), more: all.length > limit || seen >= MOST_CANDIDATES, behind: fresh.length };
}

/**
 * Words that go when their time is over: of a closed case at the end of its keeping, and of what nobody made a case of after
 * the days of the house. That something was found, when, where and what became of it stays: numbers of past briefs are made
 * of that. One way for both, so that nothing is forgotten in one place and kept in another.
 */
import { instants, texts } from './arrays.ts';
import { lockIntake } from './intake.ts';
import type { Query } from './port.ts';

interface Doomed {
  readonly id: string;
  readonly seenAt: number;
  readonly n: number;
  readonly story: string | undefined;
  /** What it is a copy of. */
  readonly of: string | undefined;
}
/** A place in the order in which findings were seen. */
export interface SeenPlace {
  readonly at: number;
  readonly id: string;
}
export interface ForgetTexts {
  /** Seen before this. */
  readonly before: number;
  /** Goes on behind this place; absent = from the first finding on. */
  readonly after?: SeenPlace;
  /** So many of the newest items may still be remembered for comparing: processes that do are told to look again. */
  readonly reach: number;
  /** Looked at in one transaction. */
  readonly most: number;
}
export interface ForgottenTexts {
  readonly findings: number;
  readonly looks: number;
  /** Where to go on; absent = everything that is due has been looked at. */
  readonly next?: SeenPlace;
}
const iso = (at: number): string => new Date(at).toISOString();
const doomedOf = (r: Readonly<Record<string, unknown>>): Doomed => ({
  id: String(r['id']),
  seenAt: Number(r['seen_at']),
  n: Number(r['n']),
  story: typeof r['story'] === 'string' ? r['story'] : undefined,
  of: typeof r['same_of'] === 'string' ? r['same_of'] : undefined,
});

/** Everything that was found for a case, at the end of its keeping. */
export async function eraseCase(institution: string, query: Query, caseId: string, at: number): Promise<void> {
  await lockIntake(institution, query);
  const rows = await query(
    'select f.id, f.seen_at, f.n, f.story from finding f where f.institution_id = $1 and f.case_id = $2 and f.erased_at is null order by f.seen_at, f.id for update',
    [institution, caseId],
  );
  await erase(institution, query, rows.map(doomedOf), at);
  await query('update intake_head set turn = turn + 1 where institution_id = $1', [institution]);
}

/**
 * The next of what stands outside every case and was seen before a moment. What is in a case, or a copy of what is in one,
 * goes with the case; what an office asked to be sealed, and what somebody still waits to be called back about, stays until
 * that is over. What another transaction is deciding on right now is left to a later round.
 */
export async function forgetNext(
  institution: string,
  query: Query,
  { before, after, reach, most }: ForgetTexts,
  at: number,
): Promise<ForgottenTexts> {
  const head = await lockIntake(institution, query);
  const rows = await query(DUE, [institution, iso(before), after ? iso(after.at) : '-infinity', after?.id ?? '', most]);
  const seen = rows.map(doomedOf).toSorted(inOrder);
  const last = seen.at(-1);
  const next = last && rows.length === most ? { next: { at: last.seenAt, id: last.id } } : {};
  const held = await heldOf(institution, query, seen);
  const doomed = seen.filter(d => !held.has(d.id));
  if (doomed.length === 0) return { findings: 0, looks: 0, ...next };
  const looks = await erase(institution, query, doomed, at);
  if (Math.max(...doomed.map(d => d.n)) > head.n - reach)
    await query('update intake_head set turn = turn + 1 where institution_id = $1', [institution]);
  // In the same transaction: the record of a deletion is as sure as the deletion.
  await query('insert into audit (institution_id, at, staff_code, what, detail) values ($1, $2, null, $3, $4)', [
    institution,
    iso(at),
    'retention',
    `texts ${doomed.length}, looked-at pages ${looks}`,
  ]);
  return { findings: doomed.length, looks, ...next };
}
const inOrder = (a: Doomed, b: Doomed): number => a.seenAt - b.seenAt || (a.id < b.id ? -1 : 1);
/** The next in the order of the key, month by month. */
const DUE = `select f.id, f.seen_at, f.n, f.story, f.same_of from finding f
  where f.institution_id = $1 and f.seen_at < $2 and f.seen_at >= $3 and (f.seen_at > $3 or f.id > $4)
    and f.case_id is null and f.state <> 'in-case' and f.erased_at is null
  order by f.seen_at, f.id limit $5 for update skip locked`;

/** Which of these something holds. Asked step by step: as one statement the database would look into every month for each copy. */
async function heldOf(institution: string, query: Query, seen: readonly Doomed[]): Promise<ReadonlySet<string>> {
  const busy = await query(
    `select s.finding_id as id from evidence_sealed s where s.institution_id = $1 and s.deleted_at is null and s.finding_id = any($2::text[])
     union all
     select c.finding_id from hotline_contact c where c.institution_id = $1 and c.deleted_at is null and c.finding_id = any($2::text[])`,
    [institution, texts(seen.map(d => d.id))],
  );
  const held = new Set(busy.map(r => String(r['id'])));
  const firsts = await query(
    'select k.id, k.seen_at from finding_key k where k.institution_id = $1 and k.id = any($2::text[]) order by k.seen_at',
    [institution, texts([...new Set(seen.flatMap(d => d.of ?? []))])],
  );
  if (firsts.length === 0) return held;
  const at = firsts.map(r => Number(r['seen_at']));
  const cased = await query(
    `select o.id from unnest($2::timestamptz[], $3::text[]) as t (seen_at, id) join finding o on o.seen_at = t.seen_at and o.id = t.id
     where o.institution_id = $1 and o.seen_at >= $4 and o.seen_at <= $5 and (o.case_id is not null or o.state = 'in-case')`,
    [institution, instants(at), texts(firsts.map(r => String(r['id']))), iso(at[0] ?? 0), iso(at.at(-1) ?? 0)],
  );
  const inCase = new Set(cased.map(r => String(r['id'])));
  for (const { id, of } of seen) if (of !== undefined && inCase.has(of)) held.add(id);
  return held;
}

/** Says at how many pages had been looked. */
async function erase(institution: string, query: Query, doomed: readonly Doomed[], at: number): Promise<number> {
  if (doomed.length === 0) return 0;
  const ids = texts(doomed.map(d => d.id));
  const places = [instants(doomed.map(d => d.seenAt)), ids];
  // The span is named so that only its months are looked at.
  const [from, to] = [doomed[0]?.seenAt ?? 0, doomed.at(-1)?.seenAt ?? 0];
  // Pairs of characters tell of a text as well: they go with it.
  await query(
    `delete from search_entry s using unnest($2::timestamptz[], $3::text[]) as t (seen_at, id)
     where s.institution_id = $1 and s.seen_at >= $4 and s.seen_at <= $5 and s.seen_at = t.seen_at and s.finding_id = t.id`,
    [institution, ...places, iso(from), iso(to)],
  );
  await query(
    `update finding f set title = '', text = '', url = null, matched = '[]', erased_at = $6
     from unnest($2::timestamptz[], $3::text[]) as t (seen_at, id)
     where f.institution_id = $1 and f.seen_at >= $4 and f.seen_at <= $5 and f.seen_at = t.seen_at and f.id = t.id`,
    [institution, ...places, iso(from), iso(to), iso(at)],
  );
  const looks = await query(
    `update evidence_look set title = null, text = null, body = null, fault = null, url = '', headers = headers - 'location'
     where institution_id = $1 and finding_id = any($2::text[]) returning n`,
    [institution, ids],
  );
  // The address of a page on which somebody speaks tells of them. Its digest is enough to know the page again.
  const hidden = await query(
    `update finding_key set key = '#' || encode(sha256(convert_to(key, 'UTF8')), 'hex')
     where institution_id = $1 and id = any($2::text[]) and key !~ '^(#|[a-z-]+:[0-9a-f]{64}$)' returning id`,
    [institution, ids],
  );
  if (hidden.length > 0)
    await query('update intake_head set by_digest = true where institution_id = $1 and not by_digest', [institution]);
  await retitle(institution, query, [...new Set(doomed.flatMap(d => d.story ?? []))]);
  return looks.length;
}

/** A story is called what its first text is called: what is left of one goes by the next that still has words. */
async function retitle(institution: string, query: Query, stories: readonly string[]): Promise<void> {
  await query(
    `update story s set title = coalesce(k.title, '') from unnest($2::text[]) as t (id) left join
       (select distinct on (f.story) f.story, coalesce(nullif(f.title, ''), left(f.text, 60)) as title from finding f
        where f.institution_id = $1 and f.story = any($2::text[]) and f.erased_at is null order by f.story, f.same_of is not null, f.n) as k on k.story = t.id
     where s.institution_id = $1 and s.id = t.id`,
    [institution, texts(stories)],
  );
}

/**
 * Taking items in: one transaction a batch under the lock of the institution's intake head, every table written by one
 * statement over arrays. Two processes follow each other, so that there is one order and one set of stories. What is given
 * to `write` is on its way to the server while the caller makes up its mind about the next items.
 */
import { heldItems } from './held.ts';
import { openIntakeRows } from './intake-rows.ts';
import type { IntakeTurn, KnownItem } from './port-triage.ts';
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
/** So much of a text is read where there is no room for all of it: the head is what tells its story. */
const HEAD = 1000;
const KNOWN = 'n, id, lane, same_of, story, title, text, outlet, url, published_at, matched';

/** Of what was forgotten the address is known by its digest only; nobody is asked for digests before there are some. */
const KNOWN_KEYS = `select key from finding_key where institution_id = $1 and key = any($2::text[])
   union all
   select t.key from intake_head h cross join unnest($2::text[]) as t (key) cross join lateral
     (select 1 from finding_key g where g.institution_id = $1 and g.key = '#' || encode(sha256(convert_to(t.key, 'UTF8')), 'hex') limit 1) g
   where h.institution_id = $1 and h.by_digest`;

/** Nobody else of the institution takes anything in until the transaction ends. */
export async function lockIntake(institution: string, query: Query): Promise<IntakeTurn['head']> {
  const lock = () =>
    query('select n, turn, rules from intake_head where institution_id = $1 for update', [institution]);
  let [row] = await lock();
  if (!row) {
    await query('insert into intake_head (institution_id, n) values ($1, 0) on conflict do nothing', [institution]);
    [row] = await lock();
  }
  return { n: Number(row?.['n'] ?? 0), turn: Number(row?.['turn'] ?? 0), rules: Number(row?.['rules'] ?? 0) };
}
/** Runs one turn to its end. */
export async function takeTurn<T>(
  institution: string,
  query: Query,
  work: (turn: IntakeTurn) => Promise<T>,
): Promise<T> {
  const { turn, end, written } = await intakeTurn(institution, query);
  try {
    const result = await work(turn);
    await end();
    return result;
  } catch (error) {
    // Nothing may still be on its way when the transaction ends; and what failed first is what is wrong, whatever failed
    // in its wake.
    await written();
    throw error;
  }
}
export function intakeQuestions(institution: string, query: Query): Pick<IntakeTurn, 'known' | 'wentBy' | 'setting'> {
  return {
    setting: async key =>
      (await query('select value from setting where institution_id = $1 and key = $2', [institution, key]))[0]?.[
        'value'
      ],
    known: async keys => new Set((await query<{ key: string }>(KNOWN_KEYS, [institution, keys])).map(r => r.key)),
    wentBy: heldItems(institution, query).wentBy,
  };
}
async function intakeTurn(
  institution: string,
  query: Query,
): Promise<{ readonly turn: IntakeTurn; readonly end: () => Promise<void>; readonly written: () => Promise<void> }> {
  const head = await lockIntake(institution, query);
  const rows = openIntakeRows(institution, query, head.n);
  const turn: IntakeTurn = {
    head,
    ...intakeQuestions(institution, query),
    since: async (n, most, characters) => {
      const read = (from: string, lane: string) =>
        query(
          `select n, id, lane, same_of, story, title, case when before < $4 then text else left(text, ${HEAD}) end as text, outlet, url, published_at, matched
           from (select *, sum(length(text)) over (order by n desc) - length(text) as before from (${from} order by n desc limit $3) as newest) as counted`,
          [institution, n, most, characters, lane],
        );
      const found = `select ${KNOWN} from finding where institution_id = $1 and lane = $5 and n > $2 and n > 0 and story is not null and same_of is null and erased_at is null`;
      const published = await read(found, 'public');
      const sent = await read(found, 'hotline');
      const passed = await read(
        `select n, id, $5::text as lane, same_of, story, title, text, outlet, url, published_at, '[]'::jsonb as matched from passed_item where institution_id = $1 and n > $2 and same_of is null`,
        'passed',
      );
      return [...published, ...sent, ...passed].map(knownOf).sort((a, b) => a.n - b.n);
    },
    ...heldItems(institution, query),
    inCase: async firsts =>
      (
        await query<{ id: string }>(
          `select o.id from finding_key k join finding o on o.institution_id = k.institution_id and o.seen_at = k.seen_at and o.id = k.id
           where k.institution_id = $1 and o.institution_id = $1 and k.id = any($2) and o.state = 'in-case'`,
          [institution, firsts],
        )
      ).map(r => r.id),
    write: items => rows.write(items),
  };
  return { turn, end: rows.end, written: rows.written };
}

/** Findings that came in before there was an order get a place and a story of their own. */
export async function adoptStrays(institution: string, query: Query): Promise<void> {
  const head = await lockIntake(institution, query);
  const strays = await query<{ id: string; seen_at: number }>(
    "select id, seen_at from finding where institution_id = $1 and (story is null or n = 0) and state <> 'folded' order by seen_at, id",
    [institution],
  );
  if (strays.length === 0) return;
  const values = [
    institution,
    strays.map(s => s.id),
    strays.map(s => iso(s.seen_at)),
    strays.map((_, i) => head.n + i + 1),
  ];
  await query(
    `update finding f set n = t.n, story = coalesce(f.story, 'st-' || f.id), lane = case when f.origin in ('hotline', 'petition') then 'hotline' else 'public' end
     from unnest($2::text[], $3::timestamptz[], $4::bigint[]) as t (id, seen_at, n) where f.institution_id = $1 and f.id = t.id and f.seen_at = t.seen_at`,
    values,
  );
  await query(
    `insert into story (institution_id, id, lane, title, first_at, last_at, n, originals, copies, fresh, case_id)
     select f.institution_id, f.story, min(f.lane), min(case when f.title = '' then left(f.text, 60) else f.title end), min(coalesce(f.published_at, f.seen_at)), max(coalesce(f.published_at, f.seen_at)),
       max(f.n), count(*), 0, count(*) filter (where f.state = 'new'), max(f.case_id)
     from finding f where f.institution_id = $1 and f.id = any($2) group by f.institution_id, f.story
     on conflict do nothing`,
    [institution, strays.map(s => s.id)],
  );
  await query('update intake_head set n = $2 where institution_id = $1', [institution, head.n + strays.length]);
}

function knownOf(r: Row): KnownItem {
  return {
    n: Number(r['n']),
    id: String(r['id']),
    lane: r['lane'] as KnownItem['lane'],
    of: (r['same_of'] as string | null) ?? null,
    story: String(r['story']),
    matters: ((r['matched'] ?? []) as readonly { readonly rule: string }[]).map(m => m.rule),
    title: String(r['title']),
    text: String(r['text']),
    ...(typeof r['outlet'] === 'string' ? { outlet: r['outlet'] } : {}),
    ...(typeof r['url'] === 'string' ? { url: r['url'] } : {}),
    ...(typeof r['published_at'] === 'number' ? { publishedAt: r['published_at'] } : {}),
  };
}

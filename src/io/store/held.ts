/**
 * What went by and is held some days: found again by its key when it is read anew, looked through when a rule of concern is
 * switched on, and released so that the same turn can write it as what it turned out to be.
 */
import type { HeldItem, IntakeTurn } from './port-triage.ts';
import type { Query } from './port.ts';

type Row = Record<string, unknown>;

export function heldItems(institution: string, query: Query): Pick<IntakeTurn, 'wentBy' | 'heldAfter' | 'release'> {
  return {
    wentBy: async keys => {
      if (keys.length === 0) return new Map();
      const rows = await query(
        'select k.key, p.id, p.seen_at from finding_key k join passed_item p on p.institution_id = k.institution_id and p.id = k.id where k.institution_id = $1 and p.institution_id = $1 and k.key = any($2)',
        [institution, keys],
      );
      return new Map(rows.map(r => [String(r['key']), { id: String(r['id']), seenAt: Number(r['seen_at']) }]));
    },
    heldAfter: async (from, n, most, ids) =>
      (
        await query(
          `select p.*, k.key from passed_item p join finding_key k on k.institution_id = p.institution_id and k.id = p.id
           where p.institution_id = $1 and k.institution_id = $1 and p.seen_at >= $2 and p.n > $3 and ($5::text[] is null or p.id = any($5)) order by p.n limit $4`,
          [institution, new Date(from).toISOString(), n, most, ids ?? null],
        )
      ).map(heldOf),
    release: async ids => {
      if (ids.length === 0) return;
      const gone = await query('delete from passed_item where institution_id = $1 and id = any($2) returning story', [
        institution,
        ids,
      ]);
      await query('delete from finding_key where institution_id = $1 and id = any($2)', [institution, ids]);
      const own = ids.map(id => `st-${id}`);
      // A story is named after its first item: what is left of one whose first is released goes by the next one's name.
      const renamed = await query<{ story: string }>(
        `update passed_item p set story = t.name
         from (select q.story, 'st-' || (array_agg(q.id order by q.n))[1] as name from passed_item q where q.institution_id = $1 and q.story = any($2) group by q.story) as t
         where p.institution_id = $1 and p.story = t.story returning p.story`,
        [institution, own],
      );
      const before = [...new Set([...gone.map(g => String(g['story'])), ...own])];
      await query("delete from story where institution_id = $1 and lane = 'passed' and id = any($2)", [
        institution,
        before,
      ]);
      await query(
        `insert into story (institution_id, id, lane, title, first_at, last_at, n, originals, copies, fresh)
         select p.institution_id, p.story, 'passed', (array_agg(coalesce(nullif(p.title, ''), left(p.text, 60)) order by p.n))[1], min(coalesce(p.published_at, p.seen_at)),
           max(coalesce(p.published_at, p.seen_at)), max(p.n), count(*) filter (where p.same_of is null), count(*) filter (where p.same_of is not null), 0
         from passed_item p where p.institution_id = $1 and p.story = any($2) group by p.institution_id, p.story on conflict do nothing`,
        [institution, [...new Set([...before, ...renamed.map(r => r.story)])]],
      );
      // What a process remembers of the window is read again.
      await query('update intake_head set turn = turn + 1 where institution_id = $1', [institution]);
    },
  };
}

function heldOf(r: Row): HeldItem {
  const text = (name: string): string | undefined => (typeof r[name] === 'string' ? r[name] : undefined);
  const [outlet, outletKind, region, url] = [text('outlet'), text('outlet_kind'), text('region'), text('url')];
  return {
    n: Number(r['n']),
    of: text('same_of') ?? null,
    id: String(r['id']),
    key: String(r['key']),
    seenAt: Number(r['seen_at']),
    sourceKey: String(r['source_key']),
    origin: String(r['origin']),
    title: String(r['title']),
    text: String(r['text']),
    matched: [],
    ...(outlet === undefined ? {} : { outlet }),
    ...(outletKind === undefined ? {} : { outletKind }),
    ...(region === undefined ? {} : { region }),
    ...(url === undefined ? {} : { url }),
    ...(typeof r['published_at'] === 'number' ? { publishedAt: r['published_at'] } : {}),
  };
}

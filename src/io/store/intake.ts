/**
 * Taking items in: one transaction a batch under the lock of the institution's intake head, every table written by one
 * statement over arrays. Two processes follow each other, so that there is one order and one set of stories.
 */
import { heldItems } from './held.ts';
import type { IntakeTurn, KnownItem, PlacedItem } from './port-triage.ts';
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const CHINA_MS = 8 * 3_600_000;
/** So much of a text is read where there is no room for all of it: the head is what tells its story. */
const HEAD = 1000;
const KNOWN = 'n, id, lane, same_of, story, title, text, outlet, url, published_at, matched';

export async function intakeTurn(institution: string, query: Query): Promise<IntakeTurn> {
  await query('insert into intake_head (institution_id, n) values ($1, 0) on conflict do nothing', [institution]);
  const [row] = await query('select n, turn from intake_head where institution_id = $1 for update', [institution]);
  const head = { n: Number(row?.['n'] ?? 0), turn: Number(row?.['turn'] ?? 0) };
  return {
    head,
    since: async (n, most, characters) => {
      const read = (from: string, lane: string) =>
        query(
          `select n, id, lane, same_of, story, title, case when before < $4 then text else left(text, ${HEAD}) end as text, outlet, url, published_at, matched
           from (select *, sum(length(text)) over (order by n desc) - length(text) as before from (${from} order by n desc limit $3) as newest) as counted`,
          [institution, n, most, characters, lane],
        );
      const found = `select ${KNOWN} from finding where institution_id = $1 and lane = $5 and n > $2 and n > 0 and story is not null and same_of is null`;
      const published = await read(found, 'public');
      const sent = await read(found, 'hotline');
      const passed = await read(
        `select n, id, $5::text as lane, same_of, story, title, text, outlet, url, published_at, '[]'::jsonb as matched from passed_item where institution_id = $1 and n > $2 and same_of is null`,
        'passed',
      );
      return [...published, ...sent, ...passed].map(knownOf).sort((a, b) => a.n - b.n);
    },
    known: async keys =>
      new Set(
        (
          await query<{ key: string }>('select key from finding_key where institution_id = $1 and key = any($2)', [
            institution,
            keys,
          ])
        ).map(r => r.key),
      ),
    ...heldItems(institution, query),
    write: items => writeItems(institution, query, head.n, items),
  };
}

async function writeItems(
  institution: string,
  query: Query,
  before: number,
  items: readonly PlacedItem[],
): Promise<void> {
  if (items.length === 0) return;
  // A story that people joined to another takes nothing any more: what would go there goes where it went.
  const gone = await query<{ id: string; joined_into: string }>(
    'select id, joined_into from story where institution_id = $1 and id = any($2) and joined_into is not null',
    [institution, [...new Set(items.map(i => i.story))]],
  );
  const into = new Map(gone.map(g => [g.id, g.joined_into]));
  const rows = items.map((item, i) => ({ ...item, n: before + i + 1, story: into.get(item.story) ?? item.story }));
  await query(
    `insert into finding_key (institution_id, key, id, seen_at)
     select $1, t.key, t.id, t.seen_at from unnest($2::text[], $3::text[], $4::timestamptz[]) as t (key, id, seen_at)`,
    [institution, rows.map(r => r.key), rows.map(r => r.id), rows.map(r => iso(r.seenAt))],
  );
  const found = rows.filter(r => r.lane !== 'passed');
  if (found.length > 0)
    await query(
      `insert into finding (institution_id, seen_at, id, source_key, origin, outlet, url, published_at, title, text, matched, story, state, n, lane, same_of, same_kind, likeness, outlet_kind, region)
       select $1, t.seen_at, t.id, t.source_key, t.origin, t.outlet, t.url, t.published_at, t.title, t.text, t.matched::jsonb, t.story,
         case when t.same_of is null then 'new' else 'folded' end, t.n, t.lane, t.same_of, t.same_kind, t.likeness, t.outlet_kind, t.region
       from unnest($2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::real[], $18::text[], $19::text[])
         as t (seen_at, id, source_key, origin, outlet, url, published_at, title, text, matched, story, n, lane, same_of, same_kind, likeness, outlet_kind, region)`,
      [
        institution,
        found.map(r => iso(r.seenAt)),
        found.map(r => r.id),
        found.map(r => r.sourceKey),
        found.map(r => r.origin),
        found.map(r => r.outlet ?? null),
        found.map(r => r.url ?? null),
        found.map(r => iso(r.publishedAt)),
        found.map(r => r.title),
        found.map(r => r.text),
        found.map(r => JSON.stringify(r.matched)),
        found.map(r => r.story),
        found.map(r => r.n),
        found.map(r => r.lane),
        found.map(r => r.of),
        found.map(r => r.kind),
        found.map(r => r.likeness),
        found.map(r => r.outletKind ?? null),
        found.map(r => r.region ?? null),
      ],
    );
  const passed = rows.filter(r => r.lane === 'passed');
  if (passed.length > 0)
    await query(
      `insert into passed_item (institution_id, id, n, seen_at, source_key, origin, outlet, outlet_kind, region, url, published_at, title, text, story, same_of, same_kind)
       select $1, t.id, t.n, t.seen_at, t.source_key, t.origin, t.outlet, t.outlet_kind, t.region, t.url, t.published_at, t.title, t.text, t.story, t.same_of, t.same_kind
       from unnest($2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::timestamptz[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
         as t (id, n, seen_at, source_key, outlet, outlet_kind, region, url, published_at, title, text, story, same_of, same_kind, origin)`,
      [
        institution,
        passed.map(r => r.id),
        passed.map(r => r.n),
        passed.map(r => iso(r.seenAt)),
        passed.map(r => r.sourceKey),
        passed.map(r => r.outlet ?? null),
        passed.map(r => r.outletKind ?? null),
        passed.map(r => r.region ?? null),
        passed.map(r => r.url ?? null),
        passed.map(r => iso(r.publishedAt)),
        passed.map(r => r.title),
        passed.map(r => r.text),
        passed.map(r => r.story),
        passed.map(r => r.of),
        passed.map(r => r.kind),
        passed.map(r => r.origin),
      ],
    );
  await writeStories(institution, query, rows);
  await countTopics(institution, query, rows);
  await query('update intake_head set n = $2 where institution_id = $1', [institution, before + rows.length]);
}

type Numbered = PlacedItem & { readonly n: number };
async function writeStories(institution: string, query: Query, rows: readonly Numbered[]): Promise<void> {
  interface Sum {
    readonly id: string;
    readonly lane: string;
    readonly title: string;
    first: number;
    last: number;
    n: number;
    originals: number;
    copies: number;
    fresh: number;
  }
  const sums = new Map<string, Sum>();
  for (const r of rows) {
    const at = r.publishedAt ?? r.seenAt;
    const sum = sums.get(r.story) ?? {
      id: r.story,
      lane: r.lane,
      title: r.title === '' ? r.text.slice(0, 60) : r.title,
      first: at,
      last: at,
      n: r.n,
      originals: 0,
      copies: 0,
      fresh: 0,
    };
    sum.first = Math.min(sum.first, at);
    sum.last = Math.max(sum.last, at);
    sum.n = r.n;
    if (r.of === null) {
      sum.originals++;
      if (r.lane !== 'passed') sum.fresh++;
    } else sum.copies++;
    sums.set(r.story, sum);
  }
  const list = [...sums.values()];
  await query(
    `insert into story (institution_id, id, lane, title, first_at, last_at, n, originals, copies, fresh)
     select $1, t.id, t.lane, t.title, t.first_at, t.last_at, t.n, t.originals, t.copies, t.fresh
     from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bigint[], $8::integer[], $9::integer[], $10::integer[])
       as t (id, lane, title, first_at, last_at, n, originals, copies, fresh)
     on conflict (institution_id, id) do update set first_at = least(story.first_at, excluded.first_at), last_at = greatest(story.last_at, excluded.last_at),
       n = excluded.n, originals = story.originals + excluded.originals, copies = story.copies + excluded.copies, fresh = story.fresh + excluded.fresh`,
    [
      institution,
      list.map(s => s.id),
      list.map(s => s.lane),
      list.map(s => s.title),
      list.map(s => iso(s.first)),
      list.map(s => iso(s.last)),
      list.map(s => s.n),
      list.map(s => s.originals),
      list.map(s => s.copies),
      list.map(s => s.fresh),
    ],
  );
}

async function countTopics(institution: string, query: Query, rows: readonly Numbered[]): Promise<void> {
  const counts = new Map<string, { readonly topic: string; readonly day: string; n: number }>();
  for (const r of rows)
    for (const topic of r.topics) {
      const day = new Date((r.publishedAt ?? r.seenAt) + CHINA_MS).toISOString().slice(0, 10);
      const count = counts.get(`${topic} ${day}`) ?? { topic, day, n: 0 };
      count.n++;
      counts.set(`${topic} ${day}`, count);
    }
  const list = [...counts.values()];
  if (list.length === 0) return;
  await query(
    `insert into topic_count (institution_id, topic, day, n)
     select $1, t.topic, t.day, t.n from unnest($2::text[], $3::date[], $4::integer[]) as t (topic, day, n)
     on conflict (institution_id, topic, day) do update set n = topic_count.n + excluded.n`,
    [institution, list.map(c => c.topic), list.map(c => c.day), list.map(c => c.n)],
  );
}

/** Findings that came in before there was an order get a place and a story of their own. */
export async function adoptStrays(institution: string, query: Query): Promise<void> {
  const turn = await intakeTurn(institution, query);
  const strays = await query<{ id: string; seen_at: number }>(
    "select id, seen_at from finding where institution_id = $1 and (story is null or n = 0) and state <> 'folded' order by seen_at, id",
    [institution],
  );
  if (strays.length === 0) return;
  const values = [
    institution,
    strays.map(s => s.id),
    strays.map(s => iso(s.seen_at)),
    strays.map((_, i) => turn.head.n + i + 1),
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
  await query('update intake_head set n = $2 where institution_id = $1', [institution, turn.head.n + strays.length]);
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

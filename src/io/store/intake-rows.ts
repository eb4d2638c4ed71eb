/** The rows of what is taken in: items as they are handed over, their stories and counts once at the end of the turn. */
import { bigints, instants, integers, reals, texts } from './arrays.ts';
import type { PlacedItem } from './port-triage.ts';
import type { Query } from './port.ts';

const CHINA_MS = 8 * 3_600_000;
type Numbered = PlacedItem & { readonly n: number };
export interface IntakeRows {
  /** Goes on behind what was handed over before; done when the server has these. */
  readonly write: (items: readonly PlacedItem[]) => Promise<void>;
  /** Stories, counts and the head: whatever was handed over is written. */
  readonly end: () => Promise<void>;
  /** Waits for what is on its way, and fails as it does. */
  readonly written: () => Promise<void>;
}

export function openIntakeRows(institution: string, query: Query, head: number): IntakeRows {
  const sums = new Map<string, Sum>();
  const counts = new Map<string, Count>();
  let last = head;
  let behind = Promise.resolve();
  const writeBehind = async (before: Promise<void>, from: number, items: readonly PlacedItem[]): Promise<void> => {
    await before;
    const rows = await numbered(institution, query, from, items);
    sumStories(sums, rows);
    countTopics(counts, rows);
    await writeItems(institution, query, rows);
  };
  return {
    write: items => {
      if (items.length === 0) return behind;
      const from = last;
      last += items.length;
      behind = writeBehind(behind, from, items);
      // Whoever ends the turn is told.
      behind.catch(() => undefined);
      return behind;
    },
    end: async () => {
      await behind;
      if (last === head) return;
      await writeTogether(institution, query, [
        storiesOf([...sums.values()]),
        ...(counts.size === 0 ? [] : [topicsOf([...counts.values()])]),
        { name: 'head', sql: 'update intake_head set n = ?1 where institution_id = $1', values: [last] },
      ]);
    },
    written: () => behind,
  };
}

/** A story that people joined to another takes nothing any more: what would go there goes where it went. */
async function numbered(
  institution: string,
  query: Query,
  from: number,
  items: readonly PlacedItem[],
): Promise<readonly Numbered[]> {
  const gone = await query<{ id: string; joined_into: string }>(
    'select id, joined_into from story where institution_id = $1 and id = any($2::text[]) and joined_into is not null',
    [institution, texts([...new Set(items.map(i => i.story))])],
  );
  const into = new Map(gone.map(g => [g.id, g.joined_into]));
  return items.map((item, i) => ({ ...item, n: from + i + 1, story: into.get(item.story) ?? item.story }));
}
interface Write {
  readonly name: string;
  /** `$1` is the institution, `?1` the first of its own values. */
  readonly sql: string;
  readonly values: readonly unknown[];
}
/** Writes to several tables as one statement: each further one would wait for an answer, and for us to read it. */
async function writeTogether(institution: string, query: Query, writes: readonly Write[]): Promise<void> {
  const values: unknown[] = [institution];
  const parts = writes.map(({ name, sql, values: own }) => {
    const from = values.length;
    values.push(...own);
    return `${name} as (${sql.replace(/\?(\d+)/g, (_, n: string) => `$${from + Number(n)}`)})`;
  });
  await query(`with ${parts.join(', ')} select 1`, values);
}
function writeItems(institution: string, query: Query, rows: readonly Numbered[]): Promise<void> {
  const found = rows.filter(r => r.lane !== 'passed');
  const passed = rows.filter(r => r.lane === 'passed');
  return writeTogether(institution, query, [
    {
      name: 'keys',
      sql: `insert into finding_key (institution_id, key, id, seen_at)
       select $1, t.key, t.id, t.seen_at from unnest(?1::text[], ?2::text[], ?3::timestamptz[]) as t (key, id, seen_at)`,
      values: [texts(rows.map(r => r.key)), texts(rows.map(r => r.id)), instants(rows.map(r => r.seenAt))],
    },
    ...(found.length === 0 ? [] : [findingsOf(found)]),
    ...(passed.length === 0 ? [] : [passedOf(passed)]),
  ]);
}
const findingsOf = (found: readonly Numbered[]): Write => ({
  name: 'found',
  sql: `insert into finding (institution_id, seen_at, id, source_key, origin, outlet, url, published_at, title, text, matched, story, state, n, lane, same_of, same_kind, likeness, outlet_kind, region)
       select $1, t.seen_at, t.id, t.source_key, t.origin, t.outlet, t.url, t.published_at, t.title, t.text, t.matched::jsonb, t.story,
         case when t.same_of is null then 'new' else 'folded' end, t.n, t.lane, t.same_of, t.same_kind, t.likeness, t.outlet_kind, t.region
       from unnest(?1::timestamptz[], ?2::text[], ?3::text[], ?4::text[], ?5::text[], ?6::text[], ?7::timestamptz[], ?8::text[], ?9::text[], ?10::text[], ?11::text[], ?12::bigint[], ?13::text[], ?14::text[], ?15::text[], ?16::real[], ?17::text[], ?18::text[])
         as t (seen_at, id, source_key, origin, outlet, url, published_at, title, text, matched, story, n, lane, same_of, same_kind, likeness, outlet_kind, region)`,
  values: [
    instants(found.map(r => r.seenAt)),
    texts(found.map(r => r.id)),
    texts(found.map(r => r.sourceKey)),
    texts(found.map(r => r.origin)),
    texts(found.map(r => r.outlet)),
    texts(found.map(r => r.url)),
    instants(found.map(r => r.publishedAt)),
    texts(found.map(r => r.title)),
    texts(found.map(r => r.text)),
    texts(found.map(r => JSON.stringify(r.matched))),
    texts(found.map(r => r.story)),
    bigints(found.map(r => r.n)),
    texts(found.map(r => r.lane)),
    texts(found.map(r => r.of)),
    texts(found.map(r => r.kind)),
    reals(found.map(r => r.likeness)),
    texts(found.map(r => r.outletKind)),
    texts(found.map(r => r.region)),
  ],
});
const passedOf = (passed: readonly Numbered[]): Write => ({
  name: 'passed',
  sql: `insert into passed_item (institution_id, id, n, seen_at, source_key, origin, outlet, outlet_kind, region, url, published_at, title, text, story, same_of, same_kind)
       select $1, t.id, t.n, t.seen_at, t.source_key, t.origin, t.outlet, t.outlet_kind, t.region, t.url, t.published_at, t.title, t.text, t.story, t.same_of, t.same_kind
       from unnest(?1::text[], ?2::bigint[], ?3::timestamptz[], ?4::text[], ?5::text[], ?6::text[], ?7::text[], ?8::text[], ?9::timestamptz[], ?10::text[], ?11::text[], ?12::text[], ?13::text[], ?14::text[], ?15::text[])
         as t (id, n, seen_at, source_key, outlet, outlet_kind, region, url, published_at, title, text, story, same_of, same_kind, origin)`,
  values: [
    texts(passed.map(r => r.id)),
    bigints(passed.map(r => r.n)),
    instants(passed.map(r => r.seenAt)),
    texts(passed.map(r => r.sourceKey)),
    texts(passed.map(r => r.outlet)),
    texts(passed.map(r => r.outletKind)),
    texts(passed.map(r => r.region)),
    texts(passed.map(r => r.url)),
    instants(passed.map(r => r.publishedAt)),
    texts(passed.map(r => r.title)),
    texts(passed.map(r => r.text)),
    texts(passed.map(r => r.story)),
    texts(passed.map(r => r.of)),
    texts(passed.map(r => r.kind)),
    texts(passed.map(r => r.origin)),
  ],
});

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
function sumStories(sums: Map<string, Sum>, rows: readonly Numbered[]): void {
  for (const r of rows) {
    const at = r.publishedAt ?? r.seenAt;
    let sum = sums.get(r.story);
    if (!sum) {
      const title = r.title === '' ? r.text.slice(0, 60) : r.title;
      sum = { id: r.story, lane: r.lane, title, first: at, last: at, n: r.n, originals: 0, copies: 0, fresh: 0 };
      sums.set(r.story, sum);
    }
    sum.first = Math.min(sum.first, at);
    sum.last = Math.max(sum.last, at);
    sum.n = r.n;
    if (r.of === null) {
      sum.originals++;
      if (r.lane !== 'passed') sum.fresh++;
    } else sum.copies++;
  }
}
const storiesOf = (list: readonly Sum[]): Write => ({
  name: 'stories',
  sql: `insert into story (institution_id, id, lane, title, first_at, last_at, n, originals, copies, fresh)
     select $1, t.id, t.lane, t.title, t.first_at, t.last_at, t.n, t.originals, t.copies, t.fresh
     from unnest(?1::text[], ?2::text[], ?3::text[], ?4::timestamptz[], ?5::timestamptz[], ?6::bigint[], ?7::integer[], ?8::integer[], ?9::integer[])
       as t (id, lane, title, first_at, last_at, n, originals, copies, fresh)
     on conflict (institution_id, id) do update set first_at = least(story.first_at, excluded.first_at), last_at = greatest(story.last_at, excluded.last_at),
       n = excluded.n, originals = story.originals + excluded.originals, copies = story.copies + excluded.copies, fresh = story.fresh + excluded.fresh`,
  values: [
    texts(list.map(s => s.id)),
    texts(list.map(s => s.lane)),
    texts(list.map(s => s.title)),
    instants(list.map(s => s.first)),
    instants(list.map(s => s.last)),
    bigints(list.map(s => s.n)),
    integers(list.map(s => s.originals)),
    integers(list.map(s => s.copies)),
    integers(list.map(s => s.fresh)),
  ],
});

interface Count {
  readonly topic: string;
  readonly day: string;
  n: number;
}
function countTopics(counts: Map<string, Count>, rows: readonly Numbered[]): void {
  for (const r of rows)
    for (const topic of r.topics) {
      const day = new Date((r.publishedAt ?? r.seenAt) + CHINA_MS).toISOString().slice(0, 10);
      const count = counts.get(`${topic} ${day}`) ?? { topic, day, n: 0 };
      count.n++;
      counts.set(`${topic} ${day}`, count);
    }
}
const topicsOf = (list: readonly Count[]): Write => ({
  name: 'topics',
  sql: `insert into topic_count (institution_id, topic, day, n)
     select $1, t.topic, t.day, t.n from unnest(?1::text[], ?2::date[], ?3::integer[]) as t (topic, day, n)
     on conflict (institution_id, topic, day) do update set n = topic_count.n + excluded.n`,
  values: [texts(list.map(c => c.topic)), list.map(c => c.day), integers(list.map(c => c.n))],
});

/** Stories and what people do with them; passed items; rule versions, misses, drills, the routing model. */
import { findingOf } from './findings.ts';
import { adoptStrays, intakeQuestions, lockIntake, takeTurn } from './intake.ts';
import type { Query } from './port.ts';
import type { PassedItem, SightingRow, StoryFinding, StoryRow, TriageAct, TriageStore } from './port-triage.ts';
import { openRegistry } from './registry.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const given = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;
const DAY_MS = 86_400_000;
/** More sightings than this draw no other picture. */
const MOST_SIGHTINGS = 50_000;

export function openTriage(
  institution: string,
  run: <T>(work: (query: Query) => Promise<T>) => Promise<T>,
  ensureMonths: (instants: readonly number[]) => Promise<void>,
  scope: object,
): TriageStore {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [institution, ...values]));
  const done = async (sql: string, values: readonly unknown[] = []): Promise<void> => void (await rows(sql, values));

  return {
    scope,
    intake: async (seenAt, work) => {
      await ensureMonths([seenAt]);
      return run(query => takeTurn(institution, query, work));
    },
    look: work => run(query => work(intakeQuestions(institution, query))),
    tidy: async (now, keepDays) => {
      await run(query => adoptStrays(institution, query));
      const before = iso(now - keepDays * DAY_MS);
      await run(async query => {
        const old = await query<{ id: string }>(
          'delete from passed_item where institution_id = $1 and seen_at < $2 returning id',
          [institution, before],
        );
        if (old.length === 0) return;
        await query('update intake_head set turn = turn + 1 where institution_id = $1', [institution]);
        await query('delete from finding_key where institution_id = $1 and id = any($2)', [
          institution,
          old.map(o => o.id),
        ]);
        await query("delete from story where institution_id = $1 and lane = 'passed' and last_at < $2", [
          institution,
          before,
        ]);
      });
    },
    head: async () => Number((await rows('select n from intake_head where institution_id = $1'))[0]?.['n'] ?? 0),
    rulesTurn: async () =>
      Number((await rows('select rules from intake_head where institution_id = $1'))[0]?.['rules'] ?? 0),
    stories: async q =>
      (
        await rows(
          `select * from story where institution_id = $1 and lane in ('public', 'hotline') and joined_into is null and last_at >= coalesce($2::timestamptz, '-infinity')
             and ${IN_TAB[q.tab]} order by last_at desc, id limit $3`,
          [iso(q.from), q.limit],
        )
      ).map(storyOf),
    countStories: async () => {
      const [r] = await rows(
        'select count(*) as stories, coalesce(sum(fresh), 0) as findings from story where institution_id = $1 and fresh > 0 and joined_into is null',
      );
      return { fresh: Number(r?.['stories'] ?? 0), findings: Number(r?.['findings'] ?? 0) };
    },
    story: async id => {
      const [own] = await rows('select * from story where institution_id = $1 and id = $2', [id]);
      if (!own) return undefined;
      const story = storyOf(own);
      if (story.joinedInto === undefined) return story;
      const [target] = await rows('select * from story where institution_id = $1 and id = $2', [story.joinedInto]);
      return target && storyOf(target);
    },
    storyOf: async finding => {
      const [r] = await rows<{ story: string | null }>(
        'select f.story from finding f join finding_key k on k.institution_id = f.institution_id and k.id = f.id and k.seen_at = f.seen_at where f.institution_id = $1 and k.institution_id = $1 and f.id = $2',
        [finding],
      );
      return r?.story ?? undefined;
    },
    findingsOf: async (story, limit) =>
      (
        await rows(
          'select * from finding where institution_id = $1 and story = $2 order by coalesce(published_at, seen_at), n limit $3',
          [story, limit],
        )
      ).map(storyFindingOf),
    sightings: async (stories, from) =>
      (
        await rows(
          'select story, coalesce(published_at, seen_at) as at, same_kind, outlet, outlet_kind from finding where institution_id = $1 and story = any($2) and coalesce(published_at, seen_at) >= $3 order by 2 limit $4',
          [stories, iso(from), MOST_SIGHTINGS],
        )
      ).map(sightingOf),
    byOrigin: async stories =>
      (
        await rows(
          'select story, origin, outlet_kind, count(*) as n from finding where institution_id = $1 and story = any($2) group by story, origin, outlet_kind order by story, n desc',
          [stories],
        )
      ).map(r => ({
        story: String(r['story']),
        origin: String(r['origin']),
        ...(typeof r['outlet_kind'] === 'string' ? { outletKind: r['outlet_kind'] } : {}),
        n: Number(r['n']),
      })),
    topicsOf: async stories =>
      (
        await rows(
          `select f.story, m ->> 'rule' as rule, count(*) as n from finding f cross join jsonb_array_elements(f.matched) as m
           where f.institution_id = $1 and f.story = any($2) group by f.story, m ->> 'rule' order by f.story, n desc, 2`,
          [stories],
        )
      ).map(r => ({ story: String(r['story']), rule: String(r['rule']) })),
    topicCounts: async (from, to) =>
      (
        await rows(
          'select topic, day::text as day, n from topic_count where institution_id = $1 and day >= $2::date and day <= $3::date',
          [iso(from + 8 * 3_600_000)?.slice(0, 10), iso(to + 8 * 3_600_000)?.slice(0, 10)],
        )
      ).map(r => ({ topic: String(r['topic']), day: String(r['day']), n: Number(r['n']) })),
    evidenceOf: async findings =>
      (
        await rows(
          `select finding_id, count(*) filter (where outcome in ('kept', 'same', 'changed')) as looks, count(*) filter (where outcome = 'changed') as changed,
             (array_agg(outcome order by n desc))[1] = 'gone' as gone
           from evidence_look where institution_id = $1 and finding_id = any($2) group by finding_id`,
          [findings],
        )
      ).map(r => ({
        finding: String(r['finding_id']),
        looks: Number(r['looks']),
        changed: Number(r['changed']),
        gone: r['gone'] === true,
      })),
    settle: (findings, to) =>
      run(async query => {
        const events = to.events ?? {};
        await query(
          `update finding f set state = $3, case_id = $4, event_id = coalesce(t.event, f.event_id)
           from unnest($2::text[], $5::text[]) as t (id, event) join finding_key k on k.institution_id = $1 and k.id = t.id
           where f.institution_id = $1 and f.seen_at = k.seen_at and f.id = k.id`,
          [institution, findings, to.state, to.caseId ?? null, findings.map(f => events[f] ?? null)],
        );
        await recount(institution, query, await storiesOf(institution, query, findings));
      }),
    setStoryCase: (story, caseId) =>
      done('update story set case_id = $3 where institution_id = $1 and id = $2', [story, caseId ?? null]),
    merge: (story, into) =>
      run(async query => {
        // One order for everybody: intake waits, and comes back to the joined story.
        await lockIntake(institution, query);
        const moved = await query<{ id: string }>(
          'update finding set story = $3 where institution_id = $1 and story = $2 returning id',
          [institution, story, into],
        );
        // It is shown nowhere any more; taken apart again, it is called what its first text is called.
        await query(
          "update story set joined_into = $3, title = '' where institution_id = $1 and (id = $2 or joined_into = $2)",
          [institution, story, into],
        );
        await recount(institution, query, [story, into]);
        await query('update intake_head set turn = turn + 1 where institution_id = $1', [institution]);
        return moved.map(m => m.id);
      }),
    move: (findings, from, to) =>
      run(async query => {
        await lockIntake(institution, query);
        await query(
          `insert into story (institution_id, id, lane, title, first_at, last_at, n, originals, copies, fresh)
           select $1, $3, s.lane, s.title, s.first_at, s.last_at, s.n, 0, 0, 0 from story s where s.institution_id = $1 and s.id = $2 on conflict do nothing`,
          [institution, from, to],
        );
        await query('update story set joined_into = null where institution_id = $1 and id = $2', [institution, to]);
        await query(
          'update finding set story = $3 where institution_id = $1 and story = $4 and (id = any($2) or same_of = any($2))',
          [institution, findings, to, from],
        );
        await recount(institution, query, [from, to]);
        await query(
          `update story s set title = t.title from (select coalesce(nullif(f.title, ''), left(f.text, 60)) as title from finding f
             where f.institution_id = $1 and f.story = $2 order by f.same_of is not null, f.n limit 1) as t where s.institution_id = $1 and s.id = $2`,
          [institution, to],
        );
        await query('update intake_head set turn = turn + 1 where institution_id = $1', [institution]);
      }),
    untoldFolds: async (limit, firsts) =>
      (
        await rows(
          firsts === undefined
            ? `${UNTOLD} where c.institution_id = $1 and o.institution_id = $1 and ${IS_UNTOLD} order by c.n limit $2`
            : `${UNTOLD} join finding_key k on k.institution_id = o.institution_id and k.id = o.id and k.seen_at = o.seen_at
               where c.institution_id = $1 and o.institution_id = $1 and k.institution_id = $1 and k.id = any($3) and ${IS_UNTOLD} order by c.n limit $2`,
          firsts === undefined ? [limit] : [limit, firsts],
        )
      ).map(r => ({
        id: String(r['id']),
        into: String(r['into']),
        caseId: String(r['case_id']),
        likeness: Number(r['likeness']),
        at: Number(r['seen_at']),
      })),
    acts: async since =>
      (
        await rows('select * from triage_act where institution_id = $1 and at >= $2 order by at desc, id desc', [
          iso(since),
        ])
      ).map(actOf),
    putAct: a =>
      done(
        'insert into triage_act (institution_id, id, at, staff_code, what, story, detail, undone_at) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (institution_id, id) do update set undone_at = excluded.undone_at',
        [a.id, iso(a.at), a.staffCode, a.what, a.story, JSON.stringify(a.detail), iso(a.undoneAt)],
      ),
    passed: async (from, limit) =>
      (
        await rows(
          'select * from passed_item where institution_id = $1 and seen_at >= $2 order by seen_at desc, id limit $3',
          [iso(from), limit],
        )
      ).map(passedOf),
    passedOf: async ids =>
      (await rows('select * from passed_item where institution_id = $1 and id = any($2) order by id', [ids])).map(
        passedOf,
      ),
    countPassed: async (from, to) =>
      Number(
        (
          await rows(
            'select count(*) as n from passed_item where institution_id = $1 and seen_at >= $2 and seen_at < $3',
            [iso(from), iso(to)],
          )
        )[0]?.['n'] ?? 0,
      ),
    recent: async (from, limit) =>
      (
        await rows('select * from finding where institution_id = $1 and seen_at >= $2 order by n desc limit $3', [
          iso(from),
          limit,
        ])
      ).map(storyFindingOf),
    ...openRegistry(institution, run),
  };
}

/** As the two indexes by date have it, so that a list is read from its newest end. */
const IN_TAB = {
  new: 'fresh > 0',
  taken: 'fresh = 0 and case_id is not null',
  dismissed: 'fresh = 0 and case_id is null',
} as const;
const UNTOLD =
  'select c.id, o.event_id as into, o.case_id, c.likeness, c.seen_at from finding c join finding o on o.institution_id = c.institution_id and o.id = c.same_of';
const IS_UNTOLD =
  "c.same_of is not null and c.event_id is null and o.state = 'in-case' and o.event_id is not null and o.case_id is not null";

const storiesOf = async (institution: string, query: Query, findings: readonly string[]): Promise<string[]> =>
  (
    await query<{ story: string }>(
      `select distinct f.story from finding_key k join finding f on f.institution_id = k.institution_id and f.seen_at = k.seen_at and f.id = k.id
       where k.institution_id = $1 and f.institution_id = $1 and k.id = any($2) and f.story is not null`,
      [institution, findings],
    )
  ).map(r => r.story);

/** Counts and times of stories read off their findings again. */
async function recount(institution: string, query: Query, stories: readonly string[]): Promise<void> {
  await query(
    `update story s set originals = c.originals, copies = c.copies, fresh = c.fresh, first_at = coalesce(c.first_at, s.first_at), last_at = coalesce(c.last_at, s.last_at), case_id = c.case_id
     from (select t.id, count(f.id) filter (where f.same_of is null) as originals, count(f.id) filter (where f.same_of is not null) as copies,
         count(f.id) filter (where f.state = 'new') as fresh, min(coalesce(f.published_at, f.seen_at)) as first_at, max(coalesce(f.published_at, f.seen_at)) as last_at,
         (array_agg(f.case_id order by f.n desc) filter (where f.case_id is not null and f.state = 'in-case'))[1] as case_id
       from unnest($2::text[]) as t (id) left join finding f on f.institution_id = $1 and f.story = t.id group by t.id) as c
     where s.institution_id = $1 and s.id = c.id`,
    [institution, stories],
  );
}
/** After findings were settled one by one elsewhere. */
export async function recountOf(institution: string, query: Query, findings: readonly string[]): Promise<void> {
  await recount(institution, query, await storiesOf(institution, query, findings));
}

const storyOf = (r: Row): StoryRow =>
  given({
    id: String(r['id']),
    lane: r['lane'] as StoryRow['lane'],
    title: String(r['title']),
    firstAt: Number(r['first_at']),
    lastAt: Number(r['last_at']),
    n: Number(r['n']),
    originals: Number(r['originals']),
    copies: Number(r['copies']),
    fresh: Number(r['fresh']),
    caseId: r['case_id'] as string,
    joinedInto: r['joined_into'] as string,
  });
const storyFindingOf = (r: Row): StoryFinding =>
  given({
    ...findingOf(r),
    n: Number(r['n']),
    lane: r['lane'] as StoryFinding['lane'],
    sameOf: r['same_of'] as string,
    sameKind: r['same_kind'] as StoryFinding['sameKind'],
    likeness: Number(r['likeness']),
    outletKind: r['outlet_kind'] as string,
    region: r['region'] as string,
  });
const sightingOf = (r: Row): SightingRow =>
  given({
    story: String(r['story']),
    at: Number(r['at']),
    kind: r['same_kind'] as SightingRow['kind'],
    outlet: r['outlet'] as string,
    outletKind: r['outlet_kind'] as string,
  });
const passedOf = (r: Row): PassedItem =>
  given({
    id: String(r['id']),
    seenAt: Number(r['seen_at']),
    outlet: r['outlet'] as string,
    outletKind: r['outlet_kind'] as string,
    region: r['region'] as string,
    url: r['url'] as string,
    publishedAt: r['published_at'] as number,
    title: String(r['title']),
    text: String(r['text']),
    story: String(r['story']),
    kind: r['same_kind'] as PassedItem['kind'],
  });
const actOf = (r: Row): TriageAct =>
  given({
    id: String(r['id']),
    at: Number(r['at']),
    staffCode: String(r['staff_code']),
    what: r['what'] as TriageAct['what'],
    story: String(r['story']),
    detail: r['detail'] as TriageAct['detail'],
    undoneAt: r['undone_at'] as number,
  });

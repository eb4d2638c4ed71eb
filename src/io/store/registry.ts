/** Versions of rules of concern with their trials; misses; recall drills; the routing model. */
import type { Query } from './port.ts';
import type { DrillItem, Miss, RuleVersion, TriageStore } from './port-triage.ts';

type Row = Record<string, unknown>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const given = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;
type Registry = Pick<
  TriageStore,
  | 'ruleVersions'
  | 'addRuleVersion'
  | 'tried'
  | 'switchOn'
  | 'switchOff'
  | 'switchBack'
  | 'tookIn'
  | 'misses'
  | 'addMiss'
  | 'drill'
  | 'drillMonths'
  | 'addDrill'
  | 'sayDrill'
  | 'routeModel'
  | 'putRouteModel'
>;
/** Older models are of no use once a newer one stands. */
const KEPT_MODELS = 3;

/** In the transaction that changes words of concern: whoever takes items in sees it from the next turn on. */
export async function turnRules(institution: string, query: Query): Promise<void> {
  await query(
    `insert into intake_head (institution_id, n, rules) values ($1, 0, 1)
     on conflict (institution_id) do update set rules = intake_head.rules + 1`,
    [institution],
  );
}
export function openRegistry(
  institution: string,
  run: <T>(work: (query: Query) => Promise<T>) => Promise<T>,
): Registry {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [institution, ...values]));
  const done = async (sql: string, values: readonly unknown[] = []): Promise<void> => void (await rows(sql, values));

  return {
    ruleVersions: async () =>
      (await rows('select * from rule_version where institution_id = $1 order by rule, version desc')).map(versionOf),
    addRuleVersion: v =>
      run(async query => {
        const [last] = await query(
          'select max(version) as version from rule_version where institution_id = $1 and rule = $2',
          [institution, v.rule],
        );
        const version = Number(last?.['version'] ?? 0) + 1;
        await query(
          `insert into rule_version (institution_id, rule, version, title, body, unit, note, said, made_by, made_at, tried_at, on_by, on_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
          [
            institution,
            v.rule,
            version,
            v.title,
            JSON.stringify(v.body),
            v.unit ?? null,
            v.note,
            JSON.stringify(v.said),
            v.madeBy,
            iso(v.madeAt),
            iso(v.triedAt),
            v.onBy ?? null,
            iso(v.onAt),
          ],
        );
        return version;
      }),
    tried: (rule, version, at, trial) =>
      done(
        'update rule_version set tried_at = $4, trial = $5 where institution_id = $1 and rule = $2 and version = $3',
        [rule, version, iso(at), JSON.stringify(trial)],
      ),
    switchOn: (rule, version, by, at) =>
      run(async query => {
        const [row] = await query(
          'select body, made_by, tried_at, on_at from rule_version where institution_id = $1 and rule = $2 and version = $3 for update',
          [institution, rule, version],
        );
        if (!row || row['tried_at'] === null || row['made_by'] === by || row['on_at'] !== null) return false;
        await query(
          'update rule_version set off_at = $3, off_by = $4 where institution_id = $1 and rule = $2 and on_at is not null and off_at is null',
          [institution, rule, iso(at), by],
        );
        await query(
          'update rule_version set on_by = $4, on_at = $5 where institution_id = $1 and rule = $2 and version = $3',
          [institution, rule, version, by, iso(at)],
        );
        await query(
          `insert into match_rule (institution_id, id, version, rule, state) values ($1, $2, $3, $4, 'on')
           on conflict (institution_id, id) do update set version = excluded.version, rule = excluded.rule, state = excluded.state`,
          [institution, rule, String(version), JSON.stringify(row['body'])],
        );
        await turnRules(institution, query);
        return true;
      }),
    switchOff: (rule, by, at) =>
      run(async query => {
        await query(
          'update rule_version set off_at = $3, off_by = $4 where institution_id = $1 and rule = $2 and on_at is not null and off_at is null',
          [institution, rule, iso(at), by],
        );
        await query("update match_rule set state = 'off' where institution_id = $1 and id = $2", [institution, rule]);
        await turnRules(institution, query);
      }),
    switchBack: (rule, version, by) =>
      run(async query => {
        const back = await query(
          `update rule_version set off_at = null, off_by = null
             where institution_id = $1 and rule = $2 and version = $3 and off_by = $4 and on_at is not null
               and not exists (select 1 from rule_version o where o.institution_id = $1 and o.rule = $2 and o.on_at is not null and o.off_at is null)
           returning version`,
          [institution, rule, version, by],
        );
        if (back.length === 0) return false;
        await query("update match_rule set state = 'on' where institution_id = $1 and id = $2", [institution, rule]);
        return true;
      }),
    tookIn: (rule, version, items) =>
      done(
        'update rule_version set taken_in = coalesce(taken_in, 0) + $4 where institution_id = $1 and rule = $2 and version = $3',
        [rule, version, items],
      ),
    misses: async () =>
      (await rows('select * from miss where institution_id = $1 order by found_at desc, id')).map(missOf),
    addMiss: m =>
      done(
        'insert into miss (institution_id, id, found_at, how, title, text, outlet, rule, why, passed_item, entered_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing',
        [
          m.id,
          iso(m.foundAt),
          m.how,
          m.title,
          m.text,
          m.outlet ?? null,
          m.rule ?? null,
          m.why,
          m.passedItem ?? null,
          m.enteredBy,
        ],
      ),
    drill: async month =>
      (await rows('select * from recall_drill where institution_id = $1 and month = $2 order by item', [month])).map(
        drillOf,
      ),
    drillMonths: async () =>
      (
        await rows(
          "select month, count(*) as items, count(verdict) as said, count(*) filter (where verdict = 'ours') as ours from recall_drill where institution_id = $1 group by month order by month desc",
        )
      ).map(r => ({
        month: String(r['month']),
        items: Number(r['items']),
        said: Number(r['said']),
        ours: Number(r['ours']),
      })),
    addDrill: (month, items) =>
      done(
        `insert into recall_drill (institution_id, month, item, title, text, outlet)
         select $1, $2, t.item, t.title, t.text, t.outlet from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as t (item, title, text, outlet) on conflict do nothing`,
        [
          month,
          items.map(i => i.item),
          items.map(i => i.title),
          items.map(i => i.text),
          items.map(i => i.outlet ?? null),
        ],
      ),
    sayDrill: (month, item, verdict, by, at) =>
      done(
        'update recall_drill set verdict = $4, said_by = $5, said_at = $6 where institution_id = $1 and month = $2 and item = $3',
        [month, item, verdict, by, iso(at)],
      ),
    routeModel: async () => {
      const [r] = await rows('select * from route_model where institution_id = $1 order by made_at desc limit 1');
      return (
        r && {
          model: r['model'],
          madeAt: Number(r['made_at']),
          items: Number(r['items']),
          ...(r['accuracy'] === null ? {} : { accuracy: Number(r['accuracy']) }),
        }
      );
    },
    putRouteModel: (model, madeAt, items, accuracy) =>
      run(async query => {
        await query(
          'insert into route_model (institution_id, made_at, model, items, accuracy) values ($1, $2, $3, $4, $5) on conflict (institution_id, made_at) do nothing',
          [institution, iso(madeAt), JSON.stringify(model), items, accuracy ?? null],
        );
        await query(
          'delete from route_model where institution_id = $1 and made_at not in (select m.made_at from route_model m where m.institution_id = $1 order by m.made_at desc limit $2)',
          [institution, KEPT_MODELS],
        );
      }),
  };
}

const versionOf = (r: Row): RuleVersion =>
  given({
    rule: String(r['rule']),
    version: Number(r['version']),
    title: String(r['title']),
    body: r['body'],
    unit: r['unit'] as string,
    note: String(r['note']),
    said: r['said'] as RuleVersion['said'],
    madeBy: String(r['made_by']),
    madeAt: Number(r['made_at']),
    triedAt: r['tried_at'] as number,
    trial: r['trial'],
    onBy: r['on_by'] as string,
    onAt: r['on_at'] as number,
    offBy: r['off_by'] as string,
    offAt: r['off_at'] as number,
    takenIn: r['taken_in'] as number,
  });
const missOf = (r: Row): Miss =>
  given({
    id: String(r['id']),
    foundAt: Number(r['found_at']),
    how: r['how'] as Miss['how'],
    title: String(r['title']),
    text: String(r['text']),
    outlet: r['outlet'] as string,
    rule: r['rule'] as string,
    why: String(r['why']),
    passedItem: r['passed_item'] as string,
    enteredBy: String(r['entered_by']),
  });
const drillOf = (r: Row): DrillItem =>
  given({
    item: String(r['item']),
    title: String(r['title']),
    text: String(r['text']),
    outlet: r['outlet'] as string,
    verdict: r['verdict'] as DrillItem['verdict'] as 'ours',
    saidBy: r['said_by'] as string,
    saidAt: r['said_at'] as number,
  });

/** Own channels beside the log: who holds the keys of each, what is planned on it, and what its own feed shows. */
import type { Query } from './port.ts';

type Row = Record<string, unknown>;
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;

export type ChannelState = 'in-use' | 'paused' | 'closed';
interface Post {
  readonly unit: string;
  readonly role: string;
}
export interface OwnChannel {
  readonly channel: string;
  readonly state: ChannelState;
  readonly holder: Post;
  readonly since: number;
  readonly site?: string;
  readonly source?: string;
  readonly readAt?: number;
  readonly problem?: string;
  readonly firstReadAt?: number;
  /** Told when something stands there that nobody signed. */
  readonly alarm: Post;
}
export interface Holding extends Post {
  readonly channel: string;
  readonly since: number;
  readonly note: string;
}
export interface PlannedItem {
  readonly id: string;
  readonly channel: string;
  readonly on: string;
  readonly title: string;
  readonly unit: string;
}
export type OwnItemState = 'before' | 'backed' | 'unbacked' | 'explained' | 'recorded';
export interface OwnItem {
  readonly channel: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly url?: string;
  readonly publishedAt?: number;
  readonly seenAt: number;
  readonly state: OwnItemState;
  readonly document?: string;
  readonly likeness: number;
  readonly lookedBy?: Post;
  readonly lookedAt?: number;
  readonly why?: string;
  readonly event?: string;
}
export interface OwnChannelStore {
  readonly list: () => Promise<readonly OwnChannel[]>;
  /** Registers or changes it; a new holder is one more line of its history. */
  readonly put: (channel: OwnChannel, note: string) => Promise<void>;
  readonly noteReading: (channel: string, at: number, problem: string | undefined) => Promise<void>;
  readonly holdings: () => Promise<readonly Holding[]>;
  readonly planned: (from: string, to: string) => Promise<readonly PlannedItem[]>;
  readonly plan: (item: PlannedItem) => Promise<void>;
  readonly drop: (id: string) => Promise<void>;
  /** Keeps what is new; gives back what was. */
  readonly addItems: (items: readonly OwnItem[]) => Promise<readonly OwnItem[]>;
  /** Newest first. */
  readonly items: (limit: number, state?: OwnItemState) => Promise<readonly OwnItem[]>;
  readonly item: (channel: string, id: string) => Promise<OwnItem | undefined>;
  /** False when somebody has looked before. */
  readonly settle: (
    channel: string,
    id: string,
    to: {
      readonly state: 'explained' | 'recorded';
      readonly by: Post;
      readonly at: number;
      readonly why: string;
      readonly document?: string;
      readonly event?: string;
    },
  ) => Promise<boolean>;
}
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

export function openOwnChannels(id: string, run: Run): OwnChannelStore {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [id, ...values]));
  const done = async (sql: string, values: readonly unknown[]): Promise<void> => void (await rows(sql, values));
  return {
    list: async () =>
      (await rows('select * from own_channel where institution_id = $1 order by channel')).map(channelOf),
    put: (c, note) =>
      run(async query => {
        const [before] = await query<{ unit: string; role: string }>(
          'select unit, role from own_channel where institution_id = $1 and channel = $2 for update',
          [id, c.channel],
        );
        await query(
          `insert into own_channel (institution_id, channel, state, unit, role, since, site, source_key, alarm_unit, alarm_role)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (institution_id, channel) do update set state = excluded.state, unit = excluded.unit, role = excluded.role, since = excluded.since,
             site = excluded.site, source_key = excluded.source_key, alarm_unit = excluded.alarm_unit, alarm_role = excluded.alarm_role,
             first_read_at = case when own_channel.source_key is distinct from excluded.source_key then null else own_channel.first_read_at end`,
          [
            id,
            c.channel,
            c.state,
            c.holder.unit,
            c.holder.role,
            iso(c.since),
            c.site ?? null,
            c.source ?? null,
            c.alarm.unit,
            c.alarm.role,
          ],
        );
        if (before?.unit === c.holder.unit && before.role === c.holder.role) return;
        await query(
          `insert into own_channel_holding (institution_id, channel, since, unit, role, note) values ($1, $2, $3, $4, $5, $6)
           on conflict do nothing`,
          [id, c.channel, iso(c.since), c.holder.unit, c.holder.role, note],
        );
      }),
    noteReading: (channel, at, problem) =>
      done(
        `update own_channel set read_at = case when $4::text is null then $3::timestamptz else read_at end, read_problem = $4,
           first_read_at = coalesce(first_read_at, case when $4::text is null then $3::timestamptz end)
         where institution_id = $1 and channel = $2`,
        [channel, iso(at), problem ?? null],
      ),
    holdings: async () =>
      (
        await rows(
          'select channel, since, unit, role, note from own_channel_holding where institution_id = $1 order by since desc, channel',
        )
      ).map(r => ({
        channel: String(r['channel']),
        since: Number(r['since']),
        unit: String(r['unit']),
        role: String(r['role']),
        note: String(r['note']),
      })),
    planned: async (from, to) =>
      (
        await rows(
          `select id, channel, planned_on::text as planned_on, title, unit from own_channel_plan
           where institution_id = $1 and planned_on >= $2 and planned_on < $3 and state = 'planned' order by planned_on, id`,
          [from, to],
        )
      ).map(r => ({
        id: String(r['id']),
        channel: String(r['channel']),
        on: String(r['planned_on']),
        title: String(r['title']),
        unit: String(r['unit']),
      })),
    plan: item =>
      done(
        `insert into own_channel_plan (institution_id, id, channel, planned_on, title, unit, state) values ($1, $2, $3, $4, $5, $6, 'planned')`,
        [item.id, item.channel, item.on, item.title, item.unit],
      ),
    drop: item => done("update own_channel_plan set state = 'dropped' where institution_id = $1 and id = $2", [item]),
    addItems: items =>
      run(async query => {
        const added: OwnItem[] = [];
        for (const i of items) {
          const kept = await query(
            `insert into own_channel_item (institution_id, channel, id, title, body, url, published_at, seen_at, state, document, likeness)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning id`,
            [
              id,
              i.channel,
              i.id,
              i.title,
              i.text,
              i.url ?? null,
              iso(i.publishedAt),
              iso(i.seenAt),
              i.state,
              i.document ?? null,
              i.likeness,
            ],
          );
          if (kept.length > 0) added.push(i);
        }
        return added;
      }),
    items: async (limit, state) =>
      (
        await rows(
          `select * from own_channel_item where institution_id = $1 and ($3::text is null or state = $3)
           order by coalesce(published_at, seen_at) desc, id limit $2`,
          [limit, state ?? null],
        )
      ).map(itemOf),
    item: async (channel, item) => {
      const [row] = await rows(
        'select * from own_channel_item where institution_id = $1 and channel = $2 and id = $3',
        [channel, item],
      );
      return row && itemOf(row);
    },
    settle: async (channel, item, to) =>
      (
        await rows(
          `update own_channel_item set state = $4, looked_unit = $5, looked_role = $6, looked_at = $7, why = $8,
             document = coalesce($9, document), event_id = $10
           where institution_id = $1 and channel = $2 and id = $3 and state = 'unbacked' returning id`,
          [channel, item, to.state, to.by.unit, to.by.role, iso(to.at), to.why, to.document ?? null, to.event ?? null],
        )
      ).length > 0,
  };
}

const channelOf = (r: Row): OwnChannel => ({
  channel: String(r['channel']),
  state: r['state'] as ChannelState,
  holder: { unit: String(r['unit']), role: String(r['role']) },
  since: Number(r['since']),
  ...(typeof r['site'] === 'string' ? { site: r['site'] } : {}),
  ...(typeof r['source_key'] === 'string' ? { source: r['source_key'] } : {}),
  ...(typeof r['read_at'] === 'number' ? { readAt: r['read_at'] } : {}),
  ...(typeof r['read_problem'] === 'string' ? { problem: r['read_problem'] } : {}),
  ...(typeof r['first_read_at'] === 'number' ? { firstReadAt: r['first_read_at'] } : {}),
  alarm: { unit: String(r['alarm_unit']), role: String(r['alarm_role']) },
});
const itemOf = (r: Row): OwnItem => ({
  channel: String(r['channel']),
  id: String(r['id']),
  title: String(r['title']),
  text: String(r['body']),
  ...(typeof r['url'] === 'string' ? { url: r['url'] } : {}),
  ...(typeof r['published_at'] === 'number' ? { publishedAt: r['published_at'] } : {}),
  seenAt: Number(r['seen_at']),
  state: r['state'] as OwnItemState,
  ...(typeof r['document'] === 'string' ? { document: r['document'] } : {}),
  likeness: Number(r['likeness']),
  ...(typeof r['looked_unit'] === 'string'
    ? { lookedBy: { unit: r['looked_unit'], role: String(r['looked_role']) } }
    : {}),
  ...(typeof r['looked_at'] === 'number' ? { lookedAt: r['looked_at'] } : {}),
  ...(typeof r['why'] === 'string' ? { why: r['why'] } : {}),
  ...(typeof r['event_id'] === 'string' ? { event: r['event_id'] } : {}),
});

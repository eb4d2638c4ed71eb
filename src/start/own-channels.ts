/**
 * Own channels read through their own feeds. What is new is held against what was signed; a post that nothing stands behind
 * goes before the office named for it. Nothing is written into the log: only a person who has looked does that.
 */
import { createHash, randomInt } from 'node:crypto';
import type { Store, Tenant } from '#io/store';
import { judgeOwnItem, nextAfterFailure, PACE_MS, publishedUrls, signedTexts } from '#watch';
import type { OwnChannel, OwnChannelPort } from '../web/ports-own-channels.ts';
import type { SourceTry } from '../web/ports-sources.ts';
import { type CalendarFor, tellNotices } from './notices.ts';
import type { SourceReader } from './source-port.ts';

const MOST = 200;
const chance = (): number => randomInt(1_000_000) / 1_000_000;

export interface ChannelReader {
  readonly port: (here: () => Promise<Tenant>) => OwnChannelPort;
  /** Reads every channel whose feed is due. */
  readonly readDue: (tenant: Tenant, now: number) => Promise<void>;
}

export function makeChannelReader(
  store: Store,
  reader: SourceReader,
  calendar: CalendarFor,
  now: () => number,
  wake: () => void,
): ChannelReader {
  const readOne = async (
    tenant: Tenant,
    channel: OwnChannel,
  ): Promise<{ readonly unbacked: number; readonly problem?: string }> => {
    const source = (await tenant.sources()).find(s => s.key === channel.source);
    if (!source) return { unbacked: 0, problem: 'no feed is named for this channel' };
    const read = await reader.port(async () => tenant).try(source.kind, source.settings);
    const at = now();
    if (!read.ok) {
      const problem = read.problems[0] ?? 'cannot be read';
      await tenant.ownChannels.noteReading(channel.channel, at, problem);
      return { unbacked: 0, problem };
    }
    const events = await tenant.events();
    const [signed, urls] = [signedTexts(events), publishedUrls(events)];
    const items = read.items.slice(0, MOST).map(item => ({
      channel: channel.channel,
      id: idOf(item),
      title: item.title,
      text: item.text,
      ...(item.url === undefined ? {} : { url: item.url }),
      ...(item.publishedAt === undefined ? {} : { publishedAt: item.publishedAt }),
      seenAt: at,
      ...judgeOwnItem(seen(item), signed, channel.firstReadAt, urls),
    }));
    const added = await tenant.ownChannels.addItems(items);
    await tenant.ownChannels.noteReading(channel.channel, at, undefined);
    const unbacked = added.filter(i => i.state === 'unbacked');
    for (const item of unbacked) {
      const message = {
        key: `own-channel|${channel.channel}|${item.id}`,
        offices: [channel.alarm],
        subject: `【自有平台】出现没有签批的内容：${item.title.slice(0, 40)}`,
        text: '自有平台上出现一条内容，在已签批、已发布的文本里没有找到依据。请打开看一看，由人判断；系统不作结论。',
        path: `/channels/${channel.channel}/items/${item.id}`,
      };
      await tenant.addNotices(await tellNotices(store, tenant.institution.id, message, calendar, at));
    }
    if (unbacked.length > 0) wake();
    return { unbacked: unbacked.length };
  };
  /** When each may be asked again: a feed that fails is asked later and later, as every source is. */
  const next = new Map<string, { readonly at: number; readonly failures: number }>();
  const own = async (tenant: Tenant, key: string): Promise<OwnChannel | undefined> =>
    (await tenant.ownChannels.list()).find(c => c.channel === key);
  return {
    port: here => ({
      list: async () => (await here()).ownChannels.list(),
      put: async (channel, note) => (await here()).ownChannels.put(channel, note),
      holdings: async () => (await here()).ownChannels.holdings(),
      planned: async (from, to) => (await here()).ownChannels.planned(from, to),
      plan: async item => (await here()).ownChannels.plan(item),
      drop: async id => (await here()).ownChannels.drop(id),
      items: async (limit, state) => (await here()).ownChannels.items(limit, state),
      item: async (channel, id) => (await here()).ownChannels.item(channel, id),
      settle: async (channel, id, to) => (await here()).ownChannels.settle(channel, id, to),
      readNow: async key => {
        const tenant = await here();
        const channel = await own(tenant, key);
        return channel ? readOne(tenant, channel) : { unbacked: 0, problem: 'there is no such channel' };
      },
    }),
    readDue: async (tenant, at) => {
      const sources = new Map((await tenant.sources()).map(s => [s.key, s]));
      for (const channel of await tenant.ownChannels.list()) {
        const source = sources.get(channel.source ?? '');
        if (!source || channel.state !== 'in-use') continue;
        const key = `${tenant.institution.id}/${channel.channel}`;
        const before = next.get(key);
        if (at < Math.max((channel.readAt ?? -Infinity) + PACE_MS[source.pace], before?.at ?? -Infinity)) continue;
        // Set before it is read: while one is being read no other round begins with it.
        next.set(key, { at: at + PACE_MS[source.pace], failures: before?.failures ?? 0 });
        const { problem } = await readOne(tenant, channel);
        const failures = problem === undefined ? 0 : (before?.failures ?? 0) + 1;
        const wait = failures === 0 ? PACE_MS[source.pace] : nextAfterFailure(source.pace, failures, chance());
        next.set(key, { at: at + wait, failures });
      }
    },
  };
}
type Read = Extract<SourceTry, { readonly ok: true }>['items'][number];
/** The same address, or the same words without one, is the same post. */
const idOf = ({ title, text, url }: Read): string =>
  `it-${createHash('sha256')
    .update(url ?? `${title}\n${text}`)
    .digest('hex')
    .slice(0, 20)}`;
const seen = ({ title, text, url, publishedAt }: Read) => ({
  title,
  text,
  ...(url === undefined ? {} : { url }),
  ...(publishedAt === undefined ? {} : { publishedAt }),
});

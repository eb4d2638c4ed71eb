/**
 * An institution with five channels to five real peers, and a look at the end: what arrived, what is said of it, what was
 * lost or doubled. The clock is the caller's; the peers keep their limits by it.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPost } from '#io/fetch';
import { type Channel, channelKind, type ChannelTools } from '#io/notify';
import { type NewNotice, openStore, type Store, type Tenant } from '#io/store';
import { type MailPeer, openMailPeer } from './mail.ts';
import type { Peer } from './peer.ts';
import { dingtalkPeer, feishuPeer, webhookPeer, wecomPeer } from './robots.ts';

export const SECRET = 'a secret of the institution';
export const LANES = ['mail', 'wecom', 'dingtalk', 'feishu', 'webhook'] as const;
export type LaneName = (typeof LANES)[number];
export const KEYED: ReadonlySet<LaneName> = new Set(['webhook']);
const MAIL_PER_MINUTE = 600;
const WEBHOOK_PER_MINUTE = 600;

export interface Peers {
  readonly mail: MailPeer;
  readonly wecom: Peer;
  readonly dingtalk: Peer;
  readonly feishu: Peer;
  readonly webhook: Peer;
  readonly close: () => Promise<void>;
}
export async function openPeers(now: () => number): Promise<Peers> {
  const [mail, wecom, dingtalk, feishu, webhook] = await Promise.all([
    openMailPeer(),
    wecomPeer(now),
    dingtalkPeer(now, SECRET),
    feishuPeer(now, SECRET),
    webhookPeer(now, SECRET, WEBHOOK_PER_MINUTE),
  ]);
  const all = [mail, wecom, dingtalk, feishu, webhook];
  return {
    mail,
    wecom,
    dingtalk,
    feishu,
    webhook,
    close: async () => void (await Promise.all(all.map(p => p.close()))),
  };
}
/** Where each peer is reached, as a worker in another process is told. */
export const addressesOf = (p: Peers): Readonly<Record<LaneName, string>> => ({
  mail: `127.0.0.1:${p.mail.port}`,
  wecom: p.wecom.host,
  dingtalk: p.dingtalk.host,
  feishu: p.feishu.host,
  webhook: p.webhook.host,
});

export function channelsTo(at: Readonly<Record<LaneName, string>>, now: () => number): Record<LaneName, Channel> {
  const allowHosts = Object.values(at);
  const tools: ChannelTools = { post: openPost({ allowHosts }), now, allowHosts };
  const make = (kind: string, values: Readonly<Record<string, string>>): Channel => {
    const found = channelKind(kind);
    const problem = found?.problem(values, allowHosts);
    if (!found || problem !== undefined) throw new Error(`${kind}: ${problem}`);
    return found.make(values, tools);
  };
  return {
    mail: make('mail', {
      server: `smtp://${at.mail}`,
      from: 'huiyin@example.cn',
      perMinute: String(MAIL_PER_MINUTE),
    }),
    wecom: make('wecom', { webhook: `http://${at.wecom}/cgi-bin/webhook/send?key=k` }),
    dingtalk: make('dingtalk', { webhook: `http://${at.dingtalk}/robot/send?access_token=t`, secret: SECRET }),
    feishu: make('feishu', { webhook: `http://${at.feishu}/open-apis/bot/v2/hook/h-1`, secret: SECRET }),
    webhook: make('webhook', {
      url: `http://${at.webhook}/in`,
      secret: SECRET,
      keyed: 'yes',
      perMinute: String(WEBHOOK_PER_MINUTE),
    }),
  };
}

/** A text that says which notice it is, so that what arrives can be counted whatever the protocol. */
export const noticeFor = (lane: LaneName, n: number, notBefore: number, more: Partial<NewNotice> = {}): NewNotice => ({
  key: `${lane}/${n}`,
  channel: lane,
  destination: lane === 'mail' ? 'duty@example.cn' : 'group',
  subject: `duty ${n}`,
  text: `due [${lane}/${n}]`,
  notBefore,
  ...more,
});
const NAMES = /\[([a-z]+\/\d+)\]/g;
const namesIn = (text: string): string[] => [...text.matchAll(NAMES)].map(m => m[1] ?? '');

export async function openOutbox(): Promise<{
  readonly data: string;
  readonly store: Store;
  readonly tenant: Tenant;
  /** Removes the folder; the store must be closed. */
  readonly remove: () => void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-outbox-'));
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const store = await openStore({ data });
  await store.addInstitution({ id: 'outbox', titleZh: '清江市示例机构', titleEn: 'Example', isExample: true }, 0);
  const tenant = await store.tenant('outbox');
  if (!tenant) throw new Error('no tenant');
  return {
    data,
    store,
    tenant,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Account {
  /** Neither arrived nor said to be unknown or failed. */
  readonly lost: readonly string[];
  /** Arrived more than once. */
  readonly doubled: readonly string[];
  readonly perhapsSent: readonly string[];
  readonly failed: readonly string[];
  readonly messages: number;
  readonly tooMany: number;
}
/** Compares what the peers took with what was asked for and what the outbox says. */
export async function account(tenant: Tenant, peers: Peers, asked: readonly NewNotice[]): Promise<Account> {
  const arrived = new Map<string, number>();
  const robots = [peers.wecom, peers.dingtalk, peers.feishu, peers.webhook];
  const texts = [...peers.mail.taken.map(t => t.source), ...robots.flatMap(r => r.taken.map(t => t.text))];
  for (const text of texts) for (const name of namesIn(text)) arrived.set(name, (arrived.get(name) ?? 0) + 1);
  const said = new Map((await tenant.notices(asked.length + 1000)).map(n => [n.key, n.state]));
  const state = (want: string): string[] => asked.filter(n => said.get(n.key) === want).map(n => n.key);
  return {
    lost: asked.map(n => n.key).filter(k => !arrived.has(k) && !['perhaps-sent', 'failed'].includes(said.get(k) ?? '')),
    doubled: [...arrived].filter(([, n]) => n > 1).map(([k]) => k),
    perhapsSent: state('perhaps-sent'),
    failed: state('failed'),
    messages: texts.length,
    tooMany: robots.reduce((sum, r) => sum + r.tooMany(), 0),
  };
}

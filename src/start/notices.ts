/** Due moments become notices: what is owed is computed anew after every entry, and said over the channels that are set up. */
import { type Calendar, formatInstant, type OfficeSpan } from '#core/calendar';
import { obligations, type ObligationLine, type Setup } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import type { ChannelOf, OnDue } from '#io/engine';
import { type Channel, mailChannel, wecomChannel, wecomProblem } from '#io/notify';
import type { Store, Tenant, Timer } from '#io/store';
import type { Settings } from '../web/ports.ts';
import { momentsOf } from './reminders.ts';

interface Kept {
  readonly digest: string;
  readonly folder: string;
  readonly example: boolean;
  readonly name: { readonly zh: string; readonly en: string };
  readonly setup: Setup;
}
const keptOf = async (tenant: Tenant): Promise<Kept | undefined> =>
  (await tenant.setting('institution')) as Kept | undefined;
const settingsOf = async (tenant: Tenant): Promise<Partial<Settings>> =>
  ((await tenant.setting('desk')) ?? {}) as Partial<Settings>;

/** Writes the timers of one institution as its log stands now. They are a cache: losing them loses nothing. */
export async function setTimers(
  store: Store,
  tenant: Tenant,
  calendar: (hours: readonly OfficeSpan[]) => Calendar,
  now: number,
): Promise<void> {
  const kept = await keptOf(tenant);
  const text = kept && (await store.rulebook(kept.digest));
  if (!kept || text === undefined) return;
  const read = readRulebook({ file: `${kept.folder}/rulebook.md`, text, digest: kept.digest });
  if (!read.ok) return;
  const day = (at: number): string => formatInstant(at).slice(0, 10);
  const setup: Setup = { ...kept.setup, period: { from: day(now - 86_400_000), to: day(now + 2 * 86_400_000) } };
  const lines = obligations(read.rulebook, setup, await tenant.events(), calendar(setup.officeHours), now).filter(
    (l): l is ObligationLine => l.line === 'obligation',
  );
  const byCase = new Map<string | null, Timer[]>();
  for (const m of momentsOf(lines, now)) {
    const key = m.caseId ?? null;
    byCase.set(key, [...(byCase.get(key) ?? []), m]);
  }
  const cases = new Set<string | null>([null, ...lines.map(l => l.case ?? null)]);
  await tenant.setTimers([...cases].map(caseId => ({ caseId, timers: byCase.get(caseId) ?? [] })));
}

/** Whom to tell when a moment has come: the channels that are set up; nobody where none is, and never in the example. */
export const onDue =
  (store: Store): OnDue =>
  async (institution, timer, now) => {
    const tenant = await store.tenant(institution);
    const kept = tenant && (await keptOf(tenant));
    if (!tenant || !kept || kept.example) return [];
    const settings = await settingsOf(tenant);
    const minutes = Math.max(0, Math.round((Date.parse(timer.key.split('|')[4] ?? '') - now) / 60_000));
    const subject =
      timer.what === 'due'
        ? `【到期】${timer.clause} ${timer.duty}`
        : `【还剩 ${minutes} 分】${timer.clause} ${timer.duty}`;
    const text = [
      subject,
      timer.unit === undefined ? '' : `对：${timer.unit}`,
      timer.role === undefined ? '' : `由：${timer.role}`,
      timer.caseId === undefined ? '' : `案件：${timer.caseId}`,
    ]
      .filter(l => l !== '')
      .join('\n');
    const notice = { subject, text, notBefore: now };
    return [
      ...(settings.mail
        ? settings.mail.to.map(to => ({ ...notice, key: `${timer.key}|mail|${to}`, channel: 'mail', destination: to }))
        : []),
      ...(settings.wecom ? [{ ...notice, key: `${timer.key}|wecom`, channel: 'wecom', destination: 'group' }] : []),
    ];
  };

export function channelFor(settings: Partial<Settings>, name: string): Channel | undefined {
  if (name === 'mail' && settings.mail) {
    const url = new URL(settings.mail.server);
    const secure = url.protocol === 'smtps:';
    return mailChannel({
      host: url.hostname,
      port: Number(url.port) || (secure ? 465 : 25),
      secure,
      from: settings.mail.from,
      ...(url.username === ''
        ? {}
        : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
    });
  }
  if (name !== 'wecom' || !settings.wecom || wecomProblem({ webhook: settings.wecom.url })) return undefined;
  return wecomChannel({ webhook: settings.wecom.url });
}
export const channelOf =
  (store: Store): ChannelOf =>
  async (institution, name) => {
    const tenant = await store.tenant(institution);
    return tenant && channelFor(await settingsOf(tenant), name);
  };

export async function tryNotice(
  settings: Settings,
  name: 'mail' | 'wecom',
  now: number,
): Promise<{ readonly ok: boolean; readonly said: string }> {
  const channel = channelFor(settings, name);
  if (!channel) return { ok: false, said: '还没有设置这个渠道 / this channel is not set up' };
  const outcome = await channel.send({
    key: `try-${now}`,
    destination: settings.mail?.to[0] ?? 'group',
    subject: '回音：试发一条 / Huiyin test',
    text: '这是一条试发的提醒。/ This is a test notice.',
  });
  return outcome.result === 'sent' ? { ok: true, said: '已发出 / sent' } : { ok: false, said: outcome.fault };
}

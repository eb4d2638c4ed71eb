/** The institution's channels as it has set them, made ready to send; the desk itself is one that never fails. */
import type { ChannelSetting } from '#case';
import type { ObligationLine } from '#core/obligations';
import type { ChannelOf } from '#io/engine';
import { type Channel, channelKind, CHANNEL_KINDS, type ChannelTools } from '#io/notify';
import type { NewNotice, Store, Tenant } from '#io/store';
import type { NoticePort } from '../web/ports.ts';
import { noticeSettings } from './notices.ts';

/** Standing on the desk is all there is to it: the row is the notice. */
const DESK: Channel = {
  name: 'desk',
  keyed: true,
  limits: [{ most: 100_000, perMs: 1_000 }],
  send: async () => ({ result: 'sent' }),
};

function channelFor(setting: ChannelSetting | undefined, tools: ChannelTools): Channel | undefined {
  const kind = setting && channelKind(setting.kind);
  if (!kind || kind.problem(setting.values, tools.allowHosts)) return undefined;
  return kind.make(setting.values, tools);
}
export const channelOf =
  (store: Store, tools: ChannelTools): ChannelOf =>
  async (institution, key) => {
    if (key === 'desk') return DESK;
    const tenant = await store.tenant(institution);
    const setting = tenant && (await noticeSettings(tenant)).channels.find(c => c.key === key);
    return channelFor(setting, tools);
  };

/** What the pages ask of notices. */
export function noticePort(
  here: () => Promise<Tenant>,
  tools: ChannelTools,
  wake: () => void,
  pressed: (institution: string, line: ObligationLine, entry: string) => Promise<readonly NewNotice[]>,
  told: (institution: string, message: Parameters<NoticePort['tell']>[0]) => Promise<readonly NewNotice[]>,
): NoticePort {
  return {
    kinds: CHANNEL_KINDS.map(({ kind, title, fields, address }) => ({
      kind,
      title,
      fields,
      ...(address === undefined ? {} : { address }),
    })),
    settings: async () => noticeSettings(await here()),
    save: async settings => {
      const tenant = await here();
      await tenant.access.putSecret('notices', settings);
      await tenant.putSetting('notices', null);
    },
    problem: setting => {
      const kind = channelKind(setting.kind);
      if (!kind) return 'there is no such kind of channel';
      return kind.problem(setting.values, tools.allowHosts);
    },
    test: async (key, to) => {
      const channel = channelFor(
        (await noticeSettings(await here())).channels.find(c => c.key === key),
        tools,
      );
      if (!channel) return { result: 'failed', fault: 'the channel is not set up' };
      const outcome = await channel.send({
        key: `test-${tools.now()}`,
        destination: to,
        subject: '回音:试发一条 / Huiyin test',
        text: '这是一条试发的提醒,不必处理。/ This is a test notice; nothing is to be done.',
      });
      if (outcome.result === 'sent') return { result: 'sent' };
      return { result: outcome.result === 'unknown' ? 'perhaps-sent' : 'failed', fault: outcome.fault };
    },
    list: async limit => (await here()).notices(limit),
    reminders: async open => (await here()).reminders({ open, limit: 300 }),
    acknowledge: async (key, by) => (await here()).acknowledge(key, by, tools.now()),
    press: async (line, entry) => {
      const tenant = await here();
      await tenant.addNotices(await pressed(tenant.institution.id, line, entry));
      wake();
    },
    tell: async message => {
      const tenant = await here();
      await tenant.addNotices(await told(tenant.institution.id, message));
      wake();
    },
    again: async id => {
      const tenant = await here();
      const known = (await tenant.notices(2000)).find(n => n.id === id);
      if (!known || (known.state !== 'perhaps-sent' && known.state !== 'failed')) return false;
      const { channel, destination, subject, text, urgency } = known;
      // A person decided: it is a new notice that says so, never the old one sent twice in silence.
      const again: NewNotice = {
        key: `${known.key}|again`,
        channel,
        destination,
        subject: `【重发】${subject}`,
        text,
        notBefore: tools.now(),
        ...(urgency === undefined ? {} : { urgency }),
      };
      await tenant.addNotices([again]);
      wake();
      return true;
    },
  };
}

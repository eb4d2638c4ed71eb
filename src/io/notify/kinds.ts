/** The kinds of channel there are, what each must be told, and how it is made from that. One more kind is one more entry. */
import type { Post } from '../fetch/index.ts';
import type { Channel } from './channel.ts';
import { dingtalk } from './channels/dingtalk.ts';
import { feishu } from './channels/feishu.ts';
import { mailChannel } from './channels/mail.ts';
import { webhookChannel } from './channels/webhook.ts';
import { wecom } from './channels/wecom.ts';
import { type Robot, robotChannel, webhookProblem } from './robot.ts';

export interface ChannelTools {
  readonly post: Post;
  readonly now: () => number;
  readonly allowHosts: readonly string[];
}
type Values = Readonly<Record<string, string>>;
export interface ChannelField {
  readonly name: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly needed: boolean;
  /** Never shown again once it is kept. */
  readonly secret?: true;
}
export interface ChannelKind {
  readonly kind: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly fields: readonly ChannelField[];
  /** What the addresses of single offices are; absent where a message goes to a whole group. */
  readonly address?: { readonly zh: string; readonly en: string };
  /** Why the values cannot be used, or undefined. */
  readonly problem: (values: Values, allowHosts: readonly string[]) => string | undefined;
  readonly make: (values: Values, tools: ChannelTools) => Channel;
}
const WEBHOOK = { zh: '机器人地址', en: 'address of the robot' };
const SECRET = { zh: '加签密钥', en: 'signing secret' };
const RATE = { zh: '每分钟至多', en: 'at most a minute' };
const USUAL_RATE = 60;

const robotKind = (robot: Robot, title: ChannelKind['title'], signed: boolean): ChannelKind => ({
  kind: robot.name,
  title,
  fields: [
    { name: 'webhook', label: WEBHOOK, needed: true, secret: true },
    ...(signed ? [{ name: 'secret', label: SECRET, needed: false, secret: true as const }] : []),
  ],
  problem: (values, allowHosts) => webhookProblem(robot, values['webhook'] ?? '', allowHosts),
  make: (values, tools) => robotChannel(robot, values, tools),
});

const gatewayKind = (
  as: 'webhook' | 'sms' | 'voice',
  title: ChannelKind['title'],
  address?: ChannelKind['title'],
): ChannelKind => ({
  kind: as,
  title,
  fields: [
    { name: 'url', label: { zh: '网关地址', en: 'address of the gateway' }, needed: true },
    { name: 'secret', label: SECRET, needed: true, secret: true },
    { name: 'keyed', label: { zh: '对方按幂等键去重(是/否)', en: 'drops a repeated key (yes/no)' }, needed: false },
    { name: 'perMinute', label: RATE, needed: false },
  ],
  ...(address === undefined ? {} : { address }),
  problem: values => {
    if (!/^https?:\/\/[^\s/]+/.test(values['url'] ?? '')) return 'the address must begin with https:// or http://';
    if ((values['secret'] ?? '').length < 16) return 'the signing secret needs 16 characters or more';
    return rateProblem(values['perMinute']);
  },
  make: (values, tools) =>
    webhookChannel(
      {
        url: values['url'] ?? '',
        secret: values['secret'] ?? '',
        keyed: /^(yes|是|true|1)$/i.test(values['keyed'] ?? ''),
        as,
        perMinute: Number(values['perMinute'] || USUAL_RATE),
      },
      tools,
    ),
});
const rateProblem = (value: string | undefined): string | undefined =>
  value === undefined || value === '' || /^[1-9]\d{0,3}$/.test(value)
    ? undefined
    : 'the number a minute must be 1 to 9999';

const mail: ChannelKind = {
  kind: 'mail',
  title: { zh: '邮件', en: 'Mail' },
  fields: [
    { name: 'server', label: { zh: '邮件服务器', en: 'mail server' }, needed: true, secret: true },
    { name: 'from', label: { zh: '发件人', en: 'from' }, needed: true },
    { name: 'perMinute', label: RATE, needed: false },
  ],
  address: { zh: '邮箱', en: 'mailbox' },
  problem: values => {
    if (!/^smtps?:\/\/[^\s]+$/.test(values['server'] ?? '') || !URL.canParse(values['server'] ?? ''))
      return 'the server must be written as smtp://mail.example.cn:25 or smtps://mail.example.cn:465';
    if (!/^[^@\s]+@[^@\s]+$/.test(values['from'] ?? '')) return 'the sender must be a mailbox';
    return rateProblem(values['perMinute']);
  },
  make: values => {
    const url = new URL(values['server'] ?? '');
    const secure = url.protocol === 'smtps:';
    return mailChannel({
      host: url.hostname,
      port: Number(url.port) || (secure ? 465 : 25),
      secure,
      from: values['from'] ?? '',
      perMinute: Number(values['perMinute'] || USUAL_RATE),
      ...(url.username === ''
        ? {}
        : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
    });
  },
};

export const CHANNEL_KINDS: readonly ChannelKind[] = [
  mail,
  robotKind(wecom, { zh: '企业微信群机器人', en: 'WeCom group robot' }, false),
  robotKind(dingtalk, { zh: '钉钉群机器人', en: 'DingTalk group robot' }, true),
  robotKind(feishu, { zh: '飞书群机器人', en: 'Feishu group robot' }, true),
  gatewayKind('webhook', { zh: '自有系统(Webhook)', en: 'Own system (webhook)' }),
  gatewayKind('sms', { zh: '短信网关', en: 'SMS gateway' }, { zh: '工作手机号', en: 'office telephone' }),
  gatewayKind('voice', { zh: '语音网关', en: 'Voice gateway' }, { zh: '值班电话', en: 'duty telephone' }),
];
export const channelKind = (kind: string): ChannelKind | undefined => CHANNEL_KINDS.find(k => k.kind === kind);

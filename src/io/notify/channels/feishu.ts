/**
 * Feishu group robot. Signed in the body, and otherwise than DingTalk: "<seconds>\n<secret>" is the key and the message is
 * empty. 100 messages a minute and 5 a second, 20 KB.
 */
import { createHmac } from 'node:crypto';
import type { Robot } from '../robot.ts';

export const feishuSign = (seconds: number, secret: string): string =>
  createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64');

export const feishu: Robot = {
  name: 'feishu',
  host: 'open.feishu.cn',
  path: /^\/open-apis\/bot\/v2\/hook\/[\w-]+$/,
  limits: [
    { most: 5, perMs: 1_000 },
    { most: 100, perMs: 60_000 },
  ],
  mostBytes: 18_000,
  request: (webhook, content, { secret }, now) => {
    const seconds = Math.floor(now / 1000);
    const text = { msg_type: 'text', content: { text: content } };
    return {
      url: webhook.href,
      body: secret ? { timestamp: String(seconds), sign: feishuSign(seconds, secret), ...text } : text,
    };
  },
  // Older answers say StatusCode.
  code: a => {
    const code = a['code'] ?? a['StatusCode'];
    return { code: typeof code === 'number' ? code : undefined, said: String(a['msg'] ?? a['StatusMessage'] ?? '') };
  },
  // 11232: frequency limited; 9499: too many requests.
  tooMany: [11_232, 9_499],
  restMs: 60_000,
};

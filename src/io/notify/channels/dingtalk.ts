/**
 * DingTalk group robot. Signed in the address: HMAC-SHA256 of "<ms>\n<secret>" under the secret, Base64. 20 messages a
 * minute; who sends more is shut out for ten minutes, so the pace must hold over restarts.
 */
import { createHmac } from 'node:crypto';
import type { Robot } from '../robot.ts';

export const dingtalkSign = (timestamp: number, secret: string): string =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

export const dingtalk: Robot = {
  name: 'dingtalk',
  host: 'oapi.dingtalk.com',
  path: /^\/robot\/send$/,
  limits: [{ most: 20, perMs: 60_000 }],
  mostBytes: 18_000,
  request: (webhook, content, { secret }, now) => {
    const url = new URL(webhook);
    if (secret) {
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', dingtalkSign(now, secret));
    }
    return { url: url.href, body: { msgtype: 'text', text: { content } } };
  },
  code: a => ({
    code: typeof a['errcode'] === 'number' ? a['errcode'] : undefined,
    said: String(a['errmsg'] ?? ''),
  }),
  // 130101 and 410100: sent too fast; 90030: over the limit of the webhook.
  tooMany: [130_101, 410_100, 90_030],
  restMs: 10 * 60_000,
};

/** WeCom group robot: one JSON post to the robot's address. 20 messages a minute, 2,048 bytes; no key, no signature. */
import type { Robot } from '../robot.ts';

export const wecom: Robot = {
  name: 'wecom',
  host: 'qyapi.weixin.qq.com',
  path: /^\/cgi-bin\/webhook\/send$/,
  limits: [{ most: 20, perMs: 60_000 }],
  mostBytes: 2048,
  request: (webhook, content) => ({ url: webhook.href, body: { msgtype: 'text', text: { content } } }),
  code: a => ({
    code: typeof a['errcode'] === 'number' ? a['errcode'] : undefined,
    said: String(a['errmsg'] ?? ''),
  }),
  // 45009: interface calls over the limit.
  tooMany: [45009],
  restMs: 60_000,
};

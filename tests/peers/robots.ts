/** The three group robots and a webhook receiver, after their published behaviour. Signatures are computed here anew. */
import { createHmac } from 'node:crypto';
import { openPeer, type Peer, rate } from './peer.ts';

const MINUTE = 60_000;
const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');
const read = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};
const content = (body: Record<string, unknown>, ...path: readonly string[]): string => {
  const found = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], body);
  return typeof found === 'string' ? found : '';
};

/** 20 a minute, texts up to 2,048 bytes. */
export function wecomPeer(now: () => number, key = 'k'): Promise<Peer> {
  const free = rate(20, MINUTE);
  return openPeer(now, ({ url, text }) => {
    const said = content(read(text), 'text', 'content');
    if (url.pathname !== '/cgi-bin/webhook/send' || url.searchParams.get('key') !== key)
      return { body: { errcode: 93000, errmsg: 'invalid webhook url' } };
    if (Buffer.byteLength(said) > 2048) return { body: { errcode: 40058, errmsg: 'text exceed max length 2048' } };
    if (!free(now())) return { body: { errcode: 45009, errmsg: 'api freq out of limit' }, tooMany: true };
    return { body: { errcode: 0, errmsg: 'ok' }, took: { text: said } };
  });
}

/** 20 a minute; one more shuts it for ten minutes. The signature must be of the last hour. */
export function dingtalkPeer(now: () => number, secret: string): Promise<Peer> {
  const free = rate(20, MINUTE);
  let shutUntil = 0;
  return openPeer(now, ({ url, text }) => {
    const timestamp = url.searchParams.get('timestamp') ?? '';
    if (url.searchParams.get('access_token') !== 't')
      return { body: { errcode: 300005, errmsg: 'token is not exist' } };
    if (
      Math.abs(now() - Number(timestamp)) > 60 * MINUTE ||
      url.searchParams.get('sign') !== hmac(secret, `${timestamp}\n${secret}`)
    )
      return { body: { errcode: 310000, errmsg: 'sign not match' } };
    if (now() < shutUntil || !free(now())) {
      if (now() >= shutUntil) shutUntil = now() + 10 * MINUTE;
      return { body: { errcode: 410100, errmsg: 'send too fast, exceed 20 times per minute' }, tooMany: true };
    }
    return { body: { errcode: 0, errmsg: 'ok' }, took: { text: content(read(text), 'text', 'content') } };
  });
}

/** 5 a second and 100 a minute; signed in the body with the seconds as part of the key. */
export function feishuPeer(now: () => number, secret: string): Promise<Peer> {
  const second = rate(5, 1_000);
  const minute = rate(100, MINUTE);
  return openPeer(now, ({ url, text }) => {
    const body = read(text);
    const timestamp = String(body['timestamp'] ?? '');
    if (!url.pathname.startsWith('/open-apis/bot/v2/hook/')) return { status: 404, body: {} };
    if (
      Math.abs(now() / 1000 - Number(timestamp)) > 3_600 ||
      body['sign'] !== createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64')
    )
      return { body: { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' } };
    if (!second(now()) || !minute(now())) return { body: { code: 11232, msg: 'frequency limited' }, tooMany: true };
    return { body: { code: 0, msg: 'success', data: {} }, took: { text: content(body, 'content', 'text') } };
  });
}

/** Takes each key once: a second copy is answered as the first was and has no effect. 429 with Retry-After over its rate. */
export function webhookPeer(now: () => number, secret: string, perMinute: number): Promise<Peer> {
  const free = rate(perMinute, MINUTE);
  const known = new Set<string>();
  return openPeer(now, ({ headers, text }) => {
    const [id, seconds] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    if (headers['webhook-signature'] !== `v1,${hmac(secret, `${id}.${seconds}.${text}`)}`)
      return { status: 401, body: { error: 'signature' } };
    if (headers['idempotency-key'] !== id) return { status: 400, body: { error: 'key' } };
    if (known.has(id)) return { body: { ok: true, repeated: true } };
    if (!free(now()))
      return { status: 429, headers: { 'retry-after': '30' }, body: { error: 'too many' }, tooMany: true };
    known.add(id);
    return { body: { ok: true }, took: { text: content(read(text), 'text'), key: id } };
  });
}

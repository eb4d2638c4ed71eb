/**
 * A webhook of the institution's own: JSON, signed after the Standard Webhooks scheme (webhook-id, webhook-timestamp,
 * webhook-signature), with the same id as Idempotency-Key. A receiver that keeps the ids drops a second copy. SMS and voice
 * gateways are reached in the same way: what stands between us and a telephone company is a program of the institution's.
 */
import { createHmac } from 'node:crypto';
import type { Post } from '../../fetch/index.ts';
import type { Channel, Outcome } from '../channel.ts';
import { fit, lineFault } from '../robot.ts';

export interface WebhookSettings {
  readonly url: string;
  readonly secret: string;
  /** The receiver says it drops a second copy of a key. */
  readonly keyed: boolean;
  readonly as: 'webhook' | 'sms' | 'voice';
  readonly perMinute: number;
}
export interface WebhookTools {
  readonly post: Post;
  readonly now: () => number;
}
const AWAY_MS = 60_000;
/** A short message is paid by the piece; a voice is read aloud. */
const MOST_BYTES: Readonly<Record<WebhookSettings['as'], number>> = { webhook: 16_000, sms: 420, voice: 420 };

/** Base64 of HMAC-SHA256 over "id.timestamp.body". */
export const webhookSignature = (secret: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')}`;

export function webhookChannel(settings: WebhookSettings, { post, now }: WebhookTools): Channel {
  return {
    name: settings.as,
    keyed: settings.keyed,
    limits: [{ most: settings.perMinute, perMs: 60_000 }],
    send: async ({ key, destination, subject, text }) => {
      const body = JSON.stringify({
        key,
        kind: settings.as,
        to: destination,
        subject,
        text: fit(text, MOST_BYTES[settings.as]),
      });
      const seconds = Math.floor(now() / 1000);
      const result = await post({
        url: settings.url,
        body,
        headers: {
          'webhook-id': key,
          'webhook-timestamp': String(seconds),
          'webhook-signature': webhookSignature(settings.secret, key, seconds, body),
          'idempotency-key': key,
        },
      });
      return result.result === 'answered'
        ? judged(result.status, result.text, result.retryAfterMs, settings.keyed)
        : lineFault(result);
    },
  };
}

function judged(status: number, said: string, retryAfterMs: number | undefined, keyed: boolean): Outcome {
  if (status >= 200 && status < 300) return { result: 'sent' };
  const fault = `the receiver answered ${status} ${said.slice(0, 100)}`.trim();
  const wait = retryAfterMs ?? AWAY_MS;
  if (status === 429 || status === 503)
    return { result: 'not-sent', fault, retryAfterMs: wait, restMs: wait, busy: true };
  // A receiver that fails half-way may have taken it: only one that keeps keys is asked again.
  if (status >= 500) return keyed ? { result: 'not-sent', fault, retryAfterMs: wait } : { result: 'unknown', fault };
  return { result: 'not-sent', fault };
}

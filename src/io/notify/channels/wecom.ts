/** WeCom group robot: one JSON post to the robot's address. 20 messages a minute; the robot takes no idempotency key. */
import type { Channel, Outcome } from '../channel.ts';

export interface WecomSettings {
  /** The robot's webhook; only WeCom's own host, or one that is allowed by name (tests, a relay inside the institution). */
  readonly webhook: string;
  readonly allowHosts?: readonly string[];
}
const HOST = 'qyapi.weixin.qq.com';
const TIMEOUT_MS = 15_000;
/** The robot refuses texts over 2,048 bytes. */
const MOST_BYTES = 2048;

/** Why the settings cannot be used, or undefined. */
export function wecomProblem(settings: WecomSettings): string | undefined {
  let url: URL;
  try {
    url = new URL(settings.webhook);
  } catch {
    return 'the webhook is no address; copy it from the group robot';
  }
  const allowed = settings.allowHosts?.includes(url.host) ?? false;
  if (!allowed && (url.protocol !== 'https:' || url.host !== HOST))
    return `the webhook must begin with https://${HOST}/`;
  return undefined;
}

export function wecomChannel(settings: WecomSettings): Channel {
  const problem = wecomProblem(settings);
  if (problem) throw new RangeError(problem);
  return {
    name: 'wecom',
    keyed: false,
    perMinute: 20,
    send: async message => post(settings.webhook, `${message.subject}\n${message.text}`),
  };
}

async function post(webhook: string, content: string): Promise<Outcome> {
  let response: Response;
  try {
    response = await fetch(webhook, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ msgtype: 'text', text: { content: fit(content) } }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? '';
    const fault = `${(error as Error).message} ${cause}`.trim();
    // Nothing left this machine when no connection came about.
    return /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/.test(cause)
      ? { result: 'not-sent', fault, retryAfterMs: 60_000 }
      : { result: 'unknown', fault };
  }
  if (response.status === 429 || response.status >= 500)
    return { result: 'not-sent', fault: `the robot answered ${response.status}`, retryAfterMs: 60_000 };
  const answer = (await response.json().catch(() => ({}))) as { errcode?: number; errmsg?: string };
  if (response.ok && answer.errcode === 0) return { result: 'sent' };
  const fault = `the robot refused: ${answer.errcode ?? response.status} ${answer.errmsg ?? ''}`.trim();
  // 45009: more than 20 a minute.
  return answer.errcode === 45009 ? { result: 'not-sent', fault, retryAfterMs: 60_000 } : { result: 'not-sent', fault };
}

/** Cut at a character so that the text keeps within the limit. */
function fit(text: string): string {
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  let out = '';
  let bytes = 3;
  for (const ch of text) {
    bytes += Buffer.byteLength(ch);
    if (bytes > MOST_BYTES) break;
    out += ch;
  }
  return `${out}…`;
}

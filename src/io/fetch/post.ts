/**
 * The door outwards: one post to a peer of the institution's own choosing (a group robot, a gateway). The same ranges are
 * refused as when reading. It says whether anything left this machine, because a notice must never be repeated in silence.
 */
import { type IncomingMessage, type RequestOptions, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { addressProblem, judgeUrl } from '#core/address';
import { guardedLookup, readBody, retryAfter } from './index.ts';

export interface PostRequest {
  readonly url: string;
  /** `GET` asks a peer something with a token in a header; it carries no body. */
  readonly method?: 'GET';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}
export type PostResult =
  | {
      readonly result: 'answered';
      readonly status: number;
      readonly text: string;
      readonly retryAfterMs?: number;
    }
  /** Certainly nothing arrived: refused by the door, no such name, no connection. */
  | { readonly result: 'not-sent'; readonly reason: string; readonly refused: boolean }
  /** The line broke after the connection stood: nobody knows. */
  | { readonly result: 'unknown'; readonly reason: string };
export type Post = (request: PostRequest) => Promise<PostResult>;
export interface PostOptions {
  readonly allowHosts?: readonly string[];
  readonly timeoutMs?: number;
}
const TIMEOUT_MS = 15_000;

export function openPost(options: PostOptions = {}): Post {
  const allowHosts = options.allowHosts ?? [];
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  return async asked => {
    const verdict = judgeUrl(asked.url, { allowHosts });
    if (!verdict.allowed || !verdict.url) return { result: 'not-sent', reason: verdict.reason, refused: true };
    const { url } = verdict;
    const inside = allowHosts.includes(url.host) || allowHosts.includes(url.hostname);
    let connected = false;
    try {
      const { status, headers, body } = await send(url, asked, inside, timeoutMs, () => (connected = true));
      const wait = retryAfter(headers['retry-after'] as string | undefined, 0);
      return {
        result: 'answered',
        status,
        text: new TextDecoder().decode(body),
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
      };
    } catch (error) {
      const reason = (error as Error).message.slice(0, 200);
      return connected ? { result: 'unknown', reason } : { result: 'not-sent', reason, refused: false };
    }
  };
}

function send(
  url: URL,
  asked: PostRequest,
  inside: boolean,
  timeoutMs: number,
  onConnected: () => void,
): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Uint8Array }> {
  const body = Buffer.from(asked.body);
  const secure = url.protocol === 'https:';
  const options: RequestOptions = {
    method: asked.method ?? 'POST',
    signal: AbortSignal.timeout(timeoutMs),
    agent: false,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      'user-agent': 'Huiyin/1',
      ...asked.headers,
    },
    ...(inside ? {} : { lookup: guardedLookup }),
  };
  return new Promise((done, fail) => {
    const request = (secure ? httpsRequest : httpRequest)(url, options, response => {
      readBody(response, '').then(
        read => done({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
        fail,
      );
    });
    request.on('error', fail);
    request.on('socket', (socket: Socket) => {
      // The body is written only once the connection stands (and, over TLS, is trusted) and leads where it may.
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        const problem = inside ? undefined : addressProblem(socket.remoteAddress ?? '');
        if (problem) return void request.destroy(new Error(`connected to a ${problem}`));
        onConnected();
        request.end(body);
      });
    });
  });
}

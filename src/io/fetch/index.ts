/**
 * The one door to the network: feeds, pages, whatever is read from outside. Private and special ranges are refused on the
 * address that is really connected, on every hop; http and https only; size, time and hops are limited; polite by host.
 */
import { type IncomingMessage, type RequestOptions, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { addressProblem, judgeUrl } from '#core/address';
import { type Clock, sleep, wallClock } from '../clock/index.ts';

export { openPost, type Post, type PostRequest, type PostResult } from './post.ts';

export interface DoorOptions {
  /** Hosts (with port where it is not the usual one) inside the network that may be reached all the same. */
  readonly allowHosts?: readonly string[];
  /** Where a site's owner can read who we are. */
  readonly contact: string;
  readonly clock?: Clock;
  /** Least milliseconds between two requests to one host. */
  readonly pacePerHostMs?: number;
  /** For one answer with all its hops. */
  readonly timeoutMs?: number;
}
export interface DoorRequest {
  readonly url: string;
  readonly accept?: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Redirects that are followed; three unless a standard asks for more. */
  readonly hops?: number;
}
export type DoorResult =
  | {
      readonly result: 'page';
      readonly status: number;
      /** After redirects. */
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | { readonly result: 'unchanged'; readonly url: string }
  /** The site said no, or nothing that can be used: try again later, or never. */
  | {
      readonly result: 'refused' | 'failed';
      readonly reason: string;
      readonly status?: number;
      readonly retryAfterMs?: number;
    };
export interface Door {
  readonly fetch: (request: DoorRequest) => Promise<DoorResult>;
}
const MOST_BYTES = 10 * 1024 * 1024;
const MOST_HEADER_BYTES = 64 * 1024;
const TIMEOUT_MS = 15_000;
const MOST_HOPS = 3;

export function openDoor(options: DoorOptions): Door {
  const clock = options.clock ?? wallClock;
  const pace = options.pacePerHostMs ?? 1_000;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  /** Host → when the next request may go. */
  const nextAt = new Map<string, number>();
  const agent = `Huiyin/1 (+${options.contact})`;

  const waitTurn = async (host: string): Promise<void> => {
    const now = clock.now();
    const at = Math.max(now, nextAt.get(host) ?? 0);
    nextAt.set(host, at + pace);
    if (nextAt.size > 10_000) for (const [h, t] of nextAt) if (t < now) nextAt.delete(h);
    if (at > now) await sleep(at - now);
  };

  return {
    async fetch(asked) {
      const deadline = AbortSignal.timeout(timeoutMs);
      let target = asked.url;
      const hops = asked.hops ?? MOST_HOPS;
      for (let hop = 0; hop <= hops; hop++) {
        const verdict = judgeUrl(target, { allowHosts: options.allowHosts ?? [] });
        if (!verdict.allowed || !verdict.url)
          return { result: 'refused', reason: hop === 0 ? verdict.reason : `redirected to a ${verdict.reason}` };
        await waitTurn(verdict.url.host);
        let answer: Answer;
        try {
          answer = await ask(verdict.url, asked, agent, options.allowHosts ?? [], deadline);
        } catch (error) {
          if (error instanceof Refused) return { result: 'refused', reason: error.message };
          return {
            result: 'failed',
            reason: deadline.aborted ? `no whole answer within ${timeoutMs / 1000} s` : plain(error as Error),
          };
        }
        const { status, headers } = answer;
        if (status === 304) return { result: 'unchanged', url: target };
        if (status >= 300 && status < 400 && headers['location']) {
          try {
            target = new URL(headers['location'], verdict.url).href;
          } catch {
            return { result: 'failed', reason: 'redirected to no address', status };
          }
          continue;
        }
        if (status < 200 || status > 299) {
          const wait = retryAfter(headers['retry-after'], clock.now());
          return {
            result: 'failed',
            reason: `the site answered ${status}`,
            status,
            ...(wait === undefined ? {} : { retryAfterMs: wait }),
          };
        }
        return { result: 'page', status, url: verdict.url.href, headers, body: answer.body };
      }
      return { result: 'failed', reason: `more than ${hops} redirects` };
    },
  };
}

class Refused extends Error {}
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Looks a name up and refuses it when any of its addresses lies inside: a name must not lead out once and in the next time. */
export const guardedLookup: LookupFunction = (host, options, done) => {
  dnsLookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 0);
    const problem = found.map(a => addressProblem(a.address)).find(p => p !== undefined);
    if (problem) return done(new Refused(`the name leads to a ${problem}`), '', 0);
    if (options.all) return done(null, found);
    const [first] = found;
    done(null, first?.address ?? '', first?.family ?? 4);
  });
};

function ask(
  url: URL,
  asked: DoorRequest,
  agent: string,
  allowHosts: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const inside = allowHosts.includes(url.host) || allowHosts.includes(url.hostname);
  const options: RequestOptions = {
    method: 'GET',
    signal,
    maxHeaderSize: MOST_HEADER_BYTES,
    agent: false,
    headers: {
      'user-agent': agent,
      accept: asked.accept ?? '*/*',
      'accept-encoding': 'gzip, deflate, br',
      ...(asked.etag ? { 'if-none-match': asked.etag } : {}),
      ...(asked.lastModified ? { 'if-modified-since': asked.lastModified } : {}),
    },
    ...(inside ? {} : { lookup: guardedLookup }),
  };
  return new Promise((done, fail) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, options, response => {
      const remote = response.socket.remoteAddress ?? '';
      const problem = inside ? undefined : addressProblem(remote);
      if (problem) {
        request.destroy();
        return fail(new Refused(`connected to a ${problem}`));
      }
      const headers = Object.fromEntries(
        Object.entries(response.headers).map(([k, v]) => [k, Array.isArray(v) ? v.join(', ') : (v ?? '')]),
      );
      readBody(response, headers['content-encoding'] ?? '').then(
        body => done({ status: response.statusCode ?? 0, headers, body }),
        fail,
      );
    });
    request.on('error', fail);
    request.end();
  });
}

/** The body after decompression, which is what must be limited: a small answer can unpack to gigabytes. */
export async function readBody(response: IncomingMessage, encoding: string): Promise<Uint8Array> {
  const unpack = /gzip/i.test(encoding)
    ? createGunzip()
    : /br/i.test(encoding)
      ? createBrotliDecompress()
      : /deflate/i.test(encoding)
        ? createInflate()
        : undefined;
  const stream = unpack ? response.pipe(unpack) : response;
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    if (unpack) response.on('error', error => unpack.destroy(error));
    for await (const part of stream as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > MOST_BYTES) throw new Refused(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MB`);
      parts.push(part);
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(parts);
}

export function retryAfter(value: string | undefined, now: number): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) && wait > 0 ? Math.min(wait, 24 * 3_600_000) : undefined;
}
function plain(error: Error & { code?: string }): string {
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'the name cannot be found';
  if (error.code === 'ECONNREFUSED') return 'the site does not answer';
  if (error.code === 'HPE_HEADER_OVERFLOW') return 'the headers are too large';
  return error.message.slice(0, 200);
}

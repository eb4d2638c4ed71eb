/** Real servers on loopback that behave as the receivers of notices do: signatures, limits, error codes, hanging up. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Peer {
  /** `127.0.0.1:port` */
  readonly host: string;
  /** What it took, in order: the text, and the key where the protocol has one. */
  readonly taken: { readonly text: string; readonly key?: string; readonly at: number }[];
  /** How often it said "too many". */
  readonly tooMany: () => number;
  /** Asked after a message was taken: whether to break the line instead of answering. */
  hangUp: () => boolean;
  readonly close: () => Promise<void>;
}
export interface Request {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly took?: { readonly text: string; readonly key?: string };
  readonly tooMany?: true;
}

/** At most `most` in `perMs`, on the peer's own clock. */
export function rate(most: number, perMs: number): (now: number) => boolean {
  const seen: number[] = [];
  return now => {
    while (seen.length > 0 && (seen[0] ?? 0) <= now - perMs) seen.shift();
    if (seen.length >= most) return false;
    seen.push(now);
    return true;
  };
}

export async function openPeer(now: () => number, answer: (request: Request) => Answer): Promise<Peer> {
  const taken: Peer['taken'] = [];
  let tooMany = 0;
  const peer = { hangUp: () => false };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part as Buffer));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://peer');
      const said = answer({ url, headers: request.headers, text: Buffer.concat(parts).toString('utf8') });
      if (said.took) taken.push({ ...said.took, at: now() });
      if (said.tooMany) tooMany++;
      if (said.took && peer.hangUp()) return void request.socket.destroy();
      response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
      response.end(JSON.stringify(said.body));
    });
  };
  const server: Server = createServer(handle);
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  return Object.assign(peer, {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    tooMany: () => tooMany,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(done => server.close(() => done()));
    },
  });
}

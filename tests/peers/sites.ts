/** Sites on loopback that behave as sites do: feeds that grow, that lie about having changed, that hang, break and come back. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export interface Sites {
  readonly host: string;
  readonly url: (path: string) => string;
  readonly on: (path: string, answer: Answer) => void;
  /** How often a path was asked for, and how many at most at once. */
  readonly asked: Map<string, { times: number; now: number; most: number }>;
  readonly close: () => Promise<void>;
}
export async function openSites(): Promise<Sites> {
  const answers = new Map<string, Answer>();
  const asked: Sites['asked'] = new Map();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const count = asked.get(path) ?? { times: 0, now: 0, most: 0 };
    asked.set(path, count);
    count.times++;
    count.now++;
    count.most = Math.max(count.most, count.now);
    response.on('close', () => void count.now--);
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: path => `http://${host}${path}`,
    on: (path, answer) => void answers.set(path, answer),
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(done => server.close(() => done()));
    },
  };
}
export interface FeedEntry {
  readonly title: string;
  readonly link: string;
  readonly text?: string;
  readonly date?: string;
}
export const feedOf = (entries: readonly FeedEntry[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>清江日报</title>${entries
    .map(
      e =>
        `<item><title>${e.title}</title><link>${e.link}</link>${e.date === undefined ? '' : `<pubDate>${e.date}</pubDate>`}<description>${e.text ?? e.title}</description></item>`,
    )
    .join('')}</channel></rss>`;
/** A feed whose entries a test moves. */
export const feed =
  (entries: () => readonly FeedEntry[], headers: () => Record<string, string> = () => ({})): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers() }).end(feedOf(entries()));
export const page =
  (html: () => string): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html());

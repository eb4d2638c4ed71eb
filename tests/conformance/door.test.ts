/** The door against real servers on loopback: what it reads, what it refuses, and that it never hangs or grows. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Door, openDoor } from '#io/fetch';

describe('the door', () => {
  let server: Server;
  let host = '';
  let door: Door;
  const seen: Record<string, string | undefined>[] = [];
  beforeAll(async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    server = createServer((request, response) => {
      seen.push({ agent: request.headers['user-agent'], etag: request.headers['if-none-match'] });
      switch (request.url) {
        case '/feed':
          if (request.headers['if-none-match'] === '"v1"') return void response.writeHead(304).end();
          return void response.writeHead(200, { etag: '"v1"', 'content-type': 'application/rss+xml' }).end('<rss/>');
        case '/zipped':
          return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('停水'));
        case '/bomb':
          return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
        case '/endless': {
          response.writeHead(200);
          const pour = () => {
            while (!response.destroyed && response.write(Buffer.alloc(1 << 20)));
          };
          response.on('drain', pour);
          return pour();
        }
        case '/loop':
          return void response.writeHead(302, { location: '/loop' }).end();
        case '/once':
          return void response.writeHead(301, { location: '/feed' }).end();
        case '/inside':
          return void response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
        case '/file':
          return void response.writeHead(302, { location: 'file:///etc/passwd' }).end();
        case '/headers':
          for (let i = 0; i < 200; i++) response.setHeader(`x-${i}`, 'y'.repeat(4000));
          return void response.writeHead(200).end('x');
        case '/busy':
          return void response.writeHead(429, { 'retry-after': '120' }).end();
        default:
          return void response.writeHead(404).end();
      }
    });
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    door = openDoor({ contact: 'https://example.cn/huiyin', allowHosts: [host], pacePerHostMs: 0 });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = (path: string, more = {}) => door.fetch({ url: `http://${host}${path}`, ...more });

  test('reads a page, says who it is, and asks again conditionally', async () => {
    expect(await get('/feed')).toMatchObject({ result: 'page', status: 200, headers: { etag: '"v1"' } });
    expect(seen.at(-1)?.['agent']).toBe('Huiyin/1 (+https://example.cn/huiyin)');
    expect(await get('/feed', { etag: '"v1"' })).toMatchObject({ result: 'unchanged' });
    expect(await get('/once')).toMatchObject({ result: 'page', url: `http://${host}/feed` });
    const zipped = await get('/zipped');
    expect(zipped.result === 'page' && new TextDecoder().decode(zipped.body)).toBe('停水');
  });

  test.each([
    ['/bomb', 'refused', 'larger than 10 MB'],
    ['/endless', 'refused', 'larger than 10 MB'],
    ['/loop', 'failed', 'more than 3 redirects'],
    ['/inside', 'refused', 'redirected to a link-local address'],
    ['/file', 'refused', 'only http and https'],
    ['/headers', 'failed', 'too large'],
    ['/busy', 'failed', 'answered 429'],
    ['/none', 'failed', 'answered 404'],
  ])('%s: %s, %s', async (path, result, reason) => {
    const before = process.memoryUsage().rss;
    expect(await get(path)).toMatchObject({ result, reason: expect.stringContaining(reason) });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  test('a busy site says when to come again', async () =>
    expect(await get('/busy')).toMatchObject({ retryAfterMs: 120_000 }));

  test('without being named, the same server is inside and stays closed', async () => {
    const strict = openDoor({ contact: 'https://example.cn/huiyin' });
    const asked = seen.length;
    expect(await strict.fetch({ url: `http://${host}/feed` })).toMatchObject({
      result: 'refused',
      reason: 'loopback address',
    });
    expect(seen.length).toBe(asked);
  });
});

/**
 * Everything from outside is hostile: sites that try to fill, hang, bend or break the collector, one by one and all at
 * once, while a well-behaved source beside them goes on being read. Real servers on loopback, the real door, a real store.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTableFile } from '#io/documents';
import { guardedLookup, openDoor } from '#io/fetch';
import { openStore, type Store, type Tenant } from '#io/store';
import { decode, FeedRefused, readFeed } from '#watch';
import { makeCollector } from '../../src/start/collect/collector.ts';
import { openReadingPool } from '../../src/start/collect/reading-pool.ts';
import { type Answer, feed, openSites, page, type Sites } from '../peers/sites.ts';
import { NO_SHARED_FILES, sharedPath } from '../shared-files.ts';

const TIMEOUT_MS = 4_000;
const xml =
  (body: string): Answer =>
  (_q, r) =>
    void r.writeHead(200, { 'content-type': 'application/xml' }).end(body);
const bomb = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
const pour: Answer = (_q, r) => {
  r.writeHead(200, { 'content-type': 'application/rss+xml' });
  const more = (): void => {
    while (!r.destroyed && r.write('<item/>'.repeat(9_000)));
  };
  r.on('drain', more);
  more();
};
/** A byte every tenth of a second, for ever. */
const drip: Answer = (_q, r) => {
  r.writeHead(200);
  const timer = setInterval(() => r.write(' '), 100);
  r.on('close', () => clearInterval(timer));
};
// Made before anything runs: packing takes longer than sending.
const GZIP_BOMB = gzipSync(Buffer.alloc(100 * 1024 * 1024));
const BROTLI_BOMB = brotliCompressSync(Buffer.alloc(32 * 1024 * 1024), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
});
/** What is served, the kind of source that reads it, and the one sentence that it earns. */
const TRIES: readonly (readonly [string, string, Answer, RegExp])[] = [
  [
    'a billion laughs',
    'rss',
    xml(`<!DOCTYPE x [<!ENTITY l0 "ha">${bomb}]><rss><channel><title>&l12;</title></channel></rss>`),
    /entities of its own/,
  ],
  [
    'a quadratic blow-up',
    'rss',
    xml(`<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]><rss><channel>${'&a;'.repeat(5_000)}</channel></rss>`),
    /entities of its own/,
  ],
  [
    'an entity that reads a file',
    'rss',
    xml('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'),
    /entities of its own/,
  ],
  [
    'elements a hundred thousand deep',
    'rss',
    xml(`<rss><channel>${'<a>'.repeat(100_000)}`),
    /elements inside each other/,
  ],
  ['a million elements', 'rss', xml(`<rss><channel>${'<item/>'.repeat(1_000_000)}`), /elements/],
  [
    'a gzip of a thousandth of its size',
    'rss',
    (_q, r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end(GZIP_BOMB),
    /larger than 10 MB/,
  ],
  [
    'the same as brotli',
    'rss',
    (_q, r) => void r.writeHead(200, { 'content-encoding': 'br' }).end(BROTLI_BOMB),
    /larger than 10 MB/,
  ],
  ['a body without an end', 'rss', pour, /larger than 10 MB/],
  ['a slow-loris', 'rss', drip, /no whole answer within/],
  ['silence', 'rss', () => undefined, /no whole answer within/],
  [
    'redirects in a circle',
    'rss',
    (q, r) => void r.writeHead(302, { location: q.url ?? '/' }).end(),
    /more than 3 redirects/,
  ],
  [
    'a redirect inside',
    'rss',
    (_q, r) => void r.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
    /link-local/,
  ],
  [
    'a redirect to a file',
    'rss',
    (_q, r) => void r.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    /only http and https/,
  ],
  [
    'what is no gzip',
    'rss',
    (_q, r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    /incorrect header|cannot be read/,
  ],
  [
    'half an answer',
    'rss',
    (_q, r) =>
      void (r.writeHead(200, { 'content-length': '5000' }), r.write('<rss>'), setTimeout(() => r.destroy(), 20)),
    /aborted|hang up|reset|closed/i,
  ],
  [
    'a page of a hundred thousand elements',
    'page',
    page(() => `<html><body>${'<p>a</p>'.repeat(100_000)}</body></html>`),
    /elements/,
  ],
  [
    'a page nested ten thousand deep',
    'page',
    page(() => `<html><body>${'<div>'.repeat(10_000)}x`),
    /article|deep|elements|nothing/i,
  ],
  [
    'random bytes',
    'rss',
    (_q, r) => void r.writeHead(200).end(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))),
    /no feed|no markup|entities/,
  ],
];
let store: Store;
let tenant: Tenant;
let sites: Sites;
const data = mkdtempSync(join(tmpdir(), 'huiyin-hostile-'));
const pool = openReadingPool({ timeoutMs: 30_000 });
beforeAll(async () => {
  sites = await openSites();
  store = await openStore({ data });
  await store.addInstitution({ id: 'petition', titleZh: 'a', titleEn: 'a', isExample: false }, 0);
  const found = await store.tenant('petition');
  if (!found) throw new Error('no tenant');
  tenant = found;
});
afterAll(async () => {
  await pool.close();
  await store.close();
  await sites.close();
  rmSync(data, { recursive: true, force: true });
});
const connect = (key: string, kind: string, url: string): Promise<void> =>
  tenant.putSource({
    key,
    kind,
    title: key,
    ownerUnit: 'u',
    purpose: 'p',
    settings: { url },
    state: 'on',
    validators: {},
    nextDueAt: 0,
    class: 'outlet',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'a',
    switchedOnBy: 'b',
  });

test('all of them at once: each refused with one sentence, the well-behaved one read, memory as before', async () => {
  sites.on(
    '/well',
    feed(() => [{ title: '城东停水', link: sites.url('/1') }]),
  );
  // One server speaks no HTTP library's idea of a header: ten megabytes of it.
  const raw = createServer(socket => {
    socket.on('error', () => undefined);
    socket.once('data', request => {
      if (request.toString('latin1').includes('/robots.txt'))
        return void socket.end('HTTP/1.1 404 no\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      socket.write('HTTP/1.1 200 OK\r\n');
      for (let i = 0; i < 160 && !socket.destroyed; i++) socket.write(`x-${i}: ${'y'.repeat(65_536)}\r\n`);
    });
  });
  await new Promise<void>(ready => raw.listen(0, '127.0.0.1', ready));
  const address = raw.address();
  const rawHost = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  for (const [i, [, kind, answer]] of TRIES.entries()) {
    sites.on(`/h${i}`, answer);
    await connect(`h${i}`, kind, sites.url(`/h${i}`));
  }
  await connect('header', 'rss', `http://${rawHost}/feed`);
  await connect('well', 'rss', sites.url('/well'));
  const faults: unknown[] = [];
  const collector = makeCollector({
    store,
    clock: { now: () => Date.now() },
    pool,
    pacePerHostMs: 0,
    mostAtOnce: 8,
    door: openDoor({
      contact: 'https://huiyin.example.cn/',
      allowHosts: [sites.host, rawHost],
      pacePerHostMs: 0,
      timeoutMs: TIMEOUT_MS,
    }),
    onFault: error => void faults.push(error),
  });
  const before = process.memoryUsage().rss;
  const done = async (): Promise<boolean> =>
    (await tenant.sources()).every(s => s.lastFault !== undefined || s.lastSuccessAt !== undefined);
  while (!(await done())) {
    await collector.fill();
    await new Promise(next => setTimeout(next, 50));
  }
  await collector.drain();
  const sources = new Map((await tenant.sources()).map(s => [s.key, s]));
  const said = TRIES.map(([name, , , says], i) => {
    const fault = sources.get(`h${i}`)?.lastFault ?? '(read)';
    return says.test(fault) && !fault.includes('\n') && fault.length < 240 ? undefined : `${name}: ${fault}`;
  });
  expect(said.filter(Boolean)).toEqual([]);
  expect(sources.get('header')?.lastFault).toBe('the headers are too large');
  expect(sources.get('well')?.lastSuccessAt).toBeDefined();
  expect((await tenant.findings({ limit: 10 })).map(f => f.title)).toEqual(['城东停水']);
  expect(faults).toEqual([]);
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(400);
  await new Promise<void>(closed => raw.close(() => closed()));
}, 60_000);

describe('the given hostile files', () => {
  test('XML: read or refused, never a crash, no file of the machine in what comes out', context => {
    const folder = sharedPath('data/security/xml');
    if (!folder) return context.skip(NO_SHARED_FILES);
    for (const name of readdirSync(folder)) {
      try {
        expect(JSON.stringify(readFeed(decode(readFileSync(join(folder, name))).text))).not.toContain('root:');
      } catch (error) {
        expect(error, name).toBeInstanceOf(FeedRefused);
      }
    }
  });
  test('workbooks: a table or one sentence, never a crash', async context => {
    const folder = sharedPath('data/security/xlsx');
    if (!folder) return context.skip(NO_SHARED_FILES);
    for (const name of readdirSync(folder)) {
      const read = await readTableFile(readFileSync(join(folder, name)));
      if ('fault' in read) expect(read.fault.length, name).toBeLessThan(240);
      else expect(read.rows.length, name).toBeLessThan(100_000);
    }
  }, 60_000);
});

test('a name that leads inside is refused when it is looked up, whatever it is called', async () => {
  const problem = await new Promise(done => guardedLookup('localhost', { all: true }, error => done(error?.message)));
  expect(problem).toMatch(/^the name leads to a loopback address/);
});

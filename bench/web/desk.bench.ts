/**
 * The desk of a large institution: node bench/web/desk.bench.ts [open cases]
 * Twenty entries a case, made after a worked day. The log is handed over from memory; sessions, people and findings are the real
 * store's. Times are CPU of the server process for one page, from request to the last byte of the answer.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { chromium } from 'playwright-core';
import { formatInstant } from '#core/calendar';
import { PASSWORD, ROOT as root, signIn } from './house.ts';
import { cpu, openLargeHouse, say, spread } from './large.ts';

const CASES = Number(process.argv[2] ?? 10_000);
const PAGES = 60;
const { house, app, events } = await openLargeHouse(CASES);

/** The first paint in a real browser slowed down six times, served over a socket. */
async function paint(): Promise<void> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(f =>
    existsSync(f),
  );
  if (!executablePath) return say('first paint', 'no browser found');
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const door = await context.newPage();
  await door.goto(`${url}/sign-in`);
  await door.fill('#login', house.first.login);
  await door.fill('#password', PASSWORD);
  await Promise.all([door.waitForNavigation(), door.click('button.go')]);
  await door.close();
  const times: number[] = [];
  let sent = 0;
  for (let i = 0; i < 7; i++) {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    let bytes = 0;
    client.on('Network.loadingFinished', e => (bytes += e.encodedDataLength));
    await page.goto(`${url}/desk?scope=all`, { waitUntil: 'load' });
    const fcp = await page.evaluate(
      () =>
        new Promise<number>(done => {
          const known = performance.getEntriesByName('first-contentful-paint')[0];
          if (known) done(known.startTime);
          else
            new PerformanceObserver(list =>
              done(list.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0),
            ).observe({
              type: 'paint',
              buffered: true,
            });
        }),
    );
    if (!page.url().includes('/desk')) throw new Error(`the browser was sent to ${page.url()}`);
    if (i > 0) times.push(fcp);
    sent = Math.max(sent, bytes);
    await page.close();
  }
  await browser.close();
  server.closeAllConnections();
  server.close();
  say(
    'first contentful paint of /desk?scope=all at 6x CPU slow-down, wall',
    `median ${at(times, 0.5)} ms, worst ${at(times, 1)} ms; ${Math.round(sent / 1024)} KB over the wire with style and scripts`,
  );
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const at = (times: readonly number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);

try {
  let visitor: Awaited<ReturnType<typeof signIn>> | undefined;
  const began = await cpu(async () => (visitor = await signIn(app, house.first)));
  if (!visitor) throw new Error('not signed in');
  const { text } = visitor;
  say(
    `${CASES} open cases, ${events.length} entries, at ${commit}: everything read and evaluated, signing in included`,
    `${began.toFixed(0)} ms of CPU`,
  );
  const html = await text('/desk?scope=all');
  say(
    'rows on the page; bytes; compressed',
    `${html.match(/data-row/g)?.length ?? 0}; ${html.length}; ${gzipSync(html).length}`,
  );
  for (const path of [
    '/desk',
    '/desk?scope=all',
    '/supervision',
    '/cases',
    `/cases/C${CASES}`,
    '/search?q=%E4%BE%9B%E6%B0%B4&in=case',
  ]) {
    const times: number[] = [];
    for (let i = 0; i < PAGES; i++) {
      house.clock.at += 1000;
      times.push(await cpu(() => text(path)));
    }
    say(path, spread(times));
  }
  const after: number[] = [];
  for (let i = 0; i < PAGES; i++) {
    house.clock.at += 7000;
    const key = `C${1 + ((i * 7919) % CASES)}`;
    events.push({
      id: `more-${i}`,
      seq: events.length + 1,
      case: key,
      type: 'measure.taken',
      at: formatInstant(house.clock.at),
      recordedAt: formatInstant(house.clock.at),
      by: { unit: 'handling-section', role: 'head' },
      data: { unit: 'handling-section', step: 'other', what: '又一步' },
    });
    after.push(await cpu(() => text('/desk?scope=all')));
  }
  say('/desk?scope=all after a new entry in some case', spread(after));
  await paint();
  global.gc?.();
  say(
    'memory of the process, generator of the entries included',
    `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB, of it used on the heap ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB`,
  );
} finally {
  await house.close();
}

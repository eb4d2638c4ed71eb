/**
 * The desk of a large institution: node bench/web/desk.bench.ts [open cases]
 * Twenty entries a case, made after a worked day. The log is handed over from memory; sessions, people and findings are the real
 * store's. Times are CPU of the server process for one page, from request to the last byte of the answer.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { chromium } from 'playwright-core';
import { formatInstant, instantOf } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { readSetup, type Setup } from '#core/obligations';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import { requireRulebook } from '../../src/cli/rulebook-files.ts';
import type { Desk, StoredEvent } from '../../src/web/ports.ts';
import { openBenchHouse, PASSWORD, ROOT as root, signIn } from './house.ts';

const CASES = Number(process.argv[2] ?? 10_000);
const PAGES = 60;
const DAY = 86_400_000;
const folder = join(root, 'rulebooks/petition/days/routine-and-refusals');
const book = requireRulebook(join(root, 'rulebooks/petition'));
const read = readSetup(
  JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8')),
  book,
  new Set(readCalendar(root).tables.keys()),
);
if (!read.ok) throw new Error('the setup has faults');
const pattern = readFileSync(join(folder, 'events.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(l => JSON.parse(l) as HuiyinEvent)
  .filter(e => e.case === 'C1' && e.type !== 'case.closed')
  .slice(0, 20);
const last = Math.max(...pattern.map(e => instantOf(e.recordedAt)));

const house = await openBenchHouse(Date.parse('2026-09-17T10:00:00+08:00'));
const now = house.clock.at;
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
/** Cases begin over the last forty days, so that some are late, some due and most have duties without a limit. */
const events: StoredEvent[] = [];
const ids = new Map(pattern.map((p, i) => [p.id, i]));
for (let c = 0; c < CASES; c++) {
  const shift = now - 1000 - last - Math.floor(((CASES - 1 - c) / CASES) * 40 * DAY);
  const move = (text: string): string => formatInstant(instantOf(text) + shift);
  const rename = (v: unknown): unknown =>
    typeof v === 'string' && ids.has(v) ? `${v}-${c}` : Array.isArray(v) ? v.map(rename) : v;
  for (const e of pattern)
    events.push({
      ...e,
      seq: 0,
      id: `${e.id}-${c}`,
      case: `C${c + 1}`,
      at: move(e.at),
      recordedAt: move(e.recordedAt),
      data: Object.fromEntries(Object.entries(e.data).map(([k, v]) => [k, rename(v)])),
    });
}
events.sort((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
events.forEach((e, i) => Object.assign(e, { seq: i + 1 }));

const me = (await house.desk.people.byLogin(house.first.login))?.code ?? '';
const given = await house.desk.institution();
if (!given) throw new Error('no institution');
const setup: Setup = {
  ...read.setup,
  period: { from: formatInstant(now - 60 * DAY).slice(0, 10), to: formatInstant(now + 30 * DAY).slice(0, 10) },
  roles: read.setup.roles.map((r, i) => (i === 0 ? { ...r, holder: me } : r)),
};
const desk: Desk = {
  ...house.desk,
  institution: async () => ({
    ...given,
    rulebook: {
      folder: 'petition',
      text: readFileSync(join(root, 'rulebooks/petition/rulebook.md'), 'utf8'),
      digest: book.digest,
    },
    setup,
  }),
  log: {
    ...house.desk.log,
    read: async after => events.slice(after),
    append: async (added, expected) => {
      if (expected !== events.length) return { ok: false, why: 'moved' };
      for (const e of added) events.push({ ...e, seq: events.length + 1 });
      return { ok: true, seq: events.length };
    },
  },
};
const app = house.appOf(desk);
const say = (what: string, figure: string): void => void process.stdout.write(`| ${what} | ${figure} |\n`);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const at = (times: readonly number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);

const cpu = async (work: () => Promise<unknown>): Promise<number> => {
  const from = process.cpuUsage();
  await work();
  const used = process.cpuUsage(from);
  return (used.user + used.system) / 1000;
};
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
    say(path, `median ${at(times, 0.5)} ms, 95th ${at(times, 0.95)} ms, worst ${at(times, 1)} ms`);
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
  say(
    '/desk?scope=all after a new entry in some case',
    `median ${at(after, 0.5)} ms, 95th ${at(after, 0.95)} ms, worst ${at(after, 1)} ms`,
  );
  await paint();
  global.gc?.();
  say(
    'memory of the process, generator of the entries included',
    `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB, of it used on the heap ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB`,
  );
} finally {
  await house.close();
}

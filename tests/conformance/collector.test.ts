/** The collector over a real store and real sites on loopback, with a clock that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDoor } from '#io/fetch';
import { openStore, type Source, type Store, type Tenant } from '#io/store';
import { type Collector, makeCollector } from '../../src/start/collect/collector.ts';
import { makeMailboxes } from '../../src/start/mailboxes.ts';
import { makeSourceReader } from '../../src/start/source-port.ts';
import { openReadingPool, type ReadingPool } from '../../src/start/collect/reading-pool.ts';
import { feed, feedOf, type FeedEntry, openSites, page, type Sites } from '../peers/sites.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clock = { at: Date.parse('2026-11-02T08:00:00+08:00') };
const reading = { now: () => clock.at };
let store: Store;
let tenant: Tenant;
let sites: Sites;
let pool: ReadingPool;
const faults: unknown[] = [];
const data = mkdtempSync(join(tmpdir(), 'huiyin-collect-'));
let number = 0;

beforeAll(async () => {
  store = await openStore({ data });
  await store.addInstitution({ id: 'petition', titleZh: 'a', titleEn: 'a', isExample: false }, clock.at);
  const found = await store.tenant('petition');
  if (!found) throw new Error('no tenant');
  tenant = found;
  await tenant.putRule({
    id: 'water',
    version: '1',
    rule: { id: 'water', version: '1', all: [['停水']] },
    state: 'on',
  });
  pool = openReadingPool();
});
afterAll(async () => {
  await pool.close();
  await store.close();
  rmSync(data, { recursive: true, force: true });
});
beforeEach(async () => {
  await sites?.close();
  sites = await openSites();
  clock.at += 24 * HOUR;
  // What earlier tests connected rests.
  for (const s of await tenant.sources()) await tenant.putSource({ ...s, state: 'off' });
  return async () => {
    await sites.close();
    expect(faults.splice(0)).toEqual([]);
  };
});
const collector = (more: Partial<Parameters<typeof makeCollector>[0]> = {}): Collector =>
  makeCollector({
    store,
    clock: reading,
    pool,
    door: openDoor({
      contact: 'https://huiyin.example.cn/',
      allowHosts: [sites.host],
      pacePerHostMs: 0,
      clock: reading,
    }),
    pacePerHostMs: 0,
    onFault: error => void faults.push(error),
    ...more,
  });
async function connect(path: string, more: Partial<Source> = {}): Promise<string> {
  const key = `s${++number}`;
  await tenant.putSource({
    key,
    kind: 'rss',
    title: key,
    ownerUnit: 'watch',
    purpose: 'p',
    settings: { url: sites.url(path) },
    state: 'on',
    validators: {},
    nextDueAt: clock.at,
    class: 'outlet',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'H01',
    switchedOnBy: 'H02',
    switchedOnAt: clock.at,
    ...more,
  });
  return key;
}
const source = async (key: string): Promise<Source> => {
  const found = (await tenant.sources()).find(s => s.key === key);
  if (!found) throw new Error('no such source');
  return found;
};
const titles = async (key: string): Promise<string[]> =>
  (await tenant.findings({ limit: 1000 })).filter(f => f.sourceKey === key).map(f => f.title);
async function round(one: Collector = collector()): Promise<void> {
  await one.fill();
  await one.drain();
}
/** Texts so different that nobody takes one for a copy of another. */
const SAID = [
  '供水公司称主管道破裂正在抢修',
  '居民连续三日到水站排队',
  '物业承诺按天减免水费',
  '学校食堂改用桶装水',
  '水厂公布化验结果合格',
  '消防车为高层住户送水',
  '商铺损失向法院起诉',
  '街道办发放饮用水',
];
const title = (n: number): string => `城东停水${SAID[n % SAID.length] ?? ''}`;
const entry = (n: number, title = `城东停水${SAID[n % SAID.length] ?? ''}`): FeedEntry => ({
  title,
  link: sites.url(`/p/${number}/${n}`),
  text: `${title}${(SAID[(n + 3) % SAID.length] ?? '').repeat(4)}${n}${number}`,
});

describe('a source', () => {
  test('is read when it is due, keeps what words of concern hit, and nothing twice', async () => {
    const entries = [entry(1), entry(2, '公园开放的消息')];
    sites.on(
      '/feed',
      feed(() => entries),
    );
    const key = await connect('/feed');
    const one = collector();
    await round(one);
    expect(await titles(key)).toEqual([title(1)]);
    const first = await source(key);
    expect(first.lastSuccessAt).toBe(clock.at);
    expect((first.nextDueAt - clock.at) / HOUR).toBeCloseTo(1, 0);
    // Not due: not asked.
    await round(one);
    expect(sites.asked.get('/feed')?.times).toBe(1);
    clock.at += 65 * MINUTE;
    entries.unshift(entry(3, '城西停水通知与安排'));
    await round(one);
    expect((await titles(key)).toSorted()).toEqual([title(1), '城西停水通知与安排']);
    const [span] = await tenant.collecting.spans({ from: clock.at - HOUR, to: clock.at + 1 }, key);
    expect(span).toMatchObject({ state: 'read', readings: 2, fresh: 3, added: 2, endedAt: clock.at });
  });
  test('that says "not modified" although it was is read whole after six hours, and not believed again', async () => {
    const entries = [entry(1)];
    sites.on('/feed', (request, response) => {
      if (request.headers['if-none-match']) return void response.writeHead(304).end();
      response.writeHead(200, { etag: '"always"' }).end(feedOf(entries));
    });
    const key = await connect('/feed');
    const one = collector();
    await round(one);
    entries.unshift(entry(2));
    for (let hours = 0; hours < 7; hours++) {
      clock.at += 64 * MINUTE;
      await round(one);
    }
    expect((await titles(key)).length).toBe(2);
    entries.unshift(entry(3));
    clock.at += 64 * MINUTE;
    await round(one);
    expect((await titles(key)).length).toBe(3);
  });
  test('is asked for the whole when the words of concern change, even where nothing has changed', async () => {
    const conditions: (string | undefined)[] = [];
    sites.on('/feed', (request, response) => {
      conditions.push(request.headers['if-none-match']);
      response.writeHead(200, { etag: '"1"' }).end(feedOf([entry(1, '公交司机工资迟发的反映')]));
    });
    const key = await connect('/feed');
    const one = collector();
    await round(one);
    clock.at += 65 * MINUTE;
    await round(one);
    await tenant.putRule({
      id: 'wages',
      version: '1',
      rule: { id: 'wages', version: '1', all: [['工资']] },
      state: 'on',
    });
    clock.at += 65 * MINUTE;
    await round(one);
    expect(conditions).toEqual([undefined, '"1"', undefined]);
    const [span] = await tenant.collecting.spans({ from: clock.at - 1, to: clock.at + 1 }, key);
    expect(span).toMatchObject({ readings: 3, fresh: 2 });
  });
  test('that hangs delays no other; one that breaks is asked again later and later', async () => {
    sites.on('/hangs', () => undefined);
    sites.on('/breaks', (_request, response) => void response.writeHead(503).end());
    sites.on(
      '/well',
      feed(() => [entry(1)]),
    );
    await connect('/hangs');
    const broken = await connect('/breaks');
    const well = await connect('/well');
    const one = collector();
    // The hanging one is still open while the others have been settled; two of one site are read at once.
    await expect
      .poll(async () => {
        await one.fill();
        return (await source(well)).lastSuccessAt;
      })
      .toBe(clock.at);
    await expect.poll(async () => (await source(broken)).lastFault).toBe('the site answered 503');
    expect(sites.asked.get('/hangs')?.now).toBe(1);
    sites.on('/hangs', (_request, response) => void response.end());
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { nextDueAt } = await source(broken);
      waits.push(nextDueAt - clock.at);
      clock.at = nextDueAt;
      await expect
        .poll(async () => {
          await one.fill();
          return (await source(broken)).nextDueAt > clock.at;
        })
        .toBe(true);
    }
    expect(waits[0]).toBeLessThanOrEqual(12 * MINUTE);
    expect(waits[4] ?? 0).toBeGreaterThan((waits[0] ?? 0) * 3);
    await sites.close();
    await one.drain();
  });
  test('whose site asks not to be read is not read; where robots.txt cannot be had neither', async () => {
    sites.on('/robots.txt', (_request, response) => void response.end('User-agent: Huiyin\nDisallow: /closed'));
    sites.on(
      '/closed',
      feed(() => [entry(1)]),
    );
    const key = await connect('/closed');
    await round();
    expect(sites.asked.get('/closed')).toBeUndefined();
    expect((await source(key)).lastFault).toMatch(/robots\.txt asks not to read/);
    const other = await openSites();
    other.on('/robots.txt', (_request, response) => void response.writeHead(500).end());
    other.on(
      '/feed',
      feed(() => [entry(1)]),
    );
    const second = await connect('/feed', { settings: { url: other.url('/feed') } });
    await round(collector({ door: openDoor({ contact: 'x', allowHosts: [other.host], pacePerHostMs: 0 }) }));
    expect(other.asked.get('/feed')).toBeUndefined();
    expect((await source(second)).lastFault).toMatch(/robots\.txt cannot be reached/);
    await other.close();
  });
  test('that answers with an error page has not been read', async () => {
    sites.on(
      '/feed',
      page(() => '<!doctype html><html><head><title>系统维护</title></head><body>网站维护中，请稍后再试</body></html>'),
    );
    const key = await connect('/feed', { kind: 'page', settings: { url: sites.url('/feed') } });
    await round();
    const read = await source(key);
    expect([read.lastSuccessAt, read.lastFault]).toEqual([undefined, 'the page says that the site is not working']);
    const [span] = await tenant.collecting.spans({ from: clock.at - 1, to: clock.at + 1 }, key);
    expect(span).toMatchObject({ state: 'failed', items: 0 });
  });
  test('is read one pace faster while a case rests on it', async () => {
    sites.on(
      '/feed',
      feed(() => [entry(1)]),
    );
    const key = await connect('/feed');
    const one = collector();
    await round(one);
    const [finding] = (await tenant.findings({ limit: 1000 })).filter(f => f.sourceKey === key);
    const office = { unit: 'watch', role: 'head' };
    const at = new Date(clock.at).toISOString();
    await tenant.append([
      { id: `open-${key}`, case: `C-${key}`, type: 'case.opened', at, recordedAt: at, by: office, data: { from: [] } },
    ]);
    await tenant.setFinding(finding?.id ?? '', { state: 'in-case', caseId: `C-${key}` });
    clock.at += MINUTE;
    await round(one);
    expect((await source(key)).nextDueAt - clock.at).toBe(5 * MINUTE);
    clock.at += 5 * MINUTE;
    await round(one);
    expect(sites.asked.get('/feed')?.times).toBe(2);
    const closed = new Date(clock.at).toISOString();
    await tenant.append([
      {
        id: `close-${key}`,
        case: `C-${key}`,
        type: 'case.closed',
        at: closed,
        recordedAt: closed,
        by: office,
        data: {},
      },
    ]);
    clock.at += 6 * MINUTE;
    await round(one);
    expect((await source(key)).nextDueAt - clock.at).toBeGreaterThan(50 * MINUTE);
  });
  test('keeps what is known of dates: claimed, between two readings, or none', async () => {
    const entries: FeedEntry[] = [entry(1, '早就在那里的停水消息一则')];
    sites.on(
      '/feed',
      feed(() => entries),
    );
    const key = await connect('/feed');
    const one = collector();
    await round(one);
    clock.at += 65 * MINUTE;
    entries.unshift(
      entry(2, '后来出现的停水消息一则'),
      { ...entry(3, '写明日期的停水消息一则'), date: 'Mon, 02 Nov 2026 07:00:00 +0800' },
      { ...entry(4, '写着明年日期的停水消息'), date: 'Mon, 01 Nov 2027 07:00:00 +0800' },
    );
    await round(one);
    const dates = new Map<string, object | undefined>();
    for (const f of (await tenant.findings({ limit: 1000 })).filter(f => f.sourceKey === key))
      dates.set(f.title.slice(0, 3), { publishedAt: f.publishedAt, ...(await tenant.collecting.dateOf(f.id)) });
    expect(dates.get('早就在')).toMatchObject({ publishedAt: undefined, firstSeenAt: clock.at - 65 * MINUTE });
    expect(dates.get('早就在')).not.toHaveProperty('notBefore');
    expect(dates.get('后来出')).toMatchObject({ notBefore: clock.at - 65 * MINUTE });
    expect(dates.get('写明日')).toMatchObject({
      claimedFrom: 'pubDate',
      publishedAt: Date.parse('2026-11-02T07:00:00+08:00'),
    });
    expect(dates.get('写着明')).toMatchObject({
      publishedAt: undefined,
      claimedAt: Date.parse('2027-11-01T07:00:00+08:00'),
    });
  });
});

describe('two processes', () => {
  test('never read one source at once, and read each once', async () => {
    const keys: string[] = [];
    for (let i = 0; i < 30; i++) {
      sites.on(`/f${i}`, (_request, response) => void setTimeout(() => response.end(feedOf([entry(i)])), 20));
      keys.push(await connect(`/f${i}`));
    }
    const both = [collector({ mostAtOnce: 10 }), collector({ mostAtOnce: 10 })];
    for (let i = 0; i < 40; i++) {
      await Promise.all(both.map(c => c.fill()));
      await Promise.race(both.map(c => c.drain()));
    }
    await Promise.all(both.map(c => c.drain()));
    expect(keys.map((_, i) => sites.asked.get(`/f${i}`)?.times)).toEqual(keys.map(() => 1));
  });
  test('what a dead one held is free again after its lease', async () => {
    sites.on(
      '/feed',
      feed(() => [entry(1)]),
    );
    const key = await connect('/feed');
    await tenant.collecting.claim([key], 'dead', clock.at, clock.at + 5 * MINUTE);
    await round();
    expect(sites.asked.get('/feed')).toBeUndefined();
    clock.at += 5 * MINUTE + 1;
    await round();
    expect(sites.asked.get('/feed')?.times).toBe(1);
    // The dead one comes back to life and says what it found: it is not taken.
    const late = { key, by: 'dead', at: clock.at, nextDueAt: clock.at, goesOn: () => false };
    const outcome = { state: 'failed', items: 0, fresh: 0, added: 0, milliseconds: 0 } as const;
    expect(await tenant.collecting.settle({ ...late, outcome })).toBe(false);
  });
});

describe('what the desk asks for', () => {
  test('goes the same way: a site that asks not to be read is not read, by a try, by a search for feeds, by a look', async () => {
    sites.on('/robots.txt', (_request, response) => void response.end('User-agent: *\nDisallow: /closed'));
    for (const path of ['/closed', '/closed/feed', '/open'])
      sites.on(
        path,
        feed(() => [entry(1)]),
      );
    const one = collector();
    const reader = makeSourceReader({
      collector: one,
      mailboxes: makeMailboxes({ clock: reading, allowHosts: [] }),
      now: reading.now,
      packs: () => [],
    }).port(async () => tenant);
    const tried = await reader.try('rss', { url: sites.url('/closed/feed') });
    expect(tried).toMatchObject({ ok: false, problems: [expect.stringMatching(/robots\.txt asks not to read/)] });
    expect((await reader.find(sites.url('/closed'))).problem?.en).toMatch(/robots\.txt asks not to read/);
    expect(await one.page(tenant, { url: sites.url('/closed') })).toMatchObject({ result: 'refused' });
    expect([sites.asked.get('/closed'), sites.asked.get('/closed/feed')]).toEqual([undefined, undefined]);
    expect(await reader.try('rss', { url: sites.url('/open') })).toMatchObject({ ok: true });
    // One gate: the file was fetched once for all of it.
    expect(sites.asked.get('/robots.txt')?.times).toBe(1);
  });
  test('waits for its turn at a site like every source: never more than two at once', async () => {
    let most = 0;
    sites.on('/slow', (_request, response) => {
      most = Math.max(most, sites.asked.get('/slow')?.now ?? 0);
      setTimeout(() => response.end(feedOf([entry(1)])), 60);
    });
    const key = await connect('/slow');
    const one = collector();
    const looks = Array.from({ length: 5 }, () => one.look(tenant, 'rss', { url: sites.url('/slow') }));
    await one.fill();
    expect((await Promise.all(looks)).map(l => l.result)).toEqual(Array(5).fill('read'));
    await expect
      .poll(async () => {
        await one.fill();
        return (await source(key)).lastSuccessAt;
      })
      .toBe(clock.at);
    await one.drain();
    expect(most).toBe(2);
  });
});

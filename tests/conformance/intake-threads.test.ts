/**
 * Taking in with threads of its own, on a real database: the same as without them, whatever becomes of a thread; small
 * deliveries share a transaction and none pays for another.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openStore, type Store, type Tenant } from '#io/store';
import { employ, type Hands, type Incoming, openHands, takeIn } from '../../src/start/intake/index.ts';
import { workersHere } from '../../src/start/intake/hands.ts';
import type { PrepareAnswer, PrepareTask } from '../../src/start/intake/prepare-worker.ts';

const NOW = Date.parse('2026-09-18T09:00:00+08:00');
const folder = mkdtempSync(join(tmpdir(), 'huiyin-threads-'));
chmodSync(folder, 0o755);
const data = join(folder, 'data');
/** Where the server of a store listens, as it says itself. */
function serverOf(of: string): { readonly host: string; readonly port: number } {
  const [, , , port = '5432', host = ''] = readFileSync(join(of, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return { host, port: Number(port) };
}
let store: Store;
let hands: Hands | undefined;
const hired: Worker[] = [];
let onHire: (worker: Worker) => void = () => undefined;

beforeAll(async () => {
  store = await openStore({ data });
});
afterEach(async () => {
  await hands?.close();
  hands = undefined;
  hired.length = 0;
  onHire = () => undefined;
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
function threads(options: { readonly workers: number }): void {
  hands = openHands({
    ...options,
    onHire: worker => {
      hired.push(worker);
      onHire(worker);
    },
  });
  employ(store.pool, hands);
}
async function house(id: string): Promise<Tenant> {
  await store.addInstitution({ id, titleZh: '甲', titleEn: 'A', isExample: false }, NOW);
  const tenant = await store.tenant(id);
  if (!tenant) throw new Error('no tenant');
  await put(tenant, ['停水', '水管']);
  return tenant;
}
const put = (tenant: Tenant, words: readonly string[]) =>
  tenant.putRule({ id: 'water', version: '1', state: 'on', rule: { id: 'water', version: '1', all: [words] } });

let seed = 11;
const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
const words = (n: number): string =>
  Array.from({ length: n }, () => String.fromCharCode(0x4e00 + Math.floor(random() * 2500))).join('');
const post = (n: number, text: string, more: Partial<Incoming> = {}): Incoming => ({
  source: `s${n % 7}`,
  origin: 'own-watch',
  keeps: 'matched',
  title: '',
  text,
  url: `https://forum.example.cn/t/${n}`,
  publishedAt: NOW - 3_600_000 + n * 1000,
  outlet: '清江论坛',
  ...more,
});
/** Some speak of water, some do not; every fifth repeats an earlier one; some hold what is masked. */
function posts(count: number): readonly Incoming[] {
  const said: string[] = [];
  return Array.from({ length: count }, (_, n) => {
    const own = `${n % 3 === 0 ? '小区停水' : '路灯'}${words(90)}${n % 11 === 0 ? '，请打13800138000' : ''}`;
    const text = n % 5 === 4 ? `转发：${said[Math.floor(random() * said.length)] ?? own}` : own;
    said.push(text);
    return post(n, text);
  });
}
/** What stands in the store, without what names the institution. */
async function rowsOf(id: string): Promise<readonly unknown[]> {
  const all = await store.pool.scan(
    `select n, id, title, text, story, same_of, same_kind, likeness, state, lane, matched, published_at from finding where institution_id = $1
     union all select n, id, title, text, story, same_of, same_kind, 0, 'passed', 'passed', '[]'::jsonb, published_at from passed_item where institution_id = $1 order by n`,
    [id],
  );
  const keys = await store.pool.scan('select key, id from finding_key where institution_id = $1 order by key', [id]);
  const stories = await store.pool.scan(
    'select id, lane, title, first_at, last_at, n, originals, copies, fresh from story where institution_id = $1 order by id',
    [id],
  );
  return [all, keys, stories];
}

test('with threads or without: the same rows, the same stories', async () => {
  const items = posts(1300);
  const [here, there] = [await house('here'), await house('there')];
  threads({ workers: 0 });
  const own = await takeIn(here, items, NOW);
  expect(hired).toHaveLength(0);
  await hands?.close();
  threads({ workers: 1 });
  expect(await takeIn(there, items, NOW)).toEqual(own);
  expect(hired).toHaveLength(1);
  expect(await rowsOf('there')).toEqual(await rowsOf('here'));
  expect(new Set(own.map(t => t.result))).toEqual(new Set(['added', 'copy', 'unmatched']));
});

test('a thread that is killed again and again costs nothing: nothing is lost, nothing is doubled', async () => {
  const items = posts(2400);
  const [calm, struck] = [await house('calm'), await house('struck')];
  threads({ workers: 0 });
  const whole = await takeIn(calm, items, NOW);
  await hands?.close();
  threads({ workers: 1 });
  const work = { isDone: false };
  const strike = (async () => {
    for (let blows = 0; !work.isDone && blows < 6; blows++) {
      const before = hired.length;
      await new Promise(done => setTimeout(done, 60));
      await hired.at(-1)?.terminate();
      while (!work.isDone && hired.length === before) await new Promise(done => setTimeout(done, 5));
    }
  })();
  // Deliveries of 60, several at a time, in their order.
  const parts = Array.from({ length: 40 }, (_, i) => items.slice(i * 60, (i + 1) * 60));
  const taken = (await Promise.all(parts.map(part => takeIn(struck, part, NOW)))).flat();
  work.isDone = true;
  await strike;
  expect(hired.length).toBeGreaterThan(1);
  expect(taken).toEqual(whole);
  expect(await rowsOf('struck')).toEqual(await rowsOf('calm'));
});

/**
 * From here on every thread that is given so long a text ends while it reads it. (Running it out of memory would say the same,
 * but a single allocation past the limit ends the whole process, and with it the test.)
 */
function strikeAt(length: number): void {
  onHire = worker => {
    const doomed = new Set<number>();
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (task: PrepareTask) => {
      if (task.deliveries.some(d => d.items.some(i => i.text.length >= length))) doomed.add(task.id);
      post(task);
    };
    worker.on('message', (answer: PrepareAnswer) => {
      if (answer.what === 'rules' && doomed.has(answer.id)) void worker.terminate();
    });
  };
}
test('a text that ends every thread that reads it is refused with a sentence; what came with it goes in', async () => {
  const tenant = await house('hostile');
  threads({ workers: 1 });
  const monster = post(1, `停水${'13800138000、'.repeat(200_000)}`);
  strikeAt(monster.text.length);
  const [first, bad, last] = await Promise.allSettled([
    takeIn(tenant, [post(2, `停水${words(60)}`)], NOW),
    takeIn(tenant, [monster], NOW),
    takeIn(tenant, [post(3, `停水${words(60)}`)], NOW),
  ]);
  expect(first).toMatchObject({ status: 'fulfilled', value: [{ result: 'added' }] });
  expect(last).toMatchObject({ status: 'fulfilled', value: [{ result: 'added' }] });
  expect(bad?.status === 'rejected' && String(bad.reason)).toMatch(/ended two threads/);
  expect((await takeIn(tenant, [post(4, `停水${words(60)}`)], NOW))[0]?.result).toBe('added');
  expect(hired.length).toBeGreaterThan(2);
});

test('one delivery that cannot be stored fails by itself', async () => {
  const tenant = await house('mixed');
  threads({ workers: 1 });
  const results = await Promise.allSettled(
    [words(50), `停水\u0000${words(50)}`, words(50), words(50)].map((text, n) =>
      takeIn(tenant, [post(n, `停水${text}`)], NOW),
    ),
  );
  expect(results.map(r => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(await tenant.triage.head()).toBe(3);
});

test('many small deliveries at once share transactions, and each is told of its own items', async () => {
  const tenant = await house('many');
  threads({ workers: 1 });
  let turns = 0;
  const counted: Tenant = {
    ...tenant,
    triage: {
      ...tenant.triage,
      intake: (at, work) => {
        turns++;
        return tenant.triage.intake(at, work);
      },
    },
  };
  const texts = Array.from({ length: 60 }, () => `停水${words(70)}`);
  const taken = await Promise.all(
    texts.map((text, n) => takeIn(counted, [post(n, text), post(n + 1000, text), post(n, text)], NOW)),
  );
  expect(taken.map(t => t.map(x => x.result).sort())).toEqual(texts.map(() => ['added', 'copy', 'known']));
  expect(turns).toBeLessThan(20);
  // Two deliveries that hold the same item: the later one finds it known.
  const both = await Promise.all([1, 2].map(() => takeIn(counted, [post(7777, texts[0] ?? '')], NOW)));
  expect(both.map(b => b[0]?.result)).toEqual(['copy', 'known']);
});

test('a word that is added while an item waits to be placed counts for it', async () => {
  const tenant = await house('moved');
  threads({ workers: 1 });
  let release: () => void = () => undefined;
  const held = new Promise<void>(done => (release = done));
  let entered: () => void = () => undefined;
  const inside = new Promise<void>(done => (entered = done));
  const turn = tenant.triage.intake(NOW, async () => {
    entered();
    await held;
  });
  await inside;
  // It is written, and waits for the turn; the item is matched by the words of before.
  const added = put(tenant, ['路灯']);
  await new Promise(done => setTimeout(done, 150));
  const taken = takeIn(tenant, [post(1, `路灯坏了${words(40)}`)], NOW);
  await new Promise(done => setTimeout(done, 300));
  release();
  await Promise.all([turn, added]);
  expect((await taken)[0]?.result).toBe('added');
});

test('two processes, people who move stories and deliveries that fail: every item once, in one order, in stories that count right', async () => {
  const tenant = await house('crowd');
  threads({ workers: 1 });
  const { host, port } = serverOf(data);
  const other = await openStore({
    data,
    databaseUrl: `postgres://huiyin_owner@localhost:${port}/huiyin?host=${encodeURIComponent(host)}`,
  });
  try {
    const there = await other.tenant('crowd');
    if (!there) throw new Error('no tenant');
    const items = posts(1500);
    const parts = Array.from({ length: 50 }, (_, i) => items.slice(i * 30, (i + 1) * 30));
    const bad = post(90_001, `停水\u0000${words(50)}`);
    const move = (async () => {
      for (let i = 0; i < 6; i++) {
        await new Promise(done => setTimeout(done, 80));
        const [one, two] = await tenant.triage.stories({ tab: 'new', limit: 2 });
        if (one && two) await tenant.triage.merge(one.id, two.id);
      }
    })();
    const results = await Promise.allSettled(
      parts.map((part, i) =>
        i % 3 === 2 ? takeIn(there, part, NOW) : takeIn(tenant, i % 10 === 4 ? [...part, bad] : part, NOW),
      ),
    );
    await move;
    // What failed is delivered again, as a source does.
    await Promise.all(parts.map((part, i) => (results[i]?.status === 'rejected' ? takeIn(tenant, part, NOW) : [])));
    // Of every delivery that held what cannot be stored, and of no other.
    expect(results.flatMap((r, i) => (r.status === 'rejected' ? [`${i} ${String(r.reason)}`] : []))).toEqual(
      [4, 24, 34].map(i => `${i} error: invalid byte sequence for encoding "UTF8": 0x00`),
    );
    const [count] = await store.pool.scan(
      `select count(*) as rows, count(distinct id) as ids, count(distinct n) as ns, max(n) as last from
         (select id, n from finding where institution_id = 'crowd' union all select id, n from passed_item where institution_id = 'crowd') as t`,
      [],
    );
    expect([count?.['rows'], count?.['ids'], count?.['ns'], count?.['last']].map(Number)).toEqual([
      1500, 1500, 1500, 1500,
    ]);
    const wrong = await store.pool.scan(
      `select s.id from story s left join (
           select story, count(*) filter (where same_of is null) as originals, count(*) filter (where same_of is not null) as copies from finding where institution_id = 'crowd' group by story
           union all select story, count(*) filter (where same_of is null), count(*) filter (where same_of is not null) from passed_item where institution_id = 'crowd' group by story) as t on t.story = s.id
         where s.institution_id = 'crowd' and s.joined_into is null and (s.originals, s.copies) is distinct from (t.originals, t.copies)`,
      [],
    );
    expect(wrong).toEqual([]);
    // A copy names a first that came before it.
    const astray = await store.pool.scan(
      `select c.id from finding c left join finding o on o.institution_id = c.institution_id and o.id = c.same_of
         where c.institution_id = 'crowd' and c.same_of is not null and (o.id is null or o.n >= c.n or o.same_of is not null)`,
      [],
    );
    expect(astray).toEqual([]);
  } finally {
    await other.close();
  }
});

test('how many threads a machine gets', () => {
  expect([1, 2, 4, 8, 64].map(workersHere)).toEqual([0, 1, 1, 2, 2]);
});

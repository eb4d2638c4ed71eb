/** Items through the one way in, on a real database: kept once, copies counted, one story, the same after a restart. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store, type Tenant } from '#io/store';
import { type Incoming, takeIn, takeInHeld } from '../../src/start/intake/index.ts';

const NOW = Date.parse('2026-09-18T09:00:00+08:00');
const HOUR = 3_600_000;
const LIFT =
  '锦澜广场三号客梯上个月报修三回，门关到一半会弹开。物业值班人员说，记录在维保单位手里，今晚不方便提供。有商户已经向市场监管部门反映，等一个说法。';
const folder = mkdtempSync(join(tmpdir(), 'huiyin-intake-'));
chmodSync(folder, 0o755);
const data = join(folder, 'data');
let store: Store;
let tenant: Tenant;

async function open(): Promise<void> {
  store = await openStore({ data });
  const found = await store.tenant('market');
  if (found) tenant = found;
}
beforeAll(async () => {
  await open();
  await store.addInstitution({ id: 'market', titleZh: '甲', titleEn: 'A', isExample: false }, NOW);
  await open2();
  await tenant.putRule({
    id: 'lift',
    version: '1',
    state: 'on',
    rule: {
      id: 'lift',
      version: '1',
      all: [
        ['电梯', '客梯'],
        ['报修', '维修'],
      ],
    },
  });
});
async function open2(): Promise<void> {
  const found = await store.tenant('market');
  if (!found) throw new Error('no tenant');
  tenant = found;
}
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (n: number, text: string, more: Partial<Incoming> = {}): Incoming => ({
  source: 'forum',
  origin: 'own-watch',
  keeps: 'matched',
  title: '',
  text,
  url: `https://forum.example.cn/t/${n}`,
  publishedAt: NOW - 10 * HOUR + n * 60_000,
  outlet: '清江论坛',
  ...more,
});
const row = (text: string, ref: string): Incoming => ({
  source: 'desk',
  origin: 'hotline',
  keeps: 'everything',
  title: '',
  text,
  ref,
  publishedAt: NOW - 2 * HOUR,
});
const take = (items: readonly Incoming[]) => takeIn(tenant, items, NOW);

test('copies are counted with their first, what no rule hits goes by, a second reading adds nothing', async () => {
  const delivery = [
    post(1, LIFT),
    post(2, LIFT),
    post(3, LIFT.slice(0, 58)),
    post(4, '春江花园旧货市场周末开张，欢迎来逛，停车免费三小时。'),
  ];
  expect((await take(delivery)).map(t => t.result)).toEqual(['added', 'copy', 'copy', 'unmatched']);
  expect((await take(delivery)).map(t => t.result)).toEqual(['known', 'known', 'known', 'known']);
  const [story, ...others] = await tenant.triage.stories({ tab: 'new', limit: 10 });
  expect(others).toEqual([]);
  expect(story).toMatchObject({ lane: 'public', originals: 1, copies: 2, fresh: 1 });
  const findings = await tenant.triage.findingsOf(story?.id ?? '', 10);
  expect(findings.map(f => [f.sameKind, f.state])).toEqual([
    ['first', 'new'],
    ['exact', 'folded'],
    ['near', 'folded'],
  ]);
  expect(findings[0]?.matched[0]?.spans.map(s => s.term)).toEqual(['客梯', '报修']);
  expect((await tenant.triage.passed(0, 10)).map(p => p.text.slice(0, 4))).toEqual(['春江花园']);
});

test('a hotline row with the same words stands apart and is counted by topic and day only', async () => {
  const taken = await take([row(LIFT, 'R-1'), row(LIFT, 'R-2'), { ...row(LIFT, ''), ref: undefined as never }]);
  expect(taken.map(t => t.result).sort()).toEqual(['added', 'copy', 'copy']);
  const stories = await tenant.triage.stories({ tab: 'new', limit: 10 });
  expect(stories.map(s => [s.lane, s.originals, s.copies]).sort()).toEqual([
    ['hotline', 1, 2],
    ['public', 1, 2],
  ]);
  expect(await tenant.triage.topicCounts(NOW, NOW)).toEqual([{ topic: 'lift', day: '2026-09-18', n: 3 }]);
  // No stored row names a row of the other side: neither as what it copies nor by a story they share.
  const crossing = await store.pool.scan(
    `select a.id from finding a join finding b on a.institution_id = b.institution_id and (a.same_of = b.id or a.story = b.story) where a.lane <> b.lane`,
    [],
  );
  expect(crossing).toEqual([]);
});

test('after a restart the window is read from the store: copies find their first, the story goes on', async () => {
  await store.close();
  store = await openStore({ data });
  await open2();
  expect((await take([post(5, LIFT), post(6, `${LIFT}转自清江生活。`)])).map(t => t.result)).toEqual(['copy', 'copy']);
  const [story] = (await tenant.triage.stories({ tab: 'new', limit: 10 })).filter(s => s.lane === 'public');
  expect(story).toMatchObject({ originals: 1, copies: 4 });
});

test('a copy of what is in a case becomes a fact of that case, once', async () => {
  const [story] = (await tenant.triage.stories({ tab: 'new', limit: 10 })).filter(s => s.lane === 'public');
  const [first] = await tenant.triage.findingsOf(story?.id ?? '', 10);
  await tenant.triage.settle([first?.id ?? ''], {
    state: 'in-case',
    caseId: 'C1',
    events: { [first?.id ?? '']: 'e1' },
  });
  await take([post(7, LIFT)]);
  await take([post(8, '没有关系的一条消息，今天天气晴。')]);
  const folds = (await tenant.events()).filter(e => e.type === 'item.folded');
  expect(folds).toHaveLength(5);
  expect(folds[0]).toMatchObject({ case: 'C1', by: { unit: 'institution', role: 'system' }, data: { into: 'e1' } });
  expect(new Set(folds.map(e => e.data['item'])).size).toBe(5);
});

test('a batch that fails leaves nothing behind, in the store or in what is remembered', async () => {
  const before = await tenant.triage.head();
  const bad = { ...post(9, `${LIFT}再说一遍。`), publishedAt: Number.NaN };
  await expect(take([bad])).rejects.toThrow();
  expect(await tenant.triage.head()).toBe(before);
  expect((await take([post(10, LIFT)])).map(t => t.result)).toEqual(['copy']);
});

test('joined stories take what comes later; a story that was split stays split', async () => {
  const other =
    '滨江路的客梯又停了，报修电话打了两天没有人接，七楼的老人下不来。业委会说钱不够，物业说要等审批，楼里的人只好每天爬楼。';
  await take([post(20, other)]);
  const stories = (await tenant.triage.stories({ tab: 'new', limit: 10 })).filter(s => s.lane === 'public');
  const [second] = stories.filter(s => s.title.startsWith('滨江'));
  const lift = await tenant.triage.storyOf((await takenId(post(1, LIFT))) ?? '');
  await tenant.triage.merge(second?.id ?? '', lift ?? '');
  await take([post(21, `${other}转发一下。`), post(22, other.slice(0, 56))]);
  expect((await tenant.triage.story(second?.id ?? ''))?.id).toBe(lift);
  expect((await tenant.triage.story(lift ?? ''))?.originals).toBe(2);
  const id = (await takenId(post(20, other))) ?? '';
  await tenant.triage.move([id], lift ?? '', `st-${id}`);
  await take([post(23, other)]);
  const apart = await tenant.triage.findingsOf(`st-${id}`, 10);
  expect(apart.map(f => f.url?.slice(-2))).toEqual(['20', '21', '22', '23']);
});
const takenId = async (item: Incoming): Promise<string | undefined> => (await take([item]))[0]?.id;

test('what goes by is forgotten after its days, and its key with it', async () => {
  expect(await tenant.triage.countPassed(0, NOW + 1)).toBeGreaterThan(0);
  await tenant.triage.tidy(NOW + 15 * 24 * HOUR, 14);
  expect(await tenant.triage.countPassed(0, NOW + 1)).toBe(0);
});

test('the window is read back from its newest end, bounded in items and in characters', async () => {
  const long = (n: number): string => `客梯第${n}次报修。${`第${n}页记录，`.repeat(400)}`;
  await take([30, 31, 32].map(n => post(n, long(n))));
  const back = (most: number, characters: number): Promise<readonly string[]> =>
    tenant.triage.intake(NOW, async turn =>
      (await turn.since(0, most, characters))
        .filter(k => k.lane === 'public')
        .slice(-3)
        .map(k => `${k.url?.slice(-2)} ${k.text.length > 1000 ? 'whole' : 'head'}`),
    );
  expect(await back(1000, 1_000_000)).toEqual(['30 whole', '31 whole', '32 whole']);
  expect(await back(2, 1_000_000)).toEqual(['31 whole', '32 whole']);
  // The newest is there however long it is; of the rest what fits, and the head of what does not.
  expect(await back(1000, 1)).toEqual(['30 head', '31 head', '32 whole']);
  expect(await back(1000, long(32).length + 1)).toEqual(['30 head', '31 whole', '32 whole']);
});

test('what is remembered of an item does not hold the feed that it was cut out of', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const before = held();
  for (let n = 0; n < 60; n++) {
    // Each feed takes 2 MB; its item is a cut of it.
    const feed = Buffer.from(
      `${'喂'.repeat(1_000_000)}客梯报修，第${n}号楼${String.fromCharCode(0x4e00 + n * 37).repeat(30)}`,
    ).toString();
    await take([post(100 + n, feed.slice(1_000_000), { title: feed.slice(1_000_000, 1_000_016) })]);
  }
  expect(held() - before).toBeLessThan(40);
});

const ROAD =
  '滨江路三段路灯连着五天不亮，晚上接孩子全靠手机照着走，沿街商户也说给市政打过电话，值班的人让等排期，等到现在没有人来看一眼。';
const FAIR = '周末文化馆办旧书集市，带一本换一本，下午还有皮影戏，先到先得。';
async function switchOn(rule: string, words: readonly string[]): Promise<void> {
  const body = { id: rule, version: '1', all: [words] };
  const version = { rule, title: rule, body, note: 'n', said: [], madeBy: 'H01', madeAt: NOW };
  await tenant.triage.addRuleVersion(version);
  await tenant.triage.tried(rule, 1, NOW, {});
  expect(await tenant.triage.switchOn(rule, 1, 'H02', NOW)).toBe(true);
}
const textsOf = async (tab: 'new'): Promise<readonly string[]> => {
  const stories = (await tenant.triage.stories({ tab, limit: 500 })).filter(s => s.lane === 'public');
  const found = await Promise.all(stories.map(s => tenant.triage.findingsOf(s.id, 50)));
  return found.flat().map(f => `${f.sameKind} ${f.text.slice(0, 5)}`);
};

test('what went by is taken in when a rule that hits it is switched on, with its copies, once', async () => {
  const cut = ROAD.slice(10);
  expect((await take([post(50, ROAD), post(51, cut), post(52, ROAD), post(53, FAIR)])).map(t => t.result)).toEqual([
    'unmatched',
    'unmatched',
    'unmatched',
    'unmatched',
  ]);
  await switchOn('light', ['滨江路三段路灯']);
  const before = await tenant.triage.head();
  // 30 and 32 say the words; 31 lost them, and is a copy of what was found all the same.
  expect(await takeInHeld(tenant, ['light'], NOW)).toBe(2);
  expect((await textsOf('new')).filter(t => t.includes('滨江路三段') || t.includes(cut.slice(0, 5)))).toEqual([
    'first 滨江路三段',
    `near ${cut.slice(0, 5)}`,
    'exact 滨江路三段',
  ]);
  expect(await tenant.triage.head()).toBe(before + 3);
  expect(await takeInHeld(tenant, ['light'], NOW)).toBe(0);
  expect(await tenant.triage.head()).toBe(before + 3);
  expect((await tenant.triage.ruleVersions()).find(v => v.rule === 'light')?.takenIn).toBe(2);
  expect((await tenant.triage.passed(0, 50)).map(p => p.text.slice(0, 5))).not.toContain('滨江路三段');
  // Read anew they are known; a new copy finds its first.
  expect((await take([post(50, ROAD), post(54, ROAD)])).map(t => t.result)).toEqual(['known', 'copy']);
  // The keys of stories and items agree: no story of passed items is left empty, none counts what is gone.
  expect(
    await store.pool.scan(
      `select s.id from story s where s.lane = 'passed' and s.originals + s.copies <> (select count(*) from passed_item p where p.institution_id = s.institution_id and p.story = s.id)`,
      [],
    ),
  ).toEqual([]);
});

test('what went by and is read anew after a word was added is admitted under the name it has, once', async () => {
  const [before] = (await tenant.triage.passed(0, 50)).filter(p => p.text === FAIR);
  await switchOn('fair', ['旧书集市']);
  expect((await take([post(53, FAIR)])).map(t => t.result)).toEqual(['added']);
  expect((await take([post(53, FAIR), post(53, FAIR)])).map(t => t.result)).toEqual(['known', 'known']);
  const story = await tenant.triage.storyOf(before?.id ?? '');
  expect((await tenant.triage.findingsOf(story ?? '', 5)).map(f => [f.id, f.matched.map(m => m.rule)])).toEqual([
    [before?.id, ['fair']],
  ]);
});

test('what fell out of its days is not taken in by a later rule', async () => {
  const old = post(40, '老城墙根下的自来水井盖晃动，走过去当当响，夜里吵得人睡不着。', {
    publishedAt: NOW - 3 * HOUR,
  });
  expect((await take([old])).map(t => t.result)).toEqual(['unmatched']);
  await switchOn('lid', ['井盖']);
  expect(await takeInHeld(tenant, ['lid'], NOW + 15 * 24 * HOUR)).toBe(0);
  expect(await takeInHeld(tenant, ['lid'], NOW)).toBe(1);
});
test('a word of concern counts from the next delivery on, and no longer once it is switched off', async () => {
  const rule = (words: string[]) => ({ id: 'mark', version: '1', all: [words] });
  const put = (words: string[], state: 'on' | 'off' = 'on') =>
    tenant.putRule({ id: 'mark', version: '1', state, rule: rule(words) });
  const hits = async (n: number) =>
    (await take([post(n, `河堤上的路灯坏了第${n}盏，夜里走路要打手电筒。`)])).map(t => t.result);
  expect(await hits(9001)).toEqual(['unmatched']);
  await put(['无关']);
  expect(await hits(9002)).toEqual(['unmatched']);
  await put(['路灯']);
  expect(await hits(9003)).toEqual(['added']);
  await put(['路灯'], 'off');
  expect(await hits(9004)).toEqual(['unmatched']);
});

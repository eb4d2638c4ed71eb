/** Starting empty: leaving the example, or founding on a bare store; people by hand and by table; a first case answered. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, NOON, openHouse, PASSWORD, signIn, Visitor } from './house.ts';

let house: House;
let feed: Server;
const FOUNDING = {
  rulebook: 'blank',
  name: '青石镇便民服务中心',
  nameEn: 'Qingshi Service Centre',
  hours: '09:00-12:00,13:30-17:00',
  units: 'institution institution 中心\noffice department 办公室\nsection section 业务科',
  code: 'A001',
  person: '管理员甲',
  login: 'boss',
  wanted: PASSWORD,
  again: PASSWORD,
};
beforeAll(async () => {
  feed = createServer((_request, response) => {
    response.setHeader('content-type', 'application/rss+xml; charset=utf-8');
    response.end(
      '<rss version="2.0"><channel><title>青石论坛</title><item><title>便民中心周末不开门</title><link>http://forum.example/1</link><pubDate>Thu, 17 Sep 2026 08:00:00 +0800</pubDate><description>周末去便民中心办不了事</description></item><item><title>今天天气不错</title><link>http://forum.example/2</link><description>晴</description></item></channel></rss>',
    );
  });
  await new Promise<void>(done => feed.listen(0, '127.0.0.1', done));
  house = await openHouse({ example: true, allowHosts: [`127.0.0.1:${(feed.address() as AddressInfo).port}`] });
});
afterAll(async () => {
  feed.close();
  await house.close();
});
const NEW = { tokenFrom: '/concerns/new' };
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('a stranger cannot replace the example; a faulty founding is told everything at once', async () => {
  expect((await new Visitor(house).get('/setup')).headers.get('location')).toBe('/sign-in');
  const visitor = await signIn(house);
  const response = await visitor.post(
    '/setup',
    { ...FOUNDING, name: '', hours: '9 to 5', code: 'boss' },
    { tokenFrom: '/setup?rulebook=blank' },
  );
  const text = bare(await response.text());
  expect(response.status).toBe(422);
  for (const wanted of ['“机构名称”没有填', '“办公时间”填得不对', '“工号”填得不对']) expect(text).toContain(wanted);
});

test('the new institution begins with an empty log, its own people and no example strip', async () => {
  const visitor = await signIn(house);
  const response = await visitor.post('/setup', FOUNDING, { tokenFrom: '/setup?rulebook=blank' });
  expect(response.headers.get('location')).toMatch(/^\/people/);
  const events = await house.plugged.desk.log.read(0);
  expect(events.map(e => e.type)).toEqual(['rulebook.adopted']);
  const html = await visitor.text('/desk');
  expect(html).not.toContain('虚构的示例机构');
  expect(html).toContain('青石镇便民服务中心');
  expect((await visitor.get('/setup')).headers.get('location')).toBe('/desk');
});

test('from nothing to the first published answer', async () => {
  const boss = new Visitor(house);
  await boss.post('/sign-in', { login: 'boss', password: PASSWORD });
  for (const [unit, role] of [
    ['office', 'head'],
    ['section', 'head'],
  ])
    await boss.post('/people', { do: 'assign', code: 'A001', unit: unit ?? '', role: role ?? '' });
  const csv = new File(['工号,姓名,登录名,单位,岗位\nA002,科员乙,yi,业务科,head\nB1,坏行,bad,,\n'], 'people.csv', {
    type: 'text/csv',
  });
  const imported = await boss.post('/people', { do: 'import', file: csv });
  const said = bare(await imported.text());
  expect(said).toContain('第 3 行');
  expect(said).toContain('yi 的一次性密码');
  const port = (feed.address() as AddressInfo).port;
  // A rule of concern is written by one, tried, and switched on by another.
  const person = await boss.post('/concerns', { do: 'version', title: '中心', note: '要看', expr: '13912345678' }, NEW);
  expect([person.status, (await person.text()).includes('不找人')]).toEqual([422, true]);
  const kept = await boss.post(
    '/concerns',
    { do: 'version', title: '中心', note: '办事的事', expr: '便民 AND (不开门 OR 关门 OR 办不了)' },
    NEW,
  );
  const rule = (kept.headers.get('location') ?? '').split('?')[0] ?? '';
  await boss.post(rule, { do: 'try', version: '1' });
  await boss.post(rule, { do: 'on', version: '1' });
  expect((await house.plugged.desk.settings.read()).matchRules).toEqual([]);
  const second = new Visitor(house);
  const once = /yi 的一次性密码\S*\s*([a-z0-9-]{8,})/.exec(said)?.[1] ?? '';
  await second.post('/sign-in', { login: 'yi', password: once });
  await second.post('/password', { old: once, wanted: `${PASSWORD} too`, again: `${PASSWORD} too` });
  await second.post(rule, { do: 'on', version: '1' });
  expect((await house.plugged.desk.settings.read()).matchRules).toHaveLength(1);
  const form = {
    kind: 'rss',
    title: '青石论坛',
    purpose: '了解公众反映',
    owner: 'office',
    class: 'public-board',
    reach: 'domestic',
    pace: 'hour',
    'set.url': `http://127.0.0.1:${port}/feed`,
  };
  const tried = await boss.post('/sources/new', { ...form, do: 'try' }, { tokenFrom: '/sources/new?kind=rss' });
  expect(bare(await tried.text())).toContain('读到 2 条，还没有存');
  await boss.post('/sources/new', { ...form, do: 'keep' }, { tokenFrom: '/sources/new?kind=rss' });
  const [source] = await house.plugged.desk.sources.list();
  expect(source).toMatchObject({ state: 'tried', proposedBy: 'A001', triedItems: 2 });
  // Whoever proposed it cannot switch it on; another person can.
  const alone = await boss.post(`/sources/${source?.key}`, { do: 'on' });
  expect([alone.status, bare(await alone.text()).includes('启用来源要由另一个人来做')]).toEqual([422, true]);
  expect((await second.post(`/sources/${source?.key}`, { do: 'on' })).status).toBe(303);
  expect(bare(await new Visitor(house).text('/answers/sources'))).toContain('了解公众反映');
  await boss.post(`/sources/${source?.key}`, { do: 'read' });
  const found = await house.plugged.desk.findings.list({ limit: 10 });
  expect(found.map(f => f.title)).toEqual(['便民中心周末不开门']);

  const opened = await boss.post(`/inbox/${found[0]?.id}`, {
    do: 'open',
    subject: '周末不开门',
    matter: 'complaint',
    concerns: ['section'],
  });
  const where = new URL(opened.headers.get('location') ?? '', 'http://x').pathname;
  expect(bare(await boss.text('/desk?scope=all'))).toContain('告知有关单位');
  await actAs(boss, 'office/head');
  await boss.post(
    `${where}/do/classification.set`,
    { scale: 'grade', value: 'ordinary', 'factors.content': '周末', 'factors.reaction': '少', reason: '一般' },
    { tokenFrom: '/desk' },
  );
  const text = '关于周末办事的答复\n从9月19日起，每周六上午安排2人值班办理。\n青石镇便民服务中心';
  await boss.post(`${where}/reply/reply-1/draft`, { form: 'reply', text, parts: ['facts'] }, { tokenFrom: '/desk' });
  const hash = /name="hash" value="(sha256:[0-9a-f]{64})"/.exec(await boss.text(`${where}/reply/reply-1`))?.[1] ?? '';
  await boss.post(`${where}/reply/reply-1/sign`, { do: 'sign', hash, as: 'office' }, { tokenFrom: '/desk' });
  house.clock.at = NOON + 3_600_000;
  await boss.post(
    `${where}/reply/reply-1/publish`,
    { hash, channel: 'website', kind: 'reply', read: 'true' },
    { tokenFrom: '/desk' },
  );
  expect(await new Visitor(house).text('/answers')).toContain('关于周末办事的答复');
  expect(house.faults).toEqual([]);
});

test('a bare store sends everybody to the founding page', async () => {
  const empty = await openHouse({ example: false });
  try {
    const visitor = new Visitor(empty);
    expect((await visitor.get('/sign-in')).headers.get('location')).toBe('/setup');
    expect((await visitor.get('/answers')).status).toBe(404);
    const response = await visitor.post('/setup', FOUNDING, { tokenFrom: '/setup?rulebook=blank' });
    expect(response.status).toBe(303);
    expect((await visitor.get('/desk')).status).toBe(200);
    expect(empty.faults).toEqual([]);
  } finally {
    await empty.close();
  }
});

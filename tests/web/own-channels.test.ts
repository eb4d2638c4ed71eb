/** Own channels: registered and handed over, read over a real feed; what nobody signed alarms, and enters the log only by a person. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';
import { openWorked } from './worked.ts';

const HOUR = 3_600_000;
interface Post {
  readonly title: string;
  readonly text: string;
  readonly link: string;
  readonly at: number;
}
let posts: Post[] = [];
let broken = false;
let robots = '';
const asked: string[] = [];
const feed = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url === '/robots.txt') return void response.writeHead(robots === '' ? 404 : 200).end(robots);
  response.writeHead(broken ? 500 : 200, { 'content-type': 'application/rss+xml; charset=utf-8' });
  const items = posts
    .map(
      p =>
        `<item><title>${p.title}</title><link>${p.link}</link><pubDate>${new Date(p.at).toUTCString()}</pubDate><description>${p.text}</description></item>`,
    )
    .join('');
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>本局网站</title><link>http://x.example/</link>${items}</channel></rss>`,
  );
});
let url = '';
let house: House;
let visitor: Visitor;
beforeAll(async () => {
  await new Promise<void>(ready => feed.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(feed.address() as AddressInfo).port}`;
  url = `http://${host}/feed`;
  house = await openHouse({ example: true, allowHosts: [host] });
  visitor = await signIn(house);
  await actAs(visitor, 'group-office/head');
});
afterAll(async () => {
  await house.close();
  feed.close();
});
const log = () => house.plugged.desk.log.read(0);
const location = (r: Response): string => decodeURIComponent(r.headers.get('location') ?? '');
const REGISTER = {
  do: 'register',
  channel: '',
  other: 'video',
  owner: 'general-office',
  state: 'in-use',
  holder: 'general-office/head',
  site: 'http://video.example/',
  source: '',
  feed: '',
  alarm: 'group-office/head',
};

test('a channel is registered: its owner is a fact, its holder and feed lie beside the log', async () => {
  const response = await visitor.post('/channels/new', { ...REGISTER, feed: url });
  expect(location(response)).toMatch(/^\/channels\/video\?said=已登记/);
  expect((await log()).at(-1)).toMatchObject({
    type: 'channel.registered',
    data: { channel: 'video', owner: 'general-office' },
  });
  const [channel] = (await house.plugged.desk.ownChannels.list()).filter(c => c.channel === 'video');
  expect(channel).toMatchObject({
    state: 'in-use',
    holder: { unit: 'general-office', role: 'head' },
    source: 'own-video',
  });
  const page = await visitor.text('/channels/video');
  for (const text of ['在用', '主办单位', '交接', '还没读过']) expect(page).toContain(text);
});

test.each([
  ['a key with spaces', { other: 'my video' }, '代号只用字母'],
  ['a channel that is registered', { other: 'video' }, '已经登记'],
  ['a unit that does not exist', { other: 'v2', owner: 'nowhere' }, '没有这个单位'],
  ['an office that nobody holds', { other: 'v2', holder: 'general-office/emperor' }, '没有这个单位或岗位'],
  ['a site that is none', { other: 'v2', site: 'javascript:alert(1)' }, '网址要以'],
  ['a feed that is no address', { other: 'v2', feed: 'file:///etc/passwd' }, '没有存上'],
])('%s is refused in words and nothing is kept', async (_name, wrong, says) => {
  const entries = (await log()).length;
  const response = await visitor.post('/channels/new', { ...REGISTER, ...wrong });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(says);
  expect((await log()).length).toBe(entries);
  expect((await house.plugged.desk.ownChannels.list()).some(c => c.channel === 'v2')).toBe(false);
});

const published = async () => {
  const events = await log();
  const made = events.find(e => e.type === 'publication.made');
  const draft = events.find(e => e.type === 'draft.written' && e.data['textHash'] === made?.data['textHash']);
  return String(draft?.data['text'] ?? '');
};
test('on the first reading what is older than our watching is no alarm, and a signed text is known again under another title', async () => {
  posts = [
    {
      title: '春节放假通知',
      text: '二月十六日至二十二日放假，大厅值班电话照常。',
      link: 'http://video.example/1',
      at: NOON - 200 * HOUR,
    },
    {
      title: '关于来信办理的答复',
      text: `各位网友：${await published()}`,
      link: 'http://video.example/2',
      at: NOON - HOUR,
    },
  ];
  await visitor.post('/channels/video', { do: 'read' });
  const items = (await house.plugged.desk.ownChannels.items(50)).filter(i => i.channel === 'video');
  expect(items.map(i => [i.title, i.state]).toSorted()).toEqual([
    ['关于来信办理的答复', 'backed'],
    ['春节放假通知', 'before'],
  ]);
});

test('a post that no signed text stands behind goes before the named office; the log learns nothing', async () => {
  posts = [
    ...posts,
    {
      title: '关于水费一事的表态',
      text: '多收的水费本周全部退还，请大家不要再到窗口来。',
      link: 'http://video.example/3',
      at: NOON + HOUR,
    },
  ];
  house.clock.at = NOON + 2 * HOUR;
  visitor = await signIn(house);
  await actAs(visitor, 'group-office/head');
  const entries = (await log()).length;
  const response = await visitor.post('/channels/video', { do: 'read' });
  expect(location(response)).toContain('1 条没有找到签批');
  expect((await log()).length).toBe(entries);
  const notices = (await house.plugged.desk.notices.list(80)).filter(n => n.key.includes('own-channel|video'));
  expect(notices.some(n => n.destination.includes('group-office'))).toBe(true);
  expect(await visitor.text('/channels')).toContain('关于水费一事的表态');
  expect(await visitor.text('/desk')).toContain('没有找到签批');
  // Reading again keeps it once and tells nobody twice.
  await visitor.post('/channels/video', { do: 'read' });
  const again = (await house.plugged.desk.notices.list(80)).filter(n => n.key.includes('own-channel|video'));
  expect(again.length).toBe(notices.length);
  // Not everybody's desk.
  await actAs(visitor, 'letters-section/head');
  expect(await visitor.text('/desk')).not.toContain('没有找到签批');
  await actAs(visitor, 'group-office/head');
});

test('a person looks: the fact enters the log under their office, once', async () => {
  const item = (await house.plugged.desk.ownChannels.items(9, 'unbacked')).find(i => i.channel === 'video');
  const path = `/channels/video/items/${item?.id ?? ''}`;
  const page = await visitor.text(path);
  for (const text of ['平台上的原文', '最像的已签批文本', '记为程序外发布', '不是认定过错'])
    expect(page).toContain(text);
  expect((await visitor.post(path, { do: 'explain', why: '' })).status).toBe(422);
  const fields = {
    do: 'record',
    unit: 'general-office',
    kind: 'own-channel',
    what: '未经审签发了退费表态，联系 13800138000',
  };
  expect((await visitor.post(path, { ...fields, unit: 'nowhere' })).status).toBe(422);
  expect((await visitor.post(path, fields)).status).toBe(303);
  const last = (await log()).at(-1);
  expect(last).toMatchObject({
    type: 'publication.found',
    by: { unit: 'group-office', role: 'head' },
    data: { unit: 'general-office', channelKind: 'own-channel' },
  });
  expect(String(last?.data['what'])).not.toContain('13800138000');
  expect((await visitor.post(path, fields, { token: await visitor.token('/channels/new') })).status).toBe(422);
  expect((await log()).filter(e => e.type === 'publication.found')).toHaveLength(1);
  expect((await log()).some(e => e.type === 'fault.found')).toBe(false);
});

test('a feed that cannot be read is drawn as silence, not as nothing new', async () => {
  broken = true;
  const before = (await house.plugged.desk.ownChannels.list()).find(c => c.channel === 'video')?.readAt;
  await visitor.post('/channels/video', { do: 'read' });
  broken = false;
  expect(await visitor.text('/channels')).toContain('读不到');
  expect((await house.plugged.desk.ownChannels.list()).find(c => c.channel === 'video')?.readAt).toBe(before);
});

test('feeds that are due are read by the turn of the engine, each at its pace', async () => {
  const tenant = await house.store.tenant('example');
  if (!tenant) throw new Error('no tenant');
  posts = [
    ...posts,
    {
      title: '又一条',
      text: '今天下午两点起大厅停电，业务暂停办理。',
      link: 'http://video.example/4',
      at: NOON + 3 * HOUR,
    },
  ];
  const count = async () => (await house.plugged.desk.ownChannels.items(50)).filter(i => i.channel === 'video').length;
  const known = await count();
  await house.plugged.channelReader.readDue(tenant, house.clock.at + 10 * 60_000);
  expect(await count()).toBe(known);
  await house.plugged.channelReader.readDue(tenant, house.clock.at + 2 * HOUR);
  expect(await count()).toBe(known + 1);
});

test('a feed of ours that fails is asked later and later; one whose site asks not to be read is not read', async () => {
  const tenant = await house.store.tenant('example');
  if (!tenant) throw new Error('no tenant');
  broken = true;
  const from = asked.length;
  const start = house.clock.at + 24 * HOUR;
  for (let minutes = 0; minutes < 12 * 60; minutes += 5)
    await house.plugged.channelReader.readDue(tenant, start + minutes * 60_000);
  const times = asked.slice(from).filter(path => path === '/feed').length;
  expect(times).toBeGreaterThan(1); // 144 looks would have been due; how much later each is has chance in it
  expect(times).toBeLessThan(16);
  broken = false;
  robots = 'User-agent: *\nDisallow: /feed';
  // robots.txt is asked for again a day later.
  house.clock.at += 25 * HOUR;
  await house.plugged.channelReader.readDue(tenant, house.clock.at + 24 * HOUR);
  expect(asked.slice(from).filter(path => path === '/feed').length).toBe(times);
  expect((await house.plugged.desk.ownChannels.list()).find(c => c.channel === 'video')?.problem).toMatch(/robots/);
  robots = '';
  house.clock.at -= 25 * HOUR;
});

test('a hand-over keeps who held it before, and says what was handed over', async () => {
  const wrong = await visitor.post('/channels/video', { do: 'hand-over', to: 'general-office/head', note: 'x' });
  expect(wrong.status).toBe(422);
  await visitor.post('/channels/video', {
    do: 'hand-over',
    to: 'general-office/watch-second',
    note: '账号、密钥当面移交',
  });
  const page = await visitor.text('/channels/video');
  expect(page).toContain('账号、密钥当面移交');
  expect((await house.plugged.desk.ownChannels.holdings()).filter(h => h.channel === 'video')).toHaveLength(2);
});

test('a column has an owner of its own; the calendar takes what is planned and lets it go', async () => {
  await visitor.post('/channels/video', { do: 'column', column: '办信流程', owner: 'letters-section' });
  expect((await log()).at(-1)?.data).toEqual({ channel: 'video', owner: 'letters-section', column: '办信流程' });
  expect(
    (
      await visitor.post('/channels', {
        do: 'plan',
        on: '2026-09-01',
        channel: 'video',
        title: 'x',
        unit: 'general-office',
      })
    ).status,
  ).toBe(422);
  await visitor.post('/channels', {
    do: 'plan',
    on: '2026-09-24',
    channel: 'video',
    title: '窗口午间轮值',
    unit: 'general-office',
  });
  const html = await visitor.text('/channels?from=2026-09-21');
  expect(html).toContain('窗口午间轮值');
  const [, id = ''] = /name="item" value="([^"]+)"[\s\S]{0,80}窗口午间轮值/.exec(html) ?? [];
  await visitor.post('/channels', { do: 'drop', item: id });
  expect(await visitor.text('/channels?from=2026-09-21')).not.toContain('窗口午间轮值');
});

test('a court sees today’s count against its article, and what is still wanted by the day of the week', async () => {
  // Friday 6 November, 08:41; the last WeChat item went out on Thursday.
  const held = ['news-publicity-dept/head'];
  const court = await openWorked({ institution: 'court', day: 'conference-and-channels', held });
  try {
    const html = await (await signIn(court)).text('/channels');
    for (const text of ['条数 0/5', '其中原创 0/2', '条数还差 5', '其中原创还差 2', '近 30 天原创'])
      expect(html).toContain(text);
    expect(html).toContain('周六（11月7日） 24:00 前要再发一次');
    expect(html).toContain('不算逾期');
    // Thursday had one item of five; what was refused on Wednesday does not count as out.
    expect(html).toMatch(/<b>5<\/b> <span>周四[\s\S]*?发 1，原创 1[\s\S]*?✕ 差 4/);
    expect(html).toMatch(/<b>4<\/b> <span>周三(?:(?!<b>5)[\s\S])*?✕ 差 5/);
    expect(html).toMatch(/<b>3<\/b> <span>周二(?:(?!<b>4)[\s\S])*?✕ 其中原创还差 1/);
  } finally {
    await court.close();
  }
});

test.each([
  ['school', 'swapped-weekend', 'school-office/head'],
  ['environment', 'calls-and-orders', 'publicity-section/head'],
])(
  'a %s, whose regulation sets no number a day, is told so and can register a channel',
  async (institution, day, office) => {
    const worked = await openWorked({ institution, day, held: [office] });
    try {
      const reader = await signIn(worked);
      expect((await reader.get('/channels')).status).toBe(200);
      const [unit = ''] = office.split('/');
      const response = await reader.post('/channels/new', {
        ...REGISTER,
        other: 'gzh',
        owner: unit,
        holder: office,
        alarm: office,
      });
      expect(response.status).toBe(303);
      expect(await reader.text('/channels')).toContain('规程没有定每天几条');
    } finally {
      await worked.close();
    }
  },
);

/** Notices on the pages, over real peers: a channel is set up, tested, switched on; a duty's moment comes and goes out; somebody takes note. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escalateDue, fireDue, makeSender, settleClaims } from '#io/engine';
import { dingtalkPeer, webhookPeer } from '../peers/robots.ts';
import type { Peer } from '../peers/peer.ts';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

const SECRET = 'a secret of the institution';
let house: House;
let visitor: Visitor;
let robot: Peer;
let gateway: Peer;
const at = '/settings/notices';
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const now = (): number => house.clock.at;

beforeAll(async () => {
  [robot, gateway] = [
    await dingtalkPeer(() => house.clock.at, SECRET),
    await webhookPeer(() => house.clock.at, SECRET, 60),
  ];
  house = await openHouse({ example: true, allowHosts: [robot.host, gateway.host] });
  visitor = await signIn(house);
  await actAs(visitor, 'leading-group/head');
});
afterAll(async () => {
  await Promise.all([robot.close(), gateway.close()]);
  await house.close();
});
const tenant = async () => {
  const t = await house.store.tenant('example');
  if (!t) throw new Error('no tenant');
  return t;
};
/** The example speaks on its desk only; for this test it counts as somebody's own. */
const asOwn = async (): Promise<void> => {
  const t = await tenant();
  await t.putSetting('institution', { ...((await t.setting('institution')) as object), example: false });
};

describe('setting up', () => {
  test.each([
    [{ kind: 'dingtalk', key: 'Group', 'set.webhook': 'x' }, '小写字母'],
    [{ kind: 'dingtalk', key: 'group', 'set.webhook': '' }, '机器人地址'],
    [{ kind: 'dingtalk', key: 'group', 'set.webhook': 'http://169.254.169.254/robot/send' }, 'oapi.dingtalk.com'],
    [{ kind: 'webhook', key: 'own', 'set.url': 'https://example.cn/in', 'set.secret': 'short' }, '16 characters'],
    [{ kind: 'mail', key: 'post', 'set.server': 'mail.example.cn', 'set.from': 'a@example.cn' }, 'smtp://'],
  ])('%j is refused and nothing is kept', async (fields, says) => {
    const answer = await visitor.post(at, { do: 'add', when: 'every', to: '', ...fields });
    expect(answer.status).toBe(422);
    expect(bare(await answer.text())).toContain(says);
    expect(await house.plugged.desk.notices.settings()).toMatchObject({ channels: [] });
  });

  test('a channel is added switched off, tested, switched on; its address and secret are never shown again', async () => {
    const webhook = `http://${robot.host}/robot/send?access_token=t`;
    const values = { kind: 'dingtalk', key: 'duty-group', when: 'every', 'set.webhook': webhook, 'set.secret': SECRET };
    expect((await visitor.post(at, { do: 'add', ...values })).status).toBe(303);
    const page = await visitor.text(at);
    expect(page).toContain('duty-group');
    expect(page).not.toContain('access_token');
    expect(page).not.toContain(SECRET);
    const tested = await visitor.post(at, { do: 'test', key: 'duty-group' });
    expect(bare(await tested.text())).toContain('试发成功');
    expect(robot.taken).toHaveLength(1);
    await visitor.post(at, { do: 'on', key: 'duty-group' });
    expect((await house.plugged.desk.notices.settings()).channels[0]).toMatchObject({ key: 'duty-group', on: true });
  });

  test('a test that fails says why', async () => {
    const values = {
      kind: 'dingtalk',
      key: 'wrong',
      when: 'every',
      'set.webhook': `http://${robot.host}/robot/send?access_token=other`,
    };
    await visitor.post(at, { do: 'add', ...values });
    const tested = bare(await (await visitor.post(at, { do: 'test', key: 'wrong' })).text());
    expect(tested).toContain('试发没有成功');
    expect(tested).toContain('300005');
    await visitor.post(at, { do: 'remove', key: 'wrong' });
  });

  test('quiet hours, the chain and the address are kept; half a pair of hours is refused', async () => {
    const half = await visitor.post(at, {
      do: 'policy',
      'quiet-from': '22:00',
      'quiet-to': '',
      escalate: '',
      address: '',
    });
    expect(half.status).toBe(422);
    await visitor.post(at, {
      do: 'policy',
      'quiet-from': '22:00',
      'quiet-to': '07:00',
      escalate: '15',
      address: 'http://10.0.0.5:8420',
    });
    expect(await house.plugged.desk.notices.settings()).toMatchObject({
      quiet: { from: '22:00', to: '07:00', holdAll: false },
      escalateMinutes: 15,
    });
  });

  test('an address for an office that does not exist is refused', async () => {
    const answer = await visitor.post(at, { do: 'addresses', addresses: 'nobody/head mail a@example.cn' });
    expect(answer.status).toBe(422);
  });

  test('only an administrator sees or changes channels', async () => {
    const outsider = await house.app.request(`http://127.0.0.1:8420${at}`, { headers: { host: '127.0.0.1:8420' } });
    expect(outsider.status).toBe(302);
  });
});

test('the example troubles nobody outside: its moments stand on the desk only', async () => {
  house.clock.at = NOON + 12 * 60_000;
  await fireDue(house.store.pool, house.plugged.engine.onDue, now());
  expect((await (await tenant()).notices(100)).map(n => n.channel).filter(c => c !== 'desk')).toEqual([]);
});

test('a moment comes: the robot is told once, the page lists it, taking note ends the climbing', async () => {
  await asOwn();
  const before = robot.taken.length;
  house.clock.at = NOON + 23 * 60_000;
  await house.plugged.renew(await tenant());
  await fireDue(house.store.pool, house.plugged.engine.onDue, now());
  const send = makeSender(house.store.pool, house.plugged.engine.channelOf);
  await send(now);
  await send(now);
  expect(robot.taken.length).toBeGreaterThan(before);
  const said = robot.taken.at(-1)?.text ?? '';
  expect(said).toMatch(/【到期】/);
  expect(said).toContain('依据:G-4');
  expect(said).toContain('知悉请点:http://10.0.0.5:8420/notices');
  const page = await visitor.text('/notices');
  expect(bare(page)).toContain('还没人知悉的');
  expect(bare(page)).toContain('知悉');
  const key = /name="key" value="([^"]+)"/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '';
  expect(key).not.toBe('');
  expect((await visitor.post('/notices', { do: 'acknowledge', key })).status).toBe(303);
  expect((await visitor.post('/notices', { do: 'acknowledge', key })).status).toBe(422);
});

test('nobody takes note of another: the next in the regulation’s chain is told', async () => {
  for (let hour = 0; hour < 8; hour++) {
    house.clock.at += 3_600_000;
    await fireDue(house.store.pool, house.plugged.engine.onDue, now());
  }
  const open = (await (await tenant()).reminders({ open: true, limit: 50 })).filter(
    r => r.acknowledgedAt === undefined && r.escalateAt !== undefined,
  );
  expect(open.length).toBeGreaterThan(0);
  house.clock.at += 16 * 60_000;
  expect(await escalateDue(house.store.pool, house.plugged.engine.onSilence, now())).toBeGreaterThan(0);
  const raised = (await (await tenant()).notices(200)).filter(n => n.subject.includes('升级'));
  expect(raised.length).toBeGreaterThan(0);
  expect(bare(await visitor.text('/notices'))).toContain('已升级 1 次');
});

test('a crash while sending shows as "perhaps sent"; only a person sends it again, and it says so', async () => {
  const dead = makeSender(house.store.pool, house.plugged.engine.channelOf, async point => {
    if (point === 'sent') throw new Error('killed');
  });
  for (let minute = 0; minute < 3; minute++) {
    house.clock.at += 60_000;
    await makeSender(house.store.pool, house.plugged.engine.channelOf)(now);
  }
  const t = await tenant();
  await t.addNotices([
    {
      key: 'crash',
      channel: 'duty-group',
      destination: 'group',
      subject: '【到期】甲',
      text: '【到期】甲',
      notBefore: now(),
      urgency: 9,
    },
  ]);
  await dead(now).catch(() => undefined);
  await settleClaims(house.store.pool, house.plugged.engine.channelOf, now(), true);
  const page = await visitor.text('/notices');
  expect(bare(page)).toContain('不知道发没发出去的');
  const id = /name="id" value="(\d+)"/.exec(page)?.[1] ?? '';
  expect((await visitor.post('/notices', { do: 'again', id })).status).toBe(303);
  house.clock.at += 120_000;
  await makeSender(house.store.pool, house.plugged.engine.channelOf)(now);
  expect(robot.taken.at(-1)?.text).toContain('【重发】');
});

test('the rota is a calendar under an address of its own, which can be made anew', async () => {
  await visitor.post(at, { do: 'feed' });
  const first = (await house.plugged.desk.notices.settings()).feed ?? '';
  const ask = (feed: string) =>
    house.app.request(`http://127.0.0.1:8420/rota/${feed}.ics`, { headers: { host: '127.0.0.1:8420' } });
  const answer = await ask(first);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const text = await answer.text();
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text.match(/BEGIN:VEVENT/g)?.length ?? 0).toBeGreaterThan(10);
  await visitor.post(at, { do: 'feed' });
  expect((await ask(first)).status).toBe(404);
  expect((await ask('guess')).status).toBe(404);
  expect(house.faults).toEqual([]);
});

/** Notices over real peers that sign, limit, refuse and hang up, with the worker killed in between; the clock is moved by the test. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { escalateDue, makeSender, settleClaims } from '#io/engine';
import { openPost } from '#io/fetch';
import { channelKind, type Outcome } from '#io/notify';
import type { NewNotice, Reminder, Store, Tenant } from '#io/store';
import {
  account,
  addressesOf,
  channelsTo,
  KEYED,
  type LaneName,
  LANES,
  noticeFor,
  openOutbox,
  openPeers,
  type Peers,
} from '../peers/outbox.ts';

const NINE = Date.parse('2026-07-10T09:00:00+08:00');
let clock = NINE;
const now = (): number => clock;
let store: Store;
let tenant: Tenant;
let remove: () => void;
let peers: Peers;
let channels: ReturnType<typeof channelsTo>;
const channelOf = async (_institution: string, key: string) => channels[key as LaneName];
const states = async (prefix: string): Promise<Record<string, string>> =>
  Object.fromEntries((await tenant.notices(5000)).filter(n => n.key.startsWith(prefix)).map(n => [n.key, n.state]));
const sendAll = async (minutes: number): Promise<void> => {
  const send = makeSender(store.pool, channelOf);
  for (let i = 0; i < minutes * 4; i++) {
    await send(now);
    clock += 15_000;
  }
};

beforeAll(async () => {
  ({ store, tenant, remove } = await openOutbox());
});
beforeEach(async () => {
  await peers?.close();
  clock += 3_600_000;
  peers = await openPeers(now);
  channels = channelsTo(addressesOf(peers), now);
});
afterAll(async () => {
  await peers.close();
  await store.close();
  remove();
});

describe('each peer', () => {
  test.each(LANES)('%s takes a notice as it is, signed as it wants', async lane => {
    await tenant.addNotices([noticeFor(lane, 1, clock, { key: `plain/${lane}` })]);
    expect(await makeSender(store.pool, channelOf)(now)).toBe(1);
    const took = lane === 'mail' ? peers.mail.taken.map(t => t.source) : peers[lane].taken.map(t => t.text);
    expect(took.join()).toContain(`due [${lane}/1]`);
    expect(await states(`plain/${lane}`)).toEqual({ [`plain/${lane}`]: 'sent' });
  });

  test.each([
    ['dingtalk', '310000 sign not match'],
    ['feishu', '19021 sign match fail'],
    ['webhook', '401'],
  ] as const)('%s refuses a wrong signature and is not asked again', async (lane, fault) => {
    const at = addressesOf(peers);
    const wrong = {
      dingtalk: { webhook: `http://${at.dingtalk}/robot/send?access_token=t`, secret: 'another' },
      feishu: { webhook: `http://${at.feishu}/open-apis/bot/v2/hook/h`, secret: 'another' },
      webhook: { url: `http://${at.webhook}/in`, secret: 'another secret altogether' },
    }[lane];
    const allowHosts = Object.values(at);
    const channel = channelKind(lane)?.make(wrong, { post: openPost({ allowHosts }), now, allowHosts });
    const said = (await channel?.send({ key: 'x', destination: 'group', subject: 's', text: 't' })) as Outcome;
    expect(said).toMatchObject({ result: 'not-sent', fault: expect.stringContaining(fault) });
    expect(said).not.toHaveProperty('retryAfterMs');
  });

  test.each([
    ['wecom', 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k', 'must begin with https'],
    ['wecom', 'https://qyapi.weixin.qq.com/cgi-bin/gettoken', 'not the address of a group robot'],
    ['dingtalk', 'https://127.0.0.1/robot/send?access_token=t', 'must begin with https://oapi.dingtalk.com/'],
    ['feishu', 'https://open.feishu.cn.example.cn/open-apis/bot/v2/hook/h', 'must begin with https://open.feishu.cn/'],
    ['feishu', 'nonsense', 'is no address'],
  ])('the %s address %s is refused', (kind, webhook, reason) =>
    expect(channelKind(kind)?.problem({ webhook }, [])).toContain(reason),
  );

  test('an inner address that the operator has not named is never reached', async () => {
    const strict = openPost();
    expect(await strict({ url: `http://${peers.webhook.host}/in`, body: '{}' })).toEqual({
      result: 'not-sent',
      reason: 'loopback address',
      refused: true,
    });
  });
});

describe('limits', () => {
  test('no peer ever has to say "too many", also when the worker is a new one each time', async () => {
    await tenant.addNotices(
      LANES.flatMap(l => Array.from({ length: 25 }, (_, i) => noticeFor(l, i, clock, { key: `pace/${l}/${i}` }))),
    );
    for (let i = 0; i < 12; i++) {
      await makeSender(store.pool, channelOf)(now);
      clock += 15_000;
    }
    expect(peers.dingtalk.taken.length).toBe(25);
    expect([peers.wecom, peers.dingtalk, peers.feishu, peers.webhook].map(p => p.tooMany())).toEqual([0, 0, 0, 0]);
    expect(new Set(Object.values(await states('pace/')))).toEqual(new Set(['sent']));
  });

  test('a robot that somebody else keeps busy is left alone as long as it asks; nothing is lost and no try is used up', async () => {
    // Somebody else posts to the same DingTalk robot until it shuts for ten minutes.
    const { dingtalk } = channels;
    for (let i = 0; i < 21; i++)
      await dingtalk.send({ key: `o${i}`, destination: 'group', subject: 'other', text: `${i}` });
    expect(peers.dingtalk.tooMany()).toBe(1);
    await tenant.addNotices([noticeFor('dingtalk', 7, clock, { key: 'busy/7' })]);
    await sendAll(9);
    expect(await states('busy/')).toEqual({ 'busy/7': 'waiting' });
    expect(peers.dingtalk.tooMany()).toBe(2);
    await sendAll(2);
    expect((await tenant.notices(5000)).find(n => n.key === 'busy/7')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  test('one channel that is shut does not hold up the others', async () => {
    await tenant.addNotices([
      ...Array.from({ length: 60 }, (_, i) => noticeFor('wecom', i, clock, { key: `shut/w${i}` })),
      noticeFor('mail', 1, clock + 1, { key: 'shut/mail' }),
    ]);
    clock += 2;
    await makeSender(store.pool, channelOf)(now);
    expect((await states('shut/mail'))['shut/mail']).toBe('sent');
  });

  test('pressing notices go first where a limit makes them queue', async () => {
    await sendAll(10);
    peers.wecom.taken.length = 0;
    await tenant.addNotices([
      ...Array.from({ length: 25 }, (_, i) => noticeFor('wecom', i, clock, { key: `urgent/${i}` })),
      noticeFor('wecom', 99, clock, { key: 'urgent/now', urgency: 2 }),
    ]);
    await makeSender(store.pool, channelOf)(now);
    expect(peers.wecom.taken[0]?.text).toContain('[wecom/99]');
  });
});

test('what belongs together goes out as one message, also when it must be tried again', async () => {
  let first = true;
  peers.webhook.hangUp = () => first && !(first = false);
  const group = { group: 'case:C1' };
  await tenant.addNotices([1, 2, 3].map(i => noticeFor('webhook', i, clock, { ...group, key: `group/${i}` })));
  const send = makeSender(store.pool, channelOf);
  await send(now);
  // A fourth comes while the fate of the first message is open: it does not change what was claimed.
  await tenant.addNotices([noticeFor('webhook', 4, clock, { ...group, key: 'group/4' })]);
  clock += 61_000;
  await send(now);
  expect(peers.webhook.taken.map(t => t.key)).toEqual(['group/1', 'group/4']);
  expect(peers.webhook.taken[0]?.text).toContain('[webhook/3]');
  expect(new Set(Object.values(await states('group/')))).toEqual(new Set(['sent']));
});

test.each([
  ['mail', 'perhaps-sent', 1],
  ['wecom', 'perhaps-sent', 1],
  ['webhook', 'sent', 1],
] as const)('the line to %s breaks after it took the message: %s', async (lane, state, taken) => {
  let first = true;
  peers[lane].hangUp = () => first && !(first = false);
  await tenant.addNotices([noticeFor(lane, 1, clock, { key: `line/${lane}` })]);
  await sendAll(3);
  expect(await states(`line/${lane}`)).toEqual({ [`line/${lane}`]: state });
  expect(peers[lane].taken.length).toBe(taken);
});

test.each([
  [550, 'failed'],
  [451, 'sent'],
])('a mail server that answers %i: %s', async (code, state) => {
  let times = 2;
  peers.mail.refuse = () => (times-- > 0 ? code : undefined);
  await tenant.addNotices([noticeFor('mail', 1, clock, { key: `smtp/${code}` })]);
  await sendAll(6);
  expect(await states(`smtp/${code}`)).toEqual({ [`smtp/${code}`]: state });
});

test('two workers on one store: no notice twice, and the limit holds for both together', async () => {
  await tenant.addNotices(
    (['wecom', 'dingtalk', 'webhook'] as const).flatMap(l =>
      Array.from({ length: 30 }, (_, i) => noticeFor(l, 500 + i, clock, { key: `${l}/${500 + i}` })),
    ),
  );
  const [one, two] = [makeSender(store.pool, channelOf), makeSender(store.pool, channelOf)];
  for (let i = 0; i < 9; i++) {
    await Promise.all([one(now), two(now)]);
    clock += 15_000;
  }
  for (const peer of [peers.wecom, peers.dingtalk, peers.webhook]) {
    expect(new Set(peer.taken.map(t => t.text)).size).toBe(30);
    expect([peer.taken.length, peer.tooMany()]).toEqual([30, 0]);
  }
});

test('beside other workers a claim counts as dead only when nobody can still be sending', async () => {
  await tenant.addNotices([noticeFor('mail', 1, clock, { key: 'lease' })]);
  const dead = makeSender(store.pool, channelOf, async () => {
    throw new Error('killed');
  });
  await expect(dead(now)).rejects.toThrow('killed');
  expect(await settleClaims(store.pool, channelOf, clock + 119_000, false)).toBe(0);
  expect(await settleClaims(store.pool, channelOf, clock + 121_000, false)).toBe(1);
  expect(await states('lease')).toEqual({ lease: 'perhaps-sent' });
});

test('a mail server that wants a name and a password gets them as they are, whatever characters they hold', async () => {
  const seen: unknown[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => {
      seen.push([auth.username, auth.password]);
      done(auth.password === 'p@ss/wörd' ? null : new Error('no'), { user: auth.username ?? '' });
    },
    onData: (stream, _session, done) => stream.on('end', () => done()).resume(),
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()));
  const at = `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const tools = { post: openPost(), now, allowHosts: [] };
  const send = (password: string) =>
    channelKind('mail')
      ?.make({ server: `smtp://duty%40example.cn:${encodeURIComponent(password)}@${at}`, from: 'a@example.cn' }, tools)
      .send({ key: 'k', destination: 'b@example.cn', subject: 's', text: 't' });
  expect(await send('p@ss/wörd')).toEqual({ result: 'sent' });
  expect(await send('wrong')).toMatchObject({ result: 'not-sent' });
  expect(seen).toEqual([
    ['duty@example.cn', 'p@ss/wörd'],
    ['duty@example.cn', 'wrong'],
  ]);
  await new Promise<void>(done => server.close(() => done()));
});

describe('reminders', () => {
  const reminder = (key: string): NonNullable<NewNotice['reminder']> => ({
    key: `${key}|due`,
    dutyKey: key,
    clause: 'G-4.3c',
    duty: 'told',
    role: 'clerk',
    what: 'due',
    dueAt: clock,
    raisedAt: clock,
    escalateAt: clock + 600_000,
  });
  const onSilence = async (_i: string, r: Reminder, at: number) => ({
    notices: [noticeFor('webhook', 100 + r.level, at, { key: `${r.key}|${r.level + 1}` })],
    ...(r.level < 1 ? { escalateAt: at + 600_000 } : {}),
  });
  const later = async (): Promise<number> => {
    clock += 601_000;
    return escalateDue(store.pool, onSilence, clock);
  };

  test('nobody takes note: one step after the other, each once, until the chain ends', async () => {
    await tenant.addNotices([noticeFor('webhook', 50, clock, { key: 'esc', reminder: reminder('esc') })]);
    expect(await escalateDue(store.pool, onSilence, clock)).toBe(0);
    clock += 601_000;
    const twice = await Promise.all([
      escalateDue(store.pool, onSilence, clock),
      escalateDue(store.pool, onSilence, clock),
    ]);
    expect(twice.toSorted()).toEqual([0, 1]);
    expect(await later()).toBe(1);
    expect(await later()).toBe(0);
    expect(Object.keys(await states('esc|due|')).toSorted()).toEqual(['esc|due|1', 'esc|due|2']);
  });

  test('somebody takes note: nobody further is told', async () => {
    await tenant.addNotices([noticeFor('webhook', 51, clock, { key: 'ack', reminder: reminder('ack') })]);
    expect(await tenant.acknowledge('ack|due', 'H01', clock)).toBe(true);
    expect(await tenant.acknowledge('ack|due', 'H02', clock)).toBe(false);
    expect(await later()).toBe(0);
  });

  test('the duty is done: the reminder closes, what waits is withdrawn, what is on its way stays', async () => {
    const of = { reminder: reminder('done') };
    await tenant.addNotices([
      noticeFor('mail', 60, clock, { ...of, key: 'done/sent' }),
      noticeFor('mail', 61, clock + 9_000_000, { ...of, key: 'done/held', heldFrom: clock }),
    ]);
    await makeSender(store.pool, channelOf)(now);
    await tenant.closeReminders(['another'], clock);
    expect(await states('done/')).toEqual({ 'done/sent': 'sent', 'done/held': 'withdrawn' });
    expect(await later()).toBe(0);
  });
});

/** The short form of bench/notices: the worker dies at every kind of place, again and again. */
test('200 notices through limited peers, the worker killed 20 times: none lost, none doubled, at most one unknown a kill', async () => {
  const asked = Array.from({ length: 200 }, (_, i) => {
    const lane = LANES[i % LANES.length] ?? 'mail';
    return noticeFor(lane, 1000 + i, clock, { key: `${lane}/${1000 + i}` });
  });
  await tenant.addNotices(asked);
  let kills = 0;
  let steps = 0;
  let seed = 8420;
  const random = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const waiting = async (): Promise<number> =>
    (await tenant.notices(5000)).filter(n => n.state === 'waiting' || n.state === 'claimed').length;
  while ((await waiting()) > 0 && steps++ < 400) {
    const dieAt = kills < 20 ? Math.floor(random() * 20) : Infinity;
    let places = 0;
    const send = makeSender(store.pool, channelOf, async () => {
      if (places++ === dieAt) throw new Error('killed');
    });
    await send(now).catch(error => {
      if ((error as Error).message !== 'killed') throw error;
      kills++;
    });
    await settleClaims(store.pool, channelOf, clock, true);
    clock += 15_000;
  }
  const found = await account(tenant, peers, asked);
  expect(kills).toBe(20);
  expect({ lost: found.lost, doubled: found.doubled, failed: found.failed, tooMany: found.tooMany }).toEqual({
    lost: [],
    doubled: [],
    failed: [],
    tooMany: 0,
  });
  expect(found.perhapsSent.length).toBeLessThanOrEqual(kills);
  expect(found.perhapsSent.filter(k => KEYED.has(k.split('/')[0] as LaneName))).toEqual([]);
});

/** Timers and notices on a real database, with a real mail server and a robot on loopback. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockProblem, fireDue, makeSender, nextDue, settleClaims } from '#io/engine';
import { type Channel, channelKind } from '#io/notify';
import { openPost } from '#io/fetch';
import { type NewNotice, openStore, type Store, type Tenant, type Timer } from '#io/store';

const NOON = Date.parse('2026-07-10T04:00:00Z');
const notice = (key: string, channel: string, more: Partial<NewNotice> = {}): NewNotice => ({
  key,
  channel,
  destination: 'office@example.cn',
  subject: '告知时限将到',
  text: '第四条:30 分钟内告知科室',
  notBefore: NOON,
  ...more,
});

describe('timers and notices', () => {
  const data = mkdtempSync(join(tmpdir(), 'huiyin-engine-'));
  const mails: string[] = [];
  const posts: string[] = [];
  let robotAnswer: { status: number; body: string } = { status: 200, body: '{"errcode":0}' };
  let store: Store;
  let tenant: Tenant;
  let smtp: SMTPServer;
  let robot: Server;
  let channels: Record<string, Channel>;
  const channelOf = async (_institution: string, name: string) => channels[name];
  const stateOf = async (key: string) => (await tenant.notices(100)).find(n => n.key === key)?.state;

  beforeAll(async () => {
    store = await openStore({ data });
    await store.addInstitution(
      { id: 'petition', titleZh: '信访局', titleEn: 'Petition bureau', isExample: true },
      NOON,
    );
    const opened = await store.tenant('petition');
    if (!opened) throw new Error('no tenant');
    tenant = opened;
    smtp = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', part => (text += String(part)));
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>(ready => smtp.listen(0, '127.0.0.1', ready));
    robot = createServer((request, response) => {
      let text = '';
      request.on('data', part => (text += String(part)));
      request.on('end', () => {
        posts.push(text);
        response.writeHead(robotAnswer.status, { 'content-type': 'application/json' }).end(robotAnswer.body);
      });
    });
    await new Promise<void>(ready => robot.listen(0, '127.0.0.1', ready));
    const host = `127.0.0.1:${(robot.address() as AddressInfo).port}`;
    const tools = { post: openPost({ allowHosts: [host] }), now: () => NOON, allowHosts: [host] };
    const made = (kind: string, values: Record<string, string>): Channel => {
      const channel = channelKind(kind)?.make(values, tools);
      if (!channel) throw new Error(kind);
      return channel;
    };
    channels = {
      mail: made('mail', {
        server: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
        from: 'huiyin@example.cn',
      }),
      wecom: made('wecom', { webhook: `http://${host}/cgi-bin/webhook/send?key=k` }),
    };
  });
  afterAll(async () => {
    await new Promise<void>(done => smtp.close(() => done()));
    robot.close();
    await store.close();
    rmSync(data, { recursive: true, force: true });
  });

  test('a timer fires once, at its moment or when the process is there again, and its notice goes with it', async () => {
    const timer: Timer = {
      key: 'C1/G-4.3c/unit-3',
      caseId: 'C1',
      clause: 'G-4.3c',
      duty: 'told-within-30-minutes',
      what: '告知',
      dueAt: NOON,
    };
    await tenant.setTimers([{ caseId: 'C1', timers: [timer, { ...timer, key: 'later', dueAt: NOON + 60_000 }] }]);
    const onDue = async (_institution: string, t: Timer) => [notice(`due/${t.key}`, 'mail')];
    expect(await fireDue(store.pool, onDue, NOON - 1)).toEqual([]);
    expect(await nextDue(store.pool)).toBe(NOON);
    const [first, second] = await Promise.all([
      fireDue(store.pool, onDue, NOON + 5_000),
      fireDue(store.pool, onDue, NOON + 5_000),
    ]);
    expect([...(first ?? []), ...(second ?? [])].map(f => [f.timer.key, f.lateMs])).toEqual([
      ['C1/G-4.3c/unit-3', 5_000],
    ]);
    expect(await nextDue(store.pool)).toBe(NOON + 60_000);
    expect(await stateOf('due/C1/G-4.3c/unit-3')).toBe('waiting');
  });

  test('mail and robot get the text as it is', async () => {
    await tenant.addNotices([notice('robot-1', 'wecom')]);
    expect(await makeSender(store.pool, channelOf)(() => NOON + 10_000)).toBe(2);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^To: office@example\.cn/m);
    expect(JSON.parse(posts[0] ?? '{}')).toEqual({
      msgtype: 'text',
      text: { content: '告知时限将到\n第四条:30 分钟内告知科室' },
    });
    expect([await stateOf('robot-1'), await stateOf('due/C1/G-4.3c/unit-3')]).toEqual(['sent', 'sent']);
    expect(await makeSender(store.pool, channelOf)(() => NOON + 20_000)).toBe(0);
  });

  test('the robot takes twenty a minute; the rest waits', async () => {
    await tenant.addNotices(Array.from({ length: 25 }, (_, i) => notice(`burst-${i}`, 'wecom')));
    const send = makeSender(store.pool, channelOf);
    expect(await send(() => NOON + 100_000)).toBe(20);
    expect(await send(() => NOON + 130_000)).toBe(0);
    expect(await send(() => NOON + 162_000)).toBe(5);
  });

  test('a robot that is busy is asked again later, one that refuses is not', async () => {
    robotAnswer = { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' };
    await tenant.addNotices([notice('busy', 'wecom')]);
    await makeSender(store.pool, channelOf)(() => NOON + 200_000);
    expect(await stateOf('busy')).toBe('waiting');
    robotAnswer = { status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' };
    await makeSender(store.pool, channelOf)(() => NOON + 300_000);
    expect((await tenant.notices(100)).find(n => n.key === 'busy')).toMatchObject({
      state: 'failed',
      fault: 'the robot refused: 93000 invalid webhook url',
    });
  });

  test('what a crash leaves between claim and end is "perhaps sent", and is never sent again', async () => {
    robotAnswer = { status: 200, body: '{"errcode":0}' };
    await tenant.addNotices([notice('crash', 'wecom')]);
    const killed = makeSender(store.pool, channelOf, async point => {
      if (point === 'sent') throw new Error('killed here');
    });
    await expect(killed(() => NOON + 400_000)).rejects.toThrow('killed here');
    const before = posts.length;
    expect(await settleClaims(store.pool, channelOf, NOON + 400_001, true)).toBe(1);
    expect(await stateOf('crash')).toBe('perhaps-sent');
    await makeSender(store.pool, channelOf)(() => NOON + 500_000);
    expect(posts.length).toBe(before);
  });

  test('a clock well behind the last event is told', async () => {
    await tenant.append([
      {
        id: 'e',
        type: 'watch.done',
        at: '2026-07-10T12:00:00+08:00',
        recordedAt: '2026-07-10T12:00:00+08:00',
        by: { unit: 'u', role: 'r' },
        data: { found: 0 },
      },
    ]);
    expect(await clockProblem(store, { now: () => NOON - 6 * 60_000 })).toContain('6 minutes behind');
    expect(await clockProblem(store, { now: () => NOON - 4 * 60_000 })).toBeUndefined();
  });
});

test.each([
  ['http://qyapi.weixin.qq.com/x', 'must begin with https'],
  ['https://127.0.0.1/x', 'must begin with https'],
  ['nonsense', 'is no address'],
])('the robot address %s is refused', (webhook, reason) =>
  expect(channelKind('wecom')?.problem({ webhook }, [])).toContain(reason),
);

/**
 * A mailbox that is switched on, as the running product reads it: through the collector as it is plugged, over IMAP from a
 * server on loopback, into a real database. The clock is moved by the test.
 */
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeWorkbook } from '#io/documents';
import type { Source, Finding, Tenant } from '#io/store';
import { makeCollector } from '../../src/start/collect/collector.ts';
import { ailingSources } from '../../src/start/collect/alarms.ts';
import { makeMailboxes, secretKey } from '../../src/start/mailboxes.ts';
import { openDoor } from '#io/fetch';
import { type ImapPeer, openImapPeer, PEER_LOGIN } from '../peers/imap.ts';
import { feed, openSites, type Sites } from '../peers/sites.ts';
import { type House, openHouse } from '../web/house.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let house: House;
let tenant: Tenant;
let peer: ImapPeer;
let sites: Sites;
let number = 0;
const clock = (): number => house.clock.at;

beforeAll(async () => {
  sites = await openSites();
  house = await openHouse({ example: false, allowHosts: ['127.0.0.1', sites.host] });
  await house.store.addInstitution({ id: 'water', titleZh: '甲', titleEn: 'A', isExample: false }, clock());
  const found = await house.store.tenant('water');
  if (!found) throw new Error('no tenant');
  tenant = found;
});
beforeEach(async () => {
  peer = await openImapPeer();
  house.clock.at += 24 * HOUR;
  for (const s of await tenant.sources()) await tenant.putSource({ ...s, state: 'off' });
});
afterEach(() => peer.close());
afterAll(async () => {
  await house.plugged.collector.stop();
  await sites.close();
  await house.close();
});

async function connect(origin: string, more: Partial<Source> = {}): Promise<string> {
  const key = `box${++number}`;
  await tenant.putSource({
    key,
    kind: 'mailbox',
    title: key,
    ownerUnit: 'office',
    purpose: 'p',
    settings: {
      origin,
      host: '127.0.0.1',
      port: String(peer.port),
      security: 'none',
      user: PEER_LOGIN.user,
      senders: 'monitor.example = 清听监测公司\ncity.example = 市政府办公室',
    },
    state: 'on',
    validators: {},
    nextDueAt: clock(),
    class: 'bought',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'a',
    switchedOnBy: 'b',
    switchedOnAt: clock(),
    ...more,
  });
  await tenant.access.putSecret(secretKey(key), { password: PEER_LOGIN.password });
  return key;
}
async function round(collector = house.plugged.collector): Promise<void> {
  await collector.fill();
  await collector.drain();
}
const source = async (key: string): Promise<Source> => {
  const found = (await tenant.sources()).find(s => s.key === key);
  if (!found) throw new Error('no such source');
  return found;
};
const findings = async (key: string): Promise<readonly Finding[]> =>
  (await tenant.findings({ limit: 1000 })).filter(f => f.sourceKey === key);
const b64 = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const letter = (uid: number, from: string, subject: string, body: readonly string[]) => ({
  uid,
  from: /<(.*)>/.exec(from)?.[1] ?? from,
  source: Buffer.from(
    [`From: ${from}`, `Subject: ${b64(subject)}`, `Message-ID: <${uid}-${number}@x>`, ...body].join('\r\n'),
  ),
});
const PLAIN = (text: string): readonly string[] => ['Content-Type: text/plain; charset=utf-8', '', text];
const part = (name: string, bytes: Uint8Array): readonly string[] => [
  '--b',
  `Content-Type: application/octet-stream; name="${name}"`,
  `Content-Disposition: attachment; filename="${name}"`,
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from(bytes)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n'),
];

test('an agency’s report: body and office attachments, the sender its organisation, persons masked, what was not read said', async () => {
  const key = await connect('agency');
  const book = await writeWorkbook([
    {
      title: '周报',
      columns: [
        { label: '标题', type: 'text' },
        { label: '联系电话', type: 'text' },
      ],
      rows: [['城东停水第三天', '13912345678']],
    },
  ]);
  const word = zipSync({
    'word/document.xml': strToU8('<w:document><w:p><w:t>情况说明：居民到水站排队</w:t></w:p></w:document>'),
  });
  peer.letters = [
    letter(7, `${b64('张伟民')} <zhangwm@monitor.example>`, '舆情周报', [
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      '本周停水类反映12条。联系人：张伟民，电话13912345678。',
      '-- ',
      '张伟民 13912345678',
      ...part('week.xlsx', book),
      ...part('note.docx', word),
      ...part('tool.exe', Buffer.from('MZ')),
      '--b--',
    ]),
    letter(8, 'someone@elsewhere.example', '广告', PLAIN('买一送一')),
  ];
  await round();
  const [found, ...others] = await findings(key);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ title: '舆情周报', origin: 'agency', outlet: '清听监测公司' });
  expect(found?.text).toContain('本周停水类反映12条');
  expect(found?.text).toContain('城东停水第三天');
  expect(found?.text).toContain('情况说明：居民到水站排队');
  expect(found?.text).toContain('〔有一个附件（.exe）没有读〕');
  expect(JSON.stringify(found)).not.toMatch(/张伟民|13912345678|zhangwm|联系电话/);
  expect(peer.fetched).toEqual([7]);
  expect(peer.commands.filter(c => /STORE|SELECT|EXPUNGE|COPY|MOVE|APPEND/.test(c))).toEqual([]);
  // The read one was recorded as of every source, and the next reading is one pace on.
  const read = await source(key);
  expect([read.lastSuccessAt, read.lastFault]).toEqual([clock(), undefined]);
  expect((read.nextDueAt - clock()) / HOUR).toBeCloseTo(1, 0);
  const [span] = await tenant.collecting.spans({ from: clock() - 1, to: clock() + 1 }, key);
  expect(span).toMatchObject({ state: 'read', items: 1, fresh: 1, added: 1 });
});

test('a superior’s order is of the superior; on its pace what is new comes in, once', async () => {
  const key = await connect('superior');
  const order = letter(3, 'duty@city.example', '关于核查停水情况的交办', PLAIN('请于两日内核查并反馈。'));
  peer.letters = [order];
  await round();
  const asked = peer.commands.length;
  await round();
  expect(peer.commands.length).toBe(asked);
  house.clock.at += 65 * MINUTE;
  peer.letters = [order, letter(4, 'duty@city.example', '关于报送节水宣传安排的函', PLAIN('请报送本月宣传安排。'))];
  await round();
  expect((await findings(key)).map(f => [f.title, f.origin, f.outlet]).toSorted()).toEqual([
    ['关于报送节水宣传安排的函', 'superior', '市政府办公室'],
    ['关于核查停水情况的交办', 'superior', '市政府办公室'],
  ]);
  expect(peer.fetched).toEqual([3, 4]);
});

test('more letters than one reading takes: the rest is read soon, none twice, none left', async () => {
  const key = await connect('agency', { pace: 'day' });
  peer.letters = Array.from({ length: 53 }, (_, i) =>
    letter(
      i + 1,
      'a@monitor.example',
      `第${i + 1}号报告`,
      PLAIN(`第${i + 1}号：${String.fromCharCode(0x4e00 + i * 97).repeat(60)}`),
    ),
  );
  await round();
  expect(peer.fetched.length).toBe(50);
  expect((await source(key)).nextDueAt - clock()).toBeLessThanOrEqual(MINUTE);
  house.clock.at += MINUTE;
  await round();
  expect(peer.fetched.length).toBe(53);
  expect(new Set(peer.fetched).size).toBe(53);
  expect((await source(key)).nextDueAt - clock()).toBeGreaterThan(20 * HOUR);
  expect((await findings(key)).length).toBe(53);
});

test('two processes: one of them reads it', async () => {
  const key = await connect('agency');
  peer.letters = [letter(1, 'a@monitor.example', '日报', PLAIN('今日反映三条，均为停水。'))];
  const other = makeCollector({
    store: house.store,
    clock: { now: clock },
    door: openDoor({ contact: 'x', allowHosts: [sites.host] }),
    readLetters: makeMailboxes({ clock: { now: clock }, allowHosts: ['127.0.0.1'] }).read,
    onFault: error => void house.faults.push(String(error)),
  });
  await Promise.all([round(), round(other)]);
  await other.stop();
  expect(peer.commands.filter(c => c === 'LOGIN')).toEqual(['LOGIN']);
  expect(await findings(key)).toHaveLength(1);
  expect(house.faults).toEqual([]);
});

test('a server that is silent delays no feed; one that is down is asked later and later, and its office hears of it', async () => {
  const down = await connect('agency');
  peer.mood = 'hang';
  sites.on(
    '/feed',
    feed(() => [{ title: '城东停水通知', link: sites.url('/p/1'), text: '城东停水通知，明早八点恢复。' }]),
  );
  const well = await connect('agency', {
    kind: 'rss',
    settings: { url: sites.url('/feed') },
    class: 'outlet',
  });
  const { collector } = house.plugged;
  await expect
    .poll(async () => {
      await collector.fill();
      return (await source(well)).lastSuccessAt;
    })
    .toBe(clock());
  expect((await source(down)).lastSuccessAt).toBeUndefined();
  await peer.close();
  await collector.drain();
  const waits: number[] = [];
  for (let i = 0; i < 4; i++) {
    const { nextDueAt, lastFault } = await source(down);
    expect(lastFault).toMatch(/^the mail(?:box| server)/);
    waits.push(nextDueAt - clock());
    house.clock.at = nextDueAt;
    await round();
  }
  expect(waits[3] ?? 0).toBeGreaterThan((waits[0] ?? 0) * 3);
  house.clock.at += 6 * HOUR;
  const ailing = await ailingSources(tenant, clock());
  expect(ailing.filter(a => a.source.key === down).map(a => a.ailment.what)).toEqual(['dead']);
  peer = await openImapPeer();
}, 60_000);

test('the desk’s own "read now" goes the same way', async () => {
  const key = await connect('agency', { nextDueAt: clock() + HOUR });
  peer.letters = [letter(1, 'a@monitor.example', '专报', PLAIN('关于水压不足的专报。'))];
  expect(await house.plugged.collector.readNow(tenant, key)).toEqual({ added: 1 });
  expect((await source(key)).lastSuccessAt).toBe(clock());
});

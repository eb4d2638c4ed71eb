/** Proof of silence and evidence on the desk: gaps are hatched and never zero; bytes leave only with a reason and a line in the audit. */
import { escalateDue, makeSender } from '#io/engine';
import { type MailPeer, openMailPeer } from '../peers/mail.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Source, Tenant } from '#io/store';
import { ailingSources } from '../../src/start/collect/alarms.ts';
import { makeForgetter } from '../../src/start/retention.ts';
import { takeIn } from '../../src/start/intake/index.ts';
import { openSites, page, type Sites } from '../peers/sites.ts';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

const HOUR = 3_600_000;
const DAY = Date.parse('2026-09-17T00:00:00+08:00');
let house: House;
let visitor: Visitor;
let sites: Sites;
let mail: MailPeer;
let tenant: Tenant;
let said = '停水三天，居民排队接水。';

beforeAll(async () => {
  sites = await openSites();
  mail = await openMailPeer();
  house = await openHouse({ example: true, allowHosts: [sites.host, `127.0.0.1:${mail.port}`] });
  visitor = await signIn(house);
  const [first] = await house.store.institutions();
  const found = await house.store.tenant(first?.id ?? '');
  if (!found) throw new Error('no tenant');
  tenant = found;
  for (const s of await tenant.sources()) await tenant.putSource({ ...s, state: 'off' });
  const html = () =>
    `<!doctype html><html><head><title>停水一事</title></head><body><article>${`<p>${said}${'供水公司的答复已经公布，抢修正在进行。'.repeat(4)}</p>`.repeat(3)}</article></body></html>`;
  sites.on('/news', page(html));
  sites.on('/board', page(html));
  await connect('paper', 'outlet', DAY - HOUR);
  await connect('board', 'public-board', DAY - HOUR);
  await connect('whole', 'authority', DAY - HOUR);
  // Read at midnight and at three; the paper's site was down until nine.
  for (const [key, times] of [
    ['paper', [0, 1, 2, 9, 10]],
    ['board', [0, 1, 2]],
    ['whole', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ] as const)
    for (const h of times) await settle(key, DAY + h * HOUR, 'read');
  for (const h of [3, 4, 5]) await settle('paper', DAY + h * HOUR, 'failed', 'the site answered 503');
  const item = {
    source: 'paper',
    origin: 'own-watch',
    keeps: 'everything',
    title: '城东停水三天',
    text: '居民排队接水',
    outlet: '清江日报',
  } as const;
  await takeIn(
    tenant,
    [
      { ...item, id: 'it-news', url: sites.url('/news') },
      {
        ...item,
        id: 'it-board',
        source: 'board',
        title: '接水的队伍排到路口',
        text: '老人也在队伍里',
        outlet: '城市论坛',
        url: sites.url('/board'),
      },
    ],
    NOON,
  );
});
afterAll(async () => {
  await house.close();
  await sites.close();
  await mail.close();
});
async function connect(key: string, kind: Source['class'], since: number): Promise<void> {
  await tenant.putSource({
    key,
    kind: 'rss',
    title: `来源${key}`,
    ownerUnit: 'letters-section',
    purpose: 'p',
    settings: { url: sites.url(`/${key}`) },
    state: 'on',
    validators: {},
    nextDueAt: NOON,
    class: kind,
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'a',
    switchedOnBy: 'b',
    switchedOnAt: since,
  });
}
async function settle(key: string, at: number, state: 'read' | 'failed', fault?: string): Promise<void> {
  await tenant.collecting.makeDue(key, at);
  await tenant.collecting.claim([key], 'me', at, at + 1);
  const outcome = {
    state,
    items: 20,
    fresh: 1,
    added: 0,
    milliseconds: 120,
    ...(fault === undefined ? {} : { fault }),
  };
  await tenant.collecting.settle({
    key,
    by: 'me',
    at,
    nextDueAt: at + HOUR,
    outcome,
    goesOn: last => last?.state === state && at - last.endedAt <= 2 * HOUR,
  });
}

const text = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('the page says what was read and draws what was not: hatched, with its length and its fault', async () => {
  const html = await visitor.text('/watch/coverage?from=2026-09-17&to=2026-09-17');
  expect(text(html)).toContain(
    '自动读取的来源 3 个： 1 个全程读到， 2 个有缺口'.replaceAll('： ', '：').replaceAll('， ', '，'),
  );
  const row = (key: string): string =>
    html.slice(html.indexOf(`id="s-${key}"`), html.indexOf('</tr>', html.indexOf(`id="s-${key}"`)));
  expect(row('paper').match(/class="cov-unread"/g)?.length).toBe(1);
  expect(row('whole')).not.toContain('cov-unread');
  // The board was last read at two and nobody has come since: a gap until now, and an alarm.
  expect(text(row('board'))).toContain('断了');
  const gaps = text(html.slice(html.indexOf('缺口</h2>')));
  expect(gaps).toContain('来源paper');
  expect(gaps).toContain('网站返回 503');
  expect(gaps).toContain('当时没有去读');
  // Classes without a source are said to be not covered.
  expect(text(html)).toMatch(/检索结果 没有覆盖/);
  expect(text(html)).toContain('个人账号、朋友圈、群聊');
});
test('a day before it was switched on nothing is claimed', async () => {
  const html = await visitor.text('/watch/coverage?from=2026-09-10&to=2026-09-10');
  expect(html).not.toContain('cov-unread');
  expect(html).not.toContain('class="cov-read"');
});
test('a brief quotes it: read throughout, and the times without numbers', async () => {
  const list = await visitor.text('/briefs');
  const daily = /href="(\/briefs\/[^"]*2026-09-16[^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(text(await visitor.text(daily))).toContain('本期覆盖：自己直接读取3个，其中全程读到3个');
  const today = text(await visitor.text(daily.replaceAll('2026-09-16', '2026-09-17')));
  expect(today).toContain('本期覆盖：自己直接读取3个，其中全程读到1个');
  expect(today).toMatch(/没有读到，没有数字：[^。]*来源paper/);
});
test('an outlet: text and bytes, an edit side by side, a disappearance that moves no duty', async () => {
  await actAs(visitor, 'letters-section/head');
  const look = (reason = '核对报道') => visitor.post('/inbox/it-news/evidence', { do: 'look', reason });
  expect((await visitor.post('/inbox/it-news/evidence', { do: 'look', reason: '' })).status).toBe(422);
  expect((await look()).status).toBe(303);
  said = '停水两天，居民到水站接水。';
  await look();
  sites.on('/news', (_request, response) => void response.writeHead(410).end());
  await look();
  const html = await visitor.text('/inbox/it-news/evidence');
  expect(text(html)).toMatch(/已存.*改过了.*不在了/);
  expect(html).toMatch(/class="went">[^<]*停水三天/);
  expect(html).toMatch(/class="came">[^<]*停水两天/);
  expect(text(html)).toContain('期限不变');
  const file = await visitor.get('/inbox/it-news/evidence/1');
  expect([file.headers.get('content-type'), file.headers.get('content-disposition')]).toEqual([
    'application/octet-stream',
    'attachment; filename="evidence-1.html"',
  ]);
  expect(await file.text()).toContain('停水三天');
});
test('where the public speaks: the digest; bytes sealed for the office that asks, opened with a reason, gone after 30 days', async () => {
  expect((await visitor.post('/inbox/it-board/evidence', { do: 'look', reason: '来访人要求核对原帖' })).status).toBe(
    303,
  );
  const [row] = await house.store.pool.scan<{ body: unknown; digest: string; sealed: string }>(
    "select l.body, l.digest, s.sealed from evidence_look l join evidence_sealed s on s.institution_id = l.institution_id and s.finding_id = l.finding_id and s.n = l.n where l.finding_id = 'it-board'",
    [],
  );
  expect(row?.body).toBeNull();
  expect(row?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(row?.sealed).not.toContain('停水');
  // Never as a plain download.
  expect((await visitor.get('/inbox/it-board/evidence/1')).status).toBe(404);
  const open = (reason: string) => visitor.post('/inbox/it-board/evidence', { do: 'open', n: '1', reason });
  expect((await open('')).status).toBe(422);
  expect(await (await open('答复前核对')).text()).toContain('居民');
  await actAs(visitor, 'director/head').catch(() => undefined);
  const offices = await visitor.text('/inbox/it-board/evidence');
  if (!offices.includes('name="n"')) expect((await open('好奇')).status).toBe(422);
  await actAs(visitor, 'letters-section/head');
  const audit = await house.store.pool.scan<{ detail: string }>(
    "select detail from audit where what = 'evidence-opened' order by id",
    [],
  );
  expect(audit[0]?.detail).toBe('it-board 1 letters-section/head: 答复前核对');
  const later = NOON + 31 * 24 * HOUR;
  expect(
    await tenant.evidence.openSealed('it-board', 1, { unit: 'letters-section', role: 'head' }, later),
  ).toBeUndefined();
  await makeForgetter(house.store)(later);
  // Sessions end by the same hand.
  visitor = await signIn(house);
  expect(text(await visitor.text('/inbox/it-board/evidence'))).toContain('到期已删');
  // Neither in a backup nor in an export of the log.
  const dump = await house.store.dump();
  expect([...dump.keys()]).not.toContain('evidence_sealed');
});
test('who is told of a dead source is named once, and told once', async () => {
  await tenant.putSetting('institution', { ...((await tenant.setting('institution')) as object), example: false });
  const ailing = await ailingSources(tenant, NOON);
  expect(ailing.map(a => [a.source.key, a.ailment.what])).toEqual([['board', 'dead']]);
  const saved = await visitor.post('/watch/coverage', { office: 'letters-section/head' });
  expect(saved.status).toBe(303);
  expect(await tenant.setting('source-alarm')).toEqual({ unit: 'letters-section', role: 'head' });
});

test('the named office gets it by mail, then the chain of the regulation while nobody takes note, until it is read again', async () => {
  const roles = ((await tenant.setting('institution')) as { setup: { roles: { unit: string; role: string }[] } }).setup
    .roles;
  await tenant.access.putSecret('notices', {
    channels: [
      {
        key: 'post',
        kind: 'mail',
        on: true,
        when: 'every',
        values: { server: `smtp://127.0.0.1:${mail.port}`, from: 'huiyin@example.cn' },
        to: [],
      },
    ],
    addresses: roles.map(r => ({ office: `${r.unit}/${r.role}`, kind: 'mail', to: `${r.unit}.${r.role}@example.cn` })),
    escalateMinutes: 15,
  });
  // An example speaks on its desk only.
  await house.store.pool.scan('update institution set is_example = false where id = $1', [tenant.institution.id]);
  await tenant.putSetting('source-alarm', { unit: 'general-office', role: 'watch-officer' });
  house.clock.at = NOON + HOUR;
  const now = () => house.clock.at;
  const { engine, sourceAlarms } = house.plugged;
  const told = async (): Promise<readonly string[]> => {
    await escalateDue(house.store.pool, engine.onSilence, now());
    const before = mail.taken.length;
    await makeSender(house.store.pool, engine.channelOf)(now);
    return mail.taken
      .slice(before)
      .map(t => t.to)
      .toSorted();
  };
  for (const s of await tenant.sources()) if (s.key !== 'board') await tenant.putSource({ ...s, state: 'off' });
  expect(await sourceAlarms(now())).toBeGreaterThan(0);
  expect(await told()).toEqual(['general-office.watch-officer@example.cn']);
  const source = Buffer.from(/\r\n\r\n([\s\S]*)/.exec(mail.taken.at(-1)?.source ?? '')?.[1] ?? '', 'base64').toString();
  expect(source).toContain('来源“来源board”');
  expect(await told()).toEqual([]);
  const page = text(await visitor.text('/notices'));
  expect(page).toContain('来源失灵');
  // As the regulation's own chain says for this office, one step after the other, each once.
  const steps: (readonly string[])[] = [];
  for (let i = 0; i < 8; i++) {
    house.clock.at += 16 * 60_000;
    const at = await told();
    if (at.length > 0) steps.push(at);
  }
  expect(steps).toEqual([
    ['general-office.head@example.cn'],
    ['leading-group.deputy@example.cn', 'leading-group.head@example.cn'],
  ]);
  // Told again a day later; once somebody takes note nobody further is told.
  house.clock.at += 24 * HOUR;
  await sourceAlarms(now());
  expect(await told()).toEqual(['general-office.watch-officer@example.cn']);
  const open = (await tenant.reminders({ open: true, limit: 50 })).filter(r => r.dutyKey === 'source|board');
  expect(open.length).toBe(1);
  expect(await tenant.acknowledge(open[0]?.key ?? '', 'H01', now())).toBe(true);
  house.clock.at += HOUR;
  expect(await told()).toEqual([]);
  // Read again: the reminder is closed, and the office hears that it is over.
  await settle('board', now(), 'read');
  house.clock.at += 11 * 60_000;
  await sourceAlarms(now());
  expect(await told()).toEqual(['general-office.watch-officer@example.cn']);
  expect((await tenant.reminders({ open: true, limit: 50 })).filter(r => r.dutyKey === 'source|board')).toEqual([]);
});

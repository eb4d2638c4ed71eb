/** Signing in where another system vouches, end to end against peers on loopback; and what such a system cannot do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  casPeer,
  dingTalkPeer,
  type IdentityPeer,
  openIdPeer,
  signInAtProvider,
  weComPeer,
} from '../peers/identity.ts';
import { type House, HOST, openHouse, signIn, Visitor } from './house.ts';

const tickets = new Map<string, { readonly service: string; readonly user: string }>();
const allowHosts: string[] = [];
let house: House;
let provider: IdentityPeer;
let wecom: IdentityPeer;
let ding: IdentityPeer;
let cas: IdentityPeer;
let admin: Visitor;
let person: { readonly code: string; readonly login: string };
const ACCESS = '/settings/access';

beforeAll(async () => {
  provider = await openIdPeer(`${HOST}/sign-in/back/oidc`);
  [wecom, ding, cas] = await Promise.all([weComPeer(), dingTalkPeer(), casPeer(tickets)]);
  allowHosts.push(...[provider, wecom, ding, cas].map(p => p.host));
  house = await openHouse({ example: true, allowHosts });
  admin = await signIn(house);
  const found = (await house.plugged.desk.people.list()).find(p => !p.administrator);
  if (!found) throw new Error('the example has more people');
  person = found;
  const ways = {
    oidc: {
      'value-issuer': `http://${provider.host}`,
      'value-client': 'huiyin',
      'value-secret': 'a client secret of at least thirty-two bytes',
    },
    wecom: {
      'value-corpid': 'ww1',
      'value-agentid': '1000002',
      'value-secret': 'wecom-secret',
      'value-api': `http://${wecom.host}`,
    },
    dingtalk: { 'value-client': 'ding1', 'value-secret': 'ding-secret', 'value-api': `http://${ding.host}` },
    cas: { 'value-server': `http://${cas.host}/cas` },
  };
  for (const [kind, values] of Object.entries(ways)) {
    const added = await admin.post(ACCESS, { do: 'add-way', kind, key: kind, title: kind, home: HOST, ...values });
    expect([kind, added.status]).toEqual([kind, 303]);
  }
}, 60_000);
afterAll(async () => {
  await Promise.all([provider, wecom, ding, cas].map(p => p.close()));
  await house.close();
});
const join = (way: string, subject: string) => admin.post(ACCESS, { do: 'link', way, subject, code: person.code });
/** Sent away, with what the address we were sent to says. */
async function leave(visitor: Visitor, way: string, to = ''): Promise<URL> {
  const response = await visitor.get(`/sign-in/with/${way}${to === '' ? '' : `?to=${encodeURIComponent(to)}`}`);
  expect([way, response.status]).toEqual([way, 303]);
  return new URL(response.headers.get('location') ?? '');
}
const pathOf = (url: string): string => url.slice(HOST.length);

test('OpenID Connect against a real provider: unknown at first, in once joined, at the page that was asked for', async () => {
  const stranger = new Visitor(house);
  const answer = await signInAtProvider((await leave(stranger, 'oidc')).href, 'lin.yue');
  const unknown = await stranger.get(pathOf(answer));
  expect([unknown.status, (await unknown.text()).includes('还没有和这里的人对应')]).toEqual([401, true]);
  await join('oidc', 'lin.yue');
  const visitor = new Visitor(house);
  const away = await leave(visitor, 'oidc', '/cases/C3');
  expect([away.searchParams.get('code_challenge_method'), away.searchParams.get('scope')]).toEqual(['S256', 'openid']);
  const came = await signInAtProvider(away.href, 'lin.yue');
  const inside = await visitor.get(pathOf(came));
  expect([inside.status, inside.headers.get('location')]).toEqual([303, '/cases/C3']);
  // The one-time password that nobody gave them is not asked for.
  expect((await visitor.get('/desk')).status).toBe(200);
  // The same answer again, or in another browser, opens nothing.
  expect((await visitor.get(pathOf(came))).status).toBe(403);
  const other = new Visitor(house);
  await leave(other, 'oidc');
  expect((await other.get(pathOf(came))).status).toBe(403);
  // Nor does a code of one sign-in under the state of another.
  const mixed = new URL(came);
  const fresh = await leave(other, 'oidc');
  mixed.searchParams.set('state', fresh.searchParams.get('state') ?? '');
  expect((await other.get(pathOf(mixed.href))).status).toBe(401);
});

test('WeCom: a member comes in with a code that is good once; somebody from outside does not', async () => {
  await join('wecom', 'LinYue');
  const visitor = new Visitor(house);
  const away = await leave(visitor, 'wecom', '/cases/C2/reply');
  expect(away.origin).toBe('https://login.work.weixin.qq.com');
  expect(Object.fromEntries(away.searchParams)).toMatchObject({
    login_type: 'CorpApp',
    appid: 'ww1',
    agentid: '1000002',
    redirect_uri: `${HOST}/sign-in/back/wecom`,
  });
  const state = away.searchParams.get('state') ?? '';
  const inside = await visitor.get(`/sign-in/back/wecom?code=code-of-lin&state=${state}`);
  expect([inside.status, inside.headers.get('location')]).toEqual([303, '/cases/C2/reply']);
  for (const code of ['code-of-lin', 'code-of-guest', '']) {
    const other = new Visitor(house);
    const s = (await leave(other, 'wecom')).searchParams.get('state') ?? '';
    expect([code, (await other.get(`/sign-in/back/wecom?code=${code}&state=${s}`)).status]).toEqual([code, 401]);
  }
  const forged = new Visitor(house);
  expect((await forged.get('/sign-in/back/wecom?code=code-of-lin&state=x')).status).toBe(403);
});

test('DingTalk: by the union id, and nothing else of what it says is kept', async () => {
  await join('dingtalk', 'union-7');
  const visitor = new Visitor(house);
  const away = await leave(visitor, 'dingtalk');
  expect([away.origin, away.searchParams.get('client_id')]).toEqual(['https://login.dingtalk.com', 'ding1']);
  const state = away.searchParams.get('state') ?? '';
  expect((await visitor.get(`/sign-in/back/dingtalk?authCode=auth-code&state=${state}`)).status).toBe(303);
  const again = (await leave(visitor, 'dingtalk')).searchParams.get('state') ?? '';
  expect((await visitor.get(`/sign-in/back/dingtalk?authCode=wrong&state=${again}`)).status).toBe(401);
  expect([...(await house.store.dump()).values()].join('')).not.toMatch(/13800000000|ding-secret|wecom-secret/);
});

test('CAS: a ticket for our own address with our state; an attribute of the same name does not count', async () => {
  await join('cas', 'lin.yue');
  const visitor = new Visitor(house);
  const away = await leave(visitor, 'cas');
  const service = away.searchParams.get('service') ?? '';
  tickets.set('ST-1', { service, user: 'lin.yue' });
  const back = new URL(service);
  back.searchParams.set('ticket', 'ST-1');
  expect((await visitor.get(pathOf(back.href))).status).toBe(303);
  // A ticket that was given for another site is refused by CAS, because we say which address it came to.
  const other = new Visitor(house);
  const mine = new URL((await leave(other, 'cas')).searchParams.get('service') ?? '');
  tickets.set('ST-2', { service: 'https://elsewhere.example/', user: 'lin.yue' });
  mine.searchParams.set('ticket', 'ST-2');
  expect((await other.get(pathOf(mine.href))).status).toBe(401);
});

test('somebody signed in joins their own name; a name belongs to one; removing the way removes what was joined', async () => {
  const response = await admin.post('/settings/security/join', { way: 'cas' }, { tokenFrom: '/settings/security' });
  const service = new URL(response.headers.get('location') ?? '').searchParams.get('service') ?? '';
  tickets.set('ST-3', { service, user: 'the.admin' });
  const joined = await admin.get(`${pathOf(service)}&ticket=ST-3`);
  expect(joined.headers.get('location')).toContain('/settings/security');
  expect(await admin.text('/settings/security')).toContain('已接上');
  expect((await join('cas', 'the.admin')).status).toBe(422);
  await admin.post(ACCESS, { do: 'end-way', way: 'cas' });
  expect((await house.plugged.desk.access.links()).filter(l => l.provider === 'cas')).toEqual([]);
  expect((await new Visitor(house).get('/sign-in/with/cas')).status).toBe(401);
});

test.each([
  ['http://sso.city.gov.cn', 'https only'],
  ['https://192.168.1.1', 'private'],
  ['ftp://sso.city.gov.cn', 'only http and https'],
])('an address that a secret should not be sent to is refused: %s', async (issuer, why) => {
  const refused = await admin.post(ACCESS, {
    do: 'add-way',
    kind: 'oidc',
    key: 'bad',
    title: 'x',
    home: HOST,
    'value-issuer': issuer,
    'value-client': 'c',
    'value-secret': 's',
  });
  expect([refused.status, (await refused.text()).includes(why)]).toEqual([422, true]);
});

test('the page to go on to is one of ours', async () => {
  for (const to of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere', '/sign-in/with/cas']) {
    const visitor = new Visitor(house);
    const page = await visitor.text(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(page).toContain('action="/sign-in"');
  }
});

/** Signing in: forced change of the first password, resting after wrong tries, tokens on every form, headers on every page. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type House, NOON, openHouse, PASSWORD, signIn, Visitor } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.at = NOON;
});

test('the first password opens only the page that changes it', async () => {
  const visitor = new Visitor(house);
  expect((await visitor.get('/desk')).headers.get('location')).toBe('/sign-in?to=%2Fdesk');
  const response = await visitor.post('/sign-in', house.first);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/password']);
  expect((await visitor.get('/desk')).headers.get('location')).toBe('/password');
  const short = await visitor.post('/password', { old: house.first.password, wanted: 'short', again: 'short' });
  expect([short.status, await short.text()]).toEqual([400, expect.stringContaining('太短')]);
  const common = await visitor.post('/password', {
    old: house.first.password,
    wanted: 'password123',
    again: 'password123',
  });
  // The fault stands at the field it is about.
  expect(await common.text()).toMatch(/<div class="field bad"><label for="wanted">.*太容易猜/);
  const same = await visitor.post('/password', {
    old: house.first.password,
    wanted: house.first.password,
    again: house.first.password,
  });
  expect(await same.text()).toContain('请换一个');
  const done = await visitor.post('/password', { old: house.first.password, wanted: PASSWORD, again: PASSWORD });
  expect(done.status).toBe(303);
  expect(await visitor.text('/desk')).toContain('现在先办一件');
});

test('five wrong passwords rest the login for a quarter of an hour, right ones included', async () => {
  await signIn(house);
  const visitor = new Visitor(house);
  for (let i = 1; i <= 5; i++) {
    const response = await visitor.post('/sign-in', { login: 'admin', password: `wrong ${i}` });
    expect([i, response.status]).toEqual([i, 401]);
    expect(await response.text()).toContain(i < 5 ? '登录名或密码不对' : '停用 15 分钟');
  }
  expect(await (await visitor.post('/sign-in', { login: 'admin', password: PASSWORD })).text()).toContain(
    '停用 15 分钟',
  );
  house.clock.at = NOON + 15 * 60_000 + 1000;
  expect((await visitor.post('/sign-in', { login: 'admin', password: PASSWORD })).headers.get('location')).toBe(
    '/desk',
  );
});

test('a login that does not exist is answered like a wrong password', async () => {
  const response = await new Visitor(house).post('/sign-in', { login: 'nobody', password: 'whatever it is' });
  expect([response.status, (await response.text()).includes('登录名或密码不对')]).toEqual([401, true]);
});

test('a form without the token, with another token or from another site is not taken', async () => {
  const visitor = await signIn(house);
  const before = (await house.plugged.desk.log.head()).entries;
  const round = { found: '0', sources: ['website'] };
  for (const [why, options] of [
    ['no token', { token: '' }],
    ['another token', { token: 'x'.repeat(43) }],
    ['another site', { origin: 'https://elsewhere.example' }],
  ] as const) {
    const response = await visitor.post('/watch', round, options);
    expect([why, response.status]).toEqual([why, 403]);
  }
  expect((await house.plugged.desk.log.head()).entries).toBe(before);
  expect((await visitor.post('/watch', round)).status).toBe(303);
  expect((await house.plugged.desk.log.head()).entries).toBe(before + 1);
});

test('a session ends after twelve idle hours, after seven days, and when the password changes', async () => {
  const idle = await signIn(house);
  house.clock.at = NOON + 12 * 3_600_000 + 1000;
  expect((await idle.get('/desk')).status).toBe(302);
  house.clock.at = NOON;
  const busy = await signIn(house);
  for (let hour = 0; hour < 7 * 24; hour += 6) {
    house.clock.at = NOON + hour * 3_600_000;
    expect([hour, (await busy.get('/log')).status]).toEqual([hour, 200]);
  }
  house.clock.at = NOON + 7 * 24 * 3_600_000 + 1000;
  expect((await busy.get('/desk')).status).toBe(302);
  house.clock.at = NOON;
  const here = await signIn(house);
  const there = await signIn(house);
  await here.post('/password', { old: PASSWORD, wanted: `${PASSWORD} again`, again: `${PASSWORD} again` });
  expect((await there.get('/desk')).status).toBe(302);
  expect((await here.get('/desk')).status).toBe(200);
  await here.post('/password', { old: `${PASSWORD} again`, wanted: PASSWORD, again: PASSWORD });
}, 120_000);

test('the cookie is opaque, closed to scripts, and safe where the connection is', async () => {
  const visitor = new Visitor(house);
  const response = await visitor.post('/sign-in', { login: 'admin', password: PASSWORD });
  const line = response.headers.getSetCookie().find(c => c.startsWith('__Host-huiyin=')) ?? '';
  expect(line).toMatch(/^__Host-huiyin=[\w-]{43};/);
  for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(line).toContain(part);
  const exposed = new Visitor(house, 'http://10.1.2.3:8420');
  const plain = await exposed.post('/sign-in', { login: 'admin', password: PASSWORD });
  expect(plain.headers.getSetCookie().find(c => c.startsWith('huiyin='))).not.toContain('Secure');
  expect(await exposed.text('/desk')).toContain('这条连接没有加密');
  expect(await visitor.text('/desk')).not.toContain('这条连接没有加密');
});

test('every page forbids inline script and style, and holds none', async () => {
  const visitor = await signIn(house);
  for (const path of [
    '/sign-in',
    '/desk',
    '/inbox',
    '/cases/C3',
    '/cases/C2/reply/reply-2',
    '/rules',
    '/people',
    '/answers',
    '/setup',
  ]) {
    const response = await visitor.get(path);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).not.toContain('unsafe');
    expect(policy, path).toContain("require-trusted-types-for 'script'; trusted-types default");
    expect(response.headers.get('x-frame-options'), path).toBe('DENY');
    expect(await response.text(), path).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\sstyle="|\son[a-z]+="/);
  }
});

test('signing out ends the session in the store, not only in the browser', async () => {
  const visitor = await signIn(house);
  const kept = visitor.cookie('__Host-huiyin') ?? '';
  await visitor.post('/sign-out', {}, { tokenFrom: '/desk' });
  const thief = await house.app.request('http://127.0.0.1:8420/desk', {
    headers: { host: '127.0.0.1:8420', cookie: `__Host-huiyin=${kept}` },
  });
  expect(thief.status).toBe(302);
});

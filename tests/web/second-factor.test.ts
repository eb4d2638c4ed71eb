/** The second factor, sessions ended from afar, the three who run a house, tokens and the audit, through the pages. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeAt, fromBase32, stepOf } from '../../src/web/second-factor.ts';
import { type House, openHouse, PASSWORD, signIn, Visitor } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());
/** Half a minute on, so that the next code is a new one. */
const later = (): void => void (house.clock.at += 31_000);
const admin = { login: 'admin', password: PASSWORD };
const SECURITY = '/settings/security';
const onceShown = (page: string): string[] =>
  [...page.matchAll(/<span class="code">([a-z0-9]{4}(?:-[a-z0-9]{4}){3})<\/span>/g)].map(m => m[1] ?? '');

test('the six digits are those of RFC 6238', () => {
  const secret = new TextEncoder().encode('12345678901234567890');
  const rows = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const;
  for (const [seconds, code] of rows)
    expect([seconds, codeAt(secret, stepOf(seconds * 1000), 8)]).toEqual([seconds, code]);
});

let recovery: string[] = [];
let secret: Uint8Array = new Uint8Array();
test('it is turned on with a code and the password, and then the password alone opens nothing', async () => {
  const visitor = await signIn(house);
  const setup = await (await visitor.post(`${SECURITY}/second`, { do: 'start' }, { tokenFrom: SECURITY })).text();
  const key = /name="key" value="([A-Z2-7]{32})"/.exec(setup)?.[1] ?? '';
  secret = fromBase32(key) ?? secret;
  expect(setup).toContain(`secret=${key}`);
  const confirm = (code: string, password: string) =>
    visitor.post(`${SECURITY}/second`, { do: 'confirm', key, code, password }, { tokenFrom: SECURITY });
  expect((await confirm('000000', PASSWORD)).status).toBe(422);
  expect((await confirm(codeAt(secret, stepOf(house.clock.at)), 'not the password')).status).toBe(422);
  const done = await (await confirm(codeAt(secret, stepOf(house.clock.at)), PASSWORD)).text();
  recovery = onceShown(done);
  expect(recovery.length).toBe(8);
  // The secret is not in the store in the open.
  const [row] = await house.store.pool.scan<{ second_factor: string }>(
    "select second_factor from staff where login = 'admin'",
    [],
  );
  expect(row?.second_factor).toMatch(/^s1:k1:/);

  later();
  const other = new Visitor(house);
  expect((await other.post('/sign-in', admin)).headers.get('location')).toBe('/sign-in/second');
  for (const path of ['/desk', '/people', '/log/export', SECURITY])
    expect([path, (await other.get(path)).status]).toEqual([path, 302]);
  const code = codeAt(secret, stepOf(house.clock.at));
  expect((await other.post('/sign-in/second', { code })).headers.get('location')).toBe('/desk');
  expect((await other.get('/desk')).status).toBe(200);

  // The same code, or one from before it, is of no use to somebody who looked over a shoulder.
  const thief = new Visitor(house);
  await thief.post('/sign-in', admin);
  expect((await thief.post('/sign-in/second', { code })).status).toBe(401);
  expect((await thief.get('/desk')).status).toBe(302);
});

test('a recovery code works once', async () => {
  const [code = ''] = recovery;
  const one = new Visitor(house);
  await one.post('/sign-in', admin);
  expect((await one.post('/sign-in/second', { code: code.toUpperCase() })).status).toBe(303);
  const two = new Visitor(house);
  await two.post('/sign-in', admin);
  expect((await two.post('/sign-in/second', { code })).status).toBe(401);
  expect(await one.text(SECURITY)).toContain('还有 7 个');
});

test('five wrong codes end the way in for a quarter of an hour, a right one included', async () => {
  const visitor = new Visitor(house);
  await visitor.post('/sign-in', admin);
  for (let i = 0; i < 6; i++) await visitor.post('/sign-in/second', { code: '123456' });
  later();
  const again = new Visitor(house);
  await again.post('/sign-in', admin);
  const code = codeAt(secret, stepOf(house.clock.at));
  expect((await again.post('/sign-in/second', { code })).status).toBe(401);
  house.clock.at += 16 * 60_000;
  const patient = new Visitor(house);
  await patient.post('/sign-in', admin);
  expect((await patient.post('/sign-in/second', { code: codeAt(secret, stepOf(house.clock.at)) })).status).toBe(303);
});

/** In, with whatever is asked. */
async function enter(): Promise<Visitor> {
  later();
  const visitor = new Visitor(house);
  await visitor.post('/sign-in', admin);
  await visitor.post('/sign-in/second', { code: codeAt(secret, stepOf(house.clock.at)) });
  return visitor;
}

test('a session is seen and ended from another', async () => {
  const here = await enter();
  const there = await enter();
  const page = await here.text(SECURITY);
  const marks = [...page.matchAll(/name="mark" value="([0-9a-f]{16})"/g)].map(m => m[1] ?? '');
  expect(marks.length).toBeGreaterThan(0);
  await here.post(SECURITY, { do: 'end-others' });
  expect((await there.get('/desk')).status).toBe(302);
  expect((await here.get('/desk')).status).toBe(200);
});

test('tries at the same moment are all counted', async () => {
  const visitor = new Visitor(house);
  const token = await visitor.token('/sign-in');
  const all = await Promise.all(
    Array.from({ length: 12 }, (_, i) => visitor.post('/sign-in', { login: 'h99', password: `guess ${i}` }, { token })),
  );
  const locked = (await Promise.all(all.map(r => r.text()))).filter(t => t.includes('停用 15 分钟')).length;
  expect(locked).toBe(8);
});

test('one address is not let try without end, whatever logins it names', async () => {
  const from = { incoming: { socket: { remoteAddress: '10.9.8.7' } } };
  const tenant = await house.store.tenant((await house.store.institutions())[0]?.id ?? '');
  for (let i = 0; i < 100; i++) await tenant?.access.countTry('from:10.9.8.7', house.clock.at, 900_000);
  const visitor = new Visitor(house);
  const token = await visitor.token('/sign-in');
  const form = new FormData();
  for (const [k, v] of Object.entries({ ...admin, csrf: token })) form.set(k, v);
  const response = await house.app.request(
    'http://127.0.0.1:8420/sign-in',
    {
      method: 'POST',
      body: form,
      headers: { host: '127.0.0.1:8420', cookie: `__Host-huiyin-door=${visitor.cookie('__Host-huiyin-door')}` },
    },
    from,
  );
  expect([response.status, (await response.text()).includes('停用 15 分钟')]).toEqual([401, true]);
});

test('who runs the machine, who lets people in and who inspects are three, once they are named', async () => {
  const visitor = await enter();
  const people = (await house.plugged.desk.people.list()).filter(p => !p.administrator);
  const [officer, auditor] = people;
  if (!officer || !auditor) throw new Error('the example has more people');
  expect((await visitor.get('/settings/audit')).status).toBe(200);
  const name = (duty: string, code: string) => visitor.post('/settings/access', { do: 'duty', duty, code });
  const self = (await house.plugged.desk.people.byLogin('admin'))?.code ?? '';
  expect((await name('security', self)).status).toBe(422);
  await name('audit', auditor.code);
  expect((await visitor.get('/settings/audit')).status).toBe(403);
  await name('security', officer.code);
  for (const path of ['/settings/access', '/settings/audit']) expect((await visitor.get(path)).status).toBe(403);
  expect((await visitor.post('/people', { do: 'reset', code: officer.code }, { tokenFrom: '/desk' })).status).toBe(403);
  expect((await visitor.get('/settings/notices')).status).toBe(200);
  // The store refuses the two in one person as well.
  await expect(
    house.store.pool.scan("update staff set house_duty = 'audit' where login = 'admin'", []),
  ).rejects.toThrow(/staff_one_duty/);
  // They cannot administer, and the auditor changes nothing.
  const { hashPassword } = await import('../../src/web/index.ts');
  for (const p of await house.plugged.desk.people.list())
    if (p.duty)
      await house.plugged.desk.people.save({ ...p, mustChange: false, passwordHash: await hashPassword(PASSWORD) });
  const inspecting = new Visitor(house);
  await inspecting.post('/sign-in', { login: auditor.login, password: PASSWORD });
  const seen = await inspecting.text('/settings/audit');
  for (const said of ['指定三员', '开第二重验证', '用了备用码', '登录失败']) expect(seen).toContain(said);
  for (const path of ['/settings/access', '/settings/notices']) expect((await inspecting.get(path)).status).toBe(403);
  const letting = new Visitor(house);
  await letting.post('/sign-in', { login: officer.login, password: PASSWORD });
  expect((await letting.get('/settings/access')).status).toBe(200);
  for (const path of ['/settings/audit', '/settings/notices']) expect((await letting.get(path)).status).toBe(403);

  // Where the house asks for a second factor, nothing else opens before it is there.
  await letting.post('/settings/access', { do: 'rules', second: 'everybody' });
  expect((await inspecting.get('/desk')).headers.get('location')).toBe(SECURITY);
  expect(await inspecting.text(SECURITY)).toContain('本单位要求');
});

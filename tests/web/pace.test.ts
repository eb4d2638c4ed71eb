/** Whoever asks for pages faster than a person can is told to wait, and the audit has it once; others notice nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp } from '../../src/web/index.ts';
import { SESSION_PACE } from '../../src/web/pace.ts';
import { type House, openHouse, signIn } from './house.ts';

let house: House;
beforeAll(async () => {
  const plain = await openHouse();
  const app = makeApp(plain.plugged.desk, {
    paced: true,
    behindProxy: true,
    asset: () => undefined,
    report: () => undefined,
  });
  house = { ...plain, app };
});
afterAll(() => house.close());

test('a session that copies the house is slowed down, another one is not', async () => {
  const copier = await signIn(house);
  const officer = await signIn(house);
  let last = 200;
  let asked = 0;
  for (; last === 200 && asked <= SESSION_PACE.burst; asked++)
    last = (await copier.get('/healthz-of-nothing')).status === 429 ? 429 : 200;
  expect(last).toBe(429);
  expect(asked).toBeLessThanOrEqual(SESSION_PACE.burst + 1);
  const told = await copier.get('/cases');
  expect([told.status, told.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await told.text()).toContain('翻得太快');
  expect((await officer.get('/cases')).status).toBe(200);
  house.clock.at += 1000;
  expect((await copier.get('/cases')).status).toBe(200);
  const noted = (await house.plugged.desk.access.audit(undefined, 50)).filter(r => r.what === 'too-fast');
  expect(noted).toHaveLength(1);
});

test('without a session the address counts, and a vendor who pushes is counted by its token alone', async () => {
  const ask = (path: string, from: string, method = 'GET'): Promise<Response> =>
    Promise.resolve(
      house.app.request(`http://127.0.0.1:8420${path}`, { method, headers: { 'x-forwarded-for': from } }),
    );
  let status = 200;
  for (let i = 0; i <= SESSION_PACE.burst && status !== 429; i++) status = (await ask('/answers', '192.0.2.1')).status;
  expect(status).toBe(429);
  expect((await ask('/answers', '192.0.2.2')).status).toBe(200);
  expect((await ask('/api/v1/items', '192.0.2.1', 'POST')).status).toBe(401);
  expect((await ask('/api/v1/duties', '192.0.2.1')).status).toBe(429);
  expect((await ask('/healthz', '192.0.2.1')).status).toBe(200);
});

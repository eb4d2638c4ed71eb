/** A sign-in from an address that is new for somebody is said in each of their sessions, and stands in the audit; a known one is not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeApp } from '../../src/web/index.ts';
import { type House, openHouse, signIn, Visitor } from './house.ts';

let house: House;
let person: { login: string; password: string };
beforeAll(async () => {
  const plain = await openHouse();
  const app = makeApp(plain.plugged.desk, { behindProxy: true, asset: () => undefined, report: () => undefined });
  house = { ...plain, app };
  const made = await signIn(house);
  expect(made).toBeInstanceOf(Visitor);
  person = { login: house.first.login, password: 'three quiet rivers meet' };
});
afterAll(() => house.close());

const from = async (address: string): Promise<Visitor> => {
  const visitor = new Visitor(house, undefined, { 'x-forwarded-for': address, 'user-agent': 'Firefox/130 (Windows)' });
  expect((await visitor.post('/sign-in', person)).status).toBe(303);
  return visitor;
};
const SAID = '这个账号从新的地点登录';

test('the first address there ever was is not new, the second is, in every session', async () => {
  const office = await from('192.0.2.7');
  // The house's first sign-in had no address: this person has signed in before, so this place is new.
  expect(await office.text('/desk')).toContain(`${SAID}：192.0.2.7 Firefox · Windows`);
  await office.post('/settings/security', { do: 'place-seen' });
  expect(await office.text('/desk')).not.toContain(SAID);

  const again = await from('192.0.2.7');
  expect(await again.text('/desk')).not.toContain(SAID);

  const elsewhere = await from('198.51.100.9');
  for (const visitor of [office, again, elsewhere])
    expect(await visitor.text('/desk')).toContain(`${SAID}：198.51.100.9`);
  expect(await office.text('/settings/security')).toContain('是我');
  await office.post('/settings/security', { do: 'place-seen' });
  for (const visitor of [office, again, elsewhere]) expect(await visitor.text('/desk')).not.toContain(SAID);
});

test('an address that merely ends like a known one is not known', async () => {
  const near = await from('2.0.2.7');
  expect(await near.text('/desk')).toContain(`${SAID}：2.0.2.7`);
});

test('half a year later a place is new again', async () => {
  house.clock.at += 190 * 86_400_000;
  await from('203.0.113.1');
  const office = await from('192.0.2.7');
  expect(await office.text('/desk')).toContain(`${SAID}：192.0.2.7`);
});

test('the audit says so, once each', async () => {
  const rows = await house.plugged.desk.access.audit(undefined, 200);
  expect(rows.filter(r => r.what === 'new-place').map(r => r.detail.split(' ')[0])).toEqual([
    '192.0.2.7',
    '203.0.113.1',
    '2.0.2.7',
    '198.51.100.9',
    '192.0.2.7',
  ]);
});

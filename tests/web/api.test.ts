/** Reading by token: its scopes, its end, its trace in the audit; and looking at restricted pages leaves one as well. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

const ACCESS = '/settings/access';
let house: House;
let admin: Visitor;
beforeAll(async () => {
  house = await openHouse();
  admin = await signIn(house);
});
afterAll(() => house.close());

async function makeToken(scope: readonly string[], days = '30'): Promise<string> {
  const page = await (await admin.post(ACCESS, { do: 'make-token', title: 'county desk', scope, days })).text();
  return /hy_[\w-]{43}/.exec(page)?.[0] ?? '';
}
const ask = (what: string, token: string, method = 'GET') =>
  house.app.request(`http://127.0.0.1:8420/api/v1/${what}`, {
    method,
    headers: { host: '127.0.0.1:8420', authorization: `Bearer ${token}` },
  });

test('a token reads what it may, until it ends; the store never holds it', async () => {
  const token = await makeToken(['duties', 'public-answers']);
  const duties = await ask('duties', token);
  const said = (await duties.json()) as { items: readonly Record<string, unknown>[]; entries: number };
  expect([duties.status, said.items.length > 3, said.entries > 10]).toEqual([200, true, true]);
  expect(Object.keys(said.items[0] ?? {})).toEqual([
    'clause',
    'duty',
    'case',
    'unit',
    'role',
    'startedAt',
    'dueAt',
    'state',
  ]);
  expect((await ask('public-answers', token)).status).toBe(200);
  expect((await ask('cases', token)).status).toBe(403);
  expect((await ask('people', token)).status).toBe(404);
  expect((await ask('duties', token, 'POST')).status).toBe(404);
  expect([...(await house.store.dump()).values()].join('')).not.toContain(token);
  // A token opens no page.
  const page = await house.app.request('http://127.0.0.1:8420/desk', { headers: { authorization: `Bearer ${token}` } });
  expect(page.status).toBe(302);
  const [{ id } = { id: '' }] = await house.plugged.desk.access.tokens();
  await admin.post(ACCESS, { do: 'end-token', token: id });
  expect((await ask('duties', token)).status).toBe(401);
  const short = await makeToken(['cases'], '1');
  expect((await ask('cases', short)).status).toBe(200);
  house.clock.at = NOON + 86_400_000 + 1000;
  expect((await ask('cases', short)).status).toBe(401);
  house.clock.at = NOON;
  admin = await signIn(house);
});

test.each([
  ['no scope', { scope: [], days: '30', title: 'x' }],
  ['no end', { scope: ['duties'], days: '0', title: 'x' }],
  ['too long', { scope: ['duties'], days: '400', title: 'x' }],
  ['for nobody', { scope: ['duties'], days: '30', title: '' }],
  ['an unknown scope', { scope: ['everything'], days: '30', title: 'x' }],
])('a token that would be too much is not made: %s', async (_why, fields) => {
  const before = (await house.plugged.desk.access.tokens()).length;
  expect((await admin.post(ACCESS, { do: 'make-token', ...fields })).status).toBe(422);
  expect((await house.plugged.desk.access.tokens()).length).toBe(before);
});

test('tokens cannot be guessed without end', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 40; i++) statuses.add((await ask('duties', `hy_${'A'.repeat(43)}`)).status);
  expect([...statuses]).toEqual([401, 429]);
});

test('reading a text that came in, a paper, the whole log and the audit itself is noted with who did', async () => {
  const [finding] = await house.plugged.desk.findings.list({ limit: 1 });
  const looked = [`/inbox/${finding?.id}`, '/log/export', '/settings/audit'];
  for (const path of looked) expect([path, (await admin.get(path)).status]).toEqual([path, 200]);
  const rows = await house.plugged.desk.access.audit(undefined, 100);
  for (const path of looked)
    expect(
      rows.filter(r => r.detail === path && (r.what === 'read' || r.what === 'export') && r.code).length,
      path,
    ).toBe(1);
  // The application can add to the audit and never change or remove what stands in it.
  const id = (await house.plugged.desk.institution())?.id ?? '';
  for (const sql of [
    "update audit set detail = '' where institution_id = $1",
    'delete from audit where institution_id = $1',
  ])
    await expect(house.store.pool.inTenant(id, query => query(sql, [id]))).rejects.toThrow(/permission denied/);
});

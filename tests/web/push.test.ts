/** What docs/specs/push.md says, line by line, against the real endpoint. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../src/web/session.ts';
import { type House, HOST, openHouse } from './house.ts';

const TOKEN = `hy_${'p'.repeat(43)}`;
const OTHER = `hy_${'o'.repeat(43)}`;
const ITEM = {
  ref: 'v-20260713-7',
  title: '信访局接待大厅漏雨',
  text: '接待大厅没人管，连续三天漏雨',
  url: 'https://news.example.cn/7.html',
  outlet: '清江晚报',
  publishedAt: '2026-07-13T09:30:00+08:00',
};
let house: House;
beforeAll(async () => {
  house = await openHouse({ example: true });
  const { access, sources, people } = house.plugged.desk;
  const source = {
    key: 'vendor',
    kind: 'push',
    title: '监测公司',
    settings: { origin: 'agency' },
    state: 'tried',
    ownerUnit: 'general-office',
    purpose: '了解反映',
    class: 'bought',
    reach: 'domestic',
    pace: 'hour',
    proposedBy: 'G01',
  } as const;
  await sources.save(source);
  await sources.save({ ...source, state: 'on', switchedOnBy: 'G02' });
  const madeBy = (await people.list())[0]?.code ?? '';
  const token = { title: 'v', madeBy, madeAt: house.clock.at, expiresAt: house.clock.at + 9_000_000 };
  await access.addToken({ ...token, id: 'p', scopes: ['push:vendor'] }, digestOf(TOKEN));
  await access.addToken({ ...token, id: 'o', scopes: ['duties'] }, digestOf(OTHER));
});
afterAll(() => house.close());

const send = async (body: unknown, token = TOKEN): Promise<{ status: number; said: Record<string, unknown> }> => {
  const response = await house.app.request(`${HOST}/api/v1/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, said: (await response.json()) as Record<string, unknown> };
};

test('an item is taken in, and sending it again adds nothing', async () => {
  const first = await send({ items: [ITEM] });
  expect([first.status, first.said['dropped']]).toEqual([200, {}]);
  expect(first.said['items']).toEqual([{ ref: ITEM.ref, id: expect.any(String), result: 'added' }]);
  expect((await send({ items: [ITEM] })).said['items']).toMatchObject([{ result: 'known' }]);
  const [found] = (await house.plugged.desk.findings.list({ limit: 50 })).filter(f => f.url === ITEM.url);
  expect(found).toMatchObject({ origin: 'agency', outlet: '清江晚报', url: ITEM.url });
});

test('an item is refused alone, and who spoke is dropped and counted', async () => {
  const { said } = await send({
    items: [
      { ...ITEM, ref: 'a', url: 'https://news.example.cn/8.html', author: 'x', 作者: 'y' },
      { title: '没有编号' },
      { ...ITEM, ref: 'b', sentiment: 'negative' },
      { ...ITEM, ref: 'c', publishedAt: '2026-07-13 09:30' },
    ],
  });
  const items = said['items'] as readonly { result: string; reason?: string }[];
  expect(items.map(i => i.result).slice(1)).toEqual(['refused', 'refused', 'refused']);
  expect(items.map(i => i.reason?.slice(0, 28)).slice(1)).toEqual([
    '"ref" is missing: without it',
    'there is no field "sentiment',
    '"publishedAt" has no offset:',
  ]);
  expect(said['dropped']).toEqual({ author: 1, 作者: 1 });
});

test.each([
  // status, what is sent, with which token
  [401, { items: [ITEM] }, `hy_${'x'.repeat(43)}`],
  [403, { items: [ITEM] }, OTHER],
  [422, { rows: [] }, TOKEN],
  [422, 'no json', TOKEN],
  [422, { items: Array.from({ length: 501 }, () => ITEM) }, TOKEN],
  [413, { items: [{ ...ITEM, text: 'x'.repeat(4 * 1024 * 1024 + 1) }] }, TOKEN],
] as const)('%i', async (status, body, token) => {
  const answer = await send(body, token);
  expect([answer.status, typeof answer.said['error']]).toEqual([status, 'string']);
});

test('what is switched off takes nothing', async () => {
  const { sources } = house.plugged.desk;
  const [source] = (await sources.list()).filter(s => s.key === 'vendor');
  if (!source) throw new Error('gone');
  await sources.save({ ...source, state: 'off' });
  expect((await send({ items: [ITEM] })).status).toBe(409);
});

/** Where the house asks for four eyes, nobody signs what the same person drafted; elsewhere it is shown and counted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
const REPLY = '/cases/C2/reply/reply-2';
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  // In the example the administrator holds both offices: one person with two hats.
  await actAs(visitor, 'reception-section/head');
  await visitor.post(
    `${REPLY}/draft`,
    {
      form: 'reply',
      text: '关于接待大厅午间接待问题的答复\n从9月21日起，午间安排 2 名工作人员轮值接待。\n清江市信访局',
      forUnit: 'reception-section',
    },
    { tokenFrom: '/desk' },
  );
  await actAs(visitor, 'leading-group/head');
});
afterAll(() => house.close());
async function sign(): Promise<Response> {
  const hash = /name="hash" value="(sha256:[0-9a-f]{64})"/.exec(await visitor.text(REPLY))?.[1] ?? '';
  return visitor.post(`${REPLY}/sign`, { do: 'sign', hash, as: 'leading-group' }, { tokenFrom: '/desk' });
}
const setRule = (four: string) =>
  visitor.post('/settings/access', { do: 'four-eyes', four }, { tokenFrom: '/settings/access' });
const signatures = async () =>
  (await house.plugged.desk.log.read(0)).filter(e => e.type === 'signature.given' && e.data['document'] === 'reply-2');
const counted = async () => Number(/今年有 (\d+) 次签字/.exec(await visitor.text('/settings/access'))?.[1]);

test('asked for: the same person is stopped, whatever hat it wears, and nothing is stored', async () => {
  const before = (await signatures()).length;
  expect((await setRule('yes')).status).toBe(303);
  const stopped = await sign();
  expect(stopped.status).toBe(422);
  expect(await stopped.text()).toContain('起草人和签字人是两个人');
  expect((await signatures()).length).toBe(before);
});

test('not asked for: it is signed', async () => {
  const before = (await signatures()).length;
  const countedBefore = await counted();
  await setRule('');
  expect((await sign()).status).toBe(303);
  expect((await signatures()).length).toBe(before + 1);
  expect(await visitor.text(REPLY)).toContain('起草人本人签字');
  expect(await counted()).toBe(countedBefore + 1);
});

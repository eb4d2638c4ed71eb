/** Supervision: who owes what, a reminder in one click that is recorded and told, and a reason written where time was lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
});
afterAll(() => house.close());
const events = async (type: string) => (await house.plugged.desk.log.read(0)).filter(e => e.type === type);

test('every unit with an open duty is listed, with the loop of every open case', async () => {
  const html = await visitor.text('/supervision');
  for (const text of ['督办', '每案闭环', '受理', '办结']) expect(html).toContain(text);
  expect(html.match(/<ol class="duties press">/g)?.length ?? 0).toBeGreaterThan(1);
});

test('a reminder is one entry, told to the owing office, and moves no deadline', async () => {
  await actAs(visitor, 'county-opinion-office/officer');
  const before = await visitor.text('/supervision');
  const duty = /name="duty" value="([^"]+)"/.exec(before)?.[1] ?? '';
  expect(duty).not.toBe('');
  const response = await visitor.post('/supervision', { duty, back: '/desk' }, { tokenFrom: '/supervision' });
  expect(response.headers.get('location')).toMatch(/^\/desk\?said=/);
  const [pressed] = (await events('press.reminded')).slice(-1);
  expect(pressed?.data['clause']).toBe(duty.split('_')[0]);
  const notices = await house.plugged.desk.notices.list(50);
  expect(notices.some(n => n.key.includes(pressed?.id ?? '-') && n.subject.startsWith('【督办】'))).toBe(true);
  const after = await visitor.text('/supervision');
  expect(after).toContain('提醒过 1 次');
  const due = (html: string): string =>
    new RegExp(`id="${duty.replaceAll('.', '\\.')}"[\\s\\S]*?data-due="([^"]+)"`).exec(html)?.[1] ?? 'none';
  expect(due(after)).toBe(due(before));
});

test('nobody reminds where nothing is owed', async () => {
  const count = (await events('press.reminded')).length;
  const response = await visitor.post('/supervision', { duty: 'X-1_C9' }, { tokenFrom: '/supervision' });
  expect(decodeURIComponent(response.headers.get('location') ?? '')).toContain('已经办了');
  expect((await events('press.reminded')).length).toBe(count);
});

test('what is late asks for a sentence; the sentence is kept without numbers of people', async () => {
  house.clock.at = NOON + 3 * 86_400_000;
  visitor = await signIn(house);
  const desk = await visitor.text('/desk?scope=all');
  const path = /href="(\/reason\/[^"]+)"/.exec(desk)?.[1] ?? '';
  expect(path).not.toBe('');
  expect((await visitor.post(path, { reason: '' })).status).toBe(422);
  const saved = await visitor.post(path, { reason: '承办人当天在外调查，来信人电话 13800138000 已回访' });
  expect(saved.status).toBe(303);
  const written = (await events('explanation.written')).at(-1);
  expect(String(written?.data['reason'])).not.toContain('13800138000');
  expect(await visitor.text('/desk?scope=all')).not.toContain(`href="${path}"`);
  house.clock.at = NOON;
});

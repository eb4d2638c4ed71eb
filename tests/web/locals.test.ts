/** Figures of the house's own: one person writes, another switches on, then they hold and every derivation says whose they are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { join } from 'node:path';
import { bare, openStage, type Staged } from './staged.ts';
import { ROOT, type Visitor } from './house.ts';

const PAGE = '/registers/locals';
let stage: Staged;
let one: Visitor;
let two: Visitor;
beforeAll(async () => {
  stage = await openStage({
    rulebook: 'petition',
    day: join(ROOT, 'rulebooks/petition/days/routine-and-refusals'),
    name: { zh: '清江市示例信访局', en: 'Example petition bureau' },
    at: '2026-06-15 09:00',
    from: '2026-06-01',
  });
  one = await stage.as('group-office/head');
  two = await stage.as('general-office/head');
  for (const person of await stage.plugged.desk.people.list())
    if (['group-office/head', 'general-office/head'].includes(person.name))
      await stage.plugged.desk.people.save({ ...person, administrator: true });
});
afterAll(() => stage.close());
const decided = async () => (await stage.log()).filter(e => e.type === 'setting.decided').map(e => e.data);
const atOf = (html: string, key: string): string =>
  new RegExp(`name="key" value="${key}"[^>]*>\\s*<input type="hidden" name="at" value="(\\d+)"`).exec(html)?.[1] ?? '';
const propose = (who: Visitor, fields: Readonly<Record<string, string>>) =>
  who.post(PAGE, { do: 'propose', decidedBy: 'group-office', ...fields }, { tokenFrom: PAGE });

test.each([
  // what is wrong                fields                                                             what the page says
  ['no such figure', { key: 'nothing', value: '3', unit: 'days', reason: 'x' }, '没有'],
  ['no number', { key: 'review-interval', value: '', unit: 'days', reason: 'x' }, '“数值”没有填'],
  ['words where a span is wanted', { key: 'review-interval', value: '每月', unit: 'days', reason: 'x' }, '一段时间'],
  ['a unit that is none', { key: 'review-interval', value: '3', unit: 'moons', reason: 'x' }, '一段时间'],
  ['no reason', { key: 'review-interval', value: '30', unit: 'days', reason: '' }, '“理由”没有填'],
  ['a threshold that is none', { key: 'grade-proposal', items: 'many', step: '2', reason: 'x' }, '门槛要写整数'],
  ['no threshold at all', { key: 'grade-proposal', step: '2', reason: 'x' }, '门槛要写整数'],
  ['a step of nothing', { key: 'grade-proposal', items: '20', step: '0', reason: 'x' }, '门槛要写整数'],
])('%s: refused with its reason, nothing kept', async (_what, fields, says) => {
  const response = await propose(one, fields);
  expect(response.status).toBe(422);
  expect(bare(await response.text())).toContain(says);
  expect((await stage.plugged.desk.settings.read()).proposedLocals ?? []).toEqual([]);
});

test('written by one, it holds for nobody; its author cannot switch it on, a second person does', async () => {
  await propose(one, { key: 'review-interval', value: '30', unit: 'days', reason: '每月梳理一次' });
  const page = await one.text(PAGE);
  expect(bare(page)).toContain('30 天');
  expect(bare(page)).toContain('是你写的，要由另一个人启用');
  expect(await decided()).toEqual([]);
  const at = atOf(page, 'review-interval');
  expect(at).not.toBe('');
  expect((await one.post(PAGE, { do: 'on', key: 'review-interval', at }, { tokenFrom: PAGE })).status).toBe(422);
  // What was changed since the page was shown is not switched on unseen.
  expect((await two.post(PAGE, { do: 'on', key: 'review-interval', at: '1' }, { tokenFrom: PAGE })).status).toBe(422);
  expect(await decided()).toEqual([]);
  expect((await two.post(PAGE, { do: 'on', key: 'review-interval', at }, { tokenFrom: PAGE })).status).toBe(303);
  expect(await decided()).toMatchObject([
    { key: 'review-interval', value: '30 days', label: 'local', reason: '每月梳理一次', decidedBy: 'group-office' },
  ]);
  expect(bare(await two.text(PAGE))).toContain('每月梳理一次');
  expect((await stage.plugged.desk.settings.read()).proposedLocals).toEqual([]);
});

test('thresholds of the grade proposal: switched on they are what the next proposal counts by', async () => {
  await propose(one, { key: 'grade-proposal', items: '50、10', media: '3', step: '1', reason: '本市媒体少' });
  const at = atOf(await two.text(PAGE), 'grade-proposal');
  expect((await two.post(PAGE, { do: 'on', key: 'grade-proposal', at }, { tokenFrom: PAGE })).status).toBe(303);
  expect((await decided()).at(-1)).toMatchObject({ key: 'grade-proposal', value: 'items 10 50; media 3; step 1' });
  expect((await stage.plugged.desk.triage.settings()).grading).toEqual({
    atLeast: [
      { name: 'items', atLeast: 10 },
      { name: 'items', atLeast: 50 },
      { name: 'media', atLeast: 3 },
    ],
    perStep: 1,
  });
});

test('one that is turned down is gone, and for half a minute comes back with one click', async () => {
  await propose(one, { key: 'review-interval', value: '60', unit: 'days', reason: '两个月一次' });
  const at = atOf(await two.text(PAGE), 'review-interval');
  const dropped = await two.post(PAGE, { do: 'drop', key: 'review-interval', at }, { tokenFrom: PAGE });
  expect((await stage.plugged.desk.settings.read()).proposedLocals).toEqual([]);
  const id = new URL(dropped.headers.get('location') ?? '', 'http://x').searchParams.get('undo') ?? '';
  await two.post('/undo', { id }, { tokenFrom: PAGE });
  expect((await stage.plugged.desk.settings.read()).proposedLocals).toMatchObject([{ value: '60 days' }]);
  expect(stage.faults).toEqual([]);
});

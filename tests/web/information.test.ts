/** Information on its way up in a court: passed as a ranked lead, classed, written, numbered, sent, adopted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCourt } from './court.ts';
import { actAs, type House, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openCourt('2026-12-21T10:00:00+08:00');
  visitor = await signIn(house);
});
afterAll(() => house.close());
const last = async (n: number) => (await house.plugged.desk.log.read(0)).slice(-n);

test('a department passes leads; the better rank stands on top until a class is set', async () => {
  await actAs(visitor, 'filing-division/head');
  for (const [what, rank] of [
    ['立案大厅排队时间延长', '2'],
    ['网上立案系统停用半天', '1'],
  ] as const)
    expect((await visitor.post('/information', { what, rank })).status).toBe(303);
  expect((await last(3)).map(e => e.type)).toEqual(['information.arose', 'case.opened', 'lead.passed']);
  const page = await visitor.text('/information');
  expect(page.indexOf('网上立案系统')).toBeLessThan(page.indexOf('立案大厅排队'));
  expect((await visitor.post('/information', { what: '', rank: '1' })).status).toBe(422);
  expect((await visitor.post('/information', { what: '一件事', rank: '0' })).status).toBe(422);
});
test('the research office classes, writes, numbers and sends it up; the duty is met by the issue', async () => {
  await actAs(visitor, 'research-office/head');
  const page = await visitor.text('/information');
  const write = /href="(\/briefs\/brief-issue-[\w-]+)"/.exec(page)?.[1] ?? '';
  const key = write.split('-').at(-1) ?? '';
  await visitor.post(
    `/cases/${key}/do/classification.set`,
    { scale: 'information-class', value: 'general', reason: '一般' },
    { tokenFrom: '/information' },
  );
  expect((await last(1))[0]).toMatchObject({ type: 'classification.set', case: key });
  const draft = await visitor.text(write);
  expect(draft).toContain('网上立案系统停用半天');
  expect((await visitor.post(write, { do: 'draft', opening: '网上立案系统上午停用，现已恢复。' })).status).toBe(303);
  const shown = await visitor.text(write);
  const hash = /name="hash" value="([^"]+)"/.exec(shown)?.[1] ?? '';
  const as = /<select id="b-as"[^>]*><option value="([^"]+)"/.exec(shown)?.[1] ?? '';
  expect((await visitor.post(write, { do: 'sign', hash, as })).status).toBe(303);
  expect((await visitor.post(write, { do: 'issue', hash })).status).toBe(422);
  expect((await visitor.post(write, { do: 'issue', hash, upTo: 'superior-court' })).status).toBe(303);
  expect((await last(1))[0]).toMatchObject({
    type: 'submission.entered',
    case: key,
    data: { unit: 'research-office', issue: '〔2026〕1号', to: ['superior-court'] },
  });
  expect(await visitor.text(write)).toContain('网上立案系统上午停用，现已恢复。');
});
test('an adoption is registered beside its issue', async () => {
  expect(await visitor.text('/information')).toContain('/do/adoption.entered?issue=');
  await visitor.post(
    '/do/adoption.entered',
    { issue: '〔2026〕1号', by: 'provincial-high-court' },
    { tokenFrom: '/information' },
  );
  expect((await last(1))[0]).toMatchObject({ type: 'adoption.entered', data: { by: 'provincial-high-court' } });
  expect(await visitor.text('/information')).toContain('高级人民法院');
  expect(house.faults).toEqual([]);
});

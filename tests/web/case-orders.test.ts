/** Orders, passing on, closing over the environment bureau's rulebook: what is refused, what is told, what stays open. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './house.ts';
import { bare, openStage, type Staged } from './staged.ts';

let stage: Staged;
let path = '';
beforeAll(async () => {
  stage = await openStage({
    rulebook: 'environment',
    day: join(ROOT, 'rulebooks/environment/days/calls-and-orders'),
    name: { zh: '清江市示例生态环境局', en: 'Example environment bureau' },
    at: '2026-07-06 09:00',
    from: '2026-07-01',
    names: {
      'air-section': { zh: '大气科', en: 'Air section' },
      'water-section': { zh: '水科', en: 'Water section' },
      'monitoring-station': { zh: '监测站', en: 'Monitoring station' },
    },
  });
});
afterAll(() => stage.close());
/** Entries as `type` and what of them this test reads. */
const since = async (n: number, ...fields: readonly string[]): Promise<unknown[]> =>
  (await stage.log()).slice(n).map(e => [e.type, ...fields.map(f => e.data[f]).filter(v => v !== undefined)]);
const count = async (): Promise<number> => (await stage.log()).length;

test('a call of an outlet becomes a case in one form, and nobody who called is asked for', async () => {
  const section = await stage.as('publicity-section/head');
  const form = await section.text('/cases/new?how=media');
  expect(form).not.toMatch(/name="(name|phone|mobile|reporter)"/i);
  const opened = await section.post(
    '/cases/new',
    { how: 'media', subject: '夜里有异味', concerns: ['air-section'], outlet: 'city-tv', contactPoint: '新闻部' },
    { tokenFrom: '/desk' },
  );
  path = (opened.headers.get('location') ?? '').split('?')[0] ?? '';
  expect(path).toMatch(/^\/cases\/c-/);
  expect(await since(0, 'unit', 'concerns')).toEqual([
    ['media.called', 'publicity-section'],
    ['case.opened', ['air-section']],
  ]);
  expect(bare(await section.text(path))).toContain('夜里有异味');
});

test('an order with two asks: what the text declines can only be refused, with its clause, and the sender must be told', async () => {
  const office = await stage.as('general-office/head');
  await office.post(
    `${path}/orders`,
    {
      do: 'receive',
      from: 'city-government',
      format: 'call',
      dueAt: '2026-07-08T12:00',
      'act-1': 'send-facts',
      'text-1': '报送情况',
      'act-2': 'have-post-deleted',
      'text-2': '处理掉那条视频',
    },
    { tokenFrom: '/desk' },
  );
  const page = bare(await office.text(`${path}/orders`));
  expect(page).toContain('要求删帖');
  expect(page).toContain('这一项规章列为不做，只能不办并告知来文单位');
  const before = await count();
  const order = String((await stage.log()).at(-1)?.data['instruction']);
  const decline = {
    do: 'answer',
    instruction: order,
    'a1.done': 'yes',
    'a1.result': '情况报告已送',
    'a2.done': 'no',
    'a2.clause': 'F-1.2.2a',
    'a2.reason': '删除发言不解决问题',
    'a2.substitute': '公开监测数据并署名答复',
  };
  const untold = await office.post(`${path}/orders`, decline, { tokenFrom: '/desk' });
  const html = await untold.text();
  expect([untold.status, bare(html).includes('不办的项目要先告知来文单位')]).toEqual([422, true]);
  // What was typed is still there.
  expect(html).toContain('删除发言不解决问题');
  expect(await count()).toBe(before);
  const done = await office.post(
    `${path}/orders`,
    { ...decline, 'a2.done': 'yes', 'a2.result': '已联系平台', told: 'true' },
    { tokenFrom: '/desk' },
  );
  expect([done.status, await count()]).toEqual([422, before]);
  const right = await office.post(`${path}/orders`, { ...decline, told: 'true' }, { tokenFrom: '/desk' });
  expect(right.status).toBe(303);
  expect(await since(before, 'ask', 'clause')).toEqual([
    ['instruction.item-done', 'a1'],
    ['instruction.item-declined', 'a2', 'F-1.2.2a'],
    ['instruction.closed'],
  ]);
  expect(bare(await office.text(path))).toContain('要求删帖 不办');
});

test('a matter is passed down as a task, sent back with a reason, ruled on, and taken', async () => {
  const leader = await stage.as('bureau/main-leader');
  const air = await stage.as('air-section/head');
  const before = await count();
  await leader.post(
    `${path}/passing`,
    { do: 'give', to: 'air-section', as: 'answering', why: '来电问的是夜间异味' },
    { tokenFrom: '/desk' },
  );
  const given = (await stage.log()).at(-1)?.id ?? '';
  const silent = await air.post(`${path}/passing`, { do: 'back', id: given, reason: '' }, { tokenFrom: '/desk' });
  expect([silent.status, bare(await silent.text()).includes('没有写理由')]).toEqual([422, true]);
  await air.post(`${path}/passing`, { do: 'back', id: given, reason: '异味来自河边，归水科' }, { tokenFrom: '/desk' });
  expect(bare(await leader.text(`${path}/passing`))).toContain('异味来自河边，归水科');
  await leader.post(
    `${path}/passing`,
    { do: 'rule', id: given, to: 'water-section', reason: '按监测点位归水科，气科配合' },
    { tokenFrom: '/desk' },
  );
  const ruled = (await stage.log()).at(-1)?.id ?? '';
  const water = await stage.as('water-section/head');
  await water.post(`${path}/passing`, { do: 'take', id: ruled, reason: '' }, { tokenFrom: '/desk' });
  expect(await since(before, 'to', 'unit', 'as', 'why', 'reason')).toEqual([
    ['assignment.made', 'air-section', 'answering', '来电问的是夜间异味'],
    ['assignment.returned', 'air-section', '异味来自河边，归水科'],
    ['assignment.made', 'water-section', 'answering', '按监测点位归水科，气科配合'],
    ['assignment.accepted', 'water-section'],
  ]);
  // The same press twice changes nothing.
  const twice = await water.post(`${path}/passing`, { do: 'take', id: ruled, reason: '' }, { tokenFrom: '/desk' });
  expect(twice.status).toBe(422);
});

test('an event is planned with its pack, an interview needs leave, and both stand in the log', async () => {
  const section = await stage.as('publicity-section/head');
  const before = await count();
  const nameless = await section.post(
    `${path}/events`,
    { do: 'plan', kind: 'interview', topic: '' },
    { tokenFrom: '/desk' },
  );
  expect(nameless.status).toBe(422);
  await section.post(
    `${path}/events`,
    { do: 'plan', kind: 'interview', topic: '夜间监测', pack: ['answer-lines'] },
    { tokenFrom: '/desk' },
  );
  const key = String((await stage.log()).at(-1)?.data['event']);
  const leader = await stage.as('bureau/main-leader');
  await leader.post(
    `${path}/events`,
    { do: 'allow', event: key, for: 'interview', place: 'scene' },
    { tokenFrom: '/desk' },
  );
  await section.post(
    `${path}/events`,
    { do: 'held', event: key, kind: 'interview', place: 'scene', speakerRole: 'head', pack: ['answer-lines'] },
    { tokenFrom: '/desk' },
  );
  expect(await since(before, 'kind', 'place', 'pack')).toEqual([
    ['press-event.planned', 'interview', ['answer-lines']],
    ['authorisation.given', 'scene'],
    ['press-event.held', 'interview', 'scene', ['answer-lines']],
  ]);
});

test('releases are planned in stages, sorted by date; a plan without a date is none', async () => {
  const section = await stage.as('publicity-section/head');
  const empty = await section.post(`${path}/events`, { do: 'stages', 'what-1': '初步情况' }, { tokenFrom: '/desk' });
  expect(empty.status).toBe(422);
  await section.post(
    `${path}/events`,
    { do: 'stages', 'on-1': '2026-07-09', 'what-1': '处理结果', 'on-2': '2026-07-07', 'what-2': '监测数据' },
    { tokenFrom: '/desk' },
  );
  expect((await stage.log()).at(-1)?.data['stages']).toEqual([
    { on: '2026-07-07', what: '监测数据' },
    { on: '2026-07-09', what: '处理结果' },
  ]);
});

test('closing says what is missing, takes a reason, and the case can be opened again', async () => {
  const section = await stage.as('publicity-section/head');
  expect(bare(await section.text(`${path}/close`))).toMatch(/还欠着 \d+ 项职责/);
  expect((await section.post(`${path}/close`, { reason: '' }, { tokenFrom: '/desk' })).status).toBe(422);
  const closed = await section.post(`${path}/close`, { reason: '监测达标，已答复' }, { tokenFrom: '/desk' });
  expect(closed.headers.get('location')).toMatch(new RegExp(`^${path}\\?said=`));
  const html = await section.text(path);
  expect(bare(html)).not.toMatch(/可以结案了|还不能结案/);
  await section.post(`${path}/do/case.reopened`, { reason: '夜里又有异味' }, { tokenFrom: '/desk' });
  expect(bare(await section.text(path))).toMatch(/可以结案了|还不能结案/);
});

test('forms ask in Chinese and offer the rulebook’s own words instead of keys', async () => {
  const section = await stage.as('publicity-section/head');
  for (const type of [
    'report.made',
    'meeting.held',
    'archive.bundled',
    'satisfaction.asked',
    'evaluation.written',
    'notice.sent',
  ]) {
    const html = await section.text(`${path}/do/${type}`);
    const words = [...html.matchAll(/<(?:label|legend|option|h1|h2)[^>]*>([^<]+)</g)].map(m => (m[1] ?? '').trim());
    expect([type, ...words.filter(x => x !== '' && !/[\u3400-\u9fff]/.test(x))].join(' ')).toBe(type);
  }
});

test('no page failed on the way', () => {
  expect(stage.faults).toEqual([]);
});

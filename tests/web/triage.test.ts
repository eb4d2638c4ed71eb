/** Stories on the desk: decided, taken back, split, joined; rules tried and switched on by another; misses that become tests. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { actAs, type House, openHouse, signIn, Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const desk = () => house.plugged.desk;
const stories = (tab: 'new' | 'taken' | 'dismissed' = 'new') => desk().triage.stories({ tab, limit: 100 });
const named = async (title: string, tab: 'new' | 'taken' | 'dismissed' = 'new') => {
  const found = (await stories(tab)).find(s => s.title.includes(title));
  if (!found) throw new Error(`no story "${title}"`);
  return found;
};
const last = async () => (await desk().log.read(0)).at(-1);
const JUDGED = { subject: '反映一件事', matter: 'complaint', concerns: ['reception-section'] };
async function undo(): Promise<Response> {
  const [act] = await desk().triage.acts(0);
  house.clock.at += 1000;
  return visitor.post('/inbox/undo', { act: act?.id ?? '', back: '/inbox' }, { tokenFrom: '/inbox' });
}

beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'reception-section/head');
});
// The newest act is known by its moment.
beforeEach(() => {
  house.clock.at += 1000;
});
afterAll(() => house.close());

test('the list folds copies, draws who was silent, says why each is here, and the pane what copies changed', async () => {
  const html = await visitor.text(`/inbox/${(await named('六个小区供水改造退费未到账')).id}`);
  const text = bare(html);
  expect(text).toMatch(/\d+ 条合成 \d+ 件/);
  expect(text).toContain('1 个沉默');
  expect(text).toMatch(/江岸快讯从 .{2,12} 起读不到/);
  expect(html).toMatch(/<rect class="gap"/);
  expect(text).toMatch(/已立案〔\d+〕3号，新增 \d+ 条/);
  expect(text).toContain('同文转载');
  expect(text).toMatch(/把“[^”]*半年[^”]*”写成“[^”]*多月[^”]*”/);
  expect(text).toContain('第 2 版');
  expect(text).toMatch(/热度 = 每条的分量/);
  expect(html).toMatch(/<mark>退费<\/mark>/);
});

test('what stands in public and what was sent are never shown as the same; a public story learns a count by topic', async () => {
  const refund = await named('六个小区供水改造退费未到账');
  const html = await visitor.text(`/inbox/${refund.id}`);
  const items = await desk().triage.items(refund.id, 500);
  expect(items.filter(i => i.lane !== 'public')).toEqual([]);
  expect(bare(html)).toMatch(/同题热线 \d+ 件，只计数/);
  // Of the rows behind the count nothing stands in the story itself: no id, no text.
  const pane = html
    .slice(html.indexOf('<article'), html.indexOf('</article>'))
    // Where the list goes on is not part of the story.
    .replace(/<input[^>]*name="next"[^>]*>/, '');
  const rows = (
    await Promise.all((await stories()).filter(s => s.lane === 'hotline').map(s => desk().triage.items(s.id, 500)))
  ).flat();
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) expect([pane.includes(row.id), pane.includes(row.text)]).toEqual([false, false]);
  const hotline = (await stories()).find(s => s.lane === 'hotline');
  const joined = await visitor.post(`/inbox/${refund.id}`, { do: 'merge', with: hotline?.id ?? '', why: '同一件' });
  expect([joined.status, bare(await joined.text()).includes('不能并成一件')]).toEqual([422, true]);
});

test('put aside by one digit, taken back within half a minute, and not later; nothing is edited', async () => {
  const { id } = await named('旧闻');
  const before = await desk().findings.count('new');
  const response = await visitor.post(`/inbox/${id}`, { dismiss: 'old-news' });
  expect(response.status).toBe(303);
  expect(await desk().findings.count('new')).toBe(before - 1);
  expect((await last())?.data).toMatchObject({ reason: 'duplicate', why: '旧事重发，没有新情况。' });
  expect(await visitor.text('/inbox')).toContain('class="toast undo');
  const n = (await desk().log.read(0)).length;
  await undo();
  expect(await desk().findings.count('new')).toBe(before);
  expect((await desk().log.read(n)).map(e => e.type)).toEqual(['entry.corrected']);
  // Once more, and this time the half minute passes.
  await visitor.post(`/inbox/${id}`, { dismiss: 'old-news' });
  // The finding was on record already: only the dismissal is new.
  expect((await desk().log.read(n + 1)).map(e => e.type)).toEqual(['finding.dismissed']);
  house.clock.at += 60_000;
  const late = await undo();
  expect(decodeURIComponent(late.headers.get('location') ?? '')).toContain('已过半分钟');
  expect((await named('旧闻', 'dismissed')).fresh).toBe(0);
});

test('a case that was opened by mistake is gone again, its number stays used, and the story waits', async () => {
  const story = await named('接待大厅中午又关门');
  const opened = await visitor.post(`/inbox/${story.id}`, { do: 'open', ...JUDGED });
  const path = opened.headers.get('location') ?? '';
  expect(path).toMatch(/^\/cases\//);
  expect((await visitor.get(path)).status).toBe(200);
  await undo();
  expect((await visitor.get(path)).status).toBe(404);
  expect((await named('接待大厅中午又关门')).fresh).toBeGreaterThan(0);
  const again = await visitor.post(`/inbox/${story.id}`, { do: 'open', ...JUDGED });
  const shown = bare(await visitor.text(again.headers.get('location') ?? ''));
  expect(shown).toContain('5号');
  // What was put on record by the undo gives way to the finding in the case: one finding stands.
  const key = (again.headers.get('location') ?? '').replace('/cases/', '');
  const [first] = await desk().triage.items(story.id, 10);
  expect(first).toMatchObject({ state: 'in-case', caseId: key });
});

test('a story is split with a reason and joined again by undo; without a reason nothing happens', async () => {
  const story = await named('供水改造退费没到账');
  const items = (await desk().triage.items(story.id, 50)).filter(i => i.sameOf === undefined);
  const [chosen] = items.slice(-1);
  const none = await visitor.post(`/inbox/${story.id}`, { do: 'split', item: chosen?.id ?? '', why: '' });
  expect([none.status, bare(await none.text()).includes('要写一句理由')]).toEqual([422, true]);
  const all = await visitor.post(`/inbox/${story.id}`, { do: 'split', item: items.map(i => i.id), why: '全部' });
  expect(all.status).toBe(422);
  const split = await visitor.post(`/inbox/${story.id}`, { do: 'split', item: chosen?.id ?? '', why: '问的是补登记' });
  const apart = (split.headers.get('location') ?? '').replace('/inbox/', '');
  expect((await last())?.data).toEqual({ story: story.id, new: apart, reason: '问的是补登记' });
  expect((await desk().triage.items(apart, 10)).map(i => i.id)).toEqual([chosen?.id]);
  await undo();
  expect((await last())?.type).toBe('story.joined');
  expect((await desk().triage.story(apart))?.id).toBe(story.id);
});

test('two stories are joined with a reason, and each of their items is found in the one that is left', async () => {
  const a = await named('网上预约打不开');
  const b = await named('复查期限怎么算');
  const items = await desk().triage.items(b.id, 10);
  await visitor.post(`/inbox/${b.id}`, { do: 'merge', with: a.id, why: '同一批来问办事的' });
  expect((await last())?.data).toMatchObject({ story: b.id, into: a.id });
  expect((await visitor.get(`/inbox/${items[0]?.id}`)).status).toBe(200);
  expect((await desk().triage.story(b.id))?.id).toBe(a.id);
  await undo();
  expect((await desk().triage.story(b.id))?.id).toBe(b.id);
});

test('why a text is not matched: each rule and the smallest part that failed; what is pasted is not kept', async () => {
  const n = await desk().triage.head();
  const response = await visitor.post('/inbox/why-not', { text: '信访局招聘公告，供水处也招人，电话 13912345678' });
  const text = bare(await response.text());
  expect(text).toContain('出现了排除词“招聘”');
  expect(text).toMatch(/没有出现：.*退费/);
  expect(text).not.toContain('13912345678');
  expect(await desk().triage.head()).toBe(n);
});

test('what grows near us without a rule is listed, taken in, and asks which rule should have caught it', async () => {
  const page = await visitor.text('/inbox/growing');
  expect(bare(page)).toContain('城西路');
  const item = /name="item" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const taken = await visitor.post('/inbox/growing', { item });
  expect(bare(await taken.text())).toContain('哪条关注词该抓到');
  expect((await desk().triage.story(item))?.fresh).toBe(1);
});

test('a rule counts only after a trial and a second person; its misses are tests', async () => {
  const add = (fields: Record<string, string | string[]>) =>
    visitor.post(
      '/concerns',
      { do: 'version', title: '物业', note: '要看', ...fields },
      { tokenFrom: '/concerns/new' },
    );
  for (const [expr, why] of [
    ['张建国', '像人名'],
    ['王局长', '对人的称呼'],
    ['13912345678', '电话或账号'],
    ['物业 AND', '有错'],
    ['', '没有填'],
  ] as const) {
    const refused = await add({ expr });
    expect([expr, refused.status, bare(await refused.text()).includes(why)]).toEqual([expr, 422, true]);
  }
  // A name of the house's own directory passes, and so does what its author says is a place.
  const place = await add({ expr: '石桥镇 AND 物业', 'said-term': ['石桥镇'], 'said-is': ['place'] });
  expect(place.status).toBe(303);
  const miss = {
    how: 'phone',
    title: '塌陷没有看到',
    text: '城西路路口路面塌陷，绕行',
    rule: 'road',
    why: '规则还没有启用',
  };
  expect((await visitor.post('/misses', miss, { tokenFrom: '/misses/new' })).status).toBe(303);
  expect(bare(await visitor.text('/misses'))).toContain('还漏');
  const early = await visitor.post('/concerns/road', { do: 'on', version: '1' });
  expect(decodeURIComponent(early.headers.get('location') ?? '')).toContain('先试跑');
  await visitor.post('/concerns/road', { do: 'try', version: '1' });
  const tried = bare(await visitor.text('/concerns/road'));
  expect(tried).toMatch(/比现行多命中 [1-9]\d* 条/);
  expect(tried).toContain('登记过的漏报 1 条，这一版抓到 1 条');
  const on = await visitor.post('/concerns/road', { do: 'on', version: '1' });
  // What went by before the rule was on is taken in: once, and the version says how much.
  const said = /补收 ([1-9]\d*) 件/.exec(decodeURIComponent(on.headers.get('location') ?? ''))?.[1];
  expect(bare(await visitor.text('/concerns/road'))).toContain(`补收 ${said} 件`);
  expect((await desk().settings.read()).matchRules.map(r => r.id)).toContain('road');
  expect(bare(await visitor.text('/misses'))).toContain('抓得到');
  // Who wrote a version does not switch it on: neither through the page nor past it.
  const own = (place.headers.get('location') ?? '').split('?')[0] ?? '';
  await visitor.post(own, { do: 'try', version: '1' });
  const refused = await visitor.post(own, { do: 'on', version: '1' });
  expect(decodeURIComponent(refused.headers.get('location') ?? '')).toContain('不能自己启用');
  expect(await desk().triage.switchOn(own.replace('/concerns/', ''), 1, 'X000', house.clock.at)).toBe(false);
});

test('everybody can read by which words we look, without what they exclude', async () => {
  const text = bare(await new Visitor(house).text('/answers/rules'));
  expect(text).toContain('供水退费');
  expect(text).toContain('信访局');
  expect(text).not.toContain('招聘');
  expect(text).not.toContain('NOT');
});

test('recurring questions are ranked by count and go into the log in one step', async () => {
  expect(bare(await visitor.text('/inbox/topics'))).toMatch(/网上预约打不开 [2-9] 次，分在 [2-9] 天/);
  await visitor.post('/inbox/topics', {});
  const entry = await last();
  expect(entry?.type).toBe('topic-list.made');
  expect(String(entry?.data['topics'])).toContain('网上预约打不开');
});

test('a grade is proposed with the criteria that hold, and nothing is decided by that', async () => {
  const n = (await desk().log.read(0)).length;
  const html = await visitor.text('/cases/C3/do/classification.set');
  expect(bare(html)).toMatch(/建议“较大”：媒体 2 家/);
  // The petition rulebook leaves its criteria to a person; what proposes is the house's own, and says so.
  expect(bare(html)).toContain('待人判断');
  expect(bare(html)).toContain('本地参数');
  expect(html).toMatch(/value="larger"[^>]*checked|checked[^>]*value="larger"/);
  expect((await desk().log.read(0)).length).toBe(n);
  const refund = await named('六个小区供水改造退费未到账');
  await visitor.post(`/inbox/${refund.id}/trend`, {}, { tokenFrom: `/inbox/${refund.id}` });
  expect(await last()).toMatchObject({ type: 'trend.noted', case: 'C3', data: { direction: 'rising', outlets: 4 } });
});

test('the recall drill draws a fixed sample, takes a verdict an item, and what was ours becomes a finding', async () => {
  await visitor.post('/misses/drill', { do: 'start' });
  const page = await visitor.text('/misses/drill');
  const item = /name="item" value="([^"]+)"/.exec(page)?.[1] ?? '';
  await visitor.post('/misses/drill', { do: 'not-ours', item });
  expect(bare(await visitor.text('/misses/drill'))).toMatch(/看了 1\/\d+ 条，漏 0 条/);
});

test('with few assignments routing says that there is nothing to learn from', async () => {
  const response = await visitor.post('/routing', { do: 'train' });
  expect([response.status, bare(await response.text()).includes('才学得出来')]).toEqual([422, true]);
});

test('thresholds out of range are refused with the field, good ones are kept', async () => {
  const fields = {
    near: '0.55',
    threshold: '0.2',
    window: '14',
    matter: '0.6',
    share: '0.2',
    price: '1.5',
    apart: '0.3',
    halfLife: '24',
    excess: '3',
    keep: '14',
    keepTexts: '1096',
    drill: '50',
    places: '清江、城西',
  };
  const bad = await visitor.post('/concerns', { do: 'thresholds', ...fields, keep: '900' });
  expect([bad.status, bare(await bad.text()).includes('没命中的保留几天')]).toEqual([422, true]);
  await visitor.post('/concerns', { do: 'thresholds', ...fields });
  const { story } = await desk().triage.settings();
  expect([story.threshold, story.evidence]).toEqual([0.2, { share: 0.2, price: 1.5, apart: 0.3 }]);
  expect(house.faults).toEqual([]);
});

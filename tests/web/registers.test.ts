/**
 * Registers over real worked days of four institutions: every page answers, every form writes the entry it says, and what
 * does not belong there is refused with its reason.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGISTERS } from '../../src/web/view/registers.ts';
import { type House, signIn, type Visitor } from './house.ts';
import type { Worked } from '../worked-day.ts';
import { bare, openWorked } from './worked.ts';

const HOUSES: readonly Worked[] = [
  { institution: 'court', day: 'conference-and-channels', held: ['news-publicity-dept/head'] },
  { institution: 'community-correction', day: 'a-quiet-week', held: ['leading-group/head'] },
  { institution: 'market-regulation', day: 'sensitive-then-major', held: ['news-section/head'] },
  { institution: 'environment', day: 'calls-and-orders', held: ['publicity-section/head'] },
];
const says = async (response: Response): Promise<string> => bare(await response.text());

describe.each(HOUSES)('$institution', worked => {
  let house: House;
  let visitor: Visitor;
  beforeAll(async () => {
    house = await openWorked(worked);
    visitor = await signIn(house);
  });
  afterAll(() => house.close());

  test('every register is a page with a way on, in both languages, and a workbook', async () => {
    const all = await visitor.text('/registers');
    for (const key of REGISTERS) {
      expect(all).toContain(`href="/registers/${key}"`);
      for (const language of ['en', 'zh']) {
        const response = await visitor.get(`/registers/${key}?lang=${language}`);
        expect([key, response.status]).toEqual([key, 200]);
        const html = await response.text();
        const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
        expect([key, /<a |<button/.test(main)]).toEqual([key, true]);
      }
      const table = await visitor.get(`/registers/${key}/table`);
      expect([key, table.status, table.headers.get('content-type')?.includes('spreadsheetml')]).toEqual([
        key,
        200,
        true,
      ]);
    }
    expect((await visitor.get('/registers/nothing')).status).toBe(404);
    expect(house.faults).toEqual([]);
  });
  test('who may do what names an article for every power it lists', async () => {
    const html = await visitor.text('/registers/permissions');
    const rows = html.split('<tr>').slice(2);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(r => !r.includes('href="/rules#'))).toEqual([]);
  });
  test('a training is planned and held; the duty that asks for one is met by it', async () => {
    const unit = (await house.plugged.desk.institution())?.setup.units.find(u => u.kind !== 'institution')?.key;
    const planned = await visitor.post(
      '/registers/training',
      { do: 'entry', type: 'training.planned', topic: '回应口径', for: unit ?? '', on: '2026-12-01' },
      { tokenFrom: '/registers/training' },
    );
    expect([planned.status, planned.status === 303 ? '' : await says(planned)]).toEqual([303, '']);
    const held = await visitor.post(
      '/registers/training',
      { do: 'entry', type: 'training.held', topic: '回应口径', units: unit ?? '', attended: '12' },
      { tokenFrom: '/registers/training' },
    );
    expect(held.status).toBe(303);
    expect(bare(await visitor.text('/registers/training'))).toContain('12 人参加');
    const wrong = await visitor.post(
      '/registers/training',
      { do: 'entry', type: 'case.closed', reason: '混进来' },
      { tokenFrom: '/registers/training' },
    );
    expect(wrong.status).toBe(422);
  });
});

describe('what a register takes and what it refuses', () => {
  let house: House;
  let visitor: Visitor;
  const entries = async (type: string) => (await house.plugged.desk.log.read(0)).filter(e => e.type === type);
  beforeAll(async () => {
    house = await openWorked({
      institution: 'court',
      day: 'conference-and-channels',
      held: ['news-publicity-dept/head', 'filing-division/head', 'research-office/head'],
    });
    visitor = await signIn(house);
  });
  afterAll(() => house.close());

  test.each([
    // name                 said
    ['清江晚报', undefined],
    ['市委宣传部', undefined],
    ['王小明', '个人姓名'],
    ['李记者', '个人姓名'],
    ['清江晚报 13912345678', '号码'],
    ['清江晚报 微信号: abc12345', '号码'],
    ['', '没有填'],
  ])('directory: "%s"', async (name, why) => {
    const before = (await entries('contact.entered')).length;
    const response = await visitor.post(
      '/registers/directory',
      { do: 'contact', name, kind: 'outlet', level: 'municipal' },
      { tokenFrom: '/registers/directory' },
    );
    expect(response.status).toBe(why === undefined ? 303 : 422);
    if (why !== undefined) expect(await says(response)).toContain(why);
    expect((await entries('contact.entered')).length).toBe(before + (why === undefined ? 1 : 0));
    if (why === undefined) expect(bare(await visitor.text('/registers/directory'))).toContain(name);
  });

  test('the map proposes the unit for an assignment, and says which words', async () => {
    const made = await visitor.post(
      '/registers/map',
      { do: 'map-add', topic: '立案排队', words: '立案 窗口、排队', unit: 'filing-division' },
      { tokenFrom: '/registers/map' },
    );
    expect(made.status).toBe(303);
    const tried = bare(await visitor.text(`/registers/map?try=${encodeURIComponent('立案窗口排队两小时')}`));
    expect(tried).toContain('立案、窗口、排队');
    expect(bare(await visitor.text(`/registers/map?try=${encodeURIComponent('食堂')}`))).toContain('没有一行对得上');
    const wrong = await visitor.post(
      '/registers/map',
      { do: 'map-add', topic: '', words: '', unit: 'nowhere' },
      { tokenFrom: '/registers/map' },
    );
    expect(await says(wrong)).toContain('“哪类事”没有填');
    await visitor.post(
      '/registers/map',
      { do: 'map-remove', line: '0', topic: '立案排队' },
      { tokenFrom: '/registers/map' },
    );
    expect((await house.plugged.desk.settings.read()).responsibilities).toEqual([]);
    const again = await visitor.text(
      '/registers/map?topic=%E6%8E%92%E9%98%9F&words=%E7%AA%97%E5%8F%A3&unit=filing-division',
    );
    expect(again).toContain('name="topic" required="" maxlength="40" value="排队"');
  });

  test('offices from a table: checked row by row, written after that, read back with dates', async () => {
    const csv = [
      '工号,姓名,登录名,单位,岗位,从,到',
      'B101,甲某,jia,立案庭,部门负责人,2026-12-01,',
      'B102,乙某,yi,没有这个庭,head,,',
      'x,坏行,,,,,',
      'B103,丙某,bing,立案庭,,,',
      'B104,丁某,ding,研究室,head,2026-13-40,',
    ].join('\n');
    const before = (await entries('role.assigned')).length;
    const file = new File([csv], 'o.csv', { type: 'text/csv' });
    const checked = await visitor.post(
      '/registers/offices',
      { do: 'check', file },
      { tokenFrom: '/registers/offices' },
    );
    const html = await checked.text();
    expect(checked.status).toBe(422);
    expect(bare(html)).toContain('1 行可写，4 行有问题');
    expect((await entries('role.assigned')).length).toBe(before);
    const table =
      /name="table" value="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? '';
    const written = await visitor.post(
      '/registers/offices',
      { do: 'write', table },
      { tokenFrom: '/registers/offices' },
    );
    expect(await says(written)).toContain('jia 的一次性密码');
    const assigned = (await entries('role.assigned')).at(-1);
    expect(assigned?.data).toMatchObject({ unit: 'filing-division', holder: 'B101', from: '2026-12-01' });
    expect(bare(await visitor.text('/registers/offices?on=2026-12-02'))).toContain('B101');
    expect(bare(await visitor.text('/registers/offices?on=2026-11-30'))).not.toMatch(/甲某 B101 2026-12-01/);
    expect(
      (await visitor.post('/registers/offices', { do: 'write', table: '{"a":1}' }, { tokenFrom: '/registers/offices' }))
        .status,
    ).toBe(422);
  });

  test('somebody leaves: what is open is listed and every office gets its successor in one step', async () => {
    const before = (await entries('role.assigned')).length;
    const page = bare(await visitor.text('/registers/offices/handover?code=X000'));
    expect(page).toContain('件没办完');
    const response = await visitor.post(
      '/registers/offices',
      { do: 'handover', code: 'X000', from: '2026-12-01', 'to.research-office/head': 'B101' },
      { tokenFrom: '/registers/offices/handover?code=X000' },
    );
    expect(response.status).toBe(303);
    expect((await entries('role.assigned')).slice(before).map(e => e.data)).toEqual([
      { unit: 'research-office', role: 'head', holder: 'B101', from: '2026-12-01' },
    ]);
    expect((await entries('role.vacated')).map(e => `${String(e.data['unit'])} ${String(e.data['from'])}`)).toContain(
      'news-publicity-dept 2026-12-01',
    );
    const wrong = await visitor.post(
      '/registers/offices',
      { do: 'handover', code: 'X000', from: 'tomorrow', 'to.research-office/head': 'X000' },
      { tokenFrom: '/registers/offices/handover?code=X000' },
    );
    expect(wrong.status).toBe(422);
  });

  test('an open reading is decided with its reason; a figure keeps to what the rules allow', async () => {
    const html = await visitor.text('/registers/questions');
    const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const clause =
      new RegExp(`name="key" value="${key}"/?><input type="hidden" name="clause" value="([^"]+)"`).exec(html)?.[1] ??
      '';
    const value =
      new RegExp(`value="${clause}"[\\s\\S]*?type="radio" name="value" value="([^"]+)"`).exec(html)?.[1] ?? '';
    const bad = await visitor.post(
      '/registers/questions',
      { do: 'answer', key, clause, value, reason: '' },
      { tokenFrom: '/registers/questions' },
    );
    expect(await says(bad)).toContain('“理由”没有填');
    const good = await visitor.post(
      '/registers/questions',
      { do: 'answer', key, clause, value, reason: '院务会定', decidedBy: 'news-publicity-dept' },
      { tokenFrom: '/registers/questions' },
    );
    expect(good.status).toBe(303);
    const decided = (await entries('setting.decided')).at(-1);
    expect(decided?.data).toMatchObject({ key, clause, reason: '院务会定' });
    const figure = await visitor.post(
      '/registers/locals',
      { do: 'local', key: 'nothing', value: '3', reason: 'x', decidedBy: 'research-office' },
      { tokenFrom: '/registers/locals' },
    );
    expect(figure.status).toBe(422);
  });

  test('a staff channel: own wish, signatures in the order of the text, then filing; before that filing is refused', async () => {
    const at = '/registers/accounts';
    const form = { do: 'apply', unit: 'filing-division', office: '法官', platform: '短视频平台', purpose: '普法' };
    expect(await says(await visitor.post(at, form, { tokenFrom: at }))).toContain('只能由本人提出申请');
    expect((await visitor.post(at, { ...form, own: 'true' }, { tokenFrom: at })).status).toBe(303);
    const filings = (await entries('filing.made')).length;
    const early = await visitor.post(at, { do: 'file', with: 'superior-news-dept' }, { tokenFrom: at });
    expect([early.status, (await entries('filing.made')).length]).toEqual([422, filings]);
    expect((await entries('act.refused')).at(-1)?.data['clause']).toBe('A-5.V2');
    for (const office of ['filing-division/head', 'news-publicity-dept/head']) {
      await visitor.post('/office', { office }, { tokenFrom: '/desk' });
      const html = await visitor.text(at);
      const pick = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
      const signed = await visitor.post(
        at,
        { document: pick('document'), hash: pick('hash'), sign: pick('sign') },
        { tokenFrom: at },
      );
      expect([office, signed.status]).toEqual([office, 303]);
    }
    expect((await entries('signature.given')).slice(-2).map(e => e.data['as'])).toEqual([
      'head',
      'news-publicity-dept',
    ]);
    const filed = await visitor.post(at, { do: 'file', with: 'superior-news-dept' }, { tokenFrom: at });
    expect([filed.status, filed.status === 303 ? '' : await says(filed)]).toEqual([303, '']);
  });

  test('a decision: proposed, assessed, carried out', async () => {
    const at = '/registers/risk';
    await visitor.post('/office', { office: 'news-publicity-dept/head' }, { tokenFrom: '/desk' });
    const propose = {
      do: 'entry',
      type: 'decision.proposed',
      decision: 'd-1',
      unit: 'research-office',
      what: '调整立案窗口时间',
    };
    expect((await visitor.post(at, propose, { tokenFrom: at })).status).toBe(303);
    expect(bare(await visitor.text(at))).toContain('还没有评估');
    const assess = {
      do: 'entry',
      type: 'risk.assessed',
      decision: 'd-1',
      risks: '排队变长',
      level: 'middle',
      plan: '增开一个窗口',
    };
    expect((await visitor.post(at, assess, { tokenFrom: at })).status).toBe(303);
    expect(
      (await visitor.post(at, { do: 'entry', type: 'decision.carried-out', decision: 'd-1' }, { tokenFrom: at }))
        .status,
    ).toBe(303);
    expect(bare(await visitor.text(at))).toContain('已实施');
    const hidden = {
      do: 'entry',
      type: 'risk.registered',
      risk: 'r-1',
      unit: 'filing-division',
      matter: '旧系统常断',
      step: '备一台机',
    };
    expect((await visitor.post(at, hidden, { tokenFrom: at })).status).toBe(303);
    house.clock.at += 3_600_000;
    const review = { do: 'entry', type: 'risk.reviewed', units: ['filing-division'], open: '1' };
    expect((await visitor.post(at, review, { tokenFrom: at })).status).toBe(303);
    expect(bare(await visitor.text(at))).not.toContain('登记后还没看过');
    expect(house.faults).toEqual([]);
  });
});

test('the form that assigns a matter has the unit of the map chosen already', async () => {
  const house = await openWorked({
    institution: 'environment',
    day: 'calls-and-orders',
    held: ['publicity-section/head'],
  });
  try {
    const visitor = await signIn(house);
    const setup = (await house.plugged.desk.institution())?.setup;
    const unit = setup?.units.find(u => u.kind === 'section')?.key ?? '';
    const key = (await house.plugged.desk.log.read(0)).find(e => e.type === 'case.opened')?.case ?? '';
    const title = /<h1[^>]*>([^<]+)/.exec(await visitor.text(`/cases/${key}`))?.[1]?.trim() ?? '';
    const word = title.slice(0, 4);
    await visitor.post(
      '/registers/map',
      { do: 'map-add', topic: '试', words: word, unit },
      { tokenFrom: '/registers/map' },
    );
    const html = await visitor.text(`/cases/${key}/do/assignment.made?as=responsible`);
    expect([word.length > 1, new RegExp(`<option value="${unit}" selected`).test(html)]).toEqual([true, true]);
  } finally {
    await house.close();
  }
});

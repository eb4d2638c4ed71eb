/** Scores, ledgers and workbooks on the pages of a court: points open their entries, disputes are decided, earlier years come in. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as XLSX from '@e965/xlsx';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWorkbook } from '../../src/io/documents/workbook.ts';
import { openCourt } from './court.ts';
import { actAs, type House, ROOT, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const page = async (path: string): Promise<string> => bare(await visitor.text(path));
const eventsNow = async () => (await (await house.store.tenant('court'))?.events()) ?? [];

beforeAll(async () => {
  // The calendar ends with 2026: the year is read on its last evening but one second.
  house = await openCourt('2026-12-31T20:00:00+08:00');
  visitor = await signIn(house);
  await actAs(visitor, 'research-office/head');
});
afterAll(async () => {
  expect(house.faults).toEqual([]);
  await house.close();
});

describe('scores', () => {
  test('the year shows targets with what is short, units without ranking, and says that it ranks nobody', async () => {
    const text = await page('/scores?year=2026');
    expect(text).toContain('3 / 6');
    expect(text).toContain('不排名次');
    expect(text).toContain('从不考说话的人');
  });

  test('every point opens its entries and its clause; what did not count says why', async () => {
    const html = await visitor.text('/scores/filing-division?year=2026');
    const text = bare(html);
    expect(text).toContain('38 分');
    expect(text).toContain('A-2.S1a');
    expect(html).toMatch(/href="\/log\?before=\d+"/);
    expect(text).toContain('算在基本任务里');
    expect(text).toContain('没有哪一条给它记分');
    expect(text).toContain('没有算进去的');
  });

  test('an administrator may order by points, and take it back', async () => {
    await visitor.post('/scores', { league: 'on' });
    expect(await page('/scores')).toContain('按分数排列。');
    await visitor.post('/scores', { league: 'off' });
    expect(await page('/scores')).toContain('不排名次。');
  });

  test('a unit contests, another decides with a reason, the points follow from what is entered', async () => {
    const path = '/scores/enforcement-bureau?year=2026';
    // The research office is not that unit.
    const clause = 'A-2.S1b';
    expect((await visitor.post(path, { do: 'contest', clause, reason: 'x' })).status).toBe(422);
    await actAs(visitor, 'enforcement-bureau/head');
    expect((await visitor.post(path, { do: 'contest', clause, reason: '' })).status).toBe(422);
    expect((await visitor.post(path, { do: 'contest', clause, reason: '市报刊样漏记' })).status).toBe(303);
    const dispute = (await eventsNow()).find(e => e.type === 'score.disputed')?.id ?? '';
    // Nobody decides their own.
    expect((await visitor.post(path, { do: 'uphold', dispute, reason: 'x' })).status).toBe(422);
    await actAs(visitor, 'research-office/head');
    const change = { do: 'change', dispute, reason: '补交刊样', type: 'coverage.entered' };
    expect((await visitor.post(path, change)).status).toBe(422);
    const right = { ...change, 'f.work': 'w-new', 'f.level': 'municipal', 'f.on': '2026-11-03', instead: '' };
    expect((await visitor.post(path, { ...right, 'f.level': 'galactic' })).status).toBe(422);
    expect(bare(await visitor.text(path))).toContain('10 分');
    expect((await visitor.post(path, right)).status).toBe(303);
    const after = await page(path);
    expect(after).toContain('15 分');
    expect(after).toContain('补交刊样');
    expect(after).toContain('随裁定记入');
    // Decided is decided.
    expect((await visitor.post(path, { do: 'uphold', dispute, reason: 'x' })).status).toBe(422);
  });

  test('the scored unit recomputes it without us and gets the same points', async () => {
    const answer = await visitor.get('/scores/recompute?year=2026');
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-recompute-'));
    for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer())))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const given = ['--setup', 'setup.json', '--events', 'events.ndjson', '--year', '2026', '--explain', '--json'];
    const said = spawnSync(process.execPath, [join(ROOT, 'bin/huiyin'), 'score', 'rulebook', ...given], {
      cwd: folder,
    });
    expect(String(said.stderr)).toBe('');
    const lines = String(said.stdout)
      .split('\n')
      .filter(Boolean)
      .map(l => JSON.parse(l) as { line: string; unit?: string; points?: number });
    const points = Object.fromEntries(lines.filter(l => l.line === 'score').map(l => [l.unit, l.points]));
    expect(points).toMatchObject({ 'filing-division': 38, 'enforcement-bureau': 15 });
    rmSync(folder, { recursive: true });
  });

  test('a unit that does not exist has no sheet', async () =>
    expect((await visitor.get('/scores/nobody?year=2026')).status).toBe(404));
});

describe('ledgers', () => {
  test('rows grow from the log, with the level as it counts and a way back to the entry', async () => {
    const html = await visitor.text('/ledgers/coverage?year=2026');
    expect(bare(html)).toContain('名单里没有，暂不计分');
    expect(html).toMatch(/href="\/log\?before=\d+"/);
    for (const key of ['submissions', 'adoptions', 'awards', 'praise', 'channels', 'training', 'commitments'])
      expect((await visitor.get(`/ledgers/${key}`)).status, key).toBe(200);
    expect((await visitor.get('/ledgers/gossip')).status).toBe(404);
  });

  test.each(['coverage', 'ledgers', 'log', 'cases', 'duties', 'inbox', 'offices', 'notices', 'scores'])(
    'the table %s comes as a workbook with frozen headings and no formula',
    async name => {
      const answer = await visitor.get(`/tables/${name}`);
      expect(answer.status).toBe(200);
      const book = XLSX.read(new Uint8Array(await answer.arrayBuffer()), { type: 'array', cellFormula: true });
      for (const sheet of Object.values(book.Sheets))
        for (const [at, cell] of Object.entries(sheet))
          if (!at.startsWith('!')) expect(cell, at).not.toHaveProperty('f');
      expect(book.SheetNames.length).toBeGreaterThan(0);
    },
  );
});

describe('earlier years', () => {
  const path = '/ledgers/coverage/import';
  const workbook = (rows: readonly (readonly string[])[]): File => {
    const [head = [], ...body] = rows;
    const bytes = writeWorkbook([
      { title: '2025', columns: head.map(label => ({ label, type: label === '日期' ? 'date' : 'text' })), rows: body },
    ]);
    return new File([Uint8Array.from(bytes)], '2025.xlsx');
  };
  const rows = [
    ['日期', '单位', '作品', '媒体', '级别', '作者', '联系电话'],
    ['2025-03-04', 'filing-division', '全市法院开放日', '市报', '市级', '某某', '1380000'],
    ['2025-05-06', 'Filing division', 'w-25', '省报', 'provincial', '', ''],
    ['昨天', 'filing-division', 'w-26', '', '市级', '', ''],
    ['2025-05-07', '不存在的庭', 'w-27', '', '市级', '', ''],
    ['2025-05-08', 'filing-division', 'w-28', '', '国际级', '', ''],
    ['2027-05-08', 'filing-division', 'w-29', '', '市级', '', ''],
  ];
  const tableOf = (html: string): string =>
    (/<textarea name="table"[^>]*>([\s\S]*?)<\/textarea>/.exec(html)?.[1] ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');

  test('each row says what becomes of it, columns of identity are never carried, nothing is entered yet', async () => {
    const before = (await eventsNow()).length;
    const answer = await visitor.post(path, { do: 'read', file: workbook(rows) });
    const html = await answer.text();
    const text = bare(html);
    expect(answer.status).toBe(200);
    expect(text).toContain('身份信息，不导入');
    expect(html).not.toContain('1380000');
    expect(text).toContain('日期 昨天 日期看不懂');
    expect(text).toContain('单位 不存在的庭 没有这个单位');
    expect(text).toContain('级别 国际级 不是可选的值');
    expect(text).toContain('日期 2027-05-08 日期在今天之后');
    expect(text).toContain('记入 2 行');
    expect((await eventsNow()).length).toBe(before);
  });

  test('what can be entered is entered once, under its own date, and counts for its own year', async () => {
    const html = await (await visitor.post(path, { do: 'read', file: workbook(rows) })).text();
    const fields = Object.fromEntries(
      [...html.matchAll(/name="map\.(\w+)"[\s\S]*?<\/select>/g)].map(m => [
        `map.${m[1]}`,
        /<option value="(\d+)" selected/.exec(m[0])?.[1] ?? '',
      ]),
    );
    const table = tableOf(html);
    expect((await visitor.post(path, { do: 'enter', table, ...fields }, { tokenFrom: path })).status).toBe(303);
    const entered = (await eventsNow()).filter(e => e.type === 'coverage.entered' && e.at.startsWith('2025'));
    expect(entered.map(e => [e.at.slice(0, 10), e.data['level']])).toEqual([
      ['2025-03-04', 'municipal'],
      ['2025-05-06', 'provincial'],
    ]);
    expect(entered.every(e => e.lateEntryReason !== undefined)).toBe(true);
    const again = await visitor.post(path, { do: 'enter', table, ...fields }, { tokenFrom: path });
    expect(decodeURIComponent(again.headers.get('location') ?? '')).toContain('记入 0 行，已有 2 行，退回 4 行');
    expect(await page('/ledgers/coverage?year=2025')).toContain('省报');
  });

  test('what was exported can be imported again and is recognised row by row', async () => {
    const bytes = new Uint8Array(await (await visitor.get('/tables/coverage?year=2026')).arrayBuffer());
    const html = await (await visitor.post(path, { do: 'read', file: new File([bytes], 'again.xlsx') })).text();
    const text = bare(html);
    expect(text.match(/\d+ 可以记入 .{0,60}/g) ?? []).toEqual([]);
    expect(text).toContain('已经有了，不重复记');
  });

  test.each([
    ['a torn file', new File(['PK no workbook'], 'x.xlsx')],
    [
      'no headings that fit',
      workbook([
        ['甲', '乙'],
        ['1', '2'],
      ]),
    ],
  ])('%s changes nothing', async (_what, file) => {
    const before = (await eventsNow()).length;
    const answer = await visitor.post(path, { do: 'read', file });
    expect(bare(await answer.text())).toMatch(/没有可以记入的行|文件|the file/);
    expect((await eventsNow()).length).toBe(before);
  });
});

/** A brief from the log to the units: drafted, put into words, signed with a number, issued, sent, receipted, compared. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'leading-group/head');
});
afterAll(() => house.close());

const DAILY = '/briefs/brief-daily-2026-09-16';
const hashOf = (page: string): string => /name="hash" value="([^"]+)"/.exec(page)?.[1] ?? '';
const types = async (): Promise<string[]> => (await house.plugged.desk.log.read(0)).map(e => e.type);

test('the log drafts it: figures beside the day before, each opening its list', async () => {
  expect(await visitor.text('/briefs')).toContain('每日舆情简报');
  const page = await visitor.text(DAILY);
  expect(page).toContain('2026年9月16日舆情情况');
  expect(page).toContain('未完成，缺：签发');
  const links = [...page.matchAll(/href="(\/briefs\/[\w-]+\/behind\/[\w-]+)">(\d+)/g)];
  expect(links.length).toBeGreaterThan(2);
  for (const [, link = '', n] of links) {
    const rows = (await visitor.text(link)).match(/<li lang="zh">[\s\S]*?<\/li>/g) ?? [];
    expect(rows, link).toHaveLength(Number(n));
    // What the engine wrote for itself is not put before people: clauses are the only Latin letters.
    for (const row of rows) expect(row.replaceAll(/<[^>]*>|\b[A-Z]-[\w.]+/g, '')).not.toMatch(/[a-z]{3}/);
  }
  expect(links.map(([, link]) => link)).toContain(`${DAILY}/behind/refused`);
});
test('a house without a form of its own is told so', async () => {
  expect(await visitor.text('/papers')).toContain('还没有可出的纸面');
});

test('own words are kept, signed and issued; nothing is issued unsigned', async () => {
  const kept = await visitor.post(DAILY, {
    do: 'draft',
    opening: '昨日总体平稳。\n| 竖线 |不是表格。',
    next: '继续跟进。',
  });
  expect(kept.status).toBe(303);
  let page = await visitor.text(DAILY);
  expect(page).toContain('昨日总体平稳。');
  expect(page).toContain('下一步工作');
  const unsigned = await visitor.post(DAILY, { do: 'issue', hash: hashOf(page) });
  expect(unsigned.status).toBe(422);
  expect((await visitor.post(DAILY, { do: 'sign', hash: 'sha256:0', as: 'head' })).status).toBe(422);
  const as = /<select id="b-as"[^>]*><option value="([^"]+)"/.exec(page)?.[1] ?? '';
  expect((await visitor.post(DAILY, { do: 'sign', hash: hashOf(page), as })).status).toBe(303);
  page = await visitor.text(DAILY);
  expect(page).toContain('〔2026〕1号');
  expect((await visitor.post(DAILY, { do: 'issue', hash: hashOf(page), tabledAt: 'leadership-meeting' })).status).toBe(
    303,
  );
  const issued = (await house.plugged.desk.log.read(0)).at(-1);
  expect(issued).toMatchObject({
    type: 'brief.issued',
    data: { kind: 'daily-brief', from: '2026-09-16', to: '2026-09-16' },
  });
  expect((await visitor.post(DAILY, { do: 'draft', opening: '改了。', next: '' })).status).toBe(422);
});

test('it goes to units as a notice and is receipted', async () => {
  expect((await visitor.post(DAILY, { do: 'send' })).status).toBe(422);
  expect((await visitor.post(DAILY, { do: 'send', to: 'leading-group' })).status).toBe(303);
  const notices = await house.plugged.desk.notices.list(20);
  expect(notices[0]).toMatchObject({ subject: '每日舆情简报〔2026〕1号' });
  expect((await visitor.post(DAILY, { do: 'receive' })).status).toBe(303);
  expect((await types()).slice(-2)).toEqual(['notice.sent', 'notice.received']);
});

test('the Word file says what was signed; what the log learns later is shown beside it and changes nothing', async () => {
  const word = async (): Promise<string> => {
    const bytes = new Uint8Array(await (await visitor.get(`${DAILY}/word`)).arrayBuffer());
    return strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
  };
  const before = await word();
  expect(before).toContain('昨日总体平稳。');
  const { log } = house.plugged.desk;
  const late = '2026-09-17T11:00:00+08:00';
  house.clock.at = Date.parse(late) + 60_000;
  const stored = await log.append(
    [
      {
        id: 'late-1',
        type: 'watch.done',
        at: '2026-09-16T15:00:00+08:00',
        recordedAt: late,
        lateEntryReason: '补记',
        by: { unit: 'general-office', role: 'watch-officer' },
        data: { found: 0 },
      },
    ],
    (await log.head()).entries,
  );
  expect(stored.ok).toBe(true);
  const page = await visitor.text(DAILY);
  expect(page).toContain('成稿以后记录有变化');
  expect(page).toContain('数字：值守');
  expect(await word()).toBe(before);
});

test('the next one takes the next number', async () => {
  const path = '/briefs/brief-daily-2026-09-15';
  expect((await visitor.post(path, { do: 'draft', opening: '', next: '' })).status).toBe(303);
  const page = await visitor.text(path);
  const as = /<select id="b-as"[^>]*><option value="([^"]+)"/.exec(page)?.[1] ?? '';
  await visitor.post(path, { do: 'sign', hash: hashOf(page), as });
  expect(await visitor.text(path)).toContain('〔2026〕2号');
  expect((await visitor.post(path, { do: 'issue', hash: hashOf(page) })).status).toBe(303);
});

test('a wording that was sent back says why, and a special brief lies in the volume of its case', async () => {
  const path = '/briefs/brief-special-2026-09-17-C1';
  await visitor.post(path, { do: 'draft', opening: '第一稿。', next: '' });
  let page = await visitor.text(path);
  const as = /<select id="b-as"[^>]*><option value="([^"]+)"/.exec(page)?.[1] ?? '';
  expect((await visitor.post(path, { do: 'withhold', hash: hashOf(page), as, reason: '' })).status).toBe(422);
  expect((await visitor.post(path, { do: 'withhold', hash: hashOf(page), as, reason: '写清原因' })).status).toBe(303);
  expect(await visitor.text(path)).toContain('已退回：写清原因');
  await visitor.post(path, { do: 'draft', opening: '第二稿，原因是水泵老化。', next: '' });
  page = await visitor.text(path);
  expect(page).not.toContain('已退回');
  expect((await visitor.post(path, { do: 'sign', hash: hashOf(page), as })).status).toBe(303);
  const zip = unzipSync(new Uint8Array(await (await visitor.get('/cases/C1/archive')).arrayBuffer()));
  const special = Object.entries(zip).find(
    ([name]) => /^papers\/.*关于.*\.html$/.test(name) && strFromU8(zip[name] ?? new Uint8Array()).includes('舆情专报'),
  );
  expect(strFromU8(special?.[1] ?? new Uint8Array())).toContain('第二稿，原因是水泵老化。');
});

test('whoever is on watch files a zero report in one step, once', async () => {
  await actAs(visitor, 'general-office/watch-officer');
  const path = '/briefs/brief-zero-2026-09-13';
  expect((await visitor.post(path, { do: 'file', opening: '', next: '' })).status).toBe(303);
  expect((await types()).slice(-2)).toEqual(['draft.written', 'zero-report.filed']);
  expect(await visitor.text(path)).not.toContain('未完成');
  expect((await visitor.post(path, { do: 'file', opening: '又一次', next: '' })).status).toBe(422);
  expect((await visitor.post(DAILY, { do: 'file', opening: '', next: '' })).status).toBe(422);
  await actAs(visitor, 'leading-group/head');
});

test.each(['weekly-2026-09-14', 'monthly-2026-09-01', 'yearly-2026-01-01', 'special-2026-09-17-C1'])(
  '%s is drafted too',
  async document => {
    const page = await visitor.text(`/briefs/brief-${document}`);
    expect(page).toContain('综述');
    expect(house.faults).toEqual([]);
  },
);
test.each([
  'weekly-2026-09-15',
  'daily-2026-02-30',
  'special-2026-09-17-C99',
  'hourly-2026-09-17',
  'special-2026-09-17',
])('%s is no brief', async document => expect((await visitor.get(`/briefs/brief-${document}`)).status).toBe(404));

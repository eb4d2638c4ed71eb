/** Every page on which words of a finding stand says that they were deleted on their date, instead of showing an empty place. */
import * as XLSX from '@e965/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tenant } from '#io/store';
import { takeIn } from '../../src/start/intake/index.ts';
import { makeForgetter } from '../../src/start/retention.ts';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

const DAY = 86_400_000;
const OLD = NOON - 1100 * DAY;
const GONE = '标题、文字和链接已按保存期限于 2026-09-17 删除';
const TITLE = '（文字已到期删除）';
const URL = 'https://forum.example.cn/t/9';
let house: House;
let visitor: Visitor;
let tenant: Tenant;
let story = '';

beforeAll(async () => {
  house = await openHouse({ example: true });
  visitor = await signIn(house);
  const found = await house.store.tenant((await house.store.institutions())[0]?.id ?? '');
  if (!found) throw new Error('no tenant');
  tenant = found;
  const item = { source: 's', origin: 'own-watch', keeps: 'everything', outlet: '城市论坛' } as const;
  const said = '老渡口的台阶塌了一级，晚上没有灯，走路的人看不见，昨天有人在那里崴了脚。';
  await takeIn(
    tenant,
    [
      { ...item, id: 'it-old', url: URL, title: '老渡口台阶', text: said },
      { ...item, id: 'it-copy', url: `${URL}0`, title: '老渡口台阶', text: said },
      { ...item, origin: 'hotline', id: 'hl-old', title: '台阶', text: '老渡口台阶要修，来电的人请回话' },
    ],
    OLD,
  );
  story = (await tenant.triage.storyOf('it-old')) ?? '';
  const look = { findingId: 'it-old', lookedAt: OLD, url: URL, headers: {}, why: 'first', outcome: 'kept' } as const;
  const page = { keeps: 'bytes', status: 200, digest: 'sha256:abcd', size: 3, title: '老渡口', text: said } as const;
  await tenant.evidence.addLook({ ...look, ...page }, new TextEncoder().encode('abc'));
  expect(await visitor.text(`/inbox/${story}`)).toContain('崴了脚');
  await makeForgetter(house.store)(NOON);
});
afterAll(async () => house.close());

test('the inbox and the story say it; what was counted is still counted', async () => {
  const list = await visitor.text('/inbox');
  expect(list).toContain(TITLE);
  const page = await visitor.text(`/inbox/${story}`);
  expect(page).toContain(GONE);
  expect(page).toContain(TITLE);
  expect(page).toContain('城市论坛');
  for (const gone of ['崴了脚', '老渡口', URL]) expect([gone, page.includes(gone)]).toEqual([gone, false]);
  // Its copy is counted, and nothing is said about how the two differ.
  expect(page).toMatch(/1 条|1 件/);
  expect(page).not.toContain('<del>');
  // Nobody is asked how to reach a caller of whose words none are left.
  const sent = await visitor.text(`/inbox/${(await tenant.triage.storyOf('hl-old')) ?? ''}`);
  expect(sent).toContain(GONE);
  expect(sent).not.toContain('/contacts/new?item=hl-old');
});

test('the evidence says when it was looked and what became of it, and asks for no further look', async () => {
  const page = await visitor.text('/inbox/it-old/evidence');
  expect(page).toContain(GONE);
  expect(page).toContain('sha256:abcd');
  expect(page).toContain('到期已删，只留摘要');
  expect(page).not.toContain('name="reason"');
  expect((await visitor.get('/inbox/it-old/evidence/1')).status).toBe(404);
  await actAs(visitor, 'headquarters office/head');
  const asked = await visitor.post('/inbox/it-old/evidence', { do: 'look', reason: '再看' }, { tokenFrom: '/desk' });
  expect([asked.status, (await asked.text()).includes('没有网址')]).toEqual([422, true]);
});

test('search does not find it, and the export of the inbox says it in its cells', async () => {
  const found = await visitor.text(`/search?q=${encodeURIComponent('老渡口')}&span=all`);
  expect(found).toContain('没有找到');
  const file = await visitor.get('/tables/inbox');
  const book = XLSX.read(new Uint8Array(await file.arrayBuffer()), { type: 'array' });
  const table = book.SheetNames.map(n => XLSX.utils.sheet_to_csv(book.Sheets[n] ?? {})).join('\n');
  expect(table).toContain(TITLE);
  expect(table).not.toContain('老渡口');
});

test('the days stand beside the other thresholds with their reason, and are refused outside their range', async () => {
  const page = await visitor.text('/concerns');
  expect(page).toContain('name="keepTexts" value="1096"');
  expect(page).toContain('第十九条');
  const fields = Object.fromEntries(
    [...page.matchAll(/<input id="th-(\w+)" name="\w+" value="([^"]*)"/g)].map(m => [m[1] ?? '', m[2] ?? '']),
  );
  const bad = await visitor.post('/concerns', { do: 'thresholds', ...fields, keepTexts: '30' });
  expect(bad.status).toBe(422);
  expect(await bad.text()).toContain('没有立案的来件，文字保留几天');
  await visitor.post('/concerns', { do: 'thresholds', ...fields, keepTexts: '400' });
  expect(await visitor.text('/concerns')).toContain('name="keepTexts" value="400"');
  expect(house.faults).toEqual([]);
});

test('search says how far back words of what has no case go, where that cuts what was asked', async () => {
  const said = '以前没有立案的来件，文字已按保存期限删除，检索不到';
  const path = `/search?q=${encodeURIComponent('老渡口')}`;
  expect(await visitor.text(`${path}&span=all`)).not.toContain(said); // nothing is that old here
  house.clock.at = NOON + 450 * DAY; // the days were set to 400 above
  visitor = await signIn(house);
  expect(await visitor.text(`${path}&span=all`)).toContain(`2026-11-06 ${said}`);
  expect(await visitor.text(`${path}&span=30`)).not.toContain(said);
  expect(await visitor.text(`${path}&span=all&in=case`)).not.toContain(said);
});

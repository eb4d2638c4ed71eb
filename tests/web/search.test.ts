/** Search finds what a plain look through all texts finds, before and after entries are made, of one institution only. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdsAll, readSought } from '#core/text';
import type { Tenant } from '#io/store';
import { partitionOf } from '../../src/io/store/findings.ts';
import { NEXT_TO_ENTER } from '../../src/io/store/search.ts';
import { enterForSearch } from '../../src/start/indexing.ts';
import { type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
let tenant: Tenant;
const DAY = 86_400_000;
const WORDS = ['供水', '停水', '电梯', '噪声', '退费', '学校门口', '排队', '工资', 'ETC', '12345', '物業', '城管'];
const wordOf = (n: number): string => WORDS[n % WORDS.length] ?? '';
interface Text {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: number;
}
const texts: readonly Text[] = Array.from({ length: 400 }, (_, i) => ({
  id: `s-${i}`,
  title: `${wordOf(i)}问题第${i}件`,
  text: `反映${wordOf(i * 7 + 3)}，也说到${wordOf(i * 5 + 1)}。${i % 3 === 0 ? '水停' : '停水'}`,
  at: NOON - ((i * 37) % 80) * DAY - i * 1000,
}));
const span = { from: NOON - 90 * DAY, to: NOON + DAY };
const brute = (typed: string, from: number, to: number): string[] =>
  texts
    .filter(t => t.at >= from && t.at < to && holdsAll(`${t.title}\n${t.text}`, readSought(typed)))
    .sort((a, b) => b.at - a.at)
    .map(t => t.id);
const found = async (of: Tenant, typed: string, from = span.from, to = span.to, limit = 1000): Promise<string[]> =>
  (await of.search.findings({ asked: readSought(typed), from, to, limit })).hits
    .map(f => f.id)
    .filter(id => id.startsWith('s-'));

/** Straight into the table, numbered as the intake numbers them: the search rests on nothing else, a change of a finding on its key. */
async function insert(rows: readonly (Text & { readonly n: number })[]): Promise<void> {
  for (const at of new Set(rows.map(r => r.at))) await house.store.pool.scan(partitionOf(at).sql, []);
  await house.store.pool.inTenant(tenant.institution.id, async query => {
    await query(
      `insert into finding (institution_id, seen_at, id, source_key, origin, title, text, matched, state, n)
       select $1, s::timestamptz, i, 'desk', 'own-watch', t, x, '[]', 'new', n from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[]) as r (s, i, t, x, n)`,
      [
        tenant.institution.id,
        rows.map(r => new Date(r.at).toISOString()),
        rows.map(r => r.id),
        rows.map(r => r.title),
        rows.map(r => r.text),
        rows.map(r => r.n),
      ],
    );
    await query(
      `insert into finding_key (institution_id, key, id, seen_at)
       select $1, 'key ' || i, i, s::timestamptz from unnest($2::text[], $3::text[]) as r (s, i)`,
      [tenant.institution.id, rows.map(r => new Date(r.at).toISOString()), rows.map(r => r.id)],
    );
  });
}

beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  const [institution] = await house.store.institutions();
  const served = await house.store.tenant(institution?.id ?? '');
  if (!served) throw new Error('no tenant');
  tenant = served;
  await insert(texts.map((t, i) => ({ ...t, n: 1000 + i })));
});
afterAll(() => house.close());
const ASKED = ['供水', '停水 电梯', '“停水”', '水停', '物业', 'etc', '123', '学校门', '供水 不存在', '第39件'];

test('what has only just come in is found in its own text', async () => {
  for (const typed of ASKED)
    expect((await found(tenant, typed)).sort()).toEqual(brute(typed, span.from, span.to).sort());
});

test('entered behind the intake, in steps, it is found the same, newest first', async () => {
  let entered = 0;
  for (let n = await tenant.search.enter(150); n > 0; n = await tenant.search.enter(150)) entered += n;
  expect(entered).toBeGreaterThanOrEqual(texts.length);
  expect(await tenant.search.enter(150)).toBe(0);
  expect(await enterForSearch(house.store)()).toBe(0);
  for (const typed of ASKED) {
    expect(await found(tenant, typed)).toEqual(brute(typed, span.from, span.to));
    expect(await found(tenant, typed, NOON - 30 * DAY, NOON - 7 * DAY)).toEqual(
      brute(typed, NOON - 30 * DAY, NOON - 7 * DAY),
    );
  }
  // The example's own items are of the last days.
  const older = { from: span.from, to: NOON - 5 * DAY };
  const few = await tenant.search.findings({ asked: readSought('供水'), ...older, limit: 5 });
  expect(few).toMatchObject({ more: true, behind: 0 });
  expect(few.hits.map(f => f.id)).toEqual(brute('供水', older.from, older.to).slice(0, 5));
});

test('many that came at one instant are paged through', async () => {
  const at = NOON - 2 * DAY;
  await insert(
    Array.from({ length: 150 }, (_, i) => ({ id: `b-${i}`, title: `班车晚点${i}`, text: '班车', at, n: 100_000 + i })),
  );
  while ((await tenant.search.enter(100)) > 0);
  const hits = (await tenant.search.findings({ asked: readSought('班车晚点'), ...span, limit: 30 })).hits;
  expect(new Set(hits.map(f => f.id)).size).toBe(30);
  const all = (await tenant.search.findings({ asked: readSought('班车'), ...span, limit: 1000 })).hits;
  expect(all.filter(f => f.id.startsWith('b-'))).toHaveLength(150);
});

test('another institution finds nothing of it, with the same mark or not', async () => {
  await house.store.addInstitution({ id: 'other', titleZh: 'x', titleEn: 'x', isExample: true }, NOON);
  const other = await house.store.tenant('other');
  if (!other) throw new Error('no tenant');
  for (const typed of ASKED) expect(await found(other, typed)).toEqual([]);
  const rows = await house.store.pool.inTenant('other', query =>
    query("select finding_id from search_entry where institution_id <> 'other'"),
  );
  expect(rows).toEqual([]);
});

test('what is erased is not found, and its pairs are gone', async () => {
  await tenant.setFinding('s-39', { state: 'in-case', caseId: 'C-erased' });
  expect(await found(tenant, '第39件')).toEqual(['s-39']);
  await tenant.eraseFindings('C-erased', NOON);
  expect(await found(tenant, '第39件')).toEqual([]);
  const rows = await house.store.pool.inTenant(tenant.institution.id, query =>
    query("select 1 as x from search_entry where institution_id = $1 and finding_id = 's-39'", [tenant.institution.id]),
  );
  expect(rows).toEqual([]);
});

test('the page: words marked, cases and answers beside what came in, a window of time, nothing found teaches', async () => {
  const page = await visitor.text('/search?q=%E4%BE%9B%E6%B0%B4');
  expect(page).toContain('<mark>供水</mark>');
  expect(page).toContain('舆情');
  expect(page).toContain('/inbox/s-');
  expect(page).toContain('/cases/C');
  expect(await visitor.text('/search?q=%E4%BE%9B%E6%B0%B4&in=case')).not.toContain('/inbox/s-');
  expect(await visitor.text('/search?q=%E6%97%A0%E4%BA%BA%E8%AF%B4%E8%BF%87')).toContain('没有找到');
  expect(await visitor.text('/search')).toContain('要找什么');
  expect(await visitor.text('/search?q=%E6%B0%B4')).toContain('至少写');
  const hostile = await visitor.text(`/search?q=${encodeURIComponent('<script>alert(1)</script> %_\\')}`);
  expect(hostile).not.toContain('<script>alert');
});

test('what is entered next is found by the order of intake, not by reading every finding', async () => {
  const plan = await house.store.pool.inTenant(tenant.institution.id, async query => {
    // So few rows are read as a whole otherwise.
    await query('set local enable_seqscan = off');
    await query('set local enable_bitmapscan = off');
    return query<{ 'QUERY PLAN': string }>(`explain ${NEXT_TO_ENTER}`, [tenant.institution.id, 200]);
  });
  const lines = plan.map(r => r['QUERY PLAN']);
  expect(lines.some(line => /Index Cond: .*\(n > /.test(line))).toBe(true);
  expect(lines.filter(line => /Filter: \(n > /.test(line))).toEqual([]);
});

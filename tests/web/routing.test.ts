/** Proposed units once enough was assigned: learnt from the house's own assignments, measured, read by its words, tried. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tenant } from '#io/store';
import { partitionOf } from '../../src/io/store/findings.ts';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
let tenant: Tenant;
/** Two cases that the example has, and the units that were made responsible for them. */
let cases: readonly { readonly id: string; readonly unit: string }[];
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const MATTERS = [
  ['供水改造退费没有到账', '水表坏了没有人换', '自来水发黄已经三天', '水费账单多收一倍'],
  ['路面塌陷没有围挡', '路灯不亮看不清路', '井盖松动车过就响', '路口积水没过脚面'],
];
const LABELLED = 60;

beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'reception-section/head');
  const [institution] = await house.store.institutions();
  const served = await house.store.tenant(institution?.id ?? '');
  if (!served) throw new Error('no tenant');
  tenant = served;
  const units = new Map<string, string>();
  for (const event of await tenant.events())
    if (event.type === 'assignment.made' && event.case !== undefined && event.data['as'] === 'responsible')
      units.set(event.case, String(event.data['to']));
  const [first, ...others] = [...units].map(([id, unit]) => ({ id, unit }));
  const second = others.find(c => c.unit !== first?.unit);
  if (!first || !second) throw new Error('the example has no two cases of two units');
  cases = [first, second];
  await house.store.pool.scan(partitionOf(NOON).sql, []);
  await house.store.pool.inTenant(tenant.institution.id, query =>
    query(
      `insert into finding (institution_id, seen_at, id, source_key, origin, title, text, matched, state, case_id, n)
       select $1, $2::timestamptz, i, 'desk', 'own-watch', t, '请处理。', '[]', 'in-case', c, 5000 + n
         from unnest($3::text[], $4::text[], $5::text[]) with ordinality as r (i, t, c, n)`,
      [
        tenant.institution.id,
        new Date(NOON).toISOString(),
        Array.from({ length: LABELLED }, (_, i) => `r-${i}`),
        Array.from({ length: LABELLED }, (_, i) => `${MATTERS[i % 2]?.[(i >> 1) % 4]}（第${i}次）`),
        Array.from({ length: LABELLED }, (_, i) => cases[i % 2]?.id ?? ''),
      ],
    ),
  );
});
afterAll(() => house.close());

test('with enough assignments it is learnt, and the page says from how many and how often it was right', async () => {
  const response = await visitor.post('/routing', { do: 'train' });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toMatch(/^\/routing\?said=/);
  const text = bare(await visitor.text('/routing'));
  const [, made = '0'] = /学自 (\d+) 件/.exec(text) ?? [];
  expect(Number(made)).toBeGreaterThanOrEqual(LABELLED);
  const [, right = '0'] = /留出的样本上对了 ([\d.]+)%/.exec(text) ?? [];
  expect(Number(right)).toBeGreaterThan(80);
});
test.each([
  ['水表又坏了', 0, '水'],
  ['路灯一直不亮', 1, '路'],
])('"%s" goes where such matters went, because of words that stand in it', async (said, wanted, word) => {
  const page = bare(await (await visitor.post('/routing', { do: 'try', text: said })).text());
  const [, proposed = '', because = ''] = /建议 (\S+?)，因为“([^”]+)”/.exec(page) ?? [];
  const other = bare(
    await (await visitor.post('/routing', { do: 'try', text: MATTERS[1 - wanted]?.[0] ?? '' })).text(),
  );
  expect(proposed).not.toBe('');
  expect(other).not.toContain(`建议 ${proposed}，`);
  expect(because.split('、').every(term => said.includes(term))).toBe(true);
  expect(because).toContain(word);
});
test('what is tried with an account or a number in it is masked before it is read', async () => {
  const page = await (await visitor.post('/routing', { do: 'try', text: '水表坏了，电话 13800138000' })).text();
  expect(page).not.toContain('13800138000');
});

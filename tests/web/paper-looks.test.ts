/** The institution's own Word files and its seal: added, told what does not fit, used, noted; closed to others. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PNG } from '../fixtures/seal.ts';
import { actAs, type House, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'leading-group/head');
});
afterAll(() => house.close());

const docx = (...paragraphs: string[]): File => {
  const body = paragraphs.map(p => `<w:p><w:r><w:t>${p}</w:t></w:r></w:p>`).join('');
  const bytes = zipSync({ 'word/document.xml': strToU8(`<w:document><w:body>${body}</w:body></w:document>`) });
  return new File([Uint8Array.from(bytes)], 'own.docx');
};
const words = async (path: string): Promise<string> => {
  const files = unzipSync(new Uint8Array(await (await visitor.get(path)).arrayBuffer()));
  return Object.keys(files)
    .filter(name => name.startsWith('word/'))
    .map(name => `${name} ${name.endsWith('.xml') ? strFromU8(files[name] ?? new Uint8Array()) : ''}`)
    .join('\n');
};
const SHEET = '/cases/C1/papers/case-sheet';
const add = (fields: Record<string, string | File>): Promise<Response> =>
  visitor.post('/settings/papers', { do: 'add', for: '舆情处置情况表', ...fields });

test('a template is kept, its gaps are named on the paper, and the Word file is the office’s own', async () => {
  expect((await add({ name: '竖版', template: docx('本局 {{题名}}：{{案件}}', '{{不存在}}。') })).status).toBe(303);
  expect((await add({ name: '简版', template: docx('{{责任单位}}') })).status).toBe(303);
  const page = await visitor.text(SHEET);
  expect(page).toContain('用本单位模板：竖版');
  expect(page).toContain('用本单位模板：简版');
  expect(page).toContain('没有的字段：不存在');
  const link = /href="([^"]+word\?template=\w+)"/.exec(page)?.[1] ?? '';
  const made = await words(link);
  expect(made).toContain('本局 舆情处置情况表：');
  expect(made).not.toContain('{{');
});
test('a new file of the same name replaces the old one; a removed one is gone', async () => {
  await add({ name: '简版', template: docx('换过的 {{编号}}') });
  let page = await visitor.text('/settings/papers');
  expect(page.match(/name="key"/g)).toHaveLength(2);
  for (const [, key = ''] of page.matchAll(/name="key" value="(\w+)"/g))
    await visitor.post('/settings/papers', { do: 'remove', key });
  page = await visitor.text('/settings/papers');
  expect(page).not.toContain('name="key"');
  expect(await visitor.text(SHEET)).not.toContain('用本单位模板');
  expect((await visitor.get(`${SHEET}/word?template=0123456789ab`)).status).toBe(404);
});
test.each([
  ['no Word file', new File(['hello'], 'a.docx')],
  ['a torn one', new File([new Uint8Array([0x50, 0x4b, 3, 4, 0])], 'a.docx')],
])('%s is refused and nothing is kept', async (_what, file) => {
  expect((await add({ name: '坏的', template: file })).status).toBe(422);
  expect(await visitor.text('/settings/papers')).not.toContain('坏的');
});
test('a seal is set by hand, only a PNG, and stands on what is complete', async () => {
  const bad = await visitor.post('/settings/papers', { do: 'seal', seal: new File(['x'.repeat(100)], 's.png') });
  expect(bad.status).toBe(422);
  expect(await visitor.text(SHEET)).not.toContain('seal=1');
  expect((await visitor.post('/settings/papers', { do: 'seal', seal: new File([PNG], 's.png') })).status).toBe(303);
  expect(await visitor.text(SHEET)).toContain('seal=1');
  expect(await words(`${SHEET}/word?seal=1`)).toContain('word/media/');
  expect(await words(`${SHEET}/word`)).not.toContain('word/media/');
  const list = await visitor.text('/cases/C1/papers');
  const wanting =
    /href="(\/cases\/C1\/papers\/[\w.-]+)">[^<]*<\/a><\/td><td[^>]*>[^<]*<\/td><td[^>]*>[^<]*<\/td><td[^>]*>缺/.exec(
      list,
    )?.[1];
  if (wanting !== undefined) {
    expect(await visitor.text(wanting)).not.toContain('seal=1');
    expect(await words(`${wanting}/word?seal=1`)).not.toContain('word/media/');
  }
});
test('an office that may not sign sets no seal; what was done stands in the audit', async () => {
  await actAs(visitor, 'general-office/watch-officer');
  expect(await visitor.text(SHEET)).not.toContain('seal=1');
  expect(await words(`${SHEET}/word?seal=1`)).not.toContain('word/media/');
  const id = (await house.store.institutions())[0]?.id ?? '';
  const noted = await house.store.pool.inTenant(id, query =>
    query<{ what: string }>('select what from audit where institution_id = $1', [id]),
  );
  const kinds = new Set(noted.map(r => r.what));
  expect(['template-set', 'template-removed', 'seal-set', 'seal-used'].filter(k => !kinds.has(k))).toEqual([]);
});

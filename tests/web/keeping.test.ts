/** A closed case is kept for its term; then its contents are erased with an authority, and the log still verifies. */
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyExport } from '#core/log';
import { actAs, type House, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  const { log } = house.plugged.desk;
  const at = '2015-03-02T10:00:00+08:00';
  const put = (id: string, type: string, data: Readonly<Record<string, unknown>>) => ({
    id,
    case: 'OLD',
    type,
    at,
    recordedAt: at,
    by: { unit: 'leading-group', role: 'head' },
    data,
  });
  const found = {
    origin: 'paste',
    concerns: ['letters-section'],
    matter: 'complaint',
    negative: true,
    subject: '旧案里的一句话',
  };
  await log.append(
    [
      put('o-1', 'finding.recorded', found),
      put('o-2', 'case.opened', { from: ['o-1'], concerns: ['letters-section'] }),
      put('o-3', 'measure.taken', { kind: 'offline-step', unit: 'letters-section', what: '旧案里的措施' }),
      put('o-4', 'case.closed', { reason: '办结' }),
    ],
    (await log.head()).entries,
  );
  await actAs(visitor, 'leading-group/head');
});
afterAll(() => house.close());
const erase = (kase: string, more: Readonly<Record<string, string>> = {}) =>
  visitor.post('/keeping', { case: kase, why: '档案鉴定〔2026〕3号', sure: 'yes', ...more }, { tokenFrom: '/desk' });
const said = async (text: string): Promise<boolean> =>
  JSON.stringify(await house.store.dump().then(d => [...d.values()])).includes(text);

test('a case whose term is over is offered; one that is not, and one without an authority, are refused', async () => {
  const page = await visitor.text('/keeping');
  expect(page).toContain('2025-03-02');
  expect(page).toContain('已到期');
  expect((await erase('C1')).status).toBe(422);
  expect((await erase('OLD', { why: '' })).status).toBe(422);
  expect((await erase('OLD', { sure: '' })).status).toBe(422);
  expect(await said('旧案里的措施')).toBe(true);
});

test('erased: the words are nowhere in the store, each erasure is an entry, the log verifies, the case is still counted', async () => {
  const numberBefore = /〔2015〕1号|〔2015〕1 号/.test(await visitor.text('/cases'));
  expect((await erase('OLD')).status).toBe(303);
  expect([await said('旧案里的措施'), await said('旧案里的一句话')]).toEqual([false, false]);
  const id = (await house.store.institutions())[0]?.id ?? '';
  const tenant = await house.store.tenant(id);
  const verdict = verifyExport({ ...(await tenant!.exportLog()) });
  expect([verdict.ok, verdict.erasedBodies]).toEqual([true, 2]);
  expect(await visitor.text('/keeping')).toContain('已销毁 2 条内容');
  expect(/〔2015〕1号|〔2015〕1 号/.test(await visitor.text('/cases'))).toBe(numberBefore);
  expect((await erase('OLD')).status).toBe(422); // not twice
  const zip = unzipSync(new Uint8Array(await (await visitor.get('/log/export')).arrayBuffer()));
  expect(Object.values(zip).some(bytes => Buffer.from(bytes).toString('utf8').includes('旧案里的措施'))).toBe(false);
});

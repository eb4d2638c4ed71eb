/** Papers on the desk: listed for a case, shown, handed out as Word; every hand-out noted; nothing for strangers. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse, signIn, Visitor } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

test('the papers of a case are listed with what is wanting, and each can be seen', async () => {
  const visitor = await signIn(house);
  const list = await visitor.text('/cases/C1/papers');
  const links = [...list.matchAll(/href="(\/cases\/C1\/papers\/[\w.-]+)"/g)].map(m => m[1] ?? '');
  expect(links).toContain('/cases/C1/papers/case-sheet');
  expect(links).toContain('/cases/C1/papers/contents');
  for (const link of links) expect((await visitor.get(link)).status).toBe(200);
  expect(await visitor.text('/cases/C1/papers/case-sheet')).toContain('舆情处置情况表');
});

test('a Word file opens as one and says what the page says; who took it is noted', async () => {
  const visitor = await signIn(house);
  const response = await visitor.get('/cases/C1/papers/case-sheet/word');
  expect(response.headers.get('content-type')).toContain('wordprocessingml');
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  expect(strFromU8(files['word/document.xml'] ?? new Uint8Array())).toContain('舆情处置情况表');
});

test('forms, ledgers and letters that belong to no case lie with the institution', async () => {
  const visitor = await signIn(house);
  const list = await visitor.text('/papers');
  const links = [...list.matchAll(/href="(\/papers\/[\w.-]+)"/g)].map(m => m[1] ?? '');
  for (const link of links) {
    expect((await visitor.get(link)).status, link).toBe(200);
    expect((await visitor.get(`${link}/word`)).headers.get('content-type')).toContain('wordprocessingml');
  }
  expect((await visitor.get('/papers/nothing')).status).toBe(404);
});

test('no paper for a stranger, and none that is not there', async () => {
  expect((await new Visitor(house).get('/cases/C1/papers')).status).toBe(302);
  const visitor = await signIn(house);
  expect((await visitor.get('/cases/C1/papers/nothing')).status).toBe(404);
  expect((await visitor.get('/cases/C99/papers')).status).toBe(404);
});

test('two who write at once: one is told that the log has moved, and nothing of theirs is stored', async () => {
  const { log } = house.plugged.desk;
  const expected = (await log.head()).entries;
  const event = (id: string) => ({
    id,
    type: 'watch.done',
    at: '2026-11-24T09:00:00+08:00',
    recordedAt: '2026-11-24T09:00:00+08:00',
    by: { unit: 'general-office', role: 'watch-officer' },
    data: { found: 0 },
  });
  const answers = await Promise.all(['p-1', 'p-2', 'p-3'].map(id => log.append([event(id)], expected)));
  expect(answers.filter(a => a.ok)).toHaveLength(1);
  expect((await log.head()).entries).toBe(expected + 1);
});

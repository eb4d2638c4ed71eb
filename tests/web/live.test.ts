/** Pages that stay open are told of what changes, by one look for all; a stream ends with its session. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveState } from '../../src/web/view/live-state.ts';
import { actAs, type House, openHouse, signIn, Visitor } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Reads a stream state by state. */
async function follow(visitor: Visitor, query = '') {
  const response = await visitor.get(`/live${query}`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  const next = async (): Promise<LiveState | 'ended'> => {
    for (;;) {
      const found = /^data: (.*)\n\n/m.exec(text);
      if (found) {
        text = text.slice((found.index ?? 0) + found[0].length);
        return JSON.parse(found[1] ?? '') as LiveState;
      }
      const { value, done } = await reader.read();
      if (done) return 'ended';
      text += new TextDecoder().decode(value);
    }
  };
  return { next, stop: () => reader.cancel() };
}

test('nobody listens without being signed in', async () => {
  const stranger = new Visitor(house);
  expect((await stranger.get('/live')).status).toBe(403);
  expect((await stranger.get('/live/now')).status).toBe(403);
});

test('what is entered by somebody else is told: counts, the most urgent, where each row stands', async () => {
  const visitor = await signIn(house);
  await actAs(visitor, 'county-opinion-office/officer');
  const line = await follow(visitor);
  const before = await line.next();
  if (before === 'ended') throw new Error('ended at once');
  expect(before.rows.length).toBeGreaterThan(0);
  const desk = await visitor.text('/desk');
  for (const [id] of before.rows.slice(0, 3)) expect(desk).toContain(id);
  const other = await signIn(house);
  await other.post(
    '/inbox/new',
    { origin: 'own-watch', title: '路灯坏了三天', text: '小区门口的路灯坏了三天没有人来修。' },
    { tokenFrom: '/inbox/new' },
  );
  await other.post('/watch', { found: '0', sources: 'website' });
  const after = await line.next();
  if (after === 'ended') throw new Error('ended');
  expect(after.seq).toBeGreaterThan(before.seq);
  // The same once, for browsers that cannot keep a stream.
  const once = (await (await visitor.get('/live/now')).json()) as LiveState;
  expect(once.rows).toEqual(after.rows);
  await line.stop();
});

test('an office that is not held is not listened for', async () => {
  const visitor = await signIn(house);
  const mine = (await (await visitor.get('/live/now')).json()) as LiveState;
  const asked = (await (await visitor.get('/live/now?office=nobody/head')).json()) as LiveState;
  expect(asked.rows).toEqual(mine.rows);
});

test('a session keeps four streams: the oldest ends; signing out ends all of them', async () => {
  const visitor = await signIn(house);
  const lines = [];
  for (let i = 0; i < 5; i++) {
    const line = await follow(visitor);
    await line.next();
    lines.push(line);
  }
  expect(await lines[0]?.next()).toBe('ended');
  await visitor.post('/sign-out', {}, { tokenFrom: '/desk' });
  for (const line of lines.slice(1)) expect(await line.next()).toBe('ended');
});

test('the lists alone are handed out for a page that takes in what is new', async () => {
  const visitor = await signIn(house);
  const part = await visitor.text('/desk?part=1');
  expect(part).toMatch(/^<div data-lists/);
  expect(part).not.toContain('<script');
  const whole = await visitor.text('/desk');
  expect(whole).toContain('data-lists');
});

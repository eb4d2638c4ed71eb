/** Half a minute to take back what was done to a register: once, by the one who did it, and not a moment longer. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type House, openHouse, PASSWORD, signIn, Visitor } from './house.ts';
import { bare } from './worked.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
});
afterAll(() => house.close());
beforeEach(() => void (house.clock.at += 60_000));

const idOf = (response: Response): string =>
  new URL(response.headers.get('location') ?? '', 'http://x').searchParams.get('undo') ?? '';
const undo = async (id: string, who = visitor): Promise<string> => {
  const response = await who.post('/undo', { id }, { tokenFrom: '/desk' });
  return decodeURIComponent(new URL(response.headers.get('location') ?? '', 'http://x').searchParams.get('said') ?? '');
};
const addLine = (topic: string) =>
  visitor.post(
    '/registers/map',
    { do: 'map-add', topic, words: topic, unit: 'letters-section' },
    { tokenFrom: '/registers/map' },
  );
const removeLine = async (topic: string): Promise<Response> => {
  const lines = (await house.plugged.desk.settings.read()).responsibilities ?? [];
  const line = lines.findIndex(l => l.topic === topic);
  return visitor.post(
    '/registers/map',
    { do: 'map-remove', line: String(line), topic },
    { tokenFrom: '/registers/map' },
  );
};
const topics = async (): Promise<string[]> =>
  ((await house.plugged.desk.settings.read()).responsibilities ?? []).map(l => l.topic);

test('a line of the responsibility map comes back at its place, from a button that works without script', async () => {
  await addLine('排队');
  await addLine('停车');
  const before = await topics();
  const removed = await removeLine('排队');
  const page = await visitor.text(removed.headers.get('location') ?? '');
  expect(page).toContain('action="/undo"');
  expect(await topics()).not.toContain('排队');
  expect(await undo(idOf(removed))).toBe('已撤回，恢复原样。');
  expect(await topics()).toEqual(before);
  // Once is once.
  expect(await undo(idOf(removed))).toContain('没有撤回');
  expect(await topics()).toEqual(before);
});

test('after the half minute there is no button, and the address alone does nothing', async () => {
  const removed = await removeLine('停车');
  house.clock.at += 36_000;
  expect(await visitor.text(removed.headers.get('location') ?? '')).not.toContain('action="/undo"');
  expect(await undo(idOf(removed))).toContain('半分钟已过');
  expect(await topics()).not.toContain('停车');
});

test('an office that was vacated by a slip is held again; both entries stay and the second says that it corrects', async () => {
  const office = (html: string): string =>
    /name="unit" value="([^"]+)"[^>]*><input type="hidden" name="role" value="([^"]+)"/
      .exec(html)
      ?.slice(1)
      .join('/') ?? '';
  const [unit = '', role = ''] = office((await visitor.text('/people')).replaceAll(/\/>\s*</g, '><')).split('/');
  expect(unit).not.toBe('');
  const held = async (): Promise<boolean> => (await visitor.text('/people')).includes(`name="role" value="${role}"`);
  const count = async (): Promise<number> => (await house.plugged.desk.log.read(0)).length;
  const before = await count();
  const gone = await visitor.post('/people', { do: 'vacate', unit, role }, { tokenFrom: '/people' });
  expect(gone.status).toBe(303);
  expect(await undo(idOf(gone))).toBe('已撤回，恢复原样。');
  const added = (await house.plugged.desk.log.read(0)).slice(before);
  expect(added.map(e => e.type)).toEqual(['role.vacated', 'role.assigned', 'entry.corrected']);
  expect(added[2]?.data).toMatchObject({ entry: added[0]?.id, replacement: added[1]?.id });
  expect(await held()).toBe(true);
});

test('somebody shut out by a slip can sign in again; another person cannot take it back', async () => {
  const { desk } = house.plugged;
  const [admin] = await desk.people.list();
  if (!admin) throw new Error('nobody');
  for (const code of ['B801', 'B802'])
    await desk.people.save({ ...admin, code, login: code.toLowerCase(), name: code, administrator: true });
  const out = await visitor.post('/people', { do: 'disable', code: 'B801' }, { tokenFrom: '/people' });
  expect((await desk.people.byCode('B801'))?.active).toBe(false);
  const other = new Visitor(house);
  await other.post('/sign-in', { login: 'b802', password: PASSWORD });
  expect(await undo(idOf(out), other)).toContain('没有撤回');
  expect((await desk.people.byCode('B801'))?.active).toBe(false);
  expect(await undo(idOf(out))).toBe('已撤回，恢复原样。');
  expect((await desk.people.byCode('B801'))?.active).toBe(true);
});

test('a word switched off by a slip is on again as its second person had it', async () => {
  const { triage } = house.plugged.desk;
  const on = (await triage.ruleVersions()).find(v => v.onAt !== undefined && v.offAt === undefined);
  if (!on) throw new Error('the example has no word switched on');
  const page = `/concerns/${on.rule}`;
  const off = await visitor.post(page, { do: 'off' }, { tokenFrom: page });
  const now = async () => (await triage.ruleVersions()).find(v => v.rule === on.rule && v.version === on.version);
  expect((await now())?.offAt).toBeDefined();
  expect(await undo(idOf(off))).toBe('已撤回，恢复原样。');
  expect(await now()).toEqual(on);
});

test('nobody writes what would be put back by hand: the table of half-typed forms does not take it', async () => {
  const token = await visitor.token('/registers/directory');
  for (const form of ['undo:u-mock-00000000', 'practice:undo:u-mock-00000000'])
    expect((await visitor.post(`/drafts/${form}`, { kind: 'person' }, { token })).status).toBe(413);
  expect(await undo('u-mock-00000000')).toContain('没有撤回');
  expect(await undo('../../x')).toContain('没有撤回');
});

test('an unused word on the page says nothing of taking back', async () => {
  const page = await visitor.text('/registers/map?said=x&undo=u-0-1');
  expect([page.includes('action="/undo"'), bare(page).includes('x')]).toEqual([false, true]);
  expect(house.faults).toEqual([]);
});

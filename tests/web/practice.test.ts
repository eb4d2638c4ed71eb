/**
 * An exercise: the same pages under a mark, a log of its own, and nothing of it outside. Walked to a published answer with
 * the clock run past every limit, then looked for everywhere it must not be.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unzipSync } from 'fflate';
import { actAs, type House, NOON, openHouse, PASSWORD, signIn, Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
let practice: string;
const count = async (id: string, table: string): Promise<number> =>
  Number(
    (
      await house.store.pool.inTenant(id, q =>
        q<{ n: string }>(`select count(*) as n from ${table} where institution_id = $1`, [id]),
      )
    )[0]?.n,
  );
const real = async (): Promise<number> => (await house.plugged.desk.log.read(0)).length;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
});
afterAll(() => house.close());

test('starting copies offices and figures, not cases; everybody stays in the real house until they enter', async () => {
  const before = await real();
  const response = await visitor.post('/practice', { do: 'start' }, { tokenFrom: '/practice' });
  expect(response.headers.get('location')).toMatch(/^\/desk/);
  practice = (await house.plugged.desk.practice?.running())?.id ?? '';
  expect(practice).not.toBe('');
  const html = await visitor.text('/desk');
  expect(html).toContain('class="practice-mark"');
  expect(await visitor.text('/cases')).not.toContain('/cases/C1"');
  expect(await real()).toBe(before);
  const other = await signIn(house);
  expect(await other.text('/desk')).not.toContain('practice-mark');
});

test('from an item to a published answer inside the exercise; the public pages know nothing of it', async () => {
  const before = await real();
  const answers = await new Visitor(house).text('/answers');
  await actAs(visitor, 'county-opinion-office/officer');
  const opened = await visitor.post(
    '/inbox/new',
    {
      origin: 'own-watch',
      title: '演练：楼道堵塞',
      text: '楼道被堵',
      matter: 'complaint',
      concerns: ['letters-section'],
    },
    { tokenFrom: '/inbox/new' },
  );
  expect(opened.status).toBeLessThan(400);
  const item = /href="(\/inbox\/[^"?]+)"/.exec(
    (await visitor.text('/inbox')).replaceAll('/inbox/new', '').replaceAll('/inbox/import', ''),
  )?.[1];
  const at = item ?? '/inbox';
  const made = await visitor.post(
    at,
    { do: 'open', subject: '演练：楼道堵塞', matter: 'complaint', concerns: ['letters-section'] },
    { tokenFrom: at },
  );
  const where = new URL(made.headers.get('location') ?? '', 'http://x').pathname;
  expect(where).toMatch(/^\/cases\//);
  await actAs(visitor, 'letters-section/head');
  await visitor.post(
    `${where}/reply/reply-1/draft`,
    { form: 'reply', text: '演练答复\n楼道已清。', parts: ['facts', 'steps', 'dates'] },
    { tokenFrom: '/desk' },
  );
  const hash =
    /name="hash" value="(sha256:[0-9a-f]{64})"/.exec(await visitor.text(`${where}/reply/reply-1`))?.[1] ?? '';
  await actAs(visitor, 'leading-group/head');
  await visitor.post(`${where}/reply/reply-1/sign`, { do: 'sign', hash, as: 'leading-group' }, { tokenFrom: '/desk' });
  await actAs(visitor, 'letters-section/head');
  await visitor.post(
    `${where}/reply/reply-1/publish`,
    { hash, channel: 'website', kind: 'reply', read: 'true' },
    { tokenFrom: '/desk' },
  );
  const tenant = await house.store.tenant(practice);
  const events = (await tenant?.events()) ?? [];
  expect(events.some(e => e.type === 'case.opened')).toBe(true);
  expect(events.some(e => e.type === 'publication.made' || e.type === 'act.refused')).toBe(true);
  // Somebody inside the exercise sees the real public pages too.
  for (const who of [new Visitor(house), visitor]) {
    const shown = await who.text('/answers');
    expect(shown).not.toContain('演练答复');
    expect(shown.match(/href="\/answers\/\d+"/g)).toEqual(answers.match(/href="\/answers\/\d+"/g));
  }
  expect((await new Visitor(house).text('/proofs/keys')).length).toBeGreaterThan(10);
  expect(await real()).toBe(before);
  // A paper says what it is in every form.
  const archive = await visitor.get(`${where}/archive`);
  expect(archive.headers.get('content-disposition')).toContain('practice-');
  const files = unzipSync(new Uint8Array(await archive.arrayBuffer()));
  const pages = Object.entries(files).filter(([n]) => /^papers\/.*\.html$/.test(n));
  expect(pages.length).toBeGreaterThan(0);
  for (const [name, bytes] of pages)
    expect([name, new TextDecoder().decode(bytes).includes('演练文书')]).toEqual([name, true]);
  const words = Object.entries(files).filter(([n]) => n.endsWith('.docx'));
  for (const [name, bytes] of words) {
    const parts = unzipSync(bytes);
    const heads = Object.entries(parts).filter(([n]) => /^word\/header\d+\.xml$/.test(n));
    expect([name, heads.some(([, xml]) => new TextDecoder().decode(xml).includes('演练'))]).toEqual([name, true]);
  }
});

test('somebody added since it began works in it like everybody else', async () => {
  const { desk } = house.plugged;
  const [known] = await desk.people.list();
  if (!known) throw new Error('nobody');
  await desk.people.save({ ...known, code: 'B900', login: 'b900', name: '新来的', administrator: false });
  const late = new Visitor(house);
  await late.post('/sign-in', { login: 'b900', password: PASSWORD });
  await late.post('/practice', { do: 'enter' }, { tokenFrom: '/practice' });
  expect(await late.text('/desk')).toContain('practice-mark');
  const exercise = await house.store.tenant(practice);
  const row = (await exercise?.staff())?.find(p => p.code === 'B900');
  expect([row?.disabled, row?.passwordHash]).toEqual([true, '!']);
  // What somebody has begun to write hangs on that row.
  const kept = { fields: { text: ['写了一半'] }, baseHash: '', keptAt: house.clock.at };
  await (await desk.practice?.desk(practice))?.writing.keep('B900', 'c-1', 'reply-1', kept);
  expect((await (await desk.practice?.desk(practice))?.writing.begun('B900'))?.length).toBe(1);
});

test('far past every limit nobody is told anything: no timer, no notice, no reminder', async () => {
  house.clock.at = NOON + 40 * 86_400_000;
  visitor = await signIn(house);
  await visitor.post('/practice', { do: 'enter' }, { tokenFrom: '/practice' });
  expect(await visitor.text('/desk')).toContain('practice-mark');
  const tenant = await house.store.tenant(practice);
  if (tenant) await house.plugged.renew(tenant);
  await actAs(visitor, 'county-opinion-office/officer');
  const duty = /name="duty" value="([^"]+)"/.exec(await visitor.text('/supervision'))?.[1];
  expect(duty).toBeDefined();
  await visitor.post('/supervision', { duty: duty ?? '', back: '/desk' }, { tokenFrom: '/supervision' });
  expect((await tenant?.events())?.some(e => e.type === 'press.reminded')).toBe(true);
  for (const table of ['timer', 'timer_fired', 'notice', 'reminder', 'source'])
    expect([table, await count(practice, table)]).toEqual([table, 0]);
  expect((await house.plugged.desk.notices.list(50)).filter(n => n.text.includes('演练：'))).toEqual([]);
});

test('it is thrown away whole, only after a tick, and never the real house', async () => {
  expect(await house.store.discardPractice('example')).toBe(false);
  const out = await visitor.post('/practice', { do: 'leave' }, { tokenFrom: '/practice' });
  expect(out.status).toBe(303);
  expect(await visitor.text('/desk')).not.toContain('practice-mark');
  expect((await visitor.post('/practice', { do: 'discard' }, { tokenFrom: '/practice' })).status).toBe(422);
  const before = await real();
  await visitor.post('/practice', { do: 'discard', sure: 'true' }, { tokenFrom: '/practice' });
  expect(await house.plugged.desk.practice?.running()).toBeUndefined();
  expect(await house.store.tenant(practice)).toBeUndefined();
  for (const table of ['log_entry', 'log_body', 'setting', 'finding'])
    expect([table, await count(practice, table)]).toEqual([table, 0]);
  expect(await real()).toBe(before);
  expect(house.faults).toEqual([]);
});

test('a tab still inside an exercise that is gone falls back to the real house', async () => {
  const inside = await signIn(house);
  await inside.post('/practice', { do: 'start' }, { tokenFrom: '/practice' });
  expect(await inside.text('/desk')).toContain('practice-mark');
  await house.plugged.desk.practice?.discard();
  expect(await inside.text('/desk')).not.toContain('practice-mark');
  expect(house.faults).toEqual([]);
});

test('what is typed is kept per person and form, without secrets, and needs the token', async () => {
  const csrf = await visitor.token('/registers/directory');
  const send = (token: string) =>
    visitor.post('/drafts/directory', { name: '清江晚报', wanted: 'secret word' }, { token });
  expect((await send('wrong')).status).toBe(403);
  expect((await send(csrf)).status).toBe(200);
  expect(JSON.parse(await visitor.text('/drafts/directory'))).toMatchObject({ fields: { name: ['清江晚报'] } });
  expect(await visitor.text('/drafts/directory')).not.toContain('secret word');
  expect((await new Visitor(house).get('/drafts/directory')).status).toBe(401);
  await visitor.post('/drafts/directory', { name: '' }, { token: csrf });
  expect(JSON.parse(await visitor.text('/drafts/directory'))).toEqual({ fields: {} });
});

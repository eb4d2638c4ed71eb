/** The rota: a hole is filled, a swap is asked and agreed, leave shows what it touches, a shift is handed over; months from a pattern. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presenceOf, prepareBook } from '#core/obligations';
import { actAs, type House, NOON, openHouse, signIn, type Visitor } from './house.ts';

const HOUR = 3_600_000;
let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'general-office/watch-officer');
});
afterAll(() => house.close());

const events = async (type: string) => (await house.plugged.desk.log.read(0)).filter(e => e.type === type);
/** Shifts as the log says them now. */
async function shifts() {
  const { desk } = house.plugged;
  const institution = await desk.institution();
  const { readRulebook } = await import('#core/rulebook');
  const read = readRulebook({
    file: 'r',
    text: institution?.rulebook.text ?? '',
    digest: institution?.rulebook.digest ?? '',
  });
  if (!read.ok || !institution) throw new Error('no book');
  const book = prepareBook(read.rulebook, institution.setup, desk.calendar(institution.setup.officeHours));
  return presenceOf(book, await desk.log.read(0)).shifts;
}
const location = (r: Response): string => decodeURIComponent(r.headers.get('location') ?? '');

test('two weeks with days off and working days in words, one hole with its length and a way to fill it', async () => {
  const html = await visitor.text('/rota');
  expect(html.match(/<li class="day /g)).toHaveLength(14);
  for (const text of ['休', '班', '缺人', '9 小时 30 分', '补上', '现在谁在', '漏掉的轮次'])
    expect(html).toContain(text);
  // 2026-09-20 is a Sunday made a working day, 25 September a holiday of which the name is said.
  expect(html).toMatch(/day swap[\s\S]*?<b>20<\/b>[\s\S]*?调休上班/);
  expect(html).toContain('中秋节');
});

test('an office that has not rested, or is on watch, is not offered and the reason stands there', async () => {
  const html = await visitor.text('/rota');
  const [, alert = ''] = /<div class="alert sec no-print" id="gap-[^"]+">([\s\S]*?)<\/form>/.exec(html) ?? [];
  expect(alert).toMatch(/不能排：.*（(休息不够|已在岗)）/);
  const offered = [...alert.matchAll(/<option value="([^"]+)"/g)].map(m => m[1]);
  expect(offered.length).toBeGreaterThan(0);
  expect(offered.length).toBeLessThan(5);
});

test('a hole is filled in one step, as one more roster, and is no hole any more', async () => {
  const html = await visitor.text('/rota');
  const [, from = ''] = /name="from" value="(\d+)"/.exec(html) ?? [];
  const [, to = ''] = /name="to" value="(\d+)"/.exec(html) ?? [];
  const [, role = ''] = /<option value="([^"]+)"/.exec(html.slice(html.indexOf('id="gap-'))) ?? [];
  const before = (await events('duty-roster.set')).length;
  const response = await visitor.post('/rota', { do: 'fill', from, to, role });
  expect(response.status).toBe(303);
  const rosters = await events('duty-roster.set');
  expect(rosters).toHaveLength(before + 1);
  expect(rosters.at(-1)?.data['slots']).toMatchObject([{ role }]);
  expect(await visitor.text('/rota')).toContain('没有空班');
});

test.each([
  ['hours that run backwards', { from: String(NOON + HOUR), to: String(NOON), role: 'watch-officer' }, '起止时间不对'],
  [
    'hours gone by',
    { from: String(NOON - 9 * HOUR), to: String(NOON - 2 * HOUR), role: 'watch-officer' },
    '起止时间不对',
  ],
  ['an office of another unit', { from: String(NOON), to: String(NOON + HOUR), role: 'deputy' }, '不在本单位'],
  ['no number at all', { from: 'x', to: '', role: 'watch-officer' }, '起止时间不对'],
])('%s are refused in words and nothing is written', async (_name, fields, says) => {
  const before = (await events('duty-roster.set')).length;
  const response = await visitor.post('/rota', { do: 'fill', ...fields });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(says);
  expect((await events('duty-roster.set')).length).toBe(before);
});

test('a swap counts only once the other office agrees; then both shifts have changed hands', async () => {
  const coming = (await shifts()).filter(s => s.unit === 'general-office' && s.from > NOON);
  const mine = coming.find(s => s.role === 'watch-officer' && s.from > NOON + 72 * HOUR);
  if (!mine) throw new Error('no shift');
  // Theirs lies far enough from every shift of mine but the one given away.
  const rested = (role: string, span: { from: number; to: number }, but: number): boolean =>
    coming.every(
      s => s.role !== role || s.from === but || span.from - s.to >= 11 * HOUR || s.from - span.to >= 11 * HOUR,
    );
  const theirs = coming.find(
    s => s.role === 'watch-second' && rested('watch-officer', s, mine.from) && rested('watch-second', mine, s.from),
  );
  const back = theirs ? `${theirs.from}-${theirs.to}-watch-second` : '';
  const ask = await visitor.post('/rota', {
    do: 'swap',
    mine: `${mine.from}-${mine.to}`,
    with: 'watch-second',
    'back-shift': back,
  });
  expect(location(ask)).toContain('已请对方');
  const [asked] = await house.plugged.desk.rota.swaps();
  expect(asked).toMatchObject({ state: 'asked', role: 'watch-officer', with: 'watch-second' });
  const notices = await house.plugged.desk.notices.list(50);
  expect(notices.some(n => n.subject.startsWith('【换班】'))).toBe(true);
  const before = (await events('duty-roster.set')).length;
  // Not by the one who asked.
  expect((await visitor.post('/rota', { do: 'accept', swap: asked?.id ?? '' })).status).toBe(422);
  expect((await events('duty-roster.set')).length).toBe(before);
  await actAs(visitor, 'general-office/watch-second');
  expect(location(await visitor.post('/rota', { do: 'accept', swap: asked?.id ?? '' }))).toContain('换好了');
  const now = await shifts();
  expect(now.find(s => s.from === mine.from)?.role).toBe('watch-second');
  if (theirs) expect(now.find(s => s.from === theirs.from)?.role).toBe('watch-officer');
  expect((await house.plugged.desk.rota.swaps())[0]).toMatchObject({ state: 'accepted' });
  expect((await visitor.post('/rota', { do: 'accept', swap: asked?.id ?? '' })).status).toBe(422);
  await actAs(visitor, 'general-office/watch-officer');
});

test('a round by an office on shift is entered in place of the office that the article names', async () => {
  const on = (await shifts()).find(s => s.unit === 'general-office' && s.from <= NOON && NOON < s.to);
  expect(on).toBeDefined();
  await actAs(visitor, 'general-office/watch-second');
  const done = (await shifts()).find(s => s.role === 'watch-second' && s.from > NOON);
  if (!done) throw new Error('no shift');
  house.clock.at = done.from + HOUR;
  visitor = await signIn(house);
  await actAs(visitor, 'general-office/watch-second');
  const response = await visitor.post(
    '/watch',
    { found: '0', sources: ['website'], back: '/rota' },
    { tokenFrom: '/rota' },
  );
  expect(response.headers.get('location')).toMatch(/^\/rota\?said=/);
  expect((await events('watch.done')).at(-1)?.by).toEqual({
    unit: 'general-office',
    role: 'watch-second',
    standingInFor: 'watch-officer',
  });
  const handed = await visitor.post('/rota', { do: 'hand-over', role: 'watch-officer' });
  expect(location(handed)).toMatch(/^\/rota\/hand-over\//);
  const sheet = await visitor.text(location(handed).split('?')[0] ?? '');
  for (const text of ['的交接单', '没办完的职责', '巡查岗乙', '巡查岗']) expect(sheet).toContain(text);
  house.clock.at = NOON;
  visitor = await signIn(house);
  await actAs(visitor, 'general-office/watch-officer');
});

test('nobody hands over who is not on watch', async () => {
  await actAs(visitor, 'letters-section/head');
  const response = await visitor.post('/rota', { do: 'hand-over', role: 'watch-officer' });
  expect(response.status).toBe(422);
  expect((await events('shift.handed-over')).length).toBe(1);
  await actAs(visitor, 'general-office/watch-officer');
});

test('leave shows the shifts it leaves open before it is saved; a stand-in covers them', async () => {
  const shift = (await shifts()).find(s => s.role === 'watch-officer' && s.from > NOON + 24 * HOUR);
  if (!shift) throw new Error('no shift');
  const day = new Date(shift.from + 8 * HOUR).toISOString().slice(0, 10);
  const fields = { office: 'general-office/watch-officer', from: day, to: day, 'stand-in': '', why: 'leave' };
  const looked = await (await visitor.post('/rota/leave', { ...fields, do: 'try' })).text();
  expect(looked).toContain('会空出来');
  expect(await events('leave.recorded')).toEqual([]);
  const covered = await (await visitor.post('/rota/leave', { ...fields, 'stand-in': 'watch-third', do: 'try' })).text();
  expect(covered).toContain('由巡查岗丙代');
  expect((await visitor.post('/rota/leave', { ...fields, do: 'save' })).status).toBe(303);
  expect(await visitor.text('/rota')).toContain('缺人');
  expect((await visitor.post('/rota/leave', { ...fields, 'stand-in': 'watch-third', do: 'save' })).status).toBe(303);
  const html = await visitor.text('/rota');
  expect(html).toContain('没有空班');
  expect(html).toContain('巡查岗请假，巡查岗丙代');
});

test('who is named to stand in may sign for those days, and not after', async () => {
  await actAs(visitor, 'leading-group/head');
  const today = '2026-09-17';
  const fields = { office: 'leading-group/head', from: today, to: today, 'stand-in': 'member', why: 'leave' };
  const looked = await (await visitor.post('/rota/leave', { ...fields, do: 'try' })).text();
  expect(looked).toMatch(/代签/);
  await visitor.post('/rota/leave', { ...fields, do: 'save' });
  const { capacitiesOf } = await import('../../src/web/permissions.ts');
  const { keepHall } = await import('../../src/web/state.ts');
  const keeper = keepHall(house.plugged.desk);
  const deputy = { unit: 'leading-group', role: 'member' };
  const own = capacitiesOf(await keeper.look(), { unit: 'leading-group', role: 'head' });
  expect(own.length).toBeGreaterThan(0);
  expect(capacitiesOf(await keeper.look(), deputy)).toEqual(expect.arrayContaining([...own]));
  house.clock.at = NOON + 24 * HOUR;
  expect(capacitiesOf(await keeper.look(), deputy)).not.toEqual(expect.arrayContaining([...own]));
  house.clock.at = NOON;
  await actAs(visitor, 'general-office/watch-officer');
});

test.each([
  ['dates the wrong way round', { from: '2026-09-20', to: '2026-09-18' }, '日期不对'],
  ['an office of another unit', { office: 'service-centre/head' }, '只能为自己'],
  ['oneself', { 'stand-in': 'watch-officer' }, '不能自己代自己'],
])('leave with %s is refused', async (_name, wrong, says) => {
  const before = (await events('leave.recorded')).length;
  const { desk } = house.plugged;
  const admin = await desk.people.byLogin('admin');
  if (admin) await desk.people.save({ ...admin, administrator: false });
  const fields = {
    office: 'general-office/watch-officer',
    from: '2026-09-18',
    to: '2026-09-18',
    'stand-in': '',
    why: 'leave',
  };
  const response = await visitor.post('/rota/leave', { ...fields, ...wrong, do: 'save' });
  if (admin) await desk.people.save(admin);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(says);
  expect((await events('leave.recorded')).length).toBe(before);
});

const PATTERN = {
  from: '2026-10-09',
  to: '2026-10-31',
  rest: '11',
  'shift-name': ['日', '晚', '夜', ''],
  'shift-opens': ['08:30', '17:30', '23:00', ''],
  'shift-closes': ['17:30', '23:00', '08:30', ''],
  offices: ['watch-officer', 'watch-second', 'watch-third'],
};
test('a month from a pattern: looked at first, then one roster; nobody twice without rest, shares differ by one', async () => {
  const before = (await events('duty-roster.set')).length;
  const looked = await (await visitor.post('/rota/plan', { ...PATTERN, do: 'try' })).text();
  expect(looked).toContain('各岗位的班数');
  expect(looked).toContain('调休上班');
  expect((await events('duty-roster.set')).length).toBe(before);
  expect((await visitor.post('/rota/plan', { ...PATTERN, do: 'save' })).status).toBe(303);
  const slots = (await events('duty-roster.set')).at(-1)?.data['slots'] as { from: string; to: string; role: string }[];
  const counts = PATTERN.offices.map(o => slots.filter(s => s.role === o).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  for (const role of PATTERN.offices) {
    const own = slots.filter(s => s.role === role).map(s => [Date.parse(s.from), Date.parse(s.to)] as const);
    own.slice(1).forEach(([from], i) => expect(from - (own[i]?.[1] ?? 0)).toBeGreaterThanOrEqual(11 * HOUR));
  }
  expect((await visitor.post('/rota/plan', { ...PATTERN, do: 'try' })).status).toBe(200);
  expect(await (await visitor.post('/rota/plan', { ...PATTERN, do: 'try' })).text()).toContain('已经排满了');
});

test.each([
  ['no shift', { 'shift-name': [''], 'shift-opens': [''], 'shift-closes': [''] }, '至少填一班'],
  ['a clock that is none', { 'shift-opens': ['8:3', '', '', ''] }, '至少填一班'],
  ['nobody', { offices: [] }, '至少选一个岗位'],
  ['somebody from elsewhere', { offices: ['deputy'] }, '不在本单位'],
  ['three months', { to: '2026-12-30' }, '日期不对'],
  ['beyond the holidays announced', { from: '2027-12-01', to: '2028-01-05' }, '日期不对'],
  ['a rest of days', { rest: '99' }, '间隔写 0 到 48'],
])('a plan with %s is refused', async (_name, wrong, says) => {
  const response = await visitor.post('/rota/plan', { ...PATTERN, ...wrong, do: 'save' } as never);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain(says);
});

test('a kind of source is ticked beforehand once every source of it was read since the round began', async () => {
  const { desk } = house.plugged;
  const [source] = await desk.sources.list();
  if (!source) throw new Error('no source');
  await desk.sources.save({ ...source, state: 'on', switchedOnBy: 'X008' });
  await visitor.post('/rota', { do: 'kinds', [`kind.${source.key}`]: 'website' });
  expect(await desk.rota.sourceKinds()).toEqual({ [source.key]: 'website' });
  const html = await visitor.text('/rota');
  expect(html).toMatch(/value="website"[^>]*checked|checked[^>]*value="website"/);
  expect(html).not.toMatch(/value="message-board"[^>]*checked/);
  house.clock.at = NOON + 24 * HOUR;
  visitor = await signIn(house);
  // The next day begins a new round: yesterday's reading does not tick it.
  expect(await visitor.text('/rota')).not.toMatch(/value="website"[^>]*checked/);
  house.clock.at = NOON;
  visitor = await signIn(house);
});
test('a missed round asks for its reason and shows it once written', async () => {
  const html = await visitor.text('/rota');
  const [, path = ''] = /href="(\/reason\/[^"]+)"/.exec(html.slice(html.indexOf('id="missed"'))) ?? [];
  expect(path).not.toBe('');
  await visitor.post(path, { reason: '当天系统停电，次日补看' });
  expect(await visitor.text('/rota')).toContain('原因：当天系统停电，次日补看');
});

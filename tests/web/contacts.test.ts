/**
 * How people are reached: held sealed by one office, opened with a reason, gone on its date. And the attempt of an officer
 * who holds every office of the house to get from what is public to a person.
 */
import { formatInstant } from '#core/calendar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeForgetter } from '../../src/start/retention.ts';
import { actAs, type House, openHouse, signIn, type Visitor } from './house.ts';

const CONTACT = '139 1234 5678 晚上七点后';
const MOST_OF_A_KIND = 3;
const HANDLE = 'river_walker_88';
let house: House;
let visitor: Visitor;
let hotline = '';
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
  await actAs(visitor, 'letters-section/head');
  const found = await house.plugged.desk.findings.list({ limit: 100 });
  hotline = found.find(f => f.origin === 'hotline' && f.state === 'new')?.id ?? '';
});
afterAll(() => house.close());
const enter = (more: Readonly<Record<string, string>> = {}): Promise<Response> =>
  visitor.post(
    '/contacts',
    { do: 'enter', finding: hotline, 'contact-text': CONTACT, purpose: 'call-back', days: '10', ...more },
    { tokenFrom: '/contacts' },
  );
const heldId = async (): Promise<string> =>
  /<li class="pane" id="([^"]+)"/.exec(await visitor.text('/contacts'))?.[1] ?? '';
const audit = (): Promise<readonly { what: string; detail: string }[]> =>
  house.store.pool.scan<{ what: string; detail: string }>(
    "select what, detail from audit where what like 'contact-%' or what = 'retention' order by id",
    [],
  );

test.each([
  ['no words', { 'contact-text': '' }],
  ['no purpose', { purpose: 'marketing' }],
  ['longer than it may be kept', { days: '400' }],
])('%s: not kept, and the page says why', async (_, wrong) => {
  const response = await enter(wrong);
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('没有存上');
  expect(await heldId()).toBe('');
});

test('beside a public text there is no contact, neither on the page nor by a request', async () => {
  const found = await house.plugged.desk.findings.list({ limit: 100 });
  const open = found.find(f => f.origin === 'own-watch');
  expect(open).toBeDefined();
  expect((await visitor.get(`/contacts/new?item=${open?.id}`)).status).toBe(404);
  expect((await enter({ finding: open?.id ?? '' })).status).toBe(404);
  expect(await heldId()).toBe('');
});

test('it is sealed in the store, shown once for a reason, and that it was shown stands in the audit', async () => {
  expect((await enter()).status).toBe(303);
  const id = await heldId();
  const [row] = await house.store.pool.scan<{ sealed: string }>('select sealed from hotline_contact where id = $1', [
    id,
  ]);
  expect(row?.sealed).toMatch(/^s1:k1:/);
  expect(await visitor.text('/contacts')).not.toContain(CONTACT);
  expect((await enter()).status).toBe(422); // one is held already

  const ask = (why: string) => visitor.post('/contacts', { do: 'open', contact: id, why }, { tokenFrom: '/contacts' });
  const without = await ask('');
  expect([without.status, (await without.text()).includes(CONTACT)]).toEqual([422, false]);
  const shown = await ask('电话核实水泵噪声');
  expect(shown.headers.get('cache-control')).toContain('no-store');
  expect(await shown.text()).toContain(CONTACT);
  expect((await audit()).map(a => a.what)).toEqual(['contact-entered', 'contact-opened']);
  expect(JSON.stringify(await audit())).not.toContain('139');
});

test('the office that handles the matter cannot open it; it asks the office that holds it', async () => {
  const id = await heldId();
  await actAs(visitor, 'leading-group/head');
  expect(await heldId()).toBe('');
  const asked = await visitor.post('/contacts', { do: 'open', contact: id, why: '想看' }, { tokenFrom: '/contacts' });
  const page = await asked.text();
  expect([asked.status, page.includes(CONTACT), page.includes('请找登记的科室')]).toEqual([422, false, true]);
  await actAs(visitor, 'letters-section/head');
});

test('with every office of the house, no page leads to a speaker, and only one reason leads to a contact', async () => {
  const { desk } = house.plugged;
  const items = ['供水退费一直没到账', '水泵夜里还在响', '退费到底找谁'].map((title, i) => ({
    id: `red-${i}`,
    origin: 'own-watch',
    outlet: '清江论坛',
    url: `https://forum.example.cn/t/${i}`,
    title,
    text: `楼主@${HANDLE}：${title}。`,
    matched: [],
  }));
  await desk.findings.add(items);
  const before = await desk.institution();
  const admin = await desk.people.byLogin('admin');
  if (!before || !admin) throw new Error('no example');
  const offices = [...new Set(before.setup.roles.map(r => `${r.unit}/${r.role}`))];
  expect(offices.length).toBeGreaterThan(3);
  const at = formatInstant(house.clock.at);
  const assigned = offices.map((office, i) => {
    const [unit = '', role = ''] = office.split('/');
    const data = { unit, role, holder: admin.code, from: at.slice(0, 10) };
    const by = { unit: 'institution', role: 'system' };
    return { id: `red-role-${i}`, type: 'role.assigned', at, recordedAt: at, by, data };
  });
  expect((await desk.log.append(assigned, (await desk.log.head()).entries)).ok).toBe(true);
  const leaks: string[] = [];
  for (const office of offices) {
    await actAs(visitor, office);
    expect(await visitor.text('/desk')).toMatch(new RegExp(`value="${office}"[^>]*aria-(pressed|current)=`));
    const seen = new Set(['/desk']);
    // Of pages of one kind a few stand for all.
    const ofKind = new Map<string, number>();
    for (const path of seen) {
      const kind = path
        .replace(/\?.*/, '')
        .replace(/\/do\/.*/, '/do/:type')
        .replace(/\/[^/]*\d[^/]*/g, '/:id');
      const times = (ofKind.get(kind) ?? 0) + 1;
      ofKind.set(kind, times);
      if (times > MOST_OF_A_KIND) continue;
      const response = await visitor.get(path);
      if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) continue;
      const page = await response.text();
      if (page.includes('139 1234')) leaks.push(`${office} ${path}: a contact`);
      if (/[?&](author|speaker|account|user|by)=/.test(page)) leaks.push(`${office} ${path}: a list by speaker`);
      // From a case, or from a public text, nothing leads to one certain contact.
      if (/^\/(cases|inbox\/red-)/.test(path) && /\/contacts[/?#]/.test(page))
        leaks.push(`${office} ${path}: leads to a contact`);
      for (const [, href = ''] of page.matchAll(/href="(\/[^"#]*)"/g))
        if (!/\/(word|pdf|archive|export|workbook|recompute)|^\/(tables|assets|sign-out)/.test(href))
          seen.add(href.replaceAll('&amp;', '&'));
    }
  }
  expect(leaks).toEqual([]);
  await actAs(visitor, 'letters-section/head');
}, 300_000);

test('nothing of it goes out: papers, archive, log, workbooks', async () => {
  const texts: string[] = [];
  for (const path of ['/log/export', '/tables/findings', '/cases/C1/archive']) {
    const response = await visitor.get(path);
    texts.push(Buffer.from(await response.arrayBuffer()).toString('latin1'));
  }
  const dump = await house.store.dump();
  texts.push(...dump.values());
  expect(texts.filter(t => t.includes('139 1234') || t.includes('139%201234'))).toEqual([]);
});

test('a page that an office has no right to is refused, and that stands in the audit', async () => {
  const { desk } = house.plugged;
  const admin = await desk.people.byLogin('admin');
  if (!admin) throw new Error('no administrator');
  await desk.people.save({ ...admin, administrator: false });
  expect((await visitor.get('/settings/papers')).status).toBe(403);
  await desk.people.save(admin);
  const [row] = await house.store.pool.scan<{ detail: string }>("select detail from audit where what = 'refused'", []);
  expect(row?.detail).toBe('administer GET /settings/papers');
});

test('used: only the record of the deletion is left', async () => {
  const id = await heldId();
  await visitor.post('/contacts', { do: 'used', contact: id }, { tokenFrom: '/contacts' });
  expect(await heldId()).toBe('');
  expect(await visitor.text('/contacts')).toContain('用完删除');
  const [row] = await house.store.pool.scan<{ sealed: string | null }>(
    'select sealed from hotline_contact where id = $1',
    [id],
  );
  expect(row?.sealed).toBeNull();
});

test('on its date it goes by itself; the audit is kept six months at the least, whatever is set', async () => {
  await enter({ days: '1' });
  const tenant = (await house.store.tenant((await house.store.institutions())[0]?.id ?? '')) ?? undefined;
  const old = Date.now() - 200 * 86_400_000;
  await tenant?.audit(old, 'x', 'sign-in', 'old');
  await tenant?.audit(old + 100 * 86_400_000, 'x', 'sign-in', 'younger');
  await tenant?.putSetting('retention', { auditDays: 1 });
  const later = Math.max(house.clock.at + 2 * 86_400_000, Date.now());
  await makeForgetter(house.store)(later);
  expect(await heldId()).toBe('');
  const left = await house.store.pool.scan<{ detail: string }>(
    "select detail from audit where detail in ('old', 'younger')",
    [],
  );
  expect(left.map(r => r.detail)).toEqual(['younger']);
  await expect(
    house.store.pool.inTenant(tenant?.institution.id ?? '', query =>
      query('select forget_audit($1, now())', [tenant?.institution.id]),
    ),
  ).rejects.toThrow('183 days');
});

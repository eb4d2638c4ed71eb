/**
 * Words of findings outside every case go on their date, on a real database: what goes, what stays, and why. Numbers of past
 * briefs are read off the same rows afterwards.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSought } from '#core/text';
import { openStore, type Store, type Tenant } from '#io/store';
import { makeForgetter } from '../../src/start/retention.ts';
import { takeIn } from '../../src/start/intake/index.ts';
import { item, write } from './use-triage.ts';

const DAY = 86_400_000;
// The database refuses to delete its audit of the last months by its own clock: now is now.
const NOW = Math.floor(Date.now() / 1000) * 1000;
const OLD = NOW - 1100 * DAY;
const BEFORE = NOW - 1096 * DAY;
const PAGE = 'https://forum.example.cn/t/77';
const folder = mkdtempSync(join(tmpdir(), 'huiyin-forgetting-'));
chmodSync(folder, 0o755);
let store: Store;
let tenant: Tenant;
let other: Tenant;
const asked = { before: BEFORE, reach: 0, most: 100 };

async function open(id: string): Promise<Tenant> {
  await store.addInstitution({ id, titleZh: id, titleEn: id, isExample: false }, OLD);
  const found = await store.tenant(id);
  if (!found) throw new Error('no tenant');
  return found;
}
const look = (findingId: string, lookedAt: number) =>
  ({
    findingId,
    lookedAt,
    why: 'first',
    outcome: 'kept',
    keeps: 'bytes',
    url: PAGE,
    status: 200,
    headers: { 'content-type': 'text/html', location: PAGE },
    digest: 'sha256:00',
    size: 3,
    title: '路口积水',
    text: '王某说水深过膝',
  }) as const;

beforeAll(async () => {
  store = await openStore({ data: join(folder, 'data') });
  tenant = await open('here');
  other = await open('there');
  const rain = { url: PAGE, key: PAGE, outlet: '城市论坛', title: '路口积水', text: '路口积水深过膝，车开不过去' };
  await write(tenant, OLD, [
    item('alone', OLD, rain),
    item('copy', OLD, {
      of: 'alone',
      kind: 'exact',
      story: 'st-alone',
      title: '路口积水',
      key: `text:${'a'.repeat(64)}`,
    }),
    item('waiting', OLD),
    item('cased', OLD),
    item('cased-copy', OLD, { of: 'cased', kind: 'near', story: 'st-cased' }),
    item('sealed', OLD),
    item('called', OLD, { lane: 'hotline', origin: 'hotline' }),
    item('joined', OLD),
    item('meanwhile', OLD),
  ]);
  await write(tenant, NOW - 1095 * DAY, [item('young', NOW - 1095 * DAY, { story: 'st-alone', title: '水退了' })]);
  await write(other, OLD, [item('alone', OLD, rain)]);
  await tenant.triage.settle(['alone'], { state: 'dismissed' });
  await tenant.triage.settle(['cased'], { state: 'in-case', caseId: 'C1', events: { cased: 'e1' } });
  await tenant.triage.merge('st-joined', 'st-alone');
  for (const one of [tenant, other]) await one.search.enter(100);
  await tenant.evidence.addLook(look('alone', OLD), new TextEncoder().encode('abc'));
  await tenant.evidence.addLook(
    { ...look('sealed', OLD), keeps: 'digest', url: 'https://x.example', title: '', text: '', headers: {} },
    new TextEncoder().encode('abc'),
    {
      unit: 'u',
      role: 'r',
      reason: '复核',
      at: NOW - DAY,
      keepUntil: NOW + 29 * DAY,
    },
  );
  const contact = {
    id: 'k',
    finding: 'called',
    purpose: 'call-back',
    unit: 'u',
    enteredAt: NOW,
    keepUntil: NOW + DAY,
  } as const;
  await tenant.contacts.enter(contact, '0');
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const hasWords = async (one: Tenant, id: string): Promise<boolean> => (await one.finding(id))?.text !== '';
const audited = (): Promise<readonly { readonly detail: string }[]> =>
  store.pool.scan<{ detail: string }>(
    "select detail from audit where institution_id = 'here' and what = 'retention' order by id",
    [],
  );
const numbers = async (): Promise<unknown> => ({
  stories: (await tenant.triage.stories({ tab: 'new', limit: 20 })).map(s => [s.id, s.originals, s.copies, s.fresh]),
  sightings: await tenant.triage.sightings(['st-alone', 'st-cased'], 0),
  origins: await tenant.triage.byOrigin(['st-alone', 'st-cased']),
  findings: (await tenant.findings({ limit: 50 })).map(f => [f.id, f.seenAt, f.outlet, f.sourceKey, f.state]),
});

test('what goes and what stays, and the numbers stay as they were', async () => {
  const before = await numbers();
  // Somebody is opening a case for one of them at this very moment.
  let decide: () => void = () => undefined;
  let holds: () => void = () => undefined;
  const held = new Promise<void>(done => (holds = done));
  const decided = new Promise<void>(done => (decide = done));
  const opening = store.pool.inTenant('here', async query => {
    await query("update finding set state = 'in-case', case_id = 'C2' where institution_id = $1 and id = 'meanwhile'", [
      'here',
    ]);
    holds();
    await decided;
  });
  await held;
  expect(await tenant.forgetTexts(asked, NOW)).toEqual({ findings: 4, looks: 1 });
  decide();
  await opening;
  const table = [
    // finding, words, why
    ['alone', false, 'dismissed'],
    ['copy', false, 'a copy of what was dismissed'],
    ['waiting', false, 'nobody ever decided on it'],
    ['joined', false, 'its story was joined to another'],
    ['young', true, 'its date has not come'],
    ['cased', true, 'in a case'],
    ['cased-copy', true, 'a copy of what is in a case'],
    ['sealed', true, 'an office asked for its page to be sealed'],
    ['called', true, 'somebody waits to be called back'],
    ['meanwhile', true, 'a case was being opened for it'],
  ] as const;
  for (const [id, words, why] of table) expect([id, await hasWords(tenant, id), why]).toEqual([id, words, why]);
  expect(await hasWords(other, 'alone')).toBe(true);
  await tenant.triage.settle(['meanwhile'], { state: 'new' });
  expect(await numbers()).toEqual(before);
  expect((await audited()).map(a => a.detail)).toEqual(['texts 4, looked-at pages 1']);
});

test('nothing of it is left beside the finding: page, address, title, pairs of characters', async () => {
  const gone = await tenant.finding('alone');
  expect(gone).toMatchObject({ title: '', text: '', matched: [], erasedAt: NOW, outlet: '城市论坛', seenAt: OLD });
  expect(gone?.url).toBeUndefined();
  const [page] = await tenant.evidence.looks('alone');
  expect(page).toMatchObject({ url: '', outcome: 'kept', digest: 'sha256:00', lookedAt: OLD, bytes: 'none' });
  expect([page?.title, page?.text, page?.headers]).toEqual([undefined, undefined, { 'content-type': 'text/html' }]);
  expect(await tenant.evidence.body('alone', 1)).toBeUndefined();
  // The story goes by the text that is left; one of which none is left has no name.
  expect((await tenant.triage.story('st-alone'))?.title).toBe('水退了');
  expect((await tenant.triage.story('st-waiting'))?.title).toBe('');
  const search = { asked: readSought('积水'), from: OLD - DAY, to: NOW, limit: 10 };
  expect((await tenant.search.findings(search)).hits).toEqual([]);
  expect((await other.search.findings(search)).hits.map(h => h.id)).toEqual(['alone']);
  for (const table of ['finding', 'finding_key', 'story', 'evidence_look', 'search_entry', 'triage_act']) {
    const rows = await store.pool.scan<{ row: string }>(
      `select t::text as row from ${table} t where institution_id = 'here' and (t::text like '%积水%' or t::text like '%/t/77%' or t::text like '%膝%')`,
      [],
    );
    expect([table, rows]).toEqual([table, []]);
  }
});

test('what comes again is known by the digest of its address, and is no longer compared with', async () => {
  const again = {
    source: 's',
    origin: 'own-watch',
    keeps: 'everything',
    title: '路口积水',
    text: '路口积水深过膝',
  } as const;
  expect((await takeIn(tenant, [{ ...again, url: PAGE }], NOW)).map(t => t.result)).toEqual(['known']);
  expect((await takeIn(tenant, [{ ...again, url: `${PAGE}8` }], NOW)).map(t => t.result)).toEqual(['added']);
  // No address can be written so that it stands for a digest.
  const forged = `#${'0'.repeat(64)}`;
  const [odd] = await takeIn(tenant, [{ ...again, title: '另一件', text: '另一件事', url: forged }], NOW);
  expect((await tenant.finding(odd?.id ?? ''))?.url).toBeUndefined();
});

test('a second time deletes nothing a second time', async () => {
  expect(await tenant.forgetTexts(asked, NOW + 1)).toEqual({ findings: 1, looks: 0 });
  // The one for which a case was being opened was taken out of it again.
  expect(await hasWords(tenant, 'meanwhile')).toBe(false);
  expect(await tenant.forgetTexts(asked, NOW + 2)).toEqual({ findings: 0, looks: 0 });
  expect((await tenant.finding('alone'))?.erasedAt).toBe(NOW);
  expect(await audited()).toHaveLength(2);
});

test('what was held goes when nobody holds it, in pieces', async () => {
  await tenant.evidence.expireSealed(NOW + 30 * DAY);
  await tenant.contacts.expire(NOW + 30 * DAY);
  const gone: string[] = [];
  let after: { readonly at: number; readonly id: string } | undefined;
  for (let i = 0; i < 10; i++) {
    const { findings, next } = await tenant.forgetTexts({ ...asked, most: 1, ...(after ? { after } : {}) }, NOW);
    gone.push(`${next?.id ?? 'end'} ${findings}`);
    if (!next) break;
    after = next;
  }
  expect(gone).toEqual(['called 1', 'cased-copy 0', 'sealed 1', 'end 0']);
});

test('the end of a case takes the pages, titles and addresses of its findings along', async () => {
  await tenant.evidence.addLook(look('cased', NOW), new TextEncoder().encode('abc'));
  await tenant.eraseFindings('C1', NOW);
  expect(await hasWords(tenant, 'cased')).toBe(false);
  expect((await tenant.evidence.looks('cased'))[0]?.text).toBeUndefined();
  // The copy was never told to the log as one of the case: what it is a copy of is in the case, so it stays.
  expect((await tenant.triage.story('st-cased'))?.title).toBe('标题 cased-copy');
});

test('the round of every hour does it by the days of the house, and goes on where a round ended', async () => {
  await tenant.putSetting('triage', { keepTextDays: 400 });
  const [early, late] = [NOW - 500 * DAY, NOW - 405 * DAY];
  await write(tenant, early, [item('early', early)]);
  await write(tenant, late, [item('late', late)]);
  const forget = makeForgetter(store);
  await forget(NOW - 10 * DAY);
  expect([await hasWords(tenant, 'early'), await hasWords(tenant, 'young')]).toEqual([false, false]);
  expect(await hasWords(tenant, 'late')).toBe(true);
  await forget(NOW - 10 * DAY + 3_600_000);
  await forget(NOW - 5 * DAY);
  expect(await hasWords(tenant, 'late')).toBe(true);
  await forget(NOW - 5 * DAY + 3_600_000);
  expect(await hasWords(tenant, 'late')).toBe(false);
  // A number that nobody could have entered deletes nothing.
  await tenant.putSetting('triage', { keepTextDays: 0 });
  await write(tenant, NOW - DAY, [item('today', NOW - DAY)]);
  await forget(NOW);
  expect(await hasWords(tenant, 'today')).toBe(true);
});

test('samples, trials and earlier states of pages go by the same days', async () => {
  const { triage } = tenant;
  await triage.addDrill('2020-07', [{ item: 'x', title: '抽到的', text: '抽到的话' }]);
  await triage.sayDrill('2020-07', 'x', 'ours', 'H01', OLD);
  const version = { rule: 'r', title: 't', body: {}, note: 'n', said: [], madeBy: 'H01', madeAt: OLD };
  await triage.addRuleVersion(version);
  await triage.tried('r', 1, OLD, { gained: [{ id: 'a', title: '抽到的', terms: [] }], gainedCount: 1, lost: [] });
  const act = { id: 't1', at: NOW - 2 * DAY, staffCode: 'H01', what: 'split', story: 'st-a' } as const;
  await triage.putAct({ ...act, detail: { title: '抽到的', new: 'st-b', decided: { findings: [] } } });
  for (const seenAt of [OLD, OLD + DAY])
    await tenant.addPageVersion({ sourceKey: 's', seenAt, digest: String(seenAt), title: '抽到的', text: '' });
  expect((await tenant.forgetOld(NOW, 366, BEFORE)).words).toBe(3);
  expect((await triage.drill('2020-07'))[0]).toMatchObject({ title: '', text: '', verdict: 'ours' });
  expect((await triage.ruleVersions()).find(v => v.rule === 'r')?.trial).toMatchObject({ gained: [], gainedCount: 1 });
  expect((await triage.acts(0)).find(a => a.id === 't1')?.detail).toEqual({ new: 'st-b' });
  expect((await tenant.pageVersions('s', 5)).map(p => p.seenAt)).toEqual([OLD + DAY]);
  expect((await tenant.forgetOld(NOW, 366, BEFORE)).words).toBe(0);
});

test('what is due is found in the order of an index, month by month, without sorting', async () => {
  let sql = '';
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [said] = args;
    if (typeof said === 'string' && said.includes('order by f.seen_at, f.id limit $5 for update skip locked'))
      sql = said;
    return (original as (...a: unknown[]) => unknown).apply(this, args);
  } as typeof pg.Client.prototype.query;
  await tenant.forgetTexts(asked, NOW);
  pg.Client.prototype.query = original;
  expect(sql).not.toBe('');
  const plan = await store.pool.inTenant('here', async query => {
    // So few rows are read as a whole otherwise.
    await query('set local enable_seqscan = off');
    await query('set local enable_bitmapscan = off');
    return query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [
      'here',
      new Date(BEFORE).toISOString(),
      '-infinity',
      '',
      2000,
    ]);
  });
  const lines = plan.map(r => r['QUERY PLAN']).join('\n');
  expect(lines).toMatch(/Index Scan using finding_\d{4}_\d{2}_pkey/);
  expect(lines).not.toContain('Sort');
});

/** The inspector's desk: nothing is found but by a person, on grounds, after the other side was heard; nobody lifts what they owe. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, NOON, openHouse, ROOT, signIn, type Visitor } from './house.ts';
import { bare, openWorked } from './worked.ts';

const DAY = 86_400_000;
let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  house.clock.at = NOON + 3 * DAY;
  visitor = await signIn(house);
  await actAs(visitor, 'letters-section/head');
});
afterAll(() => house.close());
const log = () => house.plugged.desk.log.read(0);
const events = async (type: string) => (await log()).filter(e => e.type === type);
const location = (r: Response): string => decodeURIComponent(r.headers.get('location') ?? '');
/** A late matter of a unit, as the desk links to it. */
async function late(unit: string): Promise<string> {
  const html = await visitor.text(`/inspection?unit=${unit}`);
  return /href="(\/inspection\/matter\?duty=[^"]+)"/.exec(html)?.[1] ?? '';
}

test('late and missed stand with their clause and whether they were explained, by unit', async () => {
  const html = await visitor.text('/inspection');
  for (const text of ['逾期和漏办', '不是过错', '没有说明', '不办的舆情', '免除的职责', '按规程计的数'])
    expect(html).toContain(text);
  expect(html.match(/<nav class="tabs" aria-label="单位">[\s\S]*?<\/nav>/)?.[0]).toContain('领导小组');
});

test('one matter shows its clause, the arithmetic and the course; before the other side is heard nobody finds anything', async () => {
  const path = await late('leading-group');
  const html = await visitor.text(path);
  for (const text of ['条款', '怎么算的', '经过', '起算', '到期', '还没有说明', '先听对方说明'])
    expect(html).toContain(text);
  expect(html).not.toContain('id="fd-reason"');
  const fields = { do: 'find', kind: 'delayed', gravity: 'none', evidence: ['x-040'], reason: '拖了三天' };
  const refused = await visitor.post(path, fields);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('先听对方说明');
  expect(await events('fault.found')).toEqual([]);
});

test('the unit is asked, told, and answers; only then the form of a finding stands there', async () => {
  const path = await late('leading-group');
  expect((await visitor.post(path, { do: 'ask', by: '2026-09-01' })).status).toBe(422);
  expect(location(await visitor.post(path, { do: 'ask', by: '2026-09-25' }))).toContain('已请领导小组说明');
  const [hearing] = await house.plugged.desk.inspection.hearings();
  const word = `/inspection/word/${hearing?.duty ?? ''}`;
  expect((await house.plugged.desk.notices.list(50)).some(n => n.subject.startsWith('【请说明】'))).toBe(true);
  // Not by another unit.
  expect((await visitor.post(word, { reason: '替他们说一句' })).status).toBe(422);
  await actAs(visitor, 'leading-group/head');
  expect((await visitor.post(word, { reason: '' })).status).toBe(422);
  await visitor.post(word, { reason: '承办人外出，交接漏了；次日补办，电话 13800138000' });
  const said = (await events('explanation.written')).at(-1);
  expect(said?.data).toMatchObject({ unit: 'leading-group', about: hearing?.clause });
  expect(String(said?.data['reason'])).not.toContain('13800138000');
  await actAs(visitor, 'letters-section/head');
  const html = await visitor.text(path);
  expect(html).toContain('承办人外出');
  expect(html).toContain('id="fd-reason"');
});

test('a finding needs kind, harm, grounds and entries of its own matter; it is the person’s, under their office', async () => {
  const path = await late('leading-group');
  const html = await visitor.text(path);
  const ids = [...html.matchAll(/name="evidence" value="([^"]+)"/g)].map(m => m[1] ?? '');
  expect(ids.length).toBeGreaterThan(0);
  const good = {
    do: 'find',
    kind: 'delayed',
    gravity: 'considerable',
    evidence: ids.slice(0, 2),
    reason: '两天没有处置，二百多户停水',
  };
  for (const [wrong, says] of [
    [{ kind: '' }, '是什么'],
    [{ gravity: '' }, '后果'],
    [{ evidence: [] as string[] }, '至少选一条记录'],
    [{ evidence: ['no-such-entry'] }, '至少选一条记录'],
    [{ reason: '' }, '理由'],
  ] as const) {
    const response = await visitor.post(path, { ...good, ...wrong });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(says);
  }
  expect(await events('fault.found')).toEqual([]);
  // The unit itself does not judge itself.
  await actAs(visitor, 'leading-group/head');
  expect((await visitor.post(path, good, { tokenFrom: '/desk' })).status).toBe(422);
  await actAs(visitor, 'letters-section/head');
  expect((await visitor.post(path, good)).status).toBe(303);
  expect(await events('fault.found')).toMatchObject([
    {
      by: { unit: 'letters-section', role: 'head' },
      data: { kind: 'delayed', gravity: 'considerable', unit: 'leading-group', evidence: ids.slice(0, 2) },
    },
  ]);
});

test('when the day has passed without a word, it need not be waited for', async () => {
  const path = await late('general-office');
  expect(path).not.toBe('');
  await visitor.post(path, { do: 'ask', by: '2026-09-22' });
  expect(await visitor.text(path)).not.toContain('id="fd-reason"');
  house.clock.at = NOON + 6 * DAY;
  visitor = await signIn(house);
  await actAs(visitor, 'letters-section/head');
  expect(await visitor.text(path)).toContain('id="fd-reason"');
});

test('a file goes to whoever holds to account: grounds, entries, arithmetic and the other side’s word, as page, Word and PDF', async () => {
  const html = await visitor.text('/inspection/refer');
  const [, about = ''] = /name="about" value="([^"]+)"/.exec(html) ?? [];
  expect((await visitor.post('/inspection/refer', { unit: 'leading-group', about: [] })).status).toBe(422);
  const response = await visitor.post('/inspection/refer', { unit: 'leading-group', about: [about], outcome: '' });
  expect(location(response)).toMatch(/^\/inspection\/files\//);
  expect((await events('referral.filed')).at(-1)?.data).toEqual({ unit: 'leading-group', about: [about] });
  const path = location(response).split('?')[0] ?? '';
  const paper = bare(await visitor.text(path));
  for (const text of ['关于领导小组的移送卷', '两天没有处置', '对方的说明', '承办人外出', '怎么算的', '记录第'])
    expect(paper).toContain(text);
  const word = await visitor.get(`${path}/word`);
  expect(word.headers.get('content-type')).toContain('wordprocessingml');
  expect((await word.arrayBuffer()).byteLength).toBeGreaterThan(3000);
  expect(await visitor.text('/inspection/refer')).toContain('没有还没移送的认定');
});

test('a circular or commendation judges a year and tells the unit', async () => {
  const form = await visitor.text('/inspection/appraise?unit=reception-section&year=2026&outcome=circular');
  expect(form).toContain('予以通报');
  const fields = {
    unit: 'reception-section',
    year: '2026',
    outcome: 'circular',
    'sheet.met': '4',
    'sheet.late': '2',
    'sheet.missed': '0',
    'sheet.explained': '1',
    'sheet.faults': '1',
    text: '接待科2026年两件逾期，予以通报。',
  };
  expect((await visitor.post('/inspection/appraise', { ...fields, 'sheet.late': 'many' })).status).toBe(422);
  expect((await visitor.post('/inspection/appraise', fields)).status).toBe(303);
  expect((await events('appraisal.recorded')).at(-1)?.data).toMatchObject({
    unit: 'reception-section',
    outcome: 'circular',
  });
  expect((await events('notice.drawn-up')).at(-1)?.data).toMatchObject({ kind: 'notice', judgement: fields.text });
});

test('a sample of dismissals is the same for everybody; who dismissed it does not judge it; taken up, it is back in the inbox', async () => {
  const { desk } = house.plugged;
  await actAs(visitor, 'general-office/watch-officer');
  const stories = [
    ...new Set([...(await visitor.text('/inbox')).matchAll(/href="\/inbox\/(st-hl-[^"?]+)/g)].map(m => m[1] ?? '')),
  ];
  for (const id of stories.slice(0, 4))
    await visitor.post(`/inbox/${id}`, {
      do: 'dismiss',
      subject: '询问期限',
      matter: 'question',
      concerns: ['letters-section'],
      'dismiss-reason': 'duplicate',
      why: '已在另一件里答复',
    });
  const dismissed = await events('finding.dismissed');
  if (dismissed.length === 0) throw new Error('nothing was dismissed');
  const html = await visitor.text('/inspection');
  const ids = [...html.matchAll(/id="look-([^"]+)"/g)].map(m => m[1] ?? '');
  expect(ids.length).toBe(Math.min(3, dismissed.length));
  const token = { tokenFrom: '/inspection' };
  expect((await visitor.post('/inspection', { do: 'fine', event: ids[0] ?? '', note: 'x' }, token)).status).toBe(422);
  await actAs(visitor, 'letters-section/head');
  expect((await visitor.text('/inspection')).match(/id="look-/g)).toHaveLength(ids.length);
  expect((await visitor.post('/inspection', { do: 'fine', event: ids[0] ?? '', note: '' })).status).toBe(422);
  await visitor.post('/inspection', { do: 'fine', event: ids[0] ?? '', note: '确实是供水处的事' });
  const waiting = await desk.findings.count('new');
  await visitor.post('/inspection', { do: 'take-up', event: ids[1] ?? ids[0] ?? '', note: '应当答复' });
  expect(await desk.findings.count('new')).toBe(waiting + (ids[1] === undefined ? 0 : 1));
  expect((await desk.inspection.looks()).map(l => l.verdict).toSorted()).toContain('fine');
});

test('a duty is lifted by another unit, never by the one that owes it, whatever the way it is tried', async () => {
  await actAs(visitor, 'leading-group/head');
  const path =
    [
      ...(await visitor.text('/inspection?unit=leading-group')).matchAll(
        /href="(\/inspection\/matter\?duty=G-4\.3b[^"]+)"/g,
      ),
    ][0]?.[1] ?? '';
  const html = await visitor.text(path);
  const [, clause = ''] = /duty=([^_]+)_/.exec(path) ?? [];
  const before = (await events('obligation.lifted')).length;
  expect(html).toContain('要由别的单位免除');
  const direct = await visitor.post(path, { do: 'lift', why: '不想办了', authority: '自己' }, { tokenFrom: '/desk' });
  expect(direct.status).toBe(422);
  const generic = await visitor.post(
    '/cases/C2/do/obligation.lifted',
    { clause, unit: 'service-centre', reason: '不想办了', authority: '自己' },
    { tokenFrom: '/desk' },
  );
  expect(generic.status).toBe(422);
  expect(await generic.text()).toContain('要由别的单位免除');
  expect((await events('obligation.lifted')).length).toBe(before);
  // The office of the group is the group.
  await actAs(visitor, 'group-office/head');
  const office = await visitor.post(path, { do: 'lift', why: '不想办了', authority: '自己' }, { tokenFrom: '/desk' });
  expect(office.status).toBe(422);
  await actAs(visitor, 'letters-section/head');
  const lifted = await visitor.post(path, { do: 'lift', why: '已由上级直接处理', authority: '领导小组 9 号纪要' });
  expect(lifted.status).toBe(303);
  expect((await events('obligation.lifted')).at(-1)).toMatchObject({
    by: { unit: 'letters-section' },
    data: { clause, authority: '领导小组 9 号纪要' },
  });
  expect(await visitor.text('/inspection')).toContain('领导小组 9 号纪要');
});

test('no code writes a finding of fault but the action of the inspector’s form', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true })
    .map(String)
    .filter(name => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name));
  const writers = files.filter(name => /type: 'fault\.found'/.test(readFileSync(join(ROOT, 'src', name), 'utf8')));
  expect(writers).toEqual(['web/actions/inspection.tsx']);
  const text = readFileSync(join(ROOT, 'src/web/actions/inspection.tsx'), 'utf8');
  // In it, one place, behind the question whether the other side was heard.
  expect(text.match(/type: 'fault\.found'/g)).toHaveLength(1);
  const body = text.slice(text.indexOf('async function find('), text.indexOf("type: 'fault.found'"));
  for (const gate of ['isHeard(', 'evidence.length === 0', 'within(office.unit']) expect(body).toContain(gate);
});

test('the general form does not take a finding or a referral either: it leads to the inspector’s desk', async () => {
  for (const type of ['fault.found', 'referral.filed']) {
    expect(location(await visitor.get(`/do/${type}`))).toBe('/inspection');
    const posted = await visitor.post(`/cases/C1/do/${type}`, { kind: 'delayed', reason: 'x' }, { tokenFrom: '/desk' });
    expect(location(posted)).toBe('/inspection');
  }
  expect(await events('fault.found')).toHaveLength(1);
});

test('time passing, timers and readings find nothing: after a month of late duties the log holds no finding', async () => {
  const quiet = await openHouse();
  try {
    quiet.clock.at = NOON + 30 * DAY;
    const tenant = await quiet.store.tenant('example');
    if (!tenant) throw new Error('no tenant');
    await quiet.plugged.renew(tenant);
    await quiet.plugged.channelReader.readDue(tenant, quiet.clock.at);
    const reader = await signIn(quiet);
    expect(await reader.text('/inspection')).toContain('没有认定过');
    const written = (await quiet.plugged.desk.log.read(0)).map(e => e.type);
    expect(written.filter(t => t === 'fault.found' || t === 'publication.found' || t === 'referral.filed')).toEqual([]);
  } finally {
    await quiet.close();
  }
});

test.each([
  ['court', 'a-case-that-goes-wrong', 'inspection-office/head', '已移送'],
  ['school', 'swapped-weekend', 'school-office/head', '逾期和漏办'],
  ['environment', 'calls-and-orders', 'general-office/head', '逾期和漏办'],
])('%s: desk, every matter listed, and one page to print', async (institution, day, office, says) => {
  const worked = await openWorked({ institution, day, held: [office] });
  try {
    const reader = await signIn(worked);
    const html = await reader.text('/inspection');
    expect(html).toContain(says);
    for (const [, path = ''] of [...html.matchAll(/href="(\/inspection\/matter\?[^"]+)"/g)].slice(0, 4))
      expect((await reader.get(path.replaceAll('&amp;', '&'))).status).toBe(200);
    for (const [, path = ''] of html.matchAll(/href="(\/inspection\/files\/[^"]+)"/g)) {
      const file = bare(await reader.text(path));
      expect(file).toContain('理由');
      expect(file).toContain('对方的说明');
    }
    const summary = bare(await reader.text('/inspection/summary'));
    for (const text of ['监督摘要', '到期的职责', '逾期的说明', '人认定的过错', '不办的舆情', '免除的职责'])
      expect(summary).toContain(text);
    expect(worked.faults).toEqual([]);
  } finally {
    await worked.close();
  }
});

/** The pages of the desk over the worked example: what they say, what they refuse and why, and what they never show. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs, type House, openHouse, signIn, type Visitor } from './house.ts';

let house: House;
let visitor: Visitor;
beforeAll(async () => {
  house = await openHouse();
  visitor = await signIn(house);
});
afterAll(() => house.close());
const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('the desk says what is due, by which clause, how much is left, and what to do next', async () => {
  await actAs(visitor, 'leading-group/head');
  const html = await visitor.text('/desk');
  const text = bare(html);
  expect(text).toContain('30 分钟内告知单位');
  expect(text).toMatch(/22 分 10:22 到期/);
  expect(text).toContain('第四条 G-4.3c');
  expect(text).toContain('对群众服务中心');
  expect(text).toContain('告知有关单位，选好方式，等回执');
  expect(html).toContain('data-due="2026-09-17T02:22:00.000Z"');
});

test('every page of the example says that it is one', async () => {
  for (const path of [
    '/desk',
    '/inbox',
    '/cases',
    '/cases/C1',
    '/replies',
    '/watch',
    '/rules',
    '/log',
    '/people',
    '/sources',
    '/settings',
    '/settings/notices',
    '/notices',
    '/scores',
    '/ledgers',
    '/ledgers/coverage',
    '/setup',
    '/answers',
    '/sign-in',
    '/cases/C3/do/notice.sent',
  ])
    expect(
      await (
        await house.app.request(`http://127.0.0.1:8420${path}`, {
          headers: {
            host: '127.0.0.1:8420',
            cookie: `__Host-huiyin=${path === '/sign-in' ? '' : (visitor.cookie('__Host-huiyin') ?? '')}`,
          },
        })
      ).text(),
      path,
    ).toContain('演练');
});

test('English pages speak English: what is left in Chinese is the institution’s own words', async () => {
  const english = await signIn(house);
  await english.get('/desk?lang=en');
  const own = ['/notices', '/settings/notices', '/scores', '/ledgers', '/ledgers/coverage', '/ledgers/coverage/import'];
  for (const path of ['/desk', '/watch', '/people', '/settings', '/sources', '/log', ...own]) {
    const html = await english.text(path);
    expect(html).toContain('<html lang="en"');
    const labels = [
      ...html.matchAll(/<(?:h1|h2|h3|label|legend|button|th|summary)[^>]*>([^<]*[\u3400-\u9fff][^<]*)</g),
    ].map(m => m[1]?.trim());
    expect(
      labels.filter(l => l !== '中文' && !l?.includes('管理员')),
      path,
    ).toEqual([]);
  }
});

test('matched words are marked by their offsets', async () => {
  const html = await visitor.text('/inbox');
  const id = /href="\/inbox\/([^"?]+)[^"]*"[^>]*>(?:(?!<\/a>)[\s\S])*两个月/.exec(html)?.[1] ?? '';
  expect(await visitor.text(`/inbox/${id}`)).toMatch(/<mark>[^<]*没[^<]*回复<\/mark>/);
});

test('a complaint cannot be put aside as nothing to answer; the attempt is logged and nothing else changes', async () => {
  await actAs(visitor, 'general-office/watch-officer');
  const before = await house.plugged.desk.findings.count('new');
  const html = await visitor.text('/inbox');
  const id = /href="\/inbox\/(st-hl-[^"?]+)/.exec(html)?.[1] ?? '';
  const response = await visitor.post(`/inbox/${id}`, {
    do: 'dismiss',
    subject: '询问复查期限',
    matter: 'complaint',
    concerns: ['letters-section'],
    'dismiss-reason': 'nothing-to-answer',
    why: '看着不用答',
  });
  expect([response.status, bare(await response.text()).includes('没有不办：规则挡住了')]).toEqual([422, true]);
  expect(await house.plugged.desk.findings.count('new')).toBe(before);
  const last = (await house.plugged.desk.log.read(0)).at(-1);
  expect([last?.type, last?.data['type']]).toEqual(['act.refused', 'finding.dismissed']);
  const right = await visitor.post(`/inbox/${id}`, {
    do: 'dismiss',
    subject: '询问复查期限',
    matter: 'question',
    concerns: ['letters-section'],
    'dismiss-reason': 'duplicate',
    why: '已在另一件里答复',
  });
  expect(right.status).toBe(303);
  expect(await house.plugged.desk.findings.count('new')).toBe(before - 1);
});

test('a publication without a signature is refused with clause and what is missing; signing the old wording is no use', async () => {
  await actAs(visitor, 'reception-section/head');
  const page = await visitor.text('/cases/C2/reply/reply-2');
  const hash = /name="hash" value="(sha256:[0-9a-f]{64})"/.exec(page)?.[1] ?? '';
  const fields = { hash, channel: 'website', kind: 'reply', read: 'true' };
  const refused = await visitor.post('/cases/C2/reply/reply-2/publish', fields, { tokenFrom: '/desk' });
  const shown = bare(await visitor.text(refused.headers.get('location') ?? ''));
  expect(shown).toContain('没有公开答复：规则挡住了');
  expect(shown).toContain('第四条 G-4.2a');
  expect(shown).toContain('领导小组对这份文本的签字');
  expect((await house.plugged.desk.log.read(0)).some(e => e.type === 'publication.made' && e.case === 'C2')).toBe(
    false,
  );

  // The text changes: a form that was opened before is told so and signs nothing.
  const draft = await visitor.post(
    '/cases/C2/reply/reply-2/draft',
    {
      form: 'reply',
      text: '关于接待大厅午间接待问题的答复\n从9月21日起，午间安排 2 名工作人员轮值接待。\n清江市信访局',
      forUnit: 'reception-section',
    },
    { tokenFrom: '/desk' },
  );
  expect(draft.status).toBe(303);
  await actAs(visitor, 'leading-group/head');
  const late = await visitor.post(
    '/cases/C2/reply/reply-2/sign',
    { do: 'sign', hash, as: 'leading-group' },
    { tokenFrom: '/desk' },
  );
  expect([late.status, bare(await late.text()).includes('这张表单过期了')]).toEqual([422, true]);
});

test('an office that holds no capacity cannot sign, and sees who can', async () => {
  await actAs(visitor, 'general-office/watch-officer');
  const response = await visitor.post(
    '/cases/C2/reply/reply-2/sign',
    { do: 'sign', hash: 'x', as: 'leading-group' },
    { tokenFrom: '/desk' },
  );
  expect([response.status, (await response.text()).includes('领导小组负责人')]).toEqual([403, true]);
});

test('identity in what people type is refused, and what was typed stays in the form', async () => {
  await actAs(visitor, 'leading-group/head');
  const response = await visitor.post(
    '/cases/C3/do/handling.entered',
    { unit: 'letters-section', kind: 'first', what: '已联系反映人 13912345678，约好周五见面' },
    { tokenFrom: '/desk' },
  );
  const html = await response.text();
  expect(response.status).toBe(422);
  expect(html).toContain('没有存上');
  expect(html).toContain('约好周五见面');
});

test('a missing field is named, in the page’s language, beside the field', async () => {
  const response = await visitor.post(
    '/cases/C3/do/notice.sent',
    { notice: 'n-9', kind: 'notice', to: 'letters-section' },
    { tokenFrom: '/desk' },
  );
  expect([response.status, bare(await response.text()).includes('“方式”没有填')]).toEqual([422, true]);
});

test('what no form offers is not there: no page acts on a post or asks who spoke', async () => {
  for (const path of ['/inbox', '/inbox/new', '/cases/C3', '/cases/C3/do/contact.made', '/do/media.called']) {
    const html = await visitor.text(path);
    expect(html, path).not.toMatch(/name="(author|account|phone|address|realName|idCard)"/i);
    expect(bare(html), path).not.toMatch(/举报帖|删帖(?!，)|屏蔽该|拉黑/);
  }
  expect((await visitor.get('/cases/C3/do/post.deleted')).status).toBe(404);
});

test('two offices at once: entries follow each other and none is lost', async () => {
  const before = (await house.plugged.desk.log.head()).entries;
  const token = await visitor.token('/desk');
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => visitor.post('/watch', { found: String(i), sources: ['website'] }, { token })),
  );
  expect(answers.map(a => a.status)).toEqual(Array.from({ length: 8 }, () => 303));
  expect((await house.plugged.desk.log.head()).entries).toBe(before + 8);
});

test('no page failed on the way', () => {
  expect(house.faults).toEqual([]);
});

/**
 * A worked day of a court, done by clicking alone: a complaint before a holiday, two divisions, a bulletin with two signatures,
 * an approval by telephone, one voice, a second channel that is compared, the superior and the inspection office looking on.
 */
import { createServer, type Server } from 'node:http';
import { expect } from 'vitest';
import { walkDay } from './day.ts';

let home = '';
let weibo: Server;
/** What stands on the other channel, set by the walk. */
let there = '';
let weiboUrl = '';
const TEXT = [
  '关于立案窗口情况反映的答复',
  '9月30日反映立案未受理1件，当晚23时30分查清并撤回不予受理决定，已通知当事人。',
  '10月8日前对今年同类情形逐件复核，结果在本院网站公布。',
  '清江市示例法院',
].join('\n');

const day = walkDay(
  {
    rulebook: 'court',
    day: 'on-the-second',
    name: { zh: '清江市示例法院', en: 'Example court' },
    at: '2026-09-30 17:50',
    from: '2026-09-30',
    names: {
      'filing-division': { zh: '立案庭', en: 'Filing division' },
      'enforcement-bureau': { zh: '执行局', en: 'Enforcement bureau' },
      'criminal-division': { zh: '刑庭', en: 'Criminal division' },
      'civil-division': { zh: '民庭', en: 'Civil division' },
      'superior-news-dept': { zh: '上级法院新闻部门', en: 'Superior news department' },
    },
    more: [{ unit: 'superior-news-dept', role: 'head' }],
  },
  async () => {
    weibo = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        `<html><body><nav>首页</nav>${there
          .split('\n')
          .map(p => `<p>${p}</p>`)
          .join('')}</body></html>`,
      );
    });
    await new Promise<void>(done => weibo.listen(0, '127.0.0.1', done));
    const address = weibo.address();
    const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    weiboUrl = `http://${host}/post/1`;
    return { more: { allowHosts: [host] }, close: () => void weibo.close() };
  },
);
const { step } = day;
const log = () => day.walk.stage.log();

step(
  'a clerk finds it, tells it, a bulletin is drawn up, signed by two leaders, refused before and sent after',
  async () => {
    const clerk = await day.walk.as('criminal-division/clerk');
    await clerk.go('/cases/new');
    await clerk.write({
      subject: '立案不受理，执行热线没人接',
      concerns: ['filing-division', 'enforcement-bureau'],
      outlet: 'local-forum',
      publishedAt: '2026-09-30T16:20',
      matter: 'complaint',
      negative: true,
    });
    await clerk.press('main form button.go');
    home = clerk.path();
    day.walk.at('2026-09-30 17:58');
    await clerk.go(`${home}/do/report.made?kind=finding`);
    await clerk.write({ to: ['news-publicity-dept'], channel: 'phone', takenBy: 'reviewer' });
    await clerk.press('form.pane button.go');

    day.walk.at('2026-09-30 18:30');
    const news = await day.walk.as('news-publicity-dept/head');
    await news.go(`${home}/do/classification.set?scale=response-class`);
    await news.write({ value: ['ordinary'], reason: '两个窗口的一般反映' });
    await news.press('form.pane button.go');
    await news.go(`${home}/reply/new?form=bulletin`);
    expect(await news.page.inputValue('#d-number')).toMatch(/2026/);
    await news.write({
      text: '舆情通报\n反映立案不受理1件、热线无人接听1件，请立案庭、执行局9时内查清。',
      judgement: '一般反映',
    });
    await news.press('form.pane button.go');
    const bulletin = news.path();

    day.walk.at('2026-09-30 19:05');
    const charge = await day.walk.as('court/in-charge-leader', 'phone');
    await charge.go('/desk');
    await charge.press('a.to-sign-row');
    await charge.press('.thumb button.go');
    day.walk.at('2026-09-30 19:20');
    await news.go(bulletin);
    await news.press('a:has-text("发出")');
    await news.write({ channels: ['system', 'phone'] });
    await news.press('form.pane button.go');
    expect((await news.page.textContent('.alert.stop')) ?? '').toContain('A-4.H2b');
    day.walk.at('2026-09-30 19:40');
    const top = await day.walk.as('court/top-leader', 'phone');
    await top.go('/desk');
    await top.press('a.to-sign-row');
    await top.press('.thumb button.go');
    day.walk.at('2026-09-30 19:45');
    await news.go(bulletin);
    await news.press('a:has-text("发出")');
    await news.write({ to: ['filing-division', 'enforcement-bureau'], channels: ['system', 'phone'] });
    await news.press('form.pane button.go');
    expect((await log()).at(-1)?.type).toBe('notice.sent');
    for (const [unit, at] of [
      ['filing-division', '20:10'],
      ['enforcement-bureau', '20:35'],
    ] as const) {
      day.walk.at(`2026-09-30 ${at}`);
      const head = await day.walk.as(`${unit}/head`);
      await head.go(`${home}/do/notice.received`);
      await head.write({ unit });
      await head.press('form.pane button.go');
    }
  },
  180_000,
);

step(
  'the division answers: drafted, signed, approved by telephone and confirmed later, handed over, published by one voice',
  async () => {
    day.walk.at('2026-09-30 23:30');
    const head = await day.walk.as('filing-division/head');
    await head.go(`${home}/do/handling.entered?kind=first`);
    await head.write({ what: '案卷找到，撤回不予受理' });
    await head.press('form.pane button.go');
    day.walk.at('2026-09-30 23:45');
    const clerk = await day.walk.as('filing-division/clerk');
    await clerk.go(`${home}/reply/new?form=reply`);
    await clerk.write({ text: TEXT, parts: ['facts', 'steps', 'dates'], forUnit: 'filing-division' });
    await clerk.press('form.pane button.go');
    const reply = clerk.path();
    // One answer for each question raised.
    await clerk.write({ 'paragraph-1': '1', 'question-2': '以后怎么办', 'paragraph-2': '2' });
    await clerk.press('#questions button[type="submit"]');
    expect(await clerk.text()).toContain('2 个问题都有回答');

    day.walk.at('2026-10-01 00:10');
    await head.go(reply);
    await head.press('form.sign-now button.go');
    // The leader in charge hears it on the telephone; the head records it.
    day.walk.at('2026-10-01 00:50');
    await head.go(reply);
    await head.write({ as: 'in-charge-leader', 'read-out': true });
    await head.press('.oral form button');
    expect(await head.text()).toContain('还没有补签');

    day.walk.at('2026-10-01 01:00');
    const speaker = await day.walk.as('political-dept/spokesperson');
    await speaker.go(reply);
    await speaker.publish();
    expect((await speaker.page.textContent('.alert.stop')) ?? '').toContain('A-4.H3c');
    day.walk.at('2026-10-01 01:30');
    const top = await day.walk.as('court/top-leader', 'phone');
    await top.go('/desk');
    await top.press('a.to-sign-row');
    await top.press('.thumb button.go');
    day.walk.at('2026-10-01 01:35');
    await head.go(reply);
    await head.press('button:has-text("交给发言人")');
    // Nobody but the spokesperson answers.
    await head.go(reply);
    await head.publish();
    expect((await head.page.textContent('.alert.stop')) ?? '').toContain('A-4.H3d');
    day.walk.at('2026-10-01 02:00');
    await speaker.go(reply);
    await speaker.publish();
    const out = (await log()).findLast(e => e.type === 'publication.made');
    expect([out?.data['questions'], out?.data['answered'], out?.data['forUnit']]).toEqual([2, 2, 'filing-division']);

    // Another channel of its own: what stands there is not what was signed, and the page says where.
    there = TEXT.replace('逐件复核', '认真复核');
    await speaker.go(`${reply}/channels`);
    const channel = '#weibo';
    await speaker.page.fill(`${channel} [name="url"]`, weiboUrl);
    await speaker.press(`${channel} button.go`);
    expect(await speaker.page.textContent('#look .lint')).toContain('1 段对不上');
    expect(await speaker.page.textContent('#look ins')).toContain('认真');
    there = TEXT;
    await speaker.page.fill(`${channel} [name="url"]`, weiboUrl);
    await speaker.press(`${channel} button.go`);
    expect(await speaker.page.textContent('#look .lint')).toContain('全部一致');
    await speaker.press('#look button[type="submit"]');
    expect((await log()).findLast(e => e.type === 'publication.made')?.data['url']).toBe(weiboUrl);

    // In the morning the leader confirms what he said.
    day.walk.at('2026-10-01 08:40');
    const charge = await day.walk.as('court/in-charge-leader', 'phone');
    await charge.go('/desk');
    await charge.press('a.to-sign-row:has-text("补签")');
    await charge.press('button:has-text("补签确认口头同意")');
    expect((await log()).at(-1)?.type).toBe('signature.confirmed');
  },
  180_000,
);

step(
  'filed with the superior; the superior and the inspection office read the case; the late division explains itself',
  async () => {
    day.walk.at('2026-10-01 09:40');
    const head = await day.walk.as('filing-division/head');
    await head.go(`${home}/do/filing.made`);
    await head.write({
      with: 'superior-news-dept',
      documents: ['handling-material', 'effect-evaluation'],
      about: 'A-4.H4a',
    });
    await head.press('form.pane button.go');
    day.walk.at('2026-10-01 12:40');
    const other = await day.walk.as('enforcement-bureau/head');
    await other.go(`${home}/do/handling.entered?kind=first`);
    await other.write({ unit: 'enforcement-bureau', what: '热线恢复值守，已回电' });
    await other.press('form.pane button.go');
    const superior = await day.walk.as('superior-news-dept/head');
    await superior.go(home);
    const seen = await superior.text();
    expect(seen).toContain('各单位各自的钟');
    expect(seen).toContain('立案不受理');
    const inspector = await day.walk.as('inspection-office/head');
    await inspector.go(home);
    const read = await inspector.text();
    expect(read).toContain('在这件案子里被挡住过的');
    await inspector.go('/supervision');
    expect(await inspector.text()).toContain('执行局');
  },
  180_000,
);

step('no page failed, no page has a serious fault for axe, none scrolls sideways on the telephone', async () => {
  expect(day.walk.stage.faults).toEqual([]);
  const complaints = [...new Set(day.walk.complaints)].join('\n');
  expect(complaints, complaints).toBe('');
});

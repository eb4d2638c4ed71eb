/**
 * A worked day of a market regulator, done by clicking alone: a lift accident on a holiday. Officer, section head, leaders on
 * telephones, secrecy checker, spokesperson, a body below; a publication that is refused, a text that is cut, a conference.
 */
import { expect } from 'vitest';
import { walkDay } from './day.ts';

let home = '';
const LINE = [
  '关于电梯事故的通报',
  '5月1日21时40分发生电梯事故。救援已完成，伤者已送医；维保记录第7项未填写。',
  '同型号电梯全部停用检查，5月3日公布结果。',
  '清江市示例市场监管局',
].join('\n');

const day = walkDay({
  rulebook: 'market-regulation',
  day: 'sensitive-then-major',
  name: { zh: '清江市示例市场监管局', en: 'Example market regulator' },
  at: '2026-05-01 22:20',
  from: '2026-05-01',
  names: {
    'section-a': { zh: '特种设备科', en: 'Special equipment section' },
    'section-b': { zh: '食品科', en: 'Food section' },
    'county-regulator': { zh: '江北县局', en: 'Jiangbei county regulator' },
  },
});
const { step } = day;
const types = async (): Promise<string[]> => (await day.walk.stage.log()).map(e => e.type);

step(
  'found, opened, graded, reported, told: the first hour',
  async () => {
    const officer = await day.walk.as('news-section/watch-officer');
    await officer.go('/cases');
    await officer.press('a[href="/cases/new"]');
    await officer.write({
      subject: '锦澜广场电梯事故',
      concerns: ['section-a'],
      outlet: 'city-news-app',
      publishedAt: '2026-05-01T22:05',
      origin: 'own-watch',
      matter: 'report',
      negative: true,
      sudden: true,
    });
    await officer.press('main form button.go');
    home = officer.path();
    expect(home).toMatch(/^\/cases\/c-/);
    await officer.go(`${home}/do/incident.occurred`);
    await officer.write({
      what: '电梯困人，有人受伤',
      units: ['section-a'],
      'entry-at': '2026-05-01T21:40',
      'entry-late': '22时20分才知道',
    });
    await officer.press('form.pane button.go');

    day.walk.at('2026-05-01 22:50');
    const head = await day.walk.as('news-section/head');
    await head.go(home);
    await head.press('.page-head a:has-text("级别"), .page-head a:has-text("定级")');
    await head.write({
      value: ['particularly-major'],
      criteria: ['H-17.4'],
      'factors.nature': '人员伤亡',
      'factors.severity': '严重',
      'factors.controllability': '低',
      'factors.reach': '全市',
      reason: '突发事件，有人员伤亡',
    });
    await head.press('form.pane button.go');
    expect(await head.text()).toContain('特别重大');
    day.walk.at('2026-05-01 22:55');
    await head.go(`${home}/do/report.made?kind=first`);
    await head.write({ to: ['main-leader'], channel: 'phone', takenBy: 'main-leader' });
    await head.press('form.pane button.go');
    day.walk.at('2026-05-01 23:00');
    await head.go(`${home}/do/notice.sent`);
    await head.write({
      kind: 'bulletin',
      to: ['section-a', 'county-regulator'],
      channels: ['system', 'phone'],
      as: 'particularly-major',
    });
    await head.press('form.pane button.go');
    day.walk.at('2026-05-01 23:10');
    const section = await day.walk.as('section-a/head');
    await section.go(`${home}/do/notice.received`);
    await section.write({ unit: 'section-a' });
    await section.press('form.pane button.go');
    day.walk.at('2026-05-01 23:20');
    const below = await day.walk.as('county-regulator/head', 'phone');
    await below.go(`${home}/do/notice.received`);
    await below.write({ unit: 'county-regulator' });
    await below.press('form.pane button.go');

    day.walk.at('2026-05-01 23:30');
    const group = await day.walk.as('leading-group/head');
    await group.go(`${home}/do/meeting.held?kind=leading-group`);
    await group.write({
      conveners: ['main-leader'],
      participants: ['news-section', 'section-a'],
      'parts.decision': '同型号电梯全部检查',
    });
    await group.press('form.pane button.go');
    await group.go(`${home}/do/mechanism.started`);
    await group.press('form.pane button.go');
    for (const [at, to] of [
      ['23:50', 'city-government'],
      ['23:55', 'provincial-bureau'],
    ] as const) {
      day.walk.at(`2026-05-01 ${at}`);
      await head.go(`${home}/do/report.made?kind=first`);
      await head.write({ to: [to], channel: 'phone', takenBy: 'head' });
      await head.press('form.pane button.go');
    }
    day.walk.at('2026-05-02 00:05');
    await head.go(`${home}/do/report.made?kind=first`);
    await head.write({ to: ['city-party-committee'], channel: 'phone', takenBy: 'head' });
    await head.press('form.pane button.go');
    const shown = await head.text();
    expect(shown).toContain('各单位各自的钟');
    expect(shown).toContain('启动');
    expect((await types()).filter(t => t === 'report.made')).toHaveLength(4);
  },
  180_000,
);

step(
  'plan and line are drafted; leaders sign on their telephones in two taps; a slip is taken back',
  async () => {
    day.walk.at('2026-05-02 00:40');
    const head = await day.walk.as('news-section/head');
    await head.go(`${home}/reply/new?form=response-plan`);
    await head.write({ text: '回应方案\n先发权威信息，再开发布会；5月3日、5月5日续报。' });
    await head.press('form.pane button.go');
    day.walk.at('2026-05-02 00:50');
    const section = await day.walk.as('section-a/head');
    await section.go(`${home}/reply/new?form=release-line`);
    // What is typed survives a closed tab.
    await section.write({ text: '关于电梯事故的通报' });
    await section.page.waitForSelector('.kept-note:has-text("已自动存")', { timeout: 15_000 });
    await section.go(`${home}/reply/new?form=release-line`);
    expect(await section.page.inputValue('#d-text')).toBe('关于电梯事故的通报');
    await section.write({ text: LINE, parts: ['facts', 'steps', 'dates'] });
    await section.press('form.pane button.go');

    const sign = async (office: string, at: string, rows: number): Promise<void> => {
      const leader = await day.walk.as(office, 'phone');
      day.walk.at(at);
      for (let i = 0; i < rows; i++) {
        await leader.go('/desk');
        await leader.press('a.to-sign-row');
        await leader.press('.thumb button.go');
        expect(await leader.text()).toContain('已签');
      }
    };
    await sign('bureau/leader-over-subject', '2026-05-02 01:05', 2);
    await sign('bureau/main-leader', '2026-05-02 01:15', 1);
    // Thirty seconds to take a slip back.
    await sign('bureau/leader-over-news', '2026-05-02 01:19', 1);
    const news = await day.walk.as('bureau/leader-over-news', 'phone');
    await news.press('.thumb button[value="take-back"]');
    expect(await news.text()).toContain('签字已收回');
    await sign('bureau/leader-over-news', '2026-05-02 01:20', 1);
    expect((await types()).filter(t => t === 'signature.given')).toHaveLength(5);
  },
  180_000,
);

step(
  'the checker cuts a sentence, publishing is refused, both sign again, the spokesperson publishes',
  async () => {
    const line = String(
      (await day.walk.stage.log()).findLast(e => e.data['form'] === 'release-line')?.data['document'],
    );
    const replyPath = `${home}/reply/${line}`;
    day.walk.at('2026-05-02 01:25');
    const checker = await day.walk.as('bureau/secrecy-checker');
    await checker.go(replyPath);
    await checker.write({ left: LINE.replace('；维保记录第7项未填写', '') });
    await checker.press('#secrecy button[value="removed"]');
    expect(await checker.text()).toContain('作废');

    day.walk.at('2026-05-02 01:30');
    const speaker = await day.walk.as('bureau/spokesperson');
    await speaker.go(`${replyPath}/preview`);
    expect(await speaker.page.textContent('h1')).toBe('关于电梯事故的通报');
    await speaker.go(replyPath);
    await speaker.write({ kind: 'authoritative' });
    await speaker.publish();
    const refused = (await speaker.page.textContent('.alert.stop')) ?? '';
    expect(refused).toContain('H-19.1a');
    expect(refused).toContain('分管新闻宣传的领导');

    for (const [office, at] of [
      ['bureau/leader-over-subject', '2026-05-02 01:35'],
      ['bureau/leader-over-news', '2026-05-02 01:38'],
    ] as const) {
      day.walk.at(at);
      const leader = await day.walk.as(office, 'phone');
      await leader.go('/desk');
      await leader.press('a.to-sign-row');
      const why = await leader.text();
      expect(why).toContain('为什么还要签');
      expect(why).toContain('维保记录第7项未填写');
      await leader.press('.thumb button.go');
    }
    day.walk.at('2026-05-02 01:50');
    await speaker.go(replyPath);
    await speaker.write({ kind: 'authoritative' });
    await speaker.publish();
    await speaker.press('a:has-text("看公开页")');
    expect(await speaker.text()).not.toContain('维保记录');
    expect(await speaker.page.textContent('.by')).toContain('新闻发言人');
  },
  180_000,
);

step(
  'a conference with its pack, progress, calm, evaluation under its heads, both tracks, closed',
  async () => {
    const head = await day.walk.as('news-section/head');
    day.walk.at('2026-05-02 16:00');
    await head.go(`${home}/events`);
    await head.write({ kind: 'press-conference', topic: '电梯事故处置' });
    await head.press('aside form button.go');
    day.walk.at('2026-05-02 20:00');
    await head.go(`${home}/events`);
    await head.write({ authoritative: true });
    await head.press('section.pane form button:has-text("记已举行")');
    expect(await types()).toContain('press-event.held');

    day.walk.at('2026-05-08 17:00');
    const section = await day.walk.as('section-a/head');
    await section.go(`${home}/do/handling.finished`);
    await section.write({ unit: 'section-a', what: '同型号电梯检查26台，停用3台' });
    await section.press('form.pane button.go');
    day.walk.at('2026-05-09 10:00');
    await head.go(`${home}/close`);
    expect(await head.text()).toContain('线下这一轨还没有办完');
    await head.press('a:has-text("还没有标记平息")');
    await head.write({ reason: '三天没有新的报道和来电' });
    await head.press('form.pane button.go');
    for (const track of ['offline', 'online']) {
      await head.go(`${home}/do/track.finished?track=${track}`);
      await head.press('form.pane button.go');
    }
    await section.go(`${home}/do/evaluation.written`);
    expect(await section.text()).toContain('教训');
    await section.write({
      'heads.cause': '制动器磨损',
      'heads.nature': '设备事故',
      'heads.effect': '全市关注',
      'heads.responsibility': '维保单位',
      'heads.experience': '四小时内发出第一份文本',
      'heads.lessons': '口径和方案同时起草',
    });
    await section.press('form.pane button.go');
    day.walk.at('2026-05-09 16:00');
    await head.go(`${home}/close`);
    await head.write({ reason: '检查完毕，已公布，评估已写' });
    await head.press('form.pane button:has-text("结案")');
    expect(head.path()).toBe(home);
    expect(await types()).toContain('case.closed');
    await head.press('a:has-text("归档")');
    await head.press('form.pane button.go');
    expect((await types()).at(-1)).toBe('archive.bundled');
  },
  180_000,
);

step('no page failed, no page has a serious fault for axe, none scrolls sideways on the telephone', async () => {
  expect(day.walk.stage.faults).toEqual([]);
  const complaints = [...new Set(day.walk.complaints)].join('\n');
  expect(complaints, complaints).toBe('');
});

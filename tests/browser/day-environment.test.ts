/**
 * A worked day of an environment bureau, done by clicking alone: a television station calls a monitoring station. Passed to a
 * section, a stand-in to the scene, interim and full answer, an order of which a part is declined, rounds until satisfied.
 */
import { expect } from 'vitest';
import { walkDay } from './day.ts';

let home = '';

const day = walkDay({
  rulebook: 'environment',
  day: 'calls-and-orders',
  name: { zh: '清江市示例生态环境局', en: 'Example environment bureau' },
  at: '2026-09-21 09:00',
  from: '2026-09-21',
  names: {
    'water-section': { zh: '水科', en: 'Water section' },
    'air-section': { zh: '大气科', en: 'Air section' },
    'monitoring-station': { zh: '监测站', en: 'Monitoring station' },
    'city-tv': { zh: '市电视台', en: 'City TV' },
  },
});
const { step } = day;
const log = () => day.walk.stage.log();
const answered = async (): Promise<unknown[]> =>
  (await log()).filter(e => e.type === 'media.answered').map(e => e.data['kind']);

step(
  'A is on leave; a call comes in, is told upward, given to a section that takes it; the stand-in goes to the scene',
  async () => {
    const office = await day.walk.as('general-office/head');
    await office.go('/do/leave.recorded');
    await office.write({ unit: 'water-section', role: 'A', from: '2026-09-21', to: '2026-09-25' });
    await office.press('form.pane button.go');

    day.walk.at('2026-09-22 10:05');
    const station = await day.walk.as('monitoring-station/head');
    await station.go('/cases/new?how=media');
    await station.write({
      subject: '河面有泡沫',
      concerns: ['water-section'],
      outlet: 'city-tv',
      contactPoint: '新闻部',
    });
    await station.press('main form button.go');
    home = station.path();
    await station.go(`${home}/do/classification.set?scale=case-type`);
    await station.write({ value: ['reporter-call'], reason: '科室接到来电' });
    await station.press('form.pane button.go');
    day.walk.at('2026-09-22 10:10');
    await station.go(`${home}/do/report.made?kind=finding`);
    await station.write({ to: ['publicity-section'], channel: 'phone', takenBy: 'head' });
    await station.press('form.pane button.go');
    const publicity = await day.walk.as('publicity-section/head');
    for (const [at, who, to] of [
      ['10:30', publicity, 'in-charge-leader'],
      ['10:50', publicity, 'main-leader'],
    ] as const) {
      day.walk.at(`2026-09-22 ${at}`);
      await who.go(`${home}/do/report.made?kind=situation`);
      await who.write({ to: [to], channel: 'in-person', takenBy: to });
      await who.press('form.pane button.go');
    }
    day.walk.at('2026-09-22 10:55');
    const main = await day.walk.as('bureau/main-leader', 'phone');
    await main.go(`${home}/passing`);
    await main.write({ to: 'water-section', as: 'answering' });
    await main.press('aside form:first-of-type button.go');
    const water = await day.walk.as('water-section/head');
    await water.go(`${home}/passing`);
    await water.press('button[value="take"]');
    day.walk.at('2026-09-22 11:00');
    await water.go(`${home}/do/assignment.made?as=to-scene`);
    await water.write({ to: 'water-section', role: 'B', why: 'A角请假，9月21日至25日' });
    await water.press('form.pane button.go');
    day.walk.at('2026-09-22 11:05');
    await publicity.go(`${home}/do/classification.set?scale=mark`);
    await publicity.write({ value: ['urgent', 'important'], reason: '下游有取水口' });
    await publicity.press('form.pane button.go');
    expect(await publicity.text()).toContain('紧急、重要');
  },
  180_000,
);

step(
  'an interim answer goes out once the leading group has deliberated and signed; an interview needs leave',
  async () => {
    day.walk.at('2026-09-22 11:10');
    const water = await day.walk.as('water-section/head');
    await water.go(`${home}/reply/new?form=answer`);
    await water.write({
      text: '监测人员已赶赴现场，11时40分前到达，结果当日公布。',
      parts: ['facts', 'steps', 'dates'],
    });
    await water.press('form.pane button.go');
    const interim = water.path();
    await water.press('#outlet button.go');
    expect((await water.page.textContent('.alert.stop')) ?? '').toContain('F-1.2.4d');
    day.walk.at('2026-09-22 11:15');
    const group = await day.walk.as('leading-group/head', 'phone');
    await group.go(`${home}/do/meeting.held?kind=leading-group`);
    await group.write({
      conveners: ['head'],
      participants: ['publicity-section', 'water-section'],
      'parts.decision': '同意先答，由水科答复',
      designates: 'water-section',
    });
    await group.press('form.pane button.go');
    await group.go('/desk');
    await group.press('a.to-sign-row');
    await group.press('.thumb button.go');
    day.walk.at('2026-09-22 11:20');
    await water.go(interim);
    await water.press('#outlet button.go');
    expect(await answered()).toEqual(['interim']);
    day.walk.at('2026-09-22 11:40');
    const b = await day.walk.as('water-section/B', 'phone');
    await b.go(`${home}/do/arrival.recorded`);
    await b.write({ role: 'B', place: '3号排口' });
    await b.press('form.pane button.go');
    await water.go(`${home}/events`);
    await water.write({ kind: 'interview', topic: '现场采样' });
    await water.press('aside form button.go');
    day.walk.at('2026-09-22 11:45');
    const main = await day.walk.as('bureau/main-leader', 'phone');
    await main.go(`${home}/events`);
    await main.write({ place: 'scene' });
    await main.press('section.pane form:has(input[value="allow"]) button.go');
    day.walk.at('2026-09-22 12:00');
    await water.go(`${home}/events`);
    await water.write({ speakerRole: 'B' });
    await water.press('section.pane form:has(input[value="held"]) button.go');
    const held = (await log()).findLast(e => e.type === 'press-event.held');
    expect([held?.data['place'], held?.data['speakerRole']]).toEqual(['scene', 'B']);
  },
  180_000,
);

step(
  'an order from the city: the facts are sent, tracing the caller is declined and the city is told',
  async () => {
    day.walk.at('2026-09-22 13:00');
    const office = await day.walk.as('general-office/head');
    await office.go(`${home}/orders`);
    await office.write({
      from: 'city-publicity-dept',
      dueAt: '2026-09-22T18:00',
      'act-1': 'send-facts',
      'text-1': '当日报送情况',
      'act-2': 'identify-speaker',
      'text-2': '查是谁拍的视频',
    });
    await office.press('aside form button.go');
    await office.write({ 'a1.done': 'yes', 'a1.result': '情况报告已送' });
    await office.press('section.order form button.go');
    expect(await office.text()).toContain('不办的项目要先告知来文单位');
    await office.write({ told: true });
    await office.press('section.order form button.go');
    expect((await log()).slice(-3).map(e => e.type)).toEqual([
      'instruction.item-done',
      'instruction.item-declined',
      'instruction.closed',
    ]);
  },
  180_000,
);

step(
  'full answer, not satisfied, supplement, satisfied; filed and closed',
  async () => {
    const water = await day.walk.as('water-section/head');
    const group = await day.walk.as('leading-group/head', 'phone');
    const publicity = await day.walk.as('publicity-section/head');
    day.walk.at('2026-09-22 14:50');
    await water.go(`${home}/do/facts.verified`);
    await water.write({ with: ['water-section', 'monitoring-station'], conclusion: 'confirmed', cause: true });
    await water.press('form.pane button.go');
    const answer = async (text: string, kind: string, at: string): Promise<void> => {
      day.walk.at(at);
      await water.go(`${home}/reply/new?form=answer`);
      await water.write({ text, parts: ['facts', 'steps', 'dates'] });
      await water.press('form.pane button.go');
      const here = water.path();
      await group.go('/desk');
      await group.press('a.to-sign-row');
      await group.press('.thumb button.go');
      await water.go(here);
      await water.page.selectOption('#m-kind', kind);
      await water.press('#outlet button.go');
    };
    await answer('泡沫来自上游1处雨水口，15时水质各项达标，已封堵，明日公布数据。', 'full', '2026-09-22 15:30');
    day.walk.at('2026-09-22 17:00');
    await publicity.go(`${home}/do/satisfaction.asked`);
    await publicity.write({ of: 'outlet', answer: 'not-satisfied' });
    await publicity.press('form.pane button.go');
    await answer('补充：9月22日三次采样数据与点位图，已在网站公布。', 'supplement', '2026-09-23 10:20');
    day.walk.at('2026-09-23 11:00');
    await publicity.go(`${home}/do/satisfaction.asked`);
    expect(await publicity.page.inputValue('[name="round"]')).toBe('2');
    await publicity.write({ of: 'outlet', answer: 'satisfied' });
    await publicity.press('form.pane button.go');
    expect(await answered()).toEqual(['interim', 'full', 'supplement']);
    expect(await publicity.text()).toContain('第 2 轮 媒体 满意');
    await publicity.go(`${home}/close`);
    await publicity.write({ reason: '已封堵，数据已公布，媒体满意' });
    await publicity.press('form.pane button:has-text("结案")');
    await publicity.press('a:has-text("归档")');
    await publicity.press('form.pane button.go');
    expect((await log()).at(-1)?.data['kinds']).toEqual(['item', 'reply', 'coverage']);
  },
  180_000,
);

step('no page failed, no page has a serious fault for axe, none scrolls sideways on the telephone', async () => {
  expect(day.walk.stage.faults).toEqual([]);
  const complaints = [...new Set(day.walk.complaints)].join('\n');
  expect(complaints, complaints).toBe('');
});

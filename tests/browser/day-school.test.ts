/**
 * A worked day of a school, walked in English by clicking alone: a doubt that holds an answer back, a checklist, a correction
 * beside the original, an order that is declined.
 */
import { expect } from 'vitest';
import { walkDay } from './day.ts';

let home = '';
let reply = '';
const TEXT = [
  '关于作业安排的答复',
  '自9月21日起作业统一排表，每晚不超过60分钟，已通知八年级各班。',
  '清江示例学校',
].join('\n');

const day = walkDay({
  rulebook: 'school',
  day: 'swapped-weekend',
  name: { zh: '清江示例学校', en: 'Qingjiang example school' },
  at: '2026-09-19 21:20',
  from: '2026-09-19',
  language: 'en',
  names: {
    school: { zh: '学校', en: 'School' },
    group: { zh: '工作组', en: 'Working group' },
    'school-committee': { zh: '校委会', en: 'School committee' },
    'school-office': { zh: '校办', en: 'School office' },
    'network-centre': { zh: '网络中心', en: 'Network centre' },
    'academic-office': { zh: '教务处', en: 'Academic office' },
    'grade-section-8': { zh: '八年级部', en: 'Grade section 8' },
    'education-office': { zh: '教育局', en: 'Education office' },
  },
});
const { step } = day;
const log = () => day.walk.stage.log();

step(
  'a grade section finds it and tells two offices; graded, given, taken',
  async () => {
    const section = await day.walk.as('grade-section-8/dedicated-person');
    expect(await section.text()).toContain('Qingjiang example school');
    await section.go('/cases/new');
    await section.write({
      subject: '作业太多',
      concerns: ['academic-office'],
      outlet: 'parents-forum',
      publishedAt: '2026-09-19T20:40',
      matter: 'complaint',
      negative: true,
    });
    await section.press('main form button.go');
    home = section.path();
    day.walk.at('2026-09-19 21:59');
    await section.go(`${home}/do/report.made?kind=finding`);
    await section.write({ to: ['school-office', 'network-centre'], channel: 'phone', takenBy: 'head' });
    await section.press('form.pane button.go');
    day.walk.at('2026-09-19 22:30');
    const office = await day.walk.as('school-office/head');
    await office.go(`${home}/do/classification.set?scale=grade`);
    await office.write({ value: ['important'], reason: 'a whole grade asks' });
    await office.press('form.pane button.go');
    await office.go(`${home}/passing`);
    await office.write({ to: 'academic-office', as: 'responsible' });
    await office.press('aside form button.go');
    const academic = await day.walk.as('academic-office/head');
    await academic.go(`${home}/passing`);
    await academic.press('button[value="take"]');
    expect((await log()).at(-1)?.type).toBe('assignment.accepted');
  },
  180_000,
);

step(
  'while a doubt stands no answer goes out; the leader signs by telephone and settles the doubt',
  async () => {
    day.walk.at('2026-09-20 09:00');
    const office = await day.walk.as('school-office/head');
    await office.go(`${home}/do/facts.verified`);
    await office.write({ with: ['academic-office'], conclusion: 'open' });
    await office.press('form.pane button.go');
    await office.go(`${home}/do/classification.set?scale=doubt`);
    await office.write({ value: ['in-doubt'], reason: 'one class says otherwise' });
    await office.press('form.pane button.go');
    day.walk.at('2026-09-20 09:10');
    const academic = await day.walk.as('academic-office/head');
    await academic.go(`${home}/reply/new?form=reply`);
    await academic.write({ text: TEXT, parts: ['facts', 'steps', 'dates'] });
    await academic.press('form.pane button.go');
    reply = academic.path();
    day.walk.at('2026-09-20 09:30');
    const leader = await day.walk.as('group/in-charge-leader', 'phone');
    await leader.go('/desk');
    await leader.press('a.to-sign-row');
    expect(await leader.text()).toContain('Agree to this text');
    await leader.press('.thumb button.go');
    day.walk.at('2026-09-20 09:40');
    const speaker = await day.walk.as('school/spokesperson');
    await speaker.go(reply);
    await speaker.write({ kind: 'reply' });
    await speaker.publish();
    expect((await speaker.page.textContent('.alert.stop')) ?? '').toContain('D-3.3e');
    day.walk.at('2026-09-20 10:00');
    await leader.go(`${home}/do/decision.made?about=grade-doubt`);
    await leader.write({
      outcome: 'answer for the two classes',
      reason: 'the rest is being asked',
      decidedBy: 'in-charge-leader',
    });
    await leader.press('form.pane button.go');
    day.walk.at('2026-09-20 10:10');
    // The checklist of the school is gone through on this very wording.
    await office.go(reply);
    await office.press('form:has(input[value="checklist"]) button');
    expect(await office.text()).toContain('Clear');
    await speaker.go(reply);
    await speaker.write({ kind: 'reply' });
    await speaker.publish();
    expect((await log()).at(-1)?.type).toBe('publication.made');
  },
  180_000,
);

step(
  'a figure was wrong: the correction is signed like the original and stands beside it',
  async () => {
    day.walk.at('2026-09-20 15:00');
    const academic = await day.walk.as('academic-office/head');
    await academic.go(`${reply}/edit`);
    expect(await academic.text()).toContain('beside');
    await academic.write({ text: TEXT.replace('60分钟', '90分钟') });
    await academic.press('form.pane button.go');
    expect(await academic.page.textContent('#cmp')).toContain('90');
    const leader = await day.walk.as('group/in-charge-leader', 'phone');
    await leader.go('/desk');
    await leader.press('a.to-sign-row');
    expect(await leader.text()).toContain('Why again?');
    await leader.press('.thumb button.go');
    day.walk.at('2026-09-20 15:20');
    const speaker = await day.walk.as('school/spokesperson');
    await speaker.go(reply);
    await speaker.publish();
    expect((await log()).at(-1)?.data['kind']).toBe('correction');
    await speaker.go('/answers');
    await speaker.press('.ans-list a');
    expect(await speaker.page.textContent('.fix ins')).toContain('9');
  },
  180_000,
);

step(
  'the education office calls and asks who wrote it: declined under its clause, and told',
  async () => {
    day.walk.at('2026-09-20 20:00');
    const office = await day.walk.as('school-office/head');
    await office.go('/do/contact.entered?bodyKind=superior');
    await office.write({ body: 'education-office', bodyKind: 'superior' });
    await office.press('form.pane button.go');
    await office.go(`${home}/orders`);
    await office.write({ from: 'education-office', 'act-1': 'identify-speaker' });
    await office.press('aside form button.go');
    expect(await office.text()).toContain('can only be refused');
    await office.write({ told: true });
    await office.press('section.order form button.go');
    const declined = (await log()).findLast(e => e.type === 'instruction.item-declined');
    expect(declined?.data['clause']).toBe('D-3.2d');
    expect(String(declined?.data['reason'])).not.toBe('');
  },
  180_000,
);

step('no page failed, no page has a serious fault for axe, none scrolls sideways on the telephone', async () => {
  expect(day.walk.stage.faults).toEqual([]);
  const complaints = [...new Set(day.walk.complaints)].join('\n');
  expect(complaints, complaints).toBe('');
});

import { expect, test } from 'vitest';
import { event, hash, lines } from './fixtures/day.ts';
import { hasFigure, hasStep, saysCause, vagueDates } from './lint-words.ts';

test.each([
  // text                                  found          why
  ['我院日前召开会议', ['日前'], 'an adverb of time'],
  ['近日,我局开展检查', ['近日'], 'an adverb of time'],
  ['据了解,近日来投诉增多', ['近日'], 'still vague'],
  ['请于9月20日前缴费', [], 'before a date'],
  ['九月二十日前完成', [], 'before a date in words'],
  ['节日前加强检查', [], 'a longer noun: before the festival'],
  ['生日前一天', [], 'a longer noun: before the birthday'],
  ['三个工作日前提交', [], 'a longer noun: working days before'],
  ['休息日前', [], 'a longer noun: before the rest day'],
  ['最近日程较满', [], '最近 and 日程'],
  ['截止日前报名', [], 'a longer noun: before the closing date'],
  ['报道称“日前发生”,经核实为9月1日', [], 'a quotation is somebody else’s word'],
  ['某企业日前公告', ['日前'], 'after a noun of its own'],
])('vague dates in %s', (text, found) => {
  expect(vagueDates(text, ['近日', '日前'])).toEqual(found);
});

test.each([
  // text                                                            figure  step   why
  ['我局高度重视,将认真研究。', false, false, 'attitude only'],
  ['经核实,5月以来有4封来信未按时答复,已于7月11日逐件补办并电话告知。', true, true, 'figures, dates, steps'],
  ['7月15日前付清。', true, true, 'a promise with a date'],
  ['正在核查。', false, true, 'a step without a figure'],
  ['共有三十人来访。', true, false, 'a figure without a step'],
])('facts in %s', (text, figure, step) => {
  expect([hasFigure(text), hasStep(text)]).toEqual([figure, step]);
});

test.each([
  // text                          cause        why
  ['事故系刹车磨损导致。', true, 'tells a cause'],
  ['原因是管道老化', true, 'tells a cause'],
  ['事故原因正在调查。', false, 'still looked for'],
  ['正在核查原因,结果当日公布', false, 'still looked for'],
  ['厨房已关闭并留样。', false, 'facts only'],
])('causes in %s', (text, cause) => {
  expect(saysCause(text) !== undefined).toBe(cause);
});

const RULES = `
Own drafts.
\`\`\`lint A-5.Q2b
lint: vague-date
on: { form: reply }
rule: words
words: [近日, 日前]
override: with-reason
\`\`\`
\`\`\`lint A-5.Q2c
lint: stale
on: { channel: website }
rule: stale
older-than: 7 days
\`\`\`
\`\`\`lint B-7.1
lint: cause-before-finding
on: { form: reply }
rule: cause-before-finding
\`\`\`
\`\`\`lint B-7.5
lint: missing-part
on: { form: plan }
rule: parts
asks: [after-care, accountability]
\`\`\`
\`\`\`gate G-7a
gate: marks-only
act: publication.made
needs: [authorised release]
flag-instead: unauthorised
\`\`\`
`;
const draft = (at: string, text: string, more: object = {}) =>
  event(
    at,
    'section-1/clerk',
    'draft.written',
    { document: 'd1', form: 'reply', textHash: hash(text), text, ...more },
    { id: `d-${at.slice(6).replace(':', '')}` },
  );
const lints = (...events: Parameters<typeof lines>[1]) =>
  lines(RULES, events, '09-20 00:00').flatMap(l =>
    l.line === 'flag' && l.flag === 'lint' ? [`${l.lint} ${l.clause} ${l.event}`] : [],
  );

test('a draft is marked under its clause; the mark stays with that wording', () => {
  expect(lints(draft('09-18 09:00', '我院日前回应'), draft('09-18 10:00', '我院9月18日回应'))).toEqual([
    'vague-date A-5.Q2b d-0900',
  ]);
});
test('set aside with a reason, for this wording', () => {
  const over = event('09-18 09:30', 'office/head', 'lint.overridden', {
    document: 'd1',
    textHash: hash('我院日前回应'),
    lint: 'vague-date',
    reason: 'a title',
  });
  expect(lints(draft('09-18 09:00', '我院日前回应'), over)).toEqual([]);
});
test('a cause is told only after it was found', () => {
  const verified = event('09-18 09:30', 'section-1/head', 'facts.verified', {
    with: ['section-1'],
    conclusion: 'confirmed',
    cause: true,
  });
  expect(lints(draft('09-18 09:00', '事故系磨损导致'))).toEqual(['cause-before-finding B-7.1 d-0900']);
  expect(lints(verified, draft('09-18 10:00', '事故系磨损导致'))).toEqual([]);
});
test('missing parts are named', () => {
  const [flag] = lines(
    RULES,
    [draft('09-18 09:00', 'x', { form: 'plan', parts: ['after-care'] })],
    '09-20 00:00',
  ).filter(l => l.line === 'flag');
  expect(flag).toMatchObject({ lint: 'missing-part', missing: ['accountability'] });
});
test('what is told happened too long ago', () => {
  const item = (eventOn: string) =>
    event(
      '09-18 10:00',
      'office/head',
      'publication.made',
      {
        document: 'n1',
        textHash: hash('n1'),
        channel: 'website',
        kind: 'routine',
        speakerUnit: 'office',
        speakerRole: 'head',
        eventOn,
      },
      { case: null, id: 'item' },
    );
  expect(lints(item('2026-09-10'))).toEqual(['stale A-5.Q2c item']);
  expect(lints(item('2026-09-11'))).toEqual([]);
});

import { expect, test } from 'vitest';
import { event, finding, lines, owed, told } from './fixtures/day.ts';

const LOOP = `
Ask until the outlet is satisfied; keep watching until it is calm, at a local interval.
\`\`\`duty F-1.2.3e
duty: satisfied
starts: media.answered (kind = full)
per: case
who: office
must: ask
done: satisfaction.asked
until: satisfaction.asked (answer = satisfied)
or-close: { by: office, with: reason }
within: none
\`\`\`
\`\`\`duty H-21c
duty: progress
starts: finding.recorded
from: discovery
who: group
must: report
done: report.made (kind = progress)
until: calm.declared
within: soft "in real time"
local: progress-interval
\`\`\`
\`\`\`local H-21c
local: progress-interval
for: [H-21c]
\`\`\`
\`\`\`gate G-7a
gate: marks-only
act: media.answered
needs: [authorised release]
flag-instead: unauthorised
\`\`\`
`;
const full = event('09-18 15:30', 'section-1/head', 'media.answered', {
  unit: 'section-1',
  outlet: 'outlet-1',
  kind: 'full',
  document: 'd1',
  textHash: `sha256:${'1'.repeat(64)}`,
});
const asked = (at: string, answer: string, round: number) =>
  event(at, 'office/head', 'satisfaction.asked', { of: 'outlet', answer, round });
const row = (events: Parameters<typeof owed>[1], at: string) =>
  owed(LOOP, events, at).find(l => l.clause === 'F-1.2.3e');

test('open until the end, its rounds counted; then done at the end', () => {
  const events = [full, asked('09-18 17:00', 'not-satisfied', 1)];
  expect(row(events, '09-18 18:00')).toMatchObject({ state: 'open', rounds: 1, dueAt: null });
  expect(row([...events, asked('09-19 11:00', 'satisfied', 2)], '09-19 12:00')).toMatchObject({
    state: 'done',
    rounds: 2,
    doneAt: '2026-09-19T11:00:00+08:00',
  });
});
test('closed with a reason by the named office: done if it was asked at least once, else lifted', () => {
  const closed = event('09-19 12:00', 'office/head', 'case.closed', { reason: 'no answer any more' });
  expect(row([full, asked('09-18 17:00', 'no-answer', 1), closed], '09-19 13:00')?.state).toBe('done');
  expect(row([full, closed], '09-19 13:00')?.state).toBe('lifted');
});

const report = (at: string) =>
  event(at, 'group/head', 'report.made', { kind: 'progress', to: ['city'], channel: 'written', written: true });
const calm = event('09-18 20:00', 'group/head', 'calm.declared', { reason: 'quiet' });
test('a local interval gives consecutive windows, whatever was reported earlier, and never a late duty', () => {
  const events = [finding('09-18 09:00', 'office/head'), report('09-18 10:00'), report('09-18 16:00'), calm];
  const out = lines(LOOP, events, '09-19 00:00', { local: { 'progress-interval': { hours: 3, label: 'local' } } });
  expect(
    out
      .filter(l => l.line === 'local')
      .map(l => l.line === 'local' && `${l.startedAt.slice(11, 16)} to ${l.dueAt.slice(11, 16)} ${l.state}`),
  ).toEqual(['09:00 to 12:00 done', '12:00 to 15:00 missed', '15:00 to 18:00 done', '18:00 to 21:00 open']);
  expect(out.find(l => l.line === 'obligation')).toMatchObject({
    clause: 'H-21c',
    state: 'done',
    rounds: 2,
    dueKind: 'soft',
    term: 'in real time',
  });
});
test.each<[string, readonly string[], string, readonly string[]]>([
  // reports, calm declared                                                          windows
  ['at the end of a window: in time, and for that window only', ['12:00'], '16:00', ['done', 'missed', 'open']],
  ['one more at the end: for the window that begins', ['10:00', '12:00'], '16:00', ['done', 'done', 'open']],
  ['one second late: for the next window', ['12:00:01'], '16:00', ['missed', 'done', 'open']],
  ['calm at the end of a window: no window begins', ['10:00'], '12:00', ['done']],
])('a report %s', (_what, reports, calmAt, states) => {
  const events = [
    finding('09-18 09:00', 'office/head'),
    ...reports.map(at => report(`09-18 ${at}`)),
    event(`09-18 ${calmAt}`, 'group/head', 'calm.declared', { reason: 'quiet' }),
  ];
  const out = lines(LOOP, events, '09-19 00:00', { local: { 'progress-interval': { hours: 3, label: 'local' } } });
  expect(out.flatMap(l => (l.line === 'local' ? [l.state] : []))).toEqual(states);
});
test('nothing done by the end: lifted, never late', () => {
  expect(told(owed(LOOP, [finding('09-18 09:00', 'office/head'), calm], '09-19 00:00')[0])).toBe('lifted, no due time');
});

const PER_TRIGGER = `
For each publication, both channels.
\`\`\`duty G-8e
duty: both
starts: publication.made (kind = reply)
per: trigger
who: group
must: both channels
done: { all: [ publication.made (channel = website), publication.made (channel = wechat) ] }
within: none
\`\`\`
\`\`\`duty G-9
duty: acknowledged
starts: trend.noted
who: group
must: look
done: assessment.made
within: 2 hours
\`\`\`
\`\`\`gate G-7a
gate: marks-only
act: publication.made
needs: [authorised release]
flag-instead: unauthorised
\`\`\`
`;
const publish = (at: string, document: string, channel: string) =>
  event(at, 'group/head', 'publication.made', {
    document,
    textHash: `sha256:${'1'.repeat(64)}`,
    channel,
    kind: 'reply',
    speakerUnit: 'group',
    speakerRole: 'head',
  });
test('one instance for each text; the trigger is part of what meets it, and the second channel starts no new one', () => {
  const events = [
    publish('09-18 09:30', 'd1', 'website'),
    publish('09-18 09:36', 'd1', 'wechat'),
    publish('09-18 10:00', 'd2', 'wechat'),
  ];
  expect(owed(PER_TRIGGER, events, '09-18 12:00').map(told)).toEqual([
    'done, no due time, done 09-18 09:36',
    'open, no due time',
  ]);
});
test('without a key of its own an event meets the oldest open instance first, and one only', () => {
  const noted = (at: string) =>
    event(at, 'section-1/head', 'trend.noted', { direction: 'rising', items: 1, outlets: 1 });
  const assessed = (at: string) => event(at, 'group/head', 'assessment.made', { heads: { trend: 'x' } });
  const rows = (...events: Parameters<typeof owed>[1]) => owed(PER_TRIGGER, events, '09-18 13:00').map(told);
  expect(rows(noted('09-18 09:00'), noted('09-18 09:30'), assessed('09-18 10:00'))).toEqual([
    'done, due 09-18 11:00, done 09-18 10:00',
    'late, due 09-18 11:30, late 5400 s',
  ]);
  expect(rows(noted('09-18 09:00'), noted('09-18 09:30'), assessed('09-18 10:00'), assessed('09-18 11:00'))).toEqual([
    'done, due 09-18 11:00, done 09-18 10:00',
    'done, due 09-18 11:30, done 09-18 11:00',
  ]);
});

const INSIDE = `
The chain is inside the limit.
\`\`\`duty A-4.H3a
duty: first-handling
starts: finding.recorded
from: discovery
each: concerned units
who: head
must: handle
done: handling.entered
within: 8 hours
\`\`\`
\`\`\`approval A-4.H3c
approval: chain
covers: { form: reply }
steps: [head, chief]
order: listed
before: publication.made
inside: { limit-of: [first-handling], each: concerned units, ends-with: handover.made (to = spokesperson) }
\`\`\`
`;
test('an approval inside a limit starts with it, and is met by handing over a text that carries every signature', () => {
  const text = { document: 'd1', textHash: `sha256:${'3'.repeat(64)}` };
  const draft = event('09-18 10:00', 'section-1/clerk', 'draft.written', {
    ...text,
    form: 'reply',
    forUnit: 'section-1',
  });
  const head = event('09-18 11:00', 'section-1/head', 'signature.given', { ...text, as: 'head' });
  const chief = event('09-18 12:00', 'bureau/chief', 'signature.given', { ...text, as: 'chief' });
  const over = (at: string) =>
    event(at, 'section-1/head', 'handover.made', { ...text, forUnit: 'section-1', to: 'spokesperson' });
  const own = (events: Parameters<typeof owed>[1], at: string) =>
    owed(INSIDE, events, at).find(l => l.clause === 'A-4.H3c' && !l.whole);
  const start = finding('09-18 09:00', 'office/head');
  expect(told(own([start, draft, head, chief, over('09-18 13:00')], '09-18 14:00'))).toBe(
    'section-1, done, due 09-18 17:00, done 09-18 13:00',
  );
  expect(own([start, draft, head, over('09-18 11:30')], '09-18 14:00')).toMatchObject({
    state: 'open',
    missing: ['signature.given chief', 'handover.made (to = spokesperson)'],
  });
  expect(told(own([start, draft, head, chief], '09-18 17:00:01'))).toBe('section-1, late, due 09-18 17:00, late 1 s');
});

const AFTER = `
A bundle of three kinds after the sheet is back; a result block after the reply.
\`\`\`retention F-3.4
bundle: case-archive
kinds: [item, reply, coverage]
after: [form.returned, case.closed]
within: soft "promptly"
\`\`\`
\`\`\`form F-1.2.1f
form: sheet
fields: ["assessment: text", "result: text"]
after: form.returned
\`\`\`
`;
test('a bundle is open until one entry holds every kind; a form until it is whole', () => {
  const back = event('09-18 09:00', 'office/head', 'form.returned', {
    form: 'sheet',
    number: '1',
    to: 'office',
    from: 'section-1',
  });
  const bundle = (at: string, kinds: readonly string[]) =>
    event(at, 'office/head', 'archive.bundled', { kinds, unit: 'office' });
  const fill = (at: string, fields: object) =>
    event(at, 'section-1/clerk', 'form.filled', { form: 'sheet', number: '1', fields });
  const rows = (events: Parameters<typeof owed>[1]) => owed(AFTER, events, '09-20 00:00');
  expect(rows([back, bundle('09-18 10:00', ['item', 'reply'])])).toMatchObject([
    { clause: 'F-1.2.1f', state: 'open', missing: ['assessment', 'result'] },
    { clause: 'F-3.4', state: 'open', dueKind: 'soft', missing: ['coverage'] },
  ]);
  const whole = [
    back,
    fill('09-18 10:00', { assessment: 'a' }),
    fill('09-18 11:00', { result: 'r' }),
    bundle('09-19 10:00', ['item', 'reply', 'coverage']),
  ];
  expect(rows(whole).map(told)).toEqual(['done, no due time, done 09-18 11:00', 'done, no due time, done 09-19 10:00']);
  expect(lines(AFTER, whole.slice(0, 2), '09-20 00:00').filter(l => l.line === 'form')).toMatchObject([
    { form: 'sheet', number: '1', complete: false, missing: ['result'] },
  ]);
});

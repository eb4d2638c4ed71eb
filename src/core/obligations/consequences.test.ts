import { expect, test } from 'vitest';
import { event, finding, lines } from './fixtures/day.ts';

const BREACH = `
Lateness is counted and answered for; a fault with considerable harm bars from awards, if a person finds one.
\`\`\`duty G-1
duty: told
starts: finding.recorded
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent
within: 1 hours
late: answer-for-it
\`\`\`
\`\`\`breach G-5d
breach: counted
from: { duties: [told], states: [late, done-late, missed] }
to: [count]
\`\`\`
\`\`\`breach G-11
breach: answer-for-it
from: { duties: [told], states: [late, done-late, missed] }
to: [referral]
by: person
\`\`\`
\`\`\`breach C-5b
breach: barred
from: { all: [ { duties: [told], states: [late, done-late, missed] }, { finding: [delayed, concealed], gravity: [considerable, serious] } ], about: same }
to: [veto-mark]
by: person
\`\`\`
\`\`\`breach H-26b
breach: five-failures
from: [ { duties: [told], states: [late, done-late] }, { finding: [wrong, false, concealed] }, { publication.found: true } ]
to: [count]
\`\`\`
`;
const notice = (at: string, to: string) =>
  event(at, 'group/head', 'notice.sent', { notice: 'n1', kind: 'notice', to: [to], channels: ['phone'] });
const two = finding('09-18 09:00', 'office/head', { concerns: ['section-1', 'section-2'] });
const of = (kind: string, events: Parameters<typeof lines>[1]) =>
  lines(BREACH, events, '09-18 12:00').filter(l => l.line === kind);
test('late parts are counted, whole rows never', () => {
  const events = [two, notice('09-18 09:30', 'section-1'), notice('09-18 11:00', 'section-2')];
  expect(of('count', events)).toMatchObject([
    { count: 'G-5d', kind: 'late', value: 1 },
    { count: 'G-5d', kind: 'missed', value: 0 },
    { count: 'H-26b', kind: 'concealed', value: 0 },
    { count: 'H-26b', kind: 'false', value: 0 },
    { count: 'H-26b', kind: 'late', value: 1 },
    { count: 'H-26b', kind: 'unauthorised', value: 0 },
    { count: 'H-26b', kind: 'wrong', value: 0 },
  ]);
  expect(of('account', events)).toEqual([
    { line: 'account', account: 'G-11', kind: 'late', clause: 'G-1', case: 'C1', unit: 'section-2', to: ['referral'] },
  ]);
});
test('a lateness of a case that became part of another counts once, where it happened', () => {
  const one = finding('09-18 09:00', 'office/head', { concerns: ['section-1'], case: 'C2' });
  const other = finding('09-18 10:30', 'office/head', { concerns: ['section-2'] });
  const joined = event('09-18 11:00', 'group/head', 'case.joined', { into: 'C1', reason: 'the same' }, { case: 'C2' });
  const counted = (events: Parameters<typeof lines>[1]) =>
    of('count', events).flatMap(l =>
      l.line === 'count' && l.count === 'G-5d' && l.kind === 'late' ? [l.value, ...l.of.map(o => o.slice(0, 6))] : [],
    );
  expect(counted([one, other])).toEqual([2, 'G-1 C1', 'G-1 C2']);
  expect(counted([one, other, joined])).toEqual([2, 'G-1 C1', 'G-1 C2']);
  expect(of('account', [one, other, joined]).map(l => (l.line === 'account' ? `${l.case} ${l.unit}` : ''))).toEqual([
    'C1 section-2',
    'C2 section-1',
  ]);
});
test('what only a person can find is a candidate until a person does', () => {
  expect(of('flag', [two]).filter(l => l.line === 'flag' && l.flag === 'candidate')).toMatchObject([
    { clause: 'C-5b', case: 'C1', unit: 'section-1' },
    { clause: 'C-5b', unit: 'section-2' },
  ]);
  const fault = (gravity: string) =>
    event(
      '09-18 11:30',
      'group/head',
      'fault.found',
      { kind: 'delayed', gravity, unit: 'section-1', evidence: [], reason: 'r' },
      { id: 'fault' },
    );
  expect(
    of('account', [two, fault('considerable')]).filter(l => l.line === 'account' && l.account === 'C-5b'),
  ).toMatchObject([{ kind: 'delayed', clause: 'G-1', case: 'C1', unit: 'section-1', event: 'fault' }]);
  expect(of('account', [two, fault('none')]).filter(l => l.line === 'account' && l.account === 'C-5b')).toEqual([]);
});
test('an answer found outside the procedure is marked and counted, never refused', () => {
  const found = event(
    '09-18 10:00',
    'office/head',
    'publication.found',
    { unit: 'section-1', channelKind: 'staff-account', what: 'x' },
    { id: 'pf' },
  );
  expect(of('flag', [found])).toMatchObject([
    { flag: 'unauthorised-publication', clause: 'H-26b', event: 'pf', unit: 'section-1' },
  ]);
  expect(of('count', [found])).toContainEqual(
    expect.objectContaining({ count: 'H-26b', kind: 'unauthorised', value: 1 }),
  );
});

const STAGES = `
Four stages in order.
\`\`\`stages D-2.1
stages: basic-procedure
of: case
marks:
  - { mark: collect, by: stage.reached (series = basic-procedure and stage = collect) }
  - { mark: verify, by: stage.reached (series = basic-procedure and stage = verify) }
  - { mark: report, by: stage.reached (series = basic-procedure and stage = report) }
order: strict-unless-reason
\`\`\`
`;
const stage = (at: string, name: string, skipReason?: string) =>
  event(at, 'office/head', 'stage.reached', {
    series: 'basic-procedure',
    stage: name,
    ...(skipReason === undefined ? {} : { skipReason }),
  });
test.each<[string, Parameters<typeof lines>[1], readonly string[], readonly string[], readonly string[]]>([
  [
    'in order',
    [stage('09-18 09:00', 'collect'), stage('09-18 10:00', 'verify')],
    ['collect', 'verify'],
    ['report'],
    [],
  ],
  [
    'a stage passed over without a reason is not reached',
    [stage('09-18 09:00', 'collect'), stage('09-18 10:00', 'report')],
    ['collect'],
    ['verify', 'report'],
    [],
  ],
  [
    'passed over with a reason',
    [stage('09-18 09:00', 'collect'), stage('09-18 10:00', 'report', 'urgent')],
    ['collect', 'report'],
    [],
    ['verify'],
  ],
])('stages: %s', (_why, events, reached, open, skipped) => {
  const line = lines(STAGES, events, '09-18 12:00').find(l => l.line === 'stages');
  expect(
    line?.line === 'stages' && [line.reached.map(r => r.mark), line.open, (line.skipped ?? []).map(s => s.mark)],
  ).toEqual([reached, open, skipped]);
});

test('measures, and declined asks under their clause and case', () => {
  const rules = `
  \`\`\`declined G-4.3e
  orders: have posts deleted
  why: removal of speech
  instead: answer
  asked-acts: [have-post-deleted]
  \`\`\`
  \`\`\`declined G-2.3b
  orders: commentators
  why: hidden voices
  instead: named answers
  asked-acts: [comment-as]
  \`\`\`
  `;
  const order = event(
    '09-18 10:00',
    'office/head',
    'instruction.received',
    { instruction: 'o1', from: 'city', asks: [{ ask: 'a', act: 'have-post-deleted' }], format: 'call' },
    { id: 'order' },
  );
  const got = event('09-18 09:40', 'section-1/head', 'notice.received', { notice: 'n1', unit: 'section-1' });
  const out = lines(rules, [finding('09-18 09:00', 'office/head'), got, order], '09-18 12:00');
  expect(
    out.flatMap(l => (l.line === 'declined' ? [`${l.declined} ${l.case ?? ''} ${l.event ?? ''}`.trim()] : [])),
  ).toEqual(['G-2.3b', 'G-4.3e', 'G-4.3e C1 order']);
  expect(out.filter(l => l.line === 'measure')).toMatchObject([
    { measure: 'discovery-to-receipt', case: 'C1', unit: 'section-1', seconds: 2400 },
  ]);
});

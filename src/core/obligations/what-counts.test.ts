/** What counts and what does not, where an entry looks like the thing that was wanted: answers, press events, acts that were held up. */
import { expect, test } from 'vitest';
import { event, finding, hash, lines, owed, told } from './fixtures/day.ts';
import { CHAIN, draft, publish, refusals, sign } from './fixtures/reply.ts';

const ANSWERED = `
Answered by an event.
\`\`\`duty H-18.3c
duty: answered
starts: finding.recorded
from: discovery
who: group
must: hold an event
done: press-event.held (kind = press-conference | other)
within: 48 hours
\`\`\`
\`\`\`gate H-19.2a
gate: authorised
act: press-event.held
needs: [authorised interview]
flag-instead: unauthorised-interview
\`\`\`
`;
const held = (kind: string, more: object = {}) =>
  event('09-18 12:00', 'group/head', 'press-event.held', { event: 'e', kind, speakerRole: 'head', ...more });
test.each([
  // what was held at 12:00                                       what became of the duty
  [held('press-conference'), 'done, due 09-20 09:00, done 09-18 12:00'],
  [held('other'), 'open, due 09-20 09:00'],
  [held('other', { otherReason: ' ' }), 'open, due 09-20 09:00'],
  [held('other', { otherReason: 'a written statement' }), 'done, due 09-20 09:00, done 09-18 12:00'],
])('an event of another form counts with its reason only (HC-44): %#', (answer, expected) => {
  expect(told(owed(ANSWERED, [finding('09-18 09:00', 'office/head'), answer], '09-18 13:00')[0])).toBe(expected);
});

const EACH_QUESTION = `
Each question is answered.
\`\`\`duty B-5b
duty: each-answered
starts: finding.recorded
who: office
must: answer each question
done: publication.made (kind not holding)
with: [each-question]
within: none
\`\`\`
\`\`\`approval G-4.2a
approval: text
covers: { form: reply }
steps: [deputy]
order: listed
before: publication.made
\`\`\`
`;
test.each([
  // what the answer of 10:00 says of itself                       what became of the duty
  [{ kind: 'holding' }, 'open, no due time'],
  [{ questions: 3, answered: 2 }, 'open, no due time'],
  [{ questions: 3 }, 'open, no due time'],
  [{ questions: 3, answered: 3 }, 'done, no due time, done 09-18 10:00'],
  [{}, 'done, no due time, done 09-18 10:00'],
])('an answer that leaves a question open is none: %j', (data, expected) => {
  const signed = [draft('09-18 09:30', 'one'), sign('09-18 09:40', 'group/deputy', 'deputy')];
  const events = [finding('09-18 09:00', 'office/head'), ...signed, publish('09-18 10:00', 'one', { data })];
  expect(told(owed(EACH_QUESTION, events, '09-18 13:00')[0])).toBe(expected);
});

test('one line for each clause that holds an act up, with all that its rules miss', () => {
  const rules = `${CHAIN}
\`\`\`gate A-4.H3c
gate: handed-over
act: publication.made
needs: [signed reply-chain, "track offline finished"]
\`\`\`
`;
  const events = [draft('09-18 09:00', 'one'), sign('09-18 09:10', 'section-1/head', 'head'), publish('09-18 10:00')];
  expect(refusals(rules, events, '09-18 12:00')).toEqual([
    'pub A-4.H3c: signature.given deputy, signature.given top, track.finished offline',
  ]);
});

const UNAUTHORISED = `
\`\`\`breach H-19.2c
breach: unauthorised-answer
from: [ { publication.found: true }, { finding: [unauthorised] } ]
to: [count, referral]
by: person
\`\`\`
`;
test('an answer outside the procedure that a person finds to be a fault is one, not two; both may be followed up', () => {
  const one = event(
    '09-18 10:00',
    'office/head',
    'publication.found',
    { unit: 'section-1', channelKind: 'spoken', what: 'w' },
    { id: 'pf' },
  );
  const fault = (evidence: readonly string[]) =>
    event('09-18 11:00', 'office/head', 'fault.found', {
      kind: 'unauthorised',
      unit: 'section-1',
      evidence,
      reason: 'r',
    });
  const all = (evidence: readonly string[]) =>
    lines(UNAUTHORISED, [finding('09-18 09:00', 'office/head'), one, fault(evidence)], '09-18 12:00');
  const counted = (evidence: readonly string[]) =>
    all(evidence).flatMap(l => (l.line === 'count' ? [`${l.kind} ${l.value}`] : []));
  expect(counted(['pf'])).toEqual(['unauthorised 1']);
  expect(counted([])).toEqual(['unauthorised 2']);
  expect(all(['pf']).filter(l => l.line === 'account')).toHaveLength(2);
});

const SECRECY = `
A line and a plan stand behind an event; what goes out is read by a checker.
\`\`\`approval H-19.1a
approval: line
covers: { form: reply }
steps: [deputy]
order: listed
before: press-event.held
\`\`\`
\`\`\`approval H-19.2a
approval: plan
covers: { form: plan }
steps: [deputy]
order: listed
before: press-event.held
\`\`\`
\`\`\`gate H-28
gate: read
act: press-event.held
needs: [checked confidentiality by clerk]
\`\`\`
`;
const paper = (at: string, document: string, form: string) => [
  event(`09-18 ${at}:00`, 'section-1/clerk', 'draft.written', { document, form, textHash: hash(document) }),
  event(`09-18 ${at}:30`, 'group/deputy', 'signature.given', { document, textHash: hash(document), as: 'deputy' }),
];
const checked = (document: string) =>
  event('09-18 11:30', 'section-1/clerk', 'confidentiality.checked', {
    document,
    textHash: hash(document),
    outcome: 'clear',
  });
test.each([
  // drafted, in this order                                                       refused
  ['the line is read, and the plan is older', ['plan', 'line'], 'line', []],
  ['the line is read, and the plan is newer: it is not what goes out', ['line', 'plan'], 'line', []],
  ['nothing is read', ['line', 'plan'], undefined, ['H-28: confidentiality.checked clerk']],
  [
    'a newer line is not the one that was read',
    ['plan', 'line', 'line-2'],
    'line',
    ['H-28: confidentiality.checked clerk'],
  ],
] as const)('secrecy before an event that carries no text: %s', (_what, drafted, read, refused) => {
  const papers = drafted.flatMap((d, i) =>
    paper(`${String(i + 9).padStart(2, '0')}`, d, d === 'plan' ? 'plan' : 'reply'),
  );
  const events = [
    finding('09-18 08:00', 'office/head'),
    ...papers,
    ...(read ? [checked(read)] : []),
    held('press-conference'),
  ];
  expect(refusals(SECRECY, events, '09-18 13:00').map(r => r.split(' ').slice(1).join(' '))).toEqual(refused);
});

test.each([
  // what was given first                                                                        seconds from discovery to answer
  ['an event', [held('press-conference')], 10_800],
  ['an open day is none', [held('open-day')], undefined],
  [
    'an answer to the outlet that called, before the published text',
    [
      event('09-18 09:30', 'section-1/head', 'media.answered', {
        unit: 'section-1',
        outlet: 'outlet-1',
        kind: 'full',
        document: 'd1',
        textHash: hash('one'),
      }),
      publish('09-18 10:00'),
    ],
    1800,
  ],
] as const)('from discovery to the first answer of any form: %s', (_what, answers, seconds) => {
  const rules = ['publication.made', 'media.answered', 'press-event.held']
    .map(
      act =>
        `\`\`\`gate H-19.2a\ngate: marks-${act.replace('.', '-')}\nact: ${act}\nneeds: [authorised release]\nflag-instead: unauthorised-interview\n\`\`\`\n`,
    )
    .join('');
  const out = lines(rules, [finding('09-18 09:00', 'office/head'), ...answers], '09-18 13:00');
  expect(out.flatMap(l => (l.line === 'measure' && l.measure === 'discovery-to-answer' ? [l.seconds] : []))).toEqual(
    seconds === undefined ? [] : [seconds],
  );
});

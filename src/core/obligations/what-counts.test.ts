/** What counts and what does not, where an entry looks like the thing that was wanted: forms, signatures, answers, grades. */
import { expect, test } from 'vitest';
import { book, calendar, event, finding, graded, hash, instant, lines, owed, setup, told } from './fixtures/day.ts';
import { obligations, type ObligationLine } from './index.ts';
import { CHAIN, draft, flags, publish, refusals, sign } from './fixtures/reply.ts';

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

const SHEET = `
The result is filled in full and signed; within 1 working day of the signature the sheet returns.
\`\`\`form F-1.2.1f
form: sheet
fields: ["assessment: text", "result: text", "signed: signature sign-result"]
number: running
after: finding.recorded
\`\`\`
\`\`\`duty F-1.2.1g
duty: returned
starts: signature.given (step = sign-result)
if: { form-complete: sheet }
from: signature.given
who: section-1
must: return the sheet
done: form.returned
within: 1 working days
\`\`\`
`;
const fill = (at: string, fields: object) =>
  event(at, 'section-1/clerk', 'form.filled', { form: 'sheet', number: '1', fields });
const signResult = (at: string, by = 'bureau/deputy') =>
  event(at, by, 'signature.given', { document: 's', textHash: hash('s'), as: 'deputy', step: 'sign-result' });
const found = finding('09-16 09:00', 'office/head');
const ASSESSED = fill('09-16 10:00', { assessment: 'a' });
const RESULT = fill('09-17 10:00', { result: 'r' });
test.each<[string, Parameters<typeof owed>[1], string[], string]>([
  // what happened                                                       wanting                      the return
  ['nothing signed, half filled', [ASSESSED], ['result'], 'nothing'],
  ['filled and not signed', [ASSESSED, RESULT], ['signed'], 'nothing'],
  ['signed on an empty result, then filled', [ASSESSED, signResult('09-16 11:00'), RESULT], ['signed'], 'nothing'],
  [
    'and signed again: the day runs from the second signature',
    [ASSESSED, signResult('09-16 11:00'), RESULT, signResult('09-17 15:00')],
    [],
    'open, due 09-18 17:30',
  ],
  ['filled, then signed', [ASSESSED, RESULT, signResult('09-17 16:40')], [], 'open, due 09-18 17:30'],
  [
    'signed by an office that does not hold the capacity',
    [ASSESSED, RESULT, signResult('09-17 16:40', 'section-2/clerk')],
    ['signed'],
    'nothing',
  ],
])('a form that is signed: %s', (_what, events, wanting, returned) => {
  const rows = owed(SHEET, [found, ...events], '09-18 12:00');
  expect(rows.find(r => r.clause === 'F-1.2.1f')?.missing ?? []).toEqual(wanting);
  expect(told(rows.find(r => r.clause === 'F-1.2.1g'))).toBe(returned);
});

test('the signed form is done when it is signed, not when it is filled', () => {
  const rows = owed(SHEET, [found, ASSESSED, RESULT, signResult('09-17 16:40')], '09-18 12:00');
  expect(told(rows.find(r => r.clause === 'F-1.2.1f'))).toBe('done, no due time, done 09-17 16:40');
});

test('the hours of the unit that owes it count, also where it is named only when the duty starts', () => {
  const rules = SHEET.replace('who: section-1', 'who: handling unit');
  const given = event('09-16 09:30', 'group/head', 'transfer.made', { to: 'section-1' });
  const officeHours = [
    { opens: '08:30', closes: '17:30' },
    { opens: '09:00', closes: '16:00', unit: 'section-1' },
  ];
  const events = [found, given, ASSESSED, RESULT, signResult('09-17 16:40')];
  const due = (hours: typeof officeHours) =>
    told(
      obligations(book(rules), setup, events, { ...calendar, officeHours: hours }, Date.parse(instant('09-18 12:00')))
        .filter((l): l is ObligationLine => l.line === 'obligation')
        .find(r => r.clause === 'F-1.2.1g'),
    );
  expect(due(officeHours.slice(0, 1))).toBe('open, due 09-18 17:30');
  expect(due(officeHours)).toBe('open, due 09-18 16:00');
});

/** The head of the section also holds the office of chief. */
const ONE_PERSON = {
  roles: [
    { unit: 'bureau', role: 'chief', holder: 'H09' },
    { unit: 'section-1', role: 'head', holder: 'H09' },
    { unit: 'group', role: 'deputy', holder: 'H02' },
    { unit: 'bureau', role: 'spokesperson', holder: 'H11' },
    { unit: 'section-1', role: 'clerk', holder: 'H05' },
  ],
};
const SAME = CHAIN.replace('order: listed', 'order: listed\nsame-holder: one signature per capacity');
test('one person in two capacities signs twice from either office, where the approval says so (HC-47)', () => {
  const events = [
    draft('09-18 09:00', 'one'),
    sign('09-18 09:10', 'section-1/head', 'head'),
    sign('09-18 09:20', 'group/deputy', 'deputy'),
    sign('09-18 09:30', 'section-1/head', 'top', 'one', { id: 'twin' }),
    publish('09-18 10:00'),
  ];
  expect(refusals(SAME, events, '09-18 12:00', ONE_PERSON)).toEqual([]);
  expect(flags(SAME, events, '09-18 12:00', ONE_PERSON)).toEqual(['overlap-signer A-4.H3c twin']);
  expect(refusals(CHAIN, events, '09-18 12:00', ONE_PERSON)).toEqual(['pub A-4.H3c: signature.given top']);
  expect(refusals(SAME, events, '09-18 12:00')).toEqual(['pub A-4.H3c: signature.given top']);
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

const AGAIN = `
Within 30 minutes where it is major.
\`\`\`duty G-4.3c
duty: told
starts: classification.set (scale = grade)
if: { grade: major }
from: discovery
who: group
must: tell
done: notice.sent
within: 30 minutes
\`\`\`
\`\`\`grades G-6a
grades: grade
values: [ordinary, major]
\`\`\`
`;
test.each([
  // lowered at   raised again at   seen at    what is owed                                    why
  ['20:20', '20:25', '20:28', 'open, due 09-18 20:40', 'never later than what was owed, while that has not run out'],
  [
    '20:20',
    '23:00',
    '23:10',
    'open, due 09-18 23:30',
    'what was lifted in time and has run out since is owed no longer',
  ],
  ['20:20', '23:00', '23:40', 'late, due 09-18 23:30, late 600 s', 'and is late for the new grade only'],
  ['20:50', '23:00', '23:10', 'late, due 09-18 20:40, late 9000 s', 'what was late before it was lowered stays late'],
])('lowered at %s and raised again at %s', (lowered, raised, seen, expected) => {
  const events = [
    finding('09-18 20:00', 'office/head'),
    graded('09-18 20:05', 'ordinary'),
    graded('09-18 20:10', 'major'),
    graded(`09-18 ${lowered}`, 'ordinary'),
    graded(`09-18 ${raised}`, 'major'),
  ];
  expect(told(owed(AGAIN, events, `09-18 ${seen}`)[0])).toBe(expected);
});

test('graded after the limit because the finding was entered late: late at birth, and it says why', () => {
  const late = finding('09-18 09:00', 'office/head', { entered: '09-19 09:00' });
  expect(owed(AGAIN, [late, graded('09-19 09:05', 'major')], '09-19 09:10')[0]).toMatchObject({
    state: 'late',
    cause: 'late-entry',
  });
  const slow = owed(AGAIN, [finding('09-18 09:00', 'office/head'), graded('09-18 10:00', 'major')], '09-18 10:10')[0];
  expect(slow?.state).toBe('late');
  expect(slow?.cause).toBeUndefined();
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

test('a local interval of days that begins with a date owns that date: seven dates every seven days', () => {
  const rules = `
\`\`\`duty G-9a
duty: contact
starts: standing
every: local review-interval
who: group
must: keep contact
done: contact.made
within: none
\`\`\`
\`\`\`local G-9a
local: review-interval
for: [G-9a]
unset: gap
\`\`\`
`;
  const change = { local: { 'review-interval': { days: 7 } }, period: { from: '2026-09-14', to: '2026-10-05' } };
  const out = lines(rules, [], '09-29 12:00', change);
  expect(
    out.flatMap(l => (l.line === 'local' ? [`${l.startedAt.slice(5, 10)} to ${l.dueAt.slice(5, 10)}`] : [])),
  ).toEqual(['09-14 to 09-21', '09-21 to 09-28', '09-28 to 10-05']);
  expect(out.flatMap(l => (l.line === 'obligation' ? [l.startedAt.slice(5, 10)] : []))).toEqual([
    '09-14',
    '09-21',
    '09-28',
  ]);
});

test('a signature whose office does not hold its capacity starts nothing and meets nothing', () => {
  const rules = `
\`\`\`duty F-1.2.1e
duty: posted
starts: signature.given (as = deputy)
who: office
must: post
done: publication.made
within: none
\`\`\`
\`\`\`duty F-1.2.4d
duty: approved
starts: finding.recorded
who: group
met-by: bureau
must: approve
done: signature.given (as = deputy)
within: none
\`\`\`
`;
  const states = (by: string) =>
    owed(rules, [finding('09-18 09:00', 'office/head'), sign('09-18 10:00', by, 'deputy')], '09-18 12:00').map(
      r => `${r.clause} ${r.state}`,
    );
  expect(states('group/deputy')).toEqual(['F-1.2.1e open', 'F-1.2.4d done']);
  expect(states('section-2/head')).toEqual(['F-1.2.4d open']);
});

const TOLD = `
Each unit is told.
\`\`\`duty G-4.3b
duty: told
starts: finding.recorded
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent
within: 24 hours
\`\`\`
`;
test('what only a wrong entry said was done is open again once the entry is corrected', () => {
  const two = finding('09-18 09:00', 'office/head', { concerns: ['section-1', 'section-2'] });
  const notice = (to: string, more: object) =>
    event(
      '09-18 10:00',
      'group/head',
      'notice.sent',
      { notice: 'n', kind: 'notice', to: [to], channels: ['phone'] },
      more,
    );
  const wrong = notice('section-1', { id: 'wrong' });
  const right = notice('section-2', { id: 'right', entered: '09-18 11:00' });
  const corrected = event('09-18 11:00', 'group/head', 'entry.corrected', {
    entry: 'wrong',
    replacement: 'right',
    reason: 'the other section',
  });
  const rows = (at: string) =>
    owed(TOLD, [two, wrong, right, corrected], at)
      .filter(r => !r.whole)
      .map(r => `${r.unit} ${r.state}`)
      .toSorted();
  expect(rows('09-18 10:30')).toEqual(['section-1 done', 'section-2 open']);
  expect(rows('09-18 12:00')).toEqual(['section-1 open', 'section-2 done']);
});

test('what is entered for one of several who owe the same counts for that one only', () => {
  const rules = `
\`\`\`duty H-13b
duty: head-told
starts: notice.sent
each: notified units
who: notified units
must: tell the own head
done: notice.head-told
within: soft "promptly"
\`\`\`
`;
  const sent = event('09-18 09:30', 'group/head', 'notice.sent', {
    notice: 'n',
    kind: 'bulletin',
    to: ['section-1', 'section-2'],
    channels: ['phone'],
  });
  const own = event('09-18 10:00', 'section-1/clerk', 'notice.head-told', { notice: 'n', unit: 'section-1' });
  const byOffice = event('09-18 11:00', 'office/head', 'notice.head-told', { notice: 'n', unit: 'section-2' });
  const rows = (events: Parameters<typeof owed>[1]) =>
    owed(rules, [finding('09-18 09:00', 'office/head'), sent, ...events], '09-18 12:00')
      .filter(r => !r.whole)
      .map(told)
      .toSorted();
  expect(rows([own])).toEqual(['section-1, done, no due time, done 09-18 10:00', 'section-2, open, no due time']);
  expect(rows([own, byOffice])).toEqual([
    'section-1, done, no due time, done 09-18 10:00',
    'section-2, done, no due time, done 09-18 11:00',
  ]);
});

test('an approval by word of mouth, entered by a recorder, counts for whoever gave it (HC-60)', () => {
  const rules = `
\`\`\`duty B-7.3a
duty: one-line
starts: finding.recorded
who: group
must: approve the line
done: signature.given (as = deputy)
within: none
\`\`\`
`;
  const row = (more: object) =>
    told(
      owed(
        rules,
        [
          finding('09-18 09:00', 'office/head'),
          event('09-18 10:00', 'office/head', 'signature.given', {
            document: 'd',
            textHash: hash('d'),
            as: 'deputy',
            ...more,
          }),
        ],
        '09-18 12:00',
      )[0],
    );
  expect(row({ oral: true })).toBe('done, no due time, done 09-18 10:00');
  expect(row({})).toBe('open, no due time');
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

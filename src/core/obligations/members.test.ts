import { expect, test } from 'vitest';
import { event, finding, graded, owed, told } from './fixtures/day.ts';

const HANDLE = `
Each unit handles within 8 hours of its own receipt.
\`\`\`duty A-4.H3a
duty: first-handling
starts: notice.received
if: { grade: ordinary }
from: receipt
each: notified units
who: head
must: handle
done: handling.entered (kind = first)
within: 8 hours
\`\`\`
`;
const sent = event('09-18 09:00', 'office/head', 'notice.sent', {
  notice: 'n1',
  kind: 'bulletin',
  to: ['section-1', 'section-2'],
  channels: ['system'],
});
const got = (at: string, unit: string) => event(at, `${unit}/head`, 'notice.received', { notice: 'n1', unit });
const handled = (at: string, unit: string, by = `${unit}/head`) =>
  event(at, by, 'handling.entered', { unit, kind: 'first', what: 'x' });

test('one duty for each unit, each from its own receipt; the case is done with the last', () => {
  const events = [
    graded('09-18 08:30', 'ordinary'),
    sent,
    got('09-18 09:10', 'section-1'),
    got('09-18 10:00', 'section-2'),
    handled('09-18 12:00', 'section-1'),
    handled('09-18 18:01', 'section-2'),
  ];
  const rows = owed(HANDLE, events, '09-19 00:00');
  expect(rows.map(r => (r.whole ? `whole, ${told(r)}` : told(r)))).toEqual([
    'section-1, done, due 09-18 17:10, done 09-18 12:00',
    'section-2, done-late, due 09-18 18:00, done 09-18 18:01, late 60 s',
    'whole, done-late, due 09-18 18:00, done 09-18 18:01, late 60 s',
  ]);
});

test('one unit late makes the case late, and the other not', () => {
  const rows = owed(
    HANDLE,
    [
      graded('09-18 08:30', 'ordinary'),
      sent,
      got('09-18 09:10', 'section-1'),
      got('09-18 10:00', 'section-2'),
      handled('09-18 12:00', 'section-2'),
    ],
    '09-18 17:30',
  );
  expect(rows.map(r => r.state)).toEqual(['late', 'done', 'late']);
});

test('graded after the receipt: the receipt counts, the duty is known from the grade on', () => {
  const [row] = owed(HANDLE, [sent, got('09-18 09:10', 'section-1'), graded('09-18 11:00', 'ordinary')], '09-18 12:00');
  expect(row).toMatchObject({ startedAt: '2026-09-18T09:10:00+08:00', bornAt: '2026-09-18T11:00:00+08:00' });
});

test.each([
  // entered by         counts  why
  ['section-1/head', true, 'the head himself'],
  ['section-1/clerk', true, 'another office, but it names the unit'],
  ['office/head', true, 'entered elsewhere for the unit it names'],
])('handling of section-1 entered by %s counts: %s', (by, counts) => {
  const rows = owed(
    HANDLE,
    [graded('09-18 08:30', 'ordinary'), sent, got('09-18 09:10', 'section-1'), handled('09-18 12:00', 'section-1', by)],
    '09-18 13:00',
  );
  expect(rows[0]?.state === 'done').toBe(counts);
});

const TELL = `
Concerned units are told.
\`\`\`duty G-5c
duty: verified
starts: finding.recorded
from: discovery
each: concerned units
who: group
must: verify
done: facts.verified
within: 24 hours
\`\`\`
`;
test('a unit joins when an event names it, with its own anchor', () => {
  const events = [
    finding('09-18 09:00', 'office/head'),
    finding('09-18 15:00', 'office/head', { concerns: ['section-2'] }),
  ];
  expect(
    owed(TELL, events, '09-18 16:00')
      .filter(r => !r.whole)
      .map(told),
  ).toEqual(['section-1, open, due 09-19 09:00', 'section-2, open, due 09-19 15:00']);
});
test('where the units are addressed, what is done must name them; several may be named at once', () => {
  const verified = event('09-18 17:00', 'group/head', 'facts.verified', {
    with: ['section-2', 'section-1'],
    conclusion: 'confirmed',
    cause: true,
  });
  const other = event('09-18 16:30', 'group/head', 'facts.verified', {
    with: ['office'],
    conclusion: 'open',
    cause: false,
  });
  const rows = owed(
    TELL,
    [finding('09-18 09:00', 'office/head', { concerns: ['section-1', 'section-2'] }), other, verified],
    '09-18 18:00',
  );
  expect(rows.filter(r => !r.whole).map(r => r.doneAt?.slice(11, 16))).toEqual(['17:00', '17:00']);
});

const UP = `
Reported to both within 2 hours.
\`\`\`duty D-1.5e
duty: reported
starts: finding.recorded (negative = true)
from: discovery
each: unit of trigger
if-unit-kind: section
who: head
met-by: section
must: report
done: report.made
to: [office, group]
within: 2 hours
\`\`\`
`;
const report = (at: string, by: string, to: readonly string[]) =>
  event(at, by, 'report.made', { kind: 'finding', to, channel: 'phone', written: false, takenBy: 'head' });
test('several recipients are one obligation, met when the last has it', () => {
  const events = [
    finding('09-18 09:00', 'section-1/clerk'),
    report('09-18 09:30', 'section-1/clerk', ['office']),
    report('09-18 10:30', 'section-1/head', ['group', 'city']),
  ];
  const [row] = owed(UP, events, '09-18 12:00');
  expect(told(row)).toBe('section-1, done, due 09-18 11:00, done 09-18 10:30');
  expect(row?.recipients).toEqual([
    { to: 'office', at: '2026-09-18T09:30:00+08:00', elapsedSeconds: 1800 },
    { to: 'group', at: '2026-09-18T10:30:00+08:00', elapsedSeconds: 5400 },
  ]);
  const [half] = owed(UP, events.slice(0, 2), '09-18 12:00');
  expect(half).toMatchObject({ state: 'late', missing: ['group'] });
});
test('a finding by another kind of unit starts nothing here', () => {
  expect(owed(UP, [finding('09-18 09:00', 'office/head')], '09-18 12:00')).toEqual([]);
});
test('a report by another unit does not count', () => {
  const [row] = owed(
    UP,
    [finding('09-18 09:00', 'section-1/clerk'), report('09-18 09:30', 'section-2/head', ['office', 'group'])],
    '09-18 10:00',
  );
  expect(row?.state).toBe('open');
});

const OWNER = TELL.replace('each: concerned units', 'each: responsible unit').replace(
  'who: group',
  'who: responsible unit',
);
test('until somebody is named the unit that opened the case owes; then that row is lifted and stays', () => {
  const opened = event('09-18 09:05', 'office/head', 'case.opened', { from: ['f1'], concerns: ['section-1'] });
  const assigned = event('09-18 10:00', 'group/head', 'assignment.made', { to: 'section-1', as: 'responsible' });
  const events = [finding('09-18 09:00', 'office/head', { id: 'f1' }), opened];
  expect(
    owed(OWNER, events, '09-18 09:30')
      .filter(r => !r.whole)
      .map(told),
  ).toEqual(['office, open, due 09-19 09:00']);
  expect(
    owed(OWNER, [...events, assigned], '09-18 11:00')
      .filter(r => !r.whole)
      .map(told),
  ).toEqual(['office, lifted, due 09-19 09:00', 'section-1, open, due 09-19 09:00']);
});

const PAIR = `
On the scene.
\`\`\`seats F-1
each: section
seats: { head: 1 }
stand-in: { chief: deputy }
\`\`\`
\`\`\`duty F-1.2.4b
duty: on-scene
starts: media.called
who: chief
must: go
done: arrival.recorded
within: soft "at once"
\`\`\`
`;
test.each<[string, { standingInFor?: string }, string | undefined, string]>([
  // by                told                                     stand-in   why
  ['bureau/chief', {}, undefined, 'the office itself'],
  ['bureau/deputy', {}, 'deputy', 'the pair the rulebook names'],
  ['section-1/clerk', { standingInFor: 'chief' }, 'clerk', 'somebody who says whom it stands in for'],
])('%s meets it: %s', (by, how, standIn) => {
  const call = event('09-18 09:00', 'section-1/clerk', 'media.called', {
    unit: 'section-1',
    fields: { outlet: 'o', contactPoint: 'd', matter: 'm' },
  });
  const arrived = event(
    '09-18 10:00',
    by,
    'arrival.recorded',
    { unit: by.split('/')[0] ?? '', role: by.split('/')[1] ?? '', place: 'p' },
    how,
  );
  const [row] = owed(PAIR, [call, arrived], '09-18 11:00');
  expect(row?.state).toBe('done');
  expect(row?.standIn).toBe(standIn);
});
test('an unrelated office does not meet it', () => {
  const call = event('09-18 09:00', 'section-1/clerk', 'media.called', { unit: 'section-1', fields: { outlet: 'o' } });
  const arrived = event('09-18 10:00', 'section-1/clerk', 'arrival.recorded', {
    unit: 'section-1',
    role: 'clerk',
    place: 'p',
  });
  expect(owed(PAIR, [call, arrived], '09-18 11:00')[0]?.state).toBe('open');
});

const GRADED = `
To the addressee the grade selects.
\`\`\`duty C-4.3.1b
duty: statement
starts: facts.verified
per: case
who: section
must: state
done: report.made (kind = situation)
to: [local grade-scale]
within: soft "promptly"
\`\`\`
\`\`\`local C-2.3
local: grade-scale
for: [C-2.3]
\`\`\`
`;
test('recipients by grade from a local table; while there is no grade, all it names', () => {
  const table = {
    local: { 'grade-scale': { values: ['ordinary', 'major'], major: 'group', ordinary: 'office', label: 'local' } },
  };
  const verified = event('09-18 09:00', 'section-1/head', 'facts.verified', {
    with: ['section-1'],
    conclusion: 'open',
    cause: false,
  });
  const situation = (to: string) =>
    event('09-18 10:00', 'section-1/head', 'report.made', {
      kind: 'situation',
      to: [to],
      channel: 'written',
      written: true,
    });
  const state = (...events: Parameters<typeof owed>[1]) => owed(GRADED, events, '09-18 12:00', table)[0];
  expect(state(graded('09-18 08:00', 'major'), verified, situation('group'))).toMatchObject({
    state: 'done',
    recipients: [{ to: 'group' }],
  });
  expect(state(graded('09-18 08:00', 'major'), verified, situation('office'))).toMatchObject({ state: 'open' });
  expect(state(verified, situation('office'))).toMatchObject({ state: 'open', missing: ['group'] });
});

const MEASURES = `
In place: owner, check, step, and a notice or the reason why none is due.
\`\`\`duty C-4.1.1a
duty: in-place
starts: finding.recorded (concerns = by.unit)
from: discovery
who: section
must: act
done: { all: [ measure.taken (step = owner-named), { any: [ decision.made, measure.taken (step = official-notice-waived) ] } ] }
within: 1 hours
\`\`\`
`;
test('a part of "all" may have alternatives; a test may name the unit that entered the event', () => {
  const measure = (at: string, step: string) =>
    event(at, 'section-1/head', 'measure.taken', { unit: 'section-1', step, what: 'x' });
  const own = finding('09-18 09:00', 'section-1/head');
  const events = [own, measure('09-18 09:10', 'owner-named'), measure('09-18 09:30', 'official-notice-waived')];
  expect(told(owed(MEASURES, events, '09-18 12:00')[0])).toBe('done, due 09-18 10:00, done 09-18 09:30');
  expect(told(owed(MEASURES, events.slice(0, 2), '09-18 12:00')[0])).toBe('late, due 09-18 10:00, late 7200 s');
  expect(owed(MEASURES, [finding('09-18 09:00', 'office/head')], '09-18 12:00')).toEqual([]);
});

const OWN_FINDING = (each: string): string => `
Told within two hours of finding.
\`\`\`duty D-1.5e
duty: told
starts: finding.recorded
from: discovery
each: ${each}
who: ${each}
must: tell
done: report.made
within: 2 hours
\`\`\`
`;
test.each([
  // who owes            found by, about                                                                                         the row of section-1
  [
    'unit of trigger',
    'what others found about it before is not its finding',
    [
      finding('09-18 08:00', 'section-2/head', { concerns: ['section-1'] }),
      finding('09-18 09:10', 'section-1/head', { concerns: ['section-2'] }),
    ],
    'section-1, open, due 09-18 11:10',
  ],
  [
    'concerned units',
    'what it found about others before is not its matter',
    [
      finding('09-18 08:00', 'section-1/head', { concerns: ['section-2'] }),
      finding('09-18 09:10', 'office/head', { concerns: ['section-1'] }),
    ],
    'section-1, open, due 09-18 11:10',
  ],
  [
    'concerned units',
    'whoever finds what is about it, the earliest counts',
    [
      finding('09-18 09:30', 'section-1/head', { concerns: ['section-1'] }),
      finding('09-18 09:10', 'office/head', { concerns: ['section-1'] }),
    ],
    'section-1, open, due 09-18 11:10',
  ],
])('the finding of %s: %s', (each, _what, events, said) => {
  const row = owed(OWN_FINDING(each), events, '09-18 10:00').find(r => r.unit === 'section-1');
  expect(told(row)).toBe(said);
});

import { expect, test } from 'vitest';
import { event, finding, graded, owed, told } from './fixtures/day.ts';

const duty = (within: string, more = ''): string => `
Something is done in time.
\`\`\`duty G-1
duty: answered
starts: finding.recorded
from: discovery
who: group
must: decide
done: decision.made
within: ${within}
${more}
\`\`\`
`;
const decided = (at: string, entered?: string) =>
  event(
    at,
    'group/head',
    'decision.made',
    { about: 'respond', outcome: 'answer', reason: 'r', decidedBy: 'head' },
    entered === undefined ? {} : { entered },
  );

test.each<[string, string, string | undefined, string, string, string]>([
  // limit             found          done            now              what is said                                                why
  [
    '30 minutes',
    '09-18 22:30',
    '09-18 23:00',
    '09-20 00:00',
    'done, due 09-18 23:00, done 09-18 23:00',
    'at the due instant is on time',
  ],
  [
    '30 minutes',
    '09-18 22:30',
    '09-18 23:00:01',
    '09-20 00:00',
    'done-late, due 09-18 23:00, done 09-18 23:00:01, late 1 s',
    'one second after is late',
  ],
  [
    '30 minutes',
    '09-18 22:30',
    undefined,
    '09-18 23:00',
    'open, due 09-18 23:00',
    'the due instant itself is not late',
  ],
  [
    '30 minutes',
    '09-18 22:30',
    undefined,
    '09-18 23:00:01',
    'late, due 09-18 23:00, late 1 s',
    'one second after is late',
  ],
  ['8 hours', '10-01 20:00', undefined, '10-02 00:00', 'open, due 10-02 04:00', 'a holiday stops no clock'],
  [
    'same day',
    '09-18 23:50',
    '09-18 23:59:59',
    '09-20 00:00',
    'done, due 09-19 00:00, done 09-18 23:59:59',
    'the date has ten minutes left',
  ],
  [
    'same day',
    '09-18 23:50',
    '09-19 00:00',
    '09-20 00:00',
    'done-late, due 09-19 00:00, done 09-19 00:00, late 0 s',
    'midnight belongs to the next date',
  ],
  [
    '2 days',
    '09-24 15:00',
    '09-26 23:59:59',
    '09-28 00:00',
    'done, due 09-27 00:00, done 09-26 23:59:59',
    'the anchor date is not counted; the holiday does not move it',
  ],
  [
    '2 days',
    '09-24 15:00',
    '09-27 10:00',
    '09-28 00:00',
    'done-late, due 09-27 00:00, done 09-27 10:00, late 36000 s',
    'ten hours after the date',
  ],
  [
    '1 working days',
    '09-18 16:40',
    '09-20 17:30',
    '09-25 00:00',
    'done, due 09-20 17:30, done 09-20 17:30',
    'a Sunday made a working day counts, until closing',
  ],
  [
    '1 working days',
    '09-30 17:10',
    undefined,
    '10-08 17:30:01',
    'late, due 10-08 17:30, late 1 s',
    'over the National Day holiday',
  ],
  [
    '1 working days',
    '10-03 10:00',
    undefined,
    '10-04 00:00',
    'open, due 10-08 17:30',
    'an anchor on a rest day changes nothing',
  ],
  ['2 working hours', '09-18 16:30', undefined, '09-18 17:00', 'open, due 09-20 09:30', 'closing time stops the count'],
  [
    'soft "promptly"',
    '09-18 22:30',
    undefined,
    '09-20 00:00',
    'open, no due time',
    'a word without a figure is never late',
  ],
  [
    'none',
    '09-18 22:30',
    '09-19 00:00',
    '09-20 00:00',
    'done, no due time, done 09-19 00:00',
    'nothing said, nothing late',
  ],
])('%s from %s, done %s: %s', (within, found, done, now, said) => {
  const events = [finding(found, 'office/head'), ...(done === undefined ? [] : [decided(done)])];
  expect(told(owed(duty(within), events, now)[0])).toBe(said);
});

test('late working days are working dates after the due date up to the date of doing', () => {
  const [row] = owed(
    duty('1 working days'),
    [finding('09-30 17:10', 'office/head'), decided('10-09 09:00')],
    '10-11 00:00',
  );
  expect(row).toMatchObject({
    state: 'done-late',
    lateBySeconds: 55_800,
    lateByWorkingDays: 1,
    elapsedSeconds: 748_200,
  });
});

test('a last day on a rest day moves only where the switch says so', () => {
  const move = { switches: { 'days-on-rest-day': 'move' } };
  expect(told(owed(duty('2 days'), [finding('09-24 15:00', 'office/head')], '09-25 00:00', move)[0])).toBe(
    'open, due 09-29 00:00',
  );
});

test('entered later than it happened: it counts from when it happened, and says why it was born late', () => {
  const late = finding('09-18 09:00', 'section-1/head', { entered: '09-19 15:00' });
  expect(owed(duty('1 hours'), [late], '09-18 10:00')).toEqual([]);
  const [row] = owed(duty('1 hours'), [late], '09-19 15:00');
  expect(row).toMatchObject({
    state: 'late',
    lateBySeconds: 104_400,
    cause: 'late-entry',
    startedAt: '2026-09-18T09:00:00+08:00',
    bornAt: '2026-09-19T15:00:00+08:00',
  });
});

test('done in time and entered late is on time', () => {
  const [row] = owed(
    duty('1 hours'),
    [finding('09-18 09:00', 'office/head'), decided('09-18 09:30', '09-18 12:00')],
    '09-18 13:00',
  );
  expect(told(row)).toBe('done, due 09-18 10:00, done 09-18 09:30');
});

const INCIDENT = duty('4 hours').replace(
  'starts: finding.recorded\nfrom: discovery',
  'starts: incident.occurred\nfrom: incident',
);
test('an incident learned of after the limit is late at birth, cause late discovery', () => {
  const incident = event(
    '09-18 22:30',
    'office/head',
    'incident.occurred',
    { what: 'x', units: ['bureau'] },
    { entered: '09-19 03:30' },
  );
  const [row] = owed(INCIDENT, [incident], '09-19 04:00');
  expect(row).toMatchObject({
    state: 'late',
    cause: 'late-discovery',
    startedAt: '2026-09-18T22:30:00+08:00',
    dueAt: '2026-09-19T02:30:00+08:00',
    lateBySeconds: 5400,
  });
});

const CLASSED = `
Important information goes up the same day; a department passes it on when it learns of it.
\`\`\`duty A-1.R1b
duty: sent-up
starts: classification.set (scale = grade and value = major)
if: { grade: major }
from: information.arose
who: group
must: send up
done: submission.entered
within: same day
\`\`\`
\`\`\`duty A-1.O2
duty: passed-on
starts: information.arose
from: awareness
who: office
must: pass on
done: lead.passed
within: soft "at any time"
\`\`\`
`;
test.each<[string, string, string, string, string | undefined, string]>([
  // arose, entered, classed, class entered                                       cause       what is owed
  ['09-18 15:00', '09-18 15:00', '09-18 16:00', '09-18 16:00', undefined, 'learned and classed on the day'],
  ['09-18 23:50', '09-19 08:00', '09-19 08:10', '09-19 08:10', 'late-discovery', 'learned on the next day'],
  ['09-18 15:00', '09-18 15:00', '09-19 09:00', '09-19 09:00', undefined, 'learned in time and classed late'],
  ['09-18 15:00', '09-18 15:00', '09-18 16:00', '09-19 09:00', 'late-entry', 'classed in time and entered late'],
])(
  'same day, arose %s, entered %s, classed %s, entered %s: cause %s (%s)',
  (arose, entered, classed, told, cause, _why) => {
    const events = [
      event(arose, 'office/head', 'information.arose', { what: 'x', unit: 'office' }, { entered }),
      graded(classed, 'major', { entered: told }),
    ];
    const row = owed(CLASSED, events, '09-19 12:00').find(l => l.clause === 'A-1.R1b');
    expect(row).toMatchObject({ state: 'late', dueOn: '2026-09-18' });
    expect(row?.cause).toBe(cause);
  },
);
test('what is passed on when it is learned is measured from the learning', () => {
  const events = [
    event('09-18 23:50', 'office/head', 'information.arose', { what: 'x', unit: 'office' }, { entered: '09-19 08:00' }),
    event('09-19 08:05', 'office/head', 'lead.passed', { unit: 'office', to: 'group', rank: 1 }),
  ];
  expect(owed(CLASSED, events, '09-19 12:00').find(l => l.clause === 'A-1.O2')).toMatchObject({
    startedAt: '2026-09-19T08:00:00+08:00',
    elapsedSeconds: 300,
    dueAt: null,
  });
});

test('a local target is shown and never makes anything late', () => {
  const local = { local: { quick: { minutes: 30, label: 'local' } } };
  const rules = `${duty('soft "promptly"', 'local: quick')}\n\`\`\`local G-1\nlocal: quick\nfor: [G-1]\n\`\`\`\n`;
  const [row] = owed(rules, [finding('09-18 09:00', 'office/head'), decided('09-18 10:00')], '09-18 12:00', local);
  expect(row).toMatchObject({
    dueAt: null,
    dueKind: 'soft',
    term: 'promptly',
    state: 'done',
    elapsedSeconds: 3600,
    local: { targetSeconds: 1800, state: 'over', label: 'local' },
  });
});

test('as instructed: the time an order gives', () => {
  const rules = duty('as instructed')
    .replace('starts: finding.recorded\nfrom: discovery', 'starts: instruction.received')
    .replace('done: decision.made', 'done: instruction.item-done');
  const order = event('09-18 09:00', 'office/head', 'instruction.received', {
    instruction: 'o1',
    from: 'city',
    asks: [
      { ask: 'a', act: 'send-facts' },
      { ask: 'b', act: 'have-post-deleted' },
    ],
    dueAt: '2026-09-18T12:00:00+08:00',
    format: 'call',
  });
  const done = event('09-18 11:00', 'group/head', 'instruction.item-done', {
    instruction: 'o1',
    ask: 'a',
    result: 'sent',
  });
  const declined = event('09-18 11:30', 'group/head', 'instruction.item-declined', {
    instruction: 'o1',
    ask: 'b',
    clause: 'G-1',
    reason: 'r',
    substitute: 's',
  });
  expect(owed(rules, [order, done], '09-18 12:00')[0]).toMatchObject({
    state: 'open',
    dueBasis: 'instruction',
    dueAt: '2026-09-18T12:00:00+08:00',
  });
  expect(told(owed(rules, [order, done, declined], '09-18 12:00')[0])).toBe('done, due 09-18 12:00, done 09-18 11:30');
});

test('an event before the rulebook came into force owes nothing and is shown', () => {
  const early = {
    ...finding('09-18 09:00', 'office/head'),
    at: '2019-05-01T09:00:00+08:00',
    recordedAt: '2019-05-01T09:00:00+08:00',
  };
  expect(owed(duty('1 hours'), [early], '09-18 12:00')).toEqual([]);
});

test('a grade without its value on the scale owes nothing', () => {
  const rules = duty('1 hours', 'if: { grade: [major] }');
  expect(owed(rules, [finding('09-18 09:00', 'office/head')], '09-18 12:00')).toEqual([]);
  expect(
    told(owed(rules, [finding('09-18 09:00', 'office/head'), graded('09-18 09:10', 'major')], '09-18 12:00')[0]),
  ).toBe('late, due 09-18 10:00, late 7200 s');
});

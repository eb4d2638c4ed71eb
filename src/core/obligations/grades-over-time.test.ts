import { expect, test } from 'vitest';
import { event, finding, graded, owed, told } from './fixtures/day.ts';

/** The two telling duties of one group, and one that runs from the occurrence. */
const RULES = `
Ordinary: within 24 hours. Major and negative: within 30 minutes. Major: an answer within 48 hours of the occurrence.
\`\`\`duty G-4.3b
duty: told-in-24-hours
starts: classification.set (scale = grade)
if: { grade: [ordinary, larger, major] }
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent
within: 24 hours
group: telling
gap-fills: { grade: [larger], label: gap-filled }
\`\`\`
\`\`\`duty G-4.3c
duty: told-in-30-minutes
starts: [ classification.set (scale = grade and value = major), classification.set (scale = mark and value = negative) ]
if: { grade: major, mark: negative }
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent (as = major)
within: 30 minutes
group: telling
\`\`\`
\`\`\`duty H-18.3c
duty: answered
starts: classification.set (scale = grade and value = major)
if: { grade: [major, particularly-major] }
from: occurrence
who: group
must: hold an event
done: press-event.held
within: 48 hours
\`\`\`
\`\`\`grades G-6a
grades: grade
values: [ordinary, larger, major, particularly-major]
\`\`\`
`;
const found = finding('09-18 10:00', 'office/head', { publishedAt: '09-18 08:00' });
const notice = (at: string, as: string) =>
  event(at, 'group/head', 'notice.sent', {
    notice: `n-${at.replace(/\W/g, '')}`,
    kind: 'notice',
    to: ['section-1'],
    channels: ['phone'],
    as,
  });
const row = (events: Parameters<typeof owed>[1], at: string, clause: string) =>
  owed(RULES, events, at).filter(l => l.clause === clause && !l.whole);

test('first grading: from discovery, however late the grade; from the first public item for the occurrence', () => {
  const events = [found, graded('09-18 10:20', 'major')];
  expect(told(row(events, '09-18 11:00', 'G-4.3b')[0])).toBe('section-1, open, due 09-19 10:00');
  expect(told(row(events, '09-18 11:00', 'H-18.3c')[0])).toBe('open, due 09-20 08:00');
  expect(row(events, '09-18 11:00', 'G-4.3c')).toEqual([]);
});

test('the middle grade has no limit of its own: the looser one, labelled gap-filled', () => {
  expect(row([found, graded('09-18 10:20', 'larger')], '09-18 11:00', 'G-4.3b')[0]).toMatchObject({
    dueBasis: 'gap-filled',
  });
  expect(row([found, graded('09-18 10:20', 'ordinary')], '09-18 11:00', 'G-4.3b')[0]).toMatchObject({
    dueBasis: 'rule',
  });
});

test('raised: what runs from discovery runs from the decision; the looser duty of the group gives way', () => {
  const events = [
    found,
    graded('09-18 10:20', 'ordinary'),
    graded('09-18 22:40', 'major'),
    graded('09-18 22:40', ['negative'], { scale: 'mark' }),
  ];
  expect(told(row(events, '09-18 23:10', 'G-4.3c')[0])).toBe('section-1, open, due 09-18 23:10');
  expect(row(events, '09-18 23:10', 'G-4.3b')[0]).toMatchObject({ state: 'replaced', replacedBy: 'G-4.3c' });
  expect(told(row(events, '09-18 23:10', 'H-18.3c')[0])).toBe('open, due 09-20 22:40');
});

test('raised with the time the criteria were met: the later of it and the first public item', () => {
  const events = [found, graded('09-18 10:20', 'ordinary'), graded('09-18 22:40', 'major', { since: '09-18 21:00' })];
  expect(row(events, '09-18 23:00', 'H-18.3c')[0]).toMatchObject({
    startedAt: '2026-09-18T21:00:00+08:00',
    dueAt: '2026-09-20T21:00:00+08:00',
    bornAt: '2026-09-18T22:40:00+08:00',
  });
  const before = [found, graded('09-18 10:20', 'ordinary'), graded('09-18 22:40', 'major', { since: '09-18 07:00' })];
  expect(row(before, '09-18 23:00', 'H-18.3c')[0]).toMatchObject({ startedAt: '2026-09-18T08:00:00+08:00' });
});

test('raised after it was told: what is done stays done, the raised duty is told again', () => {
  const events = [
    found,
    graded('09-18 10:20', 'ordinary'),
    notice('09-18 11:00', 'ordinary'),
    graded('09-18 22:40', 'major'),
    graded('09-18 22:40', 'negative', { scale: 'mark' }),
    notice('09-18 23:00', 'major'),
  ];
  expect(told(row(events, '09-19 12:00', 'G-4.3b')[0])).toBe('section-1, done, due 09-19 10:00, done 09-18 11:00');
  expect(told(row(events, '09-19 12:00', 'G-4.3c')[0])).toBe('section-1, done, due 09-18 23:10, done 09-18 23:00');
});

test('raised from major to particularly major: the condition was true before, the duty keeps its due time', () => {
  const events = [found, graded('09-18 10:20', 'major'), graded('09-18 22:40', 'particularly-major')];
  expect(row(events, '09-19 12:00', 'H-18.3c').map(told)).toEqual(['open, due 09-20 08:00']);
});

test('lowered: what is not yet due is lifted, and the line stays', () => {
  const events = [
    found,
    graded('09-18 10:20', 'major', { id: 'first' }),
    graded('09-18 22:40', 'ordinary', { id: 'lower' }),
  ];
  const [answered] = row(events, '09-21 00:00', 'H-18.3c');
  expect(answered).toMatchObject({ state: 'lifted', basis: expect.arrayContaining(['first', 'lower']) as unknown });
  expect(told(row(events, '09-19 12:00', 'G-4.3b')[0])).toBe('section-1, late, due 09-19 10:00, late 7200 s');
});

test('lowered after it was late: it stays late', () => {
  const events = [
    found,
    graded('09-18 10:20', 'major'),
    graded('09-18 10:20', 'negative', { scale: 'mark' }),
    graded('09-18 11:00', 'ordinary'),
  ];
  expect(told(row(events, '09-18 12:00', 'G-4.3c')[0])).toBe('section-1, late, due 09-18 10:30, late 5400 s');
});

test('lowered before it was due: the looser duty of the group comes back', () => {
  const events = [
    found,
    graded('09-18 10:05', 'major'),
    graded('09-18 10:05', 'negative', { scale: 'mark' }),
    graded('09-18 10:20', 'ordinary'),
  ];
  expect(told(row(events, '09-18 10:10', 'G-4.3b')[0])).toBe('section-1, replaced, due 09-19 10:00');
  expect(told(row(events, '09-18 12:00', 'G-4.3c')[0])).toBe('section-1, lifted, due 09-18 10:30');
  expect(told(row(events, '09-18 12:00', 'G-4.3b')[0])).toBe('section-1, open, due 09-19 10:00');
});

test('raised again: never later than what was owed already', () => {
  const events = [
    found,
    graded('09-18 10:20', 'major'),
    graded('09-18 12:00', 'ordinary'),
    graded('09-19 20:00', 'major'),
  ];
  expect(row(events, '09-19 21:00', 'H-18.3c').map(told)).toEqual(['open, due 09-20 08:00']);
});

test('a grade that nobody set owes nothing: no silent default', () => {
  expect(owed(RULES, [found], '09-20 00:00')).toEqual([]);
});

const BEGUN = `
A major item, or one that is sudden, is told within two hours; a major one has a sheet.
\`\`\`duty D-3.2h
duty: special
starts: [ agency-report.received (kind = sudden), classification.set (scale = grade and value = major) ]
per: case
who: group
must: tell
done: report.made
within: 2 hours
\`\`\`
\`\`\`form D-3.3d
form: sheet
fields: ["opinion: text"]
after: classification.set (scale = grade and value = major)
\`\`\`
`;
const sudden = (at: string) => event(at, 'office/head', 'agency-report.received', { kind: 'sudden' });
const filled = (at: string) => event(at, 'section-1/head', 'form.filled', { form: 'sheet', fields: { opinion: 'x' } });
test.each<[string, Parameters<typeof owed>[1], readonly string[]]>([
  ['as graded', [graded('09-18 10:00', 'major')], ['late, due 09-18 12:00, late 28800 s', 'open, no due time']],
  [
    'lowered before it was due: both end',
    [graded('09-18 10:00', 'major'), graded('09-18 11:00', 'ordinary')],
    ['lifted, due 09-18 12:00', 'lifted, no due time'],
  ],
  [
    'lowered after it was due: late it stays',
    [graded('09-18 10:00', 'major'), graded('09-18 13:00', 'ordinary')],
    ['late, due 09-18 12:00, late 28800 s', 'lifted, no due time'],
  ],
  [
    'lowered, but it was sudden as well: it goes on',
    [graded('09-18 10:00', 'major'), sudden('09-18 10:30'), graded('09-18 11:00', 'ordinary')],
    ['late, due 09-18 12:00, late 28800 s', 'lifted, no due time'],
  ],
  [
    'lowered, and sudden since: counted from the report',
    [graded('09-18 10:00', 'major'), graded('09-18 11:00', 'ordinary'), sudden('09-18 19:00')],
    ['open, due 09-18 21:00', 'lifted, no due time'],
  ],
  [
    'lowered and raised again: counted from the new decision, the sheet is wanted again',
    [graded('09-18 10:00', 'major'), graded('09-18 11:00', 'ordinary'), graded('09-18 19:00', 'major')],
    ['open, due 09-18 21:00', 'open, no due time'],
  ],
  [
    'the sheet was in before it was lowered: done it stays',
    [graded('09-18 10:00', 'major'), filled('09-18 10:30'), graded('09-18 11:00', 'ordinary')],
    ['lifted, due 09-18 12:00', 'done, no due time, done 09-18 10:30'],
  ],
  [
    'begun by the report alone: no grade ends it',
    [sudden('09-18 19:00'), graded('09-18 19:30', 'ordinary')],
    ['open, due 09-18 21:00'],
  ],
])('what a grade begins without a condition of its own: %s', (_what, events, said) => {
  expect(owed(BEGUN, [found, ...events], '09-18 20:00').map(told)).toEqual(said);
});

/** What a later entry changes and what it does not: raised again, entered late, corrected, entered for one unit of several. */
import { expect, test } from 'vitest';
import { event, finding, graded, lines, owed, told } from './fixtures/day.ts';

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

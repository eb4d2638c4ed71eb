import { expect, test } from 'vitest';
import { event, finding, graded, owed, told } from './fixtures/day.ts';

const RULES = `
Major: told within 30 hours of the decision. Negative: consulted within 2 hours.
\`\`\`duty G-4.3c
duty: told
starts: classification.set (scale = grade)
if: { grade: major }
who: group
must: tell
done: notice.sent
within: 30 hours
\`\`\`
\`\`\`duty G-6d
duty: consulted
starts: classification.set (scale = mark)
if: { mark: negative }
who: group
must: consult
done: meeting.held
within: 2 hours
\`\`\`
\`\`\`grades G-6a
grades: grade
values: [ordinary, larger, major]
\`\`\`
\`\`\`grades G-6d
grades: mark
values: [negative, sensitive]
unordered: true
many: true
\`\`\`
`;
const OTHER = { case: 'C2' };
const joined = event('09-18 13:00', 'group/head', 'case.joined', { into: 'C1', reason: 'the same' }, OTHER);
const found = [finding('09-18 10:00', 'office/head'), finding('09-18 11:00', 'office/head', OTHER)];
const row = (events: Parameters<typeof owed>[1], clause: string) =>
  told(owed(RULES, [...found, ...events, joined], '09-18 13:30').find(r => r.case === 'C1' && r.clause === clause));

test.each<[string, Parameters<typeof owed>[1], string]>([
  // what the case and the one that joined it were graded                                     what the case owes
  [
    'major, joined by what was graded ordinary later: nothing is lowered',
    [graded('09-18 10:10', 'major'), graded('09-18 12:00', 'ordinary', OTHER)],
    'open, due 09-19 16:10',
  ],
  [
    'ordinary, joined by a major one: it is raised',
    [graded('09-18 10:10', 'ordinary'), graded('09-18 12:00', 'major', OTHER)],
    'open, due 09-19 18:00',
  ],
  ['not graded, joined by a major one', [graded('09-18 12:00', 'major', OTHER)], 'open, due 09-19 18:00'],
  [
    'not graded until afterwards',
    [graded('09-18 12:00', 'major', OTHER), graded('09-18 13:20', 'major')],
    'open, due 09-19 18:00',
  ],
  [
    'major, lowered by its own grading',
    [graded('09-18 10:10', 'major'), graded('09-18 12:00', 'major', OTHER), graded('09-18 13:20', 'ordinary')],
    'lifted, due 09-19 16:10',
  ],
])('joining raises and never lowers (HC-57): %s', (_what, events, expected) => {
  expect(row(events, 'G-4.3c')).toBe(expected);
});

test('marks that may stand together add up', () => {
  const mark = (at: string, value: string, more: object = {}) => graded(at, [value], { scale: 'mark', ...more });
  expect(row([mark('09-18 12:00', 'negative'), mark('09-18 12:10', 'sensitive', OTHER)], 'G-6d')).toBe(
    'open, due 09-18 14:00',
  );
});

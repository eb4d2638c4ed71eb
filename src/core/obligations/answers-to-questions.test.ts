import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import {
  board,
  compareLines,
  nextWake,
  planBackwards,
  prepareBook,
  readAllowance,
  replay,
  why,
  workingOrder,
  type ObligationLine,
  type PlanStep,
} from './index.ts';
import { book, calendar, event, finding, graded, instant, lines, setup } from './fixtures/day.ts';

const RULES = `
## Article 4
Told within 2 hours.
\`\`\`duty G-4.3b
duty: told
starts: finding.recorded
if: { grade: [major] }
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent
within: 2 hours
\`\`\`
\`\`\`note G-4.3b
about: told
question: from when?
reading: discovery (HC-35)
decided-by: open
\`\`\`
\`\`\`duty F-1.2.1g
duty: returned
starts: form.returned
who: group
must: archive
done: archive.bundled
within: 1 working days
\`\`\`
\`\`\`gate G-7a
gate: closed-when-solved
act: case.closed
needs: [track offline finished]
\`\`\`
`;
const at = (text: string): number => Date.parse(instant(text));
const day =
  (...events: Parameters<typeof replay>[1]) =>
  (now: string) =>
    replay(prepareBook(book(RULES), setup, calendar), events, at(now));
const START: readonly HuiyinEvent[] = [
  finding('09-18 09:00', 'office/head', { id: 'f1' }),
  graded('09-18 09:05', 'major', { id: 'g1' }),
];

test('why: the article, the rule’s place, the trigger, the anchor, the arithmetic, the readings and who settled them', () => {
  const found = why(day(...START)('09-18 10:00'), { clause: 'G-4.3b' });
  expect(found).toMatchObject([
    {
      clause: 'G-4.3b',
      article: 'Article 4',
      paraphrase: 'Told within 2 hours.',
      file: 'rulebook.md',
      trigger: { id: 'f1' },
      anchor: { name: 'discovery', at: '2026-09-18T09:00:00+08:00', from: { id: 'f1' } },
      limit: '2 hours',
      arithmetic: [
        'counted from discovery 2026-09-18 09:00 (f1)',
        'known since 2026-09-18 09:05',
        '2 hours on the clock: 2026-09-18 11:00',
      ],
      rulebook: { version: '1' },
      discharge: { wanted: ['notice.sent'], found: [] },
    },
  ]);
  expect('none' in found ? [] : found[0]?.readings).toContainEqual({
    id: 'HC-35',
    text: 'discovery (HC-35)',
    decidedBy: 'open',
  });
});
test('why: a working day names the notices it rests on', () => {
  const back = event('09-18 16:40', 'office/head', 'form.returned', {
    form: 'sheet',
    number: '1',
    to: 'office',
    from: 'section-1',
  });
  expect(why(day(back)('09-18 17:00'), { clause: 'F-1.2.1g' })).toMatchObject([
    { limit: '1 working days', calendarNotices: ['notice of 2025-11-04'] },
  ]);
});
test.each<[string, readonly HuiyinEvent[], readonly string[]]>([
  // what is asked                    events                                             why there is none
  ['G-4.3b', [], ['no event of type finding.recorded outside cases']],
  ['G-4.3b', START.slice(0, 1), ['condition grade = major is not true: grade is not set']],
  [
    'G-4.3b',
    [...START.slice(0, 1), graded('09-18 09:05', 'ordinary')],
    ['condition grade = major is not true: grade is ordinary'],
  ],
  ['G-7a', START, ['the clause is a gate (closed-when-solved): it holds acts up and owes nothing']],
])('why not: %s %#', (clause, events, because) => {
  const found = why(day(...events)('09-18 10:00'), { clause });
  expect('none' in found && found.notBecause).toEqual(expect.arrayContaining([...because]));
});
test('why: a case nobody has heard of', () => {
  expect(why(day(...START)('09-18 10:00'), { clause: 'G-4.3b', case: 'C9' })).toMatchObject({
    none: true,
    notBecause: ['no event of the case C9 was entered by then'],
  });
});

test('the next instant at which the answer could change: one second past the due time, the next day of a count', () => {
  expect(nextWake(day(...START)('09-18 10:00'))).toBe(at('09-18 11:00:01'));
  expect(nextWake(day(...START)('09-18 11:00:01'))).toBeUndefined();
});

test('a board: desks with something undone, by urgency', () => {
  const owed = lines(RULES, START, '09-18 10:00').filter((l): l is ObligationLine => l.line === 'obligation');
  const [desk] = board(owed, { now: at('09-18 10:00') });
  expect(desk).toMatchObject({ role: 'group/head', open: 1, groups: { soon: [{ clause: 'G-4.3b' }], late: [] } });
  expect(board(owed, { now: at('09-18 08:00') })[0]?.groups.today).toHaveLength(1);
});

test('what if: due times moved, states changed, rows new and gone, refusals', () => {
  const close = event('09-18 11:30', 'group/head', 'case.closed', { reason: 'r' });
  const before = lines(RULES, [...START, close], '09-18 12:00');
  const after = lines(
    RULES.replace('within: 2 hours', 'within: 4 hours').replace('track offline finished', 'reason recorded'),
    [...START, close],
    '09-18 12:00',
  );
  const { changes, summary } = compareLines(before, after);
  expect(changes.map(c => `${c.change} ${c.clause} ${c.unit ?? ''}`.trim())).toEqual([
    'due-moved G-4.3b section-1',
    'state G-4.3b section-1',
    'due-moved G-4.3b',
    'state G-4.3b',
  ]);
  expect(summary).toMatchObject({ same: 0, newlyLate: 0, noLongerLate: 2 });
  expect(compareLines(before, before)).toMatchObject({ changes: [], summary: { same: 2, changed: 0 } });
  expect(
    compareLines(before, lines(RULES.replaceAll('2 hours', '5 hours'), START, '09-18 12:00')).changes,
  ).toContainEqual(expect.objectContaining({ change: 'refusal', clause: 'G-7a', after: null }));
});

const step = (name: string, allowance: string, ...after: string[]): PlanStep => ({
  step: name,
  role: name,
  allowance: readAllowance(allowance) ?? { n: 0, unit: 'minutes' },
  after,
});
const CHAIN = [
  step('draft', '30 minutes'),
  step('head', '15 minutes', 'draft'),
  step('deputy', '15 minutes', 'head'),
  step('chief', '20 minutes', 'deputy'),
  step('hand-over', '5 minutes', 'chief'),
];
test('planned back from the due time: each step’s latest start, the slack, the steps without any', () => {
  const plan = planBackwards(calendar, CHAIN, at('10-04 00:15'), at('10-04 02:15'));
  expect(plan.steps.map(s => `${s.step} ${new Date(s.startBy + 8 * 3_600_000).toISOString().slice(11, 16)}`)).toEqual([
    'draft 00:50',
    'head 01:20',
    'deputy 01:35',
    'chief 01:50',
    'hand-over 02:10',
  ]);
  expect(plan.steps[1]?.steps).toEqual(['deputy must start by 01:35']);
  expect(plan.slackMs / 1000).toBe(2100);
  expect(plan.critical).toEqual(['draft', 'head', 'deputy', 'chief', 'hand-over']);
});
test('parallel steps: only the longer branch is critical', () => {
  const plan = planBackwards(
    calendar,
    [step('plan', '10 minutes'), step('line', '40 minutes'), step('publish', '5 minutes', 'plan', 'line')],
    at('09-18 09:00'),
    at('09-18 10:00'),
  );
  expect(plan.critical).toEqual(['line', 'publish']);
  expect(plan.steps.map(s => new Date(s.startBy + 8 * 3_600_000).toISOString().slice(11, 16))).toEqual([
    '09:45',
    '09:15',
    '09:55',
  ]);
});
test('working time is planned in office hours: the latest start that still fits', () => {
  const plan = planBackwards(
    calendar,
    [step('draft', '2 working hours'), step('sign', '1 working hours', 'draft')],
    at('09-18 09:00'),
    at('09-20 09:30'),
  );
  expect(plan.steps.map(s => new Date(s.startBy + 8 * 3_600_000).toISOString().slice(5, 16))).toEqual([
    '09-18T15:30',
    '09-20T08:30',
  ]);
});
test.each([
  [
    [step('a', '1 hours', 'b'), step('b', '1 hours', 'a')],
    ['a', 'b'],
  ],
  [[step('a', '1 hours'), step('b', '1 hours', 'b')], ['b']],
])('steps that wait for one another: %#', (steps, circle) => {
  expect(workingOrder(steps)).toEqual({ circle });
});

/** What was done about a finding before a case was opened for it counts for it; nothing else outside the case does. */
import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import { event, finding, lines, owed, told } from './fixtures/day.ts';

const RULES = `
Who finds something tells the office and the group within two hours; the office alone writes to the city.
\`\`\`duty D-1.5e
duty: told
starts: finding.recorded (negative = true)
from: discovery
each: unit of trigger
who: unit of trigger
must: tell
done: report.made
to: [office, group]
within: 2 hours
\`\`\`
\`\`\`duty D-1.2
duty: looked-at
starts: finding.recorded
who: group
must: assess and verify
done: { all: [assessment.made, facts.verified] }
within: soft "promptly"
\`\`\`
\`\`\`route G-10
route: one-outlet
when: report.made (kind = special)
only-by: [office]
\`\`\`
`;
const OUT = { case: null };
const found = finding('09-18 09:00', 'section-1/head', { id: 'f1', ...OUT });
const opened = event('09-18 10:30', 'office/head', 'case.opened', { from: ['f1'], concerns: ['section-1'] });
const report = (at: string, to: readonly string[], more: object = {}, home: { case: string | null } = OUT) =>
  event(at, 'section-1/clerk', 'report.made', { kind: 'finding', to, channel: 'phone', written: false, ...more }, home);

test.each<[string, readonly HuiyinEvent[], string]>([
  ['nobody was told', [], 'section-1, late, due 09-18 11:00, late 3600 s'],
  [
    'both were told before the case was opened',
    [report('09-18 10:00', ['office', 'group'])],
    'section-1, done, due 09-18 11:00, done 09-18 10:00',
  ],
  [
    'one before, one in the case',
    [report('09-18 10:00', ['office']), report('09-18 10:45', ['group'], {}, { case: 'C1' })],
    'section-1, done, due 09-18 11:00, done 09-18 10:45',
  ],
  [
    'told before it was found: about something else',
    [report('09-18 08:00', ['office', 'group'])],
    'section-1, late, due 09-18 11:00, late 3600 s',
  ],
  [
    'told outside the case after it was opened: about something else',
    [report('09-18 10:40', ['office', 'group'])],
    'section-1, late, due 09-18 11:00, late 3600 s',
  ],
  [
    'a report that was refused has no effect',
    [report('09-18 10:00', ['office', 'group'], { kind: 'special' })],
    'section-1, late, due 09-18 11:00, late 3600 s',
  ],
])('%s', (_what, events, said) => {
  const rows = owed(RULES, [found, ...events, opened], '09-18 12:00');
  expect(told(rows.find(r => r.clause === 'D-1.5e' && r.case === 'C1' && !r.whole))).toBe(said);
});

test('opening the case changes nothing that was done', () => {
  const events = [found, report('09-18 10:00', ['office', 'group'])];
  const before = owed(RULES, events, '09-18 10:20').find(r => r.clause === 'D-1.5e');
  const after = owed(RULES, [...events, opened], '09-18 12:00').find(r => r.clause === 'D-1.5e' && !r.whole);
  expect(before).toMatchObject({ state: 'done', doneAt: '2026-09-18T10:00:00+08:00' });
  expect(after).toMatchObject({ case: 'C1', state: 'done', doneAt: '2026-09-18T10:00:00+08:00' });
});

test('a part done before and a part done in the case add up', () => {
  const assessed = event('09-18 09:30', 'group/head', 'assessment.made', { heads: { trend: 'steady' } }, OUT);
  const verified = event('09-18 11:00', 'group/head', 'facts.verified', {
    with: ['section-1'],
    conclusion: 'confirmed',
    cause: true,
  });
  const row = owed(RULES, [found, assessed, opened, verified], '09-18 12:00').find(r => r.clause === 'D-1.2');
  expect(row).toMatchObject({ case: 'C1', state: 'done', elapsedSeconds: 7200 });
});

test('a case whose finding was entered in it looks at nothing outside', () => {
  const own = finding('09-18 09:00', 'section-1/head', { id: 'f1' });
  const rows = lines(RULES, [own, report('09-18 10:00', ['office', 'group']), opened], '09-18 10:45');
  expect(rows).toMatchObject(expect.arrayContaining([expect.objectContaining({ clause: 'D-1.5e', state: 'open' })]));
});

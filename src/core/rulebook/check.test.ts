/** Each check of what can never work: a rule that earns its message, and the mended rule that earns none. */
import { describe, expect, test } from 'vitest';
import { book, DUTY, FRONT, problemsOf } from './fixtures/book.ts';
import { readRulebook, type Rulebook } from './index.ts';

const REST_DAYS = `\`\`\`rota G-4.1
rota: watch
who: watch-officer
rounds: [{ on: every-day, must: look, at: ["09:00"] }]
done: watch.checked
\`\`\`
`;
const said = (blocks: string, parent?: Rulebook): string[] =>
  problemsOf(book(blocks), parent)
    .filter(p => p.code !== 'HY-R33' && p.code !== 'HY-R40')
    .map(p => `${p.code} ${p.message}`);
const duty = (lines: string): string => `\`\`\`duty G-1\nmust: do it\nwho: office\n${lines}\n\`\`\`\n`;
const grades = (lines: string): string =>
  `\`\`\`grades G-2\ngrades: grade\nvalues: [general, major]\n${lines}\n\`\`\`\n${duty('duty: told-first\nstarts: case-opening\nif: { grade: major }\ndone: notice.sent\nwithin: none')}`;

describe('a mistake and its mending', () => {
  test.each<[check: string, bad: string, message: string, good: string]>([
    [
      'a value the event never has',
      DUTY.replace('notice.sent', 'report.made (kind = frist)'),
      'HY-R10 report.made never has kind = frist',
      DUTY.replace('notice.sent', 'report.made (kind = first)'),
    ],
    [
      'recipients that the discharge cannot name',
      duty('duty: told\nstarts: case-opening\ndone: calm.declared\nto: [office]\nwithin: none'),
      'HY-R20 calm.declared reaches nobody, and "told" must reach office',
      duty('duty: told\nstarts: case-opening\ndone: notice.sent\nto: [office]\nwithin: none'),
    ],
    [
      'a gate that waits for its own act',
      `${duty('duty: published\nstarts: case-opening\ndone: publication.made\nwithin: none')}\`\`\`gate G-3\ngate: first-published\nact: publication.made\nneeds: [done published]\n\`\`\`\n`,
      'HY-R20 the gate waits for "published", which waits for the act that the gate refuses',
      `${duty('duty: published\nstarts: case-opening\ndone: publication.made\nwithin: none')}\`\`\`gate G-3\ngate: first-published\nact: case.closed\nneeds: [done published]\n\`\`\`\n`,
    ],
    [
      'a duty born when its case is closed',
      duty('duty: looked-back\nstarts: case.closed\ndone: evaluation.written\nwithin: 3 days'),
      'HY-R30 "looked-back" starts when its case is closed',
      duty('duty: looked-back\nstarts: case.closed\ndone: evaluation.written\nwithin: 3 days\nafter-close: true'),
    ],
    [
      'an open word that is computed',
      grades('criteria: [{ value: major, when: { reach: 较大 } }, { value: general, judged: true }]'),
      'HY-R21 "reach: 较大" is an open word, and the rule computes it',
      grades('criteria: [{ value: major, when: { reach: ">= 3" } }, { value: general, judged: true }]'),
    ],
    [
      'an input that nothing asks for',
      grades(
        'factors: [reach]\ncriteria: [{ value: major, when: { speed: ">= 3" } }, { value: general, judged: true }]',
      ),
      'HY-R10 nothing asks for "speed"',
      grades(
        'factors: [speed]\ncriteria: [{ value: major, when: { speed: ">= 3" } }, { value: general, judged: true }]',
      ),
    ],
    [
      'a kind that no unit has',
      duty('duty: told\nstarts: case-opening\neach: department\nif-unit-kind: school\ndone: notice.sent\nwithin: none'),
      'HY-R23 no unit is of the kind "school"',
      duty(
        'duty: told\nstarts: case-opening\neach: department\nif-unit-kind: department\ndone: notice.sent\nwithin: none',
      ),
    ],
    [
      'a quota that counts what the ledger leaves out',
      '```ledger G-5\nledger: coverage\nrow: coverage.entered\nfields: [title]\nexcludes: "level = online"\n```\n```quota G-6\nquota: pieces\ncount: coverage.entered\nper: year\nat-least: 10\n```\n',
      'HY-R29 "pieces" counts coverage.entered with level online, which the ledger "coverage" leaves out',
      '```ledger G-5\nledger: coverage\nrow: coverage.entered\nfields: [title]\nexcludes: "level = online"\n```\n```quota G-6\nquota: pieces\ncount: coverage.entered (level not online)\nper: year\nat-least: 10\n```\n',
    ],
    [
      'a scale that changes nothing',
      '```grades G-2\ngrades: grade\nvalues: [general, major]\n```\n',
      'HY-R38 nothing depends on the scale "grade"',
      grades(''),
    ],
  ])('%s', (_check, bad, message, good) => {
    expect(said(bad)).toEqual([message]);
    expect(said(good)).toEqual([]);
  });
});

test('a clock that runs on rest days without a watch is noted once, with a watch never', () => {
  const notes = (blocks: string) => problemsOf(book(blocks)).flatMap(p => (p.code === 'HY-R40' ? [p.message] : []));
  expect(notes(DUTY)).toEqual(['"told" runs 24 hours on the clock, and no watch is kept on rest days']);
  expect(notes(DUTY + REST_DAYS)).toEqual([]);
});

describe('a limit looser than the parent’s', () => {
  const answered = (lines: string) =>
    `${FRONT.replace('二十四小时内告知各科室。\nUnits are told within 24 hours.\n', '')}${duty(`duty: answered\nstarts: case-opening\n${lines}`)}`;
  const read = readRulebook({
    file: 'parent.md',
    text: answered(
      'done: { any: [ publication.made (kind not holding | routine), press-event.held ] }\nwithin: 48 hours',
    ),
    digest: 'sha256:x',
  });
  if (!read.ok) throw new Error('the parent cannot be read');
  const looser = (own: string): string[] =>
    problemsOf(answered(own), read.rulebook).flatMap(p => (p.code === 'HY-R32' ? [p.message] : []));
  test.each<[own: string, expected: string[]]>([
    ['done: publication.made (kind = reply)\nwithin: 48 hours', []],
    ['done: publication.made (kind = reply)\nwithin: 24 hours', []],
    [
      'done: publication.made (kind = reply)\nwithin: 72 hours',
      ['"answered" allows 72 hours, Rules (G-1) allow 48 hours'],
    ],
    ['done: press-event.held\nwithin: 2 days', ['"answered" allows 2 days, Rules (G-1) allow 48 hours']],
    ['done: press-event.held\nwithin: 1 working day', ['"answered" allows 1 working days, Rules (G-1) allow 48 hours']],
    ['done: press-event.held\nwithin: same day', []],
    // A holding line is no answer for the parent: nothing to compare.
    ['done: publication.made\nwithin: 72 hours', []],
    ['done: publication.made (kind = holding)\nwithin: 72 hours', []],
    ['done: notice.sent\nwithin: 72 hours', []],
    ['done: publication.made (kind = reply)\nwithin: soft "及时"', []],
  ])('%j', (own, expected) => expect(looser(own)).toEqual(expected));
});

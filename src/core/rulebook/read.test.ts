import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KEYWORDS, KINDS, printProblem, readRulebook } from './index.ts';
import { book, DUTY, errors, FRONT, problemsOf } from './fixtures/book.ts';

const changed = (from: string, to: string) => errors(DUTY.replace(from, to));

test('a sound duty earns no error', () => expect(errors(DUTY)).toEqual([]));

describe('one mistake earns one message', () => {
  test.each<[string, string[], string]>([
    [DUTY.replace('```duty', '```dutty'), ['HY-R6 there is no kind of block "dutty"'], 'misspelt fence'],
    [
      DUTY.replace('who: office', 'whom: office'),
      ['HY-R2 duty has no key "whom"', 'HY-R9 this duty lacks "who"'].sort(),
      'unknown key',
    ],
    [DUTY.replace('must:', 'who: office\nmust:'), ['HY-R5 "who" stands twice'], 'repeated key'],
    [DUTY.replace('within: 24 hours\n', ''), ['HY-R9 this duty lacks "within"'], 'no limit word'],
    [DUTY.replace('24 hours', '24'), ['HY-R17 "24" is no limit'], 'no unit'],
    [DUTY.replace('24 hours', '1.5 hours'), ['HY-R17 "1.5 hours": a limit is a whole number above 0'], 'a fraction'],
    [
      DUTY.replace('24 hours', '2 months'),
      ['HY-R18 months and years are reserved for 1.1: "2 months"'],
      'reserved unit',
    ],
    [DUTY.replace('24 hours', '30 minutes'), [], 'another unit than the prose has says nothing'],
    [
      DUTY.replace('24 hours', '8 hours'),
      ['HY-R11 the text says 24 hours and 24 hours, the rule says 8 hours'],
      'figure differs from the prose',
    ],
    [DUTY.replace('notice.sent', 'notice.sendt'), ['HY-R10 nothing emits "notice.sendt"'], 'misspelt event'],
    [
      DUTY.replace('notice.sent', 'post.deleted'),
      ['HY-R12 "post.deleted" acts on what people say'],
      'an act on a post',
    ],
    [
      DUTY.replace('tell the units', 'delete posts that criticise'),
      ['HY-R12 "delete posts that criticise" acts on what people say'],
      'a duty to delete',
    ],
    [
      DUTY.replace('notice.sent', 'notice.sent (grade = x)'),
      ['HY-R10 notice.sent has no field "grade"'],
      'unknown field',
    ],
    [
      DUTY.replace('who: office', 'who: offfice'),
      ['HY-R7 no unit, role or kind of unit is called "offfice"'],
      'unknown bearer',
    ],
    [
      DUTY.replace('within:', 'late: answer\nwithin:'),
      ['HY-R7 no breach or duty is called "answer"'],
      'unknown consequence',
    ],
    [
      DUTY.replace('within:', 'if: { garde: [major] }\nwithin:'),
      ['HY-R7 no scale or condition field is called "garde"'],
      'unknown condition',
    ],
    [
      DUTY.replace('within: 24 hours', 'within: soft "24小时"'),
      ['HY-R26 the soft word "24小时" holds a figure'],
      'soft word with a figure',
    ],
    [
      DUTY.replace('within:', 'switch: x\nwithin:'),
      ['HY-R28 the switch "x" has fewer than two readings'],
      'switch without readings',
    ],
    [
      DUTY.replace('within:', 'gap-fills: { grade: [larger], label: gap-filled }\nwithin:'),
      ['HY-R24 a gap of the text is filled and no note says so'],
      'gap filled without a note',
    ],
    [DUTY.replace('within:', 'extension: 1 day\nwithin:'), ['HY-R18 "extension" is reserved for 1.1'], 'reserved word'],
    [DUTY.replace(' G-4.3b', ''), ['HY-R8 this duty names no clause'], 'block without clause'],
    [
      `${DUTY}\`\`\`declined G-2\norders: comment\nwhy: deceives\n\`\`\`\n`,
      ['HY-R13 this declined lacks "instead"'],
      'declined without substitute',
    ],
    [
      `${DUTY}\`\`\`form G-8\nform: sheet\nfields: ["complainant: text"]\n\`\`\`\n`,
      ['HY-R27 the field "complainant" asks who somebody is'],
      'identity field',
    ],
    [
      `${DUTY}\`\`\`approval G-8\napproval: a\ncovers: { form: reply }\nsteps: [nobody]\norder: listed\nbefore: publication.made\n\`\`\`\n`,
      ['HY-R19 nobody can hold the capacity "nobody"'],
      'capacity without holder',
    ],
    [
      `${DUTY}\`\`\`gate G-8\ngate: g\nact: finding.recorded\nneeds: [reason recorded]\n\`\`\`\n`,
      ['HY-R10 finding.recorded is a fact and can never be refused'],
      'gate on a fact',
    ],
    [
      `${DUTY}\`\`\`gate G-8\ngate: g\nact: case.closed\nneeds: [signed nothing]\n\`\`\`\n`,
      ['HY-R7 no approval is called "nothing"'],
      'need without approval',
    ],
    [
      `${DUTY}\`\`\`grades G-6\ngrades: grade\nvalues: [low, high]\ncriteria: [{ value: hihg, judged: true }]\n\`\`\`\n`,
      ['HY-R14 a criterion names "hihg", which is no value of the scale'],
      'criterion for no value',
    ],
    [
      `${DUTY}\`\`\`duty G-9\nduty: &x a\nstarts: finding.recorded\n\`\`\`\n`,
      ['HY-R1 an anchor (&name) is not part of the notation'],
      'YAML anchor',
    ],
    [`${DUTY}\`\`\`duty G-9\nduty: a\n`, ['HY-R1 this fence is never closed'], 'open fence'],
    [
      `${DUTY}${DUTY.replace('duty: told', 'duty: late-one').replace('starts: finding.recorded', 'starts: late late-one')}`,
      ['HY-R15 late-one waits for late-one'],
      'a circle',
    ],
    [
      `${DUTY}${DUTY.replace('duty: told', 'duty: other').replace('24 hours', '24 hours\ngroup: g').replace('within: 24 hours\ngroup: g', 'within: 1 working days')}`,
      ['HY-R22 "other" and "told" set two limits for one act'],
      'two limits',
    ],
    [`${DUTY}${DUTY}`, ['HY-R5 a duty called "told" stands twice'], 'a name twice'],
  ])('%#: %j', (blocks, messages) => {
    const got = errors(blocks);
    for (const message of messages) expect(got).toContain(message);
    if (messages.length === 0) expect(got).toEqual([]);
    expect(got.length).toBeLessThanOrEqual(Math.max(messages.length, 2));
  });
});

test('rule words are read in Chinese, mixed, and with full-width punctuation', () => {
  const zh = `\`\`\`职责 G-4.3b
职责：告知
起于: finding.recorded （matter ＝ complaint | question）
由: office
应: 告知
完成: notice.sent
限: ２４小时
\`\`\`
`.replace('告知\n起于', 'told\n起于');
  const read = readRulebook({ file: 'r', text: book(zh), digest: 'd' });
  expect(read.problems.map(p => p.code)).toEqual(['HY-R35']);
  expect(read.ok && read.rulebook.rules.find(r => r.kind === 'duty')).toMatchObject({
    name: 'told',
    within: { kind: 'span', n: 24, unit: 'hours' },
    starts: [
      {
        on: 'event',
        type: 'finding.recorded',
        tests: [{ field: ['matter'], op: 'is', values: ['complaint', 'question'] }],
      },
    ],
  });
});

test('a message says where, what, so what and how to mend it; a Chinese character is two columns wide', () => {
  const text = book(DUTY.replace('must: tell the units', 'must: 告知各科室').replace('24 hours', '24 hrs'));
  const [problem] = problemsOf(text).filter(p => p.code === 'HY-R17');
  expect(problem && printProblem(problem, text)).toMatchInlineSnapshot(`
    "rulebook.md:25:9  HY-R17  "24 hrs" is no limit
      Article 4, paragraph 1  (clause G-4.3b)

      24 │ done: notice.sent
      25 │ within: 24 hrs
         │         ^^^^^^

      So:   the due time would be a guess
      Mend: write a number and one of minutes, hours, days, working days, working hours, or same day, soft "word", none, continuous, as instructed, before <duty>, not stated
    "
  `);
});

test('neither column of the rule words lacks a word, and no two keys of one kind share a spelling', () => {
  for (const kind of KINDS) {
    const spellings = KEYWORDS[kind].flatMap(w => [w.key, w.zh]);
    expect(spellings.every(s => s !== '')).toBe(true);
    expect(new Set(spellings).size, kind).toBe(spellings.length);
  }
});

test('every block of the cheat sheet is read without a fault', () => {
  const sheet = readFileSync(new URL('../../../docs/specs/rulebook-cheat-sheet.md', import.meta.url), 'utf8');
  const problems = problemsOf(sheet.slice(sheet.indexOf('---\n')));
  expect(problems.filter(p => p.severity === 'error').map(p => `${p.at.line} ${p.code} ${p.message}`)).toEqual([]);
  for (const kind of KINDS) expect(sheet, kind).toContain(`\`\`\`${kind}`);
});

test('changed words stay one change', () => expect(changed('tell the units', 'tell the sections')).toEqual([]));

test.each([
  ['a list as a key', 'source: test\n[a, b]: c', 'a key is a word, not a list or a map'],
  ['lists within lists as a key', `source: test\n? ${'- '.repeat(200)}x\n: c`, 'a key is a word, not a list or a map'],
  ['a key twice', 'source: test\nsource: other', 'Map keys must be unique'],
  ['an open bracket', 'source: { a: [b', 'Flow sequence'],
])('a front matter that cannot be read says so: %s', (_what, front, message) => {
  const text = `${FRONT}`.replace('source: test', front);
  const read = readRulebook({ file: 'r.md', text, digest: `sha256:${'0'.repeat(64)}` });
  const said = read.ok ? [] : read.problems.map(p => p.message);
  expect(said.join('\n')).toContain('the front matter cannot be read');
  expect(said.join('\n')).toContain(message);
});

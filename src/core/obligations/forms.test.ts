/** What a form still lacks: papers listed for a press event, and a field that is asked only while the matter is unsolved. */
import { expect, test } from 'vitest';
import { event, finding, graded, lines, owed } from './fixtures/day.ts';
import { draft, refusals } from './fixtures/reply.ts';

const PACK = `
A conference is held with its script, its release and its answer lines.
\`\`\`form A-3.1e
form: pack
fields: ["document?: key"]
parts: [script, release, lines]
filled-by: draft.written (form = plan)
complete-before: press-event.held (kind = press-conference)
\`\`\`
\`\`\`gate G-7a
gate: marks-only
act: press-event.held
needs: [authorised release]
flag-instead: unauthorised
\`\`\`
`;
const planned = (at: string, pack: readonly string[], name = 'pc1') =>
  event(at, 'office/head', 'press-event.planned', { event: name, kind: 'press-conference', topic: 't', pack });
const held = (at: string, pack?: readonly string[]) =>
  event(
    at,
    'bureau/spokesperson',
    'press-event.held',
    { event: 'pc1', kind: 'press-conference', speakerRole: 'spokesperson', ...(pack ? { pack } : {}) },
    { id: 'held' },
  );
const drafted = (at: string, parts: readonly string[]) => draft(at, parts.join('-'), { form: 'plan', parts });

test.each([
  // papers before 10:00                                                         listed at the event itself       refused for
  ['nothing at all', [], undefined, 'script, release, lines'],
  ['a draft of all three', [drafted('09-18 08:00', ['script', 'release', 'lines'])], undefined, undefined],
  ['a draft of two', [drafted('09-18 08:00', ['script', 'release'])], undefined, 'lines'],
  ['listed when it was planned', [planned('09-18 08:00', ['script', 'release', 'lines'])], undefined, undefined],
  ['two were listed', [planned('09-18 08:00', ['script', 'release'])], undefined, 'lines'],
  [
    'listed for another conference',
    [planned('09-18 08:00', ['script', 'release', 'lines'], 'pc2')],
    undefined,
    'script, release, lines',
  ],
  ['listed at the conference itself', [], ['script', 'release', 'lines'], undefined],
  ['two listed there', [], ['script', 'lines'], 'release'],
  ['a draft of two, the third listed', [drafted('09-18 08:00', ['script', 'release'])], ['lines'], undefined],
] as const)('the pack: %s', (_what, before, pack, lacks) => {
  expect(refusals(PACK, [...before, held('09-18 10:00', pack)], '09-18 12:00')).toEqual(
    lacks === undefined ? [] : [`held A-3.1e: ${lacks}`],
  );
});

test('the form line names what is wanting, and is complete with the listed papers', () => {
  const pack = (events: Parameters<typeof lines>[1]) =>
    lines(PACK, events, '09-18 12:00').filter(l => l.line === 'form');
  expect(pack([planned('09-18 08:00', ['script', 'release'])])).toMatchObject([
    { form: 'pack', complete: false, missing: ['lines'] },
  ]);
  expect(pack([planned('09-18 08:00', ['script', 'release', 'lines'])])).toMatchObject([
    { complete: true, missing: [] },
  ]);
});

const OPINION = `
The unit gives its opinion; what cannot be solved soon is said.
\`\`\`form D-3.3d
form: opinion
fields: ["opinion: text", "notYetSolved: text if unsolved = true"]
after: classification.set (scale = grade and value = major)
\`\`\`
`;
const opinion = (at: string, fields: object) =>
  event(at, 'section-1/head', 'form.filled', { form: 'opinion', unit: 'section-1', fields });
const START = [finding('09-18 08:00', 'office/head'), graded('09-18 08:30', 'major')];
test.each([
  // what the reply says and what the form holds                                                                                                     missing
  ['no word of it', [opinion('09-18 09:00', { opinion: 'x' })], []],
  [
    'the reply says it is unsolved',
    [draft('09-18 08:50', 'one', { unsolved: true }), opinion('09-18 09:00', { opinion: 'x' })],
    ['notYetSolved'],
  ],
  [
    'it says so after the opinion came',
    [opinion('09-18 09:00', { opinion: 'x' }), draft('09-18 09:30', 'one', { unsolved: true })],
    ['notYetSolved'],
  ],
  [
    'and the opinion tells it',
    [
      draft('09-18 08:50', 'one', { unsolved: true }),
      opinion('09-18 09:00', { opinion: 'x', notYetSolved: 'until Friday' }),
    ],
    [],
  ],
  [
    'a newer wording is solved',
    [
      draft('09-18 08:50', 'one', { unsolved: true }),
      draft('09-18 09:30', 'two', { unsolved: false }),
      opinion('09-18 09:00', { opinion: 'x' }),
    ],
    [],
  ],
  [
    'what the form says itself goes first',
    [draft('09-18 08:50', 'one', { unsolved: true }), opinion('09-18 09:00', { opinion: 'x', unsolved: false })],
    [],
  ],
] as const)('unsolved: %s', (_what, events, missing) => {
  const all = [...START, ...events];
  expect(lines(OPINION, all, '09-18 12:00').find(l => l.line === 'form')).toMatchObject({
    complete: missing.length === 0,
    missing,
  });
  expect(owed(OPINION, all, '09-18 12:00')[0]?.state).toBe(missing.length === 0 ? 'done' : 'open');
});

const BOTH = `${OPINION}
\`\`\`form D-3.3d
form: statement
fields: ["facts: text"]
after: classification.set (scale = grade and value = major)
\`\`\`
`;
const statement = (at: string, fields: object) =>
  event(at, 'section-1/head', 'form.filled', { form: 'statement', unit: 'section-1', fields });
test.each([
  // filled                                                                                                              owed once            still missing
  ['neither', [], 'open', ['opinion', 'facts']],
  ['one of the two', [opinion('09-18 09:00', { opinion: 'x' })], 'open', ['facts']],
  [
    'the other not whole',
    [opinion('09-18 09:00', { opinion: 'x' }), statement('09-18 09:30', { facts: null })],
    'open',
    ['facts'],
  ],
  [
    'both: done with the last',
    [statement('09-18 09:30', { facts: 'y' }), opinion('09-18 09:00', { opinion: 'x' })],
    'done 2026-09-18T09:30:00+08:00',
    [],
  ],
] as const)('two forms of one clause that begin together: %s', (_what, events, state, missing) => {
  const rows = owed(BOTH, [...START, ...events], '09-18 12:00');
  expect(rows.map(r => [r.state, r.doneAt].filter(Boolean).join(' '))).toEqual([state]);
  expect(rows[0]?.missing ?? []).toEqual(missing);
  const forms = lines(BOTH, [...START, ...events], '09-18 12:00').flatMap(l => (l.line === 'form' ? [l.form] : []));
  expect(forms.sort()).toEqual(['opinion', 'statement']);
});

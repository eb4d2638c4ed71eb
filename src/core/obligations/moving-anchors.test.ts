import { expect, test } from 'vitest';
import { event, finding, graded, lines, owed, told } from './fixtures/day.ts';

const FILE = `
After completion, within 8 hours, both papers.
\`\`\`duty A-4.H4a
duty: filed
starts: [ publication.made (kind = first-reply | reply | final), handling.finished ]
per: case
from: completion
who: group
must: file
done: filing.made
with: [material, evaluation]
within: 8 hours
late: explained
after-close: true
\`\`\`
\`\`\`duty A-4.H4b
duty: explained
starts: [ late filed, filing.made (documents = written-explanation) ]
per: case
who: group
must: explain
done: filing.made (documents = written-explanation)
within: before filed
signed-by: chief
\`\`\`
\`\`\`gate G-7a
gate: marks-only
act: publication.made
needs: [authorised release]
flag-instead: unauthorised
\`\`\`
`;
const answered = (at: string, kind = 'reply') =>
  event(at, 'group/head', 'publication.made', {
    document: 'd1',
    textHash: `sha256:${'1'.repeat(64)}`,
    channel: 'website',
    kind,
    speakerUnit: 'group',
    speakerRole: 'head',
  });
const finished = (at: string, entered?: string) =>
  event(
    at,
    'section-1/head',
    'handling.finished',
    { unit: 'section-1', what: 'x' },
    entered === undefined ? {} : { entered },
  );
const filed = (at: string, documents: readonly string[], id?: string) =>
  event(at, 'group/head', 'filing.made', { with: 'city', documents, unit: 'group' }, id === undefined ? {} : { id });
const row = (events: Parameters<typeof owed>[1], at: string, clause: string) =>
  owed(FILE, events, at).find(l => l.clause === clause);

test('completion is the later of the published reply and the entry that the matter is finished', () => {
  expect(told(row([answered('09-18 02:00')], '09-18 03:00', 'A-4.H4a'))).toBe('open, due 09-18 10:00');
  expect(told(row([answered('09-18 02:00'), finished('09-18 06:00')], '09-18 07:00', 'A-4.H4a'))).toBe(
    'open, due 09-18 14:00',
  );
});

test.each<[string, Parameters<typeof owed>[1], string, string]>([
  [
    'moved later while open: the later time holds',
    [answered('09-18 02:00'), finished('09-18 09:00')],
    '09-18 11:00',
    'open, due 09-18 17:00',
  ],
  [
    'finished after it was late: what was late stays late with the old due time',
    [answered('09-18 02:00'), finished('09-18 10:30')],
    '09-18 11:00',
    'late, due 09-18 10:00, late 3600 s',
  ],
  [
    'finished earlier, but entered when it was late already',
    [answered('09-18 02:00'), finished('09-18 09:00', '09-18 10:30')],
    '09-18 11:00',
    'late, due 09-18 10:00, late 3600 s',
  ],
  [
    'met before it moved: met it stays',
    [answered('09-18 02:00'), filed('09-18 09:00', ['material', 'evaluation']), finished('09-18 09:30')],
    '09-18 11:00',
    'done, due 09-18 10:00, done 09-18 09:00',
  ],
])('%s', (_why, events, now, said) => {
  expect(told(row(events, now, 'A-4.H4a'))).toBe(said);
});

test('papers filed one after the other add up; what is missing is named', () => {
  const half = [answered('09-18 02:00'), filed('09-18 05:00', ['material'])];
  expect(row(half, '09-18 06:00', 'A-4.H4a')).toMatchObject({ state: 'open', missing: ['evaluation'] });
  expect(told(row([...half, filed('09-18 07:00', ['evaluation'])], '09-18 08:00', 'A-4.H4a'))).toBe(
    'done, due 09-18 10:00, done 09-18 07:00',
  );
});

test('an explanation is due before the filing is; it must be signed; the late row names it', () => {
  const written = event('09-18 09:00', 'group/head', 'explanation.written', {
    about: 'A-4.H4a',
    unit: 'group',
    document: 'x1',
    textHash: `sha256:${'2'.repeat(64)}`,
    reason: 'r',
  });
  const signed = event('09-18 09:10', 'bureau/chief', 'signature.given', {
    document: 'x1',
    textHash: `sha256:${'2'.repeat(64)}`,
    as: 'chief',
  });
  const explanation = filed('09-18 09:20', ['written-explanation'], 'explanation');
  const papers = filed('09-18 12:00', ['material', 'evaluation']);
  const all = [answered('09-18 02:00'), written, signed, explanation, papers];
  expect(told(row(all, '09-18 13:00', 'A-4.H4b'))).toBe('done, due 09-18 10:00, done 09-18 09:20');
  expect(row(all, '09-18 13:00', 'A-4.H4a')).toMatchObject({ state: 'done-late', explainedBy: 'explanation' });
  expect(
    told(
      row(
        all.filter(e => e !== signed),
        '09-18 13:00',
        'A-4.H4b',
      ),
    ),
  ).toBe('late, due 09-18 10:00, late 10800 s');
  expect(
    row([answered('09-18 02:00'), filed('09-18 05:00', ['material', 'evaluation'])], '09-18 13:00', 'A-4.H4b'),
  ).toBeUndefined();
});

const EXPLANATION = event('09-18 09:00', 'group/head', 'explanation.written', {
  about: 'A-4.H4a',
  unit: 'group',
  document: 'x1',
  textHash: `sha256:${'2'.repeat(64)}`,
  reason: 'r',
});
const signedAs = (by: string, wording = '2') =>
  event('09-18 09:10', by, 'signature.given', {
    document: 'x1',
    textHash: `sha256:${wording.repeat(64)}`,
    as: 'chief',
  });
test.each([
  // signature before the filing at 09:20               the explanation counts
  ['the chief', [signedAs('bureau/chief')], true],
  ['nobody', [], false],
  ['somebody who is not the chief', [signedAs('section-1/clerk')], false],
  ['the chief, another wording', [signedAs('bureau/chief', '3')], false],
])('the explanation is signed by %s', (_who, signed, counts) => {
  const all = [answered('09-18 02:00'), EXPLANATION, ...signed, filed('09-18 09:20', ['written-explanation'], 'x')];
  expect(row(all, '09-18 13:00', 'A-4.H4b')?.state).toBe(counts ? 'done' : 'late');
  expect(row(all, '09-18 13:00', 'A-4.H4a')?.explainedBy).toBe(counts ? 'x' : undefined);
});

test('from publication to filing is measured up to the papers that were wanted, not to the explanation', () => {
  const measure = (events: Parameters<typeof lines>[1]) =>
    lines(FILE, events, '09-18 13:00').find(l => l.line === 'measure' && l.measure === 'publication-to-filing');
  const explained = [answered('09-18 02:00'), filed('09-18 05:00', ['written-explanation'])];
  expect(measure(explained)).toBeUndefined();
  expect(
    measure([...explained, filed('09-18 06:00', ['material']), filed('09-18 07:00', ['evaluation'])]),
  ).toMatchObject({ seconds: 18_000 });
});

const OCCURRENCE = `
Within 4 hours of the occurrence.
\`\`\`duty H-18.4f
duty: informed
starts: classification.set (scale = grade and value = major)
if: { grade: major }
from: occurrence
who: group
must: publish
done: decision.made
within: 4 hours
\`\`\`
`;
const published = (at: string, publishedAt: string, id: string, entered?: string) =>
  finding(at, 'office/head', { publishedAt, id, ...(entered === undefined ? {} : { entered }) });
const decided = event('09-18 11:00', 'group/head', 'decision.made', {
  about: 'respond',
  outcome: 'answer',
  reason: 'r',
  decidedBy: 'head',
});
const fixed = (at: string, publishedAt: string) =>
  event(at, 'group/head', 'first-public-item.fixed', {
    publishedAt: `2026-${publishedAt.replace(' ', 'T')}:00+08:00`,
    outlet: 'o',
    reason: 'r',
  });
const first = published('09-18 09:00', '09-18 08:00', 'f1');

test('an older item that joins later moves the anchor back', () => {
  const older = published('09-18 10:00', '09-18 07:00', 'f2');
  expect(told(owed(OCCURRENCE, [first, graded('09-18 09:30', 'major'), older], '09-18 10:30')[0])).toBe(
    'open, due 09-18 11:00',
  );
});
test('and turns nothing late that was met', () => {
  const older = published('09-18 11:30', '09-18 06:00', 'f2');
  expect(told(owed(OCCURRENCE, [first, graded('09-18 09:30', 'major'), decided, older], '09-18 13:00')[0])).toBe(
    'done, due 09-18 12:00, done 09-18 11:00',
  );
});
test('settled by hand to a later time while open: the later time holds; after it was late it does not', () => {
  const events = [first, graded('09-18 09:30', 'major')];
  expect(told(owed(OCCURRENCE, [...events, fixed('09-18 10:00', '09-18 09:00')], '09-18 10:30')[0])).toBe(
    'open, due 09-18 13:00',
  );
  expect(told(owed(OCCURRENCE, [...events, fixed('09-18 12:30', '09-18 09:00')], '09-18 12:40')[0])).toBe(
    'late, due 09-18 12:00, late 2400 s',
  );
});
test('no item has a time of publication: discovery counts, and says so', () => {
  const [row] = owed(
    OCCURRENCE,
    [finding('09-18 09:00', 'office/head'), graded('09-18 09:30', 'major')],
    '09-18 10:00',
  );
  expect(row).toMatchObject({ startedAt: '2026-09-18T09:00:00+08:00' });
  expect(row?.steps.join(' ')).toContain('discovery counts');
});

const FOUND = OCCURRENCE.replace('from: occurrence', 'from: discovery').replace(
  'starts: classification.set (scale = grade and value = major)\nif: { grade: major }',
  'starts: finding.recorded',
);
const corrected = (at: string, entry: string, replacement: string) =>
  event(at, 'office/head', 'entry.corrected', { entry, replacement, reason: 'wrong time' });
test('a corrected entry gives way: earlier at once, later only while open', () => {
  const original = finding('09-18 09:00', 'office/head', { id: 'f1' });
  const earlier = finding('09-18 08:00', 'office/head', { id: 'f2', entered: '09-18 10:00' });
  expect(owed(FOUND, [original, earlier, corrected('09-18 10:00', 'f1', 'f2')], '09-18 11:00').map(told)).toEqual([
    'open, due 09-18 12:00',
  ]);
  const later = finding('09-18 10:00', 'office/head', { id: 'f3', entered: '09-18 11:00' });
  expect(owed(FOUND, [original, later, corrected('09-18 11:00', 'f1', 'f3')], '09-18 12:00').map(told)).toEqual([
    'open, due 09-18 14:00',
  ]);
  const tooLate = finding('09-18 10:00', 'office/head', { id: 'f4', entered: '09-18 13:30' });
  expect(owed(FOUND, [original, tooLate, corrected('09-18 13:30', 'f1', 'f4')], '09-18 13:40').map(told)).toEqual([
    'late, due 09-18 13:00, late 2400 s',
  ]);
});
test('known before the correction, the answer is the old one', () => {
  const original = finding('09-18 09:00', 'office/head', { id: 'f1' });
  const earlier = finding('09-18 08:00', 'office/head', { id: 'f2', entered: '09-18 10:00' });
  expect(owed(FOUND, [original, earlier, corrected('09-18 10:00', 'f1', 'f2')], '09-18 09:30').map(told)).toEqual([
    'open, due 09-18 13:00',
  ]);
});

test('a finding put aside lifts what is not done; the line stays', () => {
  const aside = event(
    '09-18 10:00',
    'group/head',
    'finding.dismissed',
    { finding: 'f1', reason: 'not-ours', why: 'another bureau' },
    { id: 'aside' },
  );
  expect(owed(FOUND, [finding('09-18 09:00', 'office/head', { id: 'f1' }), aside], '09-18 20:00')).toMatchObject([
    { state: 'lifted', basis: ['f1', 'aside'] },
  ]);
});
test.each([
  // stands where            matter        reason                 the duty
  ['in a case', 'C1', 'complaint', 'nothing-to-answer', 'late'],
  ['outside every case', null, 'complaint', 'nothing-to-answer', 'late'],
  ['outside every case', null, 'question', 'nothing-to-answer', 'late'],
  ['outside every case', null, 'report', 'nothing-to-answer', 'lifted'],
  ['outside every case', null, 'complaint', 'duplicate', 'lifted'],
] as const)('a finding %s (%s): %s put aside as %s: %s', (_where, home, matter, reason, state) => {
  const aside = event(
    '09-18 10:00',
    'group/head',
    'finding.dismissed',
    { finding: 'f1', reason, why: 'w' },
    { id: 'aside', case: home },
  );
  const found = finding('09-18 09:00', 'office/head', { id: 'f1', case: home, matter });
  expect(owed(FOUND, [found, aside], '09-18 20:00').map(r => r.state)).toEqual([state]);
});
test('lifted by a named office: before it is due it ends; late it stays late', () => {
  const lift = (at: string) =>
    event(at, 'bureau/chief', 'obligation.lifted', { clause: 'H-18.4f', reason: 'r', authority: 'chief' });
  expect(
    owed(FOUND, [finding('09-18 09:00', 'office/head'), lift('09-18 10:00')], '09-18 20:00').map(r => r.state),
  ).toEqual(['lifted']);
  expect(
    owed(FOUND, [finding('09-18 09:00', 'office/head'), lift('09-18 14:00')], '09-18 20:00').map(r => r.state),
  ).toEqual(['late']);
});
test('another sighting of a known item starts nothing of its own', () => {
  const one = finding('09-18 09:00', 'office/head', { id: 'f1', case: null });
  const two = finding('09-18 09:30', 'office/head', { id: 'f2', case: null });
  const fold = event(
    '09-18 09:40',
    'office/head',
    'item.folded',
    { item: 'f2', into: 'f1', similarity: 0.9 },
    { case: null },
  );
  expect(owed(FOUND, [one, two], '09-18 10:00')).toHaveLength(2);
  expect(owed(FOUND, [one, two, fold], '09-18 10:00').map(told)).toEqual(['open, due 09-18 13:00']);
});
test('a finding belongs to the case that took it in', () => {
  const one = finding('09-18 09:00', 'office/head', { id: 'f1', case: null });
  const opened = event(
    '09-18 09:30',
    'group/head',
    'case.opened',
    { from: ['f1'], concerns: ['section-1'] },
    { case: 'C7' },
  );
  expect(owed(FOUND, [one, opened], '09-18 10:00')).toMatchObject([
    { case: 'C7', startedAt: '2026-09-18T09:00:00+08:00' },
  ]);
});
test('a case that became part of another: its own rows end, the other starts no new clock', () => {
  const join = event('09-18 10:00', 'group/head', 'case.joined', { into: 'C1', reason: 'one story' }, { case: 'C2' });
  const events = [finding('09-18 09:00', 'office/head'), finding('09-18 09:30', 'office/head', { case: 'C2' }), join];
  expect(owed(FOUND, events, '09-18 11:00').map(r => `${r.case} ${told(r)}`)).toEqual([
    'C1 open, due 09-18 13:00',
    'C2 lifted, due 09-18 13:30',
  ]);
});

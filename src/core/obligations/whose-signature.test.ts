/** Whose signature counts, on what, and when: sheets that are signed once filled, capacities, two capacities of one person, word of mouth. */
import { expect, test } from 'vitest';
import { book, calendar, event, finding, hash, instant, owed, setup, told } from './fixtures/day.ts';
import { obligations, type ObligationLine } from './index.ts';
import { CHAIN, draft, flags, publish, refusals, sign } from './fixtures/reply.ts';

const SHEET = `
The result is filled in full and signed; within 1 working day of the signature the sheet returns.
\`\`\`form F-1.2.1f
form: sheet
fields: ["assessment: text", "result: text", "signed: signature sign-result"]
number: running
after: finding.recorded
\`\`\`
\`\`\`duty F-1.2.1g
duty: returned
starts: signature.given (step = sign-result)
if: { form-complete: sheet }
from: signature.given
who: section-1
must: return the sheet
done: form.returned
within: 1 working days
\`\`\`
`;
const fill = (at: string, fields: object) =>
  event(at, 'section-1/clerk', 'form.filled', { form: 'sheet', number: '1', fields });
const signResult = (at: string, by = 'bureau/deputy') =>
  event(at, by, 'signature.given', { document: 's', textHash: hash('s'), as: 'deputy', step: 'sign-result' });
const found = finding('09-16 09:00', 'office/head');
const ASSESSED = fill('09-16 10:00', { assessment: 'a' });
const RESULT = fill('09-17 10:00', { result: 'r' });
test.each<[string, Parameters<typeof owed>[1], string[], string]>([
  // what happened                                                       wanting                      the return
  ['nothing signed, half filled', [ASSESSED], ['result'], 'nothing'],
  ['filled and not signed', [ASSESSED, RESULT], ['signed'], 'nothing'],
  ['signed on an empty result, then filled', [ASSESSED, signResult('09-16 11:00'), RESULT], ['signed'], 'nothing'],
  [
    'and signed again: the day runs from the second signature',
    [ASSESSED, signResult('09-16 11:00'), RESULT, signResult('09-17 15:00')],
    [],
    'open, due 09-18 17:30',
  ],
  ['filled, then signed', [ASSESSED, RESULT, signResult('09-17 16:40')], [], 'open, due 09-18 17:30'],
  [
    'signed by an office that does not hold the capacity',
    [ASSESSED, RESULT, signResult('09-17 16:40', 'section-2/clerk')],
    ['signed'],
    'nothing',
  ],
])('a form that is signed: %s', (_what, events, wanting, returned) => {
  const rows = owed(SHEET, [found, ...events], '09-18 12:00');
  expect(rows.find(r => r.clause === 'F-1.2.1f')?.missing ?? []).toEqual(wanting);
  expect(told(rows.find(r => r.clause === 'F-1.2.1g'))).toBe(returned);
});

test('the signed form is done when it is signed, not when it is filled', () => {
  const rows = owed(SHEET, [found, ASSESSED, RESULT, signResult('09-17 16:40')], '09-18 12:00');
  expect(told(rows.find(r => r.clause === 'F-1.2.1f'))).toBe('done, no due time, done 09-17 16:40');
});

test('the hours of the unit that owes it count, also where it is named only when the duty starts', () => {
  const rules = SHEET.replace('who: section-1', 'who: handling unit');
  const given = event('09-16 09:30', 'group/head', 'transfer.made', { to: 'section-1' });
  const officeHours = [
    { opens: '08:30', closes: '17:30' },
    { opens: '09:00', closes: '16:00', unit: 'section-1' },
  ];
  const events = [found, given, ASSESSED, RESULT, signResult('09-17 16:40')];
  const due = (hours: typeof officeHours) =>
    told(
      obligations(book(rules), setup, events, { ...calendar, officeHours: hours }, Date.parse(instant('09-18 12:00')))
        .filter((l): l is ObligationLine => l.line === 'obligation')
        .find(r => r.clause === 'F-1.2.1g'),
    );
  expect(due(officeHours.slice(0, 1))).toBe('open, due 09-18 17:30');
  expect(due(officeHours)).toBe('open, due 09-18 16:00');
});

/** The head of the section also holds the office of chief. */
const ONE_PERSON = {
  roles: [
    { unit: 'bureau', role: 'chief', holder: 'H09' },
    { unit: 'section-1', role: 'head', holder: 'H09' },
    { unit: 'group', role: 'deputy', holder: 'H02' },
    { unit: 'bureau', role: 'spokesperson', holder: 'H11' },
    { unit: 'section-1', role: 'clerk', holder: 'H05' },
  ],
};
const SAME = CHAIN.replace('order: listed', 'order: listed\nsame-holder: one signature per capacity');
test('one person in two capacities signs twice from either office, where the approval says so (HC-47)', () => {
  const events = [
    draft('09-18 09:00', 'one'),
    sign('09-18 09:10', 'section-1/head', 'head'),
    sign('09-18 09:20', 'group/deputy', 'deputy'),
    sign('09-18 09:30', 'section-1/head', 'top', 'one', { id: 'twin' }),
    publish('09-18 10:00'),
  ];
  expect(refusals(SAME, events, '09-18 12:00', ONE_PERSON)).toEqual([]);
  expect(flags(SAME, events, '09-18 12:00', ONE_PERSON)).toEqual(['overlap-signer A-4.H3c twin']);
  expect(refusals(CHAIN, events, '09-18 12:00', ONE_PERSON)).toEqual(['pub A-4.H3c: signature.given top']);
  expect(refusals(SAME, events, '09-18 12:00')).toEqual(['pub A-4.H3c: signature.given top']);
});

test('a signature whose office does not hold its capacity starts nothing and meets nothing', () => {
  const rules = `
\`\`\`duty F-1.2.1e
duty: posted
starts: signature.given (as = deputy)
who: office
must: post
done: publication.made
within: none
\`\`\`
\`\`\`duty F-1.2.4d
duty: approved
starts: finding.recorded
who: group
met-by: bureau
must: approve
done: signature.given (as = deputy)
within: none
\`\`\`
`;
  const states = (by: string) =>
    owed(rules, [finding('09-18 09:00', 'office/head'), sign('09-18 10:00', by, 'deputy')], '09-18 12:00').map(
      r => `${r.clause} ${r.state}`,
    );
  expect(states('group/deputy')).toEqual(['F-1.2.1e open', 'F-1.2.4d done']);
  expect(states('section-2/head')).toEqual(['F-1.2.4d open']);
});

test('an approval by word of mouth, entered by a recorder, counts for whoever gave it (HC-60)', () => {
  const rules = `
\`\`\`duty B-7.3a
duty: one-line
starts: finding.recorded
who: group
must: approve the line
done: signature.given (as = deputy)
within: none
\`\`\`
`;
  const row = (more: object) =>
    told(
      owed(
        rules,
        [
          finding('09-18 09:00', 'office/head'),
          event('09-18 10:00', 'office/head', 'signature.given', {
            document: 'd',
            textHash: hash('d'),
            as: 'deputy',
            ...more,
          }),
        ],
        '09-18 12:00',
      )[0],
    );
  expect(row({ oral: true })).toBe('done, no due time, done 09-18 10:00');
  expect(row({})).toBe('open, no due time');
});

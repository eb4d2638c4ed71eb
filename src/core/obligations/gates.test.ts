import { expect, test } from 'vitest';
import { event, finding, graded, hash } from './fixtures/day.ts';
import { CHAIN, CHIEF, DEPUTY, draft, flags, HEAD, publish, refusals, sign } from './fixtures/reply.ts';

const gate = (act: string, needs: string, more = ''): string => `
A gate.
\`\`\`gate G-7a
gate: g
act: ${act}
needs: [${needs}]
${more}
\`\`\`
`;
const close = event('09-18 12:00', 'group/head', 'case.closed', { reason: 'done' }, { id: 'close' });
test.each([
  // act, need                                             what is there before                                                                                                  refused
  ['case.closed', 'track offline finished', [], true],
  [
    'case.closed',
    'track offline finished',
    [event('09-18 11:00', 'section-1/head', 'track.finished', { track: 'offline', unit: 'section-1', evidence: [] })],
    false,
  ],
  ['case.closed', 'reason recorded', [], true],
  [
    'case.closed',
    'reason recorded',
    [
      event('09-18 11:00', 'group/head', 'decision.made', {
        about: 'non-publication',
        outcome: 'kept inside',
        reason: 'r',
        decidedBy: 'head',
      }),
    ],
    false,
  ],
  [
    'case.closed',
    'reason recorded',
    [
      event('09-18 11:00', 'group/head', 'decision.made', {
        about: 'respond',
        outcome: 'answer',
        reason: 'r',
        decidedBy: 'head',
      }),
    ],
    true,
  ],
  ['case.closed', 'outside r1 confirmed', [], true],
  [
    'case.closed',
    'outside r1 confirmed',
    [
      event(
        '09-18 11:00',
        'group/head',
        'outside-rule.confirmed',
        { rule: 'r1', step: 's', confirmedWith: 'city' },
        { case: null },
      ),
    ],
    false,
  ],
] as const)('%s needs %s: %#', (act, needs, before, isRefused) => {
  const rules = needs.startsWith('outside')
    ? `${gate(act, needs)}\`\`\`outside G-8g\nrule: r1\nowner: city\nstatus: not-supplied\n\`\`\`\n`
    : gate(act, needs);
  expect(refusals(rules, [finding('09-18 08:00', 'office/head'), ...before, close], '09-18 13:00').length > 0).toBe(
    isRefused,
  );
});

test.each([
  // speaker             assigned to    refused
  ['section-1', 'section-1', false],
  ['section-2', 'section-1', true],
  ['section-1', undefined, true],
])('who is responsible speaks: %s, assigned to %s', (speaker, to, isRefused) => {
  const rules = `${gate('publication.made', '"speaker in [responsible unit, handling unit]"')}${CHAIN.replace('steps: [head, deputy, top]', 'steps: [head]')}`;
  const assigned =
    to === undefined ? [] : [event('09-18 08:10', 'group/head', 'assignment.made', { to, as: 'responsible' })];
  const events = [
    finding('09-18 08:00', 'office/head'),
    ...assigned,
    draft('09-18 09:00', 'one'),
    HEAD,
    publish('09-18 10:00', 'one', { data: { speakerUnit: speaker, speakerRole: 'head' } }),
  ];
  expect(refusals(rules, events, '09-18 12:00').some(r => r.includes('G-7a'))).toBe(isRefused);
});

test('another agency confirms one exact wording', () => {
  const rules = `${gate('publication.made', '"confirmed by each mentioned body on this text"', 'if: { mentions: any }')}${CHAIN.replace('steps: [head, deputy, top]', 'steps: [head]')}`;
  const confirm = (wording: string) =>
    event('09-18 09:30', 'section-1/head', 'confirmation.given', {
      document: 'd1',
      textHash: hash(wording),
      agency: 'city',
    });
  const mentioning = draft('09-18 09:00', 'one', { mentions: ['city'] });
  expect(refusals(rules, [mentioning, HEAD, publish('09-18 10:00')], '09-18 12:00')).toEqual([
    'pub G-7a: confirmation.given city',
  ]);
  expect(refusals(rules, [mentioning, HEAD, confirm('other'), publish('09-18 10:00')], '09-18 12:00')).toEqual([
    'pub G-7a: confirmation.given city',
  ]);
  expect(refusals(rules, [mentioning, HEAD, confirm('one'), publish('09-18 10:00')], '09-18 12:00')).toEqual([]);
  expect(refusals(rules, [draft('09-18 09:00', 'one'), HEAD, publish('09-18 10:00')], '09-18 12:00')).toEqual([]);
});

test('no approval in the rulebook: only the locally named approver of the exact text opens it', () => {
  const rules = gate('case.closed', 'track offline finished');
  const approver = { local: { 'text-approver': { role: 'head', of: 'responsible-unit', label: 'local' } } };
  const assigned = event('09-18 08:10', 'group/head', 'assignment.made', { to: 'section-1', as: 'responsible' });
  expect(refusals(rules, [draft('09-18 09:00', 'one'), HEAD, publish('09-18 10:00')], '09-18 12:00')).toEqual([
    'pub HC-63: an approver',
  ]);
  expect(
    refusals(rules, [assigned, draft('09-18 09:00', 'one'), HEAD, publish('09-18 10:00')], '09-18 12:00', approver),
  ).toEqual([]);
  expect(
    refusals(
      rules,
      [assigned, draft('09-18 09:00', 'one'), HEAD, draft('09-18 09:30', 'two'), publish('09-18 10:00', 'two')],
      '09-18 12:00',
      approver,
    ),
  ).toEqual(['pub HC-63: an approver']);
  expect(refusals(rules, [draft('09-18 09:00', 'one'), HEAD, publish('09-18 10:00')], '09-18 12:00', approver)).toEqual(
    ['pub HC-63: an approver'],
  );
});

test('a gate that only marks lets the act pass', () => {
  const rules = gate(
    'press-event.held (kind = interview)',
    'authorised interview',
    'flag-instead: unauthorised-interview',
  );
  const held = event(
    '09-18 10:00',
    'section-1/head',
    'press-event.held',
    { event: 'i1', kind: 'interview', speakerRole: 'head' },
    { id: 'held' },
  );
  const allowed = event('09-18 09:00', 'bureau/chief', 'authorisation.given', { for: 'interview', event: 'i1' });
  expect(refusals(rules, [held], '09-18 12:00')).toEqual([]);
  expect(flags(rules, [held], '09-18 12:00')).toEqual(['unauthorised-interview G-7a held']);
  expect(flags(rules, [allowed, held], '09-18 12:00')).toEqual([]);
  // What another gate refuses did not go ahead: there is nothing to mark.
  const both = rules + gate('press-event.held', 'track offline finished');
  expect(refusals(both, [held], '09-18 12:00')).toEqual(['held G-7a: track.finished offline']);
  expect(flags(both, [held], '09-18 12:00')).toEqual([]);
});

test('only the named sender may report; consent first', () => {
  const rules = `
One outlet.
\`\`\`route G-10
route: one-outlet
when: report.made (kind = situation)
only-by: [group, office]
\`\`\`
\`\`\`route F-3.3b
route: with-consent
when: report.made (to = city)
to: group
needs: [consent chief]
\`\`\`
`;
  const report = (by: string, to: string) =>
    event(
      '09-18 10:00',
      by,
      'report.made',
      { kind: 'situation', to: [to], channel: 'written', written: true },
      { id: 'r' },
    );
  const consent = event('09-18 09:00', 'bureau/chief', 'consent.given', { for: 'report-up', to: ['city'] });
  expect(refusals(rules, [report('section-1/head', 'group')], '09-18 12:00')).toEqual(['r G-10: by group, by office']);
  expect(refusals(rules, [report('office/head', 'group')], '09-18 12:00')).toEqual([]);
  expect(refusals(rules, [report('office/head', 'city')], '09-18 12:00')).toEqual(['r F-3.3b: consent.given chief']);
  expect(refusals(rules, [consent, report('office/head', 'city')], '09-18 12:00')).toEqual([]);
});

test('a form must be whole before the act; later rows of one number fill it', () => {
  const rules = `
Ledger.
\`\`\`form E-2.5
form: ledger-row
fields: ["link: text", "result: text", "note?: text"]
complete-before: case.closed
\`\`\`
`;
  const fill = (at: string, fields: object) =>
    event(at, 'section-1/clerk', 'form.filled', { form: 'ledger-row', number: '1', fields });
  expect(refusals(rules, [fill('09-18 09:00', { link: 'x', result: null }), close], '09-18 13:00')).toEqual([
    'close E-2.5: result',
  ]);
  expect(
    refusals(
      rules,
      [fill('09-18 09:00', { link: 'x', result: null }), fill('09-18 10:00', { result: 'paid' }), close],
      '09-18 13:00',
    ),
  ).toEqual([]);
  expect(refusals(rules, [close], '09-18 13:00')).toEqual(['close E-2.5: link, result']);
});

test('a correction is asked of an outlet, signed, and asks for nothing to be removed', () => {
  const rules = gate('case.closed', 'track offline finished');
  const letter = (text: string) =>
    event('09-18 09:00', 'section-1/clerk', 'draft.written', {
      document: 'd1',
      form: 'letter',
      textHash: hash('one'),
      text,
    });
  const ask = (outlet: string) =>
    event(
      '09-18 10:00',
      'office/head',
      'correction.asked',
      { outlet, document: 'd1', textHash: hash('one') },
      { id: 'ask' },
    );
  expect(
    refusals(rules, [letter('Please correct the date in your report.'), HEAD, ask('outlet-1')], '09-18 12:00'),
  ).toEqual([]);
  expect(
    refusals(rules, [letter('请更正报道中的日期,并删除评论。'), HEAD, ask('outlet-1')], '09-18 12:00'),
  ).toHaveLength(1);
  expect(refusals(rules, [letter('Please correct the date.'), HEAD, ask('somebody')], '09-18 12:00')).toHaveLength(1);
  expect(refusals(rules, [letter('Please correct the date.'), ask('outlet-1')], '09-18 12:00')).toHaveLength(1);
});

test('a complaint is not put aside as nothing to answer', () => {
  const rules = gate('case.closed', 'track offline finished');
  const aside = (reason: string) =>
    event('09-18 09:00', 'group/head', 'finding.dismissed', { finding: 'f1', reason, why: 'w' }, { id: 'aside' });
  expect(
    refusals(rules, [finding('09-18 08:00', 'office/head', { id: 'f1' }), aside('nothing-to-answer')], '09-18 12:00'),
  ).toHaveLength(1);
  expect(
    refusals(rules, [finding('09-18 08:00', 'office/head', { id: 'f1' }), aside('not-ours')], '09-18 12:00'),
  ).toEqual([]);
  expect(
    refusals(
      rules,
      [finding('09-18 08:00', 'office/head', { id: 'f1', matter: 'report' }), aside('nothing-to-answer')],
      '09-18 12:00',
    ),
  ).toEqual([]);
});

test('acts of a graded kind are held to their approval only', () => {
  const rules = CHAIN.replace('before: publication.made', 'before: publication.made\nif: { grade: [major] }');
  expect(
    refusals(
      rules,
      [draft('09-18 09:00', 'one'), graded('09-18 09:05', 'ordinary'), publish('09-18 10:00')],
      '09-18 12:00',
    ),
  ).toEqual([]);
  expect(
    refusals(
      rules,
      [draft('09-18 09:00', 'one'), graded('09-18 09:05', 'major'), publish('09-18 10:00')],
      '09-18 12:00',
    ),
  ).toHaveLength(1);
  expect(
    flags(
      rules,
      [draft('09-18 09:00', 'one'), graded('09-18 09:05', 'ordinary'), publish('09-18 10:00')],
      '09-18 12:00',
    ),
  ).toContain('uncovered-publication A-4.H3c pub');
});

test('the approver is the subject of the complaint: the one named instead signs, for this case', () => {
  const named = event('09-18 08:00', 'office/head', 'stand-in.named', {
    unit: 'bureau',
    role: 'chief',
    standIn: 'deputy',
    from: '2026-09-18',
    why: 'subject-of-complaint',
  });
  const start = [named, draft('09-18 09:00', 'one'), HEAD, DEPUTY];
  expect(refusals(CHAIN, [...start, CHIEF, publish('09-18 10:00')], '09-18 12:00')).toEqual([
    'pub A-4.H3c: signature.given top',
  ]);
  const other = sign('09-18 09:30', 'bureau/deputy', 'top');
  expect(refusals(CHAIN, [...start, other, publish('09-18 10:00')], '09-18 12:00')).toEqual([]);
});

test('a stand-in named after the act does not open it', () => {
  const named = event(
    '09-18 09:00',
    'office/head',
    'stand-in.named',
    {
      unit: 'bureau',
      role: 'chief',
      standIn: 'deputy',
      from: '2026-09-18',
      why: 'leave',
    },
    { case: null, entered: '09-18 10:30' },
  );
  const events = [
    named,
    draft('09-18 09:00', 'one'),
    HEAD,
    DEPUTY,
    sign('09-18 09:30', 'bureau/deputy', 'top'),
    publish('09-18 10:00'),
  ];
  expect(refusals(CHAIN, events, '09-18 12:00')).toEqual(['pub A-4.H3c: signature.given top']);
});

import { expect, test } from 'vitest';
import { event, finding, hash, lines } from './fixtures/day.ts';
import { CHAIN, CHIEF, DEPUTY, draft, flags, HEAD, publish, refusals, sign } from './fixtures/reply.ts';

test.each([
  // what stands before the publication at 10:00                     refused for                                              why
  [[HEAD, DEPUTY, CHIEF], [], 'all three in order'],
  [[HEAD, DEPUTY], ['pub A-4.H3c: signature.given top'], 'the last is missing'],
  [
    [DEPUTY, CHIEF, sign('09-18 09:40', 'section-1/head', 'head')],
    ['pub A-4.H3c: signature.given deputy, signature.given top'],
    'the wrong order: what was signed before the head does not count',
  ],
  [
    [HEAD, DEPUTY, CHIEF, draft('09-18 09:50', 'two')],
    [],
    'a newer draft does not touch the signed wording that is published',
  ],
  [
    [sign('09-18 09:10', 'section-2/head', 'head'), DEPUTY, CHIEF],
    ['pub A-4.H3c: signature.given head, signature.given deputy, signature.given top'],
    'the head of another unit is not the head of this answer',
  ],
  [
    [HEAD, DEPUTY, sign('09-18 09:30', 'section-1/clerk', 'top')],
    ['pub A-4.H3c: signature.given top'],
    'a signer who does not hold the capacity opens nothing',
  ],
  [
    [HEAD, DEPUTY, sign('09-18 09:30', 'section-1/clerk', 'top', 'one', { oral: true })],
    [],
    'an oral approval is entered by its recorder',
  ],
  [
    [HEAD, DEPUTY, sign('09-18 09:30', 'bureau/deputy', 'top', 'one', { standingInFor: 'chief' })],
    [],
    'a stand-in signs',
  ],
  [
    [HEAD, DEPUTY, sign('09-18 09:30', 'bureau/chief', 'top', 'one', { entered: '09-18 10:30' })],
    ['pub A-4.H3c: signature.given top'],
    'a signature entered after the act does not count, whenever it was given',
  ],
  [
    [
      HEAD,
      DEPUTY,
      CHIEF,
      event('09-18 09:40', 'bureau/chief', 'signature.withheld', {
        document: 'd1',
        textHash: hash('one'),
        as: 'top',
        reason: 'r',
      }),
    ],
    ['pub A-4.H3c: signature.given top'],
    'sent back after it was signed',
  ],
])('reply chain: %#', (before, refused) => {
  expect(refusals(CHAIN, [draft('09-18 09:00', 'one'), ...before, publish('09-18 10:00')], '09-18 12:00')).toEqual(
    refused,
  );
});

test('a changed text leaves every signature behind', () => {
  const events = [
    draft('09-18 09:00', 'one'),
    HEAD,
    DEPUTY,
    CHIEF,
    draft('09-18 09:45', 'two'),
    publish('09-18 10:00', 'two'),
  ];
  expect(refusals(CHAIN, events, '09-18 12:00')).toEqual([
    'pub A-4.H3c: signature.given head, signature.given deputy, signature.given top',
  ]);
});

test('a verdict never changes: the signature entered later is shown beside the refusal', () => {
  const late = sign('09-18 09:30', 'bureau/chief', 'top', 'one', { entered: '09-18 10:30', id: 'late' });
  const events = [draft('09-18 09:00', 'one'), HEAD, DEPUTY, late, publish('09-18 10:00')];
  const [refused] = lines(CHAIN, events, '09-18 12:00').filter(l => l.line === 'refused');
  expect(refused).toMatchObject({ event: 'pub', enteredLater: ['late'] });
});

test('an oral approval counts from its entry', () => {
  const told = { oral: true, entered: '09-18 09:55' };
  const events = [
    draft('09-18 09:00', 'one'),
    HEAD,
    DEPUTY,
    sign('09-18 09:30', 'section-1/clerk', 'top', 'one', told),
    publish('09-18 09:40', 'one', { entered: '09-18 10:00' }),
  ];
  expect(refusals(CHAIN, events, '09-18 12:00')).toEqual(['pub A-4.H3c: signature.given top']);
});

test('a refused act has no effect: nothing it would have met is met', () => {
  const rules = `${CHAIN}
  \`\`\`duty G-2.3a
  duty: answered
  starts: finding.recorded
  who: group
  must: answer
  done: publication.made
  within: none
  \`\`\`
  `;
  const row = lines(
    rules,
    [finding('09-18 08:00', 'office/head'), draft('09-18 09:00', 'one'), publish('09-18 10:00')],
    '09-18 12:00',
  ).find(l => l.line === 'obligation');
  expect(row).toMatchObject({ state: 'open' });
});

test('wrong signers, unconfirmed oral approvals, one person in two capacities are marked', () => {
  const setup = {
    roles: [
      { unit: 'bureau', role: 'chief', holder: 'H09' },
      { unit: 'group', role: 'deputy', holder: 'H09' },
      { unit: 'section-1', role: 'clerk', holder: 'H05' },
      { unit: 'section-1', role: 'head', holder: 'H04' },
    ],
  };
  const events = [
    draft('09-18 09:00', 'one'),
    sign('09-18 09:10', 'section-1/clerk', 'head', 'one', { id: 'wrong' }),
    sign('09-18 09:20', 'group/deputy', 'deputy', 'one', { id: 'dep' }),
    sign('09-18 09:30', 'bureau/chief', 'top', 'one', { id: 'twin' }),
    sign('09-18 09:40', 'section-1/clerk', 'top', 'one', { oral: true, id: 'oral' }),
  ];
  expect(flags(CHAIN, events, '09-18 12:00', setup)).toEqual([
    'oral-unconfirmed A-4.H3c oral',
    'overlap-signer A-4.H3c twin',
    'wrong-signer A-4.H3c wrong',
  ]);
  const confirmed = event('09-18 10:00', 'bureau/chief', 'signature.confirmed', { signature: 'oral' });
  expect(flags(CHAIN, [...events, confirmed], '09-18 12:00', setup)).not.toContain('oral-unconfirmed A-4.H3c oral');
});

const TOPICS = `
By topic.
\`\`\`approval D-3.4d D-3.4e
approval: by-topic
covers: { form: reply }
by-topic:
  - { topic: [main-leaders], steps: [office, group], order: any, clause: D-3.4e }
  - { topic: otherwise, steps: [deputy], order: listed, clause: D-3.4d }
order: listed
before: publication.made
\`\`\`
`;
test.each([
  // topic           signatures                                                                          refused
  [undefined, [sign('09-18 09:10', 'group/deputy', 'deputy')], []],
  [undefined, [], ['pub D-3.4d: signature.given deputy']],
  ['main-leaders', [sign('09-18 09:10', 'group/head', 'group'), sign('09-18 09:20', 'office/head', 'office')], []],
  [
    'main-leaders',
    [sign('09-18 09:10', 'group/deputy', 'deputy')],
    ['pub D-3.4e: signature.given office, signature.given group'],
  ],
] as const)('approval by topic %s: %#', (topic, given, refused) => {
  const events = [draft('09-18 09:00', 'one', topic === undefined ? {} : { topic }), ...given, publish('09-18 10:00')];
  expect(refusals(TOPICS, events, '09-18 12:00')).toEqual(refused);
});

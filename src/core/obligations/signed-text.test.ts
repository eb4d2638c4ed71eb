/** A gate may ask that the text an act carries itself was signed; one refusal a clause says all that is missing. */
import { expect, test } from 'vitest';
import { event, hash } from './fixtures/day.ts';
import { CHAIN, CHIEF, DEPUTY, draft, flags, HEAD, publish, refusals } from './fixtures/reply.ts';

const ASKS = (needs: string): string => `${CHAIN}
Nothing goes out that was not signed.
\`\`\`gate A-3.1a
gate: signed-first
act: publication.made
needs: [${needs}]
\`\`\`
`;
const SIGNED = [draft('09-18 09:00', 'one'), HEAD, DEPUTY, CHIEF];
const note = event('09-18 09:40', 'section-1/clerk', 'draft.written', {
  document: 'note',
  form: 'plan',
  textHash: hash('note'),
});
const noteSigned = (at: string, by: string, as: string) =>
  event(at, by, 'signature.given', { document: 'note', textHash: hash('note'), as });
const publishNote = publish('09-18 10:00', 'note', { data: { document: 'note' } });
const ALL_ON_NOTE = [
  noteSigned('09-18 09:45', 'section-1/head', 'head'),
  noteSigned('09-18 09:46', 'group/deputy', 'deputy'),
  noteSigned('09-18 09:47', 'bureau/chief', 'top'),
];

test.each([
  // the need                        what was signed, what goes out                                     refused for
  ['signed reply-chain on this text', 'the reply, signed', [...SIGNED, publish('09-18 10:00')], []],
  [
    'signed reply-chain on this text',
    'another text, of a form no approval covers, after the reply was signed',
    [...SIGNED, note, publishNote],
    ['pub A-3.1a: signature.given head, signature.given deputy, signature.given top'],
  ],
  [
    'signed reply-chain on this text',
    'that other text, signed too',
    [...SIGNED, note, ...ALL_ON_NOTE, publishNote],
    [],
  ],
  [
    'signed reply-chain',
    'without the words: a signed reply of the case is enough for another text beside it',
    [...SIGNED, note, publishNote],
    [],
  ],
] as const)('%s: %s', (need, _what, events, refused) => {
  expect(refusals(ASKS(need), events, '09-18 12:00')).toEqual(refused);
});

test('a chain and a gate under one clause: one refusal with everything that is missing', () => {
  const rules = ASKS('signed reply-chain on this text, track offline finished').replace('A-3.1a', 'A-4.H3c');
  expect(refusals(rules, [draft('09-18 09:00', 'one'), HEAD, publish('09-18 10:00')], '09-18 12:00')).toEqual([
    'pub A-4.H3c: signature.given deputy, signature.given top, track.finished offline',
  ]);
});

const routine = (document: string, told: { case: string | null }, kind = 'routine') =>
  publish('09-18 10:00', document, { data: { document, kind }, ...told });
const item = (told: { case: string | null }) =>
  event(
    '09-18 09:00',
    'section-1/clerk',
    'draft.written',
    { document: 'item', form: 'plan', textHash: hash('item') },
    told,
  );
const itemSigned = event(
  '09-18 09:30',
  'bureau/chief',
  'signature.given',
  { document: 'item', textHash: hash('item'), as: 'top' },
  { case: null },
);
const APPROVER = { local: { 'text-approver': { role: 'chief', of: 'bureau', label: 'local' } } };
const OUT = { case: null };
test.each([
  // an item of a form that no approval covers                            named approver   refused for
  ['outside every case', [item(OUT), routine('item', OUT)], {}, ['pub A-4.H3c: an approver']],
  ['outside, the named approver has signed', [item(OUT), itemSigned, routine('item', OUT)], APPROVER, []],
  ['outside, the named approver has not', [item(OUT), routine('item', OUT)], APPROVER, ['pub A-4.H3c: an approver']],
  ['outside, of another kind', [item(OUT), routine('item', OUT, 'explainer')], {}, []],
  ['in a case', [item({ case: 'C1' }), routine('item', { case: 'C1' })], {}, []],
])('an item of routine %s', (_where, events, change, refused) => {
  expect(refusals(CHAIN, events, '09-18 12:00', change)).toEqual(refused);
});

const TWO_CHAINS = `
A topic is decided by head and chief; a reply passes head, deputy, chief; papers pass the same three, or the spokesperson for the last.
\`\`\`terms
capacities: { top: { zh: 主, held-by: bureau/chief }, sign-off: { zh: 签, held-by: bureau/spokesperson } }
\`\`\`
\`\`\`approval A-3.1c
approval: topic
covers: { form: topic }
steps: [head, top]
order: listed
before: press-event.held
\`\`\`
\`\`\`approval A-3.1f
approval: papers
covers: { form: plan }
steps: [head, deputy, sign-off | top]
order: listed
before: press-event.held
\`\`\`
\`\`\`approval A-4.H3c
approval: reply
covers: { form: reply }
steps: [head, deputy, top]
order: listed
before: publication.made
\`\`\`
`;
test.each([
  // signed on a text that nobody drafted              flagged under
  [['head', 'top'], 'A-3.1c', 'both steps of the shortest chain'],
  [['head', 'deputy', 'top'], 'A-4.H3c', 'two chains fit whole: the one with no other capacity'],
  [['head', 'deputy', 'sign-off'], 'A-3.1f', 'only one chain knows the last'],
])('signed %j: it belongs to %s (%s)', (capacities, clause) => {
  const by: Record<string, string> = {
    head: 'section-1/head',
    deputy: 'group/deputy',
    top: 'bureau/chief',
    'sign-off': 'bureau/spokesperson',
  };
  const given = capacities.map((as, i) =>
    event(`09-18 09:1${i}`, by[as] ?? '', 'signature.given', { document: 'd9', textHash: hash('nine'), as }),
  );
  const wrong = event('09-18 09:30', 'section-1/clerk', 'signature.given', {
    document: 'd9',
    textHash: hash('nine'),
    as: 'head',
  });
  expect(flags(TWO_CHAINS, [...given, wrong], '09-18 12:00')).toEqual([`wrong-signer ${clause} ${wrong.id}`]);
});

/** Texts and signatures: what is signed is one wording, and a command on an older one is told so. */
import type { HuiyinEvent } from '#core/log';
import type { Rule } from '#core/rulebook';
import { expect, test } from 'vitest';
import { decideReply, documentsIn, normaliseText, signState, titleAndBody } from './index.ts';

let n = 0;
const event = (type: string, data: Record<string, unknown>): HuiyinEvent => {
  n++;
  const at = `2026-09-17T10:${String(n).padStart(2, '0')}:00+08:00`;
  return { id: `e${n}`, case: 'C1', type, at, recordedAt: at, by: { unit: 'office', role: 'head' }, data };
};
const draft = (hash: string, more: Record<string, unknown> = {}): HuiyinEvent =>
  event('draft.written', { document: 'r1', form: 'reply', textHash: hash, text: `text ${hash}`, ...more });
const sign = (hash: string, as: string): HuiyinEvent =>
  event('signature.given', { document: 'r1', textHash: hash, as });
const rules = (order: 'listed' | 'any'): Rule[] => [
  {
    kind: 'approval',
    name: 'chain',
    clauses: ['X-1'],
    at: { line: 1, column: 1 },
    article: '',
    articleNumber: '',
    paragraph: 1,
    paraphrase: '',
    covers: { form: ['reply'] },
    steps: [['head'], ['leader']],
    order,
    before: [{ on: 'event', type: 'publication.made', tests: [] }],
  },
];
const state = (events: HuiyinEvent[], order: 'listed' | 'any' = 'listed') => {
  const [document] = documentsIn(events);
  if (!document) throw new Error('no document');
  const chain = signState(rules(order), events, document, {}).chains[0];
  return chain?.steps.map(s => (s.signature ? 'signed' : s.turn ? 'turn' : s.voided.length > 0 ? 'void' : 'waits'));
};

test.each([
  ['nobody has signed: the first is next', [draft('h1')], 'listed', ['turn', 'waits']],
  ['the first has signed: the second is next', [draft('h1'), sign('h1', 'head')], 'listed', ['signed', 'turn']],
  [
    'the second before the first does not count in a listed order',
    [draft('h1'), sign('h1', 'leader')],
    'listed',
    ['turn', 'waits'],
  ],
  ['in any order it does', [draft('h1'), sign('h1', 'leader')], 'any', ['turn', 'signed']],
  [
    'a new wording voids both',
    [draft('h1'), sign('h1', 'head'), sign('h1', 'leader'), draft('h2')],
    'listed',
    ['turn', 'void'],
  ],
  [
    'back to the first wording: its signatures count again',
    [draft('h1'), sign('h1', 'head'), draft('h2'), draft('h1')],
    'listed',
    ['signed', 'turn'],
  ],
] as const)('%s', (_why, events, order, expected) => {
  expect(state([...events], order)).toEqual([...expected]);
});

test('an agency that the text mentions must confirm this wording', () => {
  const events = [
    draft('h1', { mentions: ['water'] }),
    event('confirmation.given', { document: 'r1', textHash: 'h0', agency: 'water' }),
  ];
  const [document] = documentsIn(events);
  expect(
    document && signState([], events, document, {}).confirmations.map(c => [c.body, c.event !== undefined]),
  ).toEqual([['water', false]]);
});

const view = { events: [draft('sha256:a')], hash: (text: string) => `sha256:${text.length}` };
const about = { case: 'C1', document: 'r1' };
test.each([
  [
    'signing a wording that is no longer the newest',
    { do: 'sign', ...about, textHash: 'sha256:b', as: 'head' },
    'changed-since',
  ],
  [
    'sending back without a reason',
    { do: 'withhold', ...about, textHash: 'sha256:a', as: 'head', reason: '  ' },
    'no-reason',
  ],
  [
    'a text that was never drafted',
    { do: 'confirm', case: 'C1', document: 'r9', textHash: 'sha256:a', agency: 'water' },
    'no-document',
  ],
  ['an empty text', { do: 'draft', ...about, form: 'reply', text: ' \n ', parts: [], mentions: [] }, 'no-text'],
] as const)('%s is told so', (_why, command, fault) => {
  expect(decideReply(command, view)).toEqual({ fault });
});
test('line ends and trailing spaces never make two texts of one', () => {
  expect(normaliseText('标题  \r\n正文 \r\n\r\n')).toBe('标题\n正文');
  expect(titleAndBody('标题\n正文\n落款')).toEqual({ title: '标题', paragraphs: ['正文', '落款'] });
  expect(titleAndBody('一段')).toEqual({ title: '', paragraphs: ['一段'] });
});

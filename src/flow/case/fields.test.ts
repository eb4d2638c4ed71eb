/** A form becomes the data of an event: texts are read by the vocabulary's own types, what is missing is named. */
import { checkEvent, EVENT_TYPES, VOCABULARY } from '#core/log';
import { expect, test } from 'vitest';
import { readFields } from './fields.ts';

const sent = (fields: Record<string, string | readonly string[]>) =>
  new Map(Object.entries(fields).map(([k, v]) => [k, typeof v === 'string' ? [v] : v]));

test.each([
  // type                     what the form sent                                                               what it becomes
  [
    'notice.sent',
    { notice: 'n-1', kind: 'notice', to: ['a', 'b'], channels: ['phone'], as: '' },
    { notice: 'n-1', kind: 'notice', to: ['a', 'b'], channels: ['phone'] },
  ],
  [
    'watch.done',
    { found: '0', sources: 'website、hotline-cases' },
    { found: 0, sources: ['website', 'hotline-cases'] },
  ],
  [
    'classification.set',
    {
      scale: 'grade',
      value: 'major',
      since: '2026-09-17T08:30',
      'factors.content': '六个小区',
      'factors.media': '',
      reason: '媒体介入',
    },
    {
      scale: 'grade',
      value: 'major',
      since: '2026-09-17T08:30:00+08:00',
      factors: { content: '六个小区' },
      reason: '媒体介入',
    },
  ],
  [
    'classification.set',
    { scale: 'mark', value: ['negative', 'sensitive'], reason: 'x' },
    { scale: 'mark', value: ['negative', 'sensitive'], reason: 'x' },
  ],
  ['facts.verified', { with: 'a', conclusion: 'confirmed' }, { with: ['a'], conclusion: 'confirmed', cause: false }],
  [
    'meeting.held',
    { kind: 'study', conveners: 'head', participants: 'a', parts: '性质：拖延\n走势：上升' },
    { kind: 'study', conveners: ['head'], participants: ['a'], parts: { 性质: '拖延', 走势: '上升' } },
  ],
  [
    'instruction.received',
    { instruction: 'i-1', from: 'city', asks: 'a1 publish 尽快答复\na2 delete-post', format: 'call' },
    {
      instruction: 'i-1',
      from: 'city',
      asks: [
        { ask: 'a1', act: 'publish', text: '尽快答复' },
        { ask: 'a2', act: 'delete-post' },
      ],
      format: 'call',
    },
  ],
])('%s', (type, form, data) => {
  expect(readFields(type, sent(form))).toEqual({ ok: true, data });
});

test('everything missing is named at once', () => {
  expect(readFields('notice.sent', sent({ kind: 'notice' }))).toEqual({
    ok: false,
    faults: [
      { field: 'notice', fault: 'missing' },
      { field: 'to', fault: 'missing' },
      { field: 'channels', fault: 'missing' },
    ],
  });
});
test.each([
  ['watch.done', { found: '1.5' }, 'found'],
  ['watch.done', { found: '-1' }, 'found'],
  ['classification.set', { scale: 'grade', value: 'x', reason: 'x', since: 'yesterday' }, 'since'],
  ['meeting.held', { kind: 'study', conveners: 'h', participants: 'a', parts: 'no colon here' }, 'parts'],
])('%s with %j is told which field cannot be read', (type, form, field) => {
  expect(readFields(type, sent(form))).toEqual({ ok: false, faults: [{ field, fault: 'wrong' }] });
});
test('no type of the vocabulary makes the reader fail, and nothing is invented for an empty form', () => {
  for (const type of EVENT_TYPES) {
    const read = readFields(type, new Map());
    const needed = [...(VOCABULARY.get(type)?.fields ?? [])].filter(
      f => !f.optional && f.kind !== 'boolean' && !(f.list && f.kind === 'id'),
    );
    expect([type, read.ok]).toEqual([type, needed.length === 0]);
  }
});
test('what is read passes the border of the log', () => {
  const read = readFields('handling.entered', sent({ unit: 'section', kind: 'first', what: '换了减振垫' }));
  const at = '2026-09-17T10:00:00+08:00';
  expect(
    read.ok &&
      checkEvent({
        id: 'e-1',
        case: 'C1',
        type: 'handling.entered',
        at,
        recordedAt: at,
        by: { unit: 'section', role: 'head' },
        data: read.data,
      }),
  ).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generate } from '../../../scripts/generate/vocabulary.ts';
import { identityIn } from './identity.ts';
import { validateEvents } from './validate.ts';
import { ACTS, EVENT_TYPES } from './vocabulary.ts';

const root = new URL('../../../', import.meta.url).pathname;
const good = {
  id: 'e1',
  case: 'C1',
  type: 'notice.received',
  at: '2026-09-18T22:30:00+08:00',
  recordedAt: '2026-09-18T22:31:00+08:00',
  by: { unit: 'unit-3', role: 'head' },
  data: { notice: 'n-1', unit: 'unit-3' },
};
const known = { units: new Set(['unit-3']), offices: new Set(['unit-3/head']), clauses: new Set(['G-4.3c']) };
const problems = (...events: unknown[]): string[] => {
  const text = events.map(e => (typeof e === 'string' ? e : JSON.stringify(e))).join('\n');
  const read = validateEvents(text, 'events.ndjson', known);
  return read.ok ? [] : read.problems.map(p => `${p.line} ${p.code} ${p.message}${p.mend ? ` ${p.mend}` : ''}`);
};

test('the vocabulary is the one of docs/specs/events.schema.json: 119 types, 11 of them acts', async () => {
  const [[, made] = []] = [...(await generate(root))];
  expect(readFileSync(new URL('vocabulary.generated.ts', import.meta.url), 'utf8')).toBe(made);
  expect(EVENT_TYPES).toHaveLength(119);
  expect([...ACTS].every(type => EVENT_TYPES.includes(type))).toBe(true);
  expect(ACTS.size).toBe(11);
});

test('a good log comes back in file order, empty lines skipped', () => {
  const text = `${JSON.stringify(good)}\n\n${JSON.stringify({ ...good, id: 'e2' })}\n`;
  const read = validateEvents(text, 'events.ndjson', known);
  expect(read.ok && read.events.map(e => e.id)).toEqual(['e1', 'e2']);
});

test.each([
  // what is wrong                                     the event                                                              what is said
  ['not JSON', '{"id":', 'HY-I1 this line is not JSON'],
  ['a field is missing', { ...good, data: { notice: 'n-1' } }, 'HY-I2 "data.unit" is missing in notice.received'],
  [
    'a field nobody knows',
    { ...good, data: { ...good.data, unitt: 'x' } },
    'HY-I3 there is no field "data.unitt" in notice.received. Did you mean "unit"?',
  ],
  [
    'a field of the wrong type',
    { ...good, data: { notice: 7, unit: 'unit-3' } },
    'HY-I3 "data.notice" is 7: a key of letters',
  ],
  [
    'a type nobody knows',
    { ...good, type: 'notice.recieved' },
    'HY-I4 there is no event type "notice.recieved". Did you mean "notice.received"',
  ],
  [
    'a time without offset',
    { ...good, at: '2026-09-18 22:30' },
    'HY-I5 "at" is "2026-09-18 22:30": an offset is needed, as in 2026-09-18T22:30:00+08:00',
  ],
  [
    'a time without seconds',
    { ...good, at: '2026-09-18T22:30+08:00' },
    'HY-I5 "at" is "2026-09-18T22:30+08:00": seconds are needed',
  ],
  [
    'a date that does not exist',
    { ...good, at: '2026-02-30T10:00:00+08:00' },
    'HY-I5 "at" is "2026-02-30T10:00:00+08:00": there is no such date',
  ],
  [
    'a time that does not exist',
    { ...good, at: '2026-02-03T24:00:00+08:00' },
    'HY-I5 "at" is "2026-02-03T24:00:00+08:00": there is no such time of day',
  ],
  [
    'a unit nobody knows',
    { ...good, data: { notice: 'n-1', unit: 'unit-4' } },
    'HY-I7 the unit in "data.unit" "unit-4" is not known. Did you mean "unit-3"?',
  ],
  [
    'a role nobody knows',
    { ...good, by: { unit: 'unit-3', role: 'haed' } },
    'HY-I7 in "by", the role of unit-3: "haed" is not known. Did you mean "head"?',
  ],
  [
    'entered before it happened',
    { ...good, recordedAt: '2026-09-18T22:29:59+08:00' },
    'HY-I8 "recordedAt" 2026-09-18T22:29:59+08:00 is before "at"',
  ],
  ['an author', { ...good, data: { ...good.data, author: 'x' } }, 'HY-I9 "data.author" asks who somebody is'],
  ['an author in the envelope', { ...good, author: 'x' }, 'HY-I9 "author" asks who somebody is'],
] as const)('%s', (_why, event, said) => {
  expect(problems(event)[0]).toMatch(new RegExp(`^1 ${said.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
});

test('every fault is listed, each with its line; the second use of an id names the first', () => {
  expect(problems({ ...good, case: 3 }, { ...good, by: undefined }, good)).toEqual([
    '1 HY-I3 "case" is 3: an id of letters, digits, "-" and "." is needed',
    '2 HY-I2 "by" is missing: which office acted or entered it',
    '2 HY-I6 the id "e1" was used before, in line 1. Give every event its own id.',
    '3 HY-I6 the id "e1" was used before, in line 1. Give every event its own id.',
  ]);
});

test('references: an entry that is not in the log, a clause that is not in the rulebook', () => {
  const opened = { ...good, type: 'case.opened', data: { from: ['e9'], concerns: ['unit-3'] } };
  expect(problems(opened)).toEqual(['1 HY-I7 the event in "data.from" "e9" is not known. Did you mean "e1"?']);
  const watch = { ...good, type: 'watch.done', data: { found: 0, concerns: 'G-4.3x' } };
  expect(problems(watch)[0]).toMatch(
    /HY-I7 the clause in "data.concerns" "G-4.3x" is not known. Did you mean "G-4.3c"\?/,
  );
});

test.each<[string, string | undefined, string]>([
  // text                                  found                          why
  ['请致电13812345678联系', 'a mobile telephone number', 'eleven digits of a mobile'],
  ['请致电0755-12345678', undefined, 'an office line with area code'],
  ['身份证11010519491231002X', 'an identity card number', 'eighteen places with a birth date'],
  ['微信号:abc_12345', 'a personal account', 'an account said to be one'],
  ['文号2026000123456789012', undefined, 'a long document number'],
  ['authority and authorised-by', undefined, 'ordinary words'],
])('free text %s', (text, found) => {
  expect(identityIn(text)).toBe(found);
});

test('a form may not ask who somebody is; a contact point is an office', () => {
  const call = (fields: object): object => ({ ...good, type: 'media.called', data: { unit: 'unit-3', fields } });
  expect(problems(call({ outlet: 'city-tv', contactPoint: 'desk 0755-1234567', matter: 'foam' }))).toEqual([]);
  expect(problems(call({ caller: 'x' }))[0]).toMatch(/HY-I9 "data.fields.caller" asks who somebody is/);
  expect(problems(call({ 投诉人: 'x' }))[0]).toMatch(/HY-I9/);
  expect(problems(call({ 投诉人数: 4 }))).toEqual([]);
});

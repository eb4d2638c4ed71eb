/** `huiyin calendar` as a program that asks it: the answers of the specification, and what is refused, with its line. */
import { expect, test } from 'vitest';
import type { Context } from '../command.ts';
import { runCli } from '../index.ts';

const root = new URL('../../../', import.meta.url).pathname;
async function ask(questions: readonly (object | string)[], args: readonly string[] = []) {
  let out = '';
  let err = '';
  const text = questions.map(q => (typeof q === 'string' ? q : JSON.stringify(q))).join('\n');
  const context: Context = {
    stdin: async () => new TextEncoder().encode(text),
    out: async said => {
      out += said;
    },
    err: said => {
      err += said;
    },
    env: {},
    root,
    // The command opens no room that touches the world.
    world: {} as Context['world'],
  };
  const code = await runCli(['calendar', ...args], context);
  return { code, out, err };
}
const answers = (out: string): unknown[] =>
  out
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as unknown);

test('the example of the specification, byte for byte', async () => {
  expect(await ask(['{"id":"1","op":"add","from":"2026-09-30T17:10:00+08:00","n":1,"unit":"working days"}'])).toEqual({
    code: 0,
    err: '',
    out: '{"id":"1","dueAt":"2026-10-08T17:30:00+08:00","dueKind":"instant","steps":["anchor date 2026-09-30 not counted","1 to 7 October: holiday","2026-10-08 is working day 1; close of business 17:30"],"provisional":false}\n',
  });
});

test('one answer a question, in the order of the questions; empty lines are skipped', async () => {
  const said = await ask(
    [
      { id: 'a', op: 'day', date: '2026-09-20' },
      '',
      { id: 'b', op: 'add', from: '2026-09-18T11:30:00+08:00', n: 2, unit: 'working hours' },
      { id: 'c', op: 'add', from: '2026-10-01T00:00:00Z', n: 2, unit: 'days', roll: 'move' },
      {
        id: 'd',
        op: 'between',
        from: '2026-09-30T11:30:00+08:00',
        to: '2026-10-10T12:30:00+08:00',
        unit: 'working days',
      },
      { id: 'e', op: 'slots', date: '2026-03-02', every: '2 hours', window: '08:00-13:00', on: 'working-days' },
      { id: 'f', op: 'slots', date: '2026-03-02', on: 'rest-days' },
    ],
    ['--office', '09:00-12:00,14:00-17:30', '--calendar', 'cn-2026'],
  );
  expect([said.code, said.err]).toEqual([0, '']);
  expect(answers(said.out)).toMatchObject([
    { id: 'a', date: '2026-09-20', working: true, why: 'make-up', name: '国庆节' },
    { id: 'b', dueAt: '2026-09-18T15:30:00+08:00' },
    { id: 'c', dueAt: '2026-10-09T00:00:00+08:00', dueOn: '2026-10-08', dueKind: 'date' },
    { id: 'd', n: 3 },
    {
      id: 'e',
      slots: [
        { from: '2026-03-02T08:00:00+08:00', to: '2026-03-02T10:00:00+08:00' },
        { from: '2026-03-02T10:00:00+08:00', to: '2026-03-02T12:00:00+08:00' },
        { from: '2026-03-02T12:00:00+08:00', to: '2026-03-02T13:00:00+08:00' },
      ],
    },
    { id: 'f', slots: [] },
  ]);
});

const add = { id: '1', op: 'add', from: '2026-12-30T09:00:00+08:00', n: 5, unit: 'hours' };
test.each<[string, object | string, string]>([
  // what is wrong                        the question                                      code and a word of the sentence
  ['no JSON', '{"id":', 'HY-I1'],
  ['no object', '[1]', 'HY-I1'],
  ['no id', { op: 'day', date: '2026-01-01' }, 'HY-I2  "id"'],
  ['no op', { id: '1' }, 'HY-I2  "op"'],
  ['no n', { ...add, n: undefined }, 'HY-I2  "n"'],
  ['an unknown op', { id: '1', op: 'subtract' }, 'HY-I3  "op"'],
  ['an unknown key', { ...add, zone: 'UTC' }, 'HY-I3  "zone"'],
  ['the singular of a unit', { ...add, unit: 'day' }, 'Did you mean "days"?'],
  ['a fraction of a unit', { ...add, n: 1.5 }, 'HY-I3  "n"'],
  ['a figure in quotes', { ...add, n: '5' }, 'HY-I3  "n"'],
  ['a limit that runs backwards', { ...add, n: -1 }, 'HY-I3  "n"'],
  ['a date that does not exist', { id: '1', op: 'day', date: '2026-02-30' }, 'HY-I5  "date"'],
  ['an instant on such a date', { ...add, from: '2026-02-30T09:00:00+08:00' }, 'HY-I5  "from"'],
  ['an instant without offset', { ...add, from: '2026-12-30T09:00:00' }, 'an offset is needed'],
  [
    'working days into a year not announced',
    { ...add, unit: 'working days' },
    'HY-I10  there is no holiday table for 2027',
  ],
  [
    'no working day, but in such a year',
    { ...add, from: '2027-01-05T09:00:00+08:00', n: 0, unit: 'working days' },
    'HY-I10',
  ],
  ['days moved into such a year', { ...add, unit: 'days', roll: 'move' }, 'HY-I10  there is no holiday table for 2027'],
  ['a day of such a year', { id: '1', op: 'day', date: '2027-01-01' }, 'HY-I10'],
  ['a day before the first table', { id: '1', op: 'day', date: '2006-12-31' }, 'HY-I10'],
  ['slots of no class', { id: '1', op: 'slots', date: '2026-03-02', on: 'mondays' }, 'HY-I3  "on"'],
  [
    'slots every nothing',
    { id: '1', op: 'slots', date: '2026-03-02', on: 'every-day', every: '0 hours' },
    'HY-I3  "every"',
  ],
])('%s is refused with its line, and the good question beside it gets no answer', async (_why, question, wanted) => {
  const said = await ask([add, question]);
  expect([said.code, said.out]).toEqual([3, '']);
  expect(said.err).toContain(wanted);
  expect(said.err).toMatch(/^-:2 {2}HY-I\d+ {2}.*\n$/);
});

test('every fault of the input is listed', async () => {
  const { err } = await ask([{ ...add, unit: 'day', n: 1.5 }, add, { id: '2', op: 'day', date: 'today' }]);
  expect(err.match(/^-:\d+ {2}HY-I\d+/gm)).toEqual(['-:1  HY-I3', '-:1  HY-I3', '-:3  HY-I5']);
});

test('the clock and calendar days need no holiday table', async () => {
  const said = await ask([add, { ...add, unit: 'days' }, { ...add, n: undefined, unit: 'same day' }]);
  expect(answers(said.out)).toMatchObject([
    { dueAt: '2026-12-30T14:00:00+08:00', provisional: false },
    { dueOn: '2027-01-04', provisional: false },
    { dueOn: '2026-12-30' },
  ]);
});

test.each([
  [['--calendar', 'cn-2030']],
  [['--calendar', '2026']],
  [['--office', '17:30-08:30']],
  [['--office', '']],
  [['--fast']],
])('called wrongly: %j', async args => {
  expect(await ask([add], args)).toMatchObject({ code: 2, out: '' });
});

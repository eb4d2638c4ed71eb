import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, finding, setup } from '../core/obligations/fixtures/day.ts';
import type { Context } from './command.ts';
import { runCli } from './index.ts';
import { placeOf } from './json-place.ts';

const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'huiyin-replay-'));
const book = join(folder, 'book');
const file = (name: string): string => join(folder, name);
const FRONT = `---
institution: petition
title: { zh: 例, en: Example }
notation: 1
version: "1"
in-force: 2020-01-01
source: made for a test
scope: { binds: [section], advises: [] }
readings: {}
language: [en]
---
\`\`\`terms
units: { group: { zh: 组, kind: group } }
roles: { head: { zh: 长 } }
forms: { reply: { zh: 复 } }
\`\`\`
## Article 4
Told within 2 hours.
\`\`\`duty G-4.3b
duty: told
starts: finding.recorded
from: discovery
who: group
must: tell
done: notice.sent
within: HOURS
\`\`\`
`;
const DAY = [
  finding('09-18 09:00', 'office/head', { id: 'f1' }),
  event(
    '09-18 11:00:01',
    'group/head',
    'notice.sent',
    { notice: 'n1', kind: 'notice', to: ['section-1'], channels: ['phone'] },
    { id: 'n1' },
  ),
];

beforeAll(() => {
  for (const [name, hours] of [
    ['book', '2 hours'],
    ['slower', '4 hours'],
  ] as const) {
    mkdirSync(file(name));
    writeFileSync(join(file(name), 'rulebook.md'), FRONT.replace('HOURS', hours));
  }
  writeFileSync(file('setup.json'), JSON.stringify(setup, null, 1));
  writeFileSync(file('events.ndjson'), `${DAY.map(e => JSON.stringify(e)).join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
async function huiyin(args: readonly string[], stdin = ''): Promise<Said> {
  let out = '';
  let err = '';
  const context: Context = {
    stdin: async () => new TextEncoder().encode(stdin),
    out: async text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    env: {},
    root,
    // These commands open no room that touches the world.
    world: {} as Context['world'],
  };
  const code = await runCli(args, context);
  return { code, out, err };
}
const given = ['--setup', file('setup.json'), '--events', file('events.ndjson')];
const AT = ['--at', '2026-09-18T12:00:00+08:00'];
const parsed = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Record<string, unknown>);

test('replay writes one object a line, obligations first; standard input gives the same', async () => {
  const said = await huiyin(['replay', book, ...given, ...AT, '--json']);
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(parsed(said.out)[0]).toMatchObject({
    line: 'obligation',
    clause: 'G-4.3b',
    state: 'done-late',
    lateBySeconds: 1,
    dueAt: '2026-09-18T11:00:00+08:00',
  });
  const piped = await huiyin(
    ['replay', book, '--setup', file('setup.json'), '--events', '-', ...AT, '--json'],
    `${DAY.map(e => JSON.stringify(e)).join('\n\n')}`,
  );
  expect(piped.out).toBe(said.out);
});
test.each([
  // what is wrong                     arguments                                                            exit
  ['nothing given', ['replay'], 2],
  ['an unknown flag', ['replay', book, ...given, ...AT, '--fast'], 2],
  ['no instant', ['replay', book, ...given], 2],
  ['a folder without a rulebook', ['replay', folder, ...given, ...AT], 2],
  [
    'an events file that is not there',
    ['replay', book, '--setup', file('setup.json'), '--events', file('none'), ...AT],
    2,
  ],
  ['an instant without offset', ['replay', book, ...given, '--at', '2026-09-18T12:00:00'], 3],
  ['a clause the rulebook does not have', ['why', book, ...given, ...AT, '--clause', 'G-9.9z'], 3],
  ['a year without a holiday table', ['score', book, ...given, '--year', '2099'], 3],
  [
    'nothing to plan with',
    ['plan', book, '--setup', file('setup.json'), '--clause', 'G-4.3b', '--started', '2026-09-18T09:00:00+08:00'],
    3,
  ],
])('%s: exit code, nothing on standard output', async (_why, args, code) => {
  expect(await huiyin(args)).toMatchObject({ code, out: '' });
});
test('every fault of setup and log is listed with its place, and nothing is written', async () => {
  const broken = { ...setup, period: { from: '2026-13-01', to: '2026-09-21' } };
  writeFileSync(file('broken.json'), JSON.stringify(broken, null, 1));
  writeFileSync(file('broken.ndjson'), '{"id":\n{"id":"e1","type":"notice.recieved"}\n');
  const said = await huiyin([
    'replay',
    book,
    '--setup',
    file('broken.json'),
    '--events',
    file('broken.ndjson'),
    ...AT,
    '--json',
  ]);
  expect(said).toMatchObject({ code: 3, out: '' });
  const places = parsed(said.err).map(
    p => `${String(p['file']).split('/').at(-1)}:${String(p['line'])} ${String(p['code'])}`,
  );
  expect(places[0]).toMatch(/^broken.json:\d+ HY-I5$/);
  expect(places).toContain('broken.ndjson:1 HY-I1');
  expect(places).toContain('broken.ndjson:2 HY-I4');
});
test('why, what if, score and plan answer', async () => {
  const because = await huiyin(['why', book, ...given, ...AT, '--clause', 'G-4.3b', '--json']);
  expect(parsed(because.out)[0]).toMatchObject({
    limit: '2 hours',
    trigger: { id: 'f1' },
    discharge: { found: [{ id: 'n1' }] },
  });
  expect(
    await huiyin(['why', book, ...given, '--at', '2026-09-18T08:00:00+08:00', '--clause', 'G-4.3b', '--json']),
  ).toMatchObject({ code: 1 });
  const slower = await huiyin(['whatif', book, file('slower'), ...given, ...AT, '--fail-on-change', '--json']);
  expect(slower.code).toBe(1);
  expect(parsed(slower.out).at(-1)).toMatchObject({ line: 'summary', noLongerLate: 1, newlyLate: 0 });
  expect(await huiyin(['score', book, ...given, '--year', '2026', '--json'])).toMatchObject({ code: 0, out: '' });
  writeFileSync(
    file('allow.json'),
    JSON.stringify({
      steps: [
        { step: 'draft', role: 'office', allowance: '30 minutes', after: [] },
        { step: 'sign', role: 'head', allowance: '100 minutes', after: ['draft'] },
      ],
    }),
  );
  const plan = await huiyin([
    'plan',
    book,
    '--setup',
    file('setup.json'),
    '--clause',
    'G-4.3b',
    '--started',
    '2026-09-18T09:00:00+08:00',
    '--allow',
    file('allow.json'),
    '--json',
  ]);
  expect(plan.code).toBe(1);
  expect(parsed(plan.out).at(-1)).toMatchObject({ fits: false, slackSeconds: -600, critical: ['draft', 'sign'] });
});
test('where a value stands in a JSON text', () => {
  const text = '{\n "a": [1, {"b": "x"}],\n "c": {"d": "}"},\n "e": 2\n}';
  expect(placeOf(text, ['a', 1, 'b'])).toEqual({ line: 2, column: 17 });
  expect(placeOf(text, ['e'])).toEqual({ line: 4, column: 7 });
  expect(placeOf(text, ['c', 'nothing'])).toEqual({ line: 3, column: 7 });
});

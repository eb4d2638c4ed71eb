import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../index.ts';
import type { World } from '../world.ts';

const root = new URL('../../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'huiyin-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const noWorld = new Proxy({}, { get: () => () => Promise.reject(new Error('check needs no world')) }) as World;

async function check(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCli(['check', ...args], {
    stdin: async () => new Uint8Array(),
    out: async text => void (out += text),
    err: text => void (err += text),
    env: {},
    root,
    world: noWorld,
  });
  return {
    code,
    err,
    lines: out
      .split('\n')
      .filter(l => l.startsWith('{'))
      .map(l => JSON.parse(l) as Record<string, unknown>),
  };
}
const petition = join(root, 'rulebooks/petition');

test('a sound rulebook says how each clause is held, and the counts add up', async () => {
  const { code, lines } = await check(petition, '--json');
  expect(code).toBe(0);
  expect(lines.filter(l => l['line'] === 'clause')).toHaveLength(39);
  expect(lines.at(-1)).toMatchObject({
    line: 'summary',
    institution: 'petition',
    clauses: 39,
    executed: 34,
    declined: 2,
    human: 3,
    missing: 0,
    errors: 0,
  });
});
test('a clause taken out is missing, a clause of nobody is surplus, both with exit 1', async () => {
  const own = join(folder, 'petition');
  mkdirSync(own);
  writeFileSync(
    join(own, 'rulebook.md'),
    readFileSync(join(petition, 'rulebook.md'), 'utf8').replace('```gate G-7a', '```gate G-77'),
  );
  const { code, lines } = await check(own, '--json');
  expect(code).toBe(1);
  expect(lines.filter(l => l['line'] === 'problem').map(l => `${String(l['code'])} ${String(l['message'])}`)).toEqual([
    'HY-R8 there is no clause G-77 in the table',
    'HY-R8 clause G-7a has no block',
  ]);
  expect(lines.at(-1)).toMatchObject({ missing: 1, errors: 2 });
});
test('with a setup, a capacity that nobody holds is an error', async () => {
  const setup = JSON.parse(readFileSync(join(petition, 'days/night-regrade/setup.json'), 'utf8')) as {
    roles: { unit: string; holder: string | null }[];
  };
  const file = join(folder, 'setup.json');
  copyFileSync(join(petition, 'days/night-regrade/setup.json'), file);
  expect((await check(petition, '--setup', file, '--json')).code).toBe(0);
  writeFileSync(
    file,
    JSON.stringify({
      ...setup,
      roles: setup.roles.map(r => (r.unit === 'leading-group' ? { ...r, holder: null } : r)),
    }),
  );
  const { code, lines } = await check(petition, '--setup', file, '--json');
  expect(code).toBe(1);
  expect(lines.find(l => l['code'] === 'HY-R19')).toMatchObject({
    clause: 'G-4.2a',
    message: 'nobody of this setup holds the capacity "leading-group"',
  });
});
test.each([
  [[], 2],
  [['/nowhere'], 2],
  [[petition, '--bogus'], 2],
  [[petition, '--year', '2026'], 2],
])('called with %j exits %i and writes nothing', async (args, code) => {
  const got = await check(...args);
  expect([got.code, got.lines]).toEqual([code, []]);
  expect(got.err).not.toBe('');
});

test.each<[allow: string, year: string, expected: string[]]>([
  // First handling in 8 hours and first reply in 2, on the clock: half hours fit from anywhere, working time does not.
  ['{ head: 30 minutes, in-charge-leader: 30 minutes, top-leader: 1 hour }', '2026', []],
  [
    '{ head: 3 hours, in-charge-leader: 4 working hours }',
    '2026',
    [
      'started 2026-01-01 00:00, the chain "reply-chain" ends 2026-01-04 12:30, "first-handling" is due 2026-01-01 08:00',
      'started 2026-01-01 00:00, the chain "reply-chain" ends 2026-01-04 12:30, "first-reply" is due 2026-01-01 02:00',
    ],
  ],
])('a chain of %s is judged for every start of %s', async (allow, year, expected) => {
  const own = join(folder, 'court');
  mkdirSync(own, { recursive: true });
  const text = readFileSync(join(root, 'rulebooks/court/rulebook.md'), 'utf8');
  writeFileSync(
    join(own, 'rulebook.md'),
    text.replace(/^inside: .*limit-of: \[first-handling.*$/m, `$&\nallow:    ${allow}`),
  );
  const setup = join(root, 'rulebooks/court/days/on-the-second/setup.json');
  const { lines } = await check(own, '--setup', setup, '--year', year, '--json');
  expect(lines.flatMap(l => (l['code'] === 'HY-R16' ? [l['message']] : []))).toEqual(expected);
});

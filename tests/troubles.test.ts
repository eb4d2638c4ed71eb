/** The short form of the drills of single troubles, each through its own command. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test.each([
  ['clock-jump', /^as expected {2}clock-jump: 2 jumps ahead and back, 6 duties fired once\n$/],
  ['database-restart', /^as expected {2}database-restart: 2 kills, [1-9]\d* acknowledged, \d+ refused in between\n$/],
  [
    'network-cut',
    /^as expected {2}network-cut: 2 cuts and one dead line, [1-9]\d* acknowledged, [1-9]\d* failed meanwhile\n$/,
  ],
  ['zombie-worker', /^as expected {2}zombie-worker: 2 frozen workers, 2 notices out\n$/],
  ['two-starters', /^as expected {2}two-starters: 2 second starters turned away\n$/],
])('%s', { timeout: 180_000 }, (name, seen) => {
  const run = spawnSync(process.execPath, ['scripts/troubles.ts', name, '--rounds', '2'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(seen);
  expect(run.status).toBe(0);
});

test('an unknown drill is said in one line with the names there are', () => {
  const run = spawnSync(process.execPath, ['scripts/troubles.ts', 'flood'], { cwd: root, encoding: 'utf8' });
  expect([run.status, run.stderr]).toEqual([
    2,
    'there is no drill "flood": clock-jump, database-restart, network-cut, zombie-worker, two-starters\n',
  ]);
});

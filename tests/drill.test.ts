/** The short form of the kill -9 drill: 20 kills at random moments under load, every other time with the database server. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('20 kills lose no acknowledged event and double no duty', () => {
  const run = spawnSync(process.execPath, ['scripts/drill.ts', '--kills', '20', '--seed', '20161'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(
    /^20 kills \(10 with the database server\): [1-9]\d* events acknowledged, 0 lost, 0 doubled; [1-9]\d* duties fired, 0 doubled, 0 never; log verifies\n$/,
  );
  expect(run.status).toBe(0);
}, 300_000);

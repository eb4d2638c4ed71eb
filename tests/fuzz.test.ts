/** The short form of fuzzing (scripts/fuzz.ts): every case found so far, and a few hundred new ones for each reader. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TARGETS } from '../scripts/fuzz/targets.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test.each(TARGETS.map(t => [t.name, t] as const))('%s: the corpus, with what was found', async (name, target) => {
  const files = readdirSync(`${root}/tests/corpus/${name}`);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) await target.run(readFileSync(`${root}/tests/corpus/${name}/${file}`));
});

test('and what chance makes of it', () => {
  const run = spawnSync(process.execPath, ['scripts/fuzz.ts', '--iterations', '300', '--seed', '20161'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.stdout.trim().split('\n')).toEqual(TARGETS.map(() => expect.stringContaining('no crash, no hang')));
  expect(run.status).toBe(0);
}, 300_000);

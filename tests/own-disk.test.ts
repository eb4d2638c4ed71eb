/** The short forms of the drills that need a disk of their own: the power cut twice under load, the disk filled to the last block. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const DRILLS = [
  [
    'power-cut.ts',
    ['--cuts', '2'],
    /2 power cuts, 0 with a fault; what had not been synced was gone after [12] of them\n$/,
  ],
  [
    'disk-full.ts',
    [],
    /^the disk was full: [1-9]\d* entries refused, then 20 of 20 taken .* 0 lost, 0 doubled;.* log verifies\n$/,
  ],
] as const;
for (const [script, args, said] of DRILLS)
  test(script, { timeout: 120_000 }, ({ skip }) => {
    const run = spawnSync(process.execPath, [`scripts/${script}`, ...args], { cwd: root, encoding: 'utf8' });
    skip(run.status === 2 && run.stderr.includes('no disk of its own'), 'no disk of its own can be mounted here');
    expect([run.stderr, run.stdout, run.status]).toEqual(['', expect.stringMatching(said), 0]);
  });

/**
 * Drills of the troubles an operator meets, each with what is expected: node scripts/troubles.ts [name] [--rounds N].
 * Without a name all of them run. Exit 1 when something else happened than was expected.
 */
import { parseArgs } from 'node:util';
import { clockJump } from './drill/clock-jump.ts';
import { databaseRestart } from './drill/database-restart.ts';
import { networkCut } from './drill/network-cut.ts';
import type { Trouble } from './drill/trouble.ts';
import { twoStarters } from './drill/two-starters.ts';
import { zombieWorker } from './drill/zombie-worker.ts';

const TROUBLES: readonly Trouble[] = [clockJump, databaseRestart, networkCut, zombieWorker, twoStarters];
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const wanted = positionals[0];
const chosen = TROUBLES.filter(t => wanted === undefined || t.name === wanted);
if (chosen.length === 0) {
  process.stderr.write(`there is no drill "${wanted}": ${TROUBLES.map(t => t.name).join(', ')}\n`);
  process.exit(2);
}
let failed = 0;
for (const trouble of chosen) {
  const { seen, faults } = await trouble.run(Number(values.rounds));
  process.stdout.write(`${faults.length === 0 ? 'as expected' : 'NOT AS EXPECTED'}  ${trouble.name}: ${seen}\n`);
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);

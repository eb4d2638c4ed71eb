/** Runs one file through one target: node scripts/fuzz/one.ts <target> <file> */
import { readFileSync } from 'node:fs';
import { TARGETS } from './targets.ts';

const [, , name, file = ''] = process.argv;
const target = TARGETS.find(t => t.name === name);
if (!target) throw new RangeError(`targets: ${TARGETS.map(t => t.name).join(', ')}`);
const started = performance.now();
await target.run(readFileSync(file));
process.stdout.write(`fine, ${Math.round(performance.now() - started)} ms\n`);

/** Writes docs/coverage.md: node scripts/coverage.ts [institution …] prints what is not held yet. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageOf, coveragePage } from '../tests/days/coverage.ts';
import { heldInstitutions, ROOT } from '../tests/days/day.ts';

const wanted = process.argv.slice(2);
const all = heldInstitutions()
  .filter(i => wanted.length === 0 || wanted.includes(i))
  .map(i => coverageOf(i));
for (const c of all)
  process.stdout.write(
    `${c.institution}: ${c.traces.length} held, ${c.uncovered.length} not: ${c.uncovered.join(' ')}\n`,
  );
if (wanted.length === 0) writeFileSync(join(ROOT, 'docs/coverage.md'), coveragePage(all));

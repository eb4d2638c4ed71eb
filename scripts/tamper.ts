/**
 * The tamper drill: generated changes to exports, all of which the verifier must find, and untouched exports, none of which
 * it may complain about. node scripts/tamper.ts [--changes 100000] [--through-cli 500] [--seed 8420]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exportOf, folderOf, verifyExport } from '#core/log';
import { exampleLog } from '../src/cli/example-log.ts';
import { type Folder, generator, KINDS, makeChange } from './tamper/changes.ts';

const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '100000' },
    'through-cli': { type: 'string', default: '500' },
    seed: { type: 'string', default: '8420' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const random = generator(Number(values.seed));
const good = await folderOf(exampleLog(root));
const found = new Map(KINDS.map(kind => [kind, { made: 0, missed: 0 }]));
let missed = 0;
let alarms = 0;

const inProcess = Number(values.changes);
const started = process.cpuUsage();
for (let i = 0; i < inProcess; i++) {
  const change = await makeChange(good, KINDS[i % KINDS.length] ?? '', random);
  const count = found.get(change.kind);
  if (count) count.made++;
  if (!verifyExport(exportOf(change.folder)).ok) continue;
  if (count) count.missed++;
  if (missed++ < 5) keep(change.folder, `missed: ${change.kind}, ${change.says}`);
  if (i % 1000 === 0 && !verifyExport(exportOf(good)).ok) alarms++;
}
for (let i = 0; i < Math.max(1, inProcess / 100); i++) if (!verifyExport(exportOf(good)).ok) alarms++;
const spent = process.cpuUsage(started);

const folder = mkdtempSync(join(tmpdir(), 'huiyin-tamper-'));
let throughCli = 0;
for (let i = 0; i < Number(values['through-cli']); i++) {
  // Every tenth is untouched: the command must say so.
  const change = i % 10 === 9 ? undefined : await makeChange(good, KINDS[i % KINDS.length] ?? '', random);
  const place = join(folder, String(i));
  write(place, change?.folder ?? good);
  const run = spawnSync(process.execPath, [join(root, 'bin/huiyin'), 'verify', place], { encoding: 'utf8' });
  rmSync(place, { recursive: true });
  throughCli++;
  const fine = change ? run.status === 1 && run.stdout.startsWith('broken at entry ') : run.status === 0;
  if (fine) continue;
  if (change) {
    missed++;
    keep(
      change.folder,
      `missed by the command: ${change.kind}, ${change.says}: exit ${run.status} ${run.stdout}${run.stderr}`,
    );
  } else alarms++;
}
rmSync(folder, { recursive: true });

for (const [kind, { made, missed: lost }] of found)
  process.stdout.write(`${kind.padEnd(22)}${made} made, ${lost} missed\n`);
process.stdout.write(
  `${inProcess} changes in process (${Math.round((spent.user + spent.system) / 1000 / 1000)} s of processor) and ${throughCli} runs of the command: ${missed} missed, ${alarms} false alarms\n`,
);
process.exit(missed === 0 && alarms === 0 ? 0 : 1);

function write(place: string, files: Folder): void {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), bytes);
  }
}
function keep(files: Folder, says: string): void {
  const place = mkdtempSync(join(tmpdir(), 'huiyin-missed-'));
  write(place, files);
  process.stdout.write(`${says}: kept in ${place}\n`);
}

/**
 * The power-cut drill: the data lie on an ext4 of their own in an image file; at a random moment under load everything is
 * stopped and the image copied as the block device holds it. What was only in memory is not in the copy: that is what a cut
 * leaves. The copy is mounted, the database recovers, and everything acknowledged must be there.
 * As root: node scripts/power-cut.ts --cuts 10
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { wallClock } from '#io/clock';
import { openStore, serverProcess } from '#io/store';
import { INSTITUTION, judge, judgedText } from './drill/judge.ts';
import { mountOwnDisk, must } from './drill/own-disk.ts';

const { values } = parseArgs({
  options: { cuts: { type: 'string', default: '10' }, seed: { type: 'string', default: '8420' } },
});
const folder = mkdtempSync(join(tmpdir(), 'huiyin-power-'));
const image = join(folder, 'disk.img');
const mount = join(folder, 'disk');
const data = join(mount, 'data');
const acknowledged = join(folder, 'acknowledged');

/** Writes that have reached the device; a copy during which it moved is no moment. */
function writesOf(device: string): string {
  return readFileSync(`/sys/block/${device.replace('/dev/', '')}/stat`, 'utf8')
    .trim()
    .split(/\s+/)
    .slice(4, 7)
    .join(' ');
}
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid ? [Number(name)] : [];
      } catch {
        return [];
      }
    });

async function cut(random: () => number): Promise<boolean> {
  must('mount', '-o', 'loop', image, mount);
  const device = must('findmnt', '-n', '-o', 'SOURCE', mount);
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('drill.ts', import.meta.url)), '--worker', data, '--acknowledged', acknowledged],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise<void>((ready, fail) => {
    child.stdout.once('data', () => ready());
    child.once('exit', code => fail(new Error(`the writer ended by itself with ${code}`)));
  });
  child.removeAllListeners('exit');
  await new Promise(done => setTimeout(done, 300 + random() * 2_500));
  const server = serverProcess(data);
  if (server === undefined || child.pid === undefined) throw new Error('no server to cut off');
  // Never synced: a cut must lose it, or the drill cuts nothing.
  const unsynced = join(mount, 'unsynced');
  rmSync(unsynced, { force: true });
  writeFileSync(unsynced, 'x'.repeat(100_000));
  const all = [child.pid, server, ...childrenOf(server)];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  let still = false;
  for (let tries = 0; tries < 5 && !still; tries++) {
    const before = writesOf(device);
    must('cp', '--sparse=always', image, `${image}.cut`);
    still = writesOf(device) === before;
  }
  const ended = new Promise(done => child.once('exit', done));
  for (const pid of all) process.kill(pid, 'SIGKILL');
  await ended;
  for (let tries = 0; spawnSync('umount', [mount]).status !== 0; tries++) {
    if (tries > 50) throw new Error('the old disk is still in use');
    await new Promise(done => setTimeout(done, 100));
  }
  if (!still) throw new Error('the disk was never at rest long enough to be copied');
  renameSync(`${image}.cut`, image);
  must('mount', '-o', 'loop', image, mount);
  const dropped = !existsSync(unsynced) || readFileSync(unsynced, 'utf8').length < 100_000;
  return dropped;
}

let state = Number(values.seed);
const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
let faults = 0;
let dropped = 0;
must('chmod', '755', folder);
mkdirSync(mount);
mountOwnDisk(image, mount, '900M');
try {
  const first = await openStore({ data });
  await first.addInstitution({ id: INSTITUTION, titleZh: '演练', titleEn: 'drill', isExample: true }, wallClock.now());
  await first.close();
  must('umount', mount);
  for (let n = 1; n <= Number(values.cuts); n++) {
    if (await cut(random)) dropped++;
    const judged = await judge(data, acknowledged);
    if (!judged.good) faults++;
    process.stdout.write(`cut ${n}: ${judgedText(judged)}\n`);
    must('umount', mount);
  }
} finally {
  spawnSync('umount', [mount]);
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(
  `${values.cuts} power cuts, ${faults} with a fault; what had not been synced was gone after ${dropped} of them\n`,
);
process.exit(faults === 0 && dropped > 0 ? 0 : 1);

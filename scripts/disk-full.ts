/**
 * The full-disk drill: the data lie on a small ext4 of their own, which is filled to the last block while entries are written.
 * Entries must be refused, never half kept; what was acknowledged stays; once there is room again work goes on by itself.
 * As root: node scripts/disk-full.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HuiyinEvent } from '#core/log';
import { wallClock } from '#io/clock';
import { openStore } from '#io/store';
import { INSTITUTION, judge, judgedText } from './drill/judge.ts';
import { mountOwnDisk, must } from './drill/own-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'huiyin-full-'));
const mount = join(folder, 'disk');
const data = join(mount, 'data');
must('chmod', '755', folder);
mkdirSync(mount);
mountOwnDisk(join(folder, 'disk.img'), mount, '400M');
const acknowledged: string[] = [];
const acknowledgedFile = join(folder, 'acknowledged');
let refused = 0;
let after = 0;
let good = false;
try {
  let store = await openStore({ data });
  await store.addInstitution({ id: INSTITUTION, titleZh: '演练', titleEn: 'drill', isExample: true }, wallClock.now());
  let tenant = await store.tenant(INSTITUTION);
  const enter = async (n: number): Promise<boolean> => {
    const at = '2026-07-10T09:00:00+08:00';
    const events = Array.from({ length: 20 }, (_, k): HuiyinEvent => ({
      id: `e${n}-${k}`,
      case: `C${n % 5}`,
      type: 'watch.done',
      at,
      recordedAt: at,
      by: { unit: 'u', role: 'r' },
      data: { found: 0, note: 'x'.repeat(1_500) },
    }));
    try {
      await tenant?.append(events);
      acknowledged.push(...events.map(e => e.id));
      return true;
    } catch {
      return false;
    }
  };
  for (let n = 0; n < 50; n++) await enter(n);
  spawnSync('dd', ['if=/dev/zero', `of=${join(mount, 'filler')}`, 'bs=1M']);
  for (let n = 50; n < 2_000 && refused < 20; n++) if (!(await enter(n))) refused++;
  // A server that had to stop for want of room is started again, as a person would.
  await store.close().catch(() => undefined);
  rmSync(join(mount, 'filler'));
  store = await openStore({ data });
  tenant = await store.tenant(INSTITUTION);
  for (let n = 3_000; n < 3_020; n++) if (await enter(n)) after++;
  await store.close();
  writeFileSync(acknowledgedFile, acknowledged.join('\n'));
  const judged = await judge(data, acknowledgedFile);
  good = judged.good && refused > 0 && after === 20;
  process.stdout.write(
    `the disk was full: ${refused} entries refused, then ${after} of 20 taken with room again; ${judgedText(judged)}\n`,
  );
} finally {
  spawnSync('umount', [mount]);
  rmSync(folder, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);

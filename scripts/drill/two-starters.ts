/** The product is started twice on one folder: the second ends with one line, the first does not notice. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Trouble } from './trouble.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
interface Started {
  readonly ready: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
  readonly stop: () => void;
}
function startOn(data: string): Started {
  const child = spawn(process.execPath, [join(ROOT, 'bin/huiyin'), 'start', '--port', '0', '--data', data, '--empty'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '' },
  });
  let said = '';
  let isReady: (url: string) => void = () => undefined;
  const ready = new Promise<string>(done => (isReady = done));
  child.stderr.on('data', chunk => (said += String(chunk)));
  child.stdout.on('data', chunk => {
    const url = /^ready (\S+)$/m.exec(String(chunk))?.[1];
    if (url !== undefined) isReady(url);
  });
  const ended = new Promise<{ code: number | null; said: string }>(done =>
    child.once('exit', code => {
      isReady('');
      done({ code, said });
    }),
  );
  return { ready, ended, stop: () => void child.kill('SIGINT') };
}

export const twoStarters: Trouble = {
  name: 'two-starters',
  expected: 'the second start on a folder ends with 2 and one line that says who has it; the first goes on',
  run: async rounds => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-two-'));
    chmodSync(folder, 0o755);
    const data = join(folder, 'data');
    const faults: string[] = [];
    const first = startOn(data);
    const url = await first.ready;
    if (url === '') faults.push(`the first did not start: ${(await first.ended).said}`);
    const tries = url === '' ? 0 : rounds;
    for (let n = 0; n < tries; n++) {
      const second = startOn(data);
      const { code, said } = await second.ended;
      if (code !== 2) faults.push(`the second ended with ${code}`);
      if (said.trim().split('\n').length !== 1 || said.trim() === '') faults.push(`the second said: ${said.trim()}`);
      const answer = await fetch(`${url}/readyz`).catch(() => undefined);
      if (answer?.status !== 200) faults.push(`the first answers ${answer?.status ?? 'nothing'}`);
    }
    first.stop();
    await first.ended;
    rmSync(folder, { recursive: true, force: true });
    return { seen: `${rounds} second starters turned away`, faults };
  },
};

/** One product process per data folder: a second starter is refused with the first one's number; a dead one's lock is taken over. */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedFault } from './fault.ts';

/** Takes the folder; returns how to free it. */
export function lockFolder(data: string): () => void {
  const file = join(data, 'huiyin.pid');
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o644);
      writeSync(handle, `${process.pid}\n${startOf(process.pid)}\n`);
      closeSync(handle);
      const free = () => {
        if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
      };
      process.once('exit', free);
      return free;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOSPC')
        throw new EmbeddedFault(`the disk is full: ${data} cannot be locked`, 'free some space and start again', error);
      if (code !== 'EEXIST')
        throw new EmbeddedFault(
          `the data folder ${data} cannot be written: ${(error as Error).message}`,
          'give another folder: HUIYIN_DATA or --data',
          error,
        );
    }
    const holder = readHolder(file);
    if (holder && isSame(holder))
      throw new EmbeddedFault(
        `the data folder ${data} is in use by huiyin process ${holder.pid}`,
        'stop that one, or give another folder: HUIYIN_DATA or --data',
      );
    rmSync(file, { force: true });
  }
  throw new EmbeddedFault(`the data folder ${data} is fought over by several starters`, 'start one at a time');
}

interface Holder {
  readonly pid: number;
  readonly start: string;
}
function readHolder(file: string): Holder | undefined {
  if (!existsSync(file)) return undefined;
  const [pid = '', start = ''] = readFileSync(file, 'utf8').split('\n');
  return Number.isInteger(Number(pid)) && pid !== '' ? { pid: Number(pid), start } : undefined;
}
/** A process number is used again after a restart of the machine: its start time tells the two apart where /proc has it. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
function isSame(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return holder.start === '' || startOf(holder.pid) === '' || startOf(holder.pid) === holder.start;
}

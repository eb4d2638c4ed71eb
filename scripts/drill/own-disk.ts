/** An ext4 of a drill's own in an image file: something that may be cut off or filled without harm to the machine. */
import { spawnSync } from 'node:child_process';

export function must(command: string, ...args: string[]): string {
  const run = spawnSync(command, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${run.stderr || run.error?.message}`);
  return run.stdout.trim();
}
/** Makes and mounts it; where this machine does not allow that, says so and ends with 2. */
export function mountOwnDisk(image: string, mount: string, size: string): void {
  try {
    must('truncate', '-s', size, image);
    must('mkfs.ext4', '-q', '-F', '-m', '0', image);
    must('mount', '-o', 'loop', image, mount);
  } catch (error) {
    process.stderr.write(`no disk of its own can be mounted here (it takes root and loop devices): ${String(error)}\n`);
    process.exit(2);
  }
}

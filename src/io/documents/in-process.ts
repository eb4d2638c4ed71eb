/** Runs one of our workers as a process of its own: JSON in, bytes out, a time limit; what it allocated goes with it. */
import { spawn } from 'node:child_process';

const LIMIT_MS = 60_000;

/** Throws when the worker fails or takes longer than a minute, with what it said. */
export function inProcess(worker: string, input: unknown): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [worker], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => said.push(piece));
    child.stdin.on('error', () => undefined); // it ended before it had read all: the exit says why
    child.on('error', fail);
    child.on('close', code => {
      if (code === 0) return done(new Uint8Array(Buffer.concat(out)));
      const words = Buffer.concat(said).toString('utf8').slice(0, 500);
      return fail(new Error(`laying out a paper ended with ${code ?? 'a time limit'}: ${words}`));
    });
    child.stdin.end(JSON.stringify(input));
  });
}

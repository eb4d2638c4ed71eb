/** The one place where rooms are plugged together. Holds no rule. */
import { fileURLToPath } from 'node:url';
import { runCli } from './cli/index.ts';
import type { World } from './cli/world.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const world: World = {
  start: async options => (await import('./start.ts')).start(options, root),
  store: async () => (await import('./start/store-commands.ts')).openStoreCommands(process.env),
  readTable: async bytes => (await import('#io/documents')).readTableFile(bytes),
};

/** Runs one command; resolves with its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', error => process.exit((error as NodeJS.ErrnoException).code === 'EPIPE' ? 0 : 4));
  return runCli(argv, {
    stdin: async () => {
      const parts: Uint8Array[] = [];
      for await (const part of process.stdin) parts.push(part as Uint8Array);
      return Buffer.concat(parts);
    },
    out: text => new Promise((done, fail) => process.stdout.write(text, error => (error ? fail(error) : done()))),
    err: text => void process.stderr.write(text),
    env: process.env,
    root,
    world,
  });
}

/** `huiyin verify`: checks an exported log without the product's writer, a rulebook or a network. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';
import { type ExportFiles, verifyExport } from '#core/log';
import { type Command, EXIT, UsageError } from '../command.ts';

export const command: Command = {
  name: 'verify',
  summary: 'check an exported log',
  help: `
huiyin verify <export> [--json]

<export>: a folder, or one ZIP file, with events.ndjson, chain.ndjson, salts.ndjson and checkpoints/*.txt.
Exit 0: the log is whole. Exit 1: the first break is named. Exit 2: this is no export.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, key: { type: 'string' } },
      strict: true,
      allowPositionals: true,
    });
    const [path, more] = positionals;
    if (path === undefined || more !== undefined) throw new UsageError('name one export: a folder or a file');
    const verdict = verifyExport(openExport(path));
    const text = verdict.ok
      ? `whole: ${verdict.entries} entries, ${verdict.erasedBodies} bodies erased on schedule, head ${verdict.head}`
      : `broken at entry ${verdict.firstBreak?.n} (${verdict.firstBreak?.id || 'no id'}): ${verdict.firstBreak?.why}`;
    await context.out(`${values.json ? JSON.stringify(verdict) : text}\n`);
    return verdict.ok ? EXIT.yes : EXIT.no;
  },
};

function openExport(path: string): ExportFiles {
  const files = readFiles(path);
  const chain = files.get('chain.ndjson');
  const events = files.get('events.ndjson');
  if (chain === undefined || events === undefined)
    throw new UsageError(`${path} is no export: it has no events.ndjson and chain.ndjson`);
  return {
    events: lines(events),
    chain: lines(chain),
    salts: lines(files.get('salts.ndjson') ?? ''),
    checkpoints: [...files]
      .filter(([name]) => name.startsWith('checkpoints/'))
      .map(([name, text]) => ({ name: basename(name), text })),
  };
}
function readFiles(path: string): Map<string, string> {
  const files = new Map<string, string>();
  try {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path))
        if (name.endsWith('.ndjson')) files.set(name, readFileSync(join(path, name), 'utf8'));
      const folder = join(path, 'checkpoints');
      if (readdirSync(path).includes('checkpoints'))
        for (const name of readdirSync(folder))
          files.set(`checkpoints/${name}`, readFileSync(join(folder, name), 'utf8'));
    } else {
      for (const [name, bytes] of Object.entries(unzipSync(readFileSync(path))))
        files.set(name, new TextDecoder().decode(bytes));
    }
  } catch (error) {
    throw new UsageError(`${path} cannot be read as an export: ${(error as Error).message}`);
  }
  return files;
}
/** A file that does not end with a line end was torn; its last piece is judged like any line. */
const lines = (text: string): string[] =>
  (text.endsWith('\n') ? text.slice(0, -1) : text)
    .split('\n')
    .filter((line, i, all) => line !== '' || i < all.length - 1);

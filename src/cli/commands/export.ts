/** `huiyin export`: the log of an institution as files that `huiyin verify` checks without the product. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, EXIT, UsageError } from '../command.ts';
import { exampleLog } from '../example-log.ts';
import type { LogFiles } from '../world.ts';
import { withStore } from '../with-store.ts';

export const command: Command = {
  name: 'export',
  summary: 'write the log as files that can be verified',
  help: `
huiyin export [--example] [--institution K] [--case C] --out DIR

Writes events.ndjson, chain.ndjson, salts.ndjson, checkpoints/ and the rulebook versions used. With --case only that case's
bodies are given; the chain stays whole. --example writes the worked example without a store. DIR must be empty or new.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        example: { type: 'boolean' },
        institution: { type: 'string' },
        case: { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
      },
      strict: true,
    });
    const out = values.out;
    if (out === undefined) throw new UsageError('--out DIR is needed');
    if (existing(out).length > 0) throw new UsageError(`${out} is not empty: give a new folder`);
    const log = values.example
      ? exampleLog(context.root)
      : await withStore(context, async store => {
          const all = await store.institutions();
          const institution = values.institution ?? (all.length === 1 ? all[0] : undefined);
          if (institution === undefined)
            throw new UsageError(
              all.length === 0 ? 'the store holds no institution yet' : `--institution is needed: ${all.join(', ')}`,
            );
          return { institution, ...(await store.exportLog(institution, values.case)) };
        });
    writeLog(out, log);
    await context.out(
      `${JSON.stringify({ line: 'export', entries: log.entries, erasedBodies: log.erasedBodies, head: log.head, out })}\n`,
    );
    return EXIT.yes;
  },
};

function existing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UsageError(`${folder} cannot be used: ${(error as Error).message}`);
  }
}
function writeLog(
  out: string,
  log: LogFiles & { readonly institution: string; readonly rulebooks: ReadonlyMap<string, string> },
): void {
  mkdirSync(join(out, 'checkpoints'), { recursive: true });
  mkdirSync(join(out, 'rulebooks'), { recursive: true });
  const text = (lines: readonly string[]) => lines.map(l => `${l}\n`).join('');
  writeFileSync(join(out, 'events.ndjson'), text(log.events));
  writeFileSync(join(out, 'chain.ndjson'), text(log.chain));
  writeFileSync(join(out, 'salts.ndjson'), text(log.salts));
  const root = Buffer.from(log.head.slice(7), 'hex').toString('base64');
  if (log.entries > 0)
    writeFileSync(
      join(out, 'checkpoints', `${log.entries}.txt`),
      `huiyin/${log.institution}\n${log.entries}\n${root}\n`,
    );
  for (const [digest, book] of log.rulebooks) writeFileSync(join(out, 'rulebooks', `${digest.slice(7, 23)}.md`), book);
}

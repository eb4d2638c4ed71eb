/** `huiyin export`: the log of an institution as files that `huiyin verify` checks without the product. */
import { parseArgs } from 'node:util';
import { folderOf } from '#core/log';
import { type Command, EXIT, UsageError } from '../command.ts';
import { exampleLog } from '../example-log.ts';
import { mustBeEmpty, writeFolder } from '../export-folder.ts';
import { withStore } from '../with-store.ts';

export const command: Command = {
  name: 'export',
  summary: 'write the log as files that can be verified',
  help: `
huiyin export [--example] [--institution K] [--case C] --out DIR

Writes events.ndjson, chain.ndjson, salts.ndjson, the signed checkpoints, the tree as tiles, proofs of what was published
and the rulebook versions used (docs/specs/event-log.md). With --case only that case's bodies are given, each with its
proof; the chain stays whole. --example writes the worked example without a store. DIR must be empty or new.`,
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
    mustBeEmpty(out);
    const log = values.example
      ? exampleLog(context.root)
      : await withStore(context, async store => {
          const all = await store.institutions();
          const institution = values.institution ?? (all.length === 1 ? all[0] : undefined);
          if (institution === undefined)
            throw new UsageError(
              all.length === 0 ? 'the store holds no institution yet' : `--institution is needed: ${all.join(', ')}`,
            );
          return store.exportLog(institution, values.case);
        });
    writeFolder(out, await folderOf(log));
    await context.out(
      `${JSON.stringify({ line: 'export', entries: log.entries, erasedBodies: log.erasedBodies, head: log.head, out })}\n`,
    );
    return EXIT.yes;
  },
};

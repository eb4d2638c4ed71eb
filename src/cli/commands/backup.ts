/** `huiyin backup`: everything the store holds, in one file that is read back and checked before it counts. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Command, EXIT, UsageError } from '../command.ts';
import { packBackup, readBackup } from '../backup-file.ts';
import { withStore } from '../with-store.ts';

export const command: Command = {
  name: 'backup',
  summary: 'write everything the store holds to one file',
  help: `
huiyin backup --out FILE

One ZIP with every table and a digest; read back and compared before it gets its name. An existing file is not overwritten.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, json: { type: 'boolean' } },
      strict: true,
    });
    const out = values.out;
    if (out === undefined) throw new UsageError('--out FILE is needed');
    if (existsSync(out)) throw new UsageError(`${out} exists already: give another name`);
    return withStore(context, async store => {
      const tables = await store.backup();
      const part = `${out}.part`;
      writeFileSync(part, packBackup(tables), { mode: 0o600 });
      const bytes = readFileSync(part);
      const back = readBackup(bytes);
      const ok = !('fault' in back) && [...tables].every(([name, text]) => back.tables.get(name) === text);
      if (ok) renameSync(part, out);
      else rmSync(part, { force: true });
      const entries = (tables.get('log_entry') ?? '').split('\n').length - 1;
      await context.out(
        `${JSON.stringify({ ok, entries, files: tables.size, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` })}\n`,
      );
      return ok ? EXIT.yes : EXIT.no;
    });
  },
};

/** `huiyin restore`: puts a backup back, checks every institution's log, and never overwrites unless told to. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyExport } from '#core/log';
import { type Command, EXIT, InputRefused, UsageError } from '../command.ts';
import { readBackup } from '../backup-file.ts';
import { withStore } from '../with-store.ts';

export const command: Command = {
  name: 'restore',
  summary: 'put a backup back',
  help: `
huiyin restore FILE [--replace]

Into an empty store; an existing one is overwritten only with --replace. All or nothing; every log is verified afterwards.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { replace: { type: 'boolean' }, json: { type: 'boolean' } },
      strict: true,
      allowPositionals: true,
    });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError('name one backup file');
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch {
      throw new UsageError(`${file} cannot be read`);
    }
    const backup = readBackup(bytes);
    if ('fault' in backup)
      throw new InputRefused([
        { file, line: 1, code: 'HY-I1', message: `${backup.fault}.`, mend: 'Nothing was touched.' },
      ]);
    return withStore(context, async store => {
      if (!values.replace && !(await store.isEmpty()))
        throw new UsageError('the store holds an institution already: restore into an empty one, or say --replace');
      await store.restore(backup.tables, { replace: values.replace === true });
      const institutions = await store.institutions();
      const verdicts = await Promise.all(
        institutions.map(async id => verifyExport({ ...(await store.exportLog(id)) })),
      );
      const ok = verdicts.every(v => v.ok);
      const entries = verdicts.reduce((sum, v) => sum + v.entries, 0);
      await context.out(
        `${JSON.stringify({ ok, entries, files: backup.tables.size, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` })}\n`,
      );
      return ok ? EXIT.yes : EXIT.no;
    });
  },
};

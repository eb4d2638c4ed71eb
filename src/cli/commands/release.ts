/** `huiyin release`: the way out when the only security officer or auditor is gone; done on the machine, and noted. */
import { parseArgs } from 'node:util';
import { type Command, EXIT, UsageError } from '../command.ts';
import { withStore } from '../with-store.ts';

export const command: Command = {
  name: 'release',
  summary: 'take a duty of the house from whoever holds it',
  help: `
huiyin release security|audit [--institution K]

Takes the duty from whoever holds it and signs them out; the administrator does it until another is named under
Settings > Access. For when the only security officer has left: nobody else may change accounts. It stands in the audit.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { institution: { type: 'string' }, json: { type: 'boolean' } },
      strict: true,
      allowPositionals: true,
    });
    const [duty, more] = positionals;
    if ((duty !== 'security' && duty !== 'audit') || more !== undefined)
      throw new UsageError('name one duty: security or audit');
    return withStore(context, async store => {
      const all = await store.institutions();
      const institution = values.institution ?? (all.length === 1 ? all[0] : undefined);
      if (institution === undefined)
        throw new UsageError(`--institution is needed: ${all.join(', ') || 'there is none yet'}`);
      const released = await store.releaseDuty(institution, duty);
      await context.out(`${JSON.stringify({ institution, duty, released })}\n`);
      return released.length > 0 ? EXIT.yes : EXIT.no;
    });
  },
};
